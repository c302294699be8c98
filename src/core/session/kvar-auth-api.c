/* kvar-auth-api.c: writes requests to the auth server and reads its answers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "kvar-clock.h"
#include "kvar-json.h"
#include "session/kvar-auth-api.h"

#define API_VERSION "2024-01-01"
#define TIMEOUT     (15 * KVAR_CLOCK_SECOND)

static KvarRequest *
new_request (const char *method,
             const char *path)
{
  KvarRequest *request = kvar_request_new (method, path);

  kvar_request_set_header (request, "X-Supabase-Api-Version", API_VERSION);
  kvar_request_set_header (request, "Accept", "application/json");
  kvar_request_set_timeout (request, TIMEOUT);

  return request;
}

/* Takes pairs of a name and a text, ended by NULL. */
static void G_GNUC_NULL_TERMINATED
set_json_body (KvarRequest *request,
               const char  *name,
               ...)
{
  g_autoptr(JsonObject) root = json_object_new ();
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GBytes) body = NULL;
  va_list args;
  char *json;

  va_start (args, name);
  for (; name != NULL; name = va_arg (args, const char *))
    json_object_set_string_member (root, name, va_arg (args, const char *));
  va_end (args);

  node = json_node_init_object (json_node_alloc (), root);
  json = json_to_string (node, FALSE);
  body = g_bytes_new_take (json, strlen (json));
  kvar_request_set_body (request, "application/json", body);
}

KvarRequest *
kvar_auth_api_new_sign_in (const char *email,
                           const char *password)
{
  KvarRequest *request = new_request ("POST", "/auth/v1/token?grant_type=password");

  set_json_body (request, "email", email, "password", password, NULL);

  return request;
}

KvarRequest *
kvar_auth_api_new_refresh (const char *refresh_token)
{
  KvarRequest *request = new_request ("POST", "/auth/v1/token?grant_type=refresh_token");

  set_json_body (request, "refresh_token", refresh_token, NULL);

  return request;
}

/**
 * kvar_auth_api_new_sign_out:
 * @scope: "local", "global" or "others"
 *
 * Signing out twice is as good as once, so it may be repeated.
 */
KvarRequest *
kvar_auth_api_new_sign_out (const char *scope)
{
  KvarRequest *request = new_request ("POST", "/auth/v1/logout");

  kvar_request_add_query (request, "scope", scope);
  kvar_request_set_repeatable (request, TRUE);

  return request;
}

KvarRequest *
kvar_auth_api_new_user (void)
{
  return new_request ("GET", "/auth/v1/user");
}

KvarRequest *
kvar_auth_api_new_settings (void)
{
  return new_request ("GET", "/auth/v1/settings");
}

/**
 * kvar_auth_api_reads_as_settings:
 *
 * Returns: whether @reply is what only Supabase's auth server says about itself
 */
gboolean
kvar_auth_api_reads_as_settings (KvarReply *reply)
{
  g_autoptr(JsonObject) root = NULL;

  g_return_val_if_fail (reply != NULL, FALSE);

  root = kvar_json_parse_object (kvar_reply_get_body (reply), NULL);

  return root != NULL && kvar_json_get_object (root, "external", NULL) != NULL;
}
