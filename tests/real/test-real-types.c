/* test-real-types.c: every type read, shown, filtered and saved on PostgreSQL itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * test-real-types.py starts the servers, fills the tables and looks at them afterwards.
 */

#include "config.h"

#include <glib/gstdio.h>

#include "kvar-test.h"
#include "net/kvar-http-transport.h"
#include "records/kvar-bulk-job.h"
#include "records/kvar-bulk-read.h"
#include "records/kvar-keyset.h"
#include "records/kvar-record-collect.h"
#include "records/kvar-rest-api.h"
#include "records/kvar-store.h"
#include "records/kvar-value-format.h"
#include "records/kvar-value-parse.h"
#include "schema/kvar-schema-loader.h"
#include "schema/kvar-table-probe.h"
#include "session/kvar-memory-vault.h"

#define N_ROWS 4

typedef struct
{
  KvarVault        *vault;
  KvarClock        *clock;
  KvarSession      *session;
  KvarSchemaLoader *loader;
  KvarStore        *store;
  KvarTable        *table;
  char             *folder;
} Fixture;

static void
sign_in (Fixture *f)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  kvar_session_sign_in_async (f->session, "demo@kvar.example", "demo", NULL,
                              kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  kvar_session_sign_in_finish (f->session, result, &error);
  g_assert_no_error (error);
}

static void
load_table (Fixture    *f,
            const char *name)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarSchema) schema = NULL;
  g_autoptr(GError) error = NULL;

  kvar_schema_loader_load_async (f->loader, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  schema = kvar_schema_loader_load_finish (f->loader, result, &error);
  g_assert_no_error (error);
  f->table = g_object_ref (kvar_schema_find_table (schema, name));
}

static void
set_up (Fixture       *f,
        gconstpointer  table)
{
  g_autoptr(KvarProject) project = NULL;
  g_autoptr(KvarHttpTransport) transport = NULL;
  g_autoptr(GError) error = NULL;

  f->folder = g_dir_make_tmp ("kvar-real-XXXXXX", NULL);
  f->clock = kvar_clock_new ();
  f->vault = kvar_memory_vault_new ();
  project = kvar_project_new (g_getenv ("KVAR_REAL_URL"), g_getenv ("KVAR_REAL_KEY"), &error);
  g_assert_no_error (error);
  transport = kvar_http_transport_new (kvar_project_get_url (project),
                                       kvar_project_get_key (project), f->clock);
  f->session = kvar_session_new (project, KVAR_TRANSPORT (transport), f->vault, f->clock,
                                 f->folder);
  sign_in (f);
  f->loader = kvar_schema_loader_new (f->session, f->folder);
  f->store = kvar_store_new (f->session);
  load_table (f, table);
}

