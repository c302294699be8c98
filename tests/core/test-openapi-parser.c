/* test-openapi-parser.c: what a real PostgREST's root document says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>
#include <string.h>

#include "kvar-error.h"
#include "schema/kvar-openapi-parser.h"

typedef struct
{
  KvarSchema *schema;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  unused)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "openapi.json", NULL);
  g_autoptr(GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (file);
  bytes = g_mapped_file_get_bytes (file);
  f->schema = kvar_openapi_parse (bytes, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  g_assert_finalize_object (f->schema);
}

static void
test_openapi_reads_tables (Fixture       *f,
                           gconstpointer  unused)
{
  KvarTable *jobs = kvar_schema_find_table (f->schema, "jobs");
  KvarTable *view = kvar_schema_find_table (f->schema, "open_jobs");
  KvarTable *link = kvar_schema_find_table (f->schema, "job_contacts");
  guint n;

  g_assert_cmpint (kvar_schema_get_origin (f->schema), ==, KVAR_SCHEMA_OPENAPI);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->schema)), ==, 5);
  g_assert_cmpuint (kvar_table_get_n_columns (jobs), ==, 15);
  g_assert_cmpstr (kvar_column_get_name (kvar_table_get_column (jobs, 2)), ==, "title");
  g_assert_cmpuint (kvar_table_get_key (jobs, &n)[0], ==, 0);
  g_assert_cmpuint (n, ==, 1);
  kvar_table_get_key (link, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_true (kvar_table_can_update (jobs));
  g_assert_true (kvar_table_get_is_view (view));
  g_assert_false (kvar_table_get_is_view (jobs));
  g_assert_cmpstr (kvar_column_get_name (kvar_table_get_label_column (jobs)), ==, "title");
}

static void
test_openapi_reads_columns (Fixture       *f,
                            gconstpointer  unused)
{
  KvarTable *jobs = kvar_schema_find_table (f->schema, "jobs");
  KvarTable *contacts = kvar_schema_find_table (f->schema, "contacts");
  KvarColumn *contact = kvar_table_find_column (jobs, "contact_id");
  KvarColumn *status = kvar_table_find_column (jobs, "status");
  KvarColumn *name = kvar_table_find_column (contacts, "full_name");
  KvarReference *reference = kvar_column_get_reference (contact);

  g_assert_cmpstr (kvar_reference_get_foreign_table (reference), ==, "contacts");
  g_assert_null (kvar_reference_get_constraint (reference));
  g_assert_null (kvar_column_get_help (contact));
  g_assert_cmpstr (kvar_column_get_title (contact), ==, "Contact");
  g_assert_cmpint (kvar_column_get_kind (status), ==, KVAR_KIND_ENUM);
  g_assert_cmpstr (kvar_type_get_name (kvar_column_get_column_type (status)), ==, "job_status");
  g_assert_false (kvar_column_get_nullable (status));
  g_assert_cmpstr (kvar_column_get_default (status), ==, "draft");
  g_assert_cmpint (kvar_type_get_max_length (kvar_column_get_column_type (name)), ==, 120);
  g_assert_true (kvar_column_get_nullable (contact));
  g_assert_true (kvar_column_get_has_default (kvar_table_find_column (contacts, "id")));
  g_assert_cmpstr (kvar_column_get_help (kvar_table_find_column (jobs, "total")), ==,
                   "price * hours, generated");
}

static void
test_openapi_reads_functions (Fixture       *f,
                              gconstpointer  unused)
{
  KvarFunction *search = kvar_schema_find_function (f->schema, "search_jobs");
  KvarFunction *touch = kvar_schema_find_function (f->schema, "touch_job");

  /* PostgREST 12 offers GET for both, so neither is believed. */
  g_assert_cmpint (kvar_function_get_volatility (search), ==, KVAR_VOLATILITY_VOLATILE);
  g_assert_cmpuint (kvar_function_get_n_arguments (search), ==, 2);
  g_assert_cmpstr (kvar_function_get_help (search), ==, "Case-insensitive title search");
  g_assert_cmpint (kvar_function_get_volatility (touch), ==, KVAR_VOLATILITY_VOLATILE);
}

