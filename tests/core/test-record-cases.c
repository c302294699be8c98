/* test-record-cases.c: what servers and tables do to records, case by case
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The numbers are those of tests/rest-cases.txt.
 */

#include "config.h"

#include <string.h>

#include "kvar-store-fixture.h"
#include "records/kvar-keyset.h"
#include "records/kvar-rest-api.h"
#include "records/kvar-value-format.h"
#include "schema/kvar-openapi-parser.h"
#include "schema/kvar-schema-parser.h"

#define MEBIBYTE (1024 * 1024)

static KvarSchema *
parse_openapi (const char *document)
{
  g_autoptr(GBytes) bytes = g_bytes_new (document, strlen (document));
  g_autoptr(GError) error = NULL;
  KvarSchema *schema = kvar_openapi_parse (bytes, &error);

  g_assert_no_error (error);
  return schema;
}

static GPtrArray *
read_rows (KvarTable  *table,
           const char *body)
{
  g_autoptr(KvarSelection) selection =
    kvar_selection_new (table, NULL, KVAR_SELECT_VALUES | KVAR_SELECT_LABELS);
  g_autoptr(GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr(GError) error = NULL;
  GPtrArray *records = kvar_selection_read (selection, bytes, &error);

  g_assert_no_error (error);
  return records;
}

/* OpenAPI requires a serial key, and drops its default: nobody has to type it all the same. */
static void
test_serial_key_is_not_asked_for (void)
{
  g_autoptr(KvarSchema) schema = parse_openapi (
    "{\"swagger\": \"2.0\", \"paths\": {\"/t\": {\"post\": {}}}, \"definitions\": {\"t\": {"
    "\"required\": [\"id\", \"name\"], \"properties\": {"
    "\"id\": {\"format\": \"int64\", \"description\": \"Note:\\nThis is a Primary Key.<pk/>\"}, "
    "\"name\": {\"format\": \"text\"}}}}}");
  KvarTable *table = kvar_schema_find_table (schema, "t");
  g_autoptr(KvarDraft) draft = kvar_draft_new (table, NULL);
  KvarColumn *first = NULL;

  g_assert_false (kvar_draft_validate (draft, &first));
  g_assert_cmpstr (kvar_column_get_name (first), ==, "name");
  kvar_draft_set_input (draft, first, "x");
  g_assert_true (kvar_draft_validate (draft, &first));
}

static void
test_nine_hundred_tables (void)
{
  g_autoptr(GString) document = g_string_new ("{\"swagger\": \"2.0\", \"paths\": {}, "
                                              "\"definitions\": {");
  g_autoptr(KvarSchema) schema = NULL;

  for (int table = 0; table < 900; table++)
    {
      g_string_append_printf (document, "%s\"table_%d\": {\"properties\": {",
                              table > 0 ? "," : "", table);
      for (int column = 0; column < 3; column++)
        g_string_append_printf (document, "%s\"column_%d\": {\"format\": \"text\", "
                                "\"description\": \"What people write here, at some length\"}",
                                column > 0 ? "," : "", column);
      g_string_append (document, "}}");
    }
  g_string_append (document, "}}");

  schema = parse_openapi (document->str);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (schema)), ==, 900);
  g_assert_cmpuint (kvar_table_get_n_columns (kvar_schema_find_table (schema, "table_899")), ==,
                    3);
}

/* A count below an estimate would make a page that is there a refusal. */
static void
test_pages_ask_for_no_count (void)
{
  g_autoptr(KvarTable) table = kvar_test_table_new_jobs ();
  g_autoptr(KvarQuery) query = kvar_query_new ();
  g_autoptr(KvarSelection) selection = kvar_selection_new (table, NULL, KVAR_SELECT_VALUES);
  g_autoptr(KvarKeyset) keyset = kvar_keyset_new (table, query);
  g_autoptr(KvarRequest) request =
    kvar_rest_api_select_page (selection, query, keyset, NULL, 0, 100);

  g_assert_null (kvar_request_get_header (request, "Prefer"));
  g_assert_null (kvar_request_get_header (request, "Range"));
}

