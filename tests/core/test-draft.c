/* test-draft.c: What is typed is kept as it is, judged, put on a new base and given back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-test-table.h"
#include "records/kvar-draft-edits.h"
#include "records/kvar-draft-store.h"
#include "records/kvar-merge.h"

typedef struct
{
  KvarTable  *table;
  KvarRecord *record;
  KvarDraft  *draft;
  KvarColumn *title;
  KvarColumn *price;
  KvarColumn *due_on;
} Fixture;

static void
fixture_set_up (Fixture       *f,
                gconstpointer  is_new)
{
  f->table = kvar_test_table_new_jobs ();
  f->title = kvar_table_find_column (f->table, "title");
  f->price = kvar_table_find_column (f->table, "price");
  f->due_on = kvar_table_find_column (f->table, "due_on");

  f->record = kvar_record_new (f->table);
  kvar_record_set_text (f->record, 0, "1");
  kvar_record_set_text (f->record, 1, "Roof");
  kvar_record_set_text (f->record, 2, "12.50");
  kvar_record_set_text (f->record, 3, NULL);
  f->draft = kvar_draft_new (f->table, GPOINTER_TO_INT (is_new) ? NULL : f->record);
}

static void
fixture_tear_down (Fixture       *f,
                   gconstpointer  unused)
{
  g_assert_finalize_object (f->draft);
  g_assert_finalize_object (f->record);
  g_assert_finalize_object (f->table);
}

static void
assert_input (Fixture    *f,
              KvarColumn *column,
              const char *expected)
{
  g_autofree char *input = kvar_draft_get_input (f->draft, column);

  g_assert_cmpstr (input, ==, expected);
}

static void
assert_value (Fixture    *f,
              KvarColumn *column,
              const char *expected)
{
  g_autoptr(KvarValue) value = kvar_draft_get_value (f->draft, column);

  g_assert_nonnull (value);
  g_assert_cmpstr (kvar_value_get_text (value), ==, expected);
}

static void
test_input_is_kept (Fixture       *f,
                    gconstpointer  unused)
{
  assert_input (f, f->title, "Roof");
  g_assert_false (kvar_draft_get_changed (f->draft));

  kvar_draft_set_input (f->draft, f->price, "12,x");
  assert_input (f, f->price, "12,x");
  g_assert_nonnull (kvar_draft_get_problem (f->draft, f->price));
  g_assert_null (kvar_draft_get_value (f->draft, f->price));
  g_assert_true (kvar_draft_is_column_changed (f->draft, f->price));
  g_assert_cmpuint (kvar_draft_get_n_problems (f->draft), ==, 1);

  kvar_draft_set_input (f->draft, f->price, "13");
  g_assert_null (kvar_draft_get_problem (f->draft, f->price));
  g_assert_cmpuint (kvar_draft_get_n_problems (f->draft), ==, 0);
  assert_input (f, f->price, "13");
}

static void
test_typing_back_is_no_change (Fixture       *f,
                               gconstpointer  unused)
{
  kvar_draft_set_input (f->draft, f->title, "Roofs");
  g_assert_true (kvar_draft_get_changed (f->draft));
  kvar_draft_set_input (f->draft, f->title, "Roof");
  g_assert_false (kvar_draft_get_changed (f->draft));
  g_assert_false (kvar_draft_is_column_changed (f->draft, f->title));
}

static void
test_null_and_empty (Fixture       *f,
                     gconstpointer  unused)
{
  g_autoptr(KvarValue) null = kvar_value_new (kvar_column_get_column_type (f->title), NULL);
  KvarColumn *problem;

  kvar_draft_set_input (f->draft, f->title, "");
  assert_value (f, f->title, "");
  g_assert_true (kvar_draft_validate (f->draft, NULL));

  kvar_draft_set_value (f->draft, f->title, null);
  assert_value (f, f->title, NULL);
  assert_input (f, f->title, "");
  g_assert_false (kvar_draft_validate (f->draft, &problem));
  g_assert_true (problem == f->title);

  kvar_draft_set_input (f->draft, f->price, "");
  assert_value (f, f->price, NULL);
}

static void
test_new_asks_for_the_required (Fixture       *f,
                                gconstpointer  unused)
{
  KvarColumn *problem = NULL;
  g_autoptr(GPtrArray) changes = NULL;

  g_assert_true (kvar_draft_is_new (f->draft));
  g_assert_false (kvar_draft_validate (f->draft, &problem));
  g_assert_true (problem == f->title);
  g_assert_false (kvar_draft_get_changed (f->draft));

  kvar_draft_set_input (f->draft, f->title, "New");
  g_assert_true (kvar_draft_validate (f->draft, NULL));
  changes = kvar_draft_list_changes (f->draft);
  g_assert_cmpuint (changes->len, ==, 1);
}

static void
test_base_is_a_copy (Fixture       *f,
                     gconstpointer  unused)
{
  kvar_draft_set_input (f->draft, f->title, "Mine");
  kvar_record_set_text (f->record, 1, "Theirs");
  g_assert_cmpstr (kvar_record_get_text (kvar_draft_get_base (f->draft), 1), ==, "Roof");
}

static void
test_new_base_under_changes (Fixture       *f,
                             gconstpointer  unused)
{
  g_autoptr(KvarRecord) newer = kvar_record_dup (f->record);

  kvar_record_set_text (newer, 1, "Roof and floor");
  kvar_record_set_text (newer, 2, "99.00");
  kvar_draft_set_input (f->draft, f->price, "13");
  kvar_draft_set_base (f->draft, newer);

  assert_input (f, f->title, "Roof and floor");
  assert_input (f, f->price, "13");
  g_assert_true (kvar_draft_get_changed (f->draft));
}

/* A blank typed into an empty field, and a field that was only named in a refusal, are no changes;
 * nor do they become some, and undo somebody else's, when that is loaded. */
