/* test-schema-cases.c: what projects do to their schema, case by case
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The numbers are those of tests/rest-cases.txt.
 */

#include "kvar-schema-fixture.h"
#include "schema/kvar-schema-document.h"

static char *
write_long_document (void)
{
  GString *document = g_string_new ("{\"version\":1,\"relations\":[");

  for (int i = 0; i < 900; i++)
    g_string_append_printf (document, "%s{\"name\":\"table_%d\",\"kind\":\"table\","
                            "\"comment\":\"What people write here, at some length\",\"columns\":"
                            "[{\"name\":\"id\",\"type\":\"integer\"},"
                            "{\"name\":\"title\",\"type\":\"text\"}]}", i > 0 ? "," : "", i);
  g_string_append (document, "],\"functions\":[]}");
  return g_string_free (document, FALSE);
}

static GThread *reader;

static KvarSchema *
note_thread (GBytes  *document,
             GError **error)
{
  reader = g_thread_self ();
  return kvar_schema_document_parse (document, error);
}

/* A long document is read elsewhere, so that the window goes on; a short one at once. */
static void
test_long_documents_are_read_elsewhere (void)
{
  g_autofree char *text = write_long_document ();
  const char *const documents[] = { SCHEMA ("jobs"), text };

  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr(GBytes) document = g_bytes_new (documents[i], strlen (documents[i]));
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(KvarSchema) schema = NULL;
      g_autoptr(GError) error = NULL;

      kvar_schema_document_parse_async (document, note_thread, NULL, kvar_test_keep_result,
                                        &result);
      kvar_test_wait_until (result != NULL);
      schema = kvar_schema_document_parse_finish (result, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (schema)), ==, i == 0 ? 1 : 900);
      g_assert_true ((reader == g_thread_self ()) == (i == 0));
    }
}

static guint
count_asked (Fixture *f)
{
  return kvar_test_transport_count (f->transport, "GET", "/rest/v1/rpc/kvar_schema");
}

static void
schema_shown_cb (KvarSchemaLoader *loader,
                 GParamSpec       *pspec,
                 gpointer          user_data)
{
  guint *n_asked = user_data;

  *n_asked = count_asked (g_object_get_data (G_OBJECT (loader), "fixture"));
}

/* However many tables there are: those of the last time are shown before anybody is asked. */
static void
test_shows_a_long_cache_first (Fixture       *f,
                                      gconstpointer  unused)
{
  g_autofree char *text = write_long_document ();
  g_autoptr(KvarSchema) schema = NULL;
  g_autoptr(GError) error = NULL;
  guint n_asked = G_MAXUINT;

  f->function_status = 200;
  f->function_body = text;
  schema = load (f, NULL);
  g_assert_cmpuint (count_asked (f), ==, 1);
  g_clear_object (&schema);
  restart (f);

  g_object_set_data (G_OBJECT (f->loader), "fixture", f);
  g_signal_connect (f->loader, "notify::schema", G_CALLBACK (schema_shown_cb), &n_asked);
  f->function_status = 0;
  schema = load (f, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_asked, ==, 1);
  g_assert_cmpuint (count_asked (f), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (schema)), ==, 900);
}

#define VIEW(more) \
  "{\"version\":1,\"relations\":[{\"name\":\"open_jobs\",\"kind\":\"view\"," more \
  "\"updatable\":true,\"columns\":[{\"name\":\"id\",\"type\":\"integer\"}," \
  "{\"name\":\"title\",\"type\":\"text\"}]}],\"functions\":[]}"

/* The names of a table's key, with commas, and "?" behind a guess. */
static char *
describe_key (KvarTable *table)
{
  GString *text = g_string_new (NULL);
  const guint *key = NULL;
  guint n_key = 0;

  key = kvar_table_get_key (table, &n_key);
  for (guint i = 0; i < n_key; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "",
                            kvar_column_get_name (kvar_table_get_column (table, key[i])));
  if (kvar_table_get_key_guessed (table))
    g_string_append_c (text, '?');
  return g_string_free (text, FALSE);
}

static KvarTable *
assert_key (Fixture    *f,
            const char *expected)
{
  KvarTable *table = kvar_schema_find_table (kvar_schema_loader_get_schema (f->loader),
                                             "open_jobs");
  g_autofree char *key = describe_key (table);

  g_assert_cmpstr (key, ==, expected);
  return table;
}

/* A view without a key gets the one that the person chooses: for good, also when the view has
 * changed, until the project knows better. */
static void
test_chosen_key_is_kept (Fixture       *f,
                         gconstpointer  unused)
{
  static const char *const columns[] = { "title", "id", NULL };
  static const char *const wrong[] = { "nope", NULL };
  g_autoptr(KvarSchema) schema = NULL;
  g_autoptr(GError) error = NULL;
  KvarTable *table = NULL;

  f->function_status = 200;
  f->function_body = VIEW ("");
  schema = load (f, NULL);
  table = assert_key (f, "");
  g_assert_true (kvar_schema_loader_can_choose_key (f->loader, table));
  g_assert_false (kvar_schema_loader_set_key (f->loader, table, wrong, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (kvar_schema_loader_set_key (f->loader, table, columns, &error));
  g_assert_no_error (error);
  assert_key (f, "title,id?");
  g_clear_object (&schema);

  restart (f);
  schema = load (f, NULL);
  table = assert_key (f, "title,id?");
  g_assert_true (kvar_schema_loader_can_choose_key (f->loader, table));
  g_clear_object (&schema);

  f->function_body = VIEW ("\"comment\":\"Now with words\",");
  schema = load (f, NULL);
  assert_key (f, "title,id?");
  g_clear_object (&schema);

  f->function_body = VIEW ("\"primary_key\":[\"id\"],");
  schema = load (f, NULL);
  table = assert_key (f, "id");
  g_assert_false (kvar_schema_loader_can_choose_key (f->loader, table));
}

#define ADD(path, func) g_test_add ("/schema-loader/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("REST-8/chosen-key-is-kept", test_chosen_key_is_kept);
  g_test_add_func ("/schema-loader/REST-11/long-documents-are-read-elsewhere",
                   test_long_documents_are_read_elsewhere);
  ADD ("REST-11/long-cache-first", test_shows_a_long_cache_first);

  return g_test_run ();
}