/* Whole in the record, short in the list. */
static void
test_ten_megabytes_in_a_cell (void)
{
  g_autoptr(KvarTable) table = kvar_test_table_new_jobs ();
  g_autoptr(KvarLocale) locale = kvar_locale_new (".", ",", KVAR_DATE_ORDER_YMD, '-', NULL);
  g_autofree char *text = g_strnfill (10 * MEBIBYTE, 'x');
  g_autofree char *body = g_strdup_printf ("[{\"id\":\"1\",\"title\":\"%s\"}]", text);
  g_autoptr(GPtrArray) records = read_rows (table, body);
  g_autoptr(KvarValue) value = NULL;
  g_autofree char *display = NULL;

  value = kvar_record_get_value (g_ptr_array_index (records, 0),
                                 kvar_table_find_column (table, "title"));
  g_assert_cmpuint (strlen (kvar_value_get_text (value)), ==, 10 * MEBIBYTE);
  display = kvar_value_format_display (value, locale);
  g_assert_cmpint (g_utf8_strlen (display, -1), <=, 201);
}

/* The key is there, and its record is not to be seen: not nothing, and nobody's label. */
static void
test_hidden_parent (void)
{
  g_autoptr(KvarTable) table = kvar_test_table_new_jobs ();
  g_autoptr(GPtrArray) records =
    read_rows (table, "[{\"id\":\"1\",\"contact_id\":\"7\",\"kvar_label_of_contact_id\":null}]");
  KvarRecord *record = g_ptr_array_index (records, 0);
  KvarColumn *contact = kvar_table_find_column (table, "contact_id");

  g_assert_null (kvar_record_get_label_of (record, contact));
  g_assert_cmpstr (kvar_record_get_text (record, kvar_table_find_column_index (
                                                   table, "contact_id")), ==, "7");
}

/* A label that was added meanwhile is shown and kept, and never taken for the first one. */
static void
test_new_label_of_an_enum (void)
{
  static const char *const labels[] = { "draft", "open", NULL };
  g_autoptr(KvarType) type = kvar_type_new ("job_status", labels);
  g_autoptr(KvarValue) value = kvar_value_new (type, "on_hold");
  g_autofree char *display = kvar_value_to_display (value);
  g_autofree char *input = kvar_value_to_input (value);
  g_autoptr(KvarValue) again = kvar_value_parse_over (value, input, NULL);

  g_assert_cmpstr (display, ==, "On hold");
  g_assert_cmpstr (kvar_value_get_text (again), ==, "on_hold");
}

