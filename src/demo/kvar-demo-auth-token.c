/* kvar-demo-auth-token.c: sign-up and the grants of /token: password and refresh_token
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-auth-error.h"
#include "kvar-demo-auth-private.h"
#include "kvar-demo-jwt.h"

#define MIN_PASSWORD_LENGTH 6

static JsonArray *
make_amr (gint64 signed_in_at)
{
  JsonArray *amr = json_array_new ();
  JsonObject *entry = json_object_new ();

  json_object_set_string_member (entry, "method", "password");
  json_object_set_int_member (entry, "timestamp", signed_in_at / G_USEC_PER_SEC);
  json_array_add_object_element (amr, entry);

  return amr;
}

static char *
make_access_token (KvarDemoAuth *self,
                   JsonObject   *user,
                   const char   *session_id,
                   gint64        now)
{
  g_autoptr(JsonObject) claims = json_object_new ();
  g_autofree char *issuer = NULL;
  gint64 signed_in_at = kvar_demo_sessions_get_created (self->sessions, session_id);

  issuer = g_strdup_printf ("http://127.0.0.1:%u/auth/v1", self->config->port);

  json_object_set_string_member (claims, "iss", issuer);
  json_object_set_string_member (claims, "sub", json_object_get_string_member (user, "id"));
  json_object_set_string_member (claims, "aud", "authenticated");
  json_object_set_int_member (claims, "exp", now + self->config->access_ttl);
  json_object_set_int_member (claims, "iat", now);
  json_object_set_string_member (claims, "email", json_object_get_string_member (user, "email"));
  json_object_set_string_member (claims, "phone", "");
  json_object_set_member (claims, "app_metadata",
                          json_node_copy (json_object_get_member (user, "app_metadata")));
  json_object_set_member (claims, "user_metadata",
                          json_node_copy (json_object_get_member (user, "user_metadata")));
  json_object_set_string_member (claims, "role", "authenticated");
  json_object_set_string_member (claims, "aal", "aal1");
  json_object_set_array_member (claims, "amr", make_amr (signed_in_at));
  json_object_set_string_member (claims, "session_id", session_id);
  json_object_set_boolean_member (claims, "is_anonymous", FALSE);

  return kvar_demo_jwt_sign (claims, kvar_demo_config_get_secret (self->config));
}

/* Diagnostics that the real server adds to every answer with tokens in it. */
static void
add_token_headers (KvarDemoExchange *exchange,
                   const char       *refresh_token)
{
  g_autofree char *prefix = g_strndup (refresh_token, 5);

  kvar_demo_exchange_add_header (exchange, "Sb-Auth-User-Id", exchange->user_id);
  kvar_demo_exchange_add_header (exchange, "Sb-Auth-Session-Id", exchange->session_id);
  if (strlen (refresh_token) == 12)
    kvar_demo_exchange_add_header (exchange, "Sb-Auth-Refresh-Token-Prefix", prefix);
}

/* Notes for the request log whose session this is. */
static void
set_subject (KvarDemoExchange *exchange,
             const char       *user_id,
             const char       *session_id)
{
  g_free (exchange->user_id);
  g_free (exchange->session_id);
  exchange->user_id = g_strdup (user_id);
  exchange->session_id = g_strdup (session_id);
}

/* Replies with a session object: a new access token and @refresh_token. */
static void
reply_session (KvarDemoAuth     *self,
               KvarDemoExchange *exchange,
               KvarDemoUser     *user,
               const char       *session_id,
               const char       *refresh_token)
{
  JsonObject *session = json_object_new ();
  JsonObject *user_json = kvar_demo_user_to_json (user);
  gint64 now = kvar_demo_clock_get_seconds (self->clock);
  g_autofree char *access_token = make_access_token (self, user_json, session_id, now);

  set_subject (exchange, user->id, session_id);
  add_token_headers (exchange, refresh_token);

  json_object_set_string_member (session, "access_token", access_token);
  json_object_set_string_member (session, "token_type", "bearer");
  json_object_set_int_member (session, "expires_in", self->config->access_ttl);
  json_object_set_int_member (session, "expires_at", now + self->config->access_ttl);
  json_object_set_string_member (session, "refresh_token", refresh_token);
  json_object_set_object_member (session, "user", user_json);
  if (g_strcmp0 (exchange->grant, "password") == 0)
    json_object_set_null_member (session, "weak_password");

  kvar_demo_exchange_reply_json (exchange, 200, session);
}

