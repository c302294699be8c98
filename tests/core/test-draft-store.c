/* test-draft-store.c: What is typed is on the disk within a second, and comes back as it was.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-error-text.h"
#include "kvar-error.h"
#include "kvar-journal-fixture.h"

typedef JournalFixture Fixture;

static KvarDraft *
open_one (Fixture *f)
{
  return kvar_draft_store_open (f->store, f->table, "1", f->record);
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
assert_on_disk (Fixture    *f,
                const char *title)
{
  g_autofree char *typed = journal_typed_on_disk (f, "title");

  g_assert_cmpstr (typed, ==, title);
}

static gboolean
is_on_disk (Fixture    *f,
            const char *title)
{
  g_autofree char *typed = journal_typed_on_disk (f, "title");

  return g_strcmp0 (typed, title) == 0;
}

static void
test_within_a_second (Fixture       *f,
                      gconstpointer  unused)
{
  g_autoptr(KvarDraft) draft = open_one (f);
  const char *word = "Roofs and floors and walls and doors";
  gint64 began = kvar_clock_get_boottime (f->clock);
  gint64 written = 0;

  /* A keystroke each tenth of a second: there is no pause. */
  for (gsize n = 1; n <= strlen (word); n++)
    {
      g_autofree char *typed = g_strndup (word, n);
      g_autoptr(GPtrArray) disk = NULL;

      kvar_draft_set_input (draft, f->title, typed);
      kvar_clock_advance (f->clock, 100 * KVAR_CLOCK_MILLISECOND);
      if (written == 0 && kvar_clock_get_boottime (f->clock) - began >= 700000)
        {
          kvar_test_wait_until (journal_count_disk (f) == 1);
          written = kvar_clock_get_boottime (f->clock);
        }
    }
  g_assert_cmpint (written - began, <=, 800 * KVAR_CLOCK_MILLISECOND);

  kvar_clock_advance (f->clock, 300 * KVAR_CLOCK_MILLISECOND);
  kvar_test_wait_until (is_on_disk (f, word));
  g_assert_cmpint (kvar_clock_get_next_timer (f->clock), ==, G_MAXINT64);
}

static void
test_flush_is_at_once (Fixture       *f,
                       gconstpointer  unused)
{
  g_autoptr(KvarDraft) draft = open_one (f);

  kvar_draft_set_input (draft, f->title, "Roofs");
  g_assert_cmpuint (journal_count_disk (f), ==, 0);
  g_assert_true (journal_flush (f, NULL));
  assert_on_disk (f, "Roofs");

  /* Typed back, there is nothing to keep. */
  kvar_draft_set_input (draft, f->title, "Roof");
  g_assert_true (journal_flush (f, NULL));
  g_assert_cmpuint (journal_count_disk (f), ==, 0);
  g_assert_true (journal_flush (f, NULL));
}

static void
test_end_writes_the_rest (Fixture       *f,
                          gconstpointer  unused)
{
  g_autoptr(KvarDraft) draft = open_one (f);

  kvar_draft_set_input (draft, f->title, "Roofs");
  g_clear_object (&draft);
  journal_restart (f);
  g_assert_cmpuint (journal_count (f), ==, 1);
  assert_input (journal_nth (f, 0), f->title, "Roofs");
}

/* Killed as soon as SQLite has said that it is written. */
static void
test_killed (Fixture       *f,
             gconstpointer  unused)
{
  g_autoptr(KvarDraft) draft = NULL;

  if (g_test_subprocess ())
    {
      draft = open_one (f);
      kvar_draft_set_input (draft, f->title, "Roofs");
      kvar_clock_advance (f->clock, KVAR_CLOCK_SECOND);
      kvar_test_wait_until (FALSE);
    }

  g_setenv ("KVAR_FAULT", "draft-written", TRUE);
  g_setenv ("KVAR_TEST_FOLDER", f->folder, TRUE);
  g_test_trap_subprocess (NULL, 0, 0);
  g_unsetenv ("KVAR_TEST_FOLDER");
  g_unsetenv ("KVAR_FAULT");
  g_assert_false (g_test_trap_has_passed ());
  assert_on_disk (f, "Roofs");
  journal_restart (f);
  assert_input (journal_nth (f, 0), f->title, "Roofs");
  g_assert_null (kvar_draft_store_get_set_aside (f->store));
}