/* A guard that matches two rows: the server rolled back, and nobody can tell them apart. */
static void
test_two_rows_with_one_key (StoreFixture  *f,
                            gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  answer (f, 406, "{\"code\":\"PGRST116\",\"details\":\"The result contains 2 rows\","
                  "\"message\":\"Cannot coerce the result to a single JSON object\"}");
  answer (f, 200, "[" ROW ("Roof", "12.50", "811") "," ROW ("Roof", "12.50", "811") "]");
  g_assert_null (save (f, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==,
                   "Several records have this key, so this one can't be told from them.");
  g_assert_true (kvar_draft_get_changed (f->draft));
}

static void
test_server_fills_it_in (StoreFixture  *f,
                         gconstpointer  unused)
{
  answer (f, 400, "{\"code\":\"428C9\",\"message\":\"column \\\"price\\\" can only be updated to "
                  "DEFAULT\",\"details\":\"Column \\\"price\\\" is a generated column.\"}");
  kvar_draft_set_input (f->draft, f->price, "5");
  assert_save_fails (f, KVAR_ERROR_INVALID);
  g_assert_cmpstr (kvar_draft_get_problem (f->draft, f->price), ==,
                   "Price is filled in by the server and can't be changed.");
  g_assert_null (kvar_draft_get_problem (f->draft, f->title));
}

/* Nothing was saved, and it can be tried again. */
static void
test_statement_timeout (StoreFixture  *f,
                        gconstpointer  unused)
{
  answer (f, 500, "{\"code\":\"57014\",\"message\":\"canceling statement due to statement "
                  "timeout\"}");
  assert_save_fails (f, KVAR_ERROR_REFUSED);
  answer (f, 200, ROW ("Roofs", "12.50", "812"));
  assert_saves (f, "Roofs");
}

static void
test_serialization_failure (StoreFixture  *f,
                            gconstpointer  unused)
{
  answer (f, 500, "{\"code\":\"40001\",\"message\":\"could not serialize access\"}");
  assert_save_fails (f, KVAR_ERROR_REFUSED);
  answer (f, 200, ROW ("Roofs", "12.50", "812"));
  assert_saves (f, "Roofs");
}

/* A trigger's words, with a status that must end no session. */
static void
test_trigger_raises (StoreFixture  *f,
                     gconstpointer  unused)
{
  answer (f, 401, "{\"code\":\"PT401\",\"message\":\"Ask the treasurer first\"}");
  assert_save_fails (f, KVAR_ERROR_REFUSED);
  g_assert_cmpint (kvar_session_get_state (f->s.session), ==, KVAR_SESSION_SIGNED_IN);
}

/* What the server made of it is what the record holds afterwards. */
static void
test_trigger_rewrites (StoreFixture  *f,
                       gconstpointer  unused)
{
  answer (f, 200, ROW ("roofs", "99.00", "812"));
  assert_saves (f, "roofs");
  g_assert_cmpstr (kvar_record_get_text (kvar_draft_get_base (f->draft), 2), ==, "99.00");
}

static KvarTable *
new_table_with_two_keys (void)
{
  static const char document[] =
    "{\"version\":1,\"relations\":[{\"name\":\"job notes\",\"kind\":\"table\",\"updatable\":true,"
    "\"primary_key\":[\"a\",\"b.c\"],\"columns\":[{\"name\":\"a\",\"type\":\"integer\"},"
    "{\"name\":\"b.c\",\"type\":\"text\",\"update\":true}]}],\"functions\":[]}";
  g_autoptr(GBytes) bytes = g_bytes_new_static (document, strlen (document));
  g_autoptr(KvarSchema) schema = kvar_schema_parse (bytes, NULL);

  return g_object_ref (kvar_schema_find_table (schema, "job notes"));
}

/* All parts of a key find the row, percent-encoded and nothing else, whatever is in them. */
static void
test_whole_odd_key (void)
{
  static const char *const keys[] = { "7", "a.b,c\"d(é)+ &", NULL };
  static const char *const empty[] = { "7", "", NULL };
  g_autoptr(KvarTable) table = new_table_with_two_keys ();
  g_autoptr(KvarSelection) selection = kvar_selection_new (table, NULL, KVAR_SELECT_VALUES);
  g_autoptr(KvarBody) body = kvar_body_new ();
  g_autoptr(KvarRequest) update = kvar_rest_api_update (selection, keys, NULL, body);
  g_autoptr(KvarRequest) load = kvar_rest_api_select_one (selection, empty);
  g_autofree char *path = g_strdup (kvar_request_get_path (update));

  g_assert_nonnull (strstr (path, "/rest/v1/job%20notes?"));
  g_assert_nonnull (strstr (path, "&a=eq.7&%22b.c%22=eq.a.b%2Cc%22d%28%C3%A9%29%2B%20%26"));
  g_assert_nonnull (strstr (kvar_request_get_path (load), "&a=eq.7&%22b.c%22=eq.&"));
}

/* The names of the cells that a row will have: what stands before "::" or ":", outside of what
 * is embedded. */
static GPtrArray *
list_cell_names (const char *select)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *begin = select;
  int depth = 0;

  for (const char *p = select;; p++)
    {
      depth += (*p == '(') - (*p == ')');
      if (*p != '\0' && (*p != ',' || depth > 0))
        continue;

      g_ptr_array_add (names, g_strndup (begin, MIN (strcspn (begin, ":"), (gsize)(p - begin))));
      begin = p + 1;
      if (*p == '\0')
        return names;
    }
}

/* Whatever is asked for, also where a column is called as a label would be. */
static void
test_no_name_twice (void)
{
  static const KvarSelectFlags all = KVAR_SELECT_VERSION | KVAR_SELECT_PLACE | KVAR_SELECT_LABELS;
  static const char *const twice[] = { "title", "id", "title", "price", NULL };

  for (int odd = 0; odd < 2; odd++)
    {
      g_autoptr(KvarTable) table = kvar_test_table_new_jobs ();
      g_autoptr(KvarType) text = kvar_type_new ("text", NULL);
      g_autoptr(KvarColumn) column = kvar_column_new ("kvar_label_of_contact_id", text);

      if (odd)
        kvar_table_add_column (table, column);
      for (int i = 0; i < 4; i++)
        {
          KvarSelectFlags flags = all | (i & 2 ? KVAR_SELECT_UNCAST : 0);
          g_autoptr(KvarSelection) selection =
            kvar_selection_new (table, i & 1 ? twice : NULL, flags);
          g_autofree char *select = kvar_selection_to_string (selection);
          g_autoptr(GPtrArray) names = list_cell_names (select);
          g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

          g_assert_cmpuint (names->len, >=, 5);
          for (guint j = 0; j < names->len; j++)
            if (!g_hash_table_add (seen, g_ptr_array_index (names, j)))
              g_error ("“%s” comes twice in %s", (char *) g_ptr_array_index (names, j), select);
        }
    }
}

