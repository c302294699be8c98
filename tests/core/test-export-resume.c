/* test-export-resume.c: What was interrupted goes on where it was, without gaps or doubles.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "export/kvar-export-errand.h"
#include "export/kvar-export-part.h"
#include "kvar-export-fixture.h"
#include "kvar-test-zip.h"

static const char *const columns[] = { "title", "id", "due_on", "details", NULL };

static KvarExportJob *
create (ExportFixture  *f,
        KvarFileFormat  format)
{
  KvarExportJob *job;

  job = kvar_export_job_new (f->s.session, f->table, f->query, columns, format, f->target);
  kvar_export_job_set_commit_every (job, 0);

  return job;
}

/* An export that has gone so far, and ends as when Kvar is quit. */
static void
interrupt (ExportFixture  *f,
           KvarFileFormat  format,
           guint           n_rows)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarExportJob) job = create (f, format);
  g_autoptr(GError) error = NULL;

  kvar_export_job_run_async (job, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (kvar_export_job_get_rows (job) >= n_rows);
  kvar_export_job_suspend (job);
  g_assert_false (finish (job, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (kvar_export_job_get_state (job), ==, KVAR_ERRAND_SUSPENDED);
  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
  f->n_pages = 0;
}

static KvarExportJob *
resume (ExportFixture  *f,
        KvarFileFormat  format)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  KvarExportJob *job = create (f, format);

  kvar_export_job_set_resumes (job, TRUE);
  kvar_export_job_run_async (job, NULL, kvar_test_keep_result, &result);
  g_assert_true (finish (job, &result, &error));
  g_assert_no_error (error);

  return job;
}

static void
test_goes_on (ExportFixture *f,
              gconstpointer  order)
{
  g_autoptr(KvarExportJob) job = NULL;
  g_autofree char *with_key = NULL;

  with_key = order != NULL ? g_strconcat ((const char *)order + strlen ("order="), ",id", NULL)
                           : g_strdup ("id");
  interrupt (f, KVAR_FILE_CSV, 21);
  job = resume (f, KVAR_FILE_CSV);
  g_assert_cmpuint (kvar_export_job_get_rows (job), ==, 50);
  g_assert_null (kvar_export_job_get_note (job));
  assert_file (f, with_key);

  /* The last row, at most four pages of seven that are left, and an empty one. */
  g_assert_cmpuint (f->n_pages, <=, 7);
}

/* As after a crash: what was written and not committed is written again. */
static void
test_goes_on_from_the_commit (ExportFixture *f,
                              gconstpointer  unused)
{
  g_autoptr(KvarExportJob) job = NULL;
  g_autofree char *folder = g_build_filename (kvar_paths_get_data_dir (), "exports", NULL);
  g_autoptr(GDir) dir = NULL;
  const char *name;

  interrupt (f, KVAR_FILE_CSV, 14);
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".part"))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);
        int fd = open (path, O_WRONLY | O_APPEND | O_CLOEXEC);

        g_assert_cmpint (write (fd, "half a r", 8), ==, 8);
        close (fd);
      }

  job = resume (f, KVAR_FILE_CSV);
  assert_file (f, "id");
}

static void
test_workbook_goes_on (ExportFixture *f,
                       gconstpointer  unused)
{
  g_autoptr(KvarExportJob) job = NULL;
  g_autofree char *resumed = NULL;
  g_autofree char *whole = NULL;
  g_autoptr(KvarExportJob) again = NULL;
  const char *sheet = "xl/worksheets/sheet1.xml";

  interrupt (f, KVAR_FILE_XLSX, 14);
  job = resume (f, KVAR_FILE_XLSX);
  resumed = kvar_test_zip_read (f->path, sheet);
  g_unlink (f->path);

  again = resume (f, KVAR_FILE_XLSX);
  whole = kvar_test_zip_read (f->path, sheet);
  g_assert_cmpstr (resumed, ==, whole);
  g_assert_nonnull (strstr (whole, "<row r=\"51\""));
}