static void
test_round_trip (Fixture       *f,
                 gconstpointer  unused)
{
  g_autoptr(KvarDraft) draft = open_one (f);
  g_autoptr(KvarValue) date = kvar_value_new (kvar_column_get_column_type (f->due_on),
                                              "2026-11-20");
  KvarRecord *base;
  gint64 began;
  g_autofree char *id = NULL;

  kvar_draft_set_input (draft, f->title, "R");
  began = kvar_draft_get_began_at (draft);
  g_assert_cmpint (began, ==, kvar_clock_get_wall (f->clock));
  kvar_clock_advance (f->clock, KVAR_CLOCK_MINUTE);
  kvar_draft_set_input (draft, f->title, "");
  kvar_draft_set_input (draft, f->price, "12,x");
  kvar_draft_set_value (draft, f->due_on, date);
  g_assert_false (kvar_draft_get_restored (draft));
  id = g_strdup (kvar_draft_get_id (draft));
  g_clear_object (&draft);

  journal_restart (f);
  g_assert_cmpuint (journal_count (f), ==, 1);
  draft = open_one (f);
  g_assert_true (draft == journal_nth (f, 0));
  g_assert_cmpstr (kvar_draft_get_id (draft), ==, id);
  g_assert_cmpstr (kvar_draft_get_key (draft), ==, "1");
  g_assert_true (kvar_draft_get_restored (draft));
  g_assert_cmpint (kvar_draft_get_began_at (draft), ==, began);
  g_assert_cmpint (kvar_draft_get_changed_at (draft), ==, began + KVAR_CLOCK_MINUTE);
  assert_input (draft, f->title, "");
  assert_input (draft, f->price, "12,x");
  g_assert_nonnull (kvar_draft_get_problem (draft, f->price));
  g_assert_true (kvar_draft_is_column_changed (draft, f->due_on));

  base = kvar_draft_get_base (draft);
  g_assert_cmpstr (kvar_record_get_text (base, 1), ==, "Roof");
  g_assert_true (kvar_record_has_column (base, 3));
  g_assert_null (kvar_record_get_text (base, 3));
  g_assert_false (kvar_record_has_column (base, 5));
  g_assert_cmpstr (kvar_record_get_label_of (base, kvar_table_get_column (f->table, 4)), ==,
                   "Bo Ek");
  g_assert_cmpstr (kvar_record_get_xmin (base), ==, "811");
  g_assert_cmpstr (kvar_record_get_tableoid (base), ==, "16400");
  g_assert_cmpstr (kvar_record_get_ctid (base), ==, "(0,1)");

  /* What only came back is not written once more. */
  g_assert_cmpint (kvar_clock_get_next_timer (f->clock), ==, G_MAXINT64);
}

static void
test_stale_base_stays (Fixture       *f,
                       gconstpointer  unused)
{
  g_autoptr(KvarDraft) draft = open_one (f);
  g_autoptr(KvarDraft) again = NULL;
  g_autoptr(KvarRecord) newer = kvar_record_dup (f->record);

  kvar_draft_set_input (draft, f->title, "Mine");
  g_clear_object (&draft);
  journal_restart (f);

  kvar_record_set_text (newer, 1, "Theirs");
  kvar_record_set_xmin (newer, "812");
  again = kvar_draft_store_open (f->store, f->table, "1", newer);
  g_assert_cmpstr (kvar_record_get_text (kvar_draft_get_base (again), 1), ==, "Roof");
  g_assert_cmpstr (kvar_record_get_xmin (kvar_draft_get_base (again)), ==, "811");
  assert_input (again, f->title, "Mine");
}

