/* test-conflict.c: Two people's changes to one record become one result, and nothing is lost.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-test-table.h"
#include "records/kvar-conflict.h"

typedef struct
{
  KvarTable    *table;
  KvarRecord   *base;
  KvarRecord   *theirs;
  KvarDraft    *draft;
  KvarColumn   *title;
  KvarColumn   *price;
  KvarConflict *conflict;   /* (nullable) until meet () */
} Fixture;

static void
fixture_set_up (Fixture       *f,
                gconstpointer  unused)
{
  KvarType *text = kvar_type_new ("text", NULL);
  KvarType *moment = kvar_type_new ("timestamptz", NULL);
  g_autoptr(KvarColumn) by = kvar_column_new ("updated_by", text);
  g_autoptr(KvarColumn) at = kvar_column_new ("updated_at", moment);

  f->table = kvar_test_table_new_jobs ();
  kvar_table_add_column (f->table, by);
  kvar_table_add_column (f->table, at);
  kvar_table_set_version_column (f->table, at);
  f->title = kvar_table_find_column (f->table, "title");
  f->price = kvar_table_find_column (f->table, "price");

  f->base = kvar_record_new (f->table);
  for (guint i = 0; i < kvar_table_get_n_columns (f->table); i++)
    kvar_record_set_text (f->base, i, NULL);
  kvar_record_set_text (f->base, 0, "1");
  kvar_record_set_text (f->base, 1, "Roof");
  kvar_record_set_text (f->base, 2, "12.50");
  f->theirs = kvar_record_dup (f->base);
  kvar_record_set_text (f->theirs, 1, "Theirs");
  kvar_record_set_text (f->theirs, 3, "2026-11-20");
  f->draft = kvar_draft_new (f->table, f->base);
  kvar_draft_set_input (f->draft, f->title, "Mine");
  kvar_draft_set_input (f->draft, f->price, "13");

  kvar_type_unref (text);
  kvar_type_unref (moment);
}

static void
fixture_tear_down (Fixture       *f,
                   gconstpointer  unused)
{
  if (f->conflict != NULL)
    g_assert_finalize_object (f->conflict);
  g_assert_finalize_object (f->draft);
  g_assert_finalize_object (f->theirs);
  g_assert_finalize_object (f->base);
  g_assert_finalize_object (f->table);
}

static void
meet (Fixture *f)
{
  f->conflict = kvar_conflict_new (f->draft, f->theirs);
}

static void
set_theirs (Fixture    *f,
            const char *column,
            const char *text)
{
  kvar_record_set_text (f->theirs, kvar_table_find_column_index (f->table, column), text);
}

static void
assert_input (KvarDraft  *draft,
              KvarColumn *column,
              const char *expected)
{
  g_autofree char *input = kvar_draft_get_input (draft, column);

  g_assert_cmpstr (input, ==, expected);
}

static void
test_only_what_both_changed (Fixture       *f,
                             gconstpointer  unused)
{
  g_autoptr(GPtrArray) combined = NULL;

  set_theirs (f, "updated_at", "2026-11-25T13:31:00+00:00");
  meet (f);
  g_assert_cmpuint (kvar_conflict_get_n_columns (f->conflict), ==, 1);
  g_assert_true (kvar_conflict_get_column (f->conflict, 0) == f->title);
  g_assert_cmpint (kvar_conflict_get_side (f->conflict, f->title), ==, KVAR_SIDE_YOURS);

  /* A version column changes with every save, and is nobody's news. */
  combined = kvar_conflict_list_combined (f->conflict);
  g_assert_cmpuint (combined->len, ==, 1);
  g_assert_cmpstr (kvar_column_get_name (g_ptr_array_index (combined, 0)), ==, "due_on");
}