static void
test_array_goes_on (ExportFixture *f,
                    gconstpointer  unused)
{
  g_autoptr(KvarExportJob) job = NULL;
  g_autoptr(KvarExportJob) again = NULL;
  g_autofree char *resumed = NULL;
  g_autofree char *whole = NULL;

  interrupt (f, KVAR_FILE_JSON, 14);
  job = resume (f, KVAR_FILE_JSON);
  g_file_get_contents (f->path, &resumed, NULL, NULL);
  g_unlink (f->path);

  again = resume (f, KVAR_FILE_JSON);
  g_file_get_contents (f->path, &whole, NULL, NULL);
  g_assert_cmpstr (resumed, ==, whole);
}

/* Nothing is left of it: begins at the first row. */
static void
test_nothing_to_go_on_with (ExportFixture *f,
                            gconstpointer  unused)
{
  g_autoptr(KvarExportJob) job = resume (f, KVAR_FILE_CSV);

  assert_file (f, "id");
  g_assert_cmpuint (f->n_pages, ==, 9);
}

static void
test_other_question_begins_anew (ExportFixture *f,
                                 gconstpointer  unused)
{
  g_autoptr(KvarExportJob) job = NULL;
  g_autoptr(GPtrArray) descriptions = NULL;
  g_autoptr(KvarExportPart) part = NULL;

  interrupt (f, KVAR_FILE_CSV, 14);
  kvar_query_unref (f->query);
  f->query = kvar_query_parse ("order=due_on", NULL);
  job = resume (f, KVAR_FILE_CSV);
  assert_file (f, "due_on,id");

  /* The other one is still there for whoever asks for it. */
  descriptions = kvar_export_part_list ();
  g_assert_cmpuint (descriptions->len, ==, 1);
  part = kvar_export_part_find (g_ptr_array_index (descriptions, 0));
  kvar_export_part_discard (part);
}

/* The rows before it may have changed too, but by its key the place is found. */
static void
test_last_row_has_changed (ExportFixture *f,
                           gconstpointer  unused)
{
  g_autoptr(KvarExportJob) job = NULL;

  interrupt (f, KVAR_FILE_CSV, 14);
  kvar_test_rows_clear (f->rows);
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i + 1);
      const char *const values[] = { id, "Changed", NULL, NULL, NULL, "", "1" };

      kvar_test_rows_add (f->rows, values);
    }

  job = resume (f, KVAR_FILE_CSV);
  g_assert_cmpuint (kvar_export_job_get_rows (job), ==, 50);
  g_assert_nonnull (strstr (kvar_export_job_get_note (job), "changed during the export"));
}

static void
fill_logs (ExportFixture *f,
           guint          first_place)
{
  kvar_test_rows_clear (f->rows);
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *ctid = g_strdup_printf ("%u", first_place + i);
      const char *const values[] = { "2026-11-20", "same", "1", ctid };

      kvar_test_rows_add (f->rows, values);
    }
}

static void
resume_logs (ExportFixture *f,
             guint          place_after)
{
  static const char *const names[] = { "at", "line", "tableoid", "ctid", NULL };
  g_autoptr(KvarTable) jobs = g_steal_pointer (&f->table);
  g_autoptr(KvarExportJob) job = NULL;
  g_auto(GStrv) lines = NULL;
  g_autofree char *contents = NULL;

  f->table = kvar_test_table_new_logs ();
  kvar_test_transport_on (f->s.transport, "GET", "/rest/v1/logs", answer_cb, f);
  kvar_test_rows_free (f->rows);
  f->rows = kvar_test_rows_new (names);
  kvar_test_rows_set_max_rows (f->rows, 7);

  fill_logs (f, 0);
  interrupt (f, KVAR_FILE_CSV, 14);
  fill_logs (f, place_after);
  job = resume (f, KVAR_FILE_CSV);
  g_file_get_contents (f->path, &contents, NULL, NULL);
  lines = g_strsplit (contents, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 42);
  g_assert_cmpuint (kvar_export_job_get_rows (job), ==, 40);
}

static void
test_without_a_key (ExportFixture *f,
                    gconstpointer  unused)
{
  resume_logs (f, 0);
  g_assert_cmpuint (f->n_pages, <=, 6);
}

