/* test-store-races.c: Saving while somebody types, saves again, or has taken the key before.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "kvar-store-fixture.h"

/* The key was typed, and the row that bears it is somebody else's: nothing of ours may go
 * into it. */
static void
test_typed_key_is_not_ours (StoreFixture  *f,
                            gconstpointer  unused)
{
  kvar_draft_set_input (f->draft, kvar_table_find_column (f->table, "id"), ID);
  lose_answer (f);
  answer (f, 409, "{\"code\":\"23505\",\"message\":\"duplicate key value violates unique "
                  "constraint \\\"jobs_pkey\\\"\"}");
  answer (f, 200, "[" ROW ("Somebody else's", "0", "812") "]");
  assert_save_fails (f, KVAR_ERROR_INVALID);
  g_assert_true (kvar_draft_is_new (f->draft));
}

/* Somebody was faster than the second try: what they made of the new row stands. */
static void
test_lost_insert_takes_nothing_back (StoreFixture  *f,
                                     gconstpointer  unused)
{
  lose_answer (f);
  answer (f, 409, "{\"code\":\"23505\",\"message\":\"duplicate key\"}");
  answer (f, 200, "[" ROW ("Eva's", "0", "813") "]");
  assert_saves (f, "Eva's");
  assert_sent (f, 2, "GET", "id=eq.", NULL);
}

static void
test_unreadable_success_is_repeated (StoreFixture  *f,
                                     gconstpointer  unused)
{
  answer (f, 201, "<html>");
  answer (f, 409, "{\"code\":\"23505\",\"message\":\"duplicate key\"}");
  answer (f, 200, "[" ROW ("Roofs", "0", "812") "]");
  assert_saves (f, "Roofs");
}

static void
test_unreadable_success_without_key_asks (StoreFixture  *f,
                                          gconstpointer  unused)
{
  static const char *const key[] = { "contact_id", NULL };

  kvar_table_set_key (f->table, key, FALSE);
  kvar_column_set_identity (kvar_table_find_column (f->table, "contact_id"),
                            KVAR_IDENTITY_BY_DEFAULT);
  answer (f, 201, "<html>");
  assert_save_fails (f, KVAR_ERROR_UNKNOWN_OUTCOME);
}

/* Two windows show the one draft, and Save is pressed in both. */
static void
test_insert_once_for_two (StoreFixture  *f,
                          gconstpointer  unused)
{
  g_autoptr(GAsyncResult) first = NULL;
  g_autoptr(GAsyncResult) second = NULL;
  g_autoptr(KvarRecord) one = NULL;
  g_autoptr(KvarRecord) other = NULL;

  answer (f, 201, ROW ("Roofs", "0", "812"));
  kvar_store_save_async (f->store, f->draft, NULL, kvar_test_keep_result, &first);
  kvar_store_save_async (f->store, f->draft, NULL, kvar_test_keep_result, &second);
  g_assert_true (kvar_store_get_saving (f->store));
  kvar_test_wait_until (first != NULL && second != NULL);

  one = kvar_store_save_finish (f->store, first, NULL);
  other = kvar_store_save_finish (f->store, second, NULL);
  g_assert_nonnull (one);
  g_assert_nonnull (other);
  g_assert_false (kvar_store_get_saving (f->store));
}

