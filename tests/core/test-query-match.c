/* test-query-match.c: queries that are judged without the server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "records/kvar-query-match.h"

static const struct { const char *name; const char *type; } columns[] = {
  { "id", "int4" }, { "title", "text" }, { "price", "numeric" }, { "due_on", "date" },
  { "at", "timestamptz" }, { "status", "status" }, { "tags", "text[]" }, { "done", "bool" },
};

static const char *const labels[] = { "open", "doing", "closed", NULL };

/* "-" stands for no value. */
static const char *const rows[][G_N_ELEMENTS (columns)] = {
  { "1", "Roof, Åsgatan", "9.50", "2026-11-20", "2026-11-20T10:00:00+00:00", "open", "{}", "true" },
  { "2", "Door", "10", "-", "2026-11-20T10:30:00+01:00", "closed", "{a}", "false" },
  { "3", "roof again 100%", "-0.5", "2026-11-19", "-", "doing", "{}", "-" },
  { "4", "-", "12345678901234567890123456789012345678.1", "2027-01-01", "infinity", "open", "{}",
    "true" },
  { "5", "Floor", "-", "2026-11-21", "2026-11-20T09:59:59.999999+00:00", "-", "{}", "false" },
};

static KvarTable *
new_table (void)
{
  KvarTable *table = kvar_table_new ("jobs");

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      gboolean is_enum = g_str_equal (columns[i].type, "status");
      g_autoptr(KvarType) type = kvar_type_new (columns[i].type, is_enum ? labels : NULL);
      g_autoptr(KvarColumn) column = kvar_column_new (columns[i].name, type);

      kvar_table_add_column (table, column);
    }

  return table;
}

static GPtrArray *
new_records (KvarTable *table)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      KvarRecord *record = kvar_record_new (table);

      for (guint j = 0; j < G_N_ELEMENTS (columns); j++)
        kvar_record_set_text (record, j, g_str_equal (rows[i][j], "-") ? NULL : rows[i][j]);
      g_ptr_array_add (records, record);
    }

  return records;
}

/* The ids of what is found, in their order; "?" if only the server can judge. */
static char *
match (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KvarQuery) query = kvar_query_parse (text, &error);
  g_autoptr(KvarTable) table = new_table ();
  g_autoptr(GPtrArray) records = new_records (table);
  g_autoptr(GPtrArray) found = NULL;
  GString *ids = g_string_new (NULL);

  g_assert_no_error (error);
  found = kvar_query_match (query, table, records);
  if (found == NULL)
    g_string_assign (ids, "?");
  for (guint i = 0; found != NULL && i < found->len; i++)
    g_string_append (ids, kvar_record_get_text (g_ptr_array_index (found, i), 0));

  return g_string_free (ids, FALSE);
}

typedef struct
{
  const char *query;
  const char *expected;
} Case;

static void
check (const Case *cases,
       gsize       n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autofree char *found = match (cases[i].query);

      g_test_message ("%s", cases[i].query);
      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

static void
test_query_match_conditions (void)
{
  static const Case cases[] = {
    { "", "12345" },
    { "status=eq.open", "14" },
    { "status=neq.open", "23" },                   /* no value is neither */
    { "status=isdistinct.open", "235" },
    { "status=is.null", "5" },
    { "status=not.is.null", "1234" },
    { "status=in.(open,doing)", "134" },
    { "status=not.in.(open,doing)", "2" },
    { "title=in.(NULL,Floor)", "5" },
    { "done=is.true", "14" },
    { "price=eq.10.00", "2" },
    { "price=gt.9.5", "24" },
    { "price=gte.9.5", "124" },
    { "price=lt.0", "3" },
    { "price=gt.12345678901234567890123456789012345678.05", "4" },
    { "due_on=lte.2026-11-20", "13" },
    { "at=lt.2026-11-20T11:00:00%2B01:00", "25" },
    { "at=gte.2026-11-20T10:00:00%2B00:00", "14" },
    { "title=eq.roof", "" },
    { "title=ilike.*ROOF*", "13" },
    { "title=ilike.*100%5C%25*", "3" },
    { "title=not.ilike.*roof*", "25" },
    { "or=(status.eq.closed,title.ilike.*again*)", "23" },
    { "and=(status.eq.open,price.lt.100)", "1" },
    { "status=eq.open&due_on=gt.2026-12-01", "4" },
    { "q=%C3%A5sgatan", "1" },
    { "q=asgatan", "" },
  };

  check (cases, G_N_ELEMENTS (cases));
}

static void
test_query_match_orders (void)
{
  static const Case cases[] = {
    { "order=price", "31245" },
    { "order=price.desc", "54213" },
    { "order=price.desc.nullslast", "42135" },
    { "order=status,id.desc", "41325" },           /* as the type has its values */
    { "order=due_on", "31542" },
    { "order=at", "25143" },
    { "order=tags,id.desc", "54321" },             /* has no order here */
  };

  check (cases, G_N_ELEMENTS (cases));
}

/* An answer that may be wrong is worse than none. */
static void
test_query_match_leaves_to_the_server (void)
{
  static const Case cases[] = {
    { "title=like.R__f*", "?" },
    { "title=wfts.roof", "?" },
    { "tags=cs.%7Ba%7D", "?" },
    { "nothing=eq.1", "?" },
    { "tags=eq.%7Bb%7D", "?" },
    { "or=(status.eq.open,title.wfts.roof)", "?" },
    { "status=eq.none&title=wfts.roof", "" },      /* whatever the other says */
  };

  check (cases, G_N_ELEMENTS (cases));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/query-match/SRCH-7/conditions", test_query_match_conditions);
  g_test_add_func ("/query-match/SRCH-7/orders", test_query_match_orders);
  g_test_add_func ("/query-match/SRCH-7/leaves-to-the-server",
                   test_query_match_leaves_to_the_server);

  return g_test_run ();
}
