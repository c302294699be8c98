/* test-probe.c: a table found out from what a real server answers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>

#include "kvar-error.h"
#include "kvar-test-transport.h"
#include "schema/kvar-probe.h"
#include "schema/kvar-table-guess.h"

static void
assert_type (int         status,
             const char *json,
             const char *expected)
{
  g_autoptr(KvarReply) reply = kvar_test_reply_new (status, json);
  g_autoptr(GError) error = NULL;
  g_autoptr(KvarType) type = kvar_probe_read_type (reply, &error);

  g_test_message ("%s", json);
  g_assert_no_error (error);
  g_assert_cmpstr (kvar_type_get_name (type), ==, expected);
}

static void
test_probe_reads_types (void)
{
  assert_type (200, "[]", "text");
  assert_type (400, "{\"code\":\"22P02\",\"details\":null,\"hint\":null,"
                    "\"message\":\"invalid input syntax for type uuid: \\\"¤{\\\"\"}", "uuid");
  assert_type (400, "{\"code\":\"22P02\",\"message\":"
                    "\"invalid input syntax for type double precision: \\\"¤{\\\"\"}",
               "double precision");
  assert_type (400, "{\"code\":\"22007\",\"message\":"
                    "\"invalid input syntax for type timestamp with time zone: \\\"¤{\\\"\"}",
               "timestamp with time zone");
  assert_type (400, "{\"code\":\"22P02\",\"message\":"
                    "\"invalid input value for enum job_status: \\\"¤{\\\"\"}", "job_status");
  assert_type (400, "{\"code\":\"22P02\",\"message\":\"malformed array literal: \\\"¤{\\\"\"}",
               "text[]");
  assert_type (400, "{\"code\":\"22P02\",\"message\":\"invalid input syntax for type json\","
                    "\"details\":\"Token \\\"¤\\\" is invalid.\"}", "jsonb");
  assert_type (404, "{\"code\":\"42883\",\"message\":"
                    "\"operator does not exist: json = unknown\"}", "json");
  assert_type (404, "{\"code\":\"42883\",\"message\":"
                    "\"operator does not exist: point = unknown\"}", "point");
  assert_type (400, "{\"code\":\"22P02\",\"message\":"
                    "\"\\\"¤\\\" is not a valid binary digit\"}", "varbit");
  assert_type (400, "{\"code\":\"22P02\",\"message\":\"malformed range literal: \\\"¤{\\\"\"}",
               "range");
  assert_type (400, "{\"code\":\"22P02\",\"message\":"
                    "\"malformed multirange literal: \\\"¤{\\\"\"}", "multirange");
  assert_type (400, "{\"code\":\"0A000\",\"message\":"
                    "\"input of anonymous composite types is not implemented\"}", "unknown");
  assert_type (404, "{\"code\":\"42883\",\"message\":"
                    "\"operator does not exist: bytea ~~* unknown\"}", "bytea");
}

static void
test_probe_type_needs_an_answer (void)
{
  g_autoptr(KvarReply) missing =
    kvar_test_reply_new (400, "{\"code\":\"42703\",\"message\":\"column jobs.x does not exist\"}");
  g_autoptr(KvarReply) broken = kvar_test_reply_new (503, "{}");
  g_autoptr(GError) error = NULL;

  g_assert_null (kvar_probe_read_type (missing, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (kvar_probe_read_type (broken, &error));
  g_assert_nonnull (error);
}

static void
test_probe_quotes_names (void)
{
  g_autoptr(KvarRequest) type = kvar_probe_type ("my table", "or\"der");
  g_autoptr(KvarRequest) verbs = kvar_probe_verbs ("jobs");

  g_assert_cmpstr (kvar_request_get_path (type), ==,
                   "/rest/v1/my%20table?select=%22or%5C%22der%22&%22or%5C%22der%22=eq."
                   "%C2%A4%7B&limit=0");
  g_assert_cmpstr (kvar_request_get_method (verbs), ==, "OPTIONS");
  g_assert_cmpstr (kvar_request_get_path (verbs), ==, "/rest/v1/jobs");
}

static void
test_probe_reads_verbs (void)
{
  g_autoptr(KvarTable) table = kvar_table_new ("jobs");
  g_autoptr(KvarReply) some = kvar_test_reply_new (200, "");
  g_autoptr(KvarReply) silent = kvar_test_reply_new (204, "");
  g_autoptr(GError) error = NULL;

  kvar_reply_add_header (some, "Allow", "OPTIONS,GET,HEAD,POST");
  g_assert_true (kvar_probe_read_verbs (some, table, &error));
  g_assert_true (kvar_table_can_insert (table));
  g_assert_false (kvar_table_can_update (table));
  g_assert_false (kvar_table_can_delete (table));

  g_assert_true (kvar_probe_read_verbs (silent, table, &error));
  g_assert_true (kvar_table_can_update (table));
  g_assert_no_error (error);
}

static void
test_probe_suggests_names (void)
{
  g_autoptr(KvarTable) table = kvar_table_new ("job");
  g_autoptr(KvarReply) reply =
    kvar_test_reply_new (404, "{\"code\":\"PGRST205\",\"details\":null,\"hint\":"
                              "\"Perhaps you meant the table 'public.jobs'\",\"message\":"
                              "\"Could not find the table 'public.job' in the schema cache\"}");
  g_autoptr(GError) error = NULL;

  g_assert_false (kvar_probe_read_verbs (reply, table, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "There is no table “job” here. Did you mean “jobs”?");
  g_assert_cmpstr (kvar_error_get_field (error), ==, "name");
}

static void
test_probe_reads_columns_of_a_row (void)
{
  g_autoptr(KvarTable) table = kvar_table_new ("jobs");
  g_autoptr(KvarReply) reply =
    kvar_test_reply_new (200, "[{\"job_id\":1,\"title\":\"x\",\"details\":{\"a\": 1}}]");
  g_autoptr(GError) error = NULL;
  guint n;

  g_assert_true (kvar_probe_read_row (reply, table, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (kvar_table_get_n_columns (table), ==, 3);
  g_assert_cmpstr (kvar_column_get_name (kvar_table_get_column (table, 2)), ==, "details");

  g_assert_true (kvar_table_guess_key (table));
  g_assert_cmpuint (kvar_table_get_key (table, &n)[0], ==, 0);
  g_assert_true (kvar_table_get_key_guessed (table));
}

static void
test_probe_asks_for_columns_of_an_empty_table (void)
{
  g_autoptr(KvarTable) table = kvar_table_new ("jobs");
  g_autoptr(KvarReply) empty = kvar_test_reply_new (200, "[]");
  g_autoptr(KvarType) text = kvar_type_new ("text", NULL);
  g_autoptr(KvarColumn) column = kvar_column_new ("title", text);
  g_autoptr(GError) error = NULL;

  g_assert_false (kvar_probe_read_row (empty, table, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_INVALID);
  g_assert_cmpstr (kvar_error_get_field (error), ==, "columns");
  g_clear_error (&error);

  kvar_table_add_column (table, column);
  g_assert_true (kvar_probe_read_row (empty, table, &error));
  g_assert_no_error (error);
  g_assert_false (kvar_table_guess_key (table));
}

static void
test_probe_tells_views_by_xmin (void)
{
  g_autoptr(KvarTable) table = kvar_table_new ("jobs");
  g_autoptr(KvarReply) is_table = kvar_test_reply_new (200, "[]");
  g_autoptr(KvarReply) is_view =
    kvar_test_reply_new (400, "{\"code\":\"42703\",\"message\":\"column jobs.xmin …\"}");

  kvar_probe_read_xmin (is_table, table);
  g_assert_true (kvar_table_can_use_xmin (table));
  g_assert_false (kvar_table_get_is_view (table));
  kvar_probe_read_xmin (is_view, table);
  g_assert_false (kvar_table_can_use_xmin (table));
  g_assert_true (kvar_table_get_is_view (table));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/probe/type/reads", test_probe_reads_types);
  g_test_add_func ("/probe/type/needs-an-answer", test_probe_type_needs_an_answer);
  g_test_add_func ("/probe/type/quotes-names", test_probe_quotes_names);
  g_test_add_func ("/probe/verbs/reads", test_probe_reads_verbs);
  g_test_add_func ("/probe/verbs/suggests-names", test_probe_suggests_names);
  g_test_add_func ("/probe/row/reads-columns", test_probe_reads_columns_of_a_row);
  g_test_add_func ("/probe/row/empty-table", test_probe_asks_for_columns_of_an_empty_table);
  g_test_add_func ("/probe/xmin/tells-views", test_probe_tells_views_by_xmin);

  return g_test_run ();
}
