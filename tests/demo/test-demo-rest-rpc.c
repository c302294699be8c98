/* test-demo-rest-rpc.c: the demo calls functions and tells its schema as a real project does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "rest-fixture.h"

static void
test_rpc_calls (RestFixture   *f,
                gconstpointer  unused)
{
  static const struct { const char *request, *body; guint status; const char *reply; } cases[] = {
    { "POST rpc/add_numbers", "{\"a\": 2, \"b\": 40}", 200, "42" },
    { "GET rpc/add_numbers?a=2", NULL, 200, "3" },
    { "GET rpc/whoami", NULL, 200,
      "{\"uid\": \"" KVAR_DEMO_USER_DEMO "\", \"role\": \"authenticated\", "
      "\"claims\": {\"role\": \"authenticated\"}}" },
    { "POST rpc/touch_job", "{\"p_job\": \"00000000-0000-4000-8000-000000000002\"}", 204, "" },
    { "GET rpc/touch_job?p_job=00000000-0000-4000-8000-000000000002", NULL, 405,
      "{\"code\":\"25006\",\"details\":null,\"hint\":null,\"message\":\"cannot execute UPDATE in a "
      "read-only transaction\"}" },
    { "POST rpc/nope", "{\"a\": 1}", 404,
      "{\"code\":\"PGRST202\",\"details\":\"Searched for the function public.nope with parameter a "
      "or with a single unnamed json/jsonb parameter, but no matches were found in the schema "
      "cache.\",\"hint\":null,\"message\":\"Could not find the function public.nope(a) in the "
      "schema cache\"}" },
    { "POST rpc/add_numbers", "{\"a\": 1, \"c\": 2}", 404,
      "{\"code\":\"PGRST202\",\"details\":\"Searched for the function public.add_numbers with "
      "parameters a, c or with a single unnamed json/jsonb parameter, but no matches were found in "
      "the schema cache.\",\"hint\":\"Perhaps you meant to call the function public.add_numbers(a, "
      "b)\",\"message\":\"Could not find the function public.add_numbers(a, c) in the schema "
      "cache\"}" },
    { "POST rpc/add_numbers", "{\"a\": \"x\"}", 400,
      "{\"code\":\"22P02\",\"details\":null,\"hint\":null,\"message\":\"invalid input syntax for "
      "type integer: \\\"x\\\"\"}" },
    { "POST rpc/fail_plain", "{\"msg\": \"boom\"}", 400,
      "{\"code\":\"P0001\",\"details\":\"the detail\",\"hint\":\"the hint\","
      "\"message\":\"boom\"}" },
    { "POST rpc/fail_http", "{\"code\": \"c1\", \"msg\": \"pay\"}", 402,
      "{\"code\":\"PT402\",\"details\":\"c1\",\"hint\":\"pay first\",\"message\":\"pay\"}" },
    { "POST rpc/slow", "{\"seconds\": 60}", 500,
      "{\"code\":\"57014\",\"details\":null,\"hint\":null,\"message\":\"canceling statement due to "
      "statement timeout\"}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpstr (rest_fixture_ask (f, cases[i].request, NULL, cases[i].body), ==,
                       cases[i].reply);
      rest_assert_status (f, cases[i].status);
    }

  g_assert_cmpuint (f->exchange->delay_ms, ==, 8000);
}

static void
test_rpc_finds_rows (RestFixture   *f,
                     gconstpointer  unused)
{
  rest_fixture_ask (f, "POST jobs", NULL,
                    "[{\"ref\": \"Z1\", \"title\": \"Zeppelin hangar\", \"price\": 100}, "
                    "{\"ref\": \"Z2\", \"title\": \"A zeppelin\", \"price\": 9.5}, "
                    "{\"ref\": \"Z3\", \"title\": \"ZEPPELIN\", \"price\": 60}]");
  g_assert_cmpstr (rest_fixture_ask (f, "POST rpc/search_jobs?select=ref,price&price=lt.200&order="
                                     "price.desc&limit=1", "Prefer: count=exact",
                                     "{\"term\": \"zeppelin\", \"min_price\": 50}"), ==,
                   "[{\"ref\":\"Z1\",\"price\":100.00}]");
  rest_assert_status (f, 206);
  rest_assert_header (f, "Content-Range", "0-0/2");
  rest_assert_header (f, "Content-Location", NULL);

  g_assert_cmpstr (rest_fixture_ask (f, "GET rpc/search_jobs?term=zeppelin&select=ref,title",
                                     "Accept: text/csv", NULL), ==,
                   "ref,title\nZ1,\"Zeppelin hangar\"\nZ2,\"A zeppelin\"\nZ3,ZEPPELIN");
}

static void
test_rpc_sums_exactly (RestFixture   *f,
                       gconstpointer  unused)
{
  rest_fixture_ask (f, "DELETE jobs?id=not.is.null", NULL, NULL);
  rest_assert_status (f, 204);
  rest_fixture_ask (f, "POST jobs", NULL,
                    "[{\"ref\": \"1\", \"title\": \"t\", \"price\": 9999999999.99}, "
                    "{\"ref\": \"2\", \"title\": \"t\", \"price\": 0.01}]");
  g_assert_cmpstr (rest_fixture_ask (f, "POST rpc/job_stats", NULL, "{}"), ==,
                   "[{\"status\":\"draft\",\"jobs\":2,\"total\":10000000000.00}]");
  rest_assert_header (f, "Content-Range", "0-0/*");
}

static JsonObject *
find_named (JsonArray  *array,
            const char *name)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);

      if (strcmp (json_object_get_string_member (object, "name"), name) == 0)
        return object;
    }

  return NULL;
}

static void
test_rpc_tells_schema (RestFixture   *f,
                       gconstpointer  unused)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) error = NULL;
  JsonObject *root, *jobs, *column, *stats;
  JsonArray *relations;

  json_parser_load_from_data (parser, rest_fixture_ask (f, "GET rpc/kvar_schema", NULL, NULL), -1,
                              &error);
  g_assert_no_error (error);
  root = json_node_get_object (json_parser_get_root (parser));
  relations = json_object_get_array_member (root, "relations");
  g_assert_cmpint (json_object_get_int_member (root, "version"), ==, 1);

  /* What the caller may not touch is not told. */
  g_assert_null (find_named (relations, "secrets"));

  jobs = find_named (relations, "jobs");
  g_assert_true (json_object_get_boolean_member (jobs, "select_all"));
  column = find_named (json_object_get_array_member (jobs, "columns"), "price");
  g_assert_cmpstr (json_object_get_string_member (column, "type"), ==, "numeric(12,2)");
  g_assert_cmpint (json_object_get_int_member (column, "scale"), ==, 2);
  column = find_named (json_object_get_array_member (jobs, "columns"), "status");
  g_assert_cmpstr (json_object_get_string_member (column, "default"), ==, "'draft'::job_status");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (column, "enum")), ==, 5);
  column = find_named (json_object_get_array_member (jobs, "columns"), "total");
  g_assert_true (json_object_get_boolean_member (column, "generated"));

  jobs = find_named (relations, "open_jobs");
  g_assert_cmpstr (json_object_get_string_member (jobs, "kind"), ==, "view");
  g_assert_false (json_object_get_boolean_member (jobs, "updatable"));

  stats = find_named (json_object_get_array_member (root, "functions"), "job_stats");
  g_assert_true (json_object_get_boolean_member (stats, "returns_set"));
}