static void
begin_session (KvarDemoAuth     *self,
               KvarDemoExchange *exchange,
               const char       *user_id)
{
  g_autoptr(KvarDemoUser) user = NULL;
  g_autofree char *session_id = NULL;
  g_autofree char *refresh_token = NULL;

  kvar_demo_accounts_touch (self->accounts, user_id);
  user = kvar_demo_accounts_find (self->accounts, user_id);
  session_id = kvar_demo_sessions_begin (self->sessions, user_id, &refresh_token);
  reply_session (self, exchange, user, session_id, refresh_token);
}

static const char *
get_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node) : NULL;
}

static void
grant_password (KvarDemoAuth     *self,
                KvarDemoExchange *exchange,
                JsonObject       *body)
{
  g_autoptr(KvarDemoUser) user = NULL;
  const char *email = get_text (body, "email");
  const char *password = get_text (body, "password");

  exchange->grant = "password";

  if (email == NULL || email[0] == '\0')
    {
      kvar_demo_auth_error (exchange, 400, "validation_failed", "missing email or phone");
      return;
    }

  user = kvar_demo_accounts_find_email (self->accounts, email);
  if (user == NULL || password == NULL || !kvar_demo_user_has_password (user, password))
    kvar_demo_auth_error (exchange, 400, "invalid_credentials", "Invalid login credentials");
  else if (kvar_demo_auth_is_banned (self, user))
    kvar_demo_auth_error (exchange, 400, "user_banned", "User is banned");
  else
    begin_session (self, exchange, user->id);
}

static void
add_verdict_headers (KvarDemoExchange  *exchange,
                     KvarDemoPresented *presented)
{
  gboolean counter = presented->form == KVAR_DEMO_REFRESH_FORM_COUNTER;
  gboolean fresh = presented->verdict == KVAR_DEMO_REFRESH_ROTATE ||
                   presented->verdict == KVAR_DEMO_REFRESH_FORK;

  if (counter)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, presented->counter);

      kvar_demo_exchange_add_header (exchange, "Sb-Auth-Refresh-Token-Counter", text);
    }

  if (fresh)
    kvar_demo_exchange_add_header (exchange, "Sb-Auth-Refresh-Token-Reuse", "false");
  else if (counter && presented->verdict == KVAR_DEMO_REFRESH_CURRENT)
    kvar_demo_exchange_add_header (exchange, "Sb-Auth-Refresh-Token-Reuse-Cause",
                                   "concurrent-refresh");
  else if (counter)
    kvar_demo_exchange_add_header (exchange, "Sb-Auth-Refresh-Token-Reuse-Cause",
                                   presented->recent ? "concurrent-refresh,fail-to-save"
                                                     : "fail-to-save");
}

static void
reply_reused (KvarDemoExchange  *exchange,
              KvarDemoPresented *presented)
{
  kvar_demo_exchange_add_header (exchange, "Sb-Auth-User-Id", presented->user_id);
  kvar_demo_exchange_add_header (exchange, "Sb-Auth-Session-Id", presented->session_id);

  if (presented->verdict == KVAR_DEMO_REFRESH_AHEAD)
    {
      kvar_demo_auth_error (exchange, 400, "validation_failed", "Refresh token is not valid");
      return;
    }

  if (presented->form == KVAR_DEMO_REFRESH_FORM_COUNTER)
    kvar_demo_exchange_add_header (exchange, "Sb-Auth-Refresh-Token-Rotated", "true");
  kvar_demo_auth_error (exchange, 400, "refresh_token_already_used",
                        "Invalid Refresh Token: Already Used");
}

static void
exchange_token (KvarDemoAuth      *self,
                KvarDemoExchange  *exchange,
                KvarDemoPresented *presented)
{
  g_autoptr(KvarDemoUser) user = NULL;
  g_autofree char *refresh_token = NULL;

  set_subject (exchange, presented->user_id, presented->session_id);

  user = kvar_demo_accounts_find (self->accounts, presented->user_id);
  if (user == NULL)
    {
      kvar_demo_auth_error (exchange, 400, "refresh_token_not_found",
                            "Invalid Refresh Token: Refresh Token Not Found");
      return;
    }

  if (kvar_demo_auth_is_banned (self, user))
    {
      kvar_demo_exchange_add_header (exchange, "Sb-Auth-User-Id", user->id);
      kvar_demo_auth_error (exchange, 400, "user_banned", "Invalid Refresh Token: User Banned");
      return;
    }

  exchange->rotated = presented->verdict == KVAR_DEMO_REFRESH_ROTATE;
  exchange->parent = presented->verdict == KVAR_DEMO_REFRESH_PARENT;
  exchange->reused = !exchange->rotated && !exchange->parent;

  refresh_token = kvar_demo_sessions_exchange (self->sessions, presented);
  if (refresh_token == NULL)
    {
      reply_reused (exchange, presented);
      return;
    }

  add_verdict_headers (exchange, presented);
  reply_session (self, exchange, user, presented->session_id, refresh_token);
}

