/* test-keyset.c: Pages by key leave out no row and bring none twice, whatever the order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-test-rows.h"
#include "records/kvar-keyset.h"

static KvarTable *
new_table (void)
{
  static const char *const key[] = { "id", NULL };
  KvarTable *table = kvar_table_new ("jobs");
  const char *const columns[][2] = {
    { "id", "bigint" }, { "due_on", "date" }, { "title", "text" }, { "details", "json" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr(KvarType) type = kvar_type_new (columns[i][1], NULL);
      g_autoptr(KvarColumn) column = kvar_column_new (columns[i][0], type);

      kvar_column_set_nullable (column, i == 1);
      kvar_table_add_column (table, column);
    }
  kvar_table_set_key (table, key, FALSE);

  return table;
}

static void
assert_after (const char        *query_string,
              const char *const *values,
              const char        *order,
              const char        *conditions)
{
  g_autoptr(KvarTable) table = new_table ();
  g_autoptr(KvarQuery) query = kvar_query_parse (query_string, NULL);
  g_autoptr(KvarKeyset) keyset = kvar_keyset_new (table, query);
  g_autoptr(GPtrArray) filters = kvar_keyset_after (keyset, values);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *actual_order = kvar_keyset_to_order (keyset);

  for (guint i = 0; i < filters->len; i++)
    {
      g_autofree char *name = kvar_filter_to_name (g_ptr_array_index (filters, i));
      g_autofree char *value = kvar_filter_to_value (g_ptr_array_index (filters, i));

      g_string_append_printf (text, "%s%s=%s", i > 0 ? "&" : "", name, value);
    }

  g_assert_cmpstr (actual_order, ==, order);
  g_assert_cmpstr (text->str, ==, conditions);
}

static void
test_after_writes_nulls_out (void)
{
  const char *const by_key[] = { "5", NULL };
  const char *const by_title[] = { "a,b", "5", NULL };
  const char *const by_date[] = { "2026-11-20", "5", NULL };
  const char *const by_null[] = { NULL, "5", NULL };

  assert_after ("", by_key, "id.asc", "id=gt.5");
  assert_after ("order=id.desc", by_key, "id.desc", "id=lt.5");
  assert_after ("order=title", by_title, "title.asc,id.asc",
                "title=gte.a,b&or=(title.gt.\"a,b\",and(title.eq.\"a,b\",id.gt.5))");
  assert_after ("order=due_on", by_date, "due_on.asc.nullslast,id.asc",
                "or=(due_on.gt.2026-11-20,due_on.is.null,and(due_on.eq.2026-11-20,id.gt.5))");
  assert_after ("order=due_on", by_null, "due_on.asc.nullslast,id.asc",
                "and=(due_on.is.null,id.gt.5)");
  assert_after ("order=due_on.desc", by_date, "due_on.desc.nullsfirst,id.asc",
                "due_on=lte.2026-11-20&"
                "or=(due_on.lt.2026-11-20,and(due_on.eq.2026-11-20,id.gt.5))");
  assert_after ("order=due_on.desc", by_null, "due_on.desc.nullsfirst,id.asc",
                "or=(due_on.not.is.null,and(due_on.is.null,id.gt.5))");
}

static void
test_order_leaves_out_what_cannot_be_sorted (void)
{
  const char *const by_key[] = { "5", NULL };

  assert_after ("order=details,nonsense", by_key, "id.asc", "id=gt.5");
}

static void
test_mode_suits_the_table (void)
{
  static const char *const key[] = { "id", NULL };
  g_autoptr(KvarTable) table = new_table ();
  g_autoptr(KvarQuery) query = kvar_query_new ();
  g_autoptr(KvarKeyset) by_key = kvar_keyset_new (table, query);
  g_autoptr(KvarKeyset) by_place = NULL;
  g_autoptr(KvarKeyset) by_count = NULL;
  g_autofree char *place_order = NULL;
  g_autofree char *count_order = NULL;

  g_assert_cmpint (kvar_keyset_get_mode (by_key), ==, KVAR_KEYSET_KEY);
  g_assert_true (kvar_keyset_is_key_only (by_key));

  /* A guessed key finds rows, but two may share it. */
  kvar_table_set_key (table, key, TRUE);
  by_place = kvar_keyset_new (table, query);
  g_assert_cmpint (kvar_keyset_get_mode (by_place), ==, KVAR_KEYSET_CTID);
  place_order = kvar_keyset_to_order (by_place);
  g_assert_cmpstr (place_order, ==, "tableoid.asc,ctid.asc");

  kvar_table_set_kind (table, KVAR_TABLE_VIEW);
  by_count = kvar_keyset_new (table, query);
  g_assert_cmpint (kvar_keyset_get_mode (by_count), ==, KVAR_KEYSET_OFFSET);
  count_order = kvar_keyset_to_order (by_count);
  g_assert_cmpstr (count_order, ==, "id.asc,due_on.asc.nullslast,title.asc");
}

