/* kvar-demo-gate.c: who may come in: the gateway's key check and the reading of bearer tokens
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-gate.h"
#include "kvar-demo-jwt.h"

static const char *const keyless[] = {
  "/auth/v1/verify",
  "/auth/v1/callback",
  "/auth/v1/authorize",
  "/auth/v1/.well-known/jwks.json",
};

static gboolean
needs_key (KvarDemoExchange *exchange)
{
  if (g_str_has_prefix (exchange->path, "/storage/v1/"))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (keyless); i++)
    if (strcmp (exchange->path, keyless[i]) == 0)
      return FALSE;

  return TRUE;
}

/* The key may come as a parameter, which the services behind the gateway never see. */
static char *
take_key (KvarDemoExchange *exchange)
{
  g_autoptr(GString) rest = g_string_new (NULL);
  g_auto(GStrv) pieces = NULL;
  g_autofree char *param = kvar_demo_exchange_get_param (exchange, "apikey");
  const char *header = kvar_demo_exchange_get_header (exchange, "apikey");

  if (param == NULL)
    return g_strdup (header);

  pieces = g_strsplit (exchange->query, "&", -1);
  for (guint i = 0; pieces[i] != NULL; i++)
    if (!g_str_has_prefix (pieces[i], "apikey="))
      g_string_append_printf (rest, "%s%s", rest->len > 0 ? "&" : "", pieces[i]);

  g_free (exchange->query);
  exchange->query = rest->len > 0 ? g_strdup (rest->str) : NULL;

  return header != NULL ? g_strdup (header) : g_steal_pointer (&param);
}

static void
refuse (KvarDemoExchange *exchange,
        const char       *message,
        const char       *hint)
{
  JsonObject *error = json_object_new ();

  json_object_set_string_member (error, "message", message);
  json_object_set_string_member (error, "hint", hint);
  kvar_demo_exchange_reply_json (exchange, 401, error);
}

/**
 * kvar_demo_gate_check_key:
 *
 * Checks the API key as the hosted gateway does, and takes it off the query.
 *
 * Returns: %FALSE when the refusal is replied
 */
gboolean
kvar_demo_gate_check_key (KvarDemoExchange *exchange)
{
  g_autofree char *key = take_key (exchange);

  if (g_strcmp0 (key, KVAR_DEMO_SECRET_KEY) == 0)
    {
      exchange->role = "service_role";
      return TRUE;
    }

  if (g_strcmp0 (key, KVAR_DEMO_PUBLISHABLE_KEY) == 0 || !needs_key (exchange))
    return TRUE;

  if (key == NULL || key[0] == '\0')
    refuse (exchange, "No API key found in request",
            "No `apikey` request header or url param was found.");
  else
    refuse (exchange, "Invalid API key",
            "Double check your Supabase `anon` or `service_role` API key.");

  return FALSE;
}

/* The token of "Bearer <token>", or NULL when the header says something else. */
static const char *
get_bearer (KvarDemoExchange *exchange)
{
  const char *header = kvar_demo_exchange_get_header (exchange, "Authorization");

  if (header == NULL || g_ascii_strncasecmp (header, "Bearer ", 7) != 0)
    return NULL;

  header += 7;

  return header[0] == '\0' || strpbrk (header, " \t") != NULL ? NULL : header;
}