static void
test_rpc_without_schema (RestFixture   *f,
                         gconstpointer  unused)
{
  f->role = "anon";
  rest_fixture_ask (f, "GET rpc/kvar_schema", NULL, NULL);
  rest_assert_status (f, 401);

  f->role = "authenticated";
  f->config.kvar_schema = FALSE;
  g_assert_nonnull (strstr (rest_fixture_ask (f, "GET rpc/kvar_schema", NULL, NULL), "PGRST202"));
  rest_assert_status (f, 404);
}

static void
test_root_modes (RestFixture   *f,
                 gconstpointer  unused)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) error = NULL;
  JsonObject *root, *definitions, *jobs, *column;

  g_assert_cmpstr (rest_fixture_ask (f, "GET ", NULL, NULL), ==,
                   "{\"message\":\"Secret API key required\","
                   "\"hint\":\"Only secret API keys can be used for this endpoint.\"}");
  rest_assert_status (f, 401);

  f->config.openapi_mode = KVAR_DEMO_OPENAPI_SELFHOSTED;
  rest_fixture_ask (f, "GET ", NULL, NULL);
  rest_assert_status (f, 403);

  f->config.openapi_mode = KVAR_DEMO_OPENAPI_DISABLED;
  g_assert_nonnull (strstr (rest_fixture_ask (f, "GET ", NULL, NULL), "PGRST126"));
  rest_assert_status (f, 404);

  f->config.openapi_mode = KVAR_DEMO_OPENAPI_OPEN;
  json_parser_load_from_data (parser, rest_fixture_ask (f, "GET ", NULL, NULL), -1, &error);
  g_assert_no_error (error);
  rest_assert_header (f, "Content-Type", "application/openapi+json; charset=utf-8");
  root = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpstr (json_object_get_string_member (root, "swagger"), ==, "2.0");
  definitions = json_object_get_object_member (root, "definitions");
  g_assert_false (json_object_has_member (definitions, "secrets"));
  jobs = json_object_get_object_member (json_object_get_object_member (definitions, "jobs"),
                                        "properties");
  column = json_object_get_object_member (jobs, "contact_id");
  g_assert_cmpstr (json_object_get_string_member (column, "format"), ==, "int64");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, function) \
  g_test_add ("/demo/rest/" path, RestFixture, NULL, rest_fixture_set_up, function, \
              rest_fixture_tear_down)

  ADD ("rpc/calls", test_rpc_calls);
  ADD ("rpc/finds-rows", test_rpc_finds_rows);
  ADD ("rpc/sums-exactly", test_rpc_sums_exactly);
  ADD ("rpc/kvar-schema", test_rpc_tells_schema);
  ADD ("rpc/without-kvar-schema", test_rpc_without_schema);
  ADD ("root/modes", test_root_modes);

  return g_test_run ();
}
