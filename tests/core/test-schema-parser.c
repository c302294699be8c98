/* test-schema-parser.c: what a real server's kvar_schema() answered
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>
#include <string.h>

#include "kvar-error.h"
#include "schema/kvar-schema-parser.h"
#include "schema/kvar-schema-writer.h"

typedef struct
{
  KvarSchema *schema;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  unused)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "data", "kvar-schema.json", NULL);
  g_autoptr(GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (file);
  bytes = g_mapped_file_get_bytes (file);
  f->schema = kvar_schema_parse (bytes, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  g_assert_finalize_object (f->schema);
}

static KvarColumn *
find (Fixture    *f,
      const char *table,
      const char *column)
{
  KvarTable *found = kvar_schema_find_table (f->schema, table);

  g_assert_nonnull (found);
  return kvar_table_find_column (found, column);
}

static char *
join_key (Fixture    *f,
          const char *name)
{
  KvarTable *table = kvar_schema_find_table (f->schema, name);
  GString *joined = g_string_new (NULL);
  guint n;
  const guint *key = kvar_table_get_key (table, &n);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? "," : "",
                            kvar_column_get_name (kvar_table_get_column (table, key[i])));
  return g_string_free (joined, FALSE);
}

static void
assert_key (Fixture    *f,
            const char *table,
            const char *expected)
{
  g_autofree char *key = join_key (f, table);

  g_assert_cmpstr (key, ==, expected);
}

static void
test_parser_lists_tables (Fixture       *f,
                          gconstpointer  unused)
{
  GListModel *model = G_LIST_MODEL (f->schema);
  g_autoptr(KvarTable) first = g_list_model_get_item (model, 0);

  g_assert_cmpint (kvar_schema_get_origin (f->schema), ==, KVAR_SCHEMA_FUNCTION);
  g_assert_true (g_list_model_get_item_type (model) == KVAR_TYPE_TABLE);
  g_assert_cmpstr (kvar_table_get_title (first), ==, "Child");
  g_assert_null (g_list_model_get_item (model, g_list_model_get_n_items (model)));
  g_assert_null (kvar_schema_find_table (f->schema, "secrets"));
}

static void
test_parser_keeps_hidden_off_the_list (Fixture       *f,
                                       gconstpointer  unused)
{
  KvarTable *hidden = kvar_schema_find_table (f->schema, "hidden_cols");

  g_assert_nonnull (hidden);
  g_assert_true (kvar_table_get_hidden (hidden));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (f->schema)); i++)
    {
      g_autoptr(KvarTable) table = g_list_model_get_item (G_LIST_MODEL (f->schema), i);

      g_assert_true (table != hidden);
    }
}

static void
test_parser_reads_columns (Fixture       *f,
                           gconstpointer  unused)
{
  KvarColumn *total = find (f, "jobs", "total");
  KvarColumn *status = find (f, "jobs", "status");
  KvarColumn *id = find (f, "contacts", "id");
  KvarColumn *always = find (f, "parts", "id");
  KvarColumn *email = find (f, "odd", "e");

  g_assert_true (kvar_column_get_is_generated (total));
  g_assert_false (kvar_column_get_can_update (total));
  g_assert_cmpstr (kvar_column_get_help (total), ==, "price * hours, generated");
  g_assert_cmpint (kvar_column_get_kind (status), ==, KVAR_KIND_ENUM);
  g_assert_cmpstr (kvar_type_get_labels (kvar_column_get_column_type (status))[2], ==,
                   "in_progress");
  g_assert_true (kvar_column_get_has_default (status));
  g_assert_cmpint (kvar_column_get_identity (id), ==, KVAR_IDENTITY_BY_DEFAULT);
  g_assert_true (kvar_column_get_has_default (id));
  g_assert_true (kvar_column_get_can_insert (id));
  g_assert_false (kvar_column_get_can_insert (always));
  g_assert_cmpint (kvar_column_get_kind (email), ==, KVAR_KIND_TEXT);
  g_assert_false (kvar_column_get_nullable (email));
}

static void
test_parser_reads_directives (Fixture       *f,
                              gconstpointer  unused)
{
  KvarTable *odd = kvar_schema_find_table (f->schema, "odd");
  KvarColumn *order = find (f, "odd", "order");

  g_assert_cmpstr (kvar_table_get_title (odd), ==, "Odd things");
  g_assert_cmpstr (kvar_table_get_help (odd), ==, "Odd.\nReally.");
  g_assert_cmpstr (kvar_column_get_name (kvar_table_get_label_column (odd)), ==, "e");
  g_assert_cmpstr (kvar_column_get_title (order), ==, "Order");
  g_assert_cmpstr (kvar_column_get_help (order), ==, "Which comes first");
  g_assert_cmpstr (kvar_column_get_bucket (order), ==, "pictures");
  assert_key (f, "grouped", "status");
}

static void
test_parser_finds_keys (Fixture       *f,
                        gconstpointer  unused)
{
  assert_key (f, "jobs", "id");
  assert_key (f, "job_contacts", "job_id,contact_id");
  assert_key (f, "pair", "j,c");
  assert_key (f, "renamed", "key");
  assert_key (f, "nokey", "");
  assert_key (f, "mat", "");
  g_assert_false (kvar_table_get_key_guessed (kvar_schema_find_table (f->schema, "jobs")));
}

static void
test_parser_reads_privileges (Fixture       *f,
                              gconstpointer  unused)
{
  KvarTable *hidden = kvar_schema_find_table (f->schema, "hidden_cols");
  KvarTable *parts = kvar_schema_find_table (f->schema, "parts");
  KvarTable *view = kvar_schema_find_table (f->schema, "open_jobs");

  g_assert_null (kvar_table_find_column (hidden, "closed"));
  g_assert_false (kvar_table_can_insert (hidden));
  g_assert_true (kvar_table_can_update (hidden));
  g_assert_false (kvar_table_can_use_xmin (hidden));
  g_assert_true (kvar_column_get_can_update (kvar_table_find_column (hidden, "open")));
  g_assert_false (kvar_column_get_can_update (kvar_table_find_column (hidden, "id")));
  g_assert_cmpstr (kvar_column_get_name (kvar_table_get_version_column (hidden)), ==, "open");

  g_assert_true (kvar_table_get_is_partitioned (parts));
  g_assert_true (kvar_table_can_use_xmin (parts));
  g_assert_true (kvar_table_can_insert (parts));
  g_assert_false (kvar_table_can_update (parts));

  g_assert_true (kvar_table_get_is_view (view));
  g_assert_false (kvar_table_can_use_xmin (view));
}

static void
test_parser_links_tables (Fixture       *f,
                          gconstpointer  unused)
{
  KvarColumn *contact = find (f, "jobs", "contact_id");
  KvarReference *reference = kvar_column_get_reference (contact);
  KvarTable *child = kvar_schema_find_table (f->schema, "child");

  g_assert_cmpstr (kvar_column_get_title (contact), ==, "Contact");
  g_assert_cmpstr (kvar_reference_get_constraint (reference), ==, "jobs_contact_id_fkey");
  g_assert_cmpstr (kvar_reference_get_foreign_table (reference), ==, "contacts");
  g_assert_cmpstr (kvar_reference_get_foreign_columns (reference)[0], ==, "id");

  g_assert_cmpuint (kvar_table_get_n_references (child), ==, 1);
  g_assert_null (kvar_column_get_reference (kvar_table_find_column (child, "part_id")));
}

static void
test_parser_reads_functions (Fixture       *f,
                             gconstpointer  unused)
{
  KvarFunction *stats = kvar_schema_find_function (f->schema, "job_stats");
  KvarFunction *search = kvar_schema_find_function (f->schema, "search_jobs");
  KvarFunction *touch = kvar_schema_find_function (f->schema, "touch_job");
  KvarFunction *io = kvar_schema_find_function (f->schema, "io");

  g_assert_true (kvar_function_get_is_report (stats));
  g_assert_cmpuint (kvar_function_get_n_arguments (stats), ==, 0);
  g_assert_cmpuint (kvar_function_get_n_results (stats), ==, 3);
  g_assert_cmpstr (kvar_column_get_name (kvar_function_get_result (stats, 2)), ==, "total");

  g_assert_cmpstr (kvar_function_get_title (search), ==, "Search jobs");
  g_assert_cmpint (kvar_function_get_volatility (search), ==, KVAR_VOLATILITY_STABLE);
  g_assert_cmpuint (kvar_function_get_n_arguments (search), ==, 2);
  g_assert_false (kvar_column_get_has_default (kvar_function_get_argument (search, 0)));
  g_assert_true (kvar_column_get_has_default (kvar_function_get_argument (search, 1)));
  g_assert_cmpuint (kvar_function_get_n_results (search), ==, 15);

  g_assert_false (kvar_function_get_is_report (touch));
  g_assert_cmpstr (kvar_function_get_action_table (touch), ==, "jobs");
  g_assert_true (kvar_function_get_confirm (touch));

  g_assert_cmpuint (kvar_function_get_n_arguments (io), ==, 2);
  g_assert_cmpuint (kvar_function_get_n_results (io), ==, 2);
  g_assert_null (kvar_schema_find_function (f->schema, "trg"));
}

/* What is kept of typed tables is read back the same. */
static void
test_parser_reads_what_is_written (Fixture       *f,
                                   gconstpointer  unused)
{
  static const char *const key[] = { "ref", NULL };
  KvarTable *jobs = kvar_schema_find_table (f->schema, "jobs");
  g_autoptr(GPtrArray) tables = g_ptr_array_new ();
  g_autoptr(KvarSchema) again = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  KvarTable *table;
  guint n;

  g_assert_true (kvar_table_set_key (jobs, key, TRUE));
  g_ptr_array_add (tables, jobs);
  text = kvar_schema_write (tables);
  bytes = g_bytes_new (text, strlen (text));
  again = kvar_schema_parse (bytes, NULL);
  table = kvar_schema_find_table (again, "jobs");

  g_assert_cmpuint (kvar_table_get_n_columns (table), ==, kvar_table_get_n_columns (jobs));
  g_assert_cmpuint (kvar_table_get_key (table, &n)[0], ==, 1);
  g_assert_true (kvar_table_get_key_guessed (table));
  g_assert_true (kvar_table_can_use_xmin (table));
  g_assert_cmpint (kvar_column_get_kind (kvar_table_find_column (table, "price")), ==,
                   KVAR_KIND_DECIMAL);
}