static char *
dup_claim (JsonObject *claims,
           const char *name)
{
  JsonNode *node = json_object_get_member (claims, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_dup_string (node) : NULL;
}

/**
 * kvar_demo_gate_read_bearer:
 *
 * Reads the bearer token into the exchange's caller. REST allows the configured leeway, Auth
 * none. A key in the place of the token (as supabase-js sends it while signed out) is no token.
 */
void
kvar_demo_gate_read_bearer (const KvarDemoConfig *config,
                            KvarDemoClock        *clock,
                            KvarDemoExchange     *exchange)
{
  const char *token = get_bearer (exchange);
  gint64 leeway = g_str_has_prefix (exchange->path, "/rest/v1") ? config->jwt_leeway : 0;
  g_autofree char *role = NULL;

  exchange->token_state = KVAR_DEMO_TOKEN_NONE;
  if (token == NULL || g_str_has_prefix (token, "sb_"))
    return;

  exchange->token_state = kvar_demo_jwt_read (token, kvar_demo_config_get_secret (config),
                                              &exchange->claims);
  if (exchange->token_state != KVAR_DEMO_TOKEN_GOOD)
    return;

  exchange->user_id = dup_claim (exchange->claims, "sub");
  exchange->session_id = dup_claim (exchange->claims, "session_id");
  role = dup_claim (exchange->claims, "role");
  exchange->role = role != NULL ? g_intern_string (role) : "anon";
  exchange->token_state = kvar_demo_jwt_check_times (exchange->claims,
                                                     kvar_demo_clock_get_usec (clock), leeway);
}

static gboolean
refuse_token (KvarDemoExchange *exchange,
              const char       *code,
              const char       *message,
              const char       *details)
{
  g_autofree char *challenge = NULL;
  JsonObject *error = json_object_new ();

  challenge = g_strdup_printf ("Bearer error=\"invalid_token\", error_description=\"%s\"",
                               message);
  kvar_demo_exchange_add_header (exchange, "WWW-Authenticate", challenge);

  json_object_set_string_member (error, "code", code);
  if (details != NULL)
    json_object_set_string_member (error, "details", details);
  else
    json_object_set_null_member (error, "details");
  json_object_set_null_member (error, "hint");
  json_object_set_string_member (error, "message", message);
  kvar_demo_exchange_reply_json (exchange, 401, error);
  kvar_demo_exchange_add_header (exchange, "Content-Type", "application/json; charset=utf-8");

  return FALSE;
}

static gboolean
refuse_malformed (KvarDemoExchange *exchange)
{
  g_auto(GStrv) parts = g_strsplit (get_bearer (exchange), ".", -1);
  guint n_parts = g_strv_length (parts);
  g_autofree char *message = NULL;

  if (n_parts == 3)
    return refuse_token (exchange, "PGRST301", "JWT cryptographic operation failed", NULL);

  message = g_strdup_printf ("Expected 3 parts in JWT; got %u", n_parts);

  return refuse_token (exchange, "PGRST301", message, NULL);
}

/**
 * kvar_demo_gate_check_rest:
 *
 * Judges the bearer as PostgREST does, which knows no sessions: a revoked one works until its
 * token expires.
 *
 * Returns: %FALSE when the error is replied
 */
gboolean
kvar_demo_gate_check_rest (KvarDemoExchange *exchange)
{
  switch (exchange->token_state)
    {
    case KVAR_DEMO_TOKEN_MALFORMED:
      return refuse_malformed (exchange);

    case KVAR_DEMO_TOKEN_BAD:
      return refuse_token (exchange, "PGRST301", "No suitable key or wrong key type",
                           "None of the keys was able to decode the JWT");

    case KVAR_DEMO_TOKEN_EXPIRED:
      return refuse_token (exchange, "PGRST303", "JWT expired", NULL);

    case KVAR_DEMO_TOKEN_FUTURE:
      return refuse_token (exchange, "PGRST303", "JWT issued at future", NULL);

    case KVAR_DEMO_TOKEN_NONE:
    case KVAR_DEMO_TOKEN_GOOD:
    default:
      break;
    }

  if (strcmp (exchange->role, "anon") != 0 && strcmp (exchange->role, "authenticated") != 0 &&
      strcmp (exchange->role, "service_role") != 0)
    {
      g_autofree char *message = g_strdup_printf ("role \"%s\" does not exist", exchange->role);

      return refuse_token (exchange, "22023", message, NULL);
    }

  return TRUE;
}
