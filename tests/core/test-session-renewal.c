/* test-session-renewal.c: one renewal for everybody, and what its answers mean
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-session-fixture.h"

#include "session/kvar-credential-lock.h"

#define N_PARALLEL 50

static GError *
lost_answer (void)
{
  return kvar_error_new_full (KVAR_ERROR_UNKNOWN_OUTCOME, 0, NULL, "the connection broke");
}

static GError *
no_route (void)
{
  return kvar_error_new_full (KVAR_ERROR_OFFLINE, 0, NULL, "no route");
}

static void
test_ahead_of_time (Fixture       *f,
                    gconstpointer  unused)
{
  guint n_states = 0;

  g_signal_connect_swapped (f->session, "notify::state", G_CALLBACK (g_atomic_int_inc), &n_states);

  for (guint i = 0; i < 6 * 60; i++)
    fixture_pass (f, KVAR_CLOCK_MINUTE);

  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), >=, 1 + 6);
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), <=, 1 + 7);
  g_assert_cmpuint (n_states, ==, 0);
  assert_signed_in (f);
}

static void
test_short_life (Fixture       *f,
                 gconstpointer  unused)
{
  kvar_test_auth_set_lifetime (f->auth, 10);
  kvar_test_session_sign_in (f->session);

  for (guint i = 0; i < 1000; i++)
    fixture_pass (f, 100 * KVAR_CLOCK_MILLISECOND);

  /* 100 s of tokens that live for 10 and are due after 8. */
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), >=, 1 + 10);
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), <=, 1 + 13);
  assert_signed_in (f);
}

static void
test_fifty_token_problems (Fixture       *f,
                           gconstpointer  unused)
{
  GAsyncResult *results[N_PARALLEL] = { NULL };

  kvar_test_auth_refuse_tokens (f->auth);
  for (guint i = 0; i < N_PARALLEL; i++)
    fixture_send (f, "/rest/v1/jobs", &results[i]);
  for (guint i = 0; i < N_PARALLEL; i++)
    g_assert_cmpint (fixture_finish (f, &results[i], NULL), ==, 200);

  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 2);
  g_assert_cmpuint (kvar_test_transport_count (f->transport, "GET", "/rest/v1/"), ==,
                    2 * N_PARALLEL);
}

static void
test_fifty_wake_at_expiry (Fixture       *f,
                           gconstpointer  unused)
{
  GAsyncResult *results[N_PARALLEL] = { NULL };

  kvar_clock_suspend (f->clock, 2 * KVAR_CLOCK_HOUR);
  for (guint i = 0; i < N_PARALLEL; i++)
    fixture_send (f, "/rest/v1/jobs", &results[i]);
  for (guint i = 0; i < N_PARALLEL; i++)
    g_assert_cmpint (fixture_finish (f, &results[i], NULL), ==, 200);

  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 2);
  g_assert_cmpuint (kvar_test_transport_count (f->transport, "GET", "/rest/v1/"), ==, N_PARALLEL);
}

static void
test_straggler_only_replays (Fixture       *f,
                             gconstpointer  unused)
{
  g_autoptr(GAsyncResult) straggler = NULL;

  /* Its 401 is made now and arrives when the others have a new token already. */
  kvar_test_auth_refuse_tokens (f->auth);
  kvar_test_transport_hold (f->transport);
  fixture_send (f, "/rest/v1/slow", &straggler);
  kvar_test_wait_until (kvar_test_transport_get_n_held (f->transport) == 1);
  kvar_session_poke (f->session);
  kvar_test_transport_release (f->transport);

  g_assert_cmpint (fixture_finish (f, &straggler, NULL), ==, 200);
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 2);
}

static KvarReply *
refuse_all_cb (KvarRequest  *request,
               gpointer      user_data,
               GError      **error)
{
  return kvar_test_reply_new (401, "{\"code\":\"PGRST301\",\"message\":\"wrong key\"}");
}

