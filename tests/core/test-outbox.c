/* test-outbox.c: Saves that wait for a server or a session, sent in order and once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "kvar-store-fixture.h"
#include "records/kvar-outbox.h"

#define OTHER_ID "22222222-2222-4222-8222-222222222222"

typedef struct
{
  StoreFixture    s;
  KvarDraftStore *drafts;
  KvarOutbox     *outbox;
  KvarDraft      *draft;       /* of the record that the store's fixture has, "Roofs" typed */
} OutboxFixture;

static void
set_up (OutboxFixture *f,
        gconstpointer  is_new)
{
  store_set_up (&f->s, is_new);
  g_assert_finalize_object (f->s.draft);

  f->drafts = kvar_draft_store_new (NULL, f->s.s.clock);
  f->outbox = kvar_outbox_new (f->s.s.session, f->s.store, f->drafts);
  kvar_outbox_set_user (f->outbox, kvar_session_get_user_id (f->s.s.session));
  f->draft = kvar_draft_store_open (f->drafts, f->s.table,
                                    GPOINTER_TO_INT (is_new) ? "new" : ID,
                                    GPOINTER_TO_INT (is_new) ? NULL : f->s.record);
  kvar_draft_set_input (f->draft, f->s.title, "Roofs");
  f->s.draft = g_object_ref (f->draft);
}

static void
tear_down (OutboxFixture *f,
           gconstpointer  is_new)
{
  kvar_test_settle ();
  g_clear_object (&f->draft);
  g_assert_finalize_object (f->outbox);
  g_object_ref (f->s.draft);
  g_assert_finalize_object (f->drafts);
  g_object_unref (f->s.draft);
  store_tear_down (&f->s, is_new);
}

/* Returns the error's code, or -1 for success. */
static int
save_draft (OutboxFixture *f,
            KvarDraft     *draft)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarRecord) saved = NULL;
  g_autoptr(GError) error = NULL;

  kvar_outbox_save_async (f->outbox, draft, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  saved = kvar_outbox_save_finish (f->outbox, result, &error);
  g_assert_true ((saved == NULL) == (error != NULL));
  g_assert_true (error == NULL || error->domain == KVAR_ERROR);

  return error != NULL ? error->code : -1;
}

static void
pass (OutboxFixture *f,
      gint64         us)
{
  kvar_test_settle ();
  kvar_clock_advance (f->s.s.clock, us);
  kvar_test_settle ();
}

static KvarDraft *
open_other (OutboxFixture *f)
{
  g_autoptr(KvarRecord) record = kvar_record_dup (f->s.record);
  KvarDraft *draft;

  kvar_record_set_text (record, 0, OTHER_ID);
  draft = kvar_draft_store_open (f->drafts, f->s.table, OTHER_ID, record);
  kvar_draft_set_input (draft, f->s.title, "Walls");

  return draft;
}

static void
test_sends_at_once (OutboxFixture *f,
                    gconstpointer  unused)
{
  answer (&f->s, 200, ROW ("Roofs", "12.50", "812"));
  g_assert_cmpint (save_draft (f, f->draft), ==, -1);
  g_assert_cmpint (kvar_draft_get_state (f->draft), ==, KVAR_DRAFT_OPEN);
  g_assert_false (kvar_draft_get_changed (f->draft));
  g_assert_cmpuint (kvar_outbox_get_n_waiting (f->outbox), ==, 0);
}

static void
test_waits_offline (OutboxFixture *f,
                    gconstpointer  unused)
{
  answer (&f->s, 503, "{}");
  g_assert_cmpint (save_draft (f, f->draft), ==, KVAR_ERROR_OFFLINE);
  g_assert_cmpint (kvar_draft_get_state (f->draft), ==, KVAR_DRAFT_QUEUED);
  g_assert_cmpuint (kvar_outbox_get_n_waiting (f->outbox), ==, 1);
  g_assert_true (kvar_outbox_get_held_up (f->outbox));

  answer (&f->s, 200, ROW ("Roofs", "12.50", "812"));
  pass (f, KVAR_CLOCK_MINUTE);
  kvar_test_wait_until (kvar_draft_get_state (f->draft) == KVAR_DRAFT_OPEN);
  g_assert_false (kvar_draft_get_changed (f->draft));
  g_assert_cmpuint (f->s.n_saved, ==, 1);
  g_assert_false (kvar_outbox_get_held_up (f->outbox));
}

