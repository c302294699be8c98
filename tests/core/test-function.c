/* test-function.c: what a function is sent, and what is made of what it gives
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "functions/kvar-function-call.h"
#include "kvar-error.h"
#include "records/kvar-json-text.h"

static KvarFunction *
new_function (const char     *result_type,
              gboolean        returns_set,
              KvarVolatility  volatility)
{
  KvarFunction *function = kvar_function_new ("job stats");

  kvar_function_set_result_type (function, result_type, returns_set);
  kvar_function_set_volatility (function, volatility);

  return function;
}

static KvarColumn *
add_argument (KvarFunction *function,
              const char   *name,
              const char   *type_name,
              gboolean      has_default)
{
  g_autoptr(KvarType) type = kvar_type_new (type_name, NULL);
  g_autoptr(KvarColumn) column = kvar_column_new (name, type);

  if (has_default)
    kvar_column_set_default (column, "DEFAULT");
  kvar_function_add_argument (function, column);

  return column;
}

static KvarFunctionResult *
read_body (KvarFunction *function,
           const char   *json)
{
  g_autoptr(KvarTable) table = kvar_function_find_results (function, NULL);
  g_autoptr(KvarSelection) selection = NULL;
  g_autoptr(GBytes) body = g_bytes_new_static (json, strlen (json));
  g_autoptr(GError) error = NULL;
  KvarFunctionResult *result;

  if (table != NULL)
    selection = kvar_selection_new (table, NULL, KVAR_SELECT_VALUES);
  result = kvar_function_result_new (function, selection, body, -1, &error);
  g_assert_no_error (error);

  return result;
}

static const char *
get_cell (KvarFunctionResult *result,
          guint               row,
          guint               column)
{
  g_autoptr(KvarRecord) record = g_list_model_get_item (G_LIST_MODEL (result), row);

  return kvar_record_get_text (record, column);
}

static char *
dup_body (KvarRequest *request)
{
  gsize size;
  const char *data = g_bytes_get_data (kvar_request_get_body (request), &size);

  return g_strndup (data, size);
}

static void
test_function_makes_a_form (void)
{
  g_autoptr(KvarFunction) function = new_function ("void", FALSE, KVAR_VOLATILITY_STABLE);
  g_autoptr(KvarTable) table = NULL;
  g_autoptr(KvarDraft) draft = NULL;
  KvarColumn *first;

  add_argument (function, "p_min_price", "numeric", FALSE);
  add_argument (function, "shape", "polygon", TRUE);
  table = kvar_function_make_parameters (function);
  draft = kvar_draft_new (table, NULL);

  g_assert_cmpstr (kvar_column_get_title (kvar_table_get_column (table, 0)), ==, "Min price");
  g_assert_cmpint (kvar_column_get_kind (kvar_table_get_column (table, 1)), ==, KVAR_KIND_TEXT);
  g_assert_false (kvar_draft_validate (draft, &first));
  g_assert_cmpstr (kvar_column_get_name (first), ==, "p_min_price");
  kvar_draft_set_input (draft, first, "12.50");
  g_assert_true (kvar_draft_validate (draft, NULL));
}

static void
test_function_is_sent_by_post (void)
{
  g_autoptr(KvarFunction) function =
    new_function ("TABLE(total numeric)", TRUE, KVAR_VOLATILITY_STABLE);
  g_autoptr(KvarType) type = kvar_type_new ("numeric", NULL);
  g_autoptr(KvarColumn) total = kvar_column_new ("total", type);
  g_autoptr(KvarTable) parameters = NULL;
  g_autoptr(KvarTable) results = NULL;
  g_autoptr(KvarSelection) selection = NULL;
  g_autoptr(KvarDraft) draft = NULL;
  g_autoptr(GPtrArray) arguments = NULL;
  g_autoptr(KvarRequest) request = NULL;
  g_autofree char *body = NULL;

  add_argument (function, "term", "text", FALSE);
  add_argument (function, "details", "jsonb", TRUE);
  add_argument (function, "left_out", "integer", TRUE);
  kvar_function_add_result (function, total);
  parameters = kvar_function_make_parameters (function);
  results = kvar_function_find_results (function, NULL);
  selection = kvar_selection_new (results, NULL, KVAR_SELECT_VALUES);
  draft = kvar_draft_new (parameters, NULL);
  kvar_draft_set_input (draft, kvar_table_get_column (parameters, 0), "is.null");
  kvar_draft_set_input (draft, kvar_table_get_column (parameters, 1), "{\"a\": 1.10}");
  arguments = kvar_draft_list_changes (draft);
  request = kvar_function_make_request (function, selection, arguments);
  body = dup_body (request);

  g_assert_cmpstr (kvar_request_get_method (request), ==, "POST");
  g_assert_cmpstr (kvar_request_get_path (request), ==,
                   "/rest/v1/rpc/job%20stats?select=total%3A%3Atext");
  g_assert_cmpstr (body, ==, "{\"term\":\"is.null\",\"details\":{\"a\": 1.10}}");
  g_assert_cmpstr (kvar_request_get_header (request, "Prefer"), ==, "count=exact");
  g_assert_true (kvar_request_get_repeatable (request));
}

static void
test_function_that_changes_is_sent_once (void)
{
  g_autoptr(KvarFunction) function = new_function ("void", FALSE, KVAR_VOLATILITY_VOLATILE);
  g_autoptr(GPtrArray) none = g_ptr_array_new ();
  g_autoptr(KvarRequest) request = kvar_function_make_request (function, NULL, none);
  g_autofree char *body = dup_body (request);

  g_assert_false (kvar_request_get_repeatable (request));
  g_assert_cmpstr (body, ==, "{}");
}

static void
test_function_takes_a_whole_document (void)
{
  g_autoptr(KvarFunction) function = new_function ("void", FALSE, KVAR_VOLATILITY_VOLATILE);
  g_autoptr(KvarTable) parameters = NULL;
  g_autoptr(KvarDraft) draft = NULL;
  g_autoptr(GPtrArray) arguments = NULL;
  g_autoptr(KvarRequest) request = NULL;
  g_autofree char *body = NULL;

  add_argument (function, "", "jsonb", FALSE);
  parameters = kvar_function_make_parameters (function);
  draft = kvar_draft_new (parameters, NULL);
  kvar_draft_set_input (draft, kvar_table_get_column (parameters, 0), "[1, 2]");
  arguments = kvar_draft_list_changes (draft);
  request = kvar_function_make_request (function, NULL, arguments);
  body = dup_body (request);

  g_assert_cmpstr (body, ==, "[1, 2]");
}

static void
test_result_is_nothing (void)
{
  g_autoptr(KvarFunction) function = new_function ("void", FALSE, KVAR_VOLATILITY_VOLATILE);
  g_autoptr(KvarFunctionResult) result = read_body (function, "");

  g_assert_cmpint (kvar_function_result_get_kind (result), ==, KVAR_RESULT_NOTHING);
}

static void
test_result_is_a_value (void)
{
  static const struct { const char *type; const char *json; const char *text; } cases[] = {
    { "integer", "42", "42" },
    { "numeric", "12345678901234567890.10", "12345678901234567890.10" },
    { "text", "\"two \\\"words\\\"\"", "two \"words\"" },
    { "text", "null", NULL },
    { NULL, "42", "42" },
    { NULL, "\"plain\"", "plain" },
    { "boolean", " true ", "true" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(KvarFunction) function =
        new_function (cases[i].type, FALSE, KVAR_VOLATILITY_STABLE);
      g_autoptr(KvarFunctionResult) result = read_body (function, cases[i].json);

      g_assert_cmpint (kvar_function_result_get_kind (result), ==, KVAR_RESULT_VALUE);
      g_assert_cmpstr (kvar_value_get_text (kvar_function_result_get_value (result)), ==,
                       cases[i].text);
    }
}

static void
test_result_is_a_document (void)
{
  g_autoptr(KvarFunction) function = new_function ("jsonb", FALSE, KVAR_VOLATILITY_STABLE);
  g_autoptr(KvarFunctionResult) result =
    read_body (function, "{\"a\": 1.10, \"b\": [], \"c\": [\"x,y\", {\"d\": null}]}");

  g_assert_cmpint (kvar_function_result_get_kind (result), ==, KVAR_RESULT_DOCUMENT);
  g_assert_cmpstr (kvar_function_result_get_text (result), ==,
                   "{\n  \"a\": 1.10,\n  \"b\": [],\n  \"c\": [\n    \"x,y\",\n    {\n"
                   "      \"d\": null\n    }\n  ]\n}");
}

static void
test_result_is_rows (void)
{
  g_autoptr(KvarFunction) function =
    new_function ("TABLE(status text, jobs bigint)", TRUE, KVAR_VOLATILITY_STABLE);
  g_autoptr(KvarType) type = kvar_type_new ("text", NULL);
  g_autoptr(KvarColumn) status = kvar_column_new ("status", type);
  g_autoptr(KvarColumn) jobs = kvar_column_new ("jobs", type);
  g_autoptr(KvarFunctionResult) result = NULL;

  kvar_function_add_result (function, status);
  kvar_function_add_result (function, jobs);
  result = read_body (function, "[{\"status\":\"open\",\"jobs\":\"7\"},"
                                "{\"status\":\"done\",\"jobs\":\"9\"}]");

  g_assert_cmpint (kvar_function_result_get_kind (result), ==, KVAR_RESULT_ROWS);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (result)), ==, 2);
  g_assert_cmpstr (get_cell (result, 1, 0), ==, "done");
  g_assert_cmpstr (get_cell (result, 1, 1), ==, "9");
}

static void
test_result_is_rows_of_values (void)
{
  g_autoptr(KvarFunction) function = new_function ("SETOF date", TRUE, KVAR_VOLATILITY_STABLE);
  g_autoptr(KvarFunctionResult) result =
    read_body (function, "[\"2026-11-20\", null,\n \"2026-11-21\"]");
  KvarColumn *column = kvar_table_get_column (kvar_function_result_get_table (result), 0);

  g_assert_cmpint (kvar_column_get_kind (column), ==, KVAR_KIND_DATE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (result)), ==, 3);
  g_assert_cmpstr (get_cell (result, 0, 0), ==, "2026-11-20");
  g_assert_null (get_cell (result, 1, 0));
}

/* As with the open root document, which does not say what functions give. */
static void
test_result_is_rows_nobody_described (void)
{
  g_autoptr(KvarFunction) function = new_function (NULL, FALSE, KVAR_VOLATILITY_VOLATILE);
  g_autoptr(KvarFunctionResult) result =
    read_body (function, " [{\"name\":\"Roof\",\"price\":12.50,\"done\":true,\"more\":{\"x\":1}}]");
  KvarTable *table = kvar_function_result_get_table (result);

  g_assert_cmpint (kvar_function_result_get_kind (result), ==, KVAR_RESULT_ROWS);
  g_assert_cmpint (kvar_column_get_kind (kvar_table_get_column (table, 0)), ==, KVAR_KIND_TEXT);
  g_assert_cmpint (kvar_column_get_kind (kvar_table_get_column (table, 1)), ==,
                   KVAR_KIND_DECIMAL);
  g_assert_cmpint (kvar_column_get_kind (kvar_table_get_column (table, 2)), ==,
                   KVAR_KIND_BOOLEAN);
  g_assert_cmpint (kvar_column_get_kind (kvar_table_get_column (table, 3)), ==, KVAR_KIND_JSON);
  g_assert_cmpstr (get_cell (result, 0, 1), ==, "12.50");
  g_assert_cmpstr (get_cell (result, 0, 3), ==, "{\"x\":1}");
}