static void
test_new_base_makes_no_changes (Fixture       *f,
                                gconstpointer  unused)
{
  g_autoptr(KvarRecord) newer = kvar_record_dup (f->record);

  kvar_draft_set_input (f->draft, f->due_on, " ");
  kvar_draft_set_problem (f->draft, f->price, "Another record already has this combination.");
  g_assert_false (kvar_draft_get_changed (f->draft));

  kvar_record_set_text (newer, 2, "99.00");
  kvar_record_set_text (newer, 3, "2026-11-20");
  kvar_draft_set_base (f->draft, newer);

  g_assert_false (kvar_draft_get_changed (f->draft));
  assert_value (f, f->price, "99.00");
  assert_value (f, f->due_on, "2026-11-20");
}

/* The same where it is heard of with the answer to a save; but what was typed back while its
 * change was under way is a change to that. */
static void
test_accept_makes_no_changes (Fixture       *f,
                              gconstpointer  unused)
{
  g_autoptr(KvarRecord) saved = kvar_record_dup (f->record);
  g_autoptr(GPtrArray) sent = NULL;

  kvar_draft_set_input (f->draft, f->price, "13");
  kvar_draft_set_input (f->draft, f->due_on, "2026-11-20");
  sent = kvar_draft_list_changes (f->draft);
  kvar_draft_set_problem (f->draft, f->title, "Another record already has this combination.");
  kvar_draft_set_input (f->draft, f->due_on, " ");
  kvar_record_set_text (saved, 1, "Theirs");
  kvar_record_set_text (saved, 2, "13.00");
  kvar_record_set_text (saved, 3, "2026-11-20");
  kvar_draft_accept (f->draft, saved, sent);

  assert_value (f, f->title, "Theirs");
  g_assert_false (kvar_draft_is_column_changed (f->draft, f->title));
  assert_value (f, f->due_on, NULL);
  g_assert_true (kvar_draft_is_column_changed (f->draft, f->due_on));
}

