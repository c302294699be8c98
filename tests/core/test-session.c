/* test-session.c: signing in, restoring, sending and signing out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-session-fixture.h"

#include "session/kvar-session-status.h"

static void
count_notify_cb (guint *count)
{
  (*count)++;
}

static gboolean
restore (Fixture  *f,
         GError  **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_session_restore_async (f->session, NULL, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);

  return kvar_session_restore_finish (f->session, result, error);
}

static void
sign_out (Fixture *f)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  kvar_session_sign_out_async (f->session, KVAR_SIGN_OUT_LOCAL, NULL, kvar_test_keep_result,
                               &result);
  kvar_test_wait_until (result != NULL);
  g_assert_true (kvar_session_sign_out_finish (f->session, result, &error));
  g_assert_no_error (error);
}

static void
test_sign_in (Fixture       *f,
              gconstpointer  unused)
{
  guint n_states = 0;

  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_OUT);
  g_signal_connect_swapped (f->session, "notify::state", G_CALLBACK (count_notify_cb), &n_states);

  kvar_test_session_sign_in (f->session);

  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
  g_assert_cmpuint (n_states, ==, 1);
  g_assert_cmpstr (kvar_session_get_email (f->session), ==, KVAR_TEST_EMAIL);
  g_assert_cmpstr (kvar_session_get_user_id (f->session), ==, KVAR_TEST_USER_ID);
  g_assert_true (kvar_session_is_usable (f->session));
  g_assert_true (kvar_session_get_stores_secrets (f->session));
  g_assert_nonnull (kvar_test_vault_get (f->vault, KVAR_TEST_USER_ID));
}

static void
test_wrong_password (Fixture       *f,
                     gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  kvar_session_sign_in_async (f->session, KVAR_TEST_EMAIL, "wrong", NULL, kvar_test_keep_result,
                              &result);
  kvar_test_wait_until (result != NULL);

  g_assert_false (kvar_session_sign_in_finish (f->session, result, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_REFUSED);
  g_assert_cmpstr (kvar_error_get_provider_code (error), ==, "invalid_credentials");
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_OUT);
}

static void
test_double_click (Fixture       *f,
                   gconstpointer  unused)
{
  g_autoptr(GAsyncResult) first = NULL;
  g_autoptr(GAsyncResult) second = NULL;
  g_autoptr(GError) error = NULL;

  kvar_session_sign_in_async (f->session, KVAR_TEST_EMAIL, KVAR_TEST_PASSWORD, NULL,
                              kvar_test_keep_result, &first);
  kvar_session_sign_in_async (f->session, KVAR_TEST_EMAIL, KVAR_TEST_PASSWORD, NULL,
                              kvar_test_keep_result, &second);
  kvar_test_wait_until (first != NULL && second != NULL);

  g_assert_true (kvar_session_sign_in_finish (f->session, first, NULL));
  g_assert_false (kvar_session_sign_in_finish (f->session, second, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 1);
}

static void
test_send_while_signed_out (Fixture       *f,
                            gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (fixture_get (f, "/rest/v1/jobs", &error), ==, 0);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT);
  g_assert_cmpuint (kvar_test_transport_get_n_requests (f->transport), ==, 0);
}

static void
test_send_bears_the_token (Fixture       *f,
                           gconstpointer  unused)
{
  g_assert_cmpint (fixture_get (f, "/rest/v1/jobs", NULL), ==, 200);
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 1);
}

static void
test_send_cancelled (Fixture       *f,
                     gconstpointer  unused)
{
  g_autoptr(KvarRequest) request = kvar_request_new ("GET", "/rest/v1/jobs");
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  kvar_test_transport_hold (f->transport);
  kvar_session_send_async (f->session, request, cancellable, kvar_test_keep_result, &result);
  kvar_test_settle ();
  g_cancellable_cancel (cancellable);

  g_assert_cmpint (fixture_finish (f, &result, &error), ==, 0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_refusals_are_replies (Fixture       *f,
                           gconstpointer  unused)
{
  g_autoptr(KvarTestTransport) transport = g_object_ref (f->transport);
  guint n = kvar_test_auth_get_n_tokens (f->auth);

  kvar_test_transport_answer (transport, 403, "{\"code\":\"42501\",\"message\":\"no\"}");
  g_assert_cmpint (fixture_get (f, "/storage/v1/x", NULL), ==, 403);
  kvar_test_transport_answer (transport, 401, "{\"message\":\"Invalid API key\"}");
  g_assert_cmpint (fixture_get (f, "/storage/v1/x", NULL), ==, 401);
  kvar_test_transport_answer (transport, 401, "{\"code\":\"insufficient_aal\"}");
  g_assert_cmpint (fixture_get (f, "/auth/v1/factors", NULL), ==, 401);

  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, n);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
}

static void
test_storage_token_problem (Fixture       *f,
                            gconstpointer  unused)
{
  kvar_test_transport_answer (f->transport, 400,
                              "{\"statusCode\":\"403\",\"error\":\"Unauthorized\","
                              "\"message\":\"\\\"exp\\\" claim timestamp check failed\"}");
  kvar_test_transport_answer (f->transport, 200, "{}");

  g_assert_cmpint (fixture_get (f, "/storage/v1/object/x", NULL), ==, 200);
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 2);
}

static void
test_auth_bad_jwt (Fixture       *f,
                   gconstpointer  unused)
{
  kvar_test_auth_refuse_tokens (f->auth);

  g_assert_cmpint (fixture_get (f, "/auth/v1/user", NULL), ==, 200);
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 2);
}

static void
test_wire_failure_is_offline (Fixture       *f,
                              gconstpointer  unused)
{
  GError *failure = kvar_error_new_full (KVAR_ERROR_OFFLINE, 0, NULL, "no route");
  g_autoptr(GError) error = NULL;

  kvar_test_transport_answer_error (f->transport, failure);
  g_assert_cmpint (fixture_get (f, "/storage/v1/x", &error), ==, 0);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_OFFLINE);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_OFFLINE);
  g_assert_true (kvar_session_is_usable (f->session));

  g_assert_cmpint (fixture_get (f, "/rest/v1/jobs", NULL), ==, 200);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
}

static void
test_offline_heals_by_itself (Fixture       *f,
                              gconstpointer  unused)
{
  GError *failure = kvar_error_new_full (KVAR_ERROR_OFFLINE, 0, NULL, "no route");

  kvar_test_transport_answer_error (f->transport, failure);
  fixture_get (f, "/storage/v1/x", NULL);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_OFFLINE);

  fixture_pass (f, 2 * KVAR_CLOCK_SECOND);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 1);
}

static void
test_restore (Fixture       *f,
              gconstpointer  unused)
{
  fixture_start_again (f);

  g_assert_true (restore (f, NULL));
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
  g_assert_cmpstr (kvar_session_get_email (f->session), ==, KVAR_TEST_EMAIL);
  g_assert_cmpint (fixture_get (f, "/rest/v1/jobs", NULL), ==, 200);
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 1);
}

static void
test_restore_days_later (Fixture       *f,
                         gconstpointer  unused)
{
  fixture_end_session (f);
  kvar_clock_advance (f->clock, 72 * KVAR_CLOCK_HOUR);
  f->session = kvar_test_session_new (f->transport, KVAR_VAULT (f->vault), f->clock,
                                      f->state_dir);

  g_assert_true (restore (f, NULL));
  g_assert_true (kvar_session_is_usable (f->session));
  g_assert_cmpint (fixture_get (f, "/rest/v1/jobs", NULL), ==, 200);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 2);
}

static void
test_restore_holds_requests (Fixture       *f,
                             gconstpointer  unused)
{
  g_autoptr(GAsyncResult) restored = NULL;
  g_autoptr(GAsyncResult) sent = NULL;

  fixture_start_again (f);
  kvar_session_restore_async (f->session, NULL, NULL, kvar_test_keep_result, &restored);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_RESTORING);
  fixture_send (f, "/rest/v1/jobs", &sent);

  g_assert_cmpint (fixture_finish (f, &sent, NULL), ==, 200);
  kvar_test_wait_until (restored != NULL);
}

static void
test_long_sleep (Fixture       *f,
                 gconstpointer  unused)
{
  kvar_clock_suspend (f->clock, 8 * KVAR_CLOCK_HOUR);
  kvar_test_auth_script_error (f->auth,
                               kvar_error_new_full (KVAR_ERROR_OFFLINE, 0, NULL, "no route"),
                               FALSE);
  for (guint i = 0; i < 10; i++)
    fixture_pass (f, KVAR_CLOCK_SECOND);

  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
  g_assert_cmpuint (kvar_test_transport_count (f->transport, "GET", "/auth/v1/user"), <=, 1);
  g_assert_cmpint (fixture_get (f, "/rest/v1/jobs", NULL), ==, 200);
}

static void
test_many_short_sleeps (Fixture       *f,
                        gconstpointer  unused)
{
  for (guint i = 0; i < 100; i++)
    {
      kvar_clock_suspend (f->clock, 10 * KVAR_CLOCK_SECOND);
      fixture_pass (f, KVAR_CLOCK_SECOND);
    }

  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 1);
}

static KvarReply *
slow_clock_cb (KvarRequest  *request,
               gpointer      user_data,
               GError      **error)
{
  return kvar_test_reply_new (401,
                              "{\"code\":\"PGRST303\",\"message\":\"JWT issued at future\"}");
}

/* Somebody else signs in while a request of the one before waits to be sent again. */
static void
test_other_user (Fixture       *f,
                 gconstpointer  unused)
{
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) signed_in = NULL;
  g_autoptr(GError) error = NULL;

  kvar_test_transport_on (f->transport, "GET", "/rest/v1/", slow_clock_cb, NULL);
  fixture_send (f, "/rest/v1/jobs", &pending);
  kvar_test_settle ();

  kvar_test_auth_script_reply (f->auth, kvar_test_reply_new (200,
                               "{\"access_token\":\"eva\",\"refresh_token\":\"eva1\","
                               "\"expires_in\":3600,\"user\":{\"id\":\"eva\","
                               "\"email\":\"eva@example.org\"}}"));
  kvar_session_sign_in_async (f->session, "eva@example.org", "x", NULL, kvar_test_keep_result,
                              &signed_in);
  kvar_test_wait_until (signed_in != NULL);
  g_assert_cmpstr (kvar_session_get_email (f->session), ==, "eva@example.org");
  fixture_pass (f, 3 * KVAR_CLOCK_SECOND);

  g_assert_cmpint (fixture_finish (f, &pending, &error), ==, 0);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT);
  g_assert_cmpuint (kvar_test_transport_count (f->transport, "GET", "/rest/v1/"), ==, 1);
  g_assert_nonnull (kvar_test_vault_get (f->vault, KVAR_TEST_USER_ID));
  g_assert_nonnull (kvar_test_vault_get (f->vault, "eva"));
}