static void
test_default_waits_offline (OutboxFixture *f,
                            gconstpointer  unused)
{
  g_autoptr(KvarValue) value = NULL;
  const char *words = "missing=default";
  KvarReply *tried = kvar_test_reply_new (204, "");
  KvarReply *done = kvar_test_reply_new (200, ROW ("Roofs", "0.00", "812"));

  value = kvar_value_new_default (kvar_column_get_column_type (f->s.price));
  kvar_draft_set_value (f->draft, f->s.price, value);
  answer (&f->s, 503, "{}");
  g_assert_cmpint (save_draft (f, f->draft), ==, KVAR_ERROR_OFFLINE);
  g_assert_cmpint (kvar_draft_get_state (f->draft), ==, KVAR_DRAFT_QUEUED);

  kvar_reply_add_header (tried, "Preference-Applied", words);
  kvar_reply_add_header (done, "Preference-Applied", words);
  g_ptr_array_add (f->s.answers, tried);
  g_ptr_array_add (f->s.answers, done);
  pass (f, KVAR_CLOCK_MINUTE);
  kvar_test_wait_until (kvar_draft_get_state (f->draft) == KVAR_DRAFT_OPEN);
  g_assert_false (kvar_draft_get_changed (f->draft));
  g_assert_cmpstr (kvar_record_get_text (kvar_draft_get_base (f->draft), 2), ==, "0.00");
}

/* The network cuts the answer of an update off: it is looked for, found, and not sent twice. */
static void
test_lost_answer (OutboxFixture *f,
                  gconstpointer  unused)
{
  lose_answer (&f->s);
  answer (&f->s, 200, "[" ROW ("Roofs", "12.50", "812") "]");
  g_assert_cmpint (save_draft (f, f->draft), ==, -1);
  g_assert_cmpuint (f->s.n_saved, ==, 1);
}

/* What the server refuses is put aside with its reason, and does not hold up what is behind. */
static void
test_refused_is_parked (OutboxFixture *f,
                        gconstpointer  unused)
{
  g_autoptr(KvarDraft) other = open_other (f);
  g_autoptr(GAsyncResult) first = NULL;
  g_autoptr(GAsyncResult) second = NULL;

  answer (&f->s, 409, "{\"code\":\"23505\",\"message\":\"duplicate key\"}");
  answer (&f->s, 200, "{\"id\":\"" OTHER_ID "\",\"title\":\"Walls\",\"xmin\":\"9\"}");
  kvar_outbox_save_async (f->outbox, f->draft, kvar_test_keep_result, &first);
  kvar_outbox_save_async (f->outbox, other, kvar_test_keep_result, &second);
  kvar_test_wait_until (first != NULL && second != NULL);

  g_assert_null (kvar_outbox_save_finish (f->outbox, first, NULL));
  g_assert_cmpint (kvar_draft_get_state (f->draft), ==, KVAR_DRAFT_PARKED);
  g_assert_error (kvar_draft_get_attention (f->draft), KVAR_ERROR, KVAR_ERROR_INVALID);
  g_assert_cmpuint (kvar_outbox_get_n_parked (f->outbox), ==, 1);
  g_assert_cmpint (kvar_draft_get_state (other), ==, KVAR_DRAFT_OPEN);
  g_object_unref (kvar_outbox_save_finish (f->outbox, second, NULL));
}

