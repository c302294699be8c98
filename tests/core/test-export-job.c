/* test-export-job.c: Every row comes out once, whatever happens on the way, or no file at all.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "export/kvar-export-error.h"
#include "export/kvar-export-job-private.h"
#include "export/kvar-export-errand.h"
#include "kvar-export-fixture.h"

static void
run_whole (ExportFixture *f,
           const char    *order)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarExportJob) job = start (f, &result);
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (kvar_export_job_get_state (job), ==, KVAR_ERRAND_RUNNING);
  g_assert_true (finish (job, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (kvar_export_job_get_state (job), ==, KVAR_ERRAND_DONE);
  g_assert_cmpuint (kvar_export_job_get_rows (job), ==, kvar_test_rows_get_size (f->rows));
  g_assert_cmpint (kvar_export_job_get_total (job), ==, kvar_test_rows_get_size (f->rows));
  g_assert_null (kvar_export_job_get_note (job));
  g_assert_null (kvar_export_job_get_error (job));
  g_assert_cmpstr (kvar_export_job_get_title (job), ==, "jobs.csv");
  assert_file (f, order);
}

static void
test_by_key (ExportFixture *f,
             gconstpointer  unused)
{
  run_whole (f, "id");

  /* Seven rows a page, and an empty one to end with. */
  g_assert_cmpuint (f->n_pages, ==, 9);
}

static void
test_ties_and_nulls (ExportFixture *f,
                     gconstpointer  order)
{
  g_autofree char *with_key = g_strconcat ((const char *)order + strlen ("order="), ",id", NULL);

  run_whole (f, with_key);
}

static void
test_empty (ExportFixture *f,
            gconstpointer  unused)
{
  kvar_test_rows_clear (f->rows);
  run_whole (f, "id");
}

static void
test_all_columns (ExportFixture *f,
                  gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarExportJob) job = NULL;
  g_autofree char *contents = NULL;

  job = kvar_export_job_new (f->s.session, f->table, f->query, NULL, KVAR_FILE_CSV,
                             f->target);
  kvar_export_job_run_async (job, NULL, kvar_test_keep_result, &result);
  g_assert_true (finish (job, &result, NULL));
  g_file_get_contents (f->path, &contents, NULL, NULL);
  g_assert_true (g_str_has_prefix (contents,
                                   "id,title,price,due_on,contact_id,details,total\r\n"
                                   "1,\"Job \"\"1\"\", å\",,,,\"\",1\r\n"));
}

/* The row that moves behind the page that had it comes again, and is left out. */
static void
move_a_row (gpointer fixture)
{
  static const char *const moved[] = { "1", "Job \"1\", å", NULL, "2030-01-01", NULL, "", "1" };
  ExportFixture *f = fixture;

  kvar_test_rows_add (f->rows, moved);
}

static void
test_row_comes_again (ExportFixture *f,
                      gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarExportJob) job = NULL;

  f->bad_page = 4;
  f->bad_status = 503;
  f->bad_body = "{\"code\":\"PGRST001\",\"message\":\"again\"}";
  f->at_bad_page = move_a_row;
  kvar_test_rows_clear (f->rows);
  add_rows (f, 40);

  job = start (f, &result);
  kvar_test_wait_until (kvar_export_job_get_state (job) == KVAR_ERRAND_PAUSED);
  fixture_pass (&f->s, 2 * KVAR_CLOCK_MINUTE);
  g_assert_true (finish (job, &result, NULL));
  g_assert_cmpuint (kvar_export_job_get_rows (job), ==, 40);
  g_assert_nonnull (kvar_export_job_get_note (job));
}

static void
test_paused_offline (ExportFixture *f,
                     gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarExportJob) job = NULL;
  g_autoptr(GError) error = NULL;

  f->bad_page = 3;
  job = start (f, &result);
  kvar_test_wait_until (kvar_export_job_get_state (job) == KVAR_ERRAND_PAUSED);
  g_assert_null (result);

  fixture_pass (&f->s, 2 * KVAR_CLOCK_MINUTE);
  g_assert_true (finish (job, &result, &error));
  g_assert_no_error (error);
  assert_file (f, "id");
}