static void
remove_folder (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

static void
tear_down (Fixture       *f,
           gconstpointer  table)
{
  g_clear_object (&f->table);
  g_clear_object (&f->store);
  g_assert_finalize_object (f->loader);
  kvar_test_wait_until (g_atomic_int_get ((int *)&G_OBJECT (f->session)->ref_count) == 1);
  g_assert_finalize_object (f->session);
  g_assert_finalize_object (f->vault);
  g_assert_finalize_object (f->clock);
  remove_folder (f->folder);
  g_free (f->folder);
}

static KvarRecord *
load (Fixture *f,
      int      id)
{
  g_autofree char *key = g_strdup_printf ("%d", id);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  KvarRecord *record;

  kvar_store_load_async (f->store, f->table, key, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  record = kvar_store_load_finish (f->store, result, &error);
  g_assert_no_error (error);
  g_assert_true (kvar_record_is_complete (record));

  return record;
}

/* Saves @draft, and returns what the server made of it. */
static KvarRecord *
save (Fixture    *f,
      KvarDraft  *draft,
      const char *what)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  KvarRecord *saved;

  kvar_store_save_async (f->store, draft, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  saved = kvar_store_save_finish (f->store, result, &error);
  if (error != NULL)
    g_test_message ("saving %s: %s", what, error->message);
  g_assert_no_error (error);

  return saved;
}

static KvarColumn *
column_at (Fixture *f,
           guint    index)
{
  return kvar_table_get_column (f->table, index);
}

static gboolean
is_key (Fixture *f,
        guint    index)
{
  return kvar_table_is_key_column (f->table, column_at (f, index));
}

/* What is edited and left alone is what came from the server, in both ways of writing. */
static void
test_is_edited_exactly (Fixture       *f,
                        gconstpointer  table)
{
  g_autoptr(KvarLocale) english = kvar_locale_new (".", ",", KVAR_DATE_ORDER_MDY, '/', NULL);
  g_autoptr(KvarLocale) swedish = kvar_locale_new (",", " ", KVAR_DATE_ORDER_YMD, '-', NULL);
  KvarLocale *locales[] = { english, swedish };
  guint n_columns = kvar_table_get_n_columns (f->table);
  g_autoptr(KvarRecord) record = NULL;

  for (guint i = 0; i < 2 * N_ROWS * n_columns; i++)
    {
      guint index = i / 2 % n_columns;
      g_autoptr(KvarValue) value = NULL;
      g_autofree char *input = NULL;
      g_autoptr(KvarValue) again = NULL;
      g_autoptr(GError) error = NULL;
      const char *text;

      if (i % (2 * n_columns) == 0)
        {
          g_clear_object (&record);
          record = load (f, 1 + (int)(i / (2 * n_columns)));
        }
      value = kvar_record_get_value (record, column_at (f, index));
      text = kvar_value_get_text (value);
      input = kvar_value_format_input (value, locales[i % 2]);

      /* Nothing typed is null, and so would the empty text be of a type that has one. */
      if (text == NULL || *text == '\0')
        continue;

      again = kvar_value_parse_typed (kvar_value_get_type_of (value), input, locales[i % 2],
                                      &error);
      if (again == NULL || !kvar_value_equal (again, value))
        g_test_message ("%s %s is edited as “%s”",
                        kvar_column_get_name (column_at (f, index)), text, input);
      g_assert_no_error (error);
      g_assert_cmpstr (kvar_value_get_text (again), ==, text);
    }
}

/* All values of a row are taken away and written again. */
static void
test_is_written_back_exactly (Fixture       *f,
                              gconstpointer  table)
{
  for (int id = 1; id <= N_ROWS; id++)
    {
      g_autoptr(KvarRecord) record = load (f, id);
      g_autoptr(KvarRecord) before = kvar_record_dup (record);
      g_autoptr(KvarDraft) draft = kvar_draft_new (f->table, record);
      g_autoptr(KvarRecord) emptied = NULL;
      g_autoptr(KvarRecord) restored = NULL;

      for (guint i = 0; i < kvar_table_get_n_columns (f->table); i++)
        {
          g_autoptr(KvarValue) null =
            kvar_value_new (kvar_column_get_column_type (column_at (f, i)), NULL);

          if (!is_key (f, i))
            kvar_draft_set_value (draft, column_at (f, i), null);
        }
      emptied = id < N_ROWS ? save (f, draft, "nulls") : NULL;

      for (guint i = 0; i < kvar_table_get_n_columns (f->table); i++)
        {
          g_autoptr(KvarValue) value = kvar_record_get_value (before, column_at (f, i));

          if (!is_key (f, i))
            kvar_draft_set_value (draft, column_at (f, i), value);
        }
      restored = id < N_ROWS ? save (f, draft, "all values") : NULL;

      for (guint i = 0; restored != NULL && i < kvar_table_get_n_columns (f->table); i++)
        g_assert_cmpstr (kvar_record_get_text (restored, i), ==,
                         kvar_record_get_text (before, i));
    }
}

/* Without a row version, the original value guards a change: one column at a time, there and
 * back. */
static void
test_is_guarded_by_its_value (Fixture       *f,
                              gconstpointer  table)
{
  g_autoptr(KvarRecord) other = load (f, 2);

  g_assert_false (kvar_table_can_use_xmin (f->table));
  for (guint i = 0; i < kvar_table_get_n_columns (f->table); i++)
    {
      KvarColumn *column = column_at (f, i);
      g_autoptr(KvarRecord) record = load (f, 1);
      g_autoptr(KvarDraft) draft = kvar_draft_new (f->table, record);
      g_autoptr(KvarValue) mine = kvar_record_get_value (record, column);
      g_autoptr(KvarValue) theirs = kvar_record_get_value (other, column);
      g_autoptr(KvarRecord) there = NULL;
      g_autoptr(KvarRecord) back = NULL;

      if (is_key (f, i) || kvar_value_equal (mine, theirs))
        continue;

      kvar_draft_set_value (draft, column, theirs);
      there = save (f, draft, kvar_column_get_name (column));
      g_assert_cmpstr (kvar_record_get_text (there, i), ==, kvar_value_get_text (theirs));
      kvar_draft_set_value (draft, column, mine);
      back = save (f, draft, kvar_column_get_name (column));
      g_assert_cmpstr (kvar_record_get_text (back, i), ==, kvar_value_get_text (mine));
    }
}

/* How many rows a list would show; fails if the server refuses to. */
static guint
count_rows (Fixture   *f,
            KvarQuery *query)
{
  g_autoptr(KvarSelection) selection = kvar_selection_new (f->table, NULL, 0);
  g_autoptr(KvarKeyset) keyset = kvar_keyset_new (f->table, query);
  g_autoptr(KvarRequest) request = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GError) error = NULL;

  request = kvar_rest_api_select_page (selection, query, keyset, NULL, 0, 100);
  kvar_session_send_async (f->session, request, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  reply = kvar_session_send_finish (f->session, result, &error);
  g_assert_no_error (error);
  kvar_reply_check (reply, KVAR_SERVICE_REST, &error);
  g_assert_no_error (error);
  records = kvar_selection_read (selection, kvar_reply_get_body (reply), &error);
  g_assert_no_error (error);

  return records->len;
}

/* "Only this value" finds the row it was asked at, for every type that can be compared, and "not
 * this value" all others, those without a value too. */
static void
test_is_found_by_its_value (Fixture       *f,
                            gconstpointer  table)
{
  g_autoptr(KvarRecord) record = load (f, 1);
  g_autoptr(KvarQuery) all = kvar_query_new ();

  for (guint i = 0; i < kvar_table_get_n_columns (f->table); i++)
    {
      KvarColumn *column = column_at (f, i);
      g_autoptr(KvarQuery) query = NULL;
      g_autoptr(KvarQuery) others = NULL;
      guint n_found;

      if (!kvar_type_has_equality (kvar_column_get_column_type (column)))
        continue;

      g_test_message ("%s", kvar_column_get_name (column));
      query = kvar_query_with_filter (all, kvar_column_get_name (column), "eq",
                                      kvar_record_get_text (record, i));
      n_found = count_rows (f, query);
      g_assert_cmpuint (n_found, >=, 1);
      others = kvar_query_with_filter (all, kvar_column_get_name (column), "isdistinct",
                                       kvar_record_get_text (record, i));
      g_assert_cmpuint (n_found + count_rows (f, others), ==, N_ROWS);
    }
}

static void
test_is_sorted_where_it_can_be (Fixture       *f,
                                gconstpointer  table)
{
  g_autoptr(KvarQuery) all = kvar_query_new ();

  for (guint i = 0; i < kvar_table_get_n_columns (f->table); i++)
    {
      KvarColumn *column = column_at (f, i);
      g_autoptr(KvarQuery) query = NULL;

      if (!kvar_type_is_sortable (kvar_column_get_column_type (column)))
        continue;

      g_test_message ("%s", kvar_column_get_name (column));
      query = kvar_query_with_column_order (all, kvar_column_get_name (column), i % 2);
      g_assert_cmpuint (count_rows (f, query), ==, N_ROWS);
    }
}

/* A person types the table's name: what its columns hold is found out without reading them. */
static void
test_is_probed (Fixture       *f,
                gconstpointer  table)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarTable) probed = NULL;
  g_autoptr(GError) error = NULL;

  kvar_table_probe_async (f->session, "types", NULL, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  probed = kvar_table_probe_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kvar_table_get_n_columns (probed), ==, kvar_table_get_n_columns (f->table));
  g_assert_true (kvar_table_can_use_xmin (probed));

  for (guint i = 0; i < kvar_table_get_n_columns (probed); i++)
    {
      KvarColumn *guessed = kvar_table_get_column (probed, i);
      KvarColumn *known = kvar_table_find_column (f->table, kvar_column_get_name (guessed));
      KvarType *guess = kvar_column_get_column_type (guessed);
      KvarType *type = kvar_column_get_column_type (known);

      g_test_message ("%s is %s and was probed as %s", kvar_column_get_name (known),
                      kvar_type_get_name (type), kvar_type_get_name (guess));

      /* The labels of an enum are not told, and so it is none here. */
      if (kvar_type_get_kind (type) == KVAR_KIND_ENUM)
        g_assert_cmpstr (kvar_type_get_base_name (guess), ==, "enum");
      else
        g_assert_cmpint (kvar_type_get_kind (guess), ==, kvar_type_get_kind (type));
      if (kvar_type_get_element (type) == NULL)
        {
          g_assert_cmpint (kvar_type_has_equality (guess), ==, kvar_type_has_equality (type));
          g_assert_cmpint (kvar_column_get_can_update (guessed), ==,
                           kvar_type_is_writable (type));
        }
    }
}