/* Nor does the second one try on its own what may have happened already. */
static void
test_lost_insert_once_for_two (StoreFixture  *f,
                               gconstpointer  unused)
{
  static const char *const key[] = { "contact_id", NULL };
  g_autoptr(GAsyncResult) first = NULL;
  g_autoptr(GAsyncResult) second = NULL;
  g_autoptr(GError) error = NULL;

  kvar_table_set_key (f->table, key, FALSE);
  kvar_column_set_identity (kvar_table_find_column (f->table, "contact_id"),
                            KVAR_IDENTITY_BY_DEFAULT);
  lose_answer (f);
  kvar_store_save_async (f->store, f->draft, NULL, kvar_test_keep_result, &first);
  kvar_store_save_async (f->store, f->draft, NULL, kvar_test_keep_result, &second);
  kvar_test_wait_until (first != NULL && second != NULL);

  g_assert_null (kvar_store_save_finish (f->store, first, NULL));
  g_assert_null (kvar_store_save_finish (f->store, second, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_UNKNOWN_OUTCOME);
}

/* What was typed while the first save was under way is what the second one sends. */
static void
test_second_save_sends_the_rest (StoreFixture  *f,
                                 gconstpointer  unused)
{
  g_autoptr(GAsyncResult) first = NULL;
  g_autoptr(GAsyncResult) second = NULL;
  g_autoptr(KvarRecord) one = NULL;
  g_autoptr(KvarRecord) other = NULL;

  answer (f, 200, ROW ("Roofs", "12.50", "812"));
  answer (f, 200, ROW ("Roofs!", "12.50", "813"));
  kvar_store_save_async (f->store, f->draft, NULL, kvar_test_keep_result, &first);
  kvar_draft_set_input (f->draft, f->title, "Roofs!");
  kvar_store_save_async (f->store, f->draft, NULL, kvar_test_keep_result, &second);
  kvar_test_wait_until (first != NULL && second != NULL);

  one = kvar_store_save_finish (f->store, first, NULL);
  other = kvar_store_save_finish (f->store, second, NULL);
  g_assert_nonnull (one);
  g_assert_nonnull (other);
  assert_sent (f, 1, "PATCH", "&xmin=eq.812", "{\"title\":\"Roofs!\"}");
  g_assert_false (kvar_draft_get_changed (f->draft));
}

/* Typed while a save is under way, in a column that somebody else has changed meanwhile. */
static void
test_typed_since_is_no_lost_update (StoreFixture  *f,
                                    gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  answer (f, 406, NO_ROW);
  answer (f, 200, "[" ROW ("Roof", "99.00", "812") "]");
  kvar_store_save_async (f->store, f->draft, NULL, kvar_test_keep_result, &result);
  kvar_draft_set_input (f->draft, f->price, "13");
  kvar_test_wait_until (result != NULL);

  g_assert_null (kvar_store_save_finish (f->store, result, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_CONFLICT);
  g_assert_nonnull (kvar_draft_get_theirs (f->draft));
}

/* The same where the guard could not see it, since it holds the changed columns only. */
static void
test_typed_since_is_no_lost_update_after_success (StoreFixture  *f,
                                                  gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  kvar_table_set_can_use_xmin (f->table, FALSE);
  answer (f, 200, ROW ("Roofs", "99.00", "812"));
  kvar_store_save_async (f->store, f->draft, NULL, kvar_test_keep_result, &result);
  kvar_draft_set_input (f->draft, f->price, "13");
  kvar_test_wait_until (result != NULL);

  g_assert_null (kvar_store_save_finish (f->store, result, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_CONFLICT);
  g_assert_cmpstr (kvar_record_get_text (kvar_draft_get_theirs (f->draft), 2), ==, "99.00");
}

static void
test_taken_back_since_stays (StoreFixture  *f,
                             gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarRecord) saved = NULL;
  g_autofree char *input = NULL;

  answer (f, 200, ROW ("Roofs", "12.50", "812"));
  kvar_store_save_async (f->store, f->draft, NULL, kvar_test_keep_result, &result);
  kvar_draft_set_input (f->draft, f->title, "Roof");
  kvar_test_wait_until (result != NULL);
  saved = kvar_store_save_finish (f->store, result, NULL);

  g_assert_nonnull (saved);
  input = kvar_draft_get_input (f->draft, f->title);
  g_assert_cmpstr (input, ==, "Roof");
  g_assert_true (kvar_draft_is_column_changed (f->draft, f->title));
}

static void
test_refusal_does_not_stay_in_the_way (StoreFixture  *f,
                                       gconstpointer  unused)
{
  answer (f, 409, "{\"code\":\"23505\",\"message\":\"duplicate key value violates unique "
                  "constraint \\\"jobs_title_key\\\"\"}");
  assert_save_fails (f, KVAR_ERROR_INVALID);
  g_assert_nonnull (kvar_draft_get_problem (f->draft, f->title));

  /* The other record has got another title meanwhile. */
  answer (f, 200, ROW ("Roofs", "12.50", "812"));
  assert_saves (f, "Roofs");
}

static void
add_wide_columns (StoreFixture *f)
{
  g_autoptr(KvarType) type = kvar_type_new ("text", NULL);

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s_%03u", "a_column_with_quite_a_long_name", i);
      g_autoptr(KvarColumn) column = kvar_column_new (name, type);

      kvar_column_set_nullable (column, TRUE);
      kvar_column_set_privileges (column, TRUE, TRUE, TRUE);
      kvar_table_add_column (f->table, column);
    }
}

/* A row too wide for one answer is read after it has been inserted; that this fails must not
 * insert it again. */
static void
test_wide_insert_happens_once (StoreFixture  *f,
                               gconstpointer  unused)
{
  add_wide_columns (f);
  answer (f, 201, ROW ("Roofs", "0", "812"));
  answer (f, 503, "{}");
  assert_saves (f, "Roofs");
  g_assert_false (kvar_draft_is_new (f->draft));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/store/insert/typed-key-is-not-ours", TRUE, test_typed_key_is_not_ours);
  ADD ("/store/insert/unreadable-success-is-repeated", TRUE,
       test_unreadable_success_is_repeated);
  ADD ("/store/insert/unreadable-success-without-key-asks", TRUE,
       test_unreadable_success_without_key_asks);
  ADD ("/store/insert/once-for-two", TRUE, test_insert_once_for_two);
  ADD ("/store/insert/lost-once-for-two", TRUE, test_lost_insert_once_for_two);
  ADD ("/store/insert/lost-takes-nothing-back", TRUE, test_lost_insert_takes_nothing_back);
  ADD ("/store/insert/wide-happens-once", TRUE, test_wide_insert_happens_once);
  ADD ("/store/update/second-save-sends-the-rest", FALSE, test_second_save_sends_the_rest);
  ADD ("/store/update/typed-since-is-no-lost-update", FALSE,
       test_typed_since_is_no_lost_update);
  ADD ("/store/update/typed-since-after-success", FALSE,
       test_typed_since_is_no_lost_update_after_success);
  ADD ("/store/update/taken-back-since-stays", FALSE, test_taken_back_since_stays);
  ADD ("/store/update/refusal-does-not-stay-in-the-way", FALSE,
       test_refusal_does_not_stay_in_the_way);

  return g_test_run ();
}