static void
test_accept_keeps_later_keystrokes (Fixture       *f,
                                    gconstpointer  unused)
{
  g_autoptr(KvarRecord) saved = kvar_record_dup (f->record);
  g_autoptr(GPtrArray) sent = NULL;

  kvar_draft_set_input (f->draft, f->title, "Roof!");
  kvar_draft_set_input (f->draft, f->price, "13");
  sent = kvar_draft_list_changes (f->draft);
  g_assert_cmpuint (sent->len, ==, 2);

  kvar_draft_set_input (f->draft, f->title, "Roof!!");
  kvar_record_set_text (saved, 1, "Roof!");
  kvar_record_set_text (saved, 2, "13.00");
  kvar_draft_accept (f->draft, saved, sent);

  assert_input (f, f->title, "Roof!!");
  assert_value (f, f->price, "13.00");
  g_assert_false (kvar_draft_is_column_changed (f->draft, f->price));
  g_assert_true (kvar_draft_is_column_changed (f->draft, f->title));
}

static void
test_changes_come_back (Fixture       *f,
                        gconstpointer  unused)
{
  g_autoptr(GVariant) changes = NULL;
  g_autoptr(KvarValue) date = kvar_value_new (kvar_column_get_column_type (f->due_on),
                                              "2026-11-20");

  kvar_draft_set_input (f->draft, f->price, "not a number");
  kvar_draft_set_value (f->draft, f->due_on, date);
  changes = g_variant_ref_sink (kvar_draft_save_changes (f->draft));
  kvar_draft_discard (f->draft);
  g_assert_false (kvar_draft_get_changed (f->draft));
  assert_value (f, f->price, "12.50");

  kvar_draft_restore_changes (f->draft, changes);
  assert_input (f, f->price, "not a number");
  g_assert_nonnull (kvar_draft_get_problem (f->draft, f->price));
  assert_value (f, f->due_on, "2026-11-20");
}

/* "Today" was another day then, and where people write otherwise "1.500" is another number. */
static void
test_changes_mean_what_they_meant (Fixture       *f,
                                   gconstpointer  unused)
{
  g_autoptr(GVariant) typed = g_variant_ref_sink (g_variant_new_parsed (
    "{'due_on': (just 'today', just '2020-01-01'), 'price': (just '1.500', just '1500'),"
    " 'title': (just 'Roofs', just 'Roofs')}"));

  kvar_draft_restore_changes (f->draft, typed);
  assert_value (f, f->due_on, "2020-01-01");
  assert_value (f, f->price, "1500");
  assert_input (f, f->title, "Roofs");
}

/* To take it back would be to write null over what somebody else has written there. */
static void
test_edit_of_the_unknown (Fixture       *f,
                          gconstpointer  unused)
{
  g_autoptr(KvarRecord) seen = kvar_record_new (f->table);
  g_autoptr(KvarDraft) draft = NULL;
  g_autoptr(GPtrArray) sent = NULL;
  g_autoptr(KvarOwnEdit) edit = NULL;

  kvar_record_set_text (seen, 0, "1");
  draft = kvar_draft_new (f->table, seen);
  kvar_draft_set_input (draft, f->title, "Roofs");
  sent = kvar_draft_list_changes (draft);
  kvar_record_set_text (f->record, 1, "Roofs");
  edit = kvar_draft_make_edit (draft, f->record, sent);
  g_assert_null (edit);
}

static void
test_server_problem_goes_with_a_keystroke (Fixture       *f,
                                           gconstpointer  unused)
{
  kvar_draft_set_input (f->draft, f->title, "Taken");
  kvar_draft_set_problem (f->draft, f->title, "Another record already has this title.");
  g_assert_cmpuint (kvar_draft_get_n_problems (f->draft), ==, 1);
  kvar_draft_set_input (f->draft, f->title, "Taken 2");
  g_assert_cmpuint (kvar_draft_get_n_problems (f->draft), ==, 0);
}

static void
test_merge (Fixture       *f,
            gconstpointer  unused)
{
  g_autoptr(KvarRecord) theirs = kvar_record_dup (f->record);

  kvar_draft_set_input (f->draft, f->title, "Mine");
  kvar_draft_set_input (f->draft, f->price, "13");
  kvar_record_set_text (theirs, 1, "Theirs");
  kvar_record_set_text (theirs, 3, "2026-11-20");

  g_assert_cmpint (kvar_merge_judge (f->draft, theirs, f->title), ==, KVAR_MERGE_CONFLICT);
  g_assert_cmpint (kvar_merge_judge (f->draft, theirs, f->price), ==, KVAR_MERGE_MINE);
  g_assert_cmpint (kvar_merge_judge (f->draft, theirs, f->due_on), ==, KVAR_MERGE_THEIRS);
  g_assert_cmpuint (kvar_merge_count (f->draft, theirs, KVAR_MERGE_CONFLICT), ==, 1);

  kvar_record_set_text (theirs, 1, "Mine");
  g_assert_cmpint (kvar_merge_judge (f->draft, theirs, f->title), ==, KVAR_MERGE_SAME);
}

