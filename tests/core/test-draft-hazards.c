/* test-draft-hazards.c: Two drafts of one record, wishes that a crash forgets, and other traps.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-journal-fixture.h"

typedef JournalFixture Fixture;

static KvarDraft *
open_one (Fixture *f)
{
  return kvar_draft_store_open (f->store, f->table, "1", f->record);
}

/* A new record's answer is lost; somebody finds it in the list and types into it, until it turns
 * out to be the one. Both drafts go on being kept. */
static void
test_found_before_its_answer (Fixture       *f,
                              gconstpointer  unused)
{
  g_autoptr(KvarDraft) found = open_one (f);
  g_autoptr(KvarDraft) draft = kvar_draft_store_open (f->store, f->table, "new", NULL);
  g_autofree char *input = NULL;

  kvar_draft_set_input (draft, f->price, "12.50");
  kvar_draft_set_input (found, f->title, "Roofs");
  kvar_draft_set_base (draft, f->record);
  kvar_draft_store_rekey (f->store, draft, "1");
  g_assert_true (kvar_draft_store_lookup (f->store, "jobs", "1") == draft);

  kvar_draft_set_input (found, f->title, "Roofs and floors");
  g_assert_cmpuint (journal_count (f), ==, 1);
  g_assert_true (journal_nth (f, 0) == found);

  g_clear_object (&found);
  g_clear_object (&draft);
  journal_restart (f);
  g_assert_cmpuint (journal_count (f), ==, 1);
  g_assert_true (kvar_draft_store_lookup (f->store, "jobs", "1") == journal_nth (f, 0));
  input = kvar_draft_get_input (journal_nth (f, 0), f->title);
  g_assert_cmpstr (input, ==, "Roofs and floors");
}

/* A delete that could be taken back was not more than a wish. */
static void
test_crash_deletes_nothing (Fixture       *f,
                            gconstpointer  unused)
{
  g_autoptr(KvarDraft) draft = open_one (f);

  kvar_draft_set_input (draft, f->title, "Roofs");
  kvar_draft_queue (draft, 1);
  kvar_draft_set_deletes (draft, TRUE);
  g_clear_object (&draft);
  journal_restart (f);
  g_assert_cmpuint (journal_count (f), ==, 1);
  g_assert_cmpint (kvar_draft_get_state (journal_nth (f, 0)), ==, KVAR_DRAFT_QUEUED);
  g_assert_false (kvar_draft_get_deletes (journal_nth (f, 0)));
}

/* What has no column any more is all that is left, and is discarded: it can be had back. */
static void
test_discarded_lost_text (Fixture       *f,
                          gconstpointer  unused)
{
  g_autoptr(KvarDraft) draft = open_one (f);
  g_autoptr(GVariant) typed = NULL;
  g_autoptr(GPtrArray) lost = NULL;

  typed = g_variant_ref_sink (g_variant_new_parsed (
    "{'remark': (just 'Careful, wet', just 'Careful, wet')}"));
  kvar_draft_restore_changes (draft, typed);
  g_assert_true (kvar_draft_get_kept (draft));
  kvar_draft_discard (draft);
  g_assert_false (kvar_draft_get_kept (draft));

  g_assert_true (kvar_draft_store_undo_discard (f->store, draft));
  lost = kvar_draft_store_list_lost (f->store);
  g_assert_cmpuint (lost->len, ==, 1);
}

/* The column has another name by now. Whoever holds the draft goes on with it. */
static void
test_table_changes (Fixture       *f,
                    gconstpointer  unused)
{
  g_autoptr(KvarDraft) draft = open_one (f);
  g_autoptr(KvarDraft) same = NULL;
  g_autoptr(KvarTable) other = kvar_test_table_new_jobs ();
  g_autoptr(KvarType) type = kvar_type_new ("text", NULL);
  g_autoptr(KvarTable) narrow = kvar_table_new ("jobs");
  g_autoptr(KvarColumn) id = kvar_column_new ("id", type);
  g_autoptr(GPtrArray) lost = NULL;
  g_autoptr(GPtrArray) none = NULL;
  g_autofree char *input = NULL;

  kvar_draft_set_input (draft, f->title, "Roofs");
  kvar_table_add_column (narrow, id);

  same = kvar_draft_store_open (f->store, narrow, "1", NULL);
  g_assert_true (same == draft);
  g_assert_true (kvar_draft_get_table (draft) == narrow);
  g_assert_false (kvar_draft_get_changed (draft));
  g_assert_true (kvar_draft_get_kept (draft));
  g_assert_false (kvar_draft_get_restored (draft));
  lost = kvar_draft_store_list_lost (f->store);
  g_assert_cmpuint (lost->len, ==, 1);
  g_assert_cmpstr (((KvarLostText *)g_ptr_array_index (lost, 0))->text, ==, "Roofs");

  /* And it may be back. */
  g_clear_object (&same);
  same = kvar_draft_store_open (f->store, other, "1", NULL);
  g_assert_true (same == draft);
  input = kvar_draft_get_input (draft, kvar_table_find_column (other, "title"));
  g_assert_cmpstr (input, ==, "Roofs");
  none = kvar_draft_store_list_lost (f->store);
  g_assert_cmpuint (none->len, ==, 0);

  g_clear_object (&same);
  g_clear_object (&draft);
  journal_restart (f);
  g_assert_cmpuint (journal_count (f), ==, 1);
  g_clear_pointer (&input, g_free);
  input = kvar_draft_get_input (journal_nth (f, 0), f->title);
  g_assert_cmpstr (input, ==, "Roofs");
}

#define ADD(path, func) \
  g_test_add (path, Fixture, NULL, journal_set_up, func, journal_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/draft-hazards/found-before-its-answer", test_found_before_its_answer);
  ADD ("/draft-hazards/crash-deletes-nothing", test_crash_deletes_nothing);
  ADD ("/draft-hazards/discarded-lost-text", test_discarded_lost_text);
  ADD ("/draft-hazards/REST-13/table-changes", test_table_changes);

  return g_test_run ();
}