/* A new record is on its way while somebody signs out: signing in again must not send it as if
 * nothing had happened. */
static void
test_sign_out_during_insert (Fixture       *f,
                             gconstpointer  unused)
{
  g_autoptr(KvarRequest) request = kvar_request_new ("POST", "/rest/v1/jobs");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GAsyncResult) left = NULL;
  g_autoptr(GError) error = NULL;

  kvar_test_transport_hold (f->transport);
  kvar_session_send_async (f->session, request, NULL, kvar_test_keep_result, &result);
  kvar_test_settle ();
  kvar_session_sign_out_async (f->session, KVAR_SIGN_OUT_LOCAL, NULL, kvar_test_keep_result,
                               &left);
  kvar_test_transport_release (f->transport);
  kvar_test_wait_until (result != NULL && left != NULL);

  g_assert_null (kvar_session_send_finish (f->session, result, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_UNKNOWN_OUTCOME);
}

static void
test_restore_offline (Fixture       *f,
                      gconstpointer  unused)
{
  GError *failure = kvar_error_new_full (KVAR_ERROR_OFFLINE, 0, NULL, "no route");
  g_autoptr(GError) error = NULL;

  fixture_end_session (f);
  kvar_clock_advance (f->clock, 72 * KVAR_CLOCK_HOUR);
  f->session = kvar_test_session_new (f->transport, KVAR_VAULT (f->vault), f->clock,
                                      f->state_dir);
  kvar_test_auth_script_error (f->auth, failure, FALSE);

  g_assert_true (restore (f, NULL));
  g_assert_cmpint (fixture_get (f, "/rest/v1/jobs", &error), ==, 0);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_OFFLINE);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_OFFLINE);
  g_assert_true (kvar_session_is_usable (f->session));

  fixture_pass (f, 2 * KVAR_CLOCK_SECOND);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
}