static void
test_queue_keeps_a_snapshot (Fixture       *f,
                             gconstpointer  unused)
{
  g_autoptr(KvarDraft) draft = open_one (f);
  GPtrArray *queued;
  KvarChange *change;

  kvar_draft_set_input (draft, f->title, "First");
  kvar_draft_queue (draft, 17);
  kvar_draft_set_input (draft, f->title, "Second");
  kvar_draft_set_input (draft, f->price, "99");
  g_clear_object (&draft);
  journal_restart (f);

  draft = g_object_ref (journal_nth (f, 0));
  g_assert_cmpint (kvar_draft_get_state (draft), ==, KVAR_DRAFT_QUEUED);
  g_assert_cmpint (kvar_draft_get_position (draft), ==, 17);
  queued = kvar_draft_get_queued (draft);
  g_assert_cmpuint (queued->len, ==, 1);
  change = g_ptr_array_index (queued, 0);
  g_assert_true (change->column == f->title);
  g_assert_cmpstr (kvar_value_get_text (change->value), ==, "First");
  assert_input (draft, f->title, "Second");
  assert_input (draft, f->price, "99");

  /* Also when what is typed is back to what it was. */
  kvar_draft_set_input (draft, f->title, "Roof");
  kvar_draft_set_input (draft, f->price, "12.50");
  g_assert_false (kvar_draft_get_changed (draft));
  g_assert_true (kvar_draft_get_kept (draft));
  g_clear_object (&draft);
  journal_restart (f);
  g_assert_cmpuint (journal_count (f), ==, 1);

  kvar_draft_unqueue (journal_nth (f, 0));
  g_assert_cmpuint (journal_count (f), ==, 0);
}

static void
test_park_keeps_the_reason (Fixture       *f,
                            gconstpointer  unused)
{
  g_autoptr(KvarDraft) draft = open_one (f);
  g_autoptr(GError) error = NULL;
  const GError *attention;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  error = kvar_error_new_full (KVAR_ERROR_INVALID, 409, "23505", "what the server wrote");
  kvar_error_set_field (error, "title");
  kvar_error_set_details (error, "Key (title)=(Taken) already exists.");
  kvar_draft_set_input (draft, f->title, "Taken");
  kvar_draft_queue (draft, 1);
  kvar_draft_park (draft, error);
  before = kvar_error_text_for_table (error, f->table);
  g_clear_object (&draft);
  journal_restart (f);

  draft = g_object_ref (journal_nth (f, 0));
  g_assert_cmpint (kvar_draft_get_state (draft), ==, KVAR_DRAFT_PARKED);
  g_assert_cmpuint (kvar_draft_get_queued (draft)->len, ==, 1);
  attention = kvar_draft_get_attention (draft);
  g_assert_error ((GError *)attention, KVAR_ERROR, KVAR_ERROR_INVALID);
  g_assert_cmpstr (kvar_error_get_field (attention), ==, "title");
  g_assert_cmpstr (kvar_error_get_provider_code (attention), ==, "23505");
  g_assert_cmpint (kvar_error_get_status (attention), ==, 409);
  g_assert_cmpstr (attention->message, ==, "");
  after = kvar_error_text_for_table (attention, f->table);
  g_assert_cmpstr (after, ==, before);
}

static void
test_delete_is_kept (Fixture       *f,
                     gconstpointer  unused)
{
  g_autoptr(KvarDraft) draft = open_one (f);

  kvar_draft_set_deletes (draft, TRUE);
  kvar_draft_queue (draft, 1);
  g_clear_object (&draft);
  journal_restart (f);
  g_assert_true (kvar_draft_get_deletes (journal_nth (f, 0)));

  kvar_draft_discard (journal_nth (f, 0));
  g_assert_cmpuint (journal_count (f), ==, 0);
  g_assert_true (journal_flush (f, NULL));
}

static void
test_insert_is_noted (Fixture       *f,
                      gconstpointer  unused)
{
  g_autoptr(KvarDraft) draft = kvar_draft_store_open (f->store, f->table, "new", NULL);

  kvar_draft_set_input (draft, f->title, "New");
  kvar_draft_note_insert (draft, "abc");
  g_clear_object (&draft);
  journal_restart (f);
  draft = kvar_draft_store_open (f->store, f->table, "new", NULL);
  g_assert_cmpstr (kvar_draft_get_insert_key (draft), ==, "abc");
  g_assert_true (kvar_draft_get_insert_sent (draft));
  g_assert_cmpint (kvar_draft_get_state (draft), ==, KVAR_DRAFT_OPEN);

  /* The server has said no: the key is good, and was never sent. */
  kvar_draft_note_refused (draft);
  g_clear_object (&draft);
  journal_restart (f);
  draft = kvar_draft_store_open (f->store, f->table, "new", NULL);
  g_assert_cmpstr (kvar_draft_get_insert_key (draft), ==, "abc");
  g_assert_false (kvar_draft_get_insert_sent (draft));
}

