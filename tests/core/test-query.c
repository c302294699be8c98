/* test-query.c: Conditions and queries survive being written and read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-error.h"
#include "records/kvar-query-text.h"
#include "records/kvar-query.h"

static void
assert_canonical (const char *text,
                  const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KvarQuery) query = kvar_query_parse (text, &error);
  g_autofree char *written = NULL;

  g_assert_no_error (error);
  written = kvar_query_to_string (query);
  g_assert_cmpstr (written, ==, expected);
}

static void
test_parse_route (void)
{
  g_autoptr(KvarQuery) query = NULL;
  g_autoptr(GError) error = NULL;
  const KvarOrder *order;
  KvarFilter *filter;

  query = kvar_query_parse ("order=due_on.desc&status=eq.open&q=roof", &error);
  g_assert_no_error (error);

  g_assert_cmpuint (kvar_query_get_n_orders (query), ==, 1);
  order = kvar_query_get_order (query, 0);
  g_assert_cmpstr (order->column, ==, "due_on");
  g_assert_true (order->descending);
  g_assert_true (order->nulls_first);

  g_assert_cmpuint (kvar_query_get_n_filters (query), ==, 1);
  filter = kvar_query_get_filter (query, 0);
  g_assert_cmpint (kvar_filter_get_kind (filter), ==, KVAR_FILTER_CONDITION);
  g_assert_cmpstr (kvar_filter_get_column (filter), ==, "status");
  g_assert_cmpstr (kvar_filter_get_op (filter), ==, "eq");
  g_assert_cmpstr (kvar_filter_get_value (filter), ==, "open");
  g_assert_false (kvar_filter_get_negated (filter));

  g_assert_cmpstr (kvar_query_get_search (query), ==, "roof");
}

static void
test_write_canonical (void)
{
  assert_canonical ("", "");
  assert_canonical ("&&", "");
  assert_canonical ("q=", "");
  assert_canonical ("order=a.asc,b.desc.nullslast,c.nullslast", "order=a,b.desc.nullslast,c");
  assert_canonical ("order=a.nullsfirst,b.desc.nullsfirst", "order=a.nullsfirst,b.desc");
  assert_canonical ("status=not.eq.open", "status=not.eq.open");
  assert_canonical ("a=in.(1,\"x,y\")", "a=in.(1,%22x,y%22)");
  assert_canonical ("name=eq.O%22Brien, (Jr)", "name=eq.O%22Brien,%20(Jr)");
  assert_canonical ("at=gt.2026-01-01T00:00:00%2B01:00", "at=gt.2026-01-01T00:00:00%2B01:00");
  assert_canonical ("details->>room=eq.A+1", "details-%3E%3Eroom=eq.A%201");
  assert_canonical ("or=(a.eq.1,and(b.gt.2,not.or(c.is.null,d.not.ilike.*x*)))",
                    "or=(a.eq.1,and(b.gt.2,not.or(c.is.null,d.not.ilike.*x*)))");
  assert_canonical ("or=(a.eq.%22x,y%22,b.eq.c)", "or=(a.eq.%22x,y%22,b.eq.c)");
  assert_canonical ("tags=cs.{a,b}&name=ilike(any).{O*,P*}",
                    "tags=cs.%7Ba,b%7D&name=ilike(any).%7BO*,P*%7D");
  assert_canonical ("select=id,%22my%20name%22&view=Mine", "view=Mine&select=id,%22my%20name%22");
}

static void
test_quote_reserved (void)
{
  static const char *const reserved[] = {
    "order", "q", "view", "select", "and", "or", "not", "limit", "offset", "columns",
    "on_conflict", "a.order", "my col", "å", "1st", "", "a\"b", "a\\b", "a,b", "a->b",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (reserved); i++)
    {
      g_autoptr(KvarQuery) empty = kvar_query_new ();
      g_autoptr(KvarQuery) filtered = NULL;
      g_autoptr(KvarQuery) query = NULL;
      g_autoptr(KvarQuery) again = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *text = NULL;
      g_autofree char *quoted = kvar_query_text_quote_name (reserved[i]);

      g_assert_cmpint (quoted[0], ==, '"');
      filtered = kvar_query_with_filter (empty, reserved[i], "eq", "1");
      query = kvar_query_with_column_order (filtered, reserved[i], TRUE);
      text = kvar_query_to_string (query);
      again = kvar_query_parse (text, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (kvar_filter_get_column (kvar_query_get_filter (again, 0)), ==, reserved[i]);
      g_assert_cmpstr (kvar_query_get_order (again, 0)->column, ==, reserved[i]);
      g_assert_true (kvar_query_equal (query, again));
    }

  assert_canonical ("%22order%22=eq.5", "%22order%22=eq.5");
}

static void
test_refuse_nonsense (void)
{
  static const char *const nonsense[] = {
    "status", "status=open", "status=eq", "status=foo.1", "limit=5", "offset=1", "not=eq.1",
    "columns=a", "on_conflict=a", "a.b=eq.1", "or=a.eq.1", "or=(a.eq.1", "or=(a.eq.1)x",
    "or=()", "order=,", "order=a,", "order=a..desc", "order=a.down", "%zz=eq.1", "a=eq.%00",
    "a=eq.%ff", "\"a=eq.1", "=eq.1", "select=a,,b",
    "or=(or(or(or(or(or(or(or(or(or(or(or(or(or(or(or(or(or(or(a.eq.1)))))))))))))))))))",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(KvarQuery) query = kvar_query_parse (nonsense[i], &error);

      if (query != NULL)
        g_error ("\"%s\" was read as a query", nonsense[i]);
      g_assert_error (error, KVAR_ERROR, KVAR_ERROR_INVALID);
    }
}

static void
test_change_without_touching_the_old (void)
{
  g_autoptr(KvarQuery) query = kvar_query_parse ("order=a&b=eq.1&c=eq.2&q=x", NULL);
  g_autoptr(KvarQuery) other = kvar_query_with_order (query, "c.desc");
  g_autoptr(KvarQuery) fewer = kvar_query_without_filter (other, 0);
  g_autoptr(KvarQuery) searched = kvar_query_with_search (fewer, NULL);
  g_autoptr(KvarQuery) bare = kvar_query_without_filters (query);
  g_autoptr(KvarQuery) unreadable = kvar_query_with_order (query, "..");
  g_autofree char *old = kvar_query_to_string (query);
  g_autofree char *new = kvar_query_to_string (searched);
  g_autofree char *all = kvar_query_to_string (bare);

  g_assert_cmpstr (old, ==, "order=a&b=eq.1&c=eq.2&q=x");
  g_assert_cmpstr (new, ==, "order=c.desc&c=eq.2");
  g_assert_cmpstr (all, ==, "order=a");
  g_assert_true (kvar_query_equal (unreadable, query));
  g_assert_false (kvar_query_equal (query, other));
}

static char *
random_text (void)
{
  static const char *const pieces[] = {
    "a", "B", "7", ",", ".", "(", ")", "\"", "\\", " ", "%", "&", "=", "+", "å", "*", ":", "{",
    "}", "->", "order", "not.", "\n", "😀",
  };
  GString *text = g_string_new (NULL);
  int n = g_test_rand_int_range (1, 8);

  for (int i = 0; i < n; i++)
    g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);

  return g_string_free (text, FALSE);
}

static KvarFilter *
random_filter (guint depth)
{
  static const char *const ops[] = { "eq", "not.gt", "lte", "ilike", "match", "not.cs" };
  g_autofree char *column = random_text ();
  g_autofree char *value = random_text ();
  GPtrArray *members;
  int n;

  if (depth == 0 || g_test_rand_int_range (0, 3) > 0)
    return kvar_filter_new (column, ops[g_test_rand_int_range (0, G_N_ELEMENTS (ops))], value);

  members = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_filter_unref);
  n = g_test_rand_int_range (1, 4);
  for (int i = 0; i < n; i++)
    g_ptr_array_add (members, random_filter (depth - 1));

  return kvar_filter_new_group (g_test_rand_int_range (0, 2) ? KVAR_FILTER_OR : KVAR_FILTER_AND,
                                members);
}

/* A group that was negated reads the same as one that was not. */
static void
test_round_trip_anything (void)
{
  for (int i = 0; i < 1000; i++)
    {
      g_autoptr(KvarQuery) empty = kvar_query_new ();
      g_autoptr(KvarFilter) filter = random_filter (3);
      g_autoptr(KvarFilter) negated = kvar_filter_new_negation (filter);
      g_autoptr(KvarQuery) one = kvar_query_with_condition (empty, filter);
      g_autoptr(KvarQuery) two = kvar_query_with_condition (one, negated);
      g_autofree char *search = random_text ();
      g_autoptr(KvarQuery) query = kvar_query_with_search (two, search);
      g_autofree char *text = kvar_query_to_string (query);
      g_autoptr(GError) error = NULL;
      g_autoptr(KvarQuery) again = kvar_query_parse (text, &error);

      if (again == NULL)
        g_error ("%s: %s", text, error->message);
      g_assert_true (kvar_query_equal (query, again));
      g_assert_true (kvar_filter_equal (kvar_query_get_filter (again, 0), filter));
      g_assert_cmpstr (kvar_query_get_search (again), ==, search);
    }
}

