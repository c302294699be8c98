/* test-filter-op.c: conditions made of what people type, and said back in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>

#include "kvar-error.h"
#include "records/kvar-filter-op.h"
#include "records/kvar-filter-text.h"
#include "schema/kvar-table.h"

static KvarColumn *
new_column (const char *type_name)
{
  g_autoptr(KvarType) type = kvar_type_new (type_name, NULL);

  return kvar_column_new ("x", type);
}

static void
test_types_decide (void)
{
  static const struct { const char *type; const char *ops; } cases[] = {
    { "text", "is, is not, contains" },
    { "integer", "is, is not, at least, at most" },
    { "numeric(12,2)", "is, is not, at least, at most" },
    { "timestamp with time zone", "is, is not, at least, at most" },
    { "interval", "is, is not, at least, at most" },
    { "money", "is, is not, at least, at most" },
    { "inet", "is, is not, at least, at most" },
    { "boolean", "is, is not" },
    { "uuid", "is, is not" },
    { "jsonb", "is, is not" },
    { "json", "" },
    { "xml", "" },
    { "point", "" },
    { "text[]", "is, is not, contains" },
    { "bytea", "" },
    { "tsvector", "contains" },
    { "address", "" },
    { "unknown", "" },
  };
  static const char *const names[] = {
    "is", "is not", "contains", "at least", "at most"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(KvarColumn) column = new_column (cases[i].type);
      g_autoptr(GString) suiting = g_string_new (NULL);

      for (KvarFilterOp op = 0; op < KVAR_FILTER_OP_NONE; op++)
        if (kvar_filter_op_suits (op, column))
          g_string_append_printf (suiting, "%s%s", suiting->len > 0 ? ", " : "", names[op]);

      g_test_message ("%s", cases[i].type);
      g_assert_cmpstr (suiting->str, ==, cases[i].ops);
      g_assert_true (kvar_filter_op_suits (KVAR_FILTER_OP_NONE, column));
      kvar_column_set_nullable (column, FALSE);
      g_assert_false (kvar_filter_op_suits (KVAR_FILTER_OP_ANY, column));
    }
}

static void
test_builds_conditions (void)
{
  static const struct { const char *type; KvarFilterOp op; const char *typed, *condition; }
    cases[] = {
    { "integer", KVAR_FILTER_OP_EQUALS, "5", "eq.5" },
    { "integer", KVAR_FILTER_OP_EQUALS, "", "is.null" },
    { "integer", KVAR_FILTER_OP_DIFFERS, "", "not.is.null" },
    { "integer", KVAR_FILTER_OP_DIFFERS, "5", "isdistinct.5" },
    { "date", KVAR_FILTER_OP_AT_LEAST, "2026-11-20", "gte.2026-11-20" },
    { "boolean", KVAR_FILTER_OP_EQUALS, "ja", "eq.true" },
    { "text", KVAR_FILTER_OP_EQUALS, "O\"Brien, (Jr) + 1", "eq.O\"Brien, (Jr) + 1" },
    { "text", KVAR_FILTER_OP_CONTAINS, "roof", "ilike.*roof*" },
    { "text", KVAR_FILTER_OP_CONTAINS, "50%_\\", "ilike.*50\\%\\_\\\\*" },
    { "text", KVAR_FILTER_OP_CONTAINS, "5*3 (m)", "imatch.5\\*3 \\(m\\)" },
    { "text[]", KVAR_FILTER_OP_CONTAINS, "urgent, \"a,b\"", "cs.{urgent,\"a,b\"}" },
    { "tsvector", KVAR_FILTER_OP_CONTAINS, "roof -leak", "wfts.roof -leak" },
    { "text", KVAR_FILTER_OP_NONE, "", "is.null" },
    { "text", KVAR_FILTER_OP_ANY, "", "not.is.null" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(KvarColumn) column = new_column (cases[i].type);
      g_autoptr(GError) error = NULL;
      g_autoptr(KvarFilter) filter =
        kvar_filter_op_build (cases[i].op, column, cases[i].typed, &error);
      g_autofree char *condition = NULL;

      g_assert_no_error (error);
      condition = kvar_filter_to_value (filter);
      g_assert_cmpstr (condition, ==, cases[i].condition);
    }
}

static void
test_differs_where_there_is_always_a_value (void)
{
  g_autoptr(KvarColumn) column = new_column ("integer");
  g_autoptr(KvarFilter) filter = NULL;

  kvar_column_set_nullable (column, FALSE);
  filter = kvar_filter_op_build (KVAR_FILTER_OP_DIFFERS, column, "5", NULL);
  g_assert_cmpstr (kvar_filter_get_op (filter), ==, "neq");
}

static void
test_refuses_what_is_no_value (void)
{
  g_autoptr(KvarColumn) column = new_column ("integer");
  g_autoptr(GError) error = NULL;

  g_assert_null (kvar_filter_op_build (KVAR_FILTER_OP_EQUALS, column, "soon", &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "This is not a number.");
}

/* What is looked for is said back as it was typed, whatever signs are in it. */
static void
test_contained_comes_back (void)
{
  g_autoptr(KvarColumn) column = new_column ("text");
  g_autoptr(GRand) rand = g_rand_new_with_seed (20261125);

  for (int i = 0; i < 500; i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autoptr(KvarFilter) filter = NULL;
      g_autofree char *contained = NULL;

      for (int n = g_rand_int_range (rand, 1, 8); n > 0; n--)
        g_string_append_c (text, "ab*%_\\.,()[]{}|^$+?\"' "[g_rand_int_range (rand, 0, 22)]);
      filter = kvar_filter_new_contains (column, text->str);
      contained = kvar_filter_dup_contained (filter);
      g_assert_cmpstr (contained, ==, text->str);
    }
}

