/* test-session-revocation.c: cases G and H: accounts that change elsewhere, and processes
 * that share one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-session-fixture.h"

#include "session/kvar-session-private.h"

/* Somebody ends the session elsewhere: known in minutes, and nothing here is deleted. */
static void
test_ended_elsewhere (Fixture       *f,
                      gconstpointer  unused)
{
  kvar_test_auth_revoke (f->auth);
  for (guint i = 0; i < 5; i++)
    fixture_pass (f, KVAR_CLOCK_MINUTE);

  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_EXPIRED);
  g_assert_cmpint (kvar_session_get_reason (f->session), ==, KVAR_REASON_EXPIRED);
  g_assert_cmpstr (kvar_session_get_email (f->session), ==, KVAR_TEST_EMAIL);
}

/* The auth server's word to the renewal, and the reason that the person is given. */
static void
test_over (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *json = g_strdup_printf ("{\"code\":\"%s\",\"message\":\"x\"}",
                                           (const char *)data);

  kvar_test_auth_script_reply (f->auth, kvar_test_reply_new (400, json));
  fixture_spend_token (f);
  fixture_get (f, "/rest/v1/jobs", NULL);

  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_EXPIRED);
  g_assert_cmpint (kvar_session_get_reason (f->session), ==,
                   g_str_equal (data, "session_expired") ? KVAR_REASON_POLICY
                                                         : KVAR_REASON_EXPIRED);
  kvar_test_session_sign_in (f->session);
  assert_signed_in (f);
}

typedef struct
{
  const char *method;
  const char *path;
  int         status;
  const char *body;
} Harmless;

static const Harmless own_password = { "PUT", "/auth/v1/user", 200, "{\"id\":\"x\"}" };
static const Harmless email_change =
{ "PUT", "/auth/v1/user", 200, "{\"msg\":\"Confirmation link accepted\",\"code\":\"200\"}" };
static const Harmless less_than_before =
{ "POST", "/rest/v1/rpc/secret", 403, "{\"code\":\"42501\",\"message\":\"x\"}" };
static const Harmless wrong_code =
{ "POST", "/auth/v1/factors/1/verify", 422, "{\"code\":\"mfa_verification_failed\"}" };
static const Harmless challenge_expired =
{ "POST", "/auth/v1/factors/1/verify", 422, "{\"code\":\"mfa_challenge_expired\"}" };
static const Harmless too_many_codes =
{ "POST", "/auth/v1/factors/1/verify", 429, "{\"code\":\"over_request_rate_limit\"}" };
static const Harmless old_flow =
{ "POST", "/auth/v1/callback", 404, "{\"code\":\"flow_state_not_found\"}" };

/* It is the caller's business, and says nothing about the session. */
static void
test_harmless (Fixture       *f,
               gconstpointer  data)
{
  const Harmless *harmless = data;
  FixtureAnswer answer = { G_MAXUINT, harmless->status, harmless->body, 0 };

  kvar_test_transport_on (f->transport, harmless->method, harmless->path, fixture_answer_cb,
                          &answer);
  g_assert_cmpint (fixture_send_change (f, harmless->method, harmless->path, "{}", NULL), ==,
                   harmless->status);

  g_assert_cmpuint (answer.n_asked, ==, 1);
  g_assert_cmpuint (fixture_n_tokens (f), ==, 1);
  g_assert_cmpuint (kvar_session_get_generation (f->session), ==, 1);
  assert_signed_in (f);
}

/* The project's key was changed: one renewal heals everything at once. */
static void
test_key_rotated (Fixture       *f,
                  gconstpointer  unused)
{
  kvar_test_auth_refuse_tokens (f->auth);
  for (guint i = 0; i < 10; i++)
    assert_signed_in (f);

  g_assert_cmpuint (fixture_n_tokens (f), ==, 2);
}

static KvarReply *
user_changed_cb (KvarRequest  *request,
                 gpointer      user_data,
                 GError      **error)
{
  return kvar_test_reply_new (200, "{\"id\":\"" KVAR_TEST_USER_ID "\"}");
}

/* New rights come with the next token, and a person who has just been given them may ask for
 * it now: once for all who ask, beside a change of their own data, and not without end. */