static void
test_loop_is_broken (Fixture       *f,
                     gconstpointer  unused)
{
  kvar_test_transport_on (f->transport, "GET", "/rest/v1/", refuse_all_cb, NULL);

  g_assert_cmpint (fixture_get (f, "/rest/v1/jobs", NULL), ==, 401);
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 2);
  for (guint i = 0; i < 20; i++)
    g_assert_cmpint (fixture_get (f, "/rest/v1/jobs", NULL), ==, 401);
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 2);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
}

static void
test_undue_are_limited (Fixture       *f,
                        gconstpointer  unused)
{
  for (guint i = 0; i < 30; i++)
    {
      kvar_test_auth_refuse_tokens (f->auth);
      fixture_get (f, "/rest/v1/jobs", NULL);
    }

  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 1 + 10);
  g_assert_true (kvar_session_is_usable (f->session));
}

static KvarReply *
from_the_future_cb (KvarRequest  *request,
                    gpointer      user_data,
                    GError      **error)
{
  guint *times = user_data;

  if (*times == 0)
    return NULL;
  (*times)--;

  return kvar_test_reply_new (401,
                              "{\"code\":\"PGRST303\",\"message\":\"JWT issued at future\"}");
}

static void
test_future_token_waits (Fixture       *f,
                         gconstpointer  unused)
{
  guint times = 1;
  g_autoptr(GAsyncResult) result = NULL;

  kvar_test_transport_on (f->transport, "GET", "/rest/v1/", from_the_future_cb, &times);

  fixture_send (f, "/rest/v1/jobs", &result);
  kvar_test_settle ();
  g_assert_null (result);
  fixture_pass (f, 2 * KVAR_CLOCK_SECOND);

  g_assert_cmpint (fixture_finish (f, &result, NULL), ==, 200);
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 1);
}

static void
test_one_waiter_leaves (Fixture       *f,
                        gconstpointer  unused)
{
  g_autoptr(KvarRequest) request = kvar_request_new ("GET", "/rest/v1/jobs");
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) leaving = NULL;
  g_autoptr(GAsyncResult) staying = NULL;
  g_autoptr(GError) error = NULL;

  kvar_clock_suspend (f->clock, 2 * KVAR_CLOCK_HOUR);
  kvar_test_transport_hold (f->transport);
  kvar_session_send_async (f->session, request, cancellable, kvar_test_keep_result, &leaving);
  fixture_send (f, "/rest/v1/jobs", &staying);
  kvar_test_wait_until (kvar_test_transport_get_n_held (f->transport) == 1);
  g_cancellable_cancel (cancellable);

  g_assert_cmpint (fixture_finish (f, &leaving, &error), ==, 0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (staying);

  kvar_test_transport_release (f->transport);
  g_assert_cmpint (fixture_finish (f, &staying, NULL), ==, 200);
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 2);
}

static void
test_all_leave (Fixture       *f,
                gconstpointer  unused)
{
  g_autoptr(KvarRequest) request = kvar_request_new ("GET", "/rest/v1/jobs");
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;

  kvar_clock_suspend (f->clock, 2 * KVAR_CLOCK_HOUR);
  kvar_test_transport_hold (f->transport);
  kvar_session_send_async (f->session, request, cancellable, kvar_test_keep_result, &result);
  kvar_test_wait_until (kvar_test_transport_get_n_held (f->transport) == 1);
  g_cancellable_cancel (cancellable);
  g_assert_cmpint (fixture_finish (f, &result, NULL), ==, 0);

  kvar_test_transport_release (f->transport);
  kvar_test_wait_until (kvar_session_get_state (f->session) == KVAR_SESSION_SIGNED_IN);
  g_assert_nonnull (strstr (kvar_test_vault_get (f->vault, KVAR_TEST_USER_ID),
                            kvar_test_auth_get_refresh (f->auth)));
}

