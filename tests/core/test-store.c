/* test-store.c: Saving loses nobody's change, repeats nothing twice and knows what happened.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "kvar-store-fixture.h"
#include "records/kvar-json-rows.h"

static void
test_update (StoreFixture  *f,
             gconstpointer  unused)
{
  answer (f, 200, ROW ("Roofs", "12.50", "812"));
  assert_saves (f, "Roofs");
  assert_sent (f, 0, "PATCH", "&id=eq." ID "&xmin=eq.811", "{\"title\":\"Roofs\"}");
  g_assert_cmpstr (kvar_record_get_xmin (kvar_draft_get_base (f->draft)), ==, "812");
}

static void
test_update_guards_by_value (StoreFixture  *f,
                             gconstpointer  unused)
{
  kvar_table_set_can_use_xmin (f->table, FALSE);
  kvar_draft_set_input (f->draft, kvar_table_find_column (f->table, "due_on"), "2026-11-20");
  answer (f, 200, ROW ("Roofs", "12.50", "812"));
  assert_saves (f, "Roofs");
  assert_sent (f, 0, "PATCH", "&id=eq." ID "&title=eq.Roof&due_on=is.null", NULL);
}

static void
test_update_reads_first_without_guard (StoreFixture  *f,
                                       gconstpointer  unused)
{
  g_autoptr(KvarRecord) base = kvar_record_dup (f->record);

  /* json has no equality. */
  kvar_table_set_can_use_xmin (f->table, FALSE);
  kvar_record_set_text (base, 5, "{}");
  kvar_draft_set_base (f->draft, base);
  kvar_draft_discard (f->draft);
  kvar_draft_set_input (f->draft, kvar_table_find_column (f->table, "details"), "{\"n\": 1.50}");

  answer (f, 200, "[{\"id\":\"" ID "\",\"title\":\"Roof\",\"details\":\"{}\"}]");
  answer (f, 200, ROW ("Roof", "12.50", "812"));
  assert_saves (f, "Roof");
  assert_sent (f, 0, "GET", "&id=eq." ID, NULL);
  assert_sent (f, 1, "PATCH", "&id=eq." ID, "{\"details\":{\"n\": 1.50}}");
}

static void
test_conflict (StoreFixture  *f,
               gconstpointer  unused)
{
  answer (f, 406, NO_ROW);
  answer (f, 200, "[" ROW ("Walls", "12.50", "900") "]");
  assert_save_fails (f, KVAR_ERROR_CONFLICT);
  g_assert_cmpstr (kvar_record_get_text (kvar_draft_get_theirs (f->draft), 1), ==, "Walls");
}

static void
test_other_columns_are_merged (StoreFixture  *f,
                               gconstpointer  unused)
{
  answer (f, 406, NO_ROW);
  answer (f, 200, "[" ROW ("Roof", "99.00", "900") "]");
  answer (f, 200, ROW ("Roofs", "99.00", "901"));
  assert_saves (f, "Roofs");
  assert_sent (f, 2, "PATCH", "&xmin=eq.900", "{\"title\":\"Roofs\"}");
}

static void
test_equal_values_try_thrice (StoreFixture  *f,
                              gconstpointer  unused)
{
  answer (f, 406, NO_ROW);
  answer (f, 200, "[" ROW ("Roof", "12.50", "901") "]");
  answer (f, 406, NO_ROW);
  answer (f, 200, "[" ROW ("Roof", "12.50", "902") "]");
  answer (f, 406, NO_ROW);
  answer (f, 200, "[" ROW ("Roof", "12.50", "903") "]");
  assert_save_fails (f, KVAR_ERROR_CONFLICT);
}

static void
test_not_allowed (StoreFixture  *f,
                  gconstpointer  unused)
{
  answer (f, 406, NO_ROW);
  answer (f, 200, "[" ROW ("Roof", "12.50", "811") "]");
  assert_save_fails (f, KVAR_ERROR_DENIED);
}

static void
test_privilege (StoreFixture  *f,
                gconstpointer  unused)
{
  answer (f, 403, "{\"code\":\"42501\",\"message\":\"permission denied for table jobs\"}");
  assert_save_fails (f, KVAR_ERROR_DENIED);
}

