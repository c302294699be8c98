/* test-demo-auth.c: the demo's Auth answers as the real server was seen to answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "kvar-demo-auth.h"
#include "kvar-demo-gate.h"

#define START (G_GINT64_CONSTANT (1795205916) * G_USEC_PER_SEC)

typedef struct
{
  KvarDemoConfig    config;
  KvarDemoDatabase *database;
  KvarDemoClock    *clock;
  KvarDemoAuth     *auth;
} Fixture;

/* What a client keeps of a session. */
typedef struct
{
  char *access;
  char *refresh;
} Tokens;

static void
setup (Fixture       *f,
       gconstpointer  algorithm)
{
  f->config = (KvarDemoConfig)KVAR_DEMO_CONFIG_INIT;
  f->config.refresh_algorithm = GPOINTER_TO_INT (algorithm);
  f->config.reuse_interval = 3;
  f->clock = kvar_demo_clock_new ();
  kvar_demo_clock_freeze (f->clock, START);
  f->database = kvar_demo_database_open (":memory:", NULL);
  f->auth = kvar_demo_auth_new (&f->config, f->database, f->clock);
}

static void
teardown (Fixture       *f,
          gconstpointer  unused)
{
  kvar_demo_auth_free (f->auth);
  kvar_demo_database_free (f->database);
  kvar_demo_clock_free (f->clock);
}

static void
tokens_clear (Tokens *tokens)
{
  g_clear_pointer (&tokens->access, g_free);
  g_clear_pointer (&tokens->refresh, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Tokens, tokens_clear)

static KvarDemoExchange *
ask (Fixture    *f,
     const char *method,
     const char *target,
     const char *access,
     const char *body)
{
  KvarDemoExchange *exchange = kvar_demo_exchange_new (method, target);

  if (access != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", access, NULL);

      kvar_demo_exchange_set_header (exchange, "Authorization", bearer);
    }
  if (body != NULL)
    kvar_demo_exchange_set_body (exchange, body);

  kvar_demo_gate_read_bearer (&f->config, f->clock, exchange);
  kvar_demo_auth_handle (f->auth, exchange);

  return exchange;
}

static JsonObject *
read_reply (KvarDemoExchange *exchange)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  gsize length;
  const char *text;

  g_assert_nonnull (exchange->reply_body);
  text = g_bytes_get_data (exchange->reply_body, &length);
  g_assert_true (json_parser_load_from_data (parser, text, length, NULL));

  return json_node_dup_object (json_parser_get_root (parser));
}

static void
assert_error (KvarDemoExchange *exchange,
              guint             status,
              const char       *code,
              const char       *message)
{
  g_autoptr(JsonObject) error = read_reply (exchange);

  g_assert_cmpstr (json_object_get_string_member (error, "error_code"), ==, code);
  g_assert_cmpuint (exchange->status, ==, status);
  g_assert_cmpint (json_object_get_int_member (error, "code"), ==, status);
  g_assert_cmpstr (json_object_get_string_member (error, "msg"), ==, message);
  g_assert_cmpstr (kvar_demo_exchange_reply_header (exchange, "x-sb-error-code"), ==, code);
}

static KvarDemoExchange *
ask_refresh (Fixture    *f,
             const char *token)
{
  g_autofree char *body = g_strdup_printf ("{\"refresh_token\":\"%s\"}", token);

  return ask (f, "POST", "/auth/v1/token?grant_type=refresh_token", NULL, body);
}

static void
take_tokens (KvarDemoExchange *exchange,
             Tokens           *tokens)
{
  g_autoptr(JsonObject) session = NULL;

  g_assert_cmpuint (exchange->status, ==, 200);
  session = read_reply (exchange);
  tokens_clear (tokens);
  tokens->access = g_strdup (json_object_get_string_member (session, "access_token"));
  tokens->refresh = g_strdup (json_object_get_string_member (session, "refresh_token"));
}

static void
sign_in (Fixture *f,
         Tokens  *tokens)
{
  g_autoptr(KvarDemoExchange) exchange = NULL;

  exchange = ask (f, "POST", "/auth/v1/token?grant_type=password", NULL,
                  "{\"email\":\"demo@kvar.example\",\"password\":\"demo\"}");
  take_tokens (exchange, tokens);
}