static void
test_unknown_insert_is_parked (Fixture       *f,
                               gconstpointer  unused)
{
  g_autoptr(KvarDraft) draft = kvar_draft_store_open (f->store, f->table, "new", NULL);

  kvar_draft_set_input (draft, f->title, "New");
  kvar_draft_queue (draft, 1);
  kvar_draft_note_insert (draft, NULL);
  g_clear_object (&draft);
  journal_restart (f);

  draft = g_object_ref (journal_nth (f, 0));
  g_assert_cmpint (kvar_draft_get_state (draft), ==, KVAR_DRAFT_PARKED);
  g_assert_error ((GError *)kvar_draft_get_attention (draft), KVAR_ERROR,
                  KVAR_ERROR_UNKNOWN_OUTCOME);
}

static void
test_several_new_records (Fixture       *f,
                          gconstpointer  unused)
{
  g_autoptr(KvarDraft) first = kvar_draft_store_begin_new (f->store, f->table);
  g_autoptr(KvarDraft) second = NULL;
  g_autoptr(KvarDraft) third = NULL;
  g_autoptr(KvarRoute) route = NULL;
  g_autofree char *first_id = NULL;
  g_autofree char *second_id = NULL;
  g_autofree char *text = NULL;

  kvar_draft_set_input (first, f->title, "First");
  second = kvar_draft_store_begin_new (f->store, f->table);
  g_assert_true (first != second);
  kvar_draft_set_input (second, f->title, "Second");
  g_assert_true (kvar_draft_store_lookup (f->store, "jobs", "new") == second);

  /* Queued, it makes room. */
  kvar_draft_queue (second, 1);
  g_assert_null (kvar_draft_store_lookup (f->store, "jobs", "new"));
  third = kvar_draft_store_begin_new (f->store, f->table);
  kvar_draft_set_input (third, f->title, "Third");
  first_id = g_strdup (kvar_draft_get_id (first));
  second_id = g_strdup (kvar_draft_get_id (second));
  g_clear_object (&first);
  g_clear_object (&second);
  g_clear_object (&third);
  journal_restart (f);

  g_assert_cmpuint (journal_count (f), ==, 3);
  assert_input (kvar_draft_store_lookup_id (f->store, first_id), f->title, "First");
  assert_input (kvar_draft_store_lookup_id (f->store, second_id), f->title, "Second");
  assert_input (kvar_draft_store_lookup (f->store, "jobs", "new"), f->title, "Third");

  route = kvar_draft_new_route (kvar_draft_store_lookup_id (f->store, first_id));
  text = kvar_route_to_string (route);
  g_assert_true (g_str_has_suffix (text, first_id));
  g_assert_cmpstr (kvar_route_get_draft (route), ==, first_id);
}

static void
test_list_is_by_last_change (Fixture       *f,
                             gconstpointer  unused)
{
  g_autoptr(KvarDraft) one = open_one (f);
  g_autoptr(KvarDraft) two = kvar_draft_store_open (f->store, f->table, "2", f->record);

  kvar_draft_set_input (one, f->title, "One");
  kvar_clock_advance (f->clock, 1);
  kvar_draft_set_input (two, f->title, "Two");
  g_assert_true (journal_nth (f, 1) == two);
  kvar_clock_advance (f->clock, 1);
  kvar_draft_set_input (one, f->title, "One more");
  g_assert_true (journal_nth (f, 1) == one);
  g_assert_cmpuint (journal_count (f), ==, 2);

  g_clear_object (&one);
  g_clear_object (&two);
  journal_restart (f);
  assert_input (journal_nth (f, 0), f->title, "Two");
  assert_input (journal_nth (f, 1), f->title, "One more");
}