/* In the order in which they were saved, one after the other. */
static void
test_in_order (OutboxFixture *f,
               gconstpointer  unused)
{
  g_autoptr(KvarDraft) other = open_other (f);

  answer (&f->s, 503, "{}");
  g_assert_cmpint (save_draft (f, other), ==, KVAR_ERROR_OFFLINE);
  answer (&f->s, 503, "{}");
  g_assert_cmpint (save_draft (f, f->draft), ==, KVAR_ERROR_OFFLINE);
  assert_sent (&f->s, 1, "PATCH", OTHER_ID, NULL);

  answer (&f->s, 200, "{\"id\":\"" OTHER_ID "\",\"title\":\"Walls\",\"xmin\":\"9\"}");
  answer (&f->s, 200, ROW ("Roofs", "12.50", "812"));
  pass (f, KVAR_CLOCK_MINUTE);
  kvar_test_wait_until (f->s.n_saved == 2);
  assert_sent (&f->s, 2, "PATCH", OTHER_ID, NULL);
  assert_sent (&f->s, 3, "PATCH", ID, NULL);
}

/* Half a word that is typed after the save is nobody's business but the draft's. */
static void
test_typed_since (OutboxFixture *f,
                  gconstpointer  unused)
{
  answer (&f->s, 503, "{}");
  g_assert_cmpint (save_draft (f, f->draft), ==, KVAR_ERROR_OFFLINE);
  kvar_draft_set_input (f->draft, f->s.title, "Roofs and ha");

  answer (&f->s, 200, ROW ("Roofs", "12.50", "812"));
  pass (f, KVAR_CLOCK_MINUTE);
  kvar_test_wait_until (f->s.n_saved == 1);
  assert_sent (&f->s, 1, "PATCH", ID, "{\"title\":\"Roofs\"}");
  kvar_test_wait_until (kvar_draft_get_state (f->draft) == KVAR_DRAFT_OPEN);
  g_assert_true (kvar_draft_get_changed (f->draft));
}

/* The answer of a save is lost, and so is what was to find out. Typing the old value back and
 * saving that is no "nothing to save": the server may have the new one. */
static void
test_typed_back_is_sent (OutboxFixture *f,
                         gconstpointer  unused)
{
  lose_answer (&f->s);
  answer (&f->s, 503, "{}");
  g_assert_cmpint (save_draft (f, f->draft), !=, -1);
  g_assert_cmpint (kvar_draft_get_state (f->draft), ==, KVAR_DRAFT_QUEUED);

  kvar_draft_set_input (f->draft, f->s.title, "Roof");
  answer (&f->s, 200, ROW ("Roof", "12.50", "813"));
  g_assert_cmpint (save_draft (f, f->draft), ==, -1);
  assert_sent (&f->s, 2, "PATCH", ID, "{\"title\":\"Roof\"}");
}

/* Saved again while the first save is under way: both arrive, and both savers hear of it. */
static void
test_saved_again (OutboxFixture *f,
                  gconstpointer  unused)
{
  g_autoptr(GAsyncResult) first = NULL;
  g_autoptr(GAsyncResult) second = NULL;

  answer (&f->s, 200, ROW ("Roofs", "12.50", "812"));
  answer (&f->s, 200, ROW ("Roofs!", "12.50", "813"));
  kvar_outbox_save_async (f->outbox, f->draft, kvar_test_keep_result, &first);
  kvar_draft_set_input (f->draft, f->s.title, "Roofs!");
  kvar_outbox_save_async (f->outbox, f->draft, kvar_test_keep_result, &second);
  kvar_test_wait_until (first != NULL && second != NULL);

  g_object_unref (kvar_outbox_save_finish (f->outbox, first, NULL));
  g_object_unref (kvar_outbox_save_finish (f->outbox, second, NULL));
  assert_sent (&f->s, 1, "PATCH", "&xmin=eq.812", "{\"title\":\"Roofs!\"}");
  g_assert_false (kvar_draft_get_changed (f->draft));
}

/* The session is over: the save is held, on disk, and goes by itself after sign-in, once. */
static void
test_held_by_sign_in (OutboxFixture *f,
                      gconstpointer  unused)
{
  kvar_test_auth_revoke (f->s.s.auth);
  pass (f, KVAR_CLOCK_HOUR);
  kvar_test_wait_until (kvar_session_get_state (f->s.s.session) == KVAR_SESSION_EXPIRED);

  g_assert_cmpint (save_draft (f, f->draft), ==, KVAR_ERROR_SIGNED_OUT);
  g_assert_cmpint (kvar_draft_get_state (f->draft), ==, KVAR_DRAFT_QUEUED);

  answer (&f->s, 200, ROW ("Roofs", "12.50", "812"));
  kvar_test_session_sign_in (f->s.s.session);
  kvar_test_wait_until (f->s.n_saved == 1);
  pass (f, KVAR_CLOCK_MINUTE);
  g_assert_cmpuint (f->s.n_saved, ==, 1);
}

