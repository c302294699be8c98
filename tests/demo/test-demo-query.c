/* test-demo-query.c: the demo reads PostgREST's query grammar
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-demo-query.h"

static KvarDemoQuery *
parse (const char *text)
{
  g_autoptr(KvarDemoSqlError) error = NULL;
  KvarDemoQuery *query = kvar_demo_query_parse (text, FALSE, &error);

  if (query == NULL)
    g_error ("%s: %s", text, error->message);

  return query;
}

static void
test_query_selects (void)
{
  g_autoptr(KvarDemoQuery) query = NULL;
  const KvarDemoItem *item;

  query = parse ("select=id::text,when:due_on,note:details->a->>b,%22odd,%20name%22,"
                 "contact:contacts!jobs_contact_id_fkey!inner(full_name,jobs(ref))"
                 "&contact.jobs.limit=3&contact.full_name=eq.A");
  g_assert_cmpuint (query->items->len, ==, 5);

  item = query->items->pdata[0];
  g_assert_cmpstr (item->field.name, ==, "id");
  g_assert_cmpstr (item->cast, ==, "text");

  item = query->items->pdata[1];
  g_assert_cmpstr (item->alias, ==, "when");
  g_assert_cmpstr (item->field.name, ==, "due_on");

  item = query->items->pdata[2];
  g_assert_cmpuint (item->field.steps->len, ==, 2);
  g_assert_cmpstr (item->field.steps->pdata[1], ==, "b");
  g_assert_true (item->field.as_text);

  item = query->items->pdata[3];
  g_assert_cmpstr (item->field.name, ==, "odd, name");

  item = query->items->pdata[4];
  g_assert_cmpstr (item->alias, ==, "contact");
  g_assert_cmpstr (item->hint, ==, "jobs_contact_id_fkey");
  g_assert_true (item->inner);
  g_assert_cmpuint (item->embed->conditions->len, ==, 1);

  item = item->embed->items->pdata[1];
  g_assert_cmpint (item->embed->limit, ==, 3);
}

static void
test_query_filters (void)
{
  static const struct
  {
    const char       *text;
    const char       *column;
    KvarDemoOperator  operator;
    gboolean          negated;
    const char       *value;
  } cases[] = {
    { "id=eq.5", "id", KVAR_DEMO_OPERATOR_EQ, FALSE, "5" },
    { "title=eq.%22Wiring%2C%20cellar%22", "title", KVAR_DEMO_OPERATOR_EQ, FALSE,
      "\"Wiring, cellar\"" },
    { "a=not.ilike.*x+y*", "a", KVAR_DEMO_OPERATOR_ILIKE, TRUE, "*x y*" },
    { "%22order%22=gte.2026-01-01T00:00:00%2B00:00", "order", KVAR_DEMO_OPERATOR_GTE, FALSE,
      "2026-01-01T00:00:00+00:00" },
    { "a=fts(english).roof", "a", KVAR_DEMO_OPERATOR_FTS, FALSE, "roof" },
    { "a=is.not_null", "a", KVAR_DEMO_OPERATOR_IS, FALSE, "not_null" },
    { "a=isdistinct.", "a", KVAR_DEMO_OPERATOR_ISDISTINCT, FALSE, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(KvarDemoQuery) query = parse (cases[i].text);
      const KvarDemoCondition *condition = query->conditions->pdata[0];

      g_assert_cmpstr (condition->field.name, ==, cases[i].column);
      g_assert_cmpint (condition->operator, ==, cases[i].operator);
      g_assert_cmpint (condition->negated, ==, cases[i].negated);
      g_assert_cmpstr (condition->value, ==, cases[i].value);
    }
}

static void
test_query_lists (void)
{
  g_autoptr(KvarDemoQuery) query = parse ("a=in.(%22x,%20%5C%22y%5C%22%22,b,)&c=in.()"
                                          "&d=like(any).%7BO*,P*%7D");
  const KvarDemoCondition *list = query->conditions->pdata[0];
  const KvarDemoCondition *empty = query->conditions->pdata[1];
  const KvarDemoCondition *any = query->conditions->pdata[2];

  g_assert_cmpuint (list->values->len, ==, 3);
  g_assert_cmpstr (list->values->pdata[0], ==, "x, \"y\"");
  g_assert_cmpstr (list->values->pdata[2], ==, "");
  g_assert_cmpuint (empty->values->len, ==, 0);
  g_assert_cmpint (any->quantifier, ==, KVAR_DEMO_QUANTIFIER_ANY);
  g_assert_cmpstr (any->values->pdata[1], ==, "P*");
}

static void
test_query_trees (void)
{
  g_autoptr(KvarDemoQuery) query = NULL;
  const KvarDemoCondition *tree, *branch;

  query = parse ("or=(a.gt.1,not.and(b.eq.%22x,y)%22,c.is.null),tags.cs.%7Bp,q%7D,"
                 "%22d.e%22.in.(1,2))&not.and=(f.eq.,g.lt.2)");
  tree = query->conditions->pdata[0];
  g_assert_cmpint (tree->kind, ==, KVAR_DEMO_CONDITION_OR);
  g_assert_cmpuint (tree->children->len, ==, 4);

  branch = tree->children->pdata[1];
  g_assert_cmpint (branch->kind, ==, KVAR_DEMO_CONDITION_AND);
  g_assert_true (branch->negated);
  branch = branch->children->pdata[0];
  g_assert_cmpstr (branch->value, ==, "x,y)");

  branch = tree->children->pdata[2];
  g_assert_cmpstr (branch->value, ==, "{p,q}");
  branch = tree->children->pdata[3];
  g_assert_cmpstr (branch->field.name, ==, "d.e");
  g_assert_cmpuint (branch->values->len, ==, 2);

  tree = query->conditions->pdata[1];
  g_assert_true (tree->negated);
  branch = tree->children->pdata[0];
  g_assert_cmpstr (branch->value, ==, "");
}

static void
test_query_orders (void)
{
  g_autoptr(KvarDemoQuery) query = NULL;
  const KvarDemoOrder *order;

  query = parse ("order=due_on.desc.nullslast,id,contacts(full_name).asc,details->floor.desc"
                 "&limit=7&offset=3&columns=a,%22b%20c%22&on_conflict=x,y");
  g_assert_cmpuint (query->orders->len, ==, 4);
  order = query->orders->pdata[0];
  g_assert_true (order->descending);
  g_assert_cmpint (order->nulls, ==, KVAR_DEMO_NULLS_LAST);
  order = query->orders->pdata[2];
  g_assert_cmpstr (order->relation, ==, "contacts");
  g_assert_cmpstr (order->field.name, ==, "full_name");
  order = query->orders->pdata[3];
  g_assert_true (order->descending);
  g_assert_cmpuint (order->field.steps->len, ==, 1);

  g_assert_cmpint (query->limit, ==, 7);
  g_assert_cmpint (query->offset, ==, 3);
  g_assert_cmpstr (query->columns->pdata[1], ==, "b c");
  g_assert_cmpuint (query->on_conflict->len, ==, 2);
}

static void
test_query_refuses (void)
{
  static const char * const cases[][3] = {
    { "ref=foo.1", "PGRST100", "\"failed to parse filter (foo.1)\" (line 1, column 1)" },
    { "ref=eq", "PGRST100", "\"failed to parse filter (eq)\" (line 1, column 3)" },
    { "a=is.maybe", "PGRST100", "\"failed to parse filter (is.maybe)\" (line 1, column 4)" },
    { "a=in.(1", "PGRST100", "\"failed to parse filter (in.(1)\" (line 1, column 6)" },
    { "or=(a.eq.1", "PGRST100", "\"failed to parse logic tree ((a.eq.1)\" (line 1, column 8)" },
    { "select=a,,b", "PGRST100", "\"failed to parse select parameter (a,,b)\" (line 1, column 3)" },
    { "select=count()", "PGRST123", "Use of aggregate functions is not allowed" },
    { "order=a.up", "PGRST100", "\"failed to parse order (a.up)\" (line 1, column 2)" },
    { "limit=-1", "PGRST103", "Requested range not satisfiable" },
    { "nobody.a=eq.1", "PGRST108", "'nobody' is not an embedded resource in this request" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(KvarDemoSqlError) error = NULL;

      g_assert_null (kvar_demo_query_parse (cases[i][0], FALSE, &error));
      g_assert_cmpstr (error->code, ==, cases[i][1]);
      g_assert_cmpstr (error->message, ==, cases[i][2]);
    }
}

static void
test_query_finds_arguments (void)
{
  g_autoptr(KvarDemoSqlError) error = NULL;
  g_autoptr(KvarDemoQuery) query = NULL;

  query = kvar_demo_query_parse ("term=roof&price=lt.300&select=ref", TRUE, &error);
  g_assert_nonnull (query);
  g_assert_cmpuint (query->arguments->len, ==, 2);
  g_assert_cmpstr (query->arguments->pdata[0], ==, "term");
  g_assert_cmpstr (query->arguments->pdata[1], ==, "roof");
  g_assert_cmpuint (query->conditions->len, ==, 1);
}

static void
test_query_normalises (void)
{
  g_autofree char *text = kvar_demo_query_normalise ("select=id,email&id=eq.1&apikey=k");

  g_assert_cmpstr (text, ==, "id=eq.1&select=id%2Cemail");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/demo/query/select/items-and-embeds", test_query_selects);
  g_test_add_func ("/demo/query/filter/operators", test_query_filters);
  g_test_add_func ("/demo/query/filter/lists", test_query_lists);
  g_test_add_func ("/demo/query/logic/nests", test_query_trees);
  g_test_add_func ("/demo/query/order/nulls-and-relations", test_query_orders);
  g_test_add_func ("/demo/query/refuses-as-postgrest", test_query_refuses);
  g_test_add_func ("/demo/query/arguments-of-a-get", test_query_finds_arguments);
  g_test_add_func ("/demo/query/normalise/sorts-and-encodes", test_query_normalises);

  return g_test_run ();
}