static void
test_asks_for_new_rights (Fixture       *f,
                          gconstpointer  unused)
{
  g_autofree char *old = g_strdup (kvar_test_auth_get_access (f->auth));
  g_autoptr(KvarRequest) change = fixture_new_change ("PUT", "/auth/v1/user", "{\"data\":{}}");
  g_autoptr(GAsyncResult) changed = NULL;
  GAsyncResult *results[5] = { NULL };

  kvar_test_transport_on (f->transport, "PUT", "/auth/v1/user", user_changed_cb, NULL);
  kvar_session_send_async (f->session, change, NULL, kvar_test_keep_result, &changed);
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    kvar_session_renew_async (f->session, NULL, kvar_test_keep_result, &results[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    {
      kvar_test_wait_until (results[i] != NULL);
      g_assert_true (kvar_session_renew_finish (f->session, results[i], NULL));
      g_clear_object (&results[i]);
    }
  g_assert_cmpint (fixture_finish (f, &changed, NULL), ==, 200);
  g_assert_cmpuint (fixture_n_tokens (f), ==, 2);
  g_assert_cmpstr (kvar_test_auth_get_access (f->auth), !=, old);
  assert_signed_in (f);    /* the scripted project takes the new token only */

  for (guint i = 0; i < 30; i++)
    {
      g_autoptr(GAsyncResult) result = NULL;

      kvar_session_renew_async (f->session, NULL, kvar_test_keep_result, &result);
      kvar_test_wait_until (result != NULL);
      kvar_session_renew_finish (f->session, result, NULL);
    }
  g_assert_cmpuint (fixture_n_tokens (f), ==, 1 + 10);
  assert_signed_in (f);
}

/* The auth server refuses the very token that it has just made: that is handed on, without
 * another renewal for a minute. */
static void
test_own_token_refused (Fixture       *f,
                        gconstpointer  unused)
{
  FixtureAnswer refused = { G_MAXUINT, 403, "{\"code\":\"bad_jwt\",\"message\":\"x\"}", 0 };

  kvar_test_transport_on (f->transport, "GET", "/auth/v1/user", fixture_answer_cb, &refused);
  for (guint i = 0; i < 20; i++)
    g_assert_cmpint (fixture_get (f, "/auth/v1/user", NULL), ==, 403);

  g_assert_cmpuint (fixture_n_tokens (f), ==, 2);
  assert_signed_in (f);
}

static KvarSession *
new_other_process (Fixture *f)
{
  return kvar_test_session_new (f->transport, KVAR_VAULT (f->vault), f->clock, f->state_dir);
}

static void
end_other_process (KvarSession *other)
{
  kvar_test_settle ();
  kvar_test_trace_check (other);
  g_assert_finalize_object (other);
}

static void
restore_other (KvarSession *other)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_session_restore_async (other, NULL, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  g_assert_true (kvar_session_restore_finish (other, result, NULL));
}

/* Two processes over many lives of the token: they take turns, or find the other's. */
static void
test_two_processes (Fixture       *f,
                    gconstpointer  data)
{
  guint n_lives = GPOINTER_TO_UINT (data);
  KvarSession *other = new_other_process (f);

  restore_other (other);
  for (guint i = 0; i < n_lives * 360; i++)
    fixture_pass (f, 10 * KVAR_CLOCK_SECOND);

  assert_signed_in (f);
  g_assert_cmpint (kvar_session_get_state (other), ==, KVAR_SESSION_SIGNED_IN);
  g_assert_cmpuint (fixture_n_tokens (f), <=, 1 + n_lives + 1);
  end_other_process (other);
}

/* We slept over two renewals of another process: what we know is too old to be shown. */
static void
test_slept_over_rotations (Fixture       *f,
                           gconstpointer  unused)
{
  g_autofree char *old = g_strdup (kvar_test_auth_get_refresh (f->auth));

  for (guint i = 1; i <= 2; i++)
    {
      g_autofree char *session G_GNUC_UNUSED = kvar_test_auth_rotate (f->auth);
      g_autofree char *secret = NULL;

      secret = g_strdup_printf ("{\"version\":1,\"refresh_token\":\"%s\",\"user_id\":\""
                                KVAR_TEST_USER_ID "\",\"serial\":%u,\"session_id\":\""
                                "e4c78f02-6d6a-45e3-bed2-d9c7c9c19cb3\"}",
                                kvar_test_auth_get_refresh (f->auth), i);
      kvar_test_vault_set (f->vault, KVAR_TEST_USER_ID, secret);
    }
  fixture_spend_token (f);
  assert_signed_in (f);

  for (guint i = 0; i < kvar_test_transport_get_n_requests (f->transport); i++)
    {
      KvarRequest *request = kvar_test_transport_get_request (f->transport, i);
      GBytes *body = kvar_request_get_body (request);

      if (body != NULL)
        g_assert_null (g_strstr_len (g_bytes_get_data (body, NULL), g_bytes_get_size (body), old));
    }
}

/* Another process signs somebody else in: this one stays whose it is. */
static void
test_other_user_elsewhere (Fixture       *f,
                           gconstpointer  unused)
{
  KvarSession *other = new_other_process (f);
  g_autofree char *access = g_strdup (kvar_test_auth_get_access (f->auth));

  kvar_test_auth_script_reply (f->auth, kvar_test_reply_new (200,
                               "{\"access_token\":\"eva\",\"refresh_token\":\"eva1\","
                               "\"expires_in\":3600,\"user\":{\"id\":\"eva\","
                               "\"email\":\"eva@example.org\"}}"));
  kvar_test_session_sign_in (other);

  g_assert_cmpstr (kvar_session_get_user_id (other), ==, "eva");
  g_assert_cmpstr (kvar_session_get_user_id (f->session), ==, KVAR_TEST_USER_ID);
  g_assert_cmpstr (kvar_test_auth_get_access (f->auth), ==, access);
  assert_signed_in (f);
  end_other_process (other);
}

/* By default a person leaves this computer only. */
static void
test_leaves_here_only (Fixture       *f,
                       gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_session_sign_out_async (f->session, KVAR_SIGN_OUT_LOCAL, NULL, kvar_test_keep_result,
                               &result);
  kvar_test_wait_until (result != NULL);

  g_assert_cmpuint (kvar_test_transport_count (f->transport, "POST",
                                               "/auth/v1/logout?scope=local"), ==, 1);
  g_assert_cmpuint (kvar_test_transport_count (f->transport, "POST", "/auth/v1/logout"), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  SESSION_TEST ("G01/ended-by-administrator", fixture_set_up_signed_in, NULL,
                test_ended_elsewhere);
  SESSION_TEST ("G02/password-changed-elsewhere", fixture_set_up_signed_in, NULL,
                test_ended_elsewhere);
  SESSION_TEST ("G03/own-password-changed", fixture_set_up_signed_in, &own_password,
                test_harmless);
  SESSION_TEST ("G06/newer-login", fixture_set_up_signed_in, "session_expired", test_over);
  SESSION_TEST ("G07/factor-verified-elsewhere", fixture_set_up_signed_in, "session_not_found",
                test_over);
  SESSION_TEST ("G08/less-than-before", fixture_set_up_signed_in, &less_than_before,
                test_harmless);
  SESSION_TEST ("G09/asks-for-new-rights", fixture_set_up_signed_in, NULL,
                test_asks_for_new_rights);
  SESSION_TEST ("G10/half-of-an-email-change", fixture_set_up_signed_in, &email_change,
                test_harmless);
  SESSION_TEST ("G11/key-rotated", fixture_set_up_signed_in, NULL, test_key_rotated);
  SESSION_TEST ("G11/own-token-refused", fixture_set_up_signed_in, NULL, test_own_token_refused);
  SESSION_TEST ("G12/restored-from-backup", fixture_set_up_signed_in, "validation_failed",
                test_over);
  SESSION_TEST ("G13/another-project", fixture_set_up_signed_in, "refresh_token_not_found",
                test_over);
  SESSION_TEST ("G15/guest-cleaned-up", fixture_set_up_signed_in, "user_not_found", test_over);
  SESSION_TEST ("H01/second-start", fixture_set_up_signed_in, GUINT_TO_POINTER (1),
                test_two_processes);
  SESSION_TEST ("L08/two-processes-in-turn", fixture_set_up_signed_in, GUINT_TO_POINTER (3),
                test_two_processes);
  SESSION_TEST ("H04/slept-over-rotations", fixture_set_up_signed_in, NULL,
                test_slept_over_rotations);
  SESSION_TEST ("H07/other-user-elsewhere", fixture_set_up_signed_in, NULL,
                test_other_user_elsewhere);
  SESSION_TEST ("H08/leaves-here-only", fixture_set_up_signed_in, NULL, test_leaves_here_only);
  SESSION_TEST ("J09/challenge-expired", fixture_set_up_signed_in, &challenge_expired,
                test_harmless);
  SESSION_TEST ("J10/wrong-code", fixture_set_up_signed_in, &wrong_code, test_harmless);
  SESSION_TEST ("J10/too-many-codes", fixture_set_up_signed_in, &too_many_codes, test_harmless);
  SESSION_TEST ("J11/old-flow", fixture_set_up_signed_in, &old_flow, test_harmless);

  return g_test_run ();
}