static void
test_never_as_another (OutboxFixture *f,
                       gconstpointer  unused)
{
  kvar_outbox_set_user (f->outbox, "somebody-else");
  g_assert_cmpint (save_draft (f, f->draft), ==, KVAR_ERROR_SIGNED_OUT);
  pass (f, KVAR_CLOCK_HOUR / 4);
  g_assert_cmpuint (f->s.n_answered, ==, 0);
  g_assert_cmpint (kvar_draft_get_state (f->draft), ==, KVAR_DRAFT_QUEUED);

  answer (&f->s, 200, ROW ("Roofs", "12.50", "812"));
  kvar_outbox_set_user (f->outbox, kvar_session_get_user_id (f->s.s.session));
  kvar_test_wait_until (f->s.n_saved == 1);
}

static void
change_user (StoreFixture *s,
             const char   *user_id)
{
  g_autofree char *body = g_strdup_printf ("{\"access_token\":\"a\",\"refresh_token\":\"b\","
                                           "\"expires_in\":3600,\"user\":{\"id\":\"%s\"}}",
                                           user_id);
  g_autoptr(GAsyncResult) left = NULL;

  kvar_session_sign_out_async (s->s.session, KVAR_SIGN_OUT_LOCAL, NULL, kvar_test_keep_result,
                               &left);
  kvar_test_wait_until (left != NULL);
  kvar_test_auth_script_reply (s->s.auth, kvar_test_reply_new (200, body));
  kvar_test_session_sign_in (s->s.session);
  g_assert_cmpstr (kvar_session_get_user_id (s->s.session), ==, user_id);
}

static void
another_signs_in (StoreFixture *s)
{
  change_user (s, "eva");
}

/* By the time that the answer is given up somebody else is signed in: nothing is repeated, and
 * nothing looked for, as them. */
static void
test_left_while_sending (OutboxFixture *f,
                         gconstpointer  is_new)
{
  g_autofree char *user_id = g_strdup (kvar_session_get_user_id (f->s.s.session));

  f->s.before_loss = another_signs_in;
  lose_answer (&f->s);
  g_assert_cmpint (save_draft (f, f->draft), ==, KVAR_ERROR_SIGNED_OUT);
  pass (f, KVAR_CLOCK_HOUR / 4);
  g_assert_cmpuint (f->s.n_answered, ==, 1);
  g_assert_cmpint (kvar_draft_get_state (f->draft), ==, KVAR_DRAFT_QUEUED);

  answer (&f->s, 200, ROW ("Roofs", "12.50", "812"));
  change_user (&f->s, user_id);
  kvar_test_wait_until (f->s.n_saved == 1);
}

/* The same insert, with the same key, until it is known to have arrived. */
static void
test_insert_is_one_row (OutboxFixture *f,
                        gconstpointer  unused)
{
  lose_answer (&f->s);
  lose_answer (&f->s);
  lose_answer (&f->s);
  g_assert_cmpint (save_draft (f, f->draft), ==, KVAR_ERROR_UNKNOWN_OUTCOME);
  g_assert_cmpint (kvar_draft_get_state (f->draft), ==, KVAR_DRAFT_QUEUED);

  answer (&f->s, 409, "{\"code\":\"23505\",\"message\":\"duplicate key\"}");
  answer (&f->s, 200, "[" ROW ("Roofs", "0", "812") "]");
  pass (f, KVAR_CLOCK_MINUTE);
  kvar_test_wait_until (f->s.n_saved == 1);
  g_assert_false (kvar_draft_is_new (f->draft));
  for (guint i = 1; i < 4; i++)
    g_assert_cmpmem (g_bytes_get_data (kvar_request_get_body (nth_request (&f->s, i)), NULL),
                     g_bytes_get_size (kvar_request_get_body (nth_request (&f->s, i))),
                     g_bytes_get_data (kvar_request_get_body (nth_request (&f->s, 0)), NULL),
                     g_bytes_get_size (kvar_request_get_body (nth_request (&f->s, 0))));
}

