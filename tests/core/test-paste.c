/* test-paste.c: a table from the clipboard, and what its rows will become
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-test-table.h"
#include "records/kvar-paste-plan.h"
#include "records/kvar-paste-text.h"

static GPtrArray *
read_text (const char *text)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static (text, strlen (text));
  guint n_removed;

  return kvar_paste_text_read (bytes, &n_removed);
}

static char *
join_rows (GPtrArray *rows)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *cells = g_strjoinv ("|", g_ptr_array_index (rows, i));

      g_string_append_printf (text, "%s[%s]", i > 0 ? " " : "", cells);
    }

  return g_string_free (text, FALSE);
}

static void
test_paste_reads_tables (void)
{
  static const struct
  {
    const char *text;
    const char *rows;
  } cases[] = {
    { "", "" },
    { "one", "[one]" },
    { "a\tb\nc\td\n", "[a|b] [c|d]" },
    { "a\tb\r\nc\td\r\n", "[a|b] [c|d]" },
    { "\xef\xbb\xbf" "a;b\n1,5;2", "[a|b] [1,5|2]" },
    { "a,b\n1,2", "[a|b] [1|2]" },
    { "a, b\tc", "[a, b|c]" },
    { "\"a\tb\"\t\"say \"\"hi\"\"\nthere\"\nx\ty", "[a\tb|say \"hi\"\nthere] [x|y]" },
    { "a\t\n\t\nb\t", "[a|] [b|]" },
    /* Quotes that somebody wrote, and commas that cut nothing. */
    { "\"Hej\" sa han\tb\nc\td", "[\"Hej\" sa han|b] [c|d]" },
    { "\"14 tum\nc\td", "[\"14 tum] [c|d]" },
    { "\"\"\tb", "[|b]" },
    { "Smith, John\nDoe, Jane", "[Smith, John] [Doe, Jane]" },
    { "1,5\n2,5", "[1,5] [2,5]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) rows = read_text (cases[i].text);
      g_autofree char *joined = join_rows (rows);

      g_assert_cmpstr (joined, ==, cases[i].rows);
    }
}

static void
assert_cleaned (const char *bytes,
                gsize       size,
                const char *cell,
                guint       n)
{
  g_autoptr(GBytes) data = g_bytes_new_static (bytes, size);
  g_autoptr(GPtrArray) rows = NULL;
  guint n_removed;

  rows = kvar_paste_text_read (data, &n_removed);
  g_assert_cmpuint (n_removed, ==, n);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (((char **)g_ptr_array_index (rows, 0))[0], ==, cell);
}

static void
test_paste_removes_nul (void)
{
  assert_cleaned ("a\0b\0", 4, "ab", 2);
}

/* A lone surrogate, a cut sequence, a byte of another encoding. */
static void
test_paste_removes_what_is_no_text (void)
{
  assert_cleaned ("a\xed\xa0\x80" "b", 5, "ab", 3);
  assert_cleaned ("a\xc3", 2, "a", 1);
  assert_cleaned ("sm\xf6r", 4, "smr", 1);
}

static GPtrArray *
list_columns (KvarTable  *table,
              const char *first,
              const char *second)
{
  GPtrArray *columns = g_ptr_array_new ();

  g_ptr_array_add (columns, kvar_table_find_column (table, first));
  g_ptr_array_add (columns, kvar_table_find_column (table, second));

  return columns;
}

static void
test_paste_plans (void)
{
  g_autoptr(KvarTable) table = kvar_test_table_new_jobs ();
  g_autoptr(GPtrArray) shown = list_columns (table, "title", "price");
  g_autoptr(GPtrArray) rows = read_text ("Roof\t12.50\nWall\tmuch\n\t7\n");
  g_autoptr(KvarPastePlan) plan = kvar_paste_plan_new (table, shown, rows);
  KvarPasteProblem *problem;

  g_assert_false (plan->has_titles);
  g_assert_cmpuint (plan->rows->len, ==, 3);
  g_assert_cmpuint (plan->n_bad, ==, 2);
  problem = g_ptr_array_index (plan->problems, 0);
  g_assert_cmpuint (problem->row, ==, 2);
  g_assert_cmpstr (kvar_column_get_name (problem->column), ==, "price");
  problem = g_ptr_array_index (plan->problems, 1);
  g_assert_cmpuint (problem->row, ==, 3);
  g_assert_cmpstr (kvar_column_get_name (problem->column), ==, "title");
}

/* Names and titles in any case; what the table does not take is left out. */
static void
test_paste_finds_titles (void)
{
  g_autoptr(KvarTable) table = kvar_test_table_new_jobs ();
  g_autoptr(GPtrArray) shown = list_columns (table, "title", "price");
  g_autoptr(GPtrArray) rows = read_text ("PRICE\ttotal\tTitle\n1\t2\tRoof");
  g_autoptr(KvarPastePlan) plan = kvar_paste_plan_new (table, shown, rows);
  g_autoptr(KvarDraft) draft = kvar_draft_new (table, NULL);
  g_autofree char *title = NULL;
  g_autofree char *price = NULL;

  g_assert_true (plan->has_titles);
  g_assert_cmpuint (plan->rows->len, ==, 1);
  g_assert_null (g_ptr_array_index (plan->columns, 1));
  g_assert_true (kvar_paste_plan_fill (plan, 0, draft));
  title = kvar_draft_get_input (draft, kvar_table_find_column (table, "title"));
  price = kvar_draft_get_input (draft, kvar_table_find_column (table, "price"));
  g_assert_cmpstr (title, ==, "Roof");
  g_assert_cmpstr (price, ==, "1");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/paste/text/reads-tables", test_paste_reads_tables);
  g_test_add_func ("/paste/REST-73/removes-nul", test_paste_removes_nul);
  g_test_add_func ("/paste/REST-74/removes-what-is-no-text", test_paste_removes_what_is_no_text);
  g_test_add_func ("/paste/GRID-12/finds-problems", test_paste_plans);
  g_test_add_func ("/paste/GRID-12/finds-titles", test_paste_finds_titles);

  return g_test_run ();
}