/* Of the pages, the last of which is empty; then the rows are counted. */
static void
assert_last_limit (ExportFixture *f,
                   const char    *limit)
{
  guint n_requests = kvar_test_transport_get_n_requests (f->s.transport);
  KvarRequest *last = kvar_test_transport_get_request (f->s.transport, n_requests - 2);

  g_assert_nonnull (strstr (kvar_request_get_path (last), limit));
}

/* Behind where the export is by then, and before it. */
static void
change_rows (gpointer fixture)
{
  ExportFixture *f = fixture;
  static const char *const first[] = { "0", "Before", NULL, NULL, NULL, "{}", "1" };
  static const char *const last[] = { "51", "Behind", NULL, NULL, NULL, "{}", "1" };

  kvar_test_rows_add (f->rows, first);
  kvar_test_rows_add (f->rows, last);
}

/* No snapshot: what was there before and stayed comes once, and that it is none is said. */
static void
test_rows_come_and_go (ExportFixture *f,
                       gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarExportJob) job = NULL;
  g_autofree char *csv = NULL;

  f->bad_page = 4;
  f->bad_status = 503;
  f->bad_body = "{}";
  f->at_bad_page = change_rows;
  job = start (f, &result);
  kvar_test_wait_until (kvar_export_job_get_state (job) == KVAR_ERRAND_PAUSED);
  fixture_pass (&f->s, 2 * KVAR_CLOCK_MINUTE);
  g_assert_true (finish (job, &result, NULL));

  g_assert_cmpuint (kvar_export_job_get_rows (job), ==, 51);
  g_assert_cmpstr (kvar_export_job_get_note (job), ==,
                   "Some records changed during the export. Rows: 51.");
  g_assert_true (g_file_get_contents (f->path, &csv, NULL, NULL));
  g_assert_nonnull (strstr (csv, "Behind,51"));
  g_assert_null (strstr (csv, "Before,0"));
}

/* Busy connections and too many requests: one request at a time, ever more slowly, for as long as
 * it takes. */
static void
assert_never_abandoned (ExportFixture *f,
                        int            status,
                        const char    *body)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarExportJob) job = NULL;
  guint n_pages;

  f->bad_page = 3;
  f->bad_status = status;
  f->bad_body = body;
  f->bad_for_ever = TRUE;
  job = start (f, &result);
  for (guint i = 0; i < 60; i++)
    fixture_pass (&f->s, KVAR_CLOCK_MINUTE);
  g_assert_cmpint (kvar_export_job_get_state (job), ==, KVAR_ERRAND_PAUSED);
  g_assert_null (result);
  n_pages = f->n_pages;
  g_assert_cmpuint (n_pages, <=, 200);

  f->bad_page = 0;
  fixture_pass (&f->s, 2 * KVAR_CLOCK_MINUTE);
  g_assert_true (finish (job, &result, NULL));
  assert_file (f, "id");
}

static void
test_too_many_requests (ExportFixture *f,
                        gconstpointer  unused)
{
  assert_never_abandoned (f, 429, "{\"message\":\"too many requests\"}");
}

/* Which smaller pages would not help. */
static void
test_busy_connections (ExportFixture *f,
                       gconstpointer  unused)
{
  assert_never_abandoned (f, 504, "{\"code\":\"PGRST003\",\"message\":\"Timed out\"}");
  assert_last_limit (f, "limit=1000");
}

static KvarExportJob *timed;
static gint64 time_left;

/* By now three pages of seven have been written, of eight. */
static void
look_at_the_time (gpointer fixture)
{
  g_assert_cmpint (kvar_export_job_get_time_left (timed), ==, -1);
  timed->started_at -= 10 * KVAR_CLOCK_SECOND;
  time_left = kvar_export_job_get_time_left (timed);
}

static void
test_time_left (ExportFixture *f,
                gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;

  f->bad_page = 5;
  f->bad_status = 200;
  f->bad_body = "[]";
  f->at_bad_page = look_at_the_time;
  timed = start (f, &result);
  g_assert_true (finish (timed, &result, NULL));
  g_assert_cmpint (time_left, >, 7 * KVAR_CLOCK_SECOND);
  g_assert_cmpint (time_left, <, 14 * KVAR_CLOCK_SECOND);
  g_assert_cmpint (kvar_export_job_get_time_left (timed), ==, -1);
  g_clear_object (&timed);
}