static void
test_never_answers (Fixture       *f,
                    gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  kvar_clock_suspend (f->clock, 2 * KVAR_CLOCK_HOUR);
  kvar_test_transport_hold (f->transport);
  fixture_send (f, "/rest/v1/jobs", &result);
  kvar_test_wait_until (kvar_test_transport_get_n_held (f->transport) == 1);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_RENEWING);

  fixture_pass (f, 14 * KVAR_CLOCK_SECOND);
  g_assert_null (result);
  fixture_pass (f, 2 * KVAR_CLOCK_SECOND);
  g_assert_cmpint (fixture_finish (f, &result, &error), ==, 0);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_OFFLINE);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_OFFLINE);

  kvar_test_transport_release (f->transport);
  fixture_pass (f, 2 * KVAR_CLOCK_SECOND);
  assert_signed_in (f);
}

static void
test_lost_answer (Fixture       *f,
                  gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_clock_suspend (f->clock, 2 * KVAR_CLOCK_HOUR);
  kvar_test_auth_script_error (f->auth, lost_answer (), TRUE);
  kvar_test_auth_script_error (f->auth, lost_answer (), FALSE);
  fixture_send (f, "/rest/v1/jobs", &result);
  kvar_test_settle ();
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 2);

  fixture_pass (f, 300 * KVAR_CLOCK_MILLISECOND);
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 3);
  fixture_pass (f, KVAR_CLOCK_SECOND);

  g_assert_cmpint (fixture_finish (f, &result, NULL), ==, 200);
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 4);
}

static void
test_lost_answer_hours_later (Fixture       *f,
                              gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_clock_suspend (f->clock, 2 * KVAR_CLOCK_HOUR);
  kvar_test_auth_script_error (f->auth, lost_answer (), TRUE);
  for (guint i = 0; i < 3; i++)
    kvar_test_auth_script_error (f->auth, no_route (), FALSE);
  fixture_send (f, "/rest/v1/jobs", &result);
  fixture_pass (f, KVAR_CLOCK_SECOND);
  g_assert_cmpint (fixture_finish (f, &result, NULL), ==, 0);
  kvar_clock_suspend (f->clock, 8 * KVAR_CLOCK_HOUR);
  for (guint i = 0; i < 10; i++)
    fixture_pass (f, 10 * KVAR_CLOCK_SECOND);

  assert_signed_in (f);
}

static void
test_poke_ends_the_pause (Fixture       *f,
                          gconstpointer  unused)
{
  kvar_test_auth_script_error (f->auth, no_route (), FALSE);
  kvar_clock_suspend (f->clock, 2 * KVAR_CLOCK_HOUR);
  fixture_get (f, "/rest/v1/jobs", NULL);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_OFFLINE);

  kvar_session_poke (f->session);
  kvar_test_wait_until (kvar_session_get_state (f->session) == KVAR_SESSION_SIGNED_IN);
}

static void
test_wrong_clock (Fixture       *f,
                  gconstpointer  data)
{
  gint64 hours = GPOINTER_TO_INT (data);

  kvar_clock_set_wall (f->clock, kvar_clock_get_wall (f->clock) + hours * KVAR_CLOCK_HOUR);
  kvar_test_session_sign_in (f->session);
  for (guint i = 0; i < 3 * 60; i++)
    {
      fixture_pass (f, KVAR_CLOCK_MINUTE);
      g_assert_cmpint (fixture_get (f, "/rest/v1/jobs", NULL), ==, 200);
      if (i == 90)
        kvar_clock_set_wall (f->clock, kvar_clock_get_wall (f->clock) + 3 * KVAR_CLOCK_HOUR);
    }

  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), <=, 1 + 4);
}

/* Another process has traded the token in; ours is the grandparent of the stored one. */
static void
rotate_elsewhere (Fixture *f)
{
  g_autoptr(KvarTestVault) own = g_object_ref (f->vault);
  g_autoptr(KvarSession) other = NULL;
  g_autoptr(GAsyncResult) restored = NULL;

  other = kvar_test_session_new (f->transport, KVAR_VAULT (own), f->clock, f->state_dir);
  kvar_session_restore_async (other, NULL, NULL, kvar_test_keep_result, &restored);
  kvar_test_wait_until (restored != NULL);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(KvarRequest) request = kvar_request_new ("GET", "/rest/v1/jobs");
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(KvarReply) reply = NULL;

      kvar_test_auth_refuse_tokens (f->auth);
      kvar_session_send_async (other, request, NULL, kvar_test_keep_result, &result);
      kvar_test_wait_until (result != NULL);
      reply = kvar_session_send_finish (other, result, NULL);
      g_assert_nonnull (reply);
    }
  kvar_test_settle ();
}

