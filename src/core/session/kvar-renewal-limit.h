/* kvar-renewal-limit.h: holds back renewals that no token's life calls for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KVAR_RENEWAL_LIMIT_N 10

/**
 * KvarRenewalLimit:
 *
 * A whole office shares one bucket of 30 calls at the auth server, so what is not due may
 * be asked 10 times in 5 minutes. What never got as far as that bucket does not count. All
 * zeros is a fresh one.
 */
typedef struct
{
  gint64 taken_at[KVAR_RENEWAL_LIMIT_N];    /* boottime; a ring, 0 is never */
  guint  next;
} KvarRenewalLimit;

gboolean kvar_renewal_limit_take      (KvarRenewalLimit       *limit,
                                       gint64                  now);
void     kvar_renewal_limit_give_back (KvarRenewalLimit       *limit);
gint64   kvar_renewal_limit_wait      (const KvarRenewalLimit *limit,
                                       gint64                  now,
                                       guint                   n_spare);

G_END_DECLS
