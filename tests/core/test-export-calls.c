/* test-export-calls.c: The rows of a function, called as often as it may be and no oftener.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "kvar-export-fixture.h"
#include "schema/kvar-function-table.h"

#define PATH "/rest/v1/rpc/find_jobs"

static KvarReply *
call_cb (KvarRequest  *request,
         gpointer      user_data,
         GError      **error)
{
  ExportFixture *f = user_data;
  GBytes *body = kvar_request_get_body (request);
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  g_assert_cmpstr (text, ==, "{\"term\":\"roof\"}");
  f->n_pages++;
  if (f->n_pages == f->bad_page)
    return kvar_test_reply_new (f->bad_status, f->bad_body);

  return kvar_test_rows_answer (f->rows, request);
}

static KvarTable *
create_table (KvarVolatility volatility)
{
  static const char *const columns[] = { "id", "title" };
  g_autoptr(KvarFunction) function = kvar_function_new ("find_jobs");

  kvar_function_set_result_type (function, "SETOF record", TRUE);
  kvar_function_set_volatility (function, volatility);
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr(KvarType) type = kvar_type_new ("text", NULL);
      g_autoptr(KvarColumn) column = kvar_column_new (columns[i], type);

      kvar_function_add_result (function, column);
    }

  return kvar_function_table_new (function, "{\"term\":\"roof\"}");
}

static KvarExportJob *
start_call (ExportFixture  *f,
            KvarVolatility  volatility,
            GAsyncResult  **result)
{
  g_autoptr(KvarTable) table = create_table (volatility);
  KvarExportJob *job;

  kvar_test_transport_on (f->s.transport, "POST", PATH, call_cb, f);
  job = kvar_export_job_new (f->s.session, table, f->query, NULL, KVAR_FILE_CSV, f->target);
  kvar_export_job_run_async (job, NULL, kvar_test_keep_result, result);

  return job;
}

static guint
count_lines (ExportFixture *f)
{
  g_autofree char *contents = NULL;
  g_auto(GStrv) lines = NULL;

  g_file_get_contents (f->path, &contents, NULL, NULL);
  lines = g_strsplit (contents, "\r\n", -1);

  return g_strv_length (lines) - 1;
}

/* 50 rows, seven a page, an empty one, and two counts. */
static void
test_stable_function_is_paged (ExportFixture *f,
                               gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarExportJob) job = start_call (f, KVAR_VOLATILITY_STABLE, &result);
  g_autoptr(GError) error = NULL;

  g_assert_true (finish (job, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_lines (f), ==, 51);
  g_assert_cmpuint (f->n_pages, ==, 11);
  g_assert_null (kvar_export_job_get_note (job));
}

/* What it reads comes again after a failure, though it is a POST. */
static void
test_stable_function_is_asked_again (ExportFixture *f,
                                     gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarExportJob) job = NULL;

  f->bad_page = 4;
  f->bad_status = 503;
  f->bad_body = "<html>";
  job = start_call (f, KVAR_VOLATILITY_STABLE, &result);
  kvar_test_wait_until (kvar_export_job_get_state (job) == KVAR_ERRAND_PAUSED);
  fixture_pass (&f->s, 2 * KVAR_CLOCK_MINUTE);
  g_assert_true (finish (job, &result, NULL));
  g_assert_cmpuint (count_lines (f), ==, 51);
}

static void
test_volatile_function_is_called_once (ExportFixture *f,
                                       gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarExportJob) job = start_call (f, KVAR_VOLATILITY_VOLATILE, &result);
  g_autoptr(GError) error = NULL;

  g_assert_true (finish (job, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (f->n_pages, ==, 1);
  g_assert_cmpuint (count_lines (f), ==, 8);
  g_assert_cmpstr (kvar_export_job_get_note (job), ==, "The server gave only 7 of 50 rows.");
}

static void
test_volatile_function_is_not_repeated (ExportFixture *f,
                                        gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarExportJob) job = NULL;
  g_autoptr(GError) error = NULL;

  f->bad_page = 1;
  f->bad_status = 200;
  f->bad_body = "[{\"id\":\"1\",\"ti";
  job = start_call (f, KVAR_VOLATILITY_VOLATILE, &result);
  g_assert_false (finish (job, &result, &error));
  g_assert_cmpint (kvar_export_job_get_state (job), ==, KVAR_ERRAND_FAILED);
  g_assert_cmpuint (f->n_pages, ==, 1);
  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
}

static void
test_only_rows_are_a_table (void)
{
  g_autoptr(KvarFunction) scalar = kvar_function_new ("whoami");

  kvar_function_set_result_type (scalar, "jsonb", FALSE);
  g_assert_null (kvar_function_table_new (scalar, "{}"));
}

#define ADD(path, func) \
  g_test_add (path, ExportFixture, NULL, export_set_up, func, export_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/export/EXP-17/stable-function-is-paged", test_stable_function_is_paged);
  ADD ("/export/EXP-17/stable-function-is-asked-again", test_stable_function_is_asked_again);
  ADD ("/export/EXP-17/volatile-function-is-called-once", test_volatile_function_is_called_once);
  ADD ("/export/EXP-17/volatile-function-is-not-repeated",
       test_volatile_function_is_not_repeated);
  g_test_add_func ("/function-table/new/only-of-rows", test_only_rows_are_a_table);

  return g_test_run ();
}
