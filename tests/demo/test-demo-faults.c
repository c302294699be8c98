/* test-demo-faults.c: the demo breaks exactly the requests that it was asked to break
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-demo-faults.h"

static void
add (KvarDemoFaults *faults,
     const char     *wish)
{
  g_autoptr(JsonNode) node = json_from_string (wish, NULL);

  g_assert_true (kvar_demo_faults_add (faults, json_node_get_object (node)));
}

static KvarDemoFault *
take (KvarDemoFaults *faults,
      const char     *method,
      const char     *target)
{
  g_autoptr(KvarDemoExchange) exchange = kvar_demo_exchange_new (method, target);

  return kvar_demo_faults_take (faults, exchange);
}

static void
assert_meets (KvarDemoFaults *faults,
              const char     *method,
              const char     *target,
              const char     *kind)
{
  g_autoptr(KvarDemoFault) fault = take (faults, method, target);

  g_assert_cmpstr (fault != NULL ? fault->name : NULL, ==, kind);
}

static void
test_faults_match (void)
{
  g_autoptr(KvarDemoFaults) faults = kvar_demo_faults_new ();

  add (faults, "{\"kind\":\"html\",\"match\":\"/auth/v1/token\",\"method\":\"POST\"}");
  assert_meets (faults, "POST", "/auth/v1/user", NULL);
  assert_meets (faults, "GET", "/auth/v1/token", NULL);
  assert_meets (faults, "POST", "/auth/v1/token?grant_type=password", "html");
  assert_meets (faults, "POST", "/auth/v1/token", NULL);
}

static void
test_faults_count (void)
{
  g_autoptr(KvarDemoFaults) faults = kvar_demo_faults_new ();

  add (faults, "{\"kind\":\"drop\",\"skip\":1,\"count\":2}");
  add (faults, "{\"kind\":503,\"count\":-1}");
  assert_meets (faults, "GET", "/a", "503");
  assert_meets (faults, "GET", "/b", "drop");
  assert_meets (faults, "GET", "/c", "drop");
  for (int i = 0; i < 100; i++)
    assert_meets (faults, "GET", "/d", "503");

  kvar_demo_faults_clear (faults);
  assert_meets (faults, "GET", "/e", NULL);
}

static void
test_faults_unknown_kind (void)
{
  const char *const wishes[] = { "{}", "{\"kind\":\"nonsense\"}", "{\"kind\":200}",
                                 "{\"kind\":\"600\"}", "{\"kind\":null}" };
  g_autoptr(KvarDemoFaults) faults = kvar_demo_faults_new ();

  for (guint i = 0; i < G_N_ELEMENTS (wishes); i++)
    {
      g_autoptr(JsonNode) node = json_from_string (wishes[i], NULL);

      g_assert_false (kvar_demo_faults_add (faults, json_node_get_object (node)));
    }
  assert_meets (faults, "GET", "/a", NULL);
}

static void
test_faults_reply_auth (void)
{
  g_autoptr(KvarDemoFaults) faults = kvar_demo_faults_new ();
  g_autoptr(KvarDemoFault) fault = NULL;
  g_autoptr(KvarDemoExchange) exchange = kvar_demo_exchange_new ("POST", "/auth/v1/token");

  add (faults, "{\"kind\":\"429\",\"retry_after\":7,\"delay_ms\":5}");
  fault = kvar_demo_faults_take (faults, exchange);
  g_assert_true (kvar_demo_fault_reply (fault, exchange));
  g_assert_cmpuint (exchange->status, ==, 429);
  g_assert_cmpuint (exchange->delay_ms, ==, 5);
  g_assert_cmpstr (kvar_demo_exchange_reply_header (exchange, "Retry-After"), ==, "7");
  g_assert_cmpstr (kvar_demo_exchange_reply_header (exchange, "X-Sb-Error-Code"), ==,
                   "over_request_rate_limit");
}

static void
test_faults_reply_own_code (void)
{
  g_autoptr(KvarDemoFaults) faults = kvar_demo_faults_new ();
  g_autoptr(KvarDemoFault) fault = NULL;
  g_autoptr(KvarDemoExchange) exchange = kvar_demo_exchange_new ("POST", "/auth/v1/token");

  add (faults, "{\"kind\":400,\"code\":\"session_expired\",\"message\":\"Over\"}");
  fault = kvar_demo_faults_take (faults, exchange);
  g_assert_true (kvar_demo_fault_reply (fault, exchange));
  g_assert_cmpuint (exchange->status, ==, 400);
  g_assert_cmpstr (kvar_demo_exchange_reply_header (exchange, "X-Sb-Error-Code"), ==,
                   "session_expired");
}

static void
test_faults_lost_answer_is_carried_out (void)
{
  g_autoptr(KvarDemoFaults) faults = kvar_demo_faults_new ();
  g_autoptr(KvarDemoFault) fault = NULL;
  g_autoptr(KvarDemoExchange) exchange = kvar_demo_exchange_new ("POST", "/auth/v1/token");

  add (faults, "{\"kind\":\"lost-answer\"}");
  fault = kvar_demo_faults_take (faults, exchange);
  g_assert_false (kvar_demo_fault_reply (fault, exchange));
  g_assert_cmpuint (exchange->status, ==, 0);
}

static void
test_faults_edit (void)
{
  g_autoptr(KvarDemoFaults) faults = kvar_demo_faults_new ();
  g_autoptr(KvarDemoFault) fault = NULL;
  g_autoptr(KvarDemoExchange) exchange = kvar_demo_exchange_new ("POST", "/auth/v1/token");

  add (faults, "{\"kind\":\"edit\",\"set\":{\"b\":null,\"c\":\"x\"},"
               "\"headers\":{\"Date\":\"Thu, 01 Jan 1970 00:00:00 GMT\"}}");
  fault = kvar_demo_faults_take (faults, exchange);
  g_assert_false (kvar_demo_fault_reply (fault, exchange));
  kvar_demo_exchange_reply (exchange, 200, "application/json", "{\"a\":1,\"b\":2}", -1);
  kvar_demo_fault_finish (fault, exchange);

  g_assert_cmpmem (g_bytes_get_data (exchange->reply_body, NULL),
                   g_bytes_get_size (exchange->reply_body),
                   "{\"a\":1,\"b\":null,\"c\":\"x\"}", 24);
  g_assert_cmpuint (exchange->status, ==, 200);
  g_assert_cmpstr (kvar_demo_exchange_reply_header (exchange, "Date"), ==,
                   "Thu, 01 Jan 1970 00:00:00 GMT");
}

static void
test_faults_reply (void)
{
  g_autoptr(KvarDemoFaults) faults = kvar_demo_faults_new ();
  g_autoptr(KvarDemoFault) fault = NULL;
  g_autoptr(KvarDemoExchange) exchange = kvar_demo_exchange_new ("POST", "/auth/v1/token");

  add (faults, "{\"kind\":\"reply\",\"status\":403,\"body\":\"<h1>No\","
               "\"content_type\":\"text/html\"}");
  fault = kvar_demo_faults_take (faults, exchange);
  g_assert_true (kvar_demo_fault_reply (fault, exchange));
  g_assert_cmpuint (exchange->status, ==, 403);
  g_assert_cmpstr (kvar_demo_exchange_reply_header (exchange, "Content-Type"), ==, "text/html");
  g_assert_cmpmem (g_bytes_get_data (exchange->reply_body, NULL), 6, "<h1>No", 6);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/demo/faults/take/match", test_faults_match);
  g_test_add_func ("/demo/faults/take/count", test_faults_count);
  g_test_add_func ("/demo/faults/add/unknown-kind", test_faults_unknown_kind);
  g_test_add_func ("/demo/faults/reply/auth", test_faults_reply_auth);
  g_test_add_func ("/demo/faults/reply/own-code", test_faults_reply_own_code);
  g_test_add_func ("/demo/faults/finish/edit", test_faults_edit);
  g_test_add_func ("/demo/faults/reply/reply", test_faults_reply);
  g_test_add_func ("/demo/faults/reply/lost-answer-is-carried-out",
                   test_faults_lost_answer_is_carried_out);

  return g_test_run ();
}