static void
test_result_is_no_json (void)
{
  static const char *const bodies[] = { "<html>", "[1, 2", "{\"a\":}", "[1 \"", "\xff", "1 2" };
  g_autoptr(KvarFunction) function = new_function (NULL, FALSE, KVAR_VOLATILITY_STABLE);

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr(GBytes) body = g_bytes_new_static (bodies[i], strlen (bodies[i]));
      g_autoptr(GError) error = NULL;

      g_assert_null (kvar_function_result_new (function, NULL, body, -1, &error));
      g_assert_error (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/function/REP-1/makes-a-form", test_function_makes_a_form);
  g_test_add_func ("/function/REP-1/is-sent-by-post", test_function_is_sent_by_post);
  g_test_add_func ("/function/REP-5/that-changes-is-sent-once",
                   test_function_that_changes_is_sent_once);
  g_test_add_func ("/function/REP-1/takes-a-whole-document",
                   test_function_takes_a_whole_document);
  g_test_add_func ("/function-result/nothing", test_result_is_nothing);
  g_test_add_func ("/function-result/value", test_result_is_a_value);
  g_test_add_func ("/function-result/document", test_result_is_a_document);
  g_test_add_func ("/function-result/rows", test_result_is_rows);
  g_test_add_func ("/function-result/rows-of-values", test_result_is_rows_of_values);
  g_test_add_func ("/function-result/rows-nobody-described",
                   test_result_is_rows_nobody_described);
  g_test_add_func ("/function-result/no-json", test_result_is_no_json);

  return g_test_run ();
}