static void
test_parser_refuses_others (void)
{
  static const char *const documents[] = {
    "", "null", "[]", "{}", "{\"version\": 1}", "{\"relations\": []}", "<html>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (documents[i], strlen (documents[i]));
      g_autoptr(GError) error = NULL;

      g_assert_null (kvar_schema_parse (bytes, &error));
      g_assert_error (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY);
    }
}

static void
test_parser_survives_odd_members (void)
{
  static const char document[] =
    "{\"version\": \"2\", \"functions\": {}, \"relations\": [null, 1, {}, {\"name\": 5}, "
    "{\"name\": \"t\", \"columns\": [{}, 7, {\"name\": \"a\", \"enum\": [1], \"type\": null}, "
    "{\"name\": \"a\"}], \"primary_key\": [\"b\"], \"unique_keys\": [{}], "
    "\"foreign_keys\": [{\"columns\": [\"a\"], \"foreign_columns\": []}], \"comment\": []}]}";
  g_autoptr(GBytes) bytes = g_bytes_new_static (document, strlen (document));
  g_autoptr(KvarSchema) schema = kvar_schema_parse (bytes, NULL);
  KvarTable *table = kvar_schema_find_table (schema, "t");
  guint n;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (schema)), ==, 1);
  g_assert_cmpuint (kvar_table_get_n_columns (table), ==, 1);
  kvar_table_get_key (table, &n);
  g_assert_cmpuint (n, ==, 0);
}

