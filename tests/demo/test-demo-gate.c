/* test-demo-gate.c: the demo's gateway checks keys, and REST its tokens, as the real ones do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "kvar-demo-gate.h"
#include "kvar-demo-jwt.h"

typedef struct
{
  KvarDemoConfig  config;
  KvarDemoClock  *clock;
} Fixture;

static void
setup (Fixture       *f,
       gconstpointer  unused)
{
  f->config = (KvarDemoConfig)KVAR_DEMO_CONFIG_INIT;
  f->clock = kvar_demo_clock_new ();
  kvar_demo_clock_freeze (f->clock, 1000 * G_USEC_PER_SEC);
}

static void
teardown (Fixture       *f,
          gconstpointer  unused)
{
  kvar_demo_clock_free (f->clock);
}

static void
assert_message (KvarDemoExchange *exchange,
                const char       *part)
{
  const char *body = g_bytes_get_data (exchange->reply_body, NULL);

  g_assert_cmpuint (exchange->status, ==, 401);
  g_assert_nonnull (strstr (body, part));
}

static void
test_gate_key (Fixture       *f,
               gconstpointer  unused)
{
  g_autoptr(KvarDemoExchange) missing = kvar_demo_exchange_new ("GET", "/rest/v1/jobs");
  g_autoptr(KvarDemoExchange) wrong = kvar_demo_exchange_new ("GET", "/auth/v1/health");
  g_autoptr(KvarDemoExchange) right = kvar_demo_exchange_new ("GET", "/rest/v1/jobs");
  g_autoptr(KvarDemoExchange) open = NULL;

  g_assert_false (kvar_demo_gate_check_key (missing));
  assert_message (missing, "No API key found in request");

  kvar_demo_exchange_set_header (wrong, "apikey", "sb_publishable_other");
  g_assert_false (kvar_demo_gate_check_key (wrong));
  assert_message (wrong, "Invalid API key");

  kvar_demo_exchange_set_header (right, "apikey", KVAR_DEMO_PUBLISHABLE_KEY);
  g_assert_true (kvar_demo_gate_check_key (right));
  g_assert_cmpstr (right->role, ==, "anon");

  open = kvar_demo_exchange_new ("GET", "/auth/v1/.well-known/jwks.json");
  g_assert_true (kvar_demo_gate_check_key (open));
}

static void
test_gate_key_as_parameter (Fixture       *f,
                            gconstpointer  unused)
{
  g_autoptr(KvarDemoExchange) exchange = NULL;

  exchange = kvar_demo_exchange_new ("GET", "/rest/v1/jobs?id=eq.1&apikey=sb_publishable_demo"
                                     "&limit=1");
  g_assert_true (kvar_demo_gate_check_key (exchange));
  g_assert_cmpstr (exchange->query, ==, "id=eq.1&limit=1");
}

static void
test_gate_key_is_no_bearer (Fixture       *f,
                            gconstpointer  unused)
{
  g_autoptr(KvarDemoExchange) exchange = kvar_demo_exchange_new ("GET", "/rest/v1/jobs");

  kvar_demo_exchange_set_header (exchange, "Authorization", "Bearer sb_publishable_demo");
  kvar_demo_gate_read_bearer (&f->config, f->clock, exchange);
  g_assert_cmpint (exchange->token_state, ==, KVAR_DEMO_TOKEN_NONE);
  g_assert_true (kvar_demo_gate_check_rest (exchange));
  g_assert_cmpstr (exchange->role, ==, "anon");
}

static KvarDemoExchange *
ask_rest (Fixture    *f,
          const char *role,
          gint64      iat,
          gint64      exp)
{
  KvarDemoExchange *exchange = kvar_demo_exchange_new ("GET", "/rest/v1/jobs");
  g_autoptr(JsonObject) claims = json_object_new ();
  g_autofree char *token = NULL;
  g_autofree char *bearer = NULL;

  json_object_set_string_member (claims, "role", role);
  json_object_set_string_member (claims, "sub", KVAR_DEMO_USER_DEMO);
  json_object_set_int_member (claims, "iat", iat);
  json_object_set_int_member (claims, "exp", exp);
  token = kvar_demo_jwt_sign (claims, KVAR_DEMO_JWT_SECRET);
  bearer = g_strconcat ("bearer ", token, NULL);
  kvar_demo_exchange_set_header (exchange, "Authorization", bearer);
  kvar_demo_gate_read_bearer (&f->config, f->clock, exchange);

  return exchange;
}

static void
test_gate_rest_good (Fixture       *f,
                     gconstpointer  unused)
{
  g_autoptr(KvarDemoExchange) exchange = ask_rest (f, "authenticated", 1000, 1001);

  g_assert_true (kvar_demo_gate_check_rest (exchange));
  g_assert_cmpstr (exchange->role, ==, "authenticated");
  g_assert_cmpstr (exchange->user_id, ==, KVAR_DEMO_USER_DEMO);
}

static void
test_gate_rest_expired (Fixture       *f,
                        gconstpointer  unused)
{
  g_autoptr(KvarDemoExchange) exchange = ask_rest (f, "authenticated", 900, 1000);
  g_autoptr(KvarDemoExchange) lenient = NULL;

  g_assert_false (kvar_demo_gate_check_rest (exchange));
  assert_message (exchange, "\"code\":\"PGRST303\"");
  assert_message (exchange, "\"message\":\"JWT expired\"");
  g_assert_cmpstr (kvar_demo_exchange_reply_header (exchange, "WWW-Authenticate"), ==,
                   "Bearer error=\"invalid_token\", error_description=\"JWT expired\"");

  f->config.jwt_leeway = 30;
  lenient = ask_rest (f, "authenticated", 900, 1000);
  g_assert_true (kvar_demo_gate_check_rest (lenient));
}

static void
test_gate_rest_future (Fixture       *f,
                       gconstpointer  unused)
{
  g_autoptr(KvarDemoExchange) exchange = ask_rest (f, "authenticated", 1002, 2000);

  g_assert_false (kvar_demo_gate_check_rest (exchange));
  assert_message (exchange, "\"code\":\"PGRST303\"");
  assert_message (exchange, "JWT issued at future");
}

static void
test_gate_rest_bad (Fixture       *f,
                    gconstpointer  unused)
{
  g_autoptr(KvarDemoExchange) malformed = kvar_demo_exchange_new ("GET", "/rest/v1/jobs");
  g_autoptr(KvarDemoExchange) other = NULL;
  g_autoptr(KvarDemoExchange) role = NULL;

  kvar_demo_exchange_set_header (malformed, "Authorization", "Bearer garbage");
  kvar_demo_gate_read_bearer (&f->config, f->clock, malformed);
  g_assert_false (kvar_demo_gate_check_rest (malformed));
  assert_message (malformed, "\"code\":\"PGRST301\"");
  assert_message (malformed, "Expected 3 parts in JWT; got 1");

  f->config.jwt_secret = "another secret of at least 32 characters";
  other = ask_rest (f, "authenticated", 1000, 2000);
  g_assert_false (kvar_demo_gate_check_rest (other));
  assert_message (other, "\"code\":\"PGRST301\"");

  f->config.jwt_secret = NULL;
  role = ask_rest (f, "postgres", 1000, 2000);
  g_assert_false (kvar_demo_gate_check_rest (role));
  assert_message (role, "22023");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, func) g_test_add ("/demo/gate/" path, Fixture, NULL, setup, func, teardown)

  ADD ("key/checks", test_gate_key);
  ADD ("key/as-parameter", test_gate_key_as_parameter);
  ADD ("key/is-no-bearer", test_gate_key_is_no_bearer);
  ADD ("rest/good", test_gate_rest_good);
  ADD ("rest/expired", test_gate_rest_expired);
  ADD ("rest/future", test_gate_rest_future);
  ADD ("rest/bad", test_gate_rest_bad);

  return g_test_run ();
}
