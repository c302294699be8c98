/* kvar-error.h: the one error domain of Kvar, with what the server said kept for the log
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  KVAR_ERROR_OFFLINE,         /* not reached: keep the draft, go on by itself */
  KVAR_ERROR_SIGNED_OUT,      /* show login, come back to this route */
  KVAR_ERROR_BLOCKED,         /* the account is paused: keep everything */
  KVAR_ERROR_REFUSED,         /* reached, said no: kvar-error-text says it in our words */
  KVAR_ERROR_DENIED,          /* not allowed: read-only, keep the draft */
  KVAR_ERROR_INVALID,         /* a field's value: show it at the field */
  KVAR_ERROR_CONFLICT,        /* row changed meanwhile: show both */
  KVAR_ERROR_GONE,            /* row deleted meanwhile */
  KVAR_ERROR_UNKNOWN_OUTCOME, /* may have happened: look before repeating */
  KVAR_ERROR_BAD_REPLY,       /* not what the API promises: log it */
} KvarError;

#define KVAR_ERROR (kvar_error_quark ())

/* The code of Kvar's own for a change that hit no row though the row is there unchanged. */
#define KVAR_ERROR_NOT_APPLIED "KVAR_SAVE_NOT_APPLIED"

/* And for a server that would put null where a default is asked for. */
#define KVAR_ERROR_NO_DEFAULTS "KVAR_SAVE_NO_DEFAULTS"

GQuark      kvar_error_quark             (void);

GError     *kvar_error_new_full          (KvarError     code,
                                          int           status,
                                          const char   *provider_code,
                                          const char   *message);

int         kvar_error_get_status        (const GError *error);
const char *kvar_error_get_provider_code (const GError *error);
const char *kvar_error_get_field         (const GError *error);
void        kvar_error_set_field         (GError       *error,
                                          const char   *field);
const char *kvar_error_get_details       (const GError *error);
void        kvar_error_set_details       (GError       *error,
                                          const char   *details);
const char *kvar_error_get_owner_words   (const GError *error);
void        kvar_error_set_owner_words   (GError       *error,
                                          const char   *words);
gint64      kvar_error_get_retry_after   (const GError *error);
void        kvar_error_set_retry_after   (GError       *error,
                                          gint64        delay_us);
const char *kvar_error_get_reference     (const GError *error);

G_END_DECLS
