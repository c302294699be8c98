/* test-query-group.c: alternatives put together one by one, and conditions read back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "records/kvar-filter-op.h"
#include "records/kvar-query.h"

static void
assert_query (KvarQuery  *query,
              const char *expected)
{
  g_autofree char *text = kvar_query_to_string (query);

  g_assert_cmpstr (text, ==, expected);
}

static KvarQuery *
put (const char *before,
     guint       index,
     guint       member,
     const char *column)
{
  g_autoptr(KvarQuery) query = kvar_query_parse (before, NULL);
  g_autoptr(KvarFilter) filter = kvar_filter_new (column, "eq", "1");

  return kvar_query_put_member (query, index, member, filter);
}

static KvarQuery *
take (const char *before,
      guint       index,
      guint       member)
{
  g_autoptr(KvarQuery) query = kvar_query_parse (before, NULL);

  return kvar_query_take_member (query, index, member);
}

static void
test_query_group_puts (void)
{
  static const struct { const char *before; guint index; guint member; const char *after; }
  cases[] = {
    { "", 0, 0, "new=eq.1" },
    { "a=eq.1", 1, 0, "a=eq.1&new=eq.1" },
    { "a=eq.1", 9, 0, "a=eq.1&new=eq.1" },
    { "a=eq.1&b=eq.2", 0, 0, "new=eq.1&b=eq.2" },
    { "a=eq.1&b=eq.2", 1, 1, "a=eq.1&or=(b.eq.2,new.eq.1)" },
    { "or=(a.eq.1,b.eq.2)", 0, 1, "or=(a.eq.1,new.eq.1)" },
    { "or=(a.eq.1,b.eq.2)", 0, 2, "or=(a.eq.1,b.eq.2,new.eq.1)" },
    { "or=(a.eq.1,b.eq.2)", 0, G_MAXUINT, "or=(a.eq.1,b.eq.2,new.eq.1)" },
    { "not.or=(a.eq.1,b.eq.2)", 0, 1, "or=(not.or(a.eq.1,b.eq.2),new.eq.1)" },
    { "and=(a.eq.1,b.eq.2)", 0, 0, "new=eq.1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(KvarQuery) after = put (cases[i].before, cases[i].index, cases[i].member, "new");

      assert_query (after, cases[i].after);
    }
}

static void
test_query_group_takes (void)
{
  static const struct { const char *before; guint index; guint member; const char *after; }
  cases[] = {
    { "a=eq.1&b=eq.2", 0, 0, "b=eq.2" },
    { "or=(a.eq.1,b.eq.2,c.eq.3)", 0, 1, "or=(a.eq.1,c.eq.3)" },
    { "or=(a.eq.1,b.eq.2)", 0, 0, "b=eq.2" },
    { "or=(a.eq.1)", 0, 0, "" },
    { "not.or=(a.eq.1,b.eq.2)", 0, 0, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(KvarQuery) after = take (cases[i].before, cases[i].index, cases[i].member);

      assert_query (after, cases[i].after);
    }
}

static KvarColumn *
new_column (const char *type_name)
{
  g_autoptr(KvarType) type = kvar_type_new (type_name, NULL);

  return kvar_column_new ("x", type);
}

/* What was put together is read back, so that it can be changed. */
static void
test_filter_op_reads_back (void)
{
  static const struct { const char *type; const char *value; KvarFilterOp op; const char *typed; }
  cases[] = {
    { "text", "eq.a,b", KVAR_FILTER_OP_EQUALS, "a,b" },
    { "text", "isdistinct.a", KVAR_FILTER_OP_DIFFERS, "a" },
    { "text", "ilike.*a\\%b*", KVAR_FILTER_OP_CONTAINS, "a%b" },
    { "text", "imatch.a\\*b", KVAR_FILTER_OP_CONTAINS, "a*b" },
    { "text", "is.null", KVAR_FILTER_OP_NONE, "" },
    { "text", "not.is.null", KVAR_FILTER_OP_ANY, "" },
    { "integer", "gte.5", KVAR_FILTER_OP_AT_LEAST, "5" },
    { "integer", "lte.-5", KVAR_FILTER_OP_AT_MOST, "-5" },
    { "text[]", "cs.{a}", KVAR_FILTER_OP_CONTAINS, "a" },
    { "tsvector", "wfts.roof", KVAR_FILTER_OP_CONTAINS, "roof" },
    { "text", "like.a*", KVAR_FILTER_N_OPS, NULL },
    { "text", "not.eq.a", KVAR_FILTER_N_OPS, NULL },
    { "text", "in.(a,b)", KVAR_FILTER_N_OPS, NULL },
    { "integer", "gt.5", KVAR_FILTER_N_OPS, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(KvarColumn) column = new_column (cases[i].type);
      g_autoptr(KvarFilter) filter = kvar_filter_parse ("x", cases[i].value, NULL);
      g_autofree char *typed = NULL;
      KvarFilterOp op = KVAR_FILTER_N_OPS;
      gboolean read = kvar_filter_op_read (filter, column, &op, &typed);

      if (read != (cases[i].typed != NULL))
        g_error ("%s is%s read", cases[i].value, read ? "" : " not");
      g_assert_cmpstr (typed, ==, cases[i].typed);
      if (read)
        g_assert_cmpint (op, ==, cases[i].op);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/query-group/SRCH-2/puts", test_query_group_puts);
  g_test_add_func ("/query-group/SRCH-2/takes", test_query_group_takes);
  g_test_add_func ("/filter-op/SRCH-2/reads-back", test_filter_op_reads_back);

  return g_test_run ();
}