static GPtrArray *
read_rows (Fixture    *f,
           KvarColumn *column)
{
  const char *const columns[] = { kvar_column_get_name (column), NULL };
  g_autoptr(KvarQuery) query = kvar_query_new ();
  g_autoptr(GAsyncResult) collected = NULL;
  g_autoptr(GAsyncResult) read = NULL;
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *rows;

  kvar_record_collect_async (f->session, f->table, query, columns, NULL, kvar_test_keep_result,
                             &collected);
  kvar_test_wait_until (collected != NULL);
  records = kvar_record_collect_finish (f->session, collected, &error);
  g_assert_no_error (error);
  kvar_bulk_read_async (f->session, column, records, NULL, kvar_test_keep_result, &read);
  kvar_test_wait_until (read != NULL);
  rows = kvar_bulk_read_finish (f->session, read, &error);
  g_assert_no_error (error);

  return rows;
}

static void
run_bulk (KvarBulkJob *job,
          KvarColumn  *column)
{
  guint n = kvar_bulk_job_get_rows (job)->len;

  kvar_bulk_job_start (job);
  kvar_test_wait_until (kvar_bulk_job_get_state (job) == KVAR_BULK_FINISHED);
  if (kvar_bulk_job_count (job, KVAR_BULK_DONE) != n)
    g_error ("%u of %u rows of %s were changed, %u refused: %s",
             kvar_bulk_job_count (job, KVAR_BULK_DONE), n, kvar_column_get_name (column),
             kvar_bulk_job_count (job, KVAR_BULK_REFUSED),
             kvar_bulk_job_get_refusal (job) != NULL ? kvar_bulk_job_get_refusal (job)->message
                                                     : "no");
}

