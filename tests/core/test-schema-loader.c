/* test-schema-loader.c: how a schema is found out, kept, and typed where it is closed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-schema-fixture.h"

static void
test_loader_asks_the_function_first (Fixture       *f,
                                     gconstpointer  unused)
{
  g_autoptr(KvarSchema) schema = NULL;
  g_autoptr(GError) error = NULL;

  f->function_status = 200;
  f->function_body = SCHEMA ("jobs");
  schema = load (f, &error);

  g_assert_no_error (error);
  g_assert_cmpint (kvar_schema_get_origin (schema), ==, KVAR_SCHEMA_FUNCTION);
  g_assert_nonnull (kvar_schema_find_table (schema, "jobs"));
  g_assert_true (schema == kvar_schema_loader_get_schema (f->loader));
  g_assert_null (kvar_schema_loader_get_blocked (f->loader));
  g_assert_cmpint (kvar_schema_get_as_of (schema), ==, kvar_clock_get_server_time (f->clock));
  g_assert_cmpuint (kvar_test_transport_count (f->transport, "GET", "/rest/v1/"), ==, 1);
}

static void
test_loader_reads_an_open_root (Fixture       *f,
                                gconstpointer  unused)
{
  g_autoptr(KvarSchema) schema = NULL;

  f->root_status = 200;
  f->root_body = OPENAPI;
  schema = load (f, NULL);

  g_assert_cmpint (kvar_schema_get_origin (schema), ==, KVAR_SCHEMA_OPENAPI);
  g_assert_nonnull (kvar_schema_find_table (schema, "open"));
  g_assert_null (kvar_schema_loader_get_blocked (f->loader));
}

/* Whatever answers at that address: a document is not read for ever. */
static void
test_loader_bounds_documents (Fixture       *f,
                              gconstpointer  unused)
{
  g_autoptr(KvarSchema) schema = load (f, NULL);
  guint n_documents = 0;

  for (guint i = 0; i < kvar_test_transport_get_n_requests (f->transport); i++)
    {
      KvarRequest *request = kvar_test_transport_get_request (f->transport, i);

      if (!g_str_has_prefix (kvar_request_get_path (request), "/rest/v1/"))
        continue;
      g_assert_cmpuint (kvar_request_get_answer_max (request), <=, 64 * 1024 * 1024);
      n_documents++;
    }
  g_assert_cmpuint (n_documents, ==, 2);
}

/* 401 as hosted projects answer, 403 as self-hosted ones do, 404 where it is switched off. */
static void
test_loader_takes_a_closed_root_as_closed (Fixture       *f,
                                           gconstpointer  unused)
{
  static const int statuses[] = { 401, 403, 404, 200 };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr(KvarSchema) schema = NULL;
      g_autoptr(GError) error = NULL;

      f->root_status = statuses[i];
      f->root_body = statuses[i] == 200 ? "{\"hello\": \"from the owner's own function\"}" : CLOSED;
      restart (f);
      schema = load (f, &error);

      g_assert_no_error (error);
      g_assert_cmpint (kvar_schema_get_origin (schema), ==, KVAR_SCHEMA_TYPED);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (schema)), ==, 0);
      g_assert_nonnull (kvar_schema_loader_get_blocked (f->loader));
      g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
    }
}

static void
test_loader_fails_when_nothing_is_known (Fixture       *f,
                                         gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  f->function_status = 503;
  f->function_body = "{}";
  g_assert_null (load (f, &error));
  g_assert_nonnull (error);
  g_assert_null (kvar_schema_loader_get_schema (f->loader));
  g_assert_null (kvar_schema_loader_get_blocked (f->loader));
}

static void
test_loader_keeps_what_was_known (Fixture       *f,
                                  gconstpointer  unused)
{
  g_autoptr(KvarSchema) first = NULL;
  g_autoptr(KvarSchema) second = NULL;
  g_autoptr(GError) error = NULL;

  f->function_status = 200;
  f->function_body = SCHEMA ("jobs");
  first = load (f, NULL);
  g_clear_object (&first);
  restart (f);

  f->function_status = 0;
  second = load (f, &error);
  g_assert_no_error (error);
  g_assert_nonnull (kvar_schema_find_table (second, "jobs"));
  g_assert_cmpint (kvar_schema_get_origin (second), ==, KVAR_SCHEMA_FUNCTION);
}