/* The refresh must work; gives the token that it answers. */
static char *
refresh (Fixture    *f,
         const char *token)
{
  g_autoptr(KvarDemoExchange) exchange = ask_refresh (f, token);
  g_auto(Tokens) tokens = { NULL, NULL };

  take_tokens (exchange, &tokens);

  return g_steal_pointer (&tokens.refresh);
}

static void
assert_refresh_refused (Fixture    *f,
                        const char *token,
                        const char *code)
{
  g_autoptr(KvarDemoExchange) exchange = ask_refresh (f, token);

  g_assert_cmpuint (exchange->status, ==, 400);
  g_assert_cmpstr (kvar_demo_exchange_reply_header (exchange, "X-Sb-Error-Code"), ==, code);
}

static void
assert_user (Fixture    *f,
             const char *access,
             guint       status,
             const char *code)
{
  g_autoptr(KvarDemoExchange) exchange = ask (f, "GET", "/auth/v1/user", access, NULL);

  g_assert_cmpstr (kvar_demo_exchange_reply_header (exchange, "X-Sb-Error-Code"), ==, code);
  g_assert_cmpuint (exchange->status, ==, status);
}

static void
test_auth_signs_in (Fixture       *f,
                    gconstpointer  unused)
{
  g_autoptr(KvarDemoExchange) exchange = NULL;
  g_autoptr(JsonObject) session = NULL;
  JsonObject *user;

  exchange = ask (f, "POST", "/auth/v1/token?grant_type=password", NULL,
                  "{\"email\":\"eva@kvar.example\",\"password\":\"demo\"}");
  g_assert_cmpuint (exchange->status, ==, 200);

  session = read_reply (exchange);
  user = json_object_get_object_member (session, "user");
  g_assert_cmpstr (json_object_get_string_member (session, "token_type"), ==, "bearer");
  g_assert_cmpint (json_object_get_int_member (session, "expires_in"), ==, 3600);
  g_assert_cmpint (json_object_get_int_member (session, "expires_at"), ==,
                   START / G_USEC_PER_SEC + 3600);
  g_assert_cmpstr (json_object_get_string_member (user, "id"), ==, KVAR_DEMO_USER_EVA);
  g_assert_cmpstr (exchange->grant, ==, "password");
}

static void
test_auth_claims (Fixture       *f,
                  gconstpointer  unused)
{
  const char *const names[] = { "iss", "sub", "aud", "exp", "iat", "email", "phone",
                                "app_metadata", "user_metadata", "role", "aal", "amr",
                                "session_id", "is_anonymous" };
  g_autoptr(KvarDemoExchange) exchange = NULL;
  g_autoptr(GList) members = NULL;
  g_auto(Tokens) tokens = { NULL, NULL };
  guint i = 0;

  sign_in (f, &tokens);
  exchange = ask (f, "GET", "/auth/v1/user", tokens.access, NULL);
  members = json_object_get_members (exchange->claims);
  for (GList *link = members; link != NULL; link = link->next)
    g_assert_cmpstr (link->data, ==, names[i++]);
  g_assert_cmpuint (i, ==, G_N_ELEMENTS (names));
  g_assert_cmpstr (exchange->role, ==, "authenticated");
}

