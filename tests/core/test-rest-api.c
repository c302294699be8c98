/* test-rest-api.c: The requests that reads and writes become, and the records they bring.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "kvar-error.h"
#include "kvar-test-table.h"
#include "records/kvar-rest-api.h"

typedef struct
{
  KvarTable *table;
  KvarQuery *query;
} Fixture;

static const char *const key[] = { "11111111-1111-4111-8111-111111111111", NULL };

static void
fixture_set_up (Fixture       *f,
                gconstpointer  query)
{
  f->table = kvar_test_table_new_jobs ();
  f->query = kvar_query_parse (query != NULL ? query : "", NULL);
}

static void
fixture_tear_down (Fixture       *f,
                   gconstpointer  unused)
{
  kvar_query_unref (f->query);
  g_assert_finalize_object (f->table);
}

/* What PostgREST sees: the encoding is the request's business, and tested there. */
static void
assert_path (KvarRequest *request,
             const char  *expected)
{
  g_autofree char *path = g_uri_unescape_string (kvar_request_get_path (request), NULL);

  g_assert_cmpstr (path, ==, expected);
}

static void
test_page_asks_for_text (Fixture       *f,
                         gconstpointer  unused)
{
  g_autoptr(KvarSelection) selection =
    kvar_selection_new_for_query (f->table, f->query, NULL, KVAR_SELECT_LABELS);
  g_autoptr(KvarKeyset) keyset = kvar_keyset_new (f->table, f->query);
  g_autoptr(KvarRequest) request =
    kvar_rest_api_select_page (selection, f->query, keyset, NULL, 0, 200);

  g_assert_cmpstr (kvar_request_get_method (request), ==, "GET");
  assert_path (request,
               "/rest/v1/jobs?select=id::text,title::text,price::text,due_on,contact_id::text,"
               "details::text,total::text,"
               "kvar_label_of_contact_id:contacts!jobs_contact_id_fkey(full_name::text)"
               "&order=id.asc&limit=200");
}

static void
test_page_asks_for_what_it_needs (Fixture       *f,
                                  gconstpointer  unused)
{
  static const char *const columns[] = { "title", NULL };
  static const char *const after[] = { "2026-11-20", "5", NULL };
  g_autoptr(KvarSelection) selection =
    kvar_selection_new_for_query (f->table, f->query, columns, KVAR_SELECT_VALUES);
  g_autoptr(KvarKeyset) keyset = kvar_keyset_new (f->table, f->query);
  g_autoptr(KvarRequest) request =
    kvar_rest_api_select_page (selection, f->query, keyset, after, 0, 7);

  assert_path (request,
               "/rest/v1/jobs?select=id::text,title::text,due_on&title=not.like.A*"
               "&due_on=lte.2026-11-20"
               "&or=(due_on.lt.2026-11-20,and(due_on.eq.2026-11-20,id.gt.5))"
               "&order=due_on.desc.nullsfirst,id.asc&limit=7");
}

static void
test_search_escapes (Fixture       *f,
                     gconstpointer  unused)
{
  g_autoptr(KvarFilter) percent = kvar_rest_api_search (f->table, "50%_a\\b");
  g_autoptr(KvarFilter) star = kvar_rest_api_search (f->table, "a*(b)");
  g_autofree char *percent_value = kvar_filter_to_value (percent);
  g_autofree char *star_value = kvar_filter_to_value (star);

  g_assert_cmpstr (percent_value, ==, "(title.ilike.\"*50\\\\%\\\\_a\\\\\\\\b*\")");
  g_assert_cmpstr (star_value, ==, "(title.imatch.\"a\\\\*\\\\(b\\\\)\")");
}

static void
test_count_hears_why_not (Fixture       *f,
                          gconstpointer  unused)
{
  g_autoptr(KvarRequest) request = kvar_rest_api_count (f->table, f->query, TRUE);

  g_assert_cmpstr (kvar_request_get_method (request), ==, "GET");
  g_assert_cmpstr (kvar_request_get_header (request, "Prefer"), ==, "count=exact");
  assert_path (request, "/rest/v1/jobs?select=id&title=not.like.A*&limit=1");
}

static void
test_writes_are_guarded (Fixture       *f,
                         gconstpointer  unused)
{
  g_autoptr(KvarSelection) selection =
    kvar_selection_new (f->table, (const char *const []) { "title", NULL }, KVAR_SELECT_VERSION);
  g_autoptr(KvarBody) body = kvar_body_new ();
  g_autoptr(GPtrArray) guard =
    g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_filter_unref);
  g_autoptr(KvarRequest) update = NULL;
  g_autoptr(KvarRequest) delete = NULL;

  g_ptr_array_add (guard, kvar_filter_new ("xmin", "eq", "811"));
  update = kvar_rest_api_update (selection, key, guard, body);
  delete = kvar_rest_api_delete (f->table, key, guard);

  g_assert_cmpstr (kvar_request_get_method (update), ==, "PATCH");
  g_assert_cmpstr (kvar_request_get_header (update, "Accept"), ==,
                   "application/vnd.pgrst.object+json");
  g_assert_false (kvar_request_get_repeatable (update));
  assert_path (update, "/rest/v1/jobs?select=id::text,title::text,xmin"
                       "&id=eq.11111111-1111-4111-8111-111111111111&xmin=eq.811");

  g_assert_cmpstr (kvar_request_get_method (delete), ==, "DELETE");
  assert_path (delete, "/rest/v1/jobs?select=id"
                       "&id=eq.11111111-1111-4111-8111-111111111111&xmin=eq.811");
}

