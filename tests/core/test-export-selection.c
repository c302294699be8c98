/* test-export-selection.c: Rows chosen one by one are exported, those and no others, as seen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "export/kvar-export-errand.h"
#include "export/kvar-export-name.h"
#include "export/kvar-export-part.h"
#include "kvar-export-fixture.h"
#include "records/kvar-key-filter.h"

#define N_KEYS 30

static const char *const columns[] = { "title", "id", "due_on", "details", NULL };

/* Every row but those that 5 divides, and of these only as many as asked for; as a list in the
 * order of f->query has them. */
static char **
choose_keys (ExportFixture *f,
             const char    *order,
             guint          n_keys)
{
  g_autoptr(KvarQuery) query = kvar_query_with_order (f->query, order);
  g_autoptr(GStrvBuilder) keys = g_strv_builder_new ();
  guint n = 0;

  kvar_test_rows_sort (f->rows, query);
  for (guint i = 0; i < kvar_test_rows_get_size (f->rows) && n < n_keys; i++)
    {
      const char *id = kvar_test_rows_get (f->rows, i, "id");

      if (g_ascii_strtoull (id, NULL, 10) % 5 == 0)
        continue;
      g_strv_builder_add (keys, id);
      n++;
    }

  return g_strv_builder_end (keys);
}

static char *
make_csv (ExportFixture     *f,
          const char *const *keys)
{
  GString *csv = g_string_new ("title,id,due_on,details\r\n");

  for (guint k = 0; keys[k] != NULL; k++)
    for (guint i = 0; i < kvar_test_rows_get_size (f->rows); i++)
      {
        const char *id = kvar_test_rows_get (f->rows, i, "id");
        const char *due_on = kvar_test_rows_get (f->rows, i, "due_on");
        const char *details = kvar_test_rows_get (f->rows, i, "details");

        if (g_str_equal (id, keys[k]))
          g_string_append_printf (csv, "\"Job \"\"%s\"\", å\",%s,%s,%s\r\n", id, id,
                                  due_on != NULL ? due_on : "",
                                  *details != '\0' ? details : "\"\"");
      }

  return g_string_free (csv, FALSE);
}

static void
assert_contents (ExportFixture     *f,
                 const char *const *keys)
{
  g_autofree char *expected = make_csv (f, keys);
  g_autofree char *contents = NULL;

  g_assert_true (g_file_get_contents (f->path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, expected);
}

static KvarExportJob *
create (ExportFixture     *f,
        const char *const *keys)
{
  KvarExportJob *job;

  job = kvar_export_job_new (f->s.session, f->table, f->query, columns, KVAR_FILE_CSV, f->target);
  kvar_export_job_set_keys (job, keys);
  kvar_export_job_set_commit_every (job, 0);

  return job;
}

static KvarExportJob *
run (ExportFixture     *f,
     const char *const *keys)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  KvarExportJob *job = create (f, keys);

  kvar_export_job_set_resumes (job, TRUE);
  kvar_export_job_run_async (job, NULL, kvar_test_keep_result, &result);
  g_assert_true (finish (job, &result, &error));
  g_assert_no_error (error);

  return job;
}

static void
test_as_seen (ExportFixture *f,
              gconstpointer  order)
{
  const char *by = order != NULL ? "due_on.desc,id" : "id";
  g_auto(GStrv) keys = choose_keys (f, by, N_KEYS);
  g_autoptr(KvarExportJob) job = run (f, (const char *const *)keys);

  assert_contents (f, (const char *const *)keys);
  g_assert_cmpuint (kvar_export_job_get_rows (job), ==, N_KEYS);
  g_assert_cmpint (kvar_export_job_get_total (job), ==, N_KEYS);
  g_assert_null (kvar_export_job_get_note (job));
}

/* Long keys: as many requests as it takes, and none of them too long. */
static void
test_in_chunks (ExportFixture *f,
                gconstpointer  unused)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) keys = NULL;
  g_autoptr(KvarExportJob) job = NULL;

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", 9000000 + i);
      const char *const values[] = { id, "Job", NULL, NULL, NULL, "{}", "1" };

      kvar_test_rows_add (f->rows, values);
      g_strv_builder_add (builder, id);
    }
  kvar_test_rows_set_max_rows (f->rows, 0);
  keys = g_strv_builder_end (builder);
  job = run (f, (const char *const *)keys);
  g_assert_cmpuint (kvar_export_job_get_rows (job), ==, 1000);
  g_assert_cmpuint (f->n_pages, >=, 4);
  g_assert_cmpuint (f->n_pages, <=, 12);
  for (guint i = 0; i < kvar_test_transport_get_n_requests (f->s.transport); i++)
    {
      KvarRequest *request = kvar_test_transport_get_request (f->s.transport, i);

      g_assert_cmpuint (strlen (kvar_request_get_path (request)), <=, 6144);
    }
}