static void
test_pages_shrink (ExportFixture *f,
                   gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarExportJob) job = NULL;

  f->bad_page = 2;
  f->bad_status = 500;
  f->bad_body = "{\"code\":\"57014\",\"message\":\"canceling statement due to timeout\"}";
  job = start (f, &result);
  g_assert_true (finish (job, &result, NULL));
  assert_file (f, "id");
  assert_last_limit (f, "limit=500");
}

/* What was slow for a while is not for ever. */
static void
test_pages_grow_again (ExportFixture *f,
                       gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarExportJob) job = NULL;

  kvar_test_rows_set_max_rows (f->rows, 1);
  f->bad_page = 2;
  f->bad_status = 544;
  f->bad_body = "{}";
  job = start (f, &result);
  g_assert_true (finish (job, &result, NULL));
  assert_file (f, "id");
  assert_last_limit (f, "limit=1000");
}

static void
revoke_session (gpointer fixture)
{
  ExportFixture *f = fixture;

  kvar_test_auth_revoke (f->s.auth);
  kvar_test_auth_refuse_tokens (f->s.auth);
}

static void
test_held_until_sign_in (ExportFixture *f,
                         gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarExportJob) job = NULL;
  g_autoptr(GError) error = NULL;
  guint64 rows;

  f->bad_page = 3;
  f->at_bad_page = revoke_session;
  job = start (f, &result);
  kvar_test_wait_until (kvar_export_job_get_state (job) == KVAR_ERRAND_HELD);
  rows = kvar_export_job_get_rows (job);
  fixture_pass (&f->s, KVAR_CLOCK_HOUR);
  g_assert_null (result);

  kvar_test_session_sign_in (f->s.session);
  g_assert_true (finish (job, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (rows, <=, 14);
  assert_file (f, "id");
}

static void
expire (gpointer fixture)
{
  kvar_test_auth_refuse_tokens (((ExportFixture *)fixture)->s.auth);
}

/* One page meets a dead token: one renewal, this page once more, and no other. */
static void
test_token_dies_half_way (ExportFixture *f,
                          gconstpointer  unused)
{
  f->bad_page = 5;
  f->at_bad_page = expire;
  run_whole (f, "id");

  g_assert_cmpuint (kvar_test_transport_count (f->s.transport, "GET",
                                               "/rest/v1/jobs?select=id%3A%3Atext%2Ctitle"), ==,
                    9 + 1);
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->s.auth), ==, 2);
}

static void
test_cancel_leaves_nothing (ExportFixture *f,
                            gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarExportJob) job = start (f, &result);
  g_autoptr(GError) error = NULL;

  kvar_test_wait_until (kvar_export_job_get_rows (job) > 0);
  kvar_export_job_cancel (job);
  g_assert_false (finish (job, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (kvar_export_job_get_state (job), ==, KVAR_ERRAND_CANCELLED);
  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
}

static void
assert_fails (ExportFixture *f,
              int            code,
              const char    *provider_code)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarExportJob) job = start (f, &result);
  g_autoptr(GError) error = NULL;

  g_assert_false (finish (job, &result, &error));
  g_assert_error (error, KVAR_ERROR, code);
  g_assert_cmpstr (kvar_error_get_provider_code (error), ==, provider_code);
  g_assert_nonnull (kvar_export_job_get_error (job));
}

static void
test_refused_half_way (ExportFixture *f,
                       gconstpointer  unused)
{
  g_autofree char *contents = NULL;

  g_assert_true (g_file_set_contents (f->path, "earlier", -1, NULL));
  f->bad_page = 3;
  f->bad_status = 400;
  f->bad_body = "{\"code\":\"42703\",\"message\":\"column jobs.title does not exist\"}";
  assert_fails (f, KVAR_ERROR_REFUSED, "42703");
  g_file_get_contents (f->path, &contents, NULL, NULL);
  g_assert_cmpstr (contents, ==, "earlier");
}

static void
test_cut_page (ExportFixture *f,
               gconstpointer  unused)
{
  f->bad_status = 200;
  f->bad_body = "[{\"id\":\"15\",\"title\":\"cut";
  test_paused_offline (f, unused);
}

static void
test_folder_gone (ExportFixture *f,
                  gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (f->folder, "gone", "jobs.csv", NULL);

  g_object_unref (f->target);
  f->target = g_file_new_for_path (path);
  assert_fails (f, KVAR_ERROR_REFUSED, KVAR_EXPORT_NO_FOLDER);
  g_assert_cmpuint (f->n_pages, ==, 0);
}

