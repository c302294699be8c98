/* kvar-reason.h: why a session is over
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * KvarReason:
 * @KVAR_REASON_NONE: the session is not over
 * @KVAR_REASON_EXPIRED: the auth server no longer knows the session
 * @KVAR_REASON_POLICY: the project's own rules ask for a new sign-in
 * @KVAR_REASON_BLOCKED: the account is paused
 * @KVAR_REASON_SIGNED_OUT: another process of this user signed out
 */
typedef enum
{
  KVAR_REASON_NONE,
  KVAR_REASON_EXPIRED,
  KVAR_REASON_POLICY,
  KVAR_REASON_BLOCKED,
  KVAR_REASON_SIGNED_OUT,
} KvarReason;

#define KVAR_TYPE_REASON (kvar_reason_get_type ())

GType       kvar_reason_get_type    (void);
const char *kvar_reason_to_string   (KvarReason  reason);
KvarReason  kvar_reason_from_string (const char *string);
const char *kvar_reason_to_sentence (KvarReason  reason);

G_END_DECLS