static void
test_gone_meanwhile (ExportFixture *f,
                     gconstpointer  unused)
{
  static const char *const keys[] = { "1", "2", "777", "3", NULL };
  static const char *const left[] = { "1", "2", "3", NULL };
  g_autoptr(KvarExportJob) job = run (f, keys);

  assert_contents (f, left);
  g_assert_cmpstr (kvar_export_job_get_note (job), ==,
                   "Some records changed during the export. Rows: 3.");
}

/* At once: a moment later it may be done. */
static void
suspend_at_cb (KvarExportJob *job,
               GParamSpec    *pspec,
               gpointer       n_rows)
{
  if (kvar_export_job_get_rows (job) >= GPOINTER_TO_UINT (n_rows))
    kvar_export_job_suspend (job);
}

static void
assert_goes_on (ExportFixture *f,
                guint          n_rows)
{
  g_auto(GStrv) keys = choose_keys (f, "due_on.desc,id", N_KEYS);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarExportJob) job = create (f, (const char *const *)keys);
  g_autoptr(KvarExportJob) again = NULL;

  g_signal_connect (job, "notify::rows", G_CALLBACK (suspend_at_cb), GUINT_TO_POINTER (n_rows));
  kvar_export_job_run_async (job, NULL, kvar_test_keep_result, &result);
  g_assert_false (finish (job, &result, NULL));

  f->n_pages = 0;
  again = run (f, (const char *const *)keys);
  assert_contents (f, (const char *const *)keys);
  g_assert_null (kvar_export_job_get_note (again));
  g_assert_true (kvar_export_job_get_resumed (again));
  g_assert_cmpuint (f->n_pages, <=, 5);
}

static void
test_goes_on_in_the_middle (ExportFixture *f,
                            gconstpointer  unused)
{
  assert_goes_on (f, 14);
}

/* All is written, and only the file was not in its place. */
static void
test_goes_on_at_the_end (ExportFixture *f,
                         gconstpointer  unused)
{
  assert_goes_on (f, N_KEYS);
}

static void
ended_cb (KvarErrandList *list,
          KvarExportJob  *job,
          guint          *n_ended)
{
  g_assert_true (kvar_export_job_get_resumed (job));
  (*n_ended)++;
}

/* The window goes on with the same rows after a restart, and is told when the file is there. */
static void
test_list_restores (ExportFixture *f,
                    gconstpointer  unused)
{
  static const char *const keys[] = { "4", "9", "11", NULL };
  g_autoptr(KvarErrandList) before = kvar_errand_list_new ();
  g_autoptr(KvarErrandList) list = kvar_errand_list_new ();
  g_autoptr(KvarSchema) schema = kvar_schema_new (KVAR_SCHEMA_FUNCTION);
  g_autoptr(KvarExportJob) job = create (f, keys);
  guint n_ended = 0;

  kvar_schema_add_table (schema, f->table);
  kvar_test_rows_set_max_rows (f->rows, 1);
  g_signal_connect (job, "notify::rows", G_CALLBACK (suspend_at_cb), GUINT_TO_POINTER (1));
  kvar_errand_list_start (before, KVAR_ERRAND (job));
  kvar_test_wait_until (kvar_errand_list_get_n_running (before) == 0);

  g_signal_connect (list, "ended", G_CALLBACK (ended_cb), &n_ended);
  kvar_export_restore (list, f->s.session, schema);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  kvar_test_wait_until (kvar_errand_list_get_n_running (list) == 0);
  assert_contents (f, keys);
  g_assert_cmpuint (n_ended, ==, 1);
}

static void
test_titles_above (ExportFixture *f,
                   gconstpointer  unused)
{
  static const char *const keys[] = { "1", NULL };
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarExportJob) job = create (f, keys);
  g_autofree char *contents = NULL;

  kvar_column_set_title (kvar_table_find_column (f->table, "due_on"), "Due, on");
  kvar_export_job_set_titled (job, TRUE);
  kvar_export_job_run_async (job, NULL, kvar_test_keep_result, &result);
  g_assert_true (finish (job, &result, NULL));
  g_assert_true (g_file_get_contents (f->path, &contents, NULL, NULL));
  g_strdelimit (contents, "\r", 0);
  g_assert_cmpstr (contents, ==, "Title,ID,\"Due, on\",Details");
}