static void
walk (KvarTable    *table,
      const char   *query_string,
      KvarTestRows *rows)
{
  g_autoptr(KvarQuery) query = kvar_query_parse (query_string, NULL);
  g_autoptr(KvarKeyset) keyset = kvar_keyset_new (table, query);
  g_autofree char *order = kvar_keyset_to_order (keyset);
  g_autoptr(KvarQuery) ordered = kvar_query_with_order (query, order);
  const char *last[4] = { NULL };
  guint n_seen = 0;
  guint n_page;

  kvar_test_rows_sort (rows, ordered);
  do
    {
      g_autoptr(GPtrArray) filters = NULL;

      n_page = 0;
      if (n_seen > 0)
        filters = kvar_keyset_after (keyset, last);

      for (guint i = 0; i < kvar_test_rows_get_size (rows) && n_page < 3; i++)
        {
          gboolean fits = TRUE;

          for (guint j = 0; filters != NULL && j < filters->len; j++)
            fits = fits && kvar_test_rows_fits (rows, i, g_ptr_array_index (filters, j));
          if (!fits)
            continue;

          g_assert_cmpuint (i, ==, n_seen);
          n_seen++;
          n_page++;
          for (guint j = 0; j < kvar_keyset_get_n_terms (keyset); j++)
            last[j] = kvar_test_rows_get (rows, i, kvar_keyset_get_term (keyset, j));
        }
    }
  while (n_page > 0);

  g_assert_cmpuint (n_seen, ==, kvar_test_rows_get_size (rows));
}

static void
test_walk_meets_every_row_once (void)
{
  static const char *const orders[] = {
    "", "order=id.desc", "order=due_on", "order=due_on.desc", "order=due_on.nullsfirst",
    "order=due_on.desc.nullslast", "order=due_on,title", "order=due_on.desc,title.nullsfirst",
    "order=title.desc.nullslast,due_on.nullsfirst", "order=title,id.desc",
  };
  static const char *const some[] = { NULL, NULL, "1", "2", "2", "3" };
  static const char *const columns[] = { "due_on", "title", "id", NULL };
  g_autoptr(KvarTable) table = new_table ();

  kvar_column_set_nullable (kvar_table_find_column (table, "title"), TRUE);

  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    for (guint round = 0; round < 20; round++)
      {
        g_autoptr(KvarTestRows) rows = kvar_test_rows_new (columns);
        guint n_rows = g_test_rand_int_range (0, 27);

        for (guint j = 0; j < n_rows; j++)
          {
            g_autofree char *id = g_strdup_printf ("%u", j);
            const char *values[] = {
              some[g_test_rand_int_range (0, G_N_ELEMENTS (some))],
              some[g_test_rand_int_range (0, G_N_ELEMENTS (some))],
              id,
            };

            kvar_test_rows_add (rows, values);
          }
        walk (table, orders[i], rows);
      }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/keyset/after/writes-nulls-out", test_after_writes_nulls_out);
  g_test_add_func ("/keyset/after/meets-every-row-once", test_walk_meets_every_row_once);
  g_test_add_func ("/keyset/to-order/leaves-out-what-cannot-be-sorted",
                   test_order_leaves_out_what_cannot_be_sorted);
  g_test_add_func ("/keyset/new/suits-the-table", test_mode_suits_the_table);

  return g_test_run ();
}