static void
test_loader_shows_the_cache_at_once (Fixture       *f,
                                     gconstpointer  unused)
{
  g_autoptr(KvarSchema) schema = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  KvarSchema *cached;

  f->function_status = 200;
  f->function_body = SCHEMA ("jobs");
  schema = load (f, NULL);
  g_clear_object (&schema);
  restart (f);

  kvar_schema_loader_load_async (f->loader, NULL, kvar_test_keep_result, &result);
  cached = kvar_schema_loader_get_schema (f->loader);
  g_assert_nonnull (cached);
  g_assert_nonnull (kvar_schema_find_table (cached, "jobs"));

  /* The same answer makes no other object, so that pages keep theirs. */
  kvar_test_wait_until (result != NULL);
  schema = kvar_schema_loader_load_finish (f->loader, result, NULL);
  g_assert_true (schema == cached);
}

static void
test_loader_replaces_what_has_changed (Fixture       *f,
                                       gconstpointer  unused)
{
  g_autoptr(KvarSchema) first = NULL;
  g_autoptr(KvarSchema) second = NULL;
  guint n_notified = 0;

  f->function_status = 200;
  f->function_body = SCHEMA ("jobs");
  first = load (f, NULL);
  g_signal_connect_swapped (f->loader, "notify::schema", G_CALLBACK (g_atomic_int_inc),
                            &n_notified);
  f->function_body = SCHEMA ("contacts");
  second = load (f, NULL);

  g_assert_true (first != second);
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_null (kvar_schema_find_table (second, "jobs"));
  g_assert_nonnull (kvar_schema_find_table (second, "contacts"));
}

/* A page that shows a table goes on with it, and with the same one as a page that is opened now. */
static void
test_loader_keeps_unchanged_tables (Fixture       *f,
                                    gconstpointer  unused)
{
  g_autoptr(KvarSchema) first = NULL;
  g_autoptr(KvarSchema) second = NULL;

  f->function_status = 200;
  f->function_body = TWO_TABLES ("email");
  first = load (f, NULL);
  f->function_body = TWO_TABLES ("phone");
  second = load (f, NULL);

  g_assert_true (first != second);
  g_assert_true (kvar_schema_find_table (first, "jobs") ==
                 kvar_schema_find_table (second, "jobs"));
  g_assert_true (kvar_schema_find_table (first, "contacts") !=
                 kvar_schema_find_table (second, "contacts"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (second)), ==, 2);
}