static void
test_other_patterns_say_more (void)
{
  static const char *const conditions[] = {
    "ilike.roof*", "ilike.*a*b*", "ilike.*a_b*", "imatch.^a", "imatch.a|b", "like.*a*", "eq.a"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (conditions); i++)
    {
      g_autoptr(KvarFilter) filter = kvar_filter_parse ("x", conditions[i], NULL);

      g_test_message ("%s", conditions[i]);
      g_assert_null (kvar_filter_dup_contained (filter));
    }
}

static void
test_says_in_words (void)
{
  static const char *const statuses[] = { "open", "in_progress", NULL };
  static const struct { const char *name, *value, *words; } cases[] = {
    { "status", "eq.in_progress", "Status is In progress" },
    { "status", "not.eq.open", "Status is not Open" },
    { "status", "isdistinct.open", "Status is not Open" },
    { "status", "in.(open,in_progress)", "Status is one of Open, In progress" },
    { "status", "not.in.(open)", "Status is none of Open" },
    { "title", "ilike.*50\\%*", "Title contains 50%" },
    { "title", "imatch.5\\*3", "Title contains 5*3" },
    { "title", "not.ilike.*roof*", "Title does not contain roof" },
    { "title", "ilike.roof*", "title=ilike.roof*" },
    { "price", "gte.1234.50", "Price is at least 1234.50" },
    { "price", "is.null", "Price has no value" },
    { "price", "not.is.null", "Price has a value" },
    { "tags", "cs.{urgent,\"a,b\"}", "Tags contains urgent, a,b" },
    { "gone", "eq.5", "gone is 5" },
    { "or", "(status.eq.open,price.gt.100)", "Status is Open or Price is above 100" },
    { "and", "(status.eq.open,or(price.is.null,price.lt.5))",
      "Status is Open and (Price has no value or Price is below 5)" },
    { "not.or", "(status.eq.open,price.gt.100)", "not (Status is Open or Price is above 100)" },
    { "details->>room", "eq.5", "details->>room=eq.5" },
  };
  g_autoptr(KvarTable) table = kvar_table_new ("jobs");
  static const struct { const char *name, *type; } columns[] = {
    { "status", "job_status" }, { "title", "text" }, { "price", "numeric" }, { "tags", "text[]" },
    { "details", "jsonb" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr(KvarType) type = kvar_type_new (columns[i].type, i == 0 ? statuses : NULL);
      g_autoptr(KvarColumn) column = kvar_column_new (columns[i].name, type);

      kvar_table_add_column (table, column);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(KvarFilter) filter = kvar_filter_parse (cases[i].name, cases[i].value, &error);
      g_autofree char *words = NULL;

      g_assert_no_error (error);
      words = kvar_filter_text (filter, table);
      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/filter-op/REST-43/types-decide", test_types_decide);
  g_test_add_func ("/filter-op/REST-44/builds-conditions", test_builds_conditions);
  g_test_add_func ("/filter-op/differs-where-there-is-always-a-value",
                   test_differs_where_there_is_always_a_value);
  g_test_add_func ("/filter-op/refuses-what-is-no-value", test_refuses_what_is_no_value);
  g_test_add_func ("/filter-op/REST-45/contained-comes-back", test_contained_comes_back);
  g_test_add_func ("/filter-op/REST-45/other-patterns-say-more", test_other_patterns_say_more);
  g_test_add_func ("/filter-text/says-in-words", test_says_in_words);

  return g_test_run ();
}