/* The folder goes while the export runs. */
static void
remove_folder (gpointer fixture)
{
  g_rmdir (((ExportFixture *)fixture)->folder);
}

static void
test_folder_goes (ExportFixture *f,
                  gconstpointer  unused)
{
  f->bad_page = 8;
  f->bad_status = 500;
  f->bad_body = "{\"code\":\"57014\",\"message\":\"slow\"}";
  f->at_bad_page = remove_folder;
  assert_fails (f, KVAR_ERROR_REFUSED, KVAR_EXPORT_NO_FOLDER);
  g_mkdir (f->folder, 0700);
}

static void
test_no_room (ExportFixture *f,
              gconstpointer  unused)
{
  g_autofree char *contents = NULL;
  struct rlimit old;
  struct rlimit tiny;

  /* A limit on file sizes stands in for a full disk. */
  g_assert_true (g_file_set_contents (f->path, "earlier", -1, NULL));
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  tiny = old;
  tiny.rlim_cur = 600;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &tiny), ==, 0);
  assert_fails (f, KVAR_ERROR_REFUSED, KVAR_EXPORT_NO_SPACE);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);

  g_file_get_contents (f->path, &contents, NULL, NULL);
  g_assert_cmpstr (contents, ==, "earlier");
}

static void
stream_to (ExportFixture  *f,
           int             fd,
           GError        **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarExportJob) job = NULL;

  job = kvar_export_job_new_for_fd (f->s.session, f->table, f->query, NULL, KVAR_FILE_CSV, fd);
  kvar_export_job_run_async (job, NULL, kvar_test_keep_result, &result);
  finish (job, &result, error);
}

static void
test_stream_full (ExportFixture *f,
                  gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  int fd = open ("/dev/full", O_WRONLY | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  stream_to (f, fd, &error);
  close (fd);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_REFUSED);
  g_assert_cmpstr (kvar_error_get_provider_code (error), ==, KVAR_EXPORT_NO_SPACE);
}

static void
test_stream_broken_off (ExportFixture *f,
                        gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  int fds[2];

  signal (SIGPIPE, SIG_IGN);
  g_assert_cmpint (pipe (fds), ==, 0);
  close (fds[0]);
  stream_to (f, fds[1], &error);
  close (fds[1]);
  g_assert_cmpstr (kvar_error_get_provider_code (error), ==, KVAR_EXPORT_BROKEN_OFF);
}

static void
test_stream (ExportFixture *f,
             gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *contents = NULL;
  int fd = open (f->path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

  stream_to (f, fd, &error);
  g_assert_no_error (error);
  close (fd);
  g_file_get_contents (f->path, &contents, NULL, NULL);
  g_assert_true (g_str_has_prefix (contents, "id,title,"));
  g_assert_true (g_str_has_suffix (contents, "\r\n"));
}

static KvarReply *
logs_cb (KvarRequest  *request,
         gpointer      user_data,
         GError      **error)
{
  ExportFixture *f = user_data;

  if (is_page (request) && f->bad_page > 0 &&
      strstr (kvar_request_get_path (request), "ctid") != NULL)
    return kvar_test_reply_new (400, "{\"code\":\"42703\",\"message\":\"no ctid\"}");

  return kvar_test_rows_answer (f->rows, request);
}

static void
export_logs (ExportFixture *f,
             gboolean       has_ctid)
{
  static const char *const columns[] = { "at", "line", "tableoid", "ctid", NULL };
  g_autoptr(KvarTable) logs = kvar_test_table_new_logs ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarExportJob) job = NULL;
  g_autofree char *contents = NULL;
  g_auto(GStrv) lines = NULL;

  kvar_test_rows_free (f->rows);
  f->rows = kvar_test_rows_new (columns);
  kvar_test_rows_set_max_rows (f->rows, 4);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *ctid = g_strdup_printf ("%u", i);
      const char *const values[] = { "2026-11-20", i % 2 ? "a" : NULL, "1", ctid };

      kvar_test_rows_add (f->rows, values);
    }
  f->bad_page = has_ctid ? 0 : 1;
  kvar_test_transport_on (f->s.transport, "GET", "/rest/v1/logs", logs_cb, f);

  job = kvar_export_job_new (f->s.session, logs, f->query, NULL, KVAR_FILE_CSV, f->target);
  kvar_export_job_run_async (job, NULL, kvar_test_keep_result, &result);
  g_assert_true (finish (job, &result, NULL));
  g_assert_cmpuint (kvar_export_job_get_rows (job), ==, 10);
  g_file_get_contents (f->path, &contents, NULL, NULL);
  lines = g_strsplit (contents, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 12);
  g_assert_cmpstr (lines[0], ==, "at,line");
}