static void
test_add_order (void)
{
  g_autoptr(KvarQuery) empty = kvar_query_new ();
  g_autoptr(KvarQuery) one = kvar_query_with_added_order (empty, "due_on", TRUE);
  g_autoptr(KvarQuery) two = kvar_query_with_added_order (one, "title", FALSE);
  g_autoptr(KvarQuery) turned = kvar_query_with_added_order (two, "due_on", FALSE);
  g_autofree char *before = kvar_query_to_string (two);
  g_autofree char *after = kvar_query_to_string (turned);

  g_assert_cmpstr (before, ==, "order=due_on.desc,title");
  g_assert_cmpstr (after, ==, "order=due_on,title");
}

static void
test_parse_any_bytes (void)
{
  for (int i = 0; i < 10000; i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autoptr(KvarQuery) query = NULL;
      int n = g_test_rand_int_range (0, 30);

      for (int j = 0; j < n; j++)
        g_string_append_c (text, "ab.(),\"\\=&%2C0 >-ornt"[g_test_rand_int_range (0, 21)]);
      query = kvar_query_parse (text->str, NULL);
      if (query != NULL)
        {
          g_autofree char *once = kvar_query_to_string (query);

          assert_canonical (once, once);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/query/parse/reads-a-route", test_parse_route);
  g_test_add_func ("/query/parse/refuses-nonsense", test_refuse_nonsense);
  g_test_add_func ("/query/parse/takes-any-bytes", test_parse_any_bytes);
  g_test_add_func ("/query/to-string/is-canonical", test_write_canonical);
  g_test_add_func ("/query/to-string/quotes-reserved-names", test_quote_reserved);
  g_test_add_func ("/query/to-string/round-trips-anything", test_round_trip_anything);
  g_test_add_func ("/query/with/added-order", test_add_order);
  g_test_add_func ("/query/with/leaves-the-old-one", test_change_without_touching_the_old);

  return g_test_run ();
}