static void
test_split_keeps_to_the_limit (Fixture       *f,
                               gconstpointer  unused)
{
  g_autoptr(KvarSelection) selection = kvar_selection_new (f->table, NULL, KVAR_SELECT_VERSION);
  g_autoptr(GPtrArray) whole = kvar_selection_split (selection, 1000);
  g_autoptr(GPtrArray) parts = kvar_selection_split (selection, 60);
  guint n_found = 0;

  g_assert_cmpuint (whole->len, ==, 1);
  g_assert_cmpuint (parts->len, >, 1);
  for (guint i = 0; i < parts->len; i++)
    {
      KvarSelection *part = g_ptr_array_index (parts, i);
      g_autofree char *select = kvar_selection_to_string (part);
      g_autofree char *encoded = g_uri_escape_string (select, NULL, FALSE);

      g_assert_cmpuint (strlen (encoded), <=, 60);
      g_assert_nonnull (strstr (select, "id::text"));
      g_assert_nonnull (strstr (select, "xmin"));
      for (guint j = 1; j < kvar_table_get_n_columns (f->table); j++)
        n_found += kvar_selection_has_column (part, j) ? 1 : 0;
    }
  g_assert_cmpuint (n_found, ==, kvar_table_get_n_columns (f->table) - 1);
}

static void
test_read_rows (Fixture       *f,
                gconstpointer  unused)
{
  static const char body[] =
    "[{\"id\":\"1\",\"title\":\"A \\u00e5 \\\"b\\\"\",\"price\":\"12345678901234567890.12\","
    "\"due_on\":null,\"contact_id\":\"9007199254740993\",\"details\":\"{\\\"n\\\": 1.50}\","
    "\"xmin\":\"811\",\"kvar_label_of_contact_id\":{\"full_name\":\"Eva \\\"Lind\\\"\"}}, \n "
    "{\"xmin\":812,\"title\":\"\",\"id\":\"2\",\"kvar_label_of_contact_id\":null}]";
  g_autoptr(KvarSelection) selection =
    kvar_selection_new (f->table, NULL, KVAR_SELECT_VERSION | KVAR_SELECT_LABELS);
  g_autoptr(GBytes) bytes = g_bytes_new_static (body, strlen (body));
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *title = NULL;
  KvarColumn *contact = kvar_table_find_column (f->table, "contact_id");
  KvarRecord *first;
  KvarRecord *second;

  records = kvar_selection_read (selection, bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 2);
  first = g_ptr_array_index (records, 0);
  second = g_ptr_array_index (records, 1);

  g_assert_cmpstr (kvar_record_get_text (first, 1), ==, "A å \"b\"");
  g_assert_cmpstr (kvar_record_get_text (first, 2), ==, "12345678901234567890.12");
  g_assert_null (kvar_record_get_text (first, 3));
  g_assert_true (kvar_record_has_column (first, 3));
  g_assert_cmpstr (kvar_record_get_text (first, 4), ==, "9007199254740993");
  g_assert_cmpstr (kvar_record_get_text (first, 5), ==, "{\"n\": 1.50}");
  g_assert_false (kvar_record_has_column (first, 6));
  g_assert_cmpstr (kvar_record_get_xmin (first), ==, "811");
  g_assert_cmpstr (kvar_record_get_label_of (first, contact), ==, "Eva \"Lind\"");

  g_assert_cmpstr (kvar_record_get_text (second, 1), ==, "");
  g_assert_cmpstr (kvar_record_get_xmin (second), ==, "812");
  g_assert_null (kvar_record_get_label_of (second, contact));

  title = kvar_record_get_title (first);
  g_assert_cmpstr (title, ==, "A å \"b\"");
}

static void
test_read_refuses (Fixture       *f,
                   gconstpointer  unused)
{
  static const char *const bodies[] = { "", "<html>", "[{\"id\":\"1\"}", "[{\"id\":}]" };
  g_autoptr(KvarSelection) selection = kvar_selection_new (f->table, NULL, KVAR_SELECT_VALUES);

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (bodies[i], strlen (bodies[i]));
      g_autoptr(GError) error = NULL;

      g_assert_null (kvar_selection_read (selection, bytes, &error));
      g_assert_error (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY);
    }
}

#define ADD(path, query, func) \
  g_test_add (path, Fixture, query, fixture_set_up, func, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/rest-api/select-page/asks-for-text", NULL, test_page_asks_for_text);
  ADD ("/rest-api/select-page/asks-for-what-it-needs", "order=due_on.desc&title=not.like.A*",
       test_page_asks_for_what_it_needs);
  ADD ("/rest-api/count/hears-why-not", "order=title&title=not.like.A*", test_count_hears_why_not);
  ADD ("/rest-api/search/escapes-patterns", NULL, test_search_escapes);
  ADD ("/rest-api/write/is-guarded", NULL, test_writes_are_guarded);
  ADD ("/selection/split/keeps-to-the-limit", NULL, test_split_keeps_to_the_limit);
  ADD ("/selection/read/keeps-every-digit", NULL, test_read_rows);
  ADD ("/selection/read/refuses-half-a-page", NULL, test_read_refuses);

  return g_test_run ();
}
