/* test-request.c: what a request holds and how its address is encoded
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-clock.h"
#include "net/kvar-request.h"

static void
test_query_is_encoded (void)
{
  g_autoptr(KvarRequest) request = kvar_request_new ("GET", "/rest/v1/jobs");

  kvar_request_add_query (request, "due at", "gte.2026-01-01T00:00:00+01:00");
  kvar_request_add_query (request, "\"order\"", "eq.å&b=c#d?e/f,(g)%");
  g_assert_cmpstr (kvar_request_get_path (request), ==,
                   "/rest/v1/jobs?due%20at=gte.2026-01-01T00%3A00%3A00%2B01%3A00"
                   "&%22order%22=eq.%C3%A5%26b%3Dc%23d%3Fe%2Ff%2C%28g%29%25");
}

static void
test_query_follows_an_earlier_one (void)
{
  g_autoptr(KvarRequest) request = kvar_request_new ("GET", "/rest/v1/jobs?select=id");

  kvar_request_add_query (request, "limit", "1");
  g_assert_cmpstr (kvar_request_get_path (request), ==, "/rest/v1/jobs?select=id&limit=1");
}

static void
test_header_is_replaced (void)
{
  g_autoptr(KvarRequest) request = kvar_request_new ("GET", "/");

  kvar_request_set_header (request, "Prefer", "count=exact");
  kvar_request_set_header (request, "prefer", "count=planned");
  g_assert_cmpstr (kvar_request_get_header (request, "PREFER"), ==, "count=planned");
  kvar_request_set_header (request, "Prefer", NULL);
  g_assert_null (kvar_request_get_header (request, "Prefer"));
}

static void
test_only_reads_are_repeatable (void)
{
  static const struct { const char *method; gboolean repeatable; } methods[] = {
    { "GET", TRUE }, { "HEAD", TRUE }, { "OPTIONS", TRUE },
    { "POST", FALSE }, { "PATCH", FALSE }, { "DELETE", FALSE }, { "PUT", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr(KvarRequest) request = kvar_request_new (methods[i].method, "/");

      g_assert_cmpint (kvar_request_get_repeatable (request), ==, methods[i].repeatable);
    }
}

static void
test_service_is_in_the_path (void)
{
  static const struct { const char *path; KvarService service; } paths[] = {
    { "/auth/v1/token?grant_type=password", KVAR_SERVICE_AUTH },
    { "/rest/v1/jobs", KVAR_SERVICE_REST },
    { "/rest/v1/", KVAR_SERVICE_REST },
    { "/storage/v1/object/a/b", KVAR_SERVICE_STORAGE },
    { "/functions/v1/hello", KVAR_SERVICE_OTHER },
    { "/authentic/v1/", KVAR_SERVICE_OTHER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr(KvarRequest) request = kvar_request_new ("GET", paths[i].path);

      g_assert_cmpint (kvar_request_get_service (request), ==, paths[i].service);
    }
}

static void
test_functions_may_be_slow (void)
{
  g_autoptr(KvarRequest) page = kvar_request_new ("GET", "/rest/v1/jobs");
  g_autoptr(KvarRequest) function = kvar_request_new ("POST", "/rest/v1/rpc/report");

  g_assert_cmpint (kvar_request_get_timeout (page), ==, KVAR_CLOCK_MINUTE);
  g_assert_cmpint (kvar_request_get_timeout (function), ==, 10 * KVAR_CLOCK_MINUTE);
  kvar_request_set_timeout (function, KVAR_CLOCK_SECOND);
  g_assert_cmpint (kvar_request_get_timeout (function), ==, KVAR_CLOCK_SECOND);
}

static void
test_bearer_is_a_copy (void)
{
  g_autoptr(KvarRequest) request = kvar_request_new ("POST", "/rest/v1/jobs");
  g_autoptr(GBytes) body = g_bytes_new_static ("{}", 2);
  g_autoptr(KvarRequest) first = NULL;
  g_autoptr(KvarRequest) second = NULL;

  kvar_request_set_header (request, "Prefer", "return=minimal");
  kvar_request_set_body (request, "application/json", body);
  kvar_request_set_repeatable (request, TRUE);
  kvar_request_set_lane (request, KVAR_LANE_BULK);
  kvar_request_set_timeout (request, 7);
  kvar_request_set_answer_max (request, 8);
  first = kvar_request_with_bearer (request, "one");
  second = kvar_request_with_bearer (first, "two");

  g_assert_null (kvar_request_get_header (request, "Authorization"));
  g_assert_cmpstr (kvar_request_get_header (first, "Authorization"), ==, "Bearer one");
  g_assert_cmpstr (kvar_request_get_header (second, "Authorization"), ==, "Bearer two");
  g_assert_cmpstr (kvar_request_get_method (second), ==, "POST");
  g_assert_cmpstr (kvar_request_get_path (second), ==, "/rest/v1/jobs");
  g_assert_cmpstr (kvar_request_get_header (second, "Prefer"), ==, "return=minimal");
  g_assert_cmpstr (kvar_request_get_content_type (second), ==, "application/json");
  g_assert_true (kvar_request_get_body (second) == body);
  g_assert_true (kvar_request_get_repeatable (second));
  g_assert_cmpint (kvar_request_get_lane (second), ==, KVAR_LANE_BULK);
  g_assert_cmpint (kvar_request_get_timeout (second), ==, 7);
  g_assert_cmpuint (kvar_request_get_answer_max (second), ==, 8);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/request/query/is-encoded", test_query_is_encoded);
  g_test_add_func ("/request/query/follows-an-earlier-one", test_query_follows_an_earlier_one);
  g_test_add_func ("/request/header/is-replaced", test_header_is_replaced);
  g_test_add_func ("/request/repeatable/only-reads", test_only_reads_are_repeatable);
  g_test_add_func ("/request/service/is-in-the-path", test_service_is_in_the_path);
  g_test_add_func ("/request/timeout/functions-may-be-slow", test_functions_may_be_slow);
  g_test_add_func ("/request/bearer/is-a-copy", test_bearer_is_a_copy);

  return g_test_run ();
}