static void
grant_refresh_token (KvarDemoAuth     *self,
                     KvarDemoExchange *exchange,
                     JsonObject       *body)
{
  g_autoptr(KvarDemoPresented) presented = NULL;

  exchange->grant = "refresh_token";
  presented = kvar_demo_sessions_present (self->sessions, get_text (body, "refresh_token"));

  if (presented->state == KVAR_DEMO_PRESENTED_IMPOSSIBLE)
    kvar_demo_auth_error (exchange, 400, "validation_failed", "Refresh token is not valid");
  else if (presented->state == KVAR_DEMO_PRESENTED_UNKNOWN)
    kvar_demo_auth_error (exchange, 400, "refresh_token_not_found",
                          "Invalid Refresh Token: Refresh Token Not Found");
  else
    exchange_token (self, exchange, presented);
}

/* POST /token. The limit counts before anything is looked at. */
void
kvar_demo_auth_token (KvarDemoAuth     *self,
                      KvarDemoExchange *exchange)
{
  g_autofree char *grant = kvar_demo_exchange_get_param (exchange, "grant_type");
  g_autoptr(JsonObject) body = NULL;
  gboolean password = g_strcmp0 (grant, "password") == 0;
  gboolean refresh_token = g_strcmp0 (grant, "refresh_token") == 0;

  exchange->grant = password ? "password" : refresh_token ? "refresh_token" : NULL;

  if (!kvar_demo_bucket_take (&self->bucket, self->config->rate_burst,
                              self->config->rate_per_second,
                              kvar_demo_clock_get_usec (self->clock)))
    {
      kvar_demo_auth_error (exchange, 429, "over_request_rate_limit",
                            "Request rate limit reached");
      return;
    }

  if (!password && !refresh_token)
    {
      kvar_demo_auth_error (exchange, 400, "invalid_credentials", "unsupported_grant_type");
      return;
    }

  body = kvar_demo_auth_parse_body (exchange);
  if (body == NULL)
    return;

  if (password)
    grant_password (self, exchange, body);
  else
    grant_refresh_token (self, exchange, body);
}

/* POST /signup, with autoconfirm: the person is signed in at once. */
void
kvar_demo_auth_signup (KvarDemoAuth     *self,
                       KvarDemoExchange *exchange)
{
  g_autoptr(JsonObject) body = kvar_demo_auth_parse_body (exchange);
  g_autoptr(KvarDemoUser) there = NULL;
  g_autofree char *metadata = NULL;
  g_autofree char *id = g_uuid_string_random ();
  const char *email, *password;
  JsonNode *data;

  if (body == NULL)
    return;

  email = get_text (body, "email");
  password = get_text (body, "password");
  data = json_object_get_member (body, "data");

  if (email == NULL || password == NULL)
    {
      kvar_demo_auth_error (exchange, 422, "anonymous_provider_disabled",
                            "Anonymous sign-ins are disabled");
      return;
    }

  there = kvar_demo_accounts_find_email (self->accounts, email);
  if (!g_regex_match_simple ("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", email, 0, 0))
    kvar_demo_auth_error (exchange, 400, "validation_failed",
                          "Unable to validate email address: invalid format");
  else if (strlen (password) < MIN_PASSWORD_LENGTH)
    kvar_demo_auth_error_weak (exchange, "Password should be at least 6 characters.");
  else if (there != NULL)
    kvar_demo_auth_error (exchange, 422, "user_already_exists", "User already registered");
  else
    {
      if (data != NULL && JSON_NODE_HOLDS_OBJECT (data))
        metadata = json_to_string (data, FALSE);
      kvar_demo_accounts_add (self->accounts, id, email, password, metadata);
      begin_session (self, exchange, id);
    }
}