static void
test_other_process_rotated (Fixture       *f,
                            gconstpointer  unused)
{
  guint n;

  rotate_elsewhere (f);
  n = kvar_test_auth_get_n_tokens (f->auth);

  assert_signed_in (f);
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, n);
}

static void
test_already_used_but_newer_stored (Fixture       *f,
                                    gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;

  /* The other process is quicker by the length of one question. */
  kvar_clock_suspend (f->clock, 2 * KVAR_CLOCK_HOUR);
  kvar_test_auth_script_reply (f->auth, kvar_test_reply_new (400,
                               "{\"code\":\"refresh_token_already_used\"}"));
  kvar_test_transport_hold (f->transport);
  fixture_send (f, "/rest/v1/jobs", &result);
  kvar_test_wait_until (kvar_test_transport_get_n_held (f->transport) == 1);
  {
    g_autofree char *session G_GNUC_UNUSED = kvar_test_auth_rotate (f->auth);
    g_autofree char *secret = NULL;

    secret = g_strdup_printf ("{\"version\":1,\"refresh_token\":\"%s\",\"user_id\":\""
                              KVAR_TEST_USER_ID "\",\"serial\":7,\"lifetime\":3600000000,"
                              "\"session_id\":\"e4c78f02-6d6a-45e3-bed2-d9c7c9c19cb3\"}",
                              kvar_test_auth_get_refresh (f->auth));
    kvar_test_vault_set (f->vault, KVAR_TEST_USER_ID, secret);
  }
  kvar_test_transport_release (f->transport);

  g_assert_cmpint (fixture_finish (f, &result, NULL), ==, 200);
  assert_signed_in (f);
}

static void
test_lock_is_held_elsewhere (Fixture       *f,
                             gconstpointer  data)
{
  gboolean hangs = GPOINTER_TO_INT (data);
  g_autoptr(KvarCredentialLock) lock = NULL;
  g_autoptr(GAsyncResult) locked = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  lock = kvar_credential_lock_new (f->state_dir, "norr.example.org", KVAR_TEST_USER_ID, f->clock);
  kvar_credential_lock_take_async (lock, NULL, kvar_test_keep_result, &locked);
  kvar_test_wait_until (locked != NULL);

  kvar_clock_suspend (f->clock, 2 * KVAR_CLOCK_HOUR);
  fixture_send (f, "/rest/v1/jobs", &result);
  fixture_pass (f, 5 * KVAR_CLOCK_SECOND);
  g_assert_null (result);
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 1);

  if (hangs)
    fixture_pass (f, 16 * KVAR_CLOCK_SECOND);
  else
    {
      kvar_credential_lock_release (lock);
      fixture_pass (f, KVAR_CLOCK_SECOND);
    }

  g_assert_cmpint (fixture_finish (f, &result, NULL), ==, 200);
}

static void
test_stored_before_waiters (Fixture       *f,
                            gconstpointer  unused)
{
  kvar_clock_suspend (f->clock, 2 * KVAR_CLOCK_HOUR);
  assert_signed_in (f);

  g_assert_nonnull (strstr (kvar_test_vault_get (f->vault, KVAR_TEST_USER_ID),
                            kvar_test_auth_get_refresh (f->auth)));
}

static void
test_failed_write_blocks_rotation (Fixture       *f,
                                   gconstpointer  unused)
{
  kvar_test_vault_refuse_writes (f->vault, KVAR_VAULT_ERROR_FAILED);
  kvar_test_auth_refuse_tokens (f->auth);
  assert_signed_in (f);
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 2);

  /* Undue: it can wait until the last one is stored. */
  kvar_test_auth_refuse_tokens (f->auth);
  g_assert_cmpint (fixture_get (f, "/rest/v1/jobs", NULL), ==, 0);
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 2);

  kvar_test_vault_refuse_writes (f->vault, -1);
  for (guint i = 0; i < 5; i++)
    fixture_pass (f, KVAR_CLOCK_SECOND);
  assert_signed_in (f);
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 3);
}