static void
test_users_are_apart (Fixture       *f,
                      gconstpointer  unused)
{
  g_autoptr(KvarDraft) draft = open_one (f);

  kvar_draft_set_input (draft, f->title, "Anna's");
  g_clear_object (&draft);
  journal_restart_as (f, OTHER_ID);
  g_assert_true (journal_load (f, NULL));
  kvar_draft_store_set_schema (f->store, f->schema);
  g_assert_cmpuint (journal_count (f), ==, 0);
  draft = open_one (f);
  kvar_draft_set_input (draft, f->title, "Eva's");
  g_clear_object (&draft);

  journal_restart (f);
  g_assert_cmpuint (journal_count (f), ==, 1);
  assert_input (journal_nth (f, 0), f->title, "Anna's");
  g_assert_cmpuint (journal_count_disk (f), ==, 2);
}

static void
test_vanished_column (Fixture       *f,
                      gconstpointer  unused)
{
  g_autoptr(KvarDraft) draft = open_one (f);
  g_autoptr(KvarColumn) column = NULL;
  g_autoptr(KvarType) type = kvar_type_new ("text", NULL);
  g_autoptr(KvarTable) wider = kvar_test_table_new_jobs ();
  g_autoptr(GPtrArray) lost = NULL;
  KvarLostText *text;

  /* Typed while the table had a column more. */
  g_clear_object (&draft);
  column = kvar_column_new ("remark", type);
  kvar_column_set_nullable (column, TRUE);
  kvar_column_set_privileges (column, TRUE, TRUE, TRUE);
  kvar_table_add_column (wider, column);
  draft = kvar_draft_store_open (f->store, wider, "1", f->record);
  kvar_draft_set_input (draft, column, "Careful, wet");
  kvar_draft_set_input (draft, kvar_table_find_column (wider, "title"), "Roofs");
  g_clear_object (&draft);

  /* Twice: it stays for as long as the draft. */
  journal_restart (f);
  kvar_draft_set_input (journal_nth (f, 0), f->title, "Roofs!");
  journal_restart (f);
  draft = g_object_ref (journal_nth (f, 0));
  assert_input (draft, f->title, "Roofs!");
  lost = kvar_draft_store_list_lost (f->store);
  g_assert_cmpuint (lost->len, ==, 1);
  text = g_ptr_array_index (lost, 0);
  g_assert_cmpstr (text->relation, ==, "jobs");
  g_assert_cmpstr (text->key, ==, "1");
  g_assert_cmpstr (text->column, ==, "remark");
  g_assert_cmpstr (text->text, ==, "Careful, wet");

  /* Also when the rest is saved; a person discards it. */
  kvar_draft_set_input (draft, f->title, "Roof");
  g_assert_true (kvar_draft_get_kept (draft));
  kvar_draft_discard (draft);
  g_assert_false (kvar_draft_get_kept (draft));
}

static void
test_vanished_table (Fixture       *f,
                     gconstpointer  unused)
{
  g_autoptr(KvarDraft) draft = open_one (f);
  g_autoptr(KvarSchema) without = kvar_schema_new (KVAR_SCHEMA_FUNCTION);
  g_autoptr(GPtrArray) lost = NULL;
  g_autoptr(GPtrArray) none = NULL;

  kvar_draft_set_input (draft, f->title, "Roofs");
  g_clear_object (&draft);
  journal_restart_as (f, USER_ID);
  g_assert_true (journal_load (f, NULL));
  none = kvar_draft_store_list_lost (f->store);
  g_assert_cmpuint (none->len, ==, 0);

  kvar_draft_store_set_schema (f->store, without);
  lost = kvar_draft_store_list_lost (f->store);
  g_assert_cmpuint (lost->len, ==, 1);
  g_assert_cmpstr (((KvarLostText *)g_ptr_array_index (lost, 0))->text, ==, "Roofs");
  g_assert_cmpuint (journal_count (f), ==, 0);

  /* It may be back one day. */
  journal_restart (f);
  g_assert_cmpuint (journal_count (f), ==, 1);
}