/* By their place only rows that have not moved are known: the file begins anew. */
static void
test_without_a_key_moved (ExportFixture *f,
                          gconstpointer  unused)
{
  resume_logs (f, 100);
  g_assert_cmpuint (f->n_pages, ==, 8);
}

/* The server is away when the last row is looked at: waits for it as ever. */
static void
test_looks_again_offline (ExportFixture *f,
                          gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarExportJob) job = NULL;
  g_autoptr(GError) error = NULL;

  interrupt (f, KVAR_FILE_CSV, 14);
  f->bad_page = 1;
  job = create (f, KVAR_FILE_CSV);
  kvar_export_job_set_resumes (job, TRUE);
  kvar_export_job_run_async (job, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (kvar_export_job_get_state (job) == KVAR_ERRAND_PAUSED);
  fixture_pass (&f->s, 2 * KVAR_CLOCK_MINUTE);
  g_assert_true (finish (job, &result, &error));
  g_assert_no_error (error);
  assert_file (f, "id");
}

/* Kvar is started again: the list brings back what it has begun, and nothing else. */
static void
test_list_restores (ExportFixture *f,
                    gconstpointer  unused)
{
  KvarErrandList *list = kvar_errand_list_new ();
  KvarErrandList *next = kvar_errand_list_new ();
  g_autoptr(KvarSchema) schema = kvar_schema_new (KVAR_SCHEMA_FUNCTION);
  g_autoptr(KvarExportJob) job = create (f, KVAR_FILE_CSV);
  g_autoptr(KvarExportJob) again = NULL;

  kvar_schema_add_table (schema, f->table);
  kvar_errand_list_start (list, KVAR_ERRAND (job));
  kvar_test_wait_until (kvar_export_job_get_rows (job) >= 14);
  kvar_export_job_suspend (job);
  kvar_test_wait_until (kvar_export_job_get_state (job) == KVAR_ERRAND_SUSPENDED);
  f->n_pages = 0;

  kvar_export_restore (next, f->s.session, schema);
  g_assert_cmpuint (kvar_errand_list_get_n_running (next), ==, 1);
  again = g_list_model_get_item (G_LIST_MODEL (next), 0);
  kvar_test_wait_until (kvar_export_job_get_state (again) == KVAR_ERRAND_DONE);
  g_assert_cmpuint (f->n_pages, <=, 8);
  assert_file (f, "id");

  kvar_export_restore (next, f->s.session, schema);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (next)), ==, 1);
  kvar_test_settle ();
  g_assert_finalize_object (list);
  g_assert_finalize_object (next);
}

#define ADD(path, query, func) \
  g_test_add (path, ExportFixture, query, export_set_up, func, export_tear_down)

int
main (int    argc,
      char **argv)
{
  static const char *const orders[] = {
    "order=due_on", "order=due_on.desc", "order=price.nullsfirst,due_on.desc", "order=title.desc",
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/export/EXP-10/goes-on", NULL, test_goes_on);
  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *path = g_strconcat ("/export/EXP-10/goes-on-by/", orders[i], NULL);

      ADD (path, orders[i], test_goes_on);
    }
  ADD ("/export/EXP-10/goes-on-from-the-commit", NULL, test_goes_on_from_the_commit);
  ADD ("/export/EXP-10/workbook-goes-on", NULL, test_workbook_goes_on);
  ADD ("/export/EXP-10/array-goes-on", NULL, test_array_goes_on);
  ADD ("/export/EXP-10/nothing-to-go-on-with", NULL, test_nothing_to_go_on_with);
  ADD ("/export/EXP-10/other-question-begins-anew", NULL, test_other_question_begins_anew);
  ADD ("/export/EXP-10/last-row-has-changed", NULL, test_last_row_has_changed);
  ADD ("/export/EXP-10/without-a-key", NULL, test_without_a_key);
  ADD ("/export/EXP-10/without-a-key-moved", NULL, test_without_a_key_moved);
  ADD ("/export/EXP-10/looks-again-offline", NULL, test_looks_again_offline);
  ADD ("/export/EXP-10/list-restores", NULL, test_list_restores);

  return g_test_run ();
}