static void
test_auth_password_refusals (Fixture       *f,
                             gconstpointer  unused)
{
  const struct {
    const char *target, *body, *code, *message;
  } cases[] = {
    { "password", "{\"email\":\"demo@kvar.example\",\"password\":\"wrong\"}",
      "invalid_credentials", "Invalid login credentials" },
    { "password", "{\"email\":\"nobody@kvar.example\",\"password\":\"demo\"}",
      "invalid_credentials", "Invalid login credentials" },
    { "password", "{\"email\":\"demo@kvar.example\"}",
      "invalid_credentials", "Invalid login credentials" },
    { "password", "{\"password\":\"demo\"}",
      "validation_failed", "missing email or phone" },
    { "password", "", "bad_json",
      "Could not parse request body as JSON: unexpected end of JSON input" },
    { "foo", "{}", "invalid_credentials", "unsupported_grant_type" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *target = g_strconcat ("/auth/v1/token?grant_type=", cases[i].target, NULL);
      g_autoptr(KvarDemoExchange) exchange = ask (f, "POST", target, NULL, cases[i].body);

      assert_error (exchange, 400, cases[i].code, cases[i].message);
    }
}

static void
test_auth_new_error_format (Fixture       *f,
                            gconstpointer  unused)
{
  g_autoptr(KvarDemoExchange) exchange = kvar_demo_exchange_new ("GET", "/auth/v1/user");
  g_autoptr(JsonObject) error = NULL;

  kvar_demo_exchange_set_header (exchange, "X-Supabase-Api-Version", "2024-01-01");
  kvar_demo_auth_handle (f->auth, exchange);
  error = read_reply (exchange);

  g_assert_cmpuint (exchange->status, ==, 401);
  g_assert_cmpstr (json_object_get_string_member (error, "code"), ==, "no_authorization");
  g_assert_cmpstr (json_object_get_string_member (error, "message"), ==,
                   "This endpoint requires a valid Bearer token");
  g_assert_cmpuint (json_object_get_size (error), ==, 2);
  g_assert_cmpstr (kvar_demo_exchange_reply_header (exchange, "X-Supabase-Api-Version"), ==,
                   "2024-01-01");
}

static void
test_auth_bad_tokens (Fixture       *f,
                      gconstpointer  unused)
{
  g_auto(Tokens) tokens = { NULL, NULL };
  g_autofree char *tampered = NULL;

  sign_in (f, &tokens);
  tampered = g_strdup (tokens.access);
  tampered[strlen (tampered) - 2] ^= 1;

  assert_user (f, tokens.access, 200, NULL);
  assert_user (f, NULL, 401, "no_authorization");
  assert_user (f, "garbage", 403, "bad_jwt");
  assert_user (f, tampered, 403, "bad_jwt");
  kvar_demo_clock_advance (f->clock, 3599.9);
  assert_user (f, tokens.access, 200, NULL);
  kvar_demo_clock_advance (f->clock, 0.1);
  assert_user (f, tokens.access, 403, "bad_jwt");
}

/* r0 → r1 → r2 as the transcripts have them. */
static void
test_auth_rotates (Fixture       *f,
                   gconstpointer  unused)
{
  g_auto(Tokens) tokens = { NULL, NULL };
  g_autoptr(KvarDemoExchange) exchange = NULL;
  g_autofree char *r1 = NULL;

  sign_in (f, &tokens);
  exchange = ask_refresh (f, tokens.refresh);
  g_assert_true (exchange->rotated);
  g_assert_false (exchange->parent);
  g_assert_cmpstr (kvar_demo_exchange_reply_header (exchange, "Sb-Auth-Refresh-Token-Reuse"), ==,
                   "false");

  r1 = refresh (f, tokens.refresh);
  g_assert_cmpstr (r1, !=, tokens.refresh);
  assert_user (f, tokens.access, 200, NULL);
}

static void
test_auth_parent_has_no_time_limit (Fixture       *f,
                                    gconstpointer  unused)
{
  g_auto(Tokens) tokens = { NULL, NULL };
  g_autofree char *r1 = NULL;
  g_autofree char *again = NULL;
  g_autofree char *late = NULL;

  sign_in (f, &tokens);
  r1 = refresh (f, tokens.refresh);
  again = refresh (f, tokens.refresh);
  g_assert_cmpstr (again, ==, r1);

  kvar_demo_clock_advance (f->clock, 86400 * 30);
  late = refresh (f, tokens.refresh);
  g_assert_cmpstr (late, ==, r1);
}

static void
test_auth_grandparent_inside_interval (Fixture       *f,
                                       gconstpointer  algorithm)
{
  g_auto(Tokens) tokens = { NULL, NULL };
  g_autofree char *r1 = NULL;
  g_autofree char *r2 = NULL;
  g_autofree char *r3 = NULL;
  g_autofree char *r4 = NULL;

  sign_in (f, &tokens);
  r1 = refresh (f, tokens.refresh);
  r2 = refresh (f, r1);
  kvar_demo_clock_advance (f->clock, 2);
  r3 = refresh (f, tokens.refresh);

  if (GPOINTER_TO_INT (algorithm) == 2)
    g_assert_cmpstr (r3, ==, r2);
  else
    {
      /* The family forks, and both branches live. */
      g_assert_cmpstr (r3, !=, r2);
      r4 = refresh (f, r2);
    }
}

static void
test_auth_grandparent_after_interval (Fixture       *f,
                                      gconstpointer  algorithm)
{
  g_auto(Tokens) tokens = { NULL, NULL };
  g_autofree char *r1 = NULL;
  g_autofree char *r2 = NULL;
  gboolean counter = GPOINTER_TO_INT (algorithm) == 2;

  sign_in (f, &tokens);
  r1 = refresh (f, tokens.refresh);
  r2 = refresh (f, r1);
  kvar_demo_clock_advance (f->clock, 4);
  assert_refresh_refused (f, tokens.refresh, "refresh_token_already_used");

  /* Opaque tokens leave the session row, counters take it along. */
  if (counter)
    assert_user (f, tokens.access, 403, "session_not_found");
  else
    assert_user (f, tokens.access, 200, NULL);

  kvar_demo_clock_advance (f->clock, 4);
  assert_refresh_refused (f, r2, counter ? "refresh_token_not_found"
                                         : "refresh_token_already_used");
}

static void
test_auth_revoked_family_revives_inside_interval (Fixture       *f,
                                                  gconstpointer  unused)
{
  g_auto(Tokens) tokens = { NULL, NULL };
  g_autofree char *r1 = NULL;
  g_autofree char *r2 = NULL;
  g_autofree char *r3 = NULL;
  g_autofree char *again = NULL;

  sign_in (f, &tokens);
  r1 = refresh (f, tokens.refresh);
  r2 = refresh (f, r1);
  kvar_demo_clock_advance (f->clock, 4);
  assert_refresh_refused (f, tokens.refresh, "refresh_token_already_used");

  r3 = refresh (f, r2);
  g_assert_cmpstr (r3, !=, r2);
  kvar_demo_clock_advance (f->clock, 4);
  again = refresh (f, r2);
  g_assert_cmpstr (again, ==, r3);
}

static void
test_auth_impossible_tokens (Fixture       *f,
                             gconstpointer  unused)
{
  g_autoptr(KvarDemoExchange) missing = NULL;

  assert_refresh_refused (f, "abcdefghijkl", "refresh_token_not_found");
  assert_refresh_refused (f, "AP9Ii8iajkv0qncLcS7XuYoAjfoyn1kcAhCE2fqHp__mUzHC3WY",
                          "refresh_token_not_found");
  assert_refresh_refused (f, "short", "validation_failed");
  assert_refresh_refused (f, "", "validation_failed");

  missing = ask (f, "POST", "/auth/v1/token?grant_type=refresh_token", NULL, "{}");
  assert_error (missing, 400, "validation_failed", "Refresh token is not valid");
}

static void
test_auth_logout_scopes (Fixture       *f,
                         gconstpointer  unused)
{
  const struct {
    const char *scope;
    gboolean    this_one_lives, other_lives;
  } cases[] = {
    { "", FALSE, FALSE },
    { "?scope=global", FALSE, FALSE },
    { "?scope=local", FALSE, TRUE },
    { "?scope=others", TRUE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto(Tokens) one = { NULL, NULL };
      g_auto(Tokens) other = { NULL, NULL };
      g_autofree char *target = g_strconcat ("/auth/v1/logout", cases[i].scope, NULL);
      g_autoptr(KvarDemoExchange) exchange = NULL;

      sign_in (f, &one);
      sign_in (f, &other);
      exchange = ask (f, "POST", target, one.access, NULL);
      g_assert_cmpuint (exchange->status, ==, 204);
      g_assert_null (exchange->reply_body);

      assert_user (f, one.access, cases[i].this_one_lives ? 200 : 403,
                   cases[i].this_one_lives ? NULL : "session_not_found");
      assert_user (f, other.access, cases[i].other_lives ? 200 : 403,
                   cases[i].other_lives ? NULL : "session_not_found");
      if (!cases[i].other_lives)
        assert_refresh_refused (f, other.refresh, "refresh_token_not_found");
    }
}

static void
test_auth_logout_refusals (Fixture       *f,
                           gconstpointer  unused)
{
  g_auto(Tokens) tokens = { NULL, NULL };
  g_autoptr(KvarDemoExchange) scope = NULL;
  g_autoptr(KvarDemoExchange) expired = NULL;
  g_autofree char *r1 = NULL;

  sign_in (f, &tokens);
  scope = ask (f, "POST", "/auth/v1/logout?scope=xx", tokens.access, NULL);
  assert_error (scope, 400, "validation_failed", "Unsupported logout scope \"xx\"");

  kvar_demo_clock_advance (f->clock, 3600);
  expired = ask (f, "POST", "/auth/v1/logout", tokens.access, NULL);
  g_assert_cmpuint (expired->status, ==, 403);
  r1 = refresh (f, tokens.refresh);
}

static void
test_auth_ban_keeps_session (Fixture       *f,
                             gconstpointer  unused)
{
  g_auto(Tokens) tokens = { NULL, NULL };
  g_autoptr(KvarDemoExchange) exchange = NULL;
  g_autofree char *r1 = NULL;

  sign_in (f, &tokens);
  g_assert_true (kvar_demo_auth_ban (f->auth, "demo@kvar.example", START + 60 * G_USEC_PER_SEC));

  exchange = ask_refresh (f, tokens.refresh);
  assert_error (exchange, 400, "user_banned", "Invalid Refresh Token: User Banned");
  assert_user (f, tokens.access, 403, "user_banned");

  kvar_demo_clock_advance (f->clock, 60);
  assert_user (f, tokens.access, 200, NULL);
  r1 = refresh (f, tokens.refresh);
}

static void
test_auth_deleted_user (Fixture       *f,
                        gconstpointer  unused)
{
  g_auto(Tokens) tokens = { NULL, NULL };

  sign_in (f, &tokens);
  g_assert_true (kvar_demo_auth_remove (f->auth, "demo@kvar.example"));
  g_assert_false (kvar_demo_auth_remove (f->auth, "demo@kvar.example"));

  assert_refresh_refused (f, tokens.refresh, "refresh_token_not_found");
  assert_user (f, tokens.access, 403, "user_not_found");
}

static void
test_auth_revoke_counts (Fixture       *f,
                         gconstpointer  unused)
{
  g_auto(Tokens) one = { NULL, NULL };
  g_auto(Tokens) two = { NULL, NULL };

  sign_in (f, &one);
  sign_in (f, &two);
  g_assert_cmpint (kvar_demo_auth_revoke (f->auth, "eva@kvar.example", NULL), ==, 0);
  g_assert_cmpint (kvar_demo_auth_revoke (f->auth, "demo@kvar.example", NULL), ==, 2);
  assert_user (f, one.access, 403, "session_not_found");
  assert_refresh_refused (f, two.refresh, "refresh_token_not_found");
}

static void
test_auth_password_change_ends_others (Fixture       *f,
                                       gconstpointer  unused)
{
  g_auto(Tokens) one = { NULL, NULL };
  g_auto(Tokens) other = { NULL, NULL };
  g_autoptr(KvarDemoExchange) same = NULL;
  g_autoptr(KvarDemoExchange) changed = NULL;
  g_autoptr(KvarDemoExchange) weak = NULL;
  g_autofree char *r1 = NULL;

  sign_in (f, &one);
  sign_in (f, &other);
  changed = ask (f, "PUT", "/auth/v1/user", one.access, "{\"password\":\"a new good one\"}");
  g_assert_cmpuint (changed->status, ==, 200);
  same = ask (f, "PUT", "/auth/v1/user", one.access, "{\"password\":\"a new good one\"}");
  assert_error (same, 422, "same_password",
                "New password should be different from the old password.");
  weak = ask (f, "PUT", "/auth/v1/user", one.access, "{\"password\":\"x\"}");
  assert_error (weak, 422, "weak_password", "Password should be at least 6 characters.");

  r1 = refresh (f, one.refresh);
  assert_refresh_refused (f, other.refresh, "refresh_token_not_found");
}

static void
test_auth_rate_limit_keeps_token (Fixture       *f,
                                  gconstpointer  unused)
{
  g_auto(Tokens) tokens = { NULL, NULL };
  g_autoptr(KvarDemoExchange) refused = NULL;
  g_autofree char *r1 = NULL;

  f->config.rate_burst = 30;
  f->config.rate_per_second = 0.5;
  for (int i = 0; i < 30; i++)
    sign_in (f, &tokens);

  refused = ask_refresh (f, tokens.refresh);
  assert_error (refused, 429, "over_request_rate_limit", "Request rate limit reached");
  g_assert_null (kvar_demo_exchange_reply_header (refused, "Retry-After"));
  g_assert_false (refused->rotated);

  kvar_demo_clock_advance (f->clock, 2);
  r1 = refresh (f, tokens.refresh);
}

static void
test_auth_survives_restart (Fixture       *f,
                            gconstpointer  unused)
{
  g_auto(Tokens) tokens = { NULL, NULL };
  g_autofree char *r1 = NULL;

  sign_in (f, &tokens);
  kvar_demo_auth_free (f->auth);
  f->auth = kvar_demo_auth_new (&f->config, f->database, f->clock);

  assert_user (f, tokens.access, 200, NULL);
  r1 = refresh (f, tokens.refresh);
}

static void
test_auth_signs_up (Fixture       *f,
                    gconstpointer  unused)
{
  const char *body = "{\"email\":\"ny@kvar.example\",\"password\":\"hemlig hund\"}";
  g_autoptr(KvarDemoExchange) first = ask (f, "POST", "/auth/v1/signup", NULL, body);
  g_autoptr(KvarDemoExchange) second = ask (f, "POST", "/auth/v1/signup", NULL, body);
  g_auto(Tokens) tokens = { NULL, NULL };

  take_tokens (first, &tokens);
  assert_user (f, tokens.access, 200, NULL);
  assert_error (second, 422, "user_already_exists", "User already registered");
}

static void
test_auth_unknown_paths (Fixture       *f,
                         gconstpointer  unused)
{
  g_autoptr(KvarDemoExchange) path = ask (f, "GET", "/auth/v1/nope", NULL, NULL);
  g_autoptr(KvarDemoExchange) method = ask (f, "GET", "/auth/v1/token", NULL, NULL);

  g_assert_cmpuint (path->status, ==, 404);
  g_assert_cmpstr (kvar_demo_exchange_reply_header (path, "Content-Type"), ==,
                   "text/plain; charset=utf-8");
  g_assert_cmpuint (method->status, ==, 405);
  g_assert_cmpstr (kvar_demo_exchange_reply_header (method, "Allow"), ==, "POST");
  g_assert_null (method->reply_body);
}

#define ADD(path, func) \
  g_test_add ("/demo/auth/" path, Fixture, GINT_TO_POINTER (1), setup, func, teardown)
#define ADD_BOTH(path, func) \
  ADD (path, func); \
  g_test_add ("/demo/auth/" path "/counter", Fixture, GINT_TO_POINTER (2), setup, func, teardown)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("token/signs-in", test_auth_signs_in);
  ADD ("token/claims", test_auth_claims);
  ADD ("token/password-refusals", test_auth_password_refusals);
  ADD ("error/new-format", test_auth_new_error_format);
  ADD ("user/bad-tokens", test_auth_bad_tokens);
  ADD_BOTH ("refresh/rotates", test_auth_rotates);
  ADD_BOTH ("refresh/parent-has-no-time-limit", test_auth_parent_has_no_time_limit);
  ADD_BOTH ("refresh/grandparent-inside-interval", test_auth_grandparent_inside_interval);
  ADD_BOTH ("refresh/grandparent-after-interval", test_auth_grandparent_after_interval);
  ADD ("refresh/revoked-family-revives", test_auth_revoked_family_revives_inside_interval);
  ADD_BOTH ("refresh/impossible-tokens", test_auth_impossible_tokens);
  ADD_BOTH ("logout/scopes", test_auth_logout_scopes);
  ADD ("logout/refusals", test_auth_logout_refusals);
  ADD ("ban/keeps-session", test_auth_ban_keeps_session);
  ADD ("remove/deleted-user", test_auth_deleted_user);
  ADD ("revoke/counts", test_auth_revoke_counts);
  ADD ("user/password-change-ends-others", test_auth_password_change_ends_others);
  ADD ("token/rate-limit-keeps-token", test_auth_rate_limit_keeps_token);
  ADD ("sessions/survive-restart", test_auth_survives_restart);
  ADD ("signup/signs-up", test_auth_signs_up);
  ADD ("unknown/paths", test_auth_unknown_paths);

  return g_test_run ();
}