static void
begin_delete (OutboxFixture *f)
{
  g_autoptr(GPtrArray) drafts = g_ptr_array_new ();

  kvar_draft_discard (f->draft);
  g_ptr_array_add (drafts, f->draft);
  kvar_outbox_begin_deletes (f->outbox, drafts);
}

static void
test_delete_can_be_undone (OutboxFixture *f,
                           gconstpointer  unused)
{
  begin_delete (f);
  pass (f, KVAR_OUTBOX_DELETE_AFTER - KVAR_CLOCK_SECOND);
  g_assert_true (kvar_draft_get_deletes (f->draft));
  g_assert_cmpuint (kvar_outbox_undo_deletes (f->outbox), ==, 1);
  g_assert_false (kvar_draft_get_deletes (f->draft));

  pass (f, KVAR_OUTBOX_DELETE_AFTER);
  g_assert_cmpuint (f->s.n_answered, ==, 0);
}

static void
test_delete_goes_in_time (OutboxFixture *f,
                          gconstpointer  unused)
{
  answer (&f->s, 200, "{\"id\":\"" ID "\"}");
  begin_delete (f);
  pass (f, KVAR_OUTBOX_DELETE_AFTER);
  kvar_test_wait_until (f->s.n_deleted == 1);
  assert_sent (&f->s, 0, "DELETE", "xmin=eq.811", NULL);
}

/* The next change makes up the mind, and comes after the delete. */
static void
test_delete_goes_with_next_change (OutboxFixture *f,
                                   gconstpointer  unused)
{
  g_autoptr(KvarDraft) other = open_other (f);

  answer (&f->s, 200, "{\"id\":\"" ID "\"}");
  answer (&f->s, 200, "{\"id\":\"" OTHER_ID "\",\"title\":\"Walls\",\"xmin\":\"9\"}");
  begin_delete (f);
  g_assert_cmpint (save_draft (f, other), ==, -1);
  assert_sent (&f->s, 0, "DELETE", ID, NULL);
  assert_sent (&f->s, 1, "PATCH", OTHER_ID, NULL);
}

/* Somebody else may not see the record: that does not mean that it is gone. */
static void
test_left_while_deleting (OutboxFixture *f,
                          gconstpointer  unused)
{
  begin_delete (f);
  f->s.before_loss = another_signs_in;
  lose_answer (&f->s);
  pass (f, KVAR_OUTBOX_DELETE_AFTER);
  kvar_test_wait_until (kvar_outbox_get_sending (f->outbox) == NULL);
  g_assert_cmpuint (f->s.n_answered, ==, 1);
  g_assert_cmpuint (f->s.n_deleted, ==, 0);
  g_assert_true (kvar_draft_get_deletes (f->draft));
}

/* A save that waits is not a delete until there is no way back from that. */
static void
test_delete_of_what_waits (OutboxFixture *f,
                           gconstpointer  unused)
{
  g_autoptr(GPtrArray) drafts = g_ptr_array_new ();

  answer (&f->s, 503, "{}");
  g_assert_cmpint (save_draft (f, f->draft), ==, KVAR_ERROR_OFFLINE);
  g_ptr_array_add (drafts, f->draft);
  kvar_outbox_begin_deletes (f->outbox, drafts);
  kvar_outbox_hurry (f->outbox);
  kvar_test_settle ();
  g_assert_cmpuint (f->s.n_answered, ==, 1);

  answer (&f->s, 200, ROW ("Roofs", "12.50", "812"));
  g_assert_true (kvar_outbox_undo_delete (f->outbox, f->draft));
  kvar_test_wait_until (f->s.n_saved == 1);
  assert_sent (&f->s, 1, "PATCH", ID, "{\"title\":\"Roofs\"}");
}

