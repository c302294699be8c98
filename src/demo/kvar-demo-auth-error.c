/* kvar-demo-auth-error.c: GoTrue's errors in the format that the client asks for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-auth-error.h"

#define API_VERSION "2024-01-01"

/* Later dates mean this version, earlier or unreadable ones the legacy format. */
static gboolean
wants_new_format (KvarDemoExchange *exchange)
{
  const char *asked = kvar_demo_exchange_get_header (exchange, "X-Supabase-Api-Version");

  return asked != NULL &&
         g_regex_match_simple ("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", asked, 0, 0) &&
         strcmp (asked, API_VERSION) >= 0;
}

static void
reply_error (KvarDemoExchange *exchange,
             guint             status,
             const char       *code,
             const char       *message,
             JsonObject       *weak_password)
{
  JsonObject *error = json_object_new ();

  if (wants_new_format (exchange))
    {
      kvar_demo_exchange_add_header (exchange, "X-Supabase-Api-Version", API_VERSION);
      json_object_set_string_member (error, "code", code);
      json_object_set_string_member (error, "message", message);
    }
  else
    {
      json_object_set_int_member (error, "code", status);
      json_object_set_string_member (error, "error_code", code);
      json_object_set_string_member (error, "msg", message);
    }

  if (weak_password != NULL)
    json_object_set_object_member (error, "weak_password", weak_password);

  kvar_demo_exchange_add_header (exchange, "X-Sb-Error-Code", code);
  kvar_demo_exchange_reply_json (exchange, status, error);
}

/**
 * kvar_demo_auth_error:
 * @code: as in GoTrue's list, refresh_token_not_found
 *
 * Replies with an error as the auth server words it.
 */
void
kvar_demo_auth_error (KvarDemoExchange *exchange,
                      guint             status,
                      const char       *code,
                      const char       *message)
{
  reply_error (exchange, status, code, message, NULL);
}

/**
 * kvar_demo_auth_error_weak:
 *
 * Replies that the password is too short.
 */
void
kvar_demo_auth_error_weak (KvarDemoExchange *exchange,
                           const char       *message)
{
  JsonObject *weak = json_object_new ();
  JsonArray *reasons = json_array_new ();

  json_array_add_string_element (reasons, "length");
  json_object_set_array_member (weak, "reasons", reasons);
  reply_error (exchange, 422, "weak_password", message, weak);
}
