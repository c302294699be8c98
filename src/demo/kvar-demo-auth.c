/* kvar-demo-auth.c: GoTrue's half of the demo: one exchange in, one reply out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-auth-error.h"
#include "kvar-demo-auth-private.h"

#define MIN_PASSWORD_LENGTH 6

#define BAD_JWT "invalid JWT: unable to parse or verify signature, token "

typedef void (*Handler) (KvarDemoAuth     *self,
                         KvarDemoExchange *exchange);

/**
 * kvar_demo_auth_new:
 *
 * All three arguments outlive the object.
 */
KvarDemoAuth *
kvar_demo_auth_new (const KvarDemoConfig *config,
                    KvarDemoDatabase     *database,
                    KvarDemoClock        *clock)
{
  KvarDemoAuth *self = g_new0 (KvarDemoAuth, 1);

  self->config = config;
  self->clock = clock;
  self->accounts = kvar_demo_accounts_new (database, clock);
  self->sessions = kvar_demo_sessions_new (config, database, clock);

  return self;
}

void
kvar_demo_auth_free (KvarDemoAuth *self)
{
  kvar_demo_accounts_free (self->accounts);
  kvar_demo_sessions_free (self->sessions);
  g_free (self);
}

/* Gives the request's JSON object, or NULL when the error is replied already. */
JsonObject *
kvar_demo_auth_parse_body (KvarDemoExchange *exchange)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *message = NULL;
  gsize length;
  const char *text = g_bytes_get_data (exchange->body, &length);
  JsonNode *root;

  if (length > 0 && json_parser_load_from_data (parser, text, length, &error))
    {
      root = json_parser_get_root (parser);
      if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
        return json_node_dup_object (root);
    }

  message = g_strdup_printf ("Could not parse request body as JSON: %s",
                             error == NULL ? "unexpected end of JSON input"
                                           : "invalid character");
  kvar_demo_auth_error (exchange, 400, "bad_json", message);

  return NULL;
}

gboolean
kvar_demo_auth_is_banned (KvarDemoAuth *self,
                          KvarDemoUser *user)
{
  return user->banned_until > kvar_demo_clock_get_usec (self->clock);
}

/* What is wrong with the bearer itself; FALSE when the error is replied. */
static gboolean
check_token (KvarDemoExchange *exchange)
{
  switch (exchange->token_state)
    {
    case KVAR_DEMO_TOKEN_NONE:
      kvar_demo_auth_error (exchange, 401, "no_authorization",
                            "This endpoint requires a valid Bearer token");
      return FALSE;

    case KVAR_DEMO_TOKEN_MALFORMED:
      kvar_demo_auth_error (exchange, 403, "bad_jwt",
                            BAD_JWT "is malformed: token contains an invalid number of segments");
      return FALSE;

    case KVAR_DEMO_TOKEN_BAD:
      kvar_demo_auth_error (exchange, 403, "bad_jwt",
                            BAD_JWT "signature is invalid: signature is invalid");
      return FALSE;

    case KVAR_DEMO_TOKEN_EXPIRED:
      kvar_demo_auth_error (exchange, 403, "bad_jwt",
                            BAD_JWT "has invalid claims: token is expired");
      return FALSE;

    case KVAR_DEMO_TOKEN_FUTURE: /* Auth does not look at iat. */
    case KVAR_DEMO_TOKEN_GOOD:
    default:
      break;
    }

  if (exchange->user_id == NULL)
    kvar_demo_auth_error (exchange, 403, "bad_jwt", "invalid claim: missing sub claim");

  return exchange->user_id != NULL;
}

/* The caller, checked as every bearer endpoint does, or NULL when the error is replied. */
static KvarDemoUser *
require_user (KvarDemoAuth     *self,
              KvarDemoExchange *exchange)
{
  g_autoptr(KvarDemoUser) user = NULL;

  if (!check_token (exchange))
    return NULL;

  user = kvar_demo_accounts_find (self->accounts, exchange->user_id);
  if (user == NULL)
    kvar_demo_auth_error (exchange, 403, "user_not_found",
                          "User from sub claim in JWT does not exist");
  else if (exchange->session_id != NULL &&
           !kvar_demo_sessions_exists (self->sessions, exchange->session_id))
    kvar_demo_auth_error (exchange, 403, "session_not_found",
                          "Session from session_id claim in JWT does not exist");
  else if (kvar_demo_auth_is_banned (self, user))
    kvar_demo_auth_error (exchange, 403, "user_banned", "User is banned");
  else
    return g_steal_pointer (&user);

  return NULL;
}