static void
test_restore_nothing (Fixture       *f,
                      gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (restore (f, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_OUT);
}

static void
test_restore_damaged (Fixture       *f,
                      gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  fixture_start_again (f);
  kvar_test_vault_set (f->vault, KVAR_TEST_USER_ID, "{\"version\":1,\"refr");

  g_assert_false (restore (f, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT);
  g_assert_cmpstr (kvar_session_get_email (f->session), ==, KVAR_TEST_EMAIL);
}

static void
test_restore_locked (Fixture       *f,
                     gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  fixture_start_again (f);
  kvar_test_vault_lock (f->vault, FALSE);

  g_assert_true (restore (f, NULL));
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_LOCKED);
  g_assert_cmpint (fixture_get (f, "/rest/v1/jobs", &error), ==, 0);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_OFFLINE);

  kvar_test_vault_unlock (f->vault);
  kvar_test_wait_until (kvar_session_get_state (f->session) == KVAR_SESSION_SIGNED_IN);
  g_assert_cmpint (fixture_get (f, "/rest/v1/jobs", NULL), ==, 200);
}

static void
test_restore_unlocks (Fixture       *f,
                      gconstpointer  unused)
{
  fixture_start_again (f);
  kvar_test_vault_lock (f->vault, TRUE);

  g_assert_true (restore (f, NULL));
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
}