static void
test_discard_can_be_undone (Fixture       *f,
                            gconstpointer  unused)
{
  g_autoptr(KvarDraft) draft = open_one (f);
  g_autoptr(GPtrArray) discarded = NULL;

  kvar_draft_set_input (draft, f->title, "Mine");
  kvar_draft_discard (draft);
  g_assert_cmpuint (journal_count (f), ==, 0);
  g_assert_true (kvar_draft_store_undo_discard (f->store, draft));
  assert_input (draft, f->title, "Mine");
  g_assert_false (kvar_draft_get_restored (draft));
  g_assert_false (kvar_draft_store_undo_discard (f->store, draft));

  kvar_draft_queue (draft, 3);
  kvar_draft_discard (draft);
  g_clear_object (&draft);
  journal_restart (f);
  g_assert_cmpuint (journal_count (f), ==, 0);
  discarded = kvar_draft_store_list_discarded (f->store);
  g_assert_cmpuint (discarded->len, ==, 1);
  draft = kvar_draft_store_restore (f->store,
                                    ((KvarKeptDraft *)g_ptr_array_index (discarded, 0))->id);
  g_assert_nonnull (draft);
  assert_input (draft, f->title, "Mine");
  g_assert_cmpint (kvar_draft_get_state (draft), ==, KVAR_DRAFT_OPEN);
  g_assert_cmpstr (kvar_record_get_text (kvar_draft_get_base (draft), 1), ==, "Roof");
  g_clear_object (&draft);

  journal_restart (f);
  g_assert_cmpuint (journal_count (f), ==, 1);
  g_assert_cmpuint (journal_count_disk (f), ==, 1);
}

static void
test_discarded_new_record (Fixture       *f,
                           gconstpointer  unused)
{
  g_autoptr(KvarDraft) draft = kvar_draft_store_begin_new (f->store, f->table);
  g_autoptr(KvarDraft) back = NULL;
  g_autoptr(GPtrArray) discarded = NULL;

  kvar_draft_set_input (draft, f->title, "First");
  kvar_draft_note_insert (draft, "abc");
  kvar_draft_discard (draft);
  g_assert_null (kvar_draft_get_insert_key (draft));

  /* The next one is no bar to it. */
  kvar_draft_set_input (draft, f->title, "Second");
  kvar_draft_store_set_schema (f->store, f->schema);
  discarded = kvar_draft_store_list_discarded (f->store);
  back = kvar_draft_store_restore (f->store,
                                   ((KvarKeptDraft *)g_ptr_array_index (discarded, 0))->id);
  g_assert_true (back != NULL && back != draft);
  assert_input (back, f->title, "First");
  g_assert_cmpstr (kvar_draft_get_insert_key (back), ==, "abc");
  assert_input (draft, f->title, "Second");
}

static void
test_old_discards_go (Fixture       *f,
                      gconstpointer  unused)
{
  g_autoptr(KvarDraft) draft = open_one (f);

  kvar_draft_set_input (draft, f->title, "Mine");
  kvar_draft_discard (draft);
  kvar_draft_set_input (draft, f->title, "Kept for as long as it takes");
  g_clear_object (&draft);

  kvar_clock_advance (f->clock, 29 * 24 * KVAR_CLOCK_HOUR);
  journal_restart (f);
  g_assert_cmpuint (journal_count_disk (f), ==, 2);
  kvar_clock_advance (f->clock, 2 * 24 * KVAR_CLOCK_HOUR);
  journal_restart (f);
  g_assert_cmpuint (journal_count_disk (f), ==, 1);
  g_assert_cmpuint (journal_count (f), ==, 1);
}

static void
test_typed_before_it_was_read (Fixture       *f,
                               gconstpointer  unused)
{
  g_autoptr(KvarDraft) draft = open_one (f);
  g_autoptr(KvarDraft) fresh = NULL;
  g_autoptr(GPtrArray) discarded = NULL;
  g_autoptr(GVariant) typed = NULL;

  kvar_draft_set_input (draft, f->title, "Yesterday");
  kvar_draft_set_input (draft, f->price, "99");
  g_clear_object (&draft);
  journal_restart_as (f, USER_ID);

  /* A page that is quicker than the disk. */
  draft = open_one (f);
  fresh = kvar_draft_store_open (f->store, f->table, "new", NULL);
  kvar_draft_set_input (draft, f->title, "Today");
  kvar_draft_store_set_schema (f->store, f->schema);
  g_assert_true (journal_load (f, NULL));

  g_assert_cmpuint (journal_count (f), ==, 1);
  assert_input (draft, f->title, "Today");
  assert_input (draft, f->price, "99");
  discarded = kvar_draft_store_list_discarded (f->store);
  g_assert_cmpuint (discarded->len, ==, 1);
  typed = g_variant_ref (((KvarKeptDraft *)g_ptr_array_index (discarded, 0))->typed);
  g_assert_cmpuint (g_variant_n_children (typed), ==, 2);

  g_clear_object (&draft);
  g_clear_object (&fresh);
  journal_restart (f);
  g_assert_cmpuint (journal_count (f), ==, 1);
  assert_input (journal_nth (f, 0), f->title, "Today");
}