/* Begun yesterday, under a name with that day in it. */
static void
test_next_day (ExportFixture *f,
               gconstpointer  unused)
{
  g_autofree char *before = g_build_filename (f->folder, "jobs 2026-11-24.csv", NULL);
  g_autofree char *after = g_build_filename (f->folder, "jobs 2026-11-25.csv", NULL);
  g_autoptr(GFile) yesterday = g_file_new_for_path (before);
  g_autoptr(GFile) today = g_file_new_for_path (after);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarExportJob) job = NULL;
  g_autoptr(KvarExportJob) again = NULL;

  job = kvar_export_job_new (f->s.session, f->table, f->query, columns, KVAR_FILE_CSV, yesterday);
  kvar_export_job_set_commit_every (job, 0);
  g_signal_connect (job, "notify::rows", G_CALLBACK (suspend_at_cb), GUINT_TO_POINTER (14));
  kvar_export_job_run_async (job, NULL, kvar_test_keep_result, &result);
  g_assert_false (finish (job, &result, NULL));

  again = kvar_export_job_new (f->s.session, f->table, f->query, columns, KVAR_FILE_CSV, today);
  kvar_export_job_resume_by_name (again);
  g_assert_cmpstr (kvar_export_job_get_title (again), ==, "jobs 2026-11-24.csv");
  kvar_export_job_run_async (again, NULL, kvar_test_keep_result, &result);
  g_assert_true (finish (again, &result, NULL));
  g_assert_true (kvar_export_job_get_resumed (again));
  g_assert_false (g_file_test (after, G_FILE_TEST_EXISTS));
  g_free (f->path);
  f->path = g_steal_pointer (&before);
  assert_file (f, "id");
}

static void
test_suggested_names (ExportFixture *f,
                      gconstpointer  unused)
{
  g_assert_true (kvar_export_name_is_suggested (f->table, KVAR_FILE_CSV, "jobs 2026-11-25.csv"));
  g_assert_false (kvar_export_name_is_suggested (f->table, KVAR_FILE_XLSX, "jobs 2026-11-25.csv"));
  g_assert_false (kvar_export_name_is_suggested (f->table, KVAR_FILE_CSV, "jobs.csv"));
  g_assert_false (kvar_export_name_is_suggested (f->table, KVAR_FILE_CSV, "old 2026-11-25.csv"));
}

static void
assert_filter (const char *const *key,
               const char *const *keys,
               const char        *name,
               const char        *value)
{
  g_autoptr(KvarTable) table = kvar_table_new ("parts");
  g_autoptr(KvarFilter) filter = NULL;
  g_autofree char *actual_name = NULL;
  g_autofree char *actual_value = NULL;

  for (guint i = 0; key[i] != NULL; i++)
    {
      g_autoptr(KvarType) type = kvar_type_new ("text", NULL);
      g_autoptr(KvarColumn) column = kvar_column_new (key[i], type);

      kvar_table_add_column (table, column);
    }
  kvar_table_set_key (table, key, FALSE);

  filter = kvar_key_filter_new (table, keys, g_strv_length ((char **)keys));
  actual_name = kvar_filter_to_name (filter);
  actual_value = kvar_filter_to_value (filter);
  g_assert_cmpstr (actual_name, ==, name);
  g_assert_cmpstr (actual_value, ==, value);
}

static void
test_key_filter (void)
{
  static const char *const one[] = { "id", NULL };
  static const char *const two[] = { "order", "part", NULL };
  static const char *const keys[] = { "1", "a%2Cb", "%22%22", NULL };
  static const char *const pairs[] = { "7,x", "8,a%2Cb", NULL };

  assert_filter (one, keys, "id", "in.(1,\"a,b\",\"\\\"\")");
  assert_filter (two, pairs, "or",
                 "(and(\"order\".eq.7,part.eq.x),and(\"order\".eq.8,part.eq.\"a,b\"))");
}

#define add(path, data, func) \
  g_test_add (path, ExportFixture, data, export_set_up, func, export_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add ("/export/EXP-4/selection-as-seen", NULL, test_as_seen);
  add ("/export/EXP-4/selection-in-its-order", "order=due_on.desc", test_as_seen);
  add ("/export/EXP-4/selection-in-chunks", NULL, test_in_chunks);
  add ("/export/EXP-4/selection-gone-meanwhile", NULL, test_gone_meanwhile);
  g_test_add ("/export/EXP-10/selection-goes-on", ExportFixture, "order=due_on.desc",
              export_set_up, test_goes_on_in_the_middle, export_tear_down);
  g_test_add ("/export/EXP-10/selection-is-put-into-place", ExportFixture, "order=due_on.desc",
              export_set_up, test_goes_on_at_the_end, export_tear_down);
  add ("/export/EXP-10/selection-list-restores", NULL, test_list_restores);
  add ("/export/EXP-10/next-day", NULL, test_next_day);
  add ("/export-name/is-suggested/knows-its-own", NULL, test_suggested_names);
  add ("/export/EXP-5/titles-above", NULL, test_titles_above);
  g_test_add_func ("/key-filter/new/quotes-what-needs-it", test_key_filter);

  return g_test_run ();
}