/* Nothing that is typed after the delete was taken back goes to the server by itself. */
static void
test_discarded_delete (OutboxFixture *f,
                       gconstpointer  unused)
{
  begin_delete (f);
  kvar_outbox_discard (f->outbox, f->draft);
  kvar_draft_set_input (f->draft, f->s.title, "Half a wo");
  pass (f, KVAR_OUTBOX_DELETE_AFTER);
  g_assert_cmpint (kvar_draft_get_state (f->draft), ==, KVAR_DRAFT_OPEN);
  g_assert_cmpuint (f->s.n_answered, ==, 0);
}

/* In line, or parked because somebody has changed the record, it can be taken back all the
 * same. */
static void
test_parked_delete_can_be_undone (OutboxFixture *f,
                                  gconstpointer  unused)
{
  answer (&f->s, 406, NO_ROW);
  answer (&f->s, 200, "[" ROW ("Theirs", "12.50", "812") "]");
  begin_delete (f);
  pass (f, KVAR_OUTBOX_DELETE_AFTER);
  kvar_test_wait_until (kvar_draft_get_state (f->draft) == KVAR_DRAFT_PARKED);
  g_assert_error (kvar_draft_get_attention (f->draft), KVAR_ERROR, KVAR_ERROR_CONFLICT);

  g_assert_true (kvar_outbox_undo_delete (f->outbox, f->draft));
  g_assert_false (kvar_draft_get_kept (f->draft));
}

static void
test_discarded_is_not_sent (OutboxFixture *f,
                            gconstpointer  unused)
{
  answer (&f->s, 503, "{}");
  g_assert_cmpint (save_draft (f, f->draft), ==, KVAR_ERROR_OFFLINE);
  kvar_outbox_discard (f->outbox, f->draft);
  pass (f, KVAR_CLOCK_MINUTE);
  g_assert_cmpuint (f->s.n_answered, ==, 1);
  g_assert_cmpuint (kvar_outbox_get_n_waiting (f->outbox), ==, 0);
}

/* Nothing is left of it to be looked at, and nothing that could be sent by mistake. */
static void
test_discarded_while_refused (OutboxFixture *f,
                              gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;

  answer (&f->s, 403, "{\"code\":\"42501\",\"message\":\"no\"}");
  kvar_outbox_save_async (f->outbox, f->draft, kvar_test_keep_result, &result);
  kvar_outbox_discard (f->outbox, f->draft);
  kvar_test_wait_until (result != NULL);
  g_assert_null (kvar_outbox_save_finish (f->outbox, result, NULL));
  g_assert_cmpint (kvar_draft_get_state (f->draft), ==, KVAR_DRAFT_OPEN);
  g_assert_false (kvar_draft_get_kept (f->draft));
}

static void
test_retried_by_hand (OutboxFixture *f,
                      gconstpointer  unused)
{
  answer (&f->s, 403, "{\"code\":\"42501\",\"message\":\"no\"}");
  g_assert_cmpint (save_draft (f, f->draft), ==, KVAR_ERROR_DENIED);
  g_assert_cmpint (kvar_draft_get_state (f->draft), ==, KVAR_DRAFT_PARKED);

  answer (&f->s, 200, ROW ("Roofs", "12.50", "812"));
  kvar_outbox_retry (f->outbox, f->draft);
  kvar_test_wait_until (f->s.n_saved == 1);
  g_assert_cmpint (kvar_draft_get_state (f->draft), ==, KVAR_DRAFT_OPEN);
}

static void
test_sends_all (OutboxFixture *f,
                gconstpointer  unused)
{
  g_autoptr(KvarDraft) other = open_other (f);

  answer (&f->s, 200, ROW ("Roofs", "12.50", "812"));
  answer (&f->s, 200, "{\"id\":\"" OTHER_ID "\",\"title\":\"Walls\",\"xmin\":\"9\"}");
  g_assert_cmpuint (kvar_outbox_send_all (f->outbox), ==, 2);
  kvar_test_wait_until (f->s.n_saved == 2);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->drafts)), ==, 0);
}