static void
test_store_has_one_draft_each (Fixture       *f,
                               gconstpointer  unused)
{
  g_autoptr(KvarClock) clock = kvar_clock_new_simulated ();
  KvarDraftStore *store = kvar_draft_store_new (NULL, clock);
  KvarDraft *one = kvar_draft_store_open (store, f->table, "1", f->record);
  g_autoptr(KvarDraft) two = kvar_draft_store_open (store, f->table, "1", NULL);
  g_autoptr(KvarDraft) other = kvar_draft_store_open (store, f->table, "2", f->record);

  g_assert_true (one == two);
  g_assert_true (one != other);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 0);

  kvar_draft_set_input (one, f->title, "Mine");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 1);

  /* Changed, it outlives the pages that show it. */
  g_object_unref (one);
  g_clear_object (&two);
  one = kvar_draft_store_lookup (store, "jobs", "1");
  g_assert_nonnull (one);
  g_assert_true (kvar_draft_get_changed (one));

  kvar_draft_discard (one);
  g_assert_null (kvar_draft_store_lookup (store, "jobs", "1"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 0);

  g_clear_object (&other);
  g_assert_finalize_object (store);
}

static void
test_store_follows_the_key (Fixture       *f,
                            gconstpointer  unused)
{
  g_autoptr(KvarClock) clock = kvar_clock_new_simulated ();
  KvarDraftStore *store = kvar_draft_store_new (NULL, clock);
  g_autoptr(KvarDraft) draft = kvar_draft_store_open (store, f->table, "new", NULL);

  kvar_draft_store_rekey (store, draft, "5");
  g_assert_true (kvar_draft_store_lookup (store, "jobs", "5") == draft);
  g_assert_null (kvar_draft_store_lookup (store, "jobs", "new"));
  g_assert_finalize_object (store);
}

#define ADD(path, is_new, func) \
  g_test_add (path, Fixture, GINT_TO_POINTER (is_new), fixture_set_up, func, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/draft/set-input/is-kept", FALSE, test_input_is_kept);
  ADD ("/draft/set-input/typing-back-is-no-change", FALSE, test_typing_back_is_no_change);
  ADD ("/draft/set-value/null-is-not-empty", FALSE, test_null_and_empty);
  ADD ("/draft/validate/new-asks-for-the-required", TRUE, test_new_asks_for_the_required);
  ADD ("/draft/base/is-a-copy", FALSE, test_base_is_a_copy);
  ADD ("/draft/base/goes-under-the-changes", FALSE, test_new_base_under_changes);
  ADD ("/draft/base/makes-no-changes", FALSE, test_new_base_makes_no_changes);
  ADD ("/draft/accept/makes-no-changes", FALSE, test_accept_makes_no_changes);
  ADD ("/draft/accept/keeps-later-keystrokes", FALSE, test_accept_keeps_later_keystrokes);
  ADD ("/draft/restore-changes/brings-all-back", FALSE, test_changes_come_back);
  ADD ("/draft/restore-changes/means-what-it-meant", FALSE, test_changes_mean_what_they_meant);
  ADD ("/draft/make-edit/leaves-out-the-unknown", FALSE, test_edit_of_the_unknown);
  ADD ("/draft/set-problem/goes-with-a-keystroke", FALSE,
       test_server_problem_goes_with_a_keystroke);
  ADD ("/merge/judge/names-the-side", FALSE, test_merge);
  ADD ("/draft-store/open/one-each", FALSE, test_store_has_one_draft_each);
  ADD ("/draft-store/rekey/follows-the-key", FALSE, test_store_follows_the_key);

  return g_test_run ();
}