static void
test_yours_is_saved (Fixture       *f,
                     gconstpointer  unused)
{
  meet (f);
  g_assert_true (kvar_conflict_apply (f->conflict));
  assert_input (f->draft, f->title, "Mine");
  assert_input (f->draft, f->price, "13");
  assert_input (f->draft, kvar_table_find_column (f->table, "due_on"), "2026-11-20");
}

static void
test_theirs_is_taken (Fixture       *f,
                      gconstpointer  unused)
{
  meet (f);
  kvar_conflict_choose (f->conflict, f->title, KVAR_SIDE_THEIRS);
  g_assert_cmpint (kvar_conflict_get_side (f->conflict, f->title), ==, KVAR_SIDE_THEIRS);
  /* Until it is applied, nothing that was typed is gone. */
  assert_input (f->draft, f->title, "Mine");

  kvar_conflict_choose (f->conflict, f->title, KVAR_SIDE_YOURS);
  assert_input (kvar_conflict_get_result (f->conflict), f->title, "Mine");
  kvar_conflict_choose (f->conflict, f->title, KVAR_SIDE_THEIRS);
  g_assert_true (kvar_conflict_apply (f->conflict));
  g_assert_false (kvar_draft_is_column_changed (f->draft, f->title));
  assert_input (f->draft, f->title, "Theirs");
}

/* What is typed as the result is in the draft, and so on the disk, with every key. */
static void
test_default_is_yours (Fixture       *f,
                       gconstpointer  unused)
{
  g_autofree char *yours = NULL;
  g_autoptr(KvarValue) value = NULL;
  g_autoptr(KvarValue) result = NULL;

  value = kvar_value_new_default (kvar_column_get_column_type (f->title));
  kvar_draft_set_value (f->draft, f->title, value);
  meet (f);
  g_assert_cmpuint (kvar_conflict_get_n_columns (f->conflict), ==, 1);
  yours = kvar_conflict_get_yours (f->conflict, f->title);
  g_assert_cmpstr (yours, ==, "Default (set by the server)");

  kvar_conflict_choose (f->conflict, f->title, KVAR_SIDE_THEIRS);
  kvar_conflict_choose (f->conflict, f->title, KVAR_SIDE_YOURS);
  result = kvar_draft_get_value (kvar_conflict_get_result (f->conflict), f->title);
  g_assert_true (kvar_value_is_default (result));
}

static void
test_own_result_is_kept (Fixture       *f,
                         gconstpointer  unused)
{
  g_autofree char *yours = NULL;

  meet (f);
  kvar_draft_set_input (kvar_conflict_get_result (f->conflict), f->title, "Both");
  g_assert_cmpint (kvar_conflict_get_side (f->conflict, f->title), ==, KVAR_SIDE_OWN);
  assert_input (f->draft, f->title, "Both");
  yours = kvar_conflict_get_yours (f->conflict, f->title);
  g_assert_cmpstr (yours, ==, "Mine");

  kvar_conflict_choose (f->conflict, f->title, KVAR_SIDE_YOURS);
  assert_input (f->draft, f->title, "Mine");
  kvar_draft_set_input (kvar_conflict_get_result (f->conflict), f->title, "Both");
  g_assert_true (kvar_conflict_apply (f->conflict));
  assert_input (f->draft, f->title, "Both");
}

/* The result may also be what was there before anybody changed it. */
static void
test_back_to_before (Fixture       *f,
                     gconstpointer  unused)
{
  meet (f);
  kvar_draft_set_input (kvar_conflict_get_result (f->conflict), f->title, "Roof");
  g_assert_true (kvar_conflict_apply (f->conflict));
  g_assert_true (kvar_draft_is_column_changed (f->draft, f->title));
  assert_input (f->draft, f->title, "Roof");
}