/* The server makes the key, and its answer is lost: a second one is a person's to send. */
static void
test_all_but_unknown (OutboxFixture *f,
                      gconstpointer  unused)
{
  static const char *const key[] = { "contact_id", NULL };

  kvar_table_set_key (f->s.table, key, FALSE);
  kvar_column_set_identity (kvar_table_find_column (f->s.table, "contact_id"),
                            KVAR_IDENTITY_BY_DEFAULT);
  lose_answer (&f->s);
  g_assert_cmpint (save_draft (f, f->draft), ==, KVAR_ERROR_UNKNOWN_OUTCOME);
  g_assert_cmpint (kvar_draft_get_state (f->draft), ==, KVAR_DRAFT_PARKED);
  g_assert_cmpuint (kvar_outbox_send_all (f->outbox), ==, 0);
  g_assert_cmpint (kvar_draft_get_state (f->draft), ==, KVAR_DRAFT_PARKED);

  answer (&f->s, 201, "{\"contact_id\":\"7\",\"title\":\"Roofs\"}");
  kvar_outbox_retry (f->outbox, f->draft);
  kvar_test_wait_until (f->s.n_saved == 1);
}

#define ADD_OUTBOX(path, is_new, func) \
  g_test_add ("/outbox/" path, OutboxFixture, GINT_TO_POINTER (is_new), set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD_OUTBOX ("sends-at-once", FALSE, test_sends_at_once);
  ADD_OUTBOX ("OFF-3/waits-offline", FALSE, test_waits_offline);
  ADD_OUTBOX ("REST-70/default-waits-offline", FALSE, test_default_waits_offline);
  ADD_OUTBOX ("OFF-3/in-order", FALSE, test_in_order);
  ADD_OUTBOX ("DRF-9/lost-answer", FALSE, test_lost_answer);
  ADD_OUTBOX ("DRF-9/insert-is-one-row", TRUE, test_insert_is_one_row);
  ADD_OUTBOX ("DRF-9/typed-since", FALSE, test_typed_since);
  ADD_OUTBOX ("DRF-9/typed-back-is-sent", FALSE, test_typed_back_is_sent);
  ADD_OUTBOX ("DRF-9/saved-again", FALSE, test_saved_again);
  ADD_OUTBOX ("DRF-9/retried-by-hand", FALSE, test_retried_by_hand);
  ADD_OUTBOX ("DRF-9/discarded-is-not-sent", FALSE, test_discarded_is_not_sent);
  ADD_OUTBOX ("DRF-9/discarded-while-refused", FALSE, test_discarded_while_refused);
  ADD_OUTBOX ("DRF-10/refused-is-parked", FALSE, test_refused_is_parked);
  ADD_OUTBOX ("DRF-11/sends-all", FALSE, test_sends_all);
  ADD_OUTBOX ("DRF-11/sends-all-but-unknown", TRUE, test_all_but_unknown);
  ADD_OUTBOX ("RET-10/held-by-sign-in", FALSE, test_held_by_sign_in);
  ADD_OUTBOX ("RET-9/never-as-another", FALSE, test_never_as_another);
  ADD_OUTBOX ("RET-9/left-while-updating", FALSE, test_left_while_sending);
  ADD_OUTBOX ("RET-9/left-while-inserting", TRUE, test_left_while_sending);
  ADD_OUTBOX ("RET-9/left-while-deleting", FALSE, test_left_while_deleting);
  ADD_OUTBOX ("delete/of-what-waits", FALSE, test_delete_of_what_waits);
  ADD_OUTBOX ("delete/discarded", FALSE, test_discarded_delete);
  ADD_OUTBOX ("delete/parked-can-be-undone", FALSE, test_parked_delete_can_be_undone);
  ADD_OUTBOX ("delete/can-be-undone", FALSE, test_delete_can_be_undone);
  ADD_OUTBOX ("delete/goes-in-time", FALSE, test_delete_goes_in_time);
  ADD_OUTBOX ("delete/goes-with-next-change", FALSE, test_delete_goes_with_next_change);

  return g_test_run ();
}