static void
test_no_vault (Fixture       *f,
               gconstpointer  unused)
{
  kvar_test_vault_refuse_writes (f->vault, KVAR_VAULT_ERROR_ABSENT);
  kvar_test_session_sign_in (f->session);

  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
  g_assert_false (kvar_session_get_stores_secrets (f->session));
  fixture_pass (f, KVAR_CLOCK_HOUR);
  g_assert_cmpint (fixture_get (f, "/rest/v1/jobs", NULL), ==, 200);
  g_assert_cmpuint (kvar_test_vault_get_n (f->vault), ==, 0);
}

static void
test_sign_out (Fixture       *f,
               gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  sign_out (f);

  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_OUT);
  g_assert_cmpuint (kvar_test_vault_get_n (f->vault), ==, 0);
  g_assert_cmpuint (kvar_test_transport_count (f->transport, "POST", "/auth/v1/logout?scope=local"),
                    ==, 1);

  fixture_start_again (f);
  g_assert_false (restore (f, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT);
  g_assert_cmpint (kvar_session_get_reason (f->session), ==, KVAR_REASON_NONE);
}

static void
test_sign_out_fails_pending (Fixture       *f,
                             gconstpointer  unused)
{
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) signed_out = NULL;
  g_autoptr(GError) error = NULL;

  kvar_test_transport_hold (f->transport);
  fixture_send (f, "/rest/v1/jobs", &pending);
  kvar_test_settle ();
  kvar_session_sign_out_async (f->session, KVAR_SIGN_OUT_LOCAL, NULL, kvar_test_keep_result,
                               &signed_out);
  g_assert_true (kvar_session_get_signing_out (f->session));
  kvar_test_settle ();
  kvar_test_transport_release (f->transport);

  g_assert_cmpint (fixture_finish (f, &pending, &error), ==, 0);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT);
  kvar_test_wait_until (signed_out != NULL);
  g_assert_false (kvar_session_get_signing_out (f->session));
}

static void
test_sign_out_with_dead_token (Fixture       *f,
                               gconstpointer  unused)
{
  kvar_test_auth_refuse_tokens (f->auth);
  sign_out (f);

  g_assert_cmpuint (kvar_test_transport_count (f->transport, "POST", "/auth/v1/logout"), ==, 2);
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 2);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_OUT);
}