static void
test_gone (StoreFixture  *f,
           gconstpointer  unused)
{
  answer (f, 406, NO_ROW);
  answer (f, 200, "[]");
  assert_save_fails (f, KVAR_ERROR_GONE);
}

static void
test_lost_answer_was_saved (StoreFixture  *f,
                            gconstpointer  unused)
{
  lose_answer (f);
  answer (f, 200, "[" ROW ("Roofs", "12.50", "812") "]");
  assert_saves (f, "Roofs");
}

static void
test_lost_question_is_repeated (StoreFixture  *f,
                                gconstpointer  unused)
{
  lose_answer (f);
  answer (f, 200, "[" ROW ("Roof", "12.50", "811") "]");
  answer (f, 200, ROW ("Roofs", "12.50", "812"));
  assert_saves (f, "Roofs");
  assert_sent (f, 2, "PATCH", "&xmin=eq.811", NULL);
}

static void
test_lost_for_good (StoreFixture  *f,
                    gconstpointer  unused)
{
  lose_answer (f);
  lose_answer (f);
  assert_save_fails (f, KVAR_ERROR_UNKNOWN_OUTCOME);
}

static void
test_problem_at_the_field (StoreFixture  *f,
                           gconstpointer  unused)
{
  answer (f, 409, "{\"code\":\"23505\",\"details\":\"Key (title)=(Roofs) already exists.\","
                  "\"message\":\"duplicate key value violates unique constraint "
                  "\\\"jobs_title_key\\\"\"}");
  assert_save_fails (f, KVAR_ERROR_INVALID);
  g_assert_nonnull (kvar_draft_get_problem (f->draft, f->title));
}

static void
test_unreadable_is_not_sent (StoreFixture  *f,
                             gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  kvar_draft_set_input (f->draft, f->price, "a lot");
  g_assert_null (save (f, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_INVALID);
  g_assert_cmpstr (kvar_error_get_field (error), ==, "price");
}

static void
test_nothing_to_save (StoreFixture  *f,
                      gconstpointer  unused)
{
  g_autoptr(KvarRecord) saved = NULL;

  kvar_draft_discard (f->draft);
  saved = save (f, NULL);
  g_assert_nonnull (saved);
}

static char *
sent_key (StoreFixture *f,
          guint         n)
{
  g_autoptr(KvarJsonRows) rows = NULL;

  rows = kvar_json_rows_new (kvar_request_get_body (nth_request (f, n)), NULL);
  g_assert_true (kvar_json_rows_next (rows, NULL));

  return g_strdup (kvar_json_rows_get_text (rows, kvar_json_rows_find (rows, "id"), NULL));
}

static void
test_insert_bears_a_key (StoreFixture  *f,
                         gconstpointer  unused)
{
  g_autofree char *key = NULL;

  answer (f, 201, ROW ("Roofs", "0", "812"));
  assert_saves (f, "Roofs");
  assert_sent (f, 0, "POST", "xmin", NULL);
  key = sent_key (f, 0);
  g_assert_true (g_uuid_string_is_valid (key));
  g_assert_false (kvar_draft_is_new (f->draft));
}

static void
test_partitioned_insert_asks_no_version (StoreFixture  *f,
                                         gconstpointer  unused)
{
  answer (f, 201, ROW ("Roofs", "0", "812"));
  kvar_table_set_kind (f->table, KVAR_TABLE_PARTITIONED);
  assert_saves (f, "Roofs");
  g_assert_null (strstr (kvar_request_get_path (nth_request (f, 0)), "xmin"));
}

static void
test_lost_insert_is_repeated (StoreFixture  *f,
                              gconstpointer  unused)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  lose_answer (f);
  answer (f, 409, "{\"code\":\"23505\",\"message\":\"duplicate key\"}");
  answer (f, 200, "[" ROW ("Roofs", "0", "812") "]");
  assert_saves (f, "Roofs");

  first = sent_key (f, 0);
  second = sent_key (f, 1);
  g_assert_cmpstr (first, ==, second);
}