static void
test_locked_keyring_goes_on (Fixture       *f,
                             gconstpointer  unused)
{
  kvar_test_vault_lock (f->vault, FALSE);
  fixture_pass (f, KVAR_CLOCK_HOUR);
  assert_signed_in (f);
  g_assert_false (kvar_session_get_stores_secrets (f->session));
  fixture_pass (f, KVAR_CLOCK_HOUR);
  assert_signed_in (f);

  kvar_test_vault_unlock (f->vault);
  kvar_test_wait_until (kvar_session_get_stores_secrets (f->session));
  g_assert_nonnull (strstr (kvar_test_vault_get (f->vault, KVAR_TEST_USER_ID),
                            kvar_test_auth_get_refresh (f->auth)));
  fixture_pass (f, KVAR_CLOCK_HOUR);
  assert_signed_in (f);
}

static void
test_another_user (Fixture       *f,
                   gconstpointer  unused)
{
  g_autofree char *json = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  /* A cache on the way hands out somebody else's answer. */
  json = g_strdup_printf ("{\"access_token\":\"a\",\"refresh_token\":\"stolen\","
                          "\"expires_in\":3600,\"user\":{\"id\":\"eva\"}}");
  kvar_test_auth_script_reply (f->auth, kvar_test_reply_new (200, json));
  kvar_clock_suspend (f->clock, 2 * KVAR_CLOCK_HOUR);
  fixture_send (f, "/rest/v1/jobs", &result);
  kvar_test_settle ();
  fixture_pass (f, KVAR_CLOCK_SECOND);

  g_assert_cmpint (fixture_finish (f, &result, NULL), ==, 200);
  g_assert_cmpstr (kvar_session_get_user_id (f->session), ==, KVAR_TEST_USER_ID);
  g_assert_null (strstr (kvar_test_vault_get (f->vault, KVAR_TEST_USER_ID), "stolen"));
}

static void
test_sign_out_during_renewal (Fixture       *f,
                              gconstpointer  unused)
{
  g_autoptr(GAsyncResult) waiting = NULL;
  g_autoptr(GAsyncResult) signed_out = NULL;
  g_autoptr(GError) error = NULL;

  kvar_clock_suspend (f->clock, 2 * KVAR_CLOCK_HOUR);
  kvar_test_transport_hold (f->transport);
  fixture_send (f, "/rest/v1/jobs", &waiting);
  kvar_test_wait_until (kvar_test_transport_get_n_held (f->transport) == 1);

  kvar_session_sign_out_async (f->session, KVAR_SIGN_OUT_LOCAL, NULL, kvar_test_keep_result,
                               &signed_out);
  g_assert_cmpint (fixture_finish (f, &waiting, &error), ==, 0);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT);

  kvar_test_transport_release (f->transport);
  fixture_pass (f, KVAR_CLOCK_SECOND);
  kvar_test_wait_until (signed_out != NULL);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_OUT);
  g_assert_cmpuint (kvar_test_vault_get_n (f->vault), ==, 0);
  g_assert_cmpuint (kvar_test_transport_count (f->transport, "POST", "/auth/v1/logout"), ==, 1);
}