static void
test_no_value_is_a_value (Fixture       *f,
                          gconstpointer  unused)
{
  g_autoptr(KvarValue) null = kvar_value_new (kvar_column_get_column_type (f->price), NULL);
  g_autoptr(KvarValue) value = NULL;
  g_autofree char *yours = NULL;

  set_theirs (f, "price", "14.00");
  kvar_draft_set_value (f->draft, f->price, null);
  meet (f);
  yours = kvar_conflict_get_yours (f->conflict, f->price);
  g_assert_null (yours);
  kvar_conflict_choose (f->conflict, f->price, KVAR_SIDE_THEIRS);
  kvar_conflict_choose (f->conflict, f->price, KVAR_SIDE_YOURS);
  kvar_conflict_apply (f->conflict);
  value = kvar_draft_get_value (f->draft, f->price);
  g_assert_true (kvar_value_is_null (value));
}

/* "12,x" cannot be read, and stays to be mended. */
static void
test_nonsense_is_kept (Fixture       *f,
                       gconstpointer  unused)
{
  set_theirs (f, "price", "14.00");
  kvar_draft_set_input (f->draft, f->price, "12,x");
  meet (f);
  g_assert_cmpint (kvar_conflict_get_side (f->conflict, f->price), ==, KVAR_SIDE_YOURS);
  kvar_conflict_choose (f->conflict, f->price, KVAR_SIDE_THEIRS);
  kvar_conflict_choose (f->conflict, f->price, KVAR_SIDE_YOURS);
  kvar_conflict_apply (f->conflict);
  assert_input (f->draft, f->price, "12,x");
  g_assert_nonnull (kvar_draft_get_problem (f->draft, f->price));
}

static void
test_typed_on_elsewhere (Fixture       *f,
                         gconstpointer  unused)
{
  meet (f);
  kvar_draft_set_input (f->draft, f->title, "Mine, too");
  assert_input (kvar_conflict_get_result (f->conflict), f->title, "Mine, too");
  g_assert_cmpint (kvar_conflict_get_side (f->conflict, f->title), ==, KVAR_SIDE_YOURS);
}

static void
test_who_and_when (Fixture       *f,
                   gconstpointer  unused)
{
  g_autofree char *author = NULL;

  set_theirs (f, "updated_by", "Eva Lind");
  set_theirs (f, "updated_at", "2026-11-25T14:31:00.25+01:00");
  meet (f);
  author = kvar_conflict_get_author (f->conflict);
  g_assert_cmpstr (author, ==, "Eva Lind");
  g_assert_cmpint (kvar_conflict_get_time (f->conflict) / G_TIME_SPAN_SECOND, ==, 1795613460);
}

/* A row that does not say who changed it last names whoever did so once. */
static void
test_nobody_is_blamed (Fixture       *f,
                       gconstpointer  unused)
{
  kvar_record_set_text (f->base, kvar_table_find_column_index (f->table, "updated_by"), "Anna");
  g_assert_finalize_object (f->draft);
  f->draft = kvar_draft_new (f->table, f->base);
  kvar_draft_set_input (f->draft, f->title, "Mine");
  set_theirs (f, "updated_by", "Anna");
  meet (f);
  g_assert_null (kvar_conflict_get_author (f->conflict));
  g_assert_cmpint (kvar_conflict_get_time (f->conflict), ==, 0);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/conflict/only-what-both-changed", test_only_what_both_changed);
  ADD ("/conflict/yours-is-saved", test_yours_is_saved);
  ADD ("/conflict/theirs-is-taken", test_theirs_is_taken);
  ADD ("/conflict/REST-70/default-is-yours", test_default_is_yours);
  ADD ("/conflict/own-result-is-kept", test_own_result_is_kept);
  ADD ("/conflict/back-to-before", test_back_to_before);
  ADD ("/conflict/no-value-is-a-value", test_no_value_is_a_value);
  ADD ("/conflict/nonsense-is-kept", test_nonsense_is_kept);
  ADD ("/conflict/typed-on-elsewhere", test_typed_on_elsewhere);
  ADD ("/conflict/who-and-when", test_who_and_when);
  ADD ("/conflict/nobody-is-blamed", test_nobody_is_blamed);

  return g_test_run ();
}