/* What was typed after the lost insert is an update of the row that arrived. */
static void
test_lost_insert_goes_on_later (StoreFixture  *f,
                                gconstpointer  unused)
{
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;

  lose_answer (f);
  lose_answer (f);
  lose_answer (f);
  assert_save_fails (f, KVAR_ERROR_UNKNOWN_OUTCOME);

  kvar_draft_set_input (f->draft, f->title, "Roofs and walls");
  answer (f, 409, "{\"code\":\"23505\",\"message\":\"duplicate key\"}");
  answer (f, 200, "[" ROW ("Roofs", "0", "812") "]");
  answer (f, 200, ROW ("Roofs and walls", "0", "813"));
  assert_saves (f, "Roofs and walls");

  first = sent_key (f, 0);
  again = sent_key (f, 3);
  g_assert_cmpstr (first, ==, again);
  assert_sent (f, 5, "PATCH", "&xmin=eq.812", "{\"title\":\"Roofs and walls\"}");
}

static void
test_insert_duplicate (StoreFixture  *f,
                       gconstpointer  unused)
{
  answer (f, 409, "{\"code\":\"23505\",\"message\":\"duplicate key value violates unique "
                  "constraint \\\"jobs_title_key\\\"\"}");
  assert_save_fails (f, KVAR_ERROR_INVALID);
  g_assert_true (kvar_draft_is_new (f->draft));
}

static void
test_insert_without_key_asks (StoreFixture  *f,
                              gconstpointer  unused)
{
  static const char *const key[] = { "contact_id", NULL };

  kvar_table_set_key (f->table, key, FALSE);
  kvar_column_set_identity (kvar_table_find_column (f->table, "contact_id"),
                            KVAR_IDENTITY_BY_DEFAULT);
  lose_answer (f);
  assert_save_fails (f, KVAR_ERROR_UNKNOWN_OUTCOME);
}

static void
assert_saves_unseen (StoreFixture *f)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KvarRecord) saved = save (f, &error);

  g_assert_no_error (error);
  g_assert_nonnull (saved);
  g_assert_false (kvar_draft_get_changed (f->draft));
  g_assert_false (kvar_draft_get_kept (f->draft));
  g_assert_true (kvar_draft_is_new (f->draft));
}

static void
test_insert_unseen (StoreFixture  *f,
                    gconstpointer  unused)
{
  KvarRequest *request;

  kvar_draft_set_unseen (f->draft, TRUE);
  answer (f, 201, "");
  assert_saves_unseen (f);
  request = nth_request (f, 0);
  g_assert_cmpstr (kvar_request_get_header (request, "Prefer"), ==, "return=minimal");
  g_assert_null (strstr (kvar_request_get_path (request), "select"));
  g_assert_false (kvar_draft_get_unseen (f->draft));
}

/* Its own key says that the first one arrived; it cannot be read. */
static void
test_insert_unseen_lost (StoreFixture  *f,
                         gconstpointer  unused)
{
  kvar_draft_set_unseen (f->draft, TRUE);
  lose_answer (f);
  answer (f, 409, "{\"code\":\"23505\",\"message\":\"duplicate key value\"}");
  assert_saves_unseen (f);
}

static KvarRecord *
load (StoreFixture  *f,
      const char    *key,
      GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_store_load_async (f->store, f->table, key, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);

  return kvar_store_load_finish (f->store, result, error);
}

static void
test_load (StoreFixture  *f,
           gconstpointer  unused)
{
  g_autoptr(KvarRecord) record = NULL;
  g_autoptr(GError) gone = NULL;
  g_autoptr(GError) no_key = NULL;

  answer (f, 200, "[" ROW ("Roof", "12.50", "811") "]");
  record = load (f, ID, NULL);
  g_assert_true (kvar_record_is_complete (record));

  answer (f, 200, "[]");
  g_assert_null (load (f, ID, &gone));
  g_assert_error (gone, KVAR_ERROR, KVAR_ERROR_GONE);

  g_assert_null (load (f, "a,b", &no_key));
  g_assert_error (no_key, KVAR_ERROR, KVAR_ERROR_GONE);
}