static void
test_without_key (ExportFixture *f,
                  gconstpointer  unused)
{
  export_logs (f, TRUE);
}

static void
test_without_key_or_place (ExportFixture *f,
                           gconstpointer  unused)
{
  export_logs (f, FALSE);
}

static void
test_is_counted_while_it_runs (ExportFixture *f,
                              gconstpointer  unused)
{
  KvarErrandList *list = kvar_errand_list_new ();
  g_autoptr(KvarExportJob) job = NULL;
  g_autoptr(KvarExportJob) first = NULL;

  job = kvar_export_job_new (f->s.session, f->table, f->query, NULL, KVAR_FILE_CSV,
                             f->target);
  kvar_errand_list_start (list, KVAR_ERRAND (job));
  g_assert_cmpuint (kvar_errand_list_get_n_running (list), ==, 1);
  kvar_test_wait_until (kvar_errand_list_get_n_running (list) == 0);
  g_assert_cmpint (kvar_export_job_get_state (job), ==, KVAR_ERRAND_DONE);

  first = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_true (first == job);
  kvar_errand_list_remove (list, KVAR_ERRAND (job));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  kvar_test_settle ();
  g_assert_finalize_object (list);
}

#define ADD(path, query, func) \
  g_test_add (path, ExportFixture, query, export_set_up, func, export_tear_down)

int
main (int    argc,
      char **argv)
{
  static const char *const orders[] = {
    "order=due_on", "order=due_on.desc", "order=due_on.nullsfirst",
    "order=due_on.desc.nullslast", "order=price.nullsfirst,due_on.desc", "order=title.desc",
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/export-job/run/by-key", NULL, test_by_key);
  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *path = g_strconcat ("/export-job/run/once-each-by/", orders[i], NULL);

      ADD (path, orders[i], test_ties_and_nulls);
    }
  ADD ("/export-job/run/no-rows-have-a-header", NULL, test_empty);
  ADD ("/export-job/run/all-columns-key-first", NULL, test_all_columns);
  ADD ("/export-job/run/row-that-moves-comes-once", "order=due_on", test_row_comes_again);
  ADD ("/export-job/run/without-a-key", NULL, test_without_key);
  ADD ("/export-job/run/without-key-or-place", NULL, test_without_key_or_place);
  ADD ("/export-job/wait/offline", NULL, test_paused_offline);
  ADD ("/export-job/REST-91/rows-come-and-go", NULL, test_rows_come_and_go);
  ADD ("/export-job/REST-96/too-many-requests", NULL, test_too_many_requests);
  ADD ("/export-job/REST-96/busy-connections", NULL, test_busy_connections);
  ADD ("/export-job/wait/cut-page", NULL, test_cut_page);
  ADD ("/export-job/wait/held-until-sign-in", NULL, test_held_until_sign_in);
  ADD ("/export-job/A05/token-dies-half-way", NULL, test_token_dies_half_way);
  ADD ("/export/EXP-9/tells-the-time-left", NULL, test_time_left);
  ADD ("/export-job/wait/slow-pages-shrink", NULL, test_pages_shrink);
  ADD ("/export-job/REST-95/pages-grow-again", NULL, test_pages_grow_again);
  ADD ("/export-job/fail/cancel-leaves-nothing", NULL, test_cancel_leaves_nothing);
  ADD ("/export-job/fail/refused-half-way", NULL, test_refused_half_way);
  ADD ("/export-job/fail/folder-gone", NULL, test_folder_gone);
  ADD ("/export-job/fail/folder-goes", NULL, test_folder_goes);
  ADD ("/export-job/fail/no-room", NULL, test_no_room);
  ADD ("/export-job/stream/all", NULL, test_stream);
  ADD ("/export-job/stream/full", NULL, test_stream_full);
  ADD ("/export-job/stream/broken-off", NULL, test_stream_broken_off);
  ADD ("/export-job/errand/is-counted-while-it-runs", NULL, test_is_counted_while_it_runs);

  return g_test_run ();
}