/* int32 and int64 since PostgREST 14.8; a comment before the note; a directive in it. */
static void
test_openapi_reads_both_spellings (void)
{
  static const char document[] =
    "{\"swagger\": \"2.0\", \"paths\": {}, \"definitions\": {\"t\": {\"required\": [\"a\"], "
    "\"description\": \"Things @kvar({\\\"title\\\": \\\"Our things\\\"})\", \"properties\": {"
    "\"a\": {\"format\": \"int64\", \"type\": \"integer\", "
    "\"description\": \"The number\\n\\nNote:\\nThis is a Primary Key.<pk/>\"}, "
    "\"b\": {\"format\": \"int32\", \"type\": \"integer\", \"maxLength\": \"x\"}, "
    "\"c\": {\"type\": \"string\", \"description\": \"Note:\\nnot PostgREST's\"}}}}}";
  g_autoptr(GBytes) bytes = g_bytes_new_static (document, strlen (document));
  g_autoptr(KvarSchema) schema = kvar_openapi_parse (bytes, NULL);
  KvarTable *table = kvar_schema_find_table (schema, "t");
  KvarColumn *a = kvar_table_find_column (table, "a");
  KvarColumn *b = kvar_table_find_column (table, "b");
  KvarColumn *c = kvar_table_find_column (table, "c");

  g_assert_cmpstr (kvar_table_get_title (table), ==, "Our things");
  g_assert_cmpstr (kvar_table_get_help (table), ==, "Things");
  g_assert_cmpint (kvar_type_get_size (kvar_column_get_column_type (a)), ==, 8);
  g_assert_cmpstr (kvar_column_get_help (a), ==, "The number");
  g_assert_true (kvar_table_is_key_column (table, a));
  g_assert_cmpint (kvar_type_get_size (kvar_column_get_column_type (b)), ==, 4);
  g_assert_cmpint (kvar_column_get_kind (c), ==, KVAR_KIND_TEXT);
  g_assert_cmpstr (kvar_column_get_help (c), ==, "Note:\nnot PostgREST's");
}

static void
test_openapi_believes_newer_volatility (void)
{
  static const char document[] =
    "{\"swagger\": \"2.0\", \"info\": {\"version\": \"14.8\"}, \"definitions\": {}, "
    "\"paths\": {\"/rpc/a\": {\"get\": {}, \"post\": {}}, \"/rpc/b\": {\"post\": {}}}}";
  g_autoptr(GBytes) bytes = g_bytes_new_static (document, strlen (document));
  g_autoptr(KvarSchema) schema = kvar_openapi_parse (bytes, NULL);

  g_assert_cmpint (kvar_function_get_volatility (kvar_schema_find_function (schema, "a")), ==,
                   KVAR_VOLATILITY_STABLE);
  g_assert_cmpint (kvar_function_get_volatility (kvar_schema_find_function (schema, "b")), ==,
                   KVAR_VOLATILITY_VOLATILE);
}

static void
test_openapi_refuses_others (void)
{
  static const char *const documents[] = {
    "", "[]", "{}", "{\"swagger\": \"2.0\"}", "{\"definitions\": {}}",
    "{\"swagger\": 2, \"definitions\": {}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (documents[i], strlen (documents[i]));
      g_autoptr(GError) error = NULL;

      g_assert_null (kvar_openapi_parse (bytes, &error));
      g_assert_error (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY);
    }
}

#define ADD(path, func) g_test_add ("/openapi-parser/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("reads-tables", test_openapi_reads_tables);
  ADD ("reads-columns", test_openapi_reads_columns);
  ADD ("reads-functions", test_openapi_reads_functions);
  g_test_add_func ("/openapi-parser/both-spellings", test_openapi_reads_both_spellings);
  g_test_add_func ("/openapi-parser/volatility", test_openapi_believes_newer_volatility);
  g_test_add_func ("/openapi-parser/refuses-others", test_openapi_refuses_others);

  return g_test_run ();
}