static gboolean
delete (StoreFixture  *f,
        GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_store_delete_async (f->store, f->record, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);

  return kvar_store_delete_finish (f->store, result, error);
}

static void
test_delete (StoreFixture  *f,
             gconstpointer  unused)
{
  answer (f, 200, "{\"id\":\"" ID "\"}");
  g_assert_true (delete (f, NULL));
  assert_sent (f, 0, "DELETE", "&id=eq." ID "&xmin=eq.811", NULL);
  g_assert_cmpuint (f->n_deleted, ==, 1);
}

static void
test_delete_was_gone (StoreFixture  *f,
                      gconstpointer  unused)
{
  lose_answer (f);
  answer (f, 200, "[]");
  g_assert_true (delete (f, NULL));
  g_assert_cmpuint (f->n_deleted, ==, 1);
}

static void
test_delete_changed (StoreFixture  *f,
                     gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  answer (f, 406, NO_ROW);
  answer (f, 200, "[" ROW ("Walls", "12.50", "900") "]");
  g_assert_false (delete (f, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_CONFLICT);
  g_assert_cmpuint (f->n_deleted, ==, 0);
}

static void
test_delete_not_allowed (StoreFixture  *f,
                         gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  answer (f, 406, NO_ROW);
  answer (f, 200, "[" ROW ("Roof", "12.50", "811") "]");
  g_assert_false (delete (f, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_DENIED);
}

typedef struct
{
  KvarDatabase *database;
  KvarCache    *cache;
} Kept;

static Kept *
open_kept (StoreFixture *f)
{
  Kept *kept = g_new0 (Kept, 1);

  kept->database = kvar_cache_open_database (g_get_user_cache_dir ());
  kept->cache = kvar_cache_new (kept->database, "norr", "anna");
  kvar_store_set_cache (f->store, kept->cache);

  return kept;
}

static void
close_kept (StoreFixture *f,
            Kept         *kept)
{
  kvar_store_set_cache (f->store, NULL);
  kvar_database_close (kept->database);
  kvar_test_settle ();
  g_assert_finalize_object (kept->cache);
  g_assert_finalize_object (kept->database);
  g_free (kept);
}

static void
assert_kept (StoreFixture *f,
             const char   *title)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarCachedRows) rows = NULL;

  kvar_store_find_kept_async (f->store, f->table, ID, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  rows = kvar_store_find_kept_finish (f->store, result, NULL);
  if (title == NULL)
    g_assert_null (rows);
  else
    g_assert_cmpstr (kvar_record_get_text (g_ptr_array_index (rows->records, 0), 1), ==, title);
}

static KvarRecord *
load_and_keep (StoreFixture *f)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_store_load_async (f->store, f->table, ID, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);

  return kvar_store_load_finish (f->store, result, NULL);
}

static void
test_keeps_what_is_read_and_saved (StoreFixture  *f,
                                   gconstpointer  unused)
{
  Kept *kept = open_kept (f);
  g_autoptr(KvarRecord) read = NULL;

  assert_kept (f, NULL);
  answer (f, 200, "[" ROW ("Roof", "12.50", "811") "]");
  read = load_and_keep (f);
  g_assert_nonnull (read);
  assert_kept (f, "Roof");

  answer (f, 200, ROW ("Roofs", "12.50", "812"));
  assert_saves (f, "Roofs");
  assert_kept (f, "Roofs");

  answer (f, 200, "{\"id\":\"" ID "\"}");
  g_assert_true (delete (f, NULL));
  assert_kept (f, NULL);
  close_kept (f, kept);
}

static void
test_forgets_what_is_gone (StoreFixture  *f,
                           gconstpointer  unused)
{
  Kept *kept = open_kept (f);
  g_autoptr(KvarRecord) read = NULL;

  answer (f, 200, "[" ROW ("Roof", "12.50", "811") "]");
  read = load_and_keep (f);
  lose_answer (f);
  g_assert_null (load_and_keep (f));
  assert_kept (f, "Roof");

  answer (f, 200, "[]");
  g_assert_null (load_and_keep (f));
  assert_kept (f, NULL);
  close_kept (f, kept);
}