/* All rows at once, each on the condition of its own value or version, and back. */
static void
test_is_changed_at_once (Fixture       *f,
                         gconstpointer  table)
{
  guint n_columns = 0;

  for (guint i = 0; i < kvar_table_get_n_columns (f->table); i++)
    {
      KvarColumn *column = kvar_table_get_column (f->table, i);
      g_autoptr(KvarValue) nothing = kvar_value_new (kvar_column_get_column_type (column), NULL);
      g_autoptr(GPtrArray) records = NULL;
      g_autoptr(KvarBulkPlan) plan = NULL;
      g_autoptr(KvarBulkJob) job = NULL;
      g_autoptr(KvarBulkJob) undo = NULL;

      if (!kvar_bulk_plan_can_change (f->table, column) || !kvar_column_get_nullable (column))
        continue;

      records = read_rows (f, column);
      plan = kvar_bulk_plan_new (column, records, nothing);
      g_assert_cmpuint (plan->rows->len + plan->n_already, ==, records->len);
      job = kvar_bulk_job_new (f->session, f->table, column, g_ptr_array_ref (plan->rows));
      run_bulk (job, column);
      undo = kvar_bulk_job_new_undo (job);
      run_bulk (undo, column);
      n_columns++;
    }

  g_assert_cmpuint (n_columns, >, 20);
}

#define ADD(path, table, func) \
  g_test_add ("/real/types/" path, Fixture, table, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("is-edited-exactly", "types", test_is_edited_exactly);
  ADD ("is-written-back-exactly", "types", test_is_written_back_exactly);
  ADD ("is-probed", "types", test_is_probed);
  ADD ("is-found-by-its-value", "types", test_is_found_by_its_value);
  ADD ("is-sorted-where-it-can-be", "types", test_is_sorted_where_it_can_be);
  ADD ("is-guarded-by-its-value", "granted_types", test_is_guarded_by_its_value);
  ADD ("is-changed-at-once", "types", test_is_changed_at_once);
  ADD ("is-changed-at-once-without-versions", "granted_types", test_is_changed_at_once);

  return g_test_run ();
}