static guint n_told_twice;

static GLogWriterOutput
count_told_twice (GLogLevelFlags    level,
                  const GLogField  *fields,
                  gsize             n_fields,
                  gpointer          unused)
{
  for (gsize i = 0; i < n_fields; i++)
    if (level == G_LOG_LEVEL_DEBUG && g_str_equal (fields[i].key, "MESSAGE") &&
        strstr (fields[i].value, "two cells called “price”") != NULL)
      n_told_twice++;

  return g_log_writer_default (level, fields, n_fields, NULL);
}

static void
test_last_name_counts (void)
{
  g_autoptr(KvarTable) table = kvar_test_table_new_jobs ();
  g_autoptr(GPtrArray) records =
    read_rows (table, "[{\"id\":\"1\",\"price\":1.5,\"price\":\"1.50\"},"
                      "{\"id\":\"2\",\"price\":2.5,\"price\":\"2.50\"}]");

  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpstr (kvar_record_get_text (g_ptr_array_index (records, 0), 2), ==, "1.50");
  g_assert_cmpstr (kvar_record_get_text (g_ptr_array_index (records, 1), 2), ==, "2.50");
  g_assert_cmpuint (n_told_twice, ==, 1);
}

/* A newer server warns where what is embedded is filtered or sorted by its table's name. */
static void
test_embeds_have_aliases (void)
{
  g_autoptr(KvarTable) table = kvar_test_table_new_jobs ();
  g_autoptr(KvarQuery) query = kvar_query_new ();
  g_autoptr(KvarSelection) selection = kvar_selection_new (table, NULL, KVAR_SELECT_LABELS);
  g_autoptr(KvarKeyset) keyset = kvar_keyset_new (table, query);
  g_autoptr(KvarRequest) request =
    kvar_rest_api_select_page (selection, query, keyset, NULL, 0, 100);
  const char *path = kvar_request_get_path (request);

  g_assert_nonnull (strstr (path, "kvar_label_of_contact_id%3Acontacts%21"));
  g_assert_null (strstr (path, "contacts."));
  g_assert_null (strstr (path, "contacts("));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_log_set_writer_func (count_told_twice, NULL, NULL);

  g_test_add_func ("/record-cases/REST-7/serial-key-is-not-asked-for",
                   test_serial_key_is_not_asked_for);
  g_test_add_func ("/record-cases/REST-11/nine-hundred-tables", test_nine_hundred_tables);
  g_test_add_func ("/record-cases/REST-34/pages-ask-for-no-count", test_pages_ask_for_no_count);
  g_test_add_func ("/record-cases/REST-40/ten-megabytes-in-a-cell",
                   test_ten_megabytes_in_a_cell);
  g_test_add_func ("/record-cases/REST-41/hidden-parent", test_hidden_parent);
  g_test_add_func ("/record-cases/REST-53/new-label-of-an-enum", test_new_label_of_an_enum);
  ADD ("/record-cases/REST-60/two-rows-with-one-key", FALSE, test_two_rows_with_one_key);
  ADD ("/record-cases/REST-67/server-fills-it-in", FALSE, test_server_fills_it_in);
  g_test_add_func ("/record-cases/REST-76/whole-odd-key", test_whole_odd_key);
  ADD ("/record-cases/REST-83/statement-timeout", FALSE, test_statement_timeout);
  ADD ("/record-cases/REST-84/serialization-failure", FALSE, test_serialization_failure);
  ADD ("/record-cases/REST-85/trigger-raises", FALSE, test_trigger_raises);
  ADD ("/record-cases/REST-86/trigger-rewrites", FALSE, test_trigger_rewrites);
  g_test_add_func ("/record-cases/REST-138/no-name-twice", test_no_name_twice);
  g_test_add_func ("/record-cases/REST-138/last-one-counts", test_last_name_counts);
  g_test_add_func ("/record-cases/REST-140/embeds-have-aliases", test_embeds_have_aliases);

  return g_test_run ();
}