static void
test_late_answer_of_old_session (Fixture       *f,
                                 gconstpointer  unused)
{
  g_autoptr(GAsyncResult) signed_in = NULL;
  guint generation = kvar_session_get_generation (f->session);

  /* The old session's renewal is about to hear that it is over when a new one begins. */
  kvar_test_auth_script_reply (f->auth, kvar_test_reply_new (400,
                               "{\"code\":\"session_not_found\"}"));
  kvar_clock_suspend (f->clock, 2 * KVAR_CLOCK_HOUR);
  kvar_test_transport_hold (f->transport);
  kvar_clock_advance (f->clock, 0);
  kvar_test_wait_until (kvar_test_transport_get_n_held (f->transport) == 1);
  kvar_session_sign_in_async (f->session, KVAR_TEST_EMAIL, KVAR_TEST_PASSWORD, NULL,
                              kvar_test_keep_result, &signed_in);
  kvar_test_settle ();
  kvar_test_transport_release (f->transport);
  fixture_pass (f, KVAR_CLOCK_SECOND);
  kvar_test_wait_until (signed_in != NULL);

  g_assert_cmpuint (kvar_session_get_generation (f->session), >, generation);
  g_assert_nonnull (strstr (kvar_test_vault_get (f->vault, KVAR_TEST_USER_ID),
                            kvar_test_auth_get_refresh (f->auth)));
  assert_signed_in (f);
}

#define ADD(path, set_up, data, function) \
  g_test_add ("/session/" path, Fixture, data, set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("A01/ahead-of-time", fixture_set_up_signed_in, NULL, test_ahead_of_time);
  ADD ("A07/short-life", fixture_set_up, NULL, test_short_life);
  ADD ("A12/fifty-wake-at-expiry", fixture_set_up_signed_in, NULL, test_fifty_wake_at_expiry);
  ADD ("B01/fifty-token-problems", fixture_set_up_signed_in, NULL, test_fifty_token_problems);
  ADD ("B02/straggler", fixture_set_up_signed_in, NULL, test_straggler_only_replays);
  ADD ("B03/loop-is-broken", fixture_set_up_signed_in, NULL, test_loop_is_broken);
  ADD ("B14/one-waiter-leaves", fixture_set_up_signed_in, NULL, test_one_waiter_leaves);
  ADD ("B15/all-leave", fixture_set_up_signed_in, NULL, test_all_leave);
  ADD ("B18/never-answers", fixture_set_up_signed_in, NULL, test_never_answers);
  ADD ("C01/lost-answer", fixture_set_up_signed_in, NULL, test_lost_answer);
  ADD ("C02/lost-answer-hours-later", fixture_set_up_signed_in, NULL,
       test_lost_answer_hours_later);
  ADD ("C15/another-user", fixture_set_up_signed_in, NULL, test_another_user);
  ADD ("E01/clock-ahead", fixture_set_up, GINT_TO_POINTER (1), test_wrong_clock);
  ADD ("E02/clock-behind", fixture_set_up, GINT_TO_POINTER (-1), test_wrong_clock);
  ADD ("E06/token-from-the-future", fixture_set_up_signed_in, NULL, test_future_token_waits);
  ADD ("H02/other-process-rotated", fixture_set_up_signed_in, NULL, test_other_process_rotated);
  ADD ("H03/lock-is-waited-for", fixture_set_up_signed_in, GINT_TO_POINTER (FALSE),
       test_lock_is_held_elsewhere);
  ADD ("H03/lock-holder-hangs", fixture_set_up_signed_in, GINT_TO_POINTER (TRUE),
       test_lock_is_held_elsewhere);
  ADD ("H05/newer-token-stored", fixture_set_up_signed_in, NULL,
       test_already_used_but_newer_stored);
  ADD ("C06/stored-before-waiters", fixture_set_up_signed_in, NULL, test_stored_before_waiters);
  ADD ("I04/failed-write-blocks-rotation", fixture_set_up_signed_in, NULL,
       test_failed_write_blocks_rotation);
  ADD ("F09/locked-keyring-goes-on", fixture_set_up_signed_in, NULL,
       test_locked_keyring_goes_on);
  ADD ("I7/undue-are-limited", fixture_set_up_signed_in, NULL, test_undue_are_limited);
  ADD ("J01/sign-out-during-renewal", fixture_set_up_signed_in, NULL,
       test_sign_out_during_renewal);
  ADD ("J06/late-answer-of-old-session", fixture_set_up_signed_in, NULL,
       test_late_answer_of_old_session);
  ADD ("poke/ends-the-pause", fixture_set_up_signed_in, NULL, test_poke_ends_the_pause);

  return g_test_run ();
}