static gboolean
import (Fixture     *f,
        const char  *document,
        GError     **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new (document, strlen (document));
  g_autoptr(GAsyncResult) result = NULL;

  kvar_schema_loader_import_async (f->loader, bytes, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  return kvar_schema_loader_import_finish (f->loader, result, error);
}

/* A project that tells nothing is known by the file that its owner handed out, until it tells
 * something itself. */
static void
test_loader_takes_a_file (Fixture       *f,
                          gconstpointer  unused)
{
  g_autoptr(KvarSchema) schema = load (f, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (kvar_schema_loader_get_blocked (f->loader));
  g_assert_false (import (f, "{\"name\": \"package\"}", &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_INVALID);
  g_clear_error (&error);

  g_assert_true (import (f, SCHEMA ("jobs"), &error));
  g_assert_no_error (error);
  g_assert_null (kvar_schema_loader_get_blocked (f->loader));
  g_clear_object (&schema);
  restart (f);
  schema = load (f, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kvar_schema_get_origin (schema), ==, KVAR_SCHEMA_FILE);
  g_assert_nonnull (kvar_schema_find_table (schema, "jobs"));
  g_assert_null (kvar_schema_loader_get_blocked (f->loader));
  g_clear_object (&schema);

  f->function_status = 200;
  f->function_body = SCHEMA ("contacts");
  schema = load (f, &error);
  g_assert_cmpint (kvar_schema_get_origin (schema), ==, KVAR_SCHEMA_FUNCTION);
  g_assert_null (kvar_schema_find_table (schema, "jobs"));
}

static void
test_loader_takes_an_openapi_file (Fixture       *f,
                                   gconstpointer  unused)
{
  g_autoptr(KvarSchema) schema = load (f, NULL);

  g_assert_true (import (f, OPENAPI, NULL));
  g_assert_nonnull (kvar_schema_find_table (kvar_schema_loader_get_schema (f->loader), "open"));
}

static void
assert_title (Fixture    *f,
              const char *table_title,
              const char *column_title)
{
  KvarTable *table = kvar_schema_find_table (kvar_schema_loader_get_schema (f->loader), "jobs");

  g_assert_cmpstr (kvar_table_get_title (table), ==, table_title);
  g_assert_cmpstr (kvar_column_get_title (kvar_table_find_column (table, "id")), ==, column_title);
}

static void
test_loader_renames (Fixture       *f,
                     gconstpointer  unused)
{
  g_autoptr(KvarSchema) schema = NULL;
  g_autoptr(KvarTable) first = NULL;
  g_autoptr(GError) error = NULL;

  f->function_status = 200;
  f->function_body = TWO_TABLES ("email");
  schema = load (f, NULL);
  g_assert_true (kvar_schema_loader_rename (f->loader, "jobs", NULL, " Åtaganden ", &error));
  g_assert_true (kvar_schema_loader_rename (f->loader, "jobs", "id", "Nummer", &error));
  g_assert_no_error (error);
  assert_title (f, "Åtaganden", "Nummer");
  g_clear_object (&schema);

  /* Kept over a restart, and when the project has changed. */
  restart (f);
  f->function_body = TWO_TABLES ("phone");
  schema = load (f, NULL);
  assert_title (f, "Åtaganden", "Nummer");
  g_assert_true (kvar_schema_loader_rename (f->loader, "jobs", NULL, "Aaa", &error));
  first = g_list_model_get_item (G_LIST_MODEL (schema), 0);
  g_assert_cmpstr (kvar_table_get_name (first), ==, "jobs");

  g_assert_true (kvar_schema_loader_rename (f->loader, "jobs", NULL, "", &error));
  g_assert_true (kvar_schema_loader_rename (f->loader, "jobs", "id", NULL, &error));
  assert_title (f, "Jobs", "ID");
}

static void
test_loader_survives_a_spoilt_cache (Fixture       *f,
                                     gconstpointer  unused)
{
  g_autoptr(KvarSchema) schema = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = NULL;
  const char *name;

  f->function_status = 200;
  f->function_body = SCHEMA ("jobs");
  schema = load (f, NULL);
  g_clear_object (&schema);

  dir = g_dir_open (f->dir, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->dir, name, NULL);

      if (g_str_has_suffix (name, ".json") && strstr (name, "schema") != NULL)
        g_assert_true (g_file_set_contents (path, "{\"version\"", -1, NULL));
    }
  restart (f);
  schema = load (f, &error);

  g_assert_no_error (error);
  g_assert_nonnull (kvar_schema_find_table (schema, "jobs"));
}

static void
test_loader_adds_a_typed_table (Fixture       *f,
                                gconstpointer  unused)
{
  g_autoptr(KvarSchema) schema = load (f, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(KvarTable) table = add_table (f, " jobs ", NULL, &error);
  guint n;

  g_assert_no_error (error);
  g_assert_true (kvar_schema_find_table (schema, "jobs") == table);
  g_assert_cmpint (kvar_column_get_kind (kvar_table_find_column (table, "id")), ==,
                   KVAR_KIND_INTEGER);
  g_assert_cmpint (kvar_column_get_kind (kvar_table_find_column (table, "title")), ==,
                   KVAR_KIND_TEXT);
  g_assert_false (kvar_column_get_can_update (kvar_table_find_column (table, "doc")));
  g_assert_cmpint (kvar_column_get_kind (kvar_table_find_column (table, "file")), ==,
                   KVAR_KIND_BYTES);
  g_assert_cmpuint (kvar_table_get_key (table, &n)[0], ==, 0);
  g_assert_true (kvar_table_get_key_guessed (table));
  g_assert_true (kvar_table_can_update (table));
  g_assert_false (kvar_table_can_delete (table));
  g_assert_true (kvar_table_can_use_xmin (table));
}

static void
test_loader_remembers_typed_tables (Fixture       *f,
                                    gconstpointer  unused)
{
  static const char *const key[] = { "title", NULL };
  g_autoptr(KvarSchema) schema = load (f, NULL);
  g_autoptr(KvarTable) table = add_table (f, "jobs", NULL, NULL);
  KvarTable *again;
  guint n;

  g_assert_true (kvar_schema_loader_set_key (f->loader, table, key, NULL));
  g_clear_object (&table);
  g_clear_object (&schema);
  restart (f);

  schema = load (f, NULL);
  again = kvar_schema_find_table (schema, "jobs");
  g_assert_nonnull (again);
  g_assert_cmpuint (kvar_table_get_key (again, &n)[0], ==, 1);
  g_assert_true (kvar_table_get_key_guessed (again));
  g_assert_cmpint (kvar_column_get_kind (kvar_table_find_column (again, "id")), ==,
                   KVAR_KIND_INTEGER);

  kvar_schema_loader_remove_table (f->loader, "jobs");
  g_clear_object (&schema);
  restart (f);
  schema = load (f, NULL);
  g_assert_null (kvar_schema_find_table (schema, "jobs"));
}

static void
test_loader_asks_for_columns (Fixture       *f,
                              gconstpointer  unused)
{
  static const char *const columns[] = { "id", "title", NULL };
  static const char *const wrong[] = { "id", "nope", NULL };
  g_autoptr(KvarSchema) schema = load (f, NULL);
  g_autoptr(KvarTable) table = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (schema);
  f->row = "[]";
  g_assert_null (add_table (f, "jobs", NULL, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_INVALID);
  g_assert_cmpstr (kvar_error_get_field (error), ==, "columns");
  g_clear_error (&error);

  g_assert_null (add_table (f, "jobs", wrong, &error));
  g_assert_cmpstr (error->message, ==, "There is no column “nope” in this table.");
  g_clear_error (&error);

  table = add_table (f, "jobs", columns, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kvar_table_get_n_columns (table), ==, 2);
}

static void
test_loader_refuses_unknown_names (Fixture       *f,
                                   gconstpointer  unused)
{
  g_autoptr(KvarSchema) schema = load (f, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (schema);
  g_assert_null (add_table (f, "nothing", NULL, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_INVALID);
  g_assert_cmpstr (kvar_error_get_field (error), ==, "name");
  g_clear_error (&error);
  g_assert_null (add_table (f, "  ", NULL, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_INVALID);
}

#define ADD(path, func) g_test_add ("/schema-loader/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("load/function-first", test_loader_asks_the_function_first);
  ADD ("D20/documents-are-bounded", test_loader_bounds_documents);
  ADD ("load/open-root", test_loader_reads_an_open_root);
  ADD ("load/closed-root", test_loader_takes_a_closed_root_as_closed);
  ADD ("load/nothing-known", test_loader_fails_when_nothing_is_known);
  ADD ("load/keeps-what-was-known", test_loader_keeps_what_was_known);
  ADD ("load/cache-at-once", test_loader_shows_the_cache_at_once);
  ADD ("load/replaces", test_loader_replaces_what_has_changed);
  ADD ("load/keeps-unchanged-tables", test_loader_keeps_unchanged_tables);
  ADD ("load/spoilt-cache", test_loader_survives_a_spoilt_cache);
  ADD ("file/takes-one", test_loader_takes_a_file);
  ADD ("file/openapi", test_loader_takes_an_openapi_file);
  ADD ("renames", test_loader_renames);
  ADD ("typed/adds", test_loader_adds_a_typed_table);
  ADD ("typed/remembers", test_loader_remembers_typed_tables);
  ADD ("typed/asks-for-columns", test_loader_asks_for_columns);
  ADD ("typed/unknown-names", test_loader_refuses_unknown_names);

  return g_test_run ();
}