static void
reply_user (KvarDemoAuth     *self,
            KvarDemoExchange *exchange)
{
  g_autoptr(KvarDemoUser) user = kvar_demo_accounts_find (self->accounts, exchange->user_id);

  kvar_demo_exchange_reply_json (exchange, 200, kvar_demo_user_to_json (user));
}

static void
get_user (KvarDemoAuth     *self,
          KvarDemoExchange *exchange)
{
  g_autoptr(KvarDemoUser) user = require_user (self, exchange);

  if (user != NULL)
    reply_user (self, exchange);
}

/* FALSE when the error is replied. Other sessions of the user end with the old password. */
static gboolean
change_password (KvarDemoAuth     *self,
                 KvarDemoExchange *exchange,
                 KvarDemoUser     *user,
                 const char       *password)
{
  if (strlen (password) < MIN_PASSWORD_LENGTH)
    {
      kvar_demo_auth_error_weak (exchange, "Password should be at least 6 characters.");
      return FALSE;
    }

  if (kvar_demo_user_has_password (user, password))
    {
      kvar_demo_auth_error (exchange, 422, "same_password",
                            "New password should be different from the old password.");
      return FALSE;
    }

  kvar_demo_accounts_set_password (self->accounts, user->id, password);
  kvar_demo_sessions_end_user (self->sessions, user->id, exchange->session_id);

  return TRUE;
}

static void
merge_metadata (KvarDemoAuth *self,
                KvarDemoUser *user,
                JsonObject   *data)
{
  g_autoptr(JsonObject) metadata = kvar_demo_user_get_metadata (user);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, data);
  while (json_object_iter_next (&iter, &name, &value))
    {
      if (JSON_NODE_HOLDS_NULL (value))
        json_object_remove_member (metadata, name);
      else
        json_object_set_member (metadata, name, json_node_copy (value));
    }

  kvar_demo_accounts_set_metadata (self->accounts, user->id, metadata);
}

static void
put_user (KvarDemoAuth     *self,
          KvarDemoExchange *exchange)
{
  g_autoptr(KvarDemoUser) user = require_user (self, exchange);
  g_autoptr(JsonObject) body = NULL;
  JsonNode *password, *data;

  if (user == NULL)
    return;

  body = kvar_demo_auth_parse_body (exchange);
  if (body == NULL)
    return;

  password = json_object_get_member (body, "password");
  if (password != NULL && json_node_get_value_type (password) == G_TYPE_STRING &&
      !change_password (self, exchange, user, json_node_get_string (password)))
    return;

  data = json_object_get_member (body, "data");
  if (data != NULL && JSON_NODE_HOLDS_OBJECT (data))
    merge_metadata (self, user, json_node_get_object (data));

  reply_user (self, exchange);
}

static void
logout (KvarDemoAuth     *self,
        KvarDemoExchange *exchange)
{
  g_autoptr(KvarDemoUser) user = require_user (self, exchange);
  g_autofree char *scope = kvar_demo_exchange_get_param (exchange, "scope");
  const char *session_id = exchange->session_id;

  if (user == NULL)
    return;

  if (scope == NULL || scope[0] == '\0' || strcmp (scope, "global") == 0)
    kvar_demo_sessions_end_user (self->sessions, user->id, NULL);
  else if (strcmp (scope, "local") == 0)
    kvar_demo_sessions_end (self->sessions, session_id);
  else if (strcmp (scope, "others") == 0)
    kvar_demo_sessions_end_user (self->sessions, user->id, session_id);
  else
    {
      g_autofree char *message = g_strdup_printf ("Unsupported logout scope \"%s\"", scope);

      kvar_demo_auth_error (exchange, 400, "validation_failed", message);
      return;
    }

  kvar_demo_exchange_reply (exchange, 204, NULL, NULL, 0);
}

static void
get_settings (KvarDemoAuth     *self,
              KvarDemoExchange *exchange)
{
  const char *off[] = {
    "anonymous_users", "apple", "azure", "bitbucket", "discord", "facebook", "snapchat", "figma",
    "fly", "github", "gitlab", "google", "keycloak", "kakao", "linkedin", "linkedin_oidc",
    "notion", "spotify", "slack", "slack_oidc", "workos", "twitch", "twitter", "phone", "zoom",
  };
  JsonObject *settings = json_object_new ();
  JsonObject *external = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (off); i++)
    json_object_set_boolean_member (external, off[i], FALSE);
  json_object_set_boolean_member (external, "email", TRUE);

  json_object_set_object_member (settings, "external", external);
  json_object_set_boolean_member (settings, "disable_signup", FALSE);
  json_object_set_boolean_member (settings, "mailer_autoconfirm", TRUE);
  json_object_set_boolean_member (settings, "phone_autoconfirm", FALSE);
  json_object_set_string_member (settings, "sms_provider", "");
  json_object_set_boolean_member (settings, "saml_enabled", FALSE);
  json_object_set_boolean_member (settings, "saml_private_key_next_configured", FALSE);
  json_object_set_boolean_member (settings, "passkeys_enabled", FALSE);
  kvar_demo_exchange_reply_json (exchange, 200, settings);
}

