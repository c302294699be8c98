/* kvar-renewal-limit.c: holds back renewals that no token's life calls for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "session/kvar-renewal-limit.h"

#define WINDOW (G_GINT64_CONSTANT (5) * 60 * G_USEC_PER_SEC)

/**
 * kvar_renewal_limit_wait:
 * @now: boottime, µs
 * @n_spare: how many must be left then for others
 *
 * Returns: how long until the next one is allowed, 0 for at once
 */
gint64
kvar_renewal_limit_wait (const KvarRenewalLimit *limit,
                         gint64                  now,
                         guint                   n_spare)
{
  gint64 oldest;

  g_return_val_if_fail (n_spare < KVAR_RENEWAL_LIMIT_N, 0);

  oldest = limit->taken_at[(limit->next + n_spare) % KVAR_RENEWAL_LIMIT_N];

  return oldest > 0 ? MAX (oldest + WINDOW - now, 0) : 0;
}

/**
 * kvar_renewal_limit_take:
 * @now: boottime, µs
 *
 * Returns: whether one is allowed now; it then counts
 */
gboolean
kvar_renewal_limit_take (KvarRenewalLimit *limit,
                         gint64            now)
{
  if (kvar_renewal_limit_wait (limit, now, 0) > 0)
    return FALSE;

  limit->taken_at[limit->next] = MAX (now, 1);
  limit->next = (limit->next + 1) % KVAR_RENEWAL_LIMIT_N;

  return TRUE;
}

/**
 * kvar_renewal_limit_give_back:
 *
 * The last one that was taken counts no more: the server has never heard of it.
 */
void
kvar_renewal_limit_give_back (KvarRenewalLimit *limit)
{
  limit->next = (limit->next + KVAR_RENEWAL_LIMIT_N - 1) % KVAR_RENEWAL_LIMIT_N;
  limit->taken_at[limit->next] = 0;    /* what was here before had left the window */
}