static KvarReply *
no_route_cb (KvarRequest  *request,
             gpointer      user_data,
             GError      **error)
{
  gboolean *down = user_data;

  if (*down)
    g_propagate_error (error, kvar_error_new_full (KVAR_ERROR_OFFLINE, 0, NULL, "no route"));

  return NULL;
}

static void
test_sign_out_offline (Fixture       *f,
                       gconstpointer  unused)
{
  gboolean down = TRUE;

  kvar_test_transport_on (f->transport, NULL, "/auth/", no_route_cb, &down);
  sign_out (f);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_OUT);
  g_assert_null (kvar_test_vault_get (f->vault, KVAR_TEST_USER_ID));
  g_assert_cmpuint (kvar_test_vault_get_n (f->vault), ==, 1);

  down = FALSE;
  fixture_start_again (f);
  fixture_pass (f, 20 * KVAR_CLOCK_SECOND);
  kvar_test_wait_until (kvar_test_vault_get_n (f->vault) == 0);
  g_assert_cmpuint (kvar_test_transport_count (f->transport, "POST", "/auth/v1/logout"), ==, 2);
}

static void
test_sign_out_of_others (Fixture       *f,
                         gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_session_sign_out_async (f->session, KVAR_SIGN_OUT_OTHERS, NULL, kvar_test_keep_result,
                               &result);
  kvar_test_wait_until (result != NULL);

  g_assert_true (kvar_session_sign_out_finish (f->session, result, NULL));
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
  g_assert_cmpint (fixture_get (f, "/rest/v1/jobs", NULL), ==, 200);
}

static void
test_other_process_signs_out (Fixture       *f,
                              gconstpointer  unused)
{
  KvarSession *here = f->session;

  f->session = kvar_test_session_new (f->transport, KVAR_VAULT (f->vault), f->clock,
                                      f->state_dir);
  g_assert_true (restore (f, NULL));
  sign_out (f);

  kvar_test_wait_until (kvar_session_get_state (here) == KVAR_SESSION_SIGNED_OUT);
  g_assert_cmpint (kvar_session_get_reason (here), ==, KVAR_REASON_SIGNED_OUT);
  g_assert_cmpint (kvar_session_get_reason (f->session), ==, KVAR_REASON_NONE);
  g_assert_cmpuint (kvar_test_transport_count (f->transport, "POST", "/auth/v1/logout"), ==, 1);
  kvar_test_trace_check (here);
  g_assert_finalize_object (here);
}

static void
test_status_has_no_secrets (Fixture       *f,
                            gconstpointer  unused)
{
  g_autoptr(KvarSessionStatus) status = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  GStatBuf info;

  path = kvar_session_status_path (f->state_dir, "norr.example.org", KVAR_TEST_USER_ID);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_null (strstr (text, kvar_test_auth_get_refresh (f->auth)));
  g_assert_null (strstr (text, kvar_test_auth_get_access (f->auth)));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  status = kvar_session_status_find (f->state_dir, "norr.example.org", "ANNA@example.org");
  g_assert_nonnull (status);
  g_assert_cmpint (status->state, ==, KVAR_SESSION_SIGNED_IN);
  g_assert_cmpstr (status->project_url, ==, "https://norr.example.org");
}

static void
test_heartbeat_finds_revocation (Fixture       *f,
                                 gconstpointer  unused)
{
  kvar_test_auth_revoke (f->auth);

  g_assert_cmpint (fixture_get (f, "/rest/v1/jobs", NULL), ==, 200);
  fixture_pass (f, 5 * KVAR_CLOCK_MINUTE);
  kvar_test_wait_until (kvar_session_get_state (f->session) == KVAR_SESSION_EXPIRED);

  g_assert_cmpint (kvar_session_get_reason (f->session), ==, KVAR_REASON_EXPIRED);
  g_assert_cmpstr (kvar_session_get_email (f->session), ==, KVAR_TEST_EMAIL);
}

static void
test_heartbeat_suspicion_refuted (Fixture       *f,
                                  gconstpointer  unused)
{
  kvar_test_transport_answer (f->transport, 403, "{\"code\":\"session_not_found\"}");

  g_assert_cmpint (fixture_get (f, "/auth/v1/factors", NULL), ==, 403);
  kvar_test_settle ();
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 2);
}