static void
get_health (KvarDemoAuth     *self,
            KvarDemoExchange *exchange)
{
  JsonObject *health = json_object_new ();

  json_object_set_string_member (health, "version", "v2.196.0");
  json_object_set_string_member (health, "name", "GoTrue");
  json_object_set_string_member (health, "description",
                                 "GoTrue is a user registration and authentication API");
  kvar_demo_exchange_reply_json (exchange, 200, health);
}

static void
get_jwks (KvarDemoAuth     *self,
          KvarDemoExchange *exchange)
{
  JsonObject *jwks = json_object_new ();

  json_object_set_array_member (jwks, "keys", json_array_new ());
  kvar_demo_exchange_add_header (exchange, "Cache-Control", "public, max-age=600");
  kvar_demo_exchange_reply_json (exchange, 200, jwks);
}

static const struct {
  const char *method;
  const char *path;
  Handler     handler;
} routes[] = {
  { "POST", "token", kvar_demo_auth_token },
  { "POST", "signup", kvar_demo_auth_signup },
  { "GET", "user", get_user },
  { "PUT", "user", put_user },
  { "POST", "logout", logout },
  { "GET", "settings", get_settings },
  { "GET", "health", get_health },
  { "GET", ".well-known/jwks.json", get_jwks },
};

/**
 * kvar_demo_auth_handle:
 * @exchange: its bearer is read already, without any leeway
 */
void
kvar_demo_auth_handle (KvarDemoAuth     *self,
                       KvarDemoExchange *exchange)
{
  g_autofree char *path = g_strjoinv ("/", exchange->segments);
  g_autoptr(GString) allow = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      if (strcmp (routes[i].path, path) != 0)
        continue;

      if (strcmp (routes[i].method, exchange->method) == 0)
        {
          routes[i].handler (self, exchange);
          return;
        }

      g_string_append_printf (allow, "%s%s", allow->len > 0 ? ", " : "", routes[i].method);
    }

  if (allow->len == 0)
    {
      kvar_demo_exchange_reply (exchange, 404, "text/plain; charset=utf-8",
                                "404 page not found\n", -1);
      return;
    }

  kvar_demo_exchange_add_header (exchange, "Allow", allow->str);
  kvar_demo_exchange_reply (exchange, 405, NULL, NULL, 0);
}

/**
 * kvar_demo_auth_revoke:
 * @email: (nullable): end this user's sessions
 * @session_id: (nullable): end this session; without both, all of them end
 *
 * Returns: how many sessions ended
 */
int
kvar_demo_auth_revoke (KvarDemoAuth *self,
                       const char   *email,
                       const char   *session_id)
{
  g_autoptr(KvarDemoUser) user = NULL;

  if (session_id != NULL)
    return kvar_demo_sessions_end (self->sessions, session_id);

  if (email == NULL)
    return kvar_demo_sessions_end_all (self->sessions);

  user = kvar_demo_accounts_find_email (self->accounts, email);

  return user != NULL ? kvar_demo_sessions_end_user (self->sessions, user->id, NULL) : 0;
}

/**
 * kvar_demo_auth_ban:
 * @until: µs since 1970, or 0 to end the ban
 *
 * Returns: %FALSE when there is no such user
 */
gboolean
kvar_demo_auth_ban (KvarDemoAuth *self,
                    const char   *email,
                    gint64        until)
{
  g_autoptr(KvarDemoUser) user = kvar_demo_accounts_find_email (self->accounts, email);

  if (user == NULL)
    return FALSE;

  kvar_demo_accounts_set_banned (self->accounts, user->id, until);

  return TRUE;
}

/**
 * kvar_demo_auth_remove:
 *
 * Deletes the account and its sessions.
 *
 * Returns: %FALSE when there is no such user
 */
gboolean
kvar_demo_auth_remove (KvarDemoAuth *self,
                       const char   *email)
{
  g_autoptr(KvarDemoUser) user = kvar_demo_accounts_find_email (self->accounts, email);

  if (user == NULL)
    return FALSE;

  kvar_demo_sessions_end_user (self->sessions, user->id, NULL);
  kvar_demo_accounts_remove (self->accounts, user->id);

  return TRUE;
}