static void
test_schema_has_install_sql (void)
{
  const char *sql = kvar_schema_get_install_sql ();

  g_assert_true (g_str_has_prefix (sql, "-- kvar.sql"));
  g_assert_nonnull (strstr (sql, "create or replace function public.kvar_schema()"));
  g_assert_nonnull (strstr (sql, "drop function public.kvar_schema();\n"));
}

#define ADD(path, func) g_test_add ("/schema-parser/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("lists-tables", test_parser_lists_tables);
  ADD ("keeps-hidden-off-the-list", test_parser_keeps_hidden_off_the_list);
  ADD ("reads-columns", test_parser_reads_columns);
  ADD ("reads-directives", test_parser_reads_directives);
  ADD ("finds-keys", test_parser_finds_keys);
  ADD ("reads-privileges", test_parser_reads_privileges);
  ADD ("links-tables", test_parser_links_tables);
  ADD ("reads-functions", test_parser_reads_functions);
  ADD ("reads-what-is-written", test_parser_reads_what_is_written);
  g_test_add_func ("/schema-parser/refuses-others", test_parser_refuses_others);
  g_test_add_func ("/schema-parser/survives-odd-members", test_parser_survives_odd_members);
  g_test_add_func ("/schema/install-sql", test_schema_has_install_sql);

  return g_test_run ();
}