static void
test_forgets_what_is_denied (StoreFixture  *f,
                             gconstpointer  unused)
{
  Kept *kept = open_kept (f);
  g_autoptr(KvarRecord) read = NULL;

  answer (f, 200, "[" ROW ("Roof", "12.50", "811") "]");
  read = load_and_keep (f);
  answer (f, 403, "{\"code\":\"42501\",\"message\":\"no\"}");
  g_assert_null (load_and_keep (f));
  assert_kept (f, NULL);
  close_kept (f, kept);
}

static void
test_forgets_what_is_deleted_with_others (StoreFixture  *f,
                                          gconstpointer  unused)
{
  Kept *kept = open_kept (f);
  g_autoptr(KvarRecord) read = NULL;
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();

  answer (f, 200, "[" ROW ("Roof", "12.50", "811") "]");
  read = load_and_keep (f);
  kvar_store_note_many (f->store, f->table, NULL);
  assert_kept (f, "Roof");

  g_ptr_array_add (keys, (char *)ID);
  kvar_store_note_many (f->store, f->table, keys);
  assert_kept (f, NULL);
  close_kept (f, kept);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/store/load/whole-or-gone", FALSE, test_load);
  ADD ("/store/update/carries-a-guard", FALSE, test_update);
  ADD ("/store/update/guards-by-value", FALSE, test_update_guards_by_value);
  ADD ("/store/update/reads-first-without-guard", FALSE, test_update_reads_first_without_guard);
  ADD ("/store/update/conflict", FALSE, test_conflict);
  ADD ("/store/update/other-columns-are-merged", FALSE, test_other_columns_are_merged);
  ADD ("/store/update/equal-values-try-thrice", FALSE, test_equal_values_try_thrice);
  ADD ("/store/update/not-allowed", FALSE, test_not_allowed);
  ADD ("/store/update/no-privilege", FALSE, test_privilege);
  ADD ("/store/update/gone", FALSE, test_gone);
  ADD ("/store/update/lost-answer-was-saved", FALSE, test_lost_answer_was_saved);
  ADD ("/store/update/lost-question-is-repeated", FALSE, test_lost_question_is_repeated);
  ADD ("/store/update/lost-for-good", FALSE, test_lost_for_good);
  ADD ("/store/update/problem-at-the-field", FALSE, test_problem_at_the_field);
  ADD ("/store/update/unreadable-is-not-sent", FALSE, test_unreadable_is_not_sent);
  ADD ("/store/update/nothing-to-save", FALSE, test_nothing_to_save);
  ADD ("/store/insert/bears-a-key", TRUE, test_insert_bears_a_key);
  ADD ("/store/insert/partitioned-asks-no-version", TRUE,
       test_partitioned_insert_asks_no_version);
  ADD ("/store/insert/lost-is-repeated", TRUE, test_lost_insert_is_repeated);
  ADD ("/store/insert/lost-goes-on-later", TRUE, test_lost_insert_goes_on_later);
  ADD ("/store/insert/duplicate", TRUE, test_insert_duplicate);
  ADD ("/store/insert/without-key-asks", TRUE, test_insert_without_key_asks);
  ADD ("/store/insert/REST-78/unseen", TRUE, test_insert_unseen);
  ADD ("/store/insert/REST-78/unseen-lost", TRUE, test_insert_unseen_lost);
  ADD ("/store/delete/carries-a-guard", FALSE, test_delete);
  ADD ("/store/delete/was-gone", FALSE, test_delete_was_gone);
  ADD ("/store/delete/changed-meanwhile", FALSE, test_delete_changed);
  ADD ("/store/delete/not-allowed", FALSE, test_delete_not_allowed);
  ADD ("/store/kept/what-is-read-and-saved", FALSE, test_keeps_what_is_read_and_saved);
  ADD ("/store/kept/not-what-is-gone", FALSE, test_forgets_what_is_gone);
  ADD ("/store/kept/not-what-is-denied", FALSE, test_forgets_what_is_denied);
  ADD ("/store/kept/not-what-is-deleted-with-others", FALSE,
       test_forgets_what_is_deleted_with_others);

  return g_test_run ();
}
