/* kvar-reason.c: why a session is over
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "session/kvar-reason.h"

static const struct
{
  KvarReason  reason;
  const char *string;    /* as in /login?reason= */
  const char *sentence;  /* (nullable) */
} reasons[] = {
  { KVAR_REASON_NONE, "none", NULL },
  { KVAR_REASON_EXPIRED, "expired", N_("Your session expired — please sign in again.") },
  { KVAR_REASON_POLICY, "policy", N_("Your organisation asks you to sign in again.") },
  { KVAR_REASON_BLOCKED, "blocked",
    N_("Your account is paused. Ask your administrator. What you typed is safe.") },
  { KVAR_REASON_SIGNED_OUT, "signed-out",
    N_("You've been signed out on this computer. What you typed is safe.") },
};

G_DEFINE_ENUM_TYPE (KvarReason, kvar_reason,
                    G_DEFINE_ENUM_VALUE (KVAR_REASON_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (KVAR_REASON_EXPIRED, "expired"),
                    G_DEFINE_ENUM_VALUE (KVAR_REASON_POLICY, "policy"),
                    G_DEFINE_ENUM_VALUE (KVAR_REASON_BLOCKED, "blocked"),
                    G_DEFINE_ENUM_VALUE (KVAR_REASON_SIGNED_OUT, "signed-out"))

/**
 * kvar_reason_to_string:
 *
 * Returns: the word that routes and the status file use for @reason
 */
const char *
kvar_reason_to_string (KvarReason reason)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      if (reasons[i].reason == reason)
        return reasons[i].string;
    }

  g_return_val_if_reached ("none");
}

/**
 * kvar_reason_from_string:
 * @string: (nullable): a word from a route or a file, perhaps none of ours
 *
 * Returns: the reason, or %KVAR_REASON_NONE for an unknown word
 */
KvarReason
kvar_reason_from_string (const char *string)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      if (g_strcmp0 (reasons[i].string, string) == 0)
        return reasons[i].reason;
    }

  return KVAR_REASON_NONE;
}

/**
 * kvar_reason_to_sentence:
 *
 * Returns: (nullable): the translated sentence for the person, or %NULL where nothing
 *   is over
 */
const char *
kvar_reason_to_sentence (KvarReason reason)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      if (reasons[i].reason == reason)
        return reasons[i].sentence != NULL ? _(reasons[i].sentence) : NULL;
    }

  g_return_val_if_reached (NULL);
}
