/* test-http-bulk.c: many rows changed and deleted on kvar-demo, while others are there too
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>

#include "kvar-error.h"
#include "kvar-test-demo.h"
#include "kvar-test-person.h"
#include "kvar-test-proxy.h"
#include "kvar-test.h"
#include "records/kvar-bulk-job.h"
#include "records/kvar-record-collect.h"

#define N_ROWS 1000

typedef struct
{
  KvarTestDemo     *demo;
  KvarTestProxy    *proxy;
  KvarClock        *clock;
  char             *dir;
  KvarSession      *session;
  KvarSession      *eva;
  KvarSchemaLoader *loader;
  KvarSchema       *schema;
  KvarTable        *jobs;
  KvarColumn       *status;
} Fixture;

static KvarSession *
open_session (Fixture    *f,
              const char *url,
              const char *email)
{
  return kvar_test_person_sign_in (f->demo, url, email, f->clock, f->dir);
}

static void
load_schema (Fixture *f)
{
  f->loader = kvar_schema_loader_new (f->session, f->dir);
  f->schema = kvar_test_person_load_schema (f->loader);
  f->jobs = kvar_schema_find_table (f->schema, "jobs");
  f->status = kvar_table_find_column (f->jobs, "status");
  g_assert_nonnull (f->status);
}

static void
fixture_set_up (Fixture       *f,
                gconstpointer  max_rows)
{
  const char *const options[] = {
    "--rows", G_STRINGIFY (N_ROWS), "--max-rows", max_rows != NULL ? max_rows : "1000", NULL
  };

  f->demo = kvar_test_demo_new (options);
  f->proxy = kvar_test_proxy_new (kvar_test_demo_get_url (f->demo), NULL);
  f->clock = kvar_clock_new ();
  f->dir = g_dir_make_tmp ("kvar-bulk-XXXXXX", NULL);
  f->session = open_session (f, kvar_test_proxy_get_url (f->proxy), "demo@kvar.example");
  f->eva = open_session (f, kvar_test_demo_get_url (f->demo), "eva@kvar.example");
  load_schema (f);
}

static void
fixture_tear_down (Fixture       *f,
                   gconstpointer  unused)
{
  g_clear_object (&f->schema);
  g_clear_object (&f->loader);
  kvar_test_wait_until (G_OBJECT (f->session)->ref_count == 1 &&
                        G_OBJECT (f->eva)->ref_count == 1);
  g_assert_finalize_object (f->session);
  g_assert_finalize_object (f->eva);
  kvar_test_proxy_free (f->proxy);
  g_assert_finalize_object (f->clock);
  kvar_test_demo_free (f->demo);
  g_rmdir (f->dir);
  g_free (f->dir);
}

static void
ask (Fixture    *f,
     const char *method,
     const char *path,
     const char *json)
{
  g_autoptr(KvarRequest) request = kvar_request_new (method, path);
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = json != NULL ? g_bytes_new (json, strlen (json)) : NULL;

  if (body != NULL)
    kvar_request_set_body (request, "application/json", body);
  kvar_session_send_async (f->eva, request, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  reply = kvar_session_send_finish (f->eva, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kvar_reply_get_status (reply), <, 300);
}

/* What the server has, in the order of their numbers. */
static GPtrArray *
read_rows (Fixture    *f,
           KvarTable  *table,
           const char *query_text,
           const char *column)
{
  const char *const columns[] = { column, NULL };
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(KvarQuery) query = kvar_query_parse (query_text, &error);
  GPtrArray *records;

  g_assert_no_error (error);
  kvar_record_collect_async (f->eva, table, query, columns, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  records = kvar_record_collect_finish (f->eva, result, &error);
  g_assert_no_error (error);

  return records;
}

static GPtrArray *
read_jobs (Fixture    *f,
           const char *column)
{
  return read_rows (f, f->jobs, "order=ref", column);
}

static const char *
text_of (GPtrArray  *records,
         guint       i,
         KvarColumn *column)
{
  KvarRecord *record = g_ptr_array_index (records, i);
  int index = kvar_table_find_column_index (kvar_record_get_table (record),
                                            kvar_column_get_name (column));

  return kvar_record_get_text (record, index);
}

/* Somebody else does something to the @i-th of @records. */
static void
interfere (Fixture    *f,
           GPtrArray  *records,
           guint       i,
           const char *method,
           const char *json)
{
  g_autofree char *key = kvar_record_get_key_string (g_ptr_array_index (records, i));
  g_autofree char *path = g_strconcat ("/rest/v1/jobs?id=eq.", key, NULL);

  ask (f, method, path, json);
}

static KvarBulkJob *
plan_change (Fixture    *f,
             GPtrArray  *records,
             KvarColumn *column,
             const char *text)
{
  g_autoptr(KvarValue) value = kvar_value_new (kvar_column_get_column_type (column), text);
  g_autoptr(KvarBulkPlan) plan = kvar_bulk_plan_new (column, records, value);

  return kvar_bulk_job_new (f->session, f->jobs, column, g_ptr_array_ref (plan->rows));
}

static void
run (KvarBulkJob *job)
{
  kvar_bulk_job_start (job);
  while (kvar_bulk_job_get_state (job) != KVAR_BULK_FINISHED)
    {
      guint n = kvar_bulk_job_count (job, KVAR_BULK_PENDING);

      /* Each step may take its time, however many there are. */
      kvar_test_wait_until (kvar_bulk_job_get_state (job) == KVAR_BULK_FINISHED ||
                            kvar_bulk_job_count (job, KVAR_BULK_PENDING) < n);
    }
  g_assert_cmpuint (kvar_bulk_job_count (job, KVAR_BULK_PENDING), ==, 0);
}

static void
test_bulk_changes_and_undoes (Fixture       *f,
                              gconstpointer  unused)
{
  g_autoptr(GPtrArray) before = read_jobs (f, "status");
  g_autoptr(GPtrArray) after = NULL;
  g_autoptr(GPtrArray) back = NULL;
  g_autoptr(KvarBulkJob) job = plan_change (f, before, f->status, "cancelled");
  g_autoptr(KvarBulkJob) undo = NULL;
  guint n = kvar_bulk_job_get_rows (job)->len;

  g_assert_cmpuint (before->len, ==, N_ROWS);
  g_assert_cmpuint (n, >, N_ROWS / 2);
  run (job);
  g_assert_cmpuint (kvar_bulk_job_count (job, KVAR_BULK_DONE), ==, n);
  g_assert_cmpuint (kvar_test_proxy_count_seen (f->proxy, "PATCH /rest/v1/jobs"), <=, 15);
  after = read_jobs (f, "status");
  for (guint i = 0; i < after->len; i++)
    g_assert_cmpstr (text_of (after, i, f->status), ==, "cancelled");

  undo = kvar_bulk_job_new_undo (job);
  run (undo);
  g_assert_cmpuint (kvar_bulk_job_count (undo, KVAR_BULK_DONE), ==, n);
  back = read_jobs (f, "status");
  for (guint i = 0; i < back->len; i++)
    g_assert_cmpstr (text_of (back, i, f->status), ==, text_of (before, i, f->status));
}

/* Rows that differ in their values go together too. */
static void
test_bulk_changes_differing_values (Fixture       *f,
                                    gconstpointer  unused)
{
  KvarColumn *title = kvar_table_find_column (f->jobs, "title");
  g_autoptr(GPtrArray) before = read_jobs (f, "title");
  g_autoptr(GPtrArray) after = NULL;
  g_autoptr(KvarBulkJob) job = plan_change (f, before, title, "A, (good) \"title\"\\");

  run (job);
  g_assert_cmpuint (kvar_bulk_job_count (job, KVAR_BULK_DONE), ==, N_ROWS);
  g_assert_cmpuint (kvar_test_proxy_count_seen (f->proxy, "PATCH /rest/v1/jobs"), <=, 40);
  after = read_jobs (f, "title");
  for (guint i = 0; i < after->len; i++)
    g_assert_cmpstr (text_of (after, i, title), ==, "A, (good) \"title\"\\");
}

static void
test_bulk_leaves_others_changes (Fixture       *f,
                                 gconstpointer  unused)
{
  KvarColumn *price = kvar_table_find_column (f->jobs, "price");
  g_autoptr(GPtrArray) before = read_jobs (f, "price");
  g_autoptr(GPtrArray) after = NULL;
  g_autoptr(KvarBulkJob) job = NULL;
  g_autoptr(KvarBulkJob) undo = NULL;

  g_ptr_array_set_size (before, 100);
  job = plan_change (f, before, price, "4321.5");
  interfere (f, before, 3, "PATCH", "{\"price\":\"17.00\"}");
  interfere (f, before, 50, "PATCH", "{\"price\":\"18.00\"}");
  interfere (f, before, 4, "PATCH", "{\"hours\":\"2\"}");
  interfere (f, before, 7, "DELETE", NULL);
  run (job);

  g_assert_cmpuint (kvar_bulk_job_count (job, KVAR_BULK_OVERTAKEN), ==, 2);
  g_assert_cmpuint (kvar_bulk_job_count (job, KVAR_BULK_GONE), ==, 1);
  g_assert_cmpuint (kvar_bulk_job_count (job, KVAR_BULK_DONE), ==, 97);
  after = read_jobs (f, "price");
  g_assert_cmpstr (text_of (after, 3, price), ==, "17.00");
  g_assert_cmpstr (text_of (after, 4, price), ==, "4321.50");

  /* Taking it back is no different. */
  interfere (f, before, 5, "PATCH", "{\"price\":\"19.00\"}");
  undo = kvar_bulk_job_new_undo (job);
  run (undo);
  g_assert_cmpuint (kvar_bulk_job_count (undo, KVAR_BULK_OVERTAKEN), ==, 1);
  g_assert_cmpuint (kvar_bulk_job_count (undo, KVAR_BULK_DONE), ==, 96);
}

/* Whether it was lost on its way there or on its way back. */
static void
test_bulk_survives_lost_answers (Fixture       *f,
                                 gconstpointer  unused)
{
  g_autoptr(GPtrArray) before = read_jobs (f, "status");
  g_autoptr(GPtrArray) after = NULL;
  g_autoptr(KvarBulkJob) job = plan_change (f, before, f->status, "cancelled");

  interfere (f, before, 0, "PATCH", "{\"status\":\"done\"}");
  kvar_test_proxy_break (f->proxy, KVAR_TEST_FAULT_CUT_AFTER, "PATCH /rest/v1/jobs", 1);
  kvar_test_proxy_break (f->proxy, KVAR_TEST_FAULT_CUT_BODY, "PATCH /rest/v1/jobs", 1);
  run (job);

  g_assert_cmpuint (kvar_test_proxy_count_broken (f->proxy), ==, 2);
  g_assert_cmpuint (kvar_bulk_job_count (job, KVAR_BULK_DONE) +
                    kvar_bulk_job_count (job, KVAR_BULK_OVERTAKEN), ==,
                    kvar_bulk_job_get_rows (job)->len);
  after = read_jobs (f, "status");
  for (guint i = 1; i < after->len; i++)
    g_assert_cmpstr (text_of (after, i, f->status), ==, "cancelled");
}

static void
test_bulk_waits_for_the_network (Fixture       *f,
                                 gconstpointer  unused)
{
  g_autoptr(GPtrArray) before = read_jobs (f, "status");
  g_autoptr(KvarBulkJob) job = plan_change (f, before, f->status, "cancelled");

  kvar_test_proxy_set_down (f->proxy, TRUE);
  kvar_bulk_job_start (job);
  kvar_test_wait_until (kvar_bulk_job_get_state (job) == KVAR_BULK_WAITING);
  kvar_test_proxy_set_down (f->proxy, FALSE);
  kvar_session_poke (f->session);
  kvar_test_wait_until (kvar_bulk_job_get_state (job) == KVAR_BULK_FINISHED);

  g_assert_cmpuint (kvar_bulk_job_count (job, KVAR_BULK_DONE), ==,
                    kvar_bulk_job_get_rows (job)->len);
}

/* One row of several has a number that is unique; the others are refused, and stay. */
static void
test_bulk_finds_what_is_refused (Fixture       *f,
                                 gconstpointer  unused)
{
  KvarColumn *ref = kvar_table_find_column (f->jobs, "ref");
  g_autoptr(GPtrArray) before = read_jobs (f, "ref");
  g_autoptr(KvarBulkJob) job = NULL;

  g_ptr_array_set_size (before, 5);
  job = plan_change (f, before, ref, "SAME");
  run (job);

  g_assert_cmpuint (kvar_bulk_job_count (job, KVAR_BULK_DONE), ==, 1);
  g_assert_cmpuint (kvar_bulk_job_count (job, KVAR_BULK_REFUSED), ==, 4);
  g_assert_cmpstr (kvar_error_get_provider_code (kvar_bulk_job_get_refusal (job)), ==, "23505");
}

/* What is wrong with all of them is not asked a thousand times. */
static void
test_bulk_gives_up (Fixture       *f,
                    gconstpointer  unused)
{
  KvarColumn *price = kvar_table_find_column (f->jobs, "price");
  g_autoptr(GPtrArray) before = read_jobs (f, "price");
  g_autoptr(KvarBulkJob) job = plan_change (f, before, price, "-1");

  run (job);
  g_assert_cmpuint (kvar_bulk_job_count (job, KVAR_BULK_REFUSED), ==, N_ROWS);
  g_assert_cmpuint (kvar_test_proxy_count_seen (f->proxy, "PATCH"), <, 60);
}

static void
stop_cb (KvarBulkJob *job)
{
  kvar_bulk_job_cancel (job);
}

static void
test_bulk_stops_between_chunks (Fixture       *f,
                                gconstpointer  unused)
{
  g_autoptr(GPtrArray) before = read_jobs (f, "status");
  g_autoptr(KvarBulkJob) job = plan_change (f, before, f->status, "cancelled");
  g_autoptr(GPtrArray) after = NULL;
  guint n_cancelled = 0;
  guint n_done;

  g_signal_connect (job, "notify::n-left", G_CALLBACK (stop_cb), NULL);
  kvar_bulk_job_start (job);
  kvar_test_wait_until (kvar_bulk_job_get_state (job) == KVAR_BULK_FINISHED);

  n_done = kvar_bulk_job_count (job, KVAR_BULK_DONE);
  g_assert_cmpuint (n_done, >, 0);
  g_assert_cmpuint (n_done + kvar_bulk_job_count (job, KVAR_BULK_PENDING), ==,
                    kvar_bulk_job_get_rows (job)->len);
  after = read_jobs (f, "status");
  for (guint i = 0; i < after->len; i++)
    n_cancelled += g_str_equal (text_of (after, i, f->status), "cancelled");
  g_assert_cmpuint (n_cancelled, ==, n_done + N_ROWS - kvar_bulk_job_get_rows (job)->len);
}

/* Forty are to go, of which somebody else has deleted two. */
static void
test_bulk_deletes (Fixture       *f,
                   gconstpointer  unused)
{
  g_autoptr(GPtrArray) before = read_jobs (f, "status");
  g_autoptr(GPtrArray) after = NULL;
  g_autoptr(KvarBulkPlan) plan = NULL;
  g_autoptr(KvarBulkJob) job = NULL;

  interfere (f, before, 3, "DELETE", NULL);
  interfere (f, before, 30, "DELETE", NULL);
  g_ptr_array_set_size (before, 40);
  plan = kvar_bulk_plan_new_delete (before);
  job = kvar_bulk_job_new (f->session, f->jobs, NULL, g_ptr_array_ref (plan->rows));
  run (job);

  g_assert_cmpuint (kvar_bulk_job_count (job, KVAR_BULK_DONE), ==, 38);
  g_assert_cmpuint (kvar_bulk_job_count (job, KVAR_BULK_GONE), ==, 2);
  g_assert_cmpuint (kvar_test_proxy_count_seen (f->proxy, "DELETE /rest/v1/jobs"), ==, 1);
  after = read_jobs (f, "status");
  g_assert_cmpuint (after->len, ==, N_ROWS - 40);
}

/* What others point at stays, and is told apart. */
static void
test_bulk_keeps_what_is_referenced (Fixture       *f,
                                    gconstpointer  unused)
{
  KvarTable *contacts = kvar_schema_find_table (f->schema, "contacts");
  g_autoptr(GPtrArray) before = read_rows (f, contacts, "order=id", "full_name");
  g_autoptr(GPtrArray) after = NULL;
  g_autoptr(KvarBulkPlan) plan = NULL;
  g_autoptr(KvarBulkJob) job = NULL;
  guint n_all = before->len;

  g_ptr_array_set_size (before, 10);
  plan = kvar_bulk_plan_new_delete (before);
  job = kvar_bulk_job_new (f->session, contacts, NULL, g_ptr_array_ref (plan->rows));
  run (job);

  g_assert_cmpuint (kvar_bulk_job_count (job, KVAR_BULK_REFUSED), >, 0);
  g_assert_cmpstr (kvar_error_get_provider_code (kvar_bulk_job_get_refusal (job)), ==, "23503");
  after = read_rows (f, contacts, "order=id", "full_name");
  g_assert_cmpuint (n_all - after->len, ==, kvar_bulk_job_count (job, KVAR_BULK_DONE));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, max_rows, func) \
  g_test_add (path, Fixture, max_rows, fixture_set_up, func, fixture_tear_down)

  ADD ("/http-bulk/change/and-undo", NULL, test_bulk_changes_and_undoes);
  ADD ("/http-bulk/change/cut-replies", "70", test_bulk_changes_and_undoes);
  ADD ("/http-bulk/change/differing-values", NULL, test_bulk_changes_differing_values);
  ADD ("/http-bulk/change/leaves-others", NULL, test_bulk_leaves_others_changes);
  ADD ("/http-bulk/change/cut-replies-leave-others", "70", test_bulk_leaves_others_changes);
  ADD ("/http-bulk/change/lost-answers", NULL, test_bulk_survives_lost_answers);
  ADD ("/http-bulk/change/waits-offline", NULL, test_bulk_waits_for_the_network);
  ADD ("/http-bulk/change/finds-what-is-refused", NULL, test_bulk_finds_what_is_refused);
  ADD ("/http-bulk/change/gives-up", NULL, test_bulk_gives_up);
  ADD ("/http-bulk/change/stops", NULL, test_bulk_stops_between_chunks);
  ADD ("/http-bulk/REST-81/tells-apart", NULL, test_bulk_deletes);
  ADD ("/http-bulk/REST-81/keeps-what-is-referenced", NULL, test_bulk_keeps_what_is_referenced);

  return g_test_run ();
}