static void
test_opened_before_it_was_read (Fixture       *f,
                                gconstpointer  unused)
{
  g_autoptr(KvarDraft) draft = open_one (f);

  kvar_draft_set_input (draft, f->title, "Yesterday");
  g_clear_object (&draft);
  journal_restart_as (f, USER_ID);
  draft = open_one (f);
  g_assert_false (kvar_draft_store_get_loaded (f->store));
  g_assert_true (journal_load (f, NULL));
  g_assert_true (kvar_draft_store_get_loaded (f->store));
  kvar_draft_store_set_schema (f->store, f->schema);
  assert_input (draft, f->title, "Yesterday");
  g_assert_true (kvar_draft_get_restored (draft));
  g_assert_cmpuint (journal_count_disk (f), ==, 1);
}

static void
test_journal_comes_later (Fixture       *f,
                          gconstpointer  unused)
{
  g_autoptr(KvarDraftStore) store = kvar_draft_store_new (NULL, f->clock);
  g_autoptr(KvarJournal) journal = kvar_journal_new (f->database, "project", USER_ID);
  g_autoptr(KvarDraft) draft = kvar_draft_store_open (store, f->table, "1", f->record);

  kvar_draft_set_input (draft, f->title, "Roofs");
  g_assert_cmpint (kvar_clock_get_next_timer (f->clock), ==, G_MAXINT64);
  kvar_draft_store_set_journal (store, journal);
  kvar_clock_advance (f->clock, KVAR_CLOCK_SECOND);
  kvar_test_wait_until (is_on_disk (f, "Roofs"));
}

#define ADD(path, func) \
  g_test_add (path, Fixture, NULL, journal_set_up, func, journal_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/draft-store/write/within-a-second", test_within_a_second);
  ADD ("/draft-store/write/at-the-end", test_end_writes_the_rest);
  ADD ("/draft-store/write/journal-comes-later", test_journal_comes_later);
  ADD ("/draft-store/write/killed", test_killed);
  ADD ("/draft-store/flush/is-at-once", test_flush_is_at_once);
  ADD ("/draft-store/load/round-trip", test_round_trip);
  ADD ("/draft-store/load/stale-base-stays", test_stale_base_stays);
  ADD ("/draft-store/load/queue-keeps-a-snapshot", test_queue_keeps_a_snapshot);
  ADD ("/draft-store/load/park-keeps-the-reason", test_park_keeps_the_reason);
  ADD ("/draft-store/load/delete-is-kept", test_delete_is_kept);
  ADD ("/draft-store/load/insert-is-noted", test_insert_is_noted);
  ADD ("/draft-store/load/unknown-insert-is-parked", test_unknown_insert_is_parked);
  ADD ("/draft-store/load/typed-before-it-was-read", test_typed_before_it_was_read);
  ADD ("/draft-store/load/opened-before-it-was-read", test_opened_before_it_was_read);
  ADD ("/draft-store/load/users-are-apart", test_users_are_apart);
  ADD ("/draft-store/load/vanished-column", test_vanished_column);
  ADD ("/draft-store/load/vanished-table", test_vanished_table);
  ADD ("/draft-store/new/several", test_several_new_records);
  ADD ("/draft-store/list/by-last-change", test_list_is_by_last_change);
  ADD ("/draft-store/discard/can-be-undone", test_discard_can_be_undone);
  ADD ("/draft-store/discard/of-a-new-record", test_discarded_new_record);
  ADD ("/draft-store/discard/goes-after-thirty-days", test_old_discards_go);

  return g_test_run ();
}