static void
test_heartbeat_skips (Fixture       *f,
                      gconstpointer  unused)
{
  fixture_pass (f, 3 * KVAR_CLOCK_MINUTE);
  g_assert_cmpuint (kvar_test_transport_count (f->transport, "GET", "/auth/v1/user"), ==, 0);
  fixture_pass (f, 2 * KVAR_CLOCK_MINUTE);
  g_assert_cmpuint (kvar_test_transport_count (f->transport, "GET", "/auth/v1/user"), ==, 1);
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 1);
}

#define ADD(path, set_up, function) \
  g_test_add ("/session/" path, Fixture, NULL, set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("sign-in/begins", fixture_set_up, test_sign_in);
  ADD ("sign-in/wrong-password", fixture_set_up, test_wrong_password);
  ADD ("J07/double-click-is-one-request", fixture_set_up, test_double_click);
  ADD ("send/signed-out", fixture_set_up, test_send_while_signed_out);
  ADD ("send/bears-the-token", fixture_set_up_signed_in, test_send_bears_the_token);
  ADD ("send/cancelled", fixture_set_up_signed_in, test_send_cancelled);
  ADD ("B07/refusals-are-replies", fixture_set_up_signed_in, test_refusals_are_replies);
  ADD ("B05/storage-wrapped-403", fixture_set_up_signed_in, test_storage_token_problem);
  ADD ("B04/auth-403-bad-jwt", fixture_set_up_signed_in, test_auth_bad_jwt);
  ADD ("D01/wire-failure-is-offline", fixture_set_up_signed_in, test_wire_failure_is_offline);
  ADD ("D01/heals-by-itself", fixture_set_up_signed_in, test_offline_heals_by_itself);
  ADD ("restore/signed-in", fixture_set_up_signed_in, test_restore);
  ADD ("A02/days-later", fixture_set_up_signed_in, test_restore_days_later);
  ADD ("D02/offline-start", fixture_set_up_signed_in, test_restore_offline);
  ADD ("restore/holds-requests", fixture_set_up_signed_in, test_restore_holds_requests);
  ADD ("F01/long-sleep", fixture_set_up_signed_in, test_long_sleep);
  ADD ("F04/many-short-sleeps", fixture_set_up_signed_in, test_many_short_sleeps);
  ADD ("J05/sign-out-during-insert", fixture_set_up_signed_in, test_sign_out_during_insert);
  ADD ("J05/other-user", fixture_set_up_signed_in, test_other_user);
  ADD ("restore/nothing", fixture_set_up, test_restore_nothing);
  ADD ("I06/damaged-secret", fixture_set_up_signed_in, test_restore_damaged);
  ADD ("I01/keyring-locked", fixture_set_up_signed_in, test_restore_locked);
  ADD ("I01/keyring-unlocked-by-person", fixture_set_up_signed_in, test_restore_unlocks);
  ADD ("I02/no-vault", fixture_set_up, test_no_vault);
  ADD ("sign-out/local", fixture_set_up_signed_in, test_sign_out);
  ADD ("J04/pending-requests", fixture_set_up_signed_in, test_sign_out_fails_pending);
  ADD ("J03/dead-token", fixture_set_up_signed_in, test_sign_out_with_dead_token);
  ADD ("J02/offline", fixture_set_up_signed_in, test_sign_out_offline);
  ADD ("sign-out/others", fixture_set_up_signed_in, test_sign_out_of_others);
  ADD ("H06/other-process", fixture_set_up_signed_in, test_other_process_signs_out);
  ADD ("status/no-secrets", fixture_set_up_signed_in, test_status_has_no_secrets);
  ADD ("G01/revocation-in-minutes", fixture_set_up_signed_in, test_heartbeat_finds_revocation);
  ADD ("F08/suspicion-refuted", fixture_set_up_signed_in, test_heartbeat_suspicion_refuted);
  ADD ("F07/heartbeat-skips", fixture_set_up_signed_in, test_heartbeat_skips);

  return g_test_run ();
}
