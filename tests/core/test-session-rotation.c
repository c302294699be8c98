/* test-session-rotation.c: cases C: answers that are lost, and tokens that follow each other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-json.h"
#include "kvar-session-fixture.h"

#include "session/kvar-session-private.h"

/* Which refresh token was traded in by the call to /token number @n, from 0; (transfer full). */
static char *
traded_in (Fixture *f,
           guint    n)
{
  for (guint i = 0; i < kvar_test_transport_get_n_requests (f->transport); i++)
    {
      KvarRequest *request = kvar_test_transport_get_request (f->transport, i);
      g_autoptr(JsonObject) root = NULL;

      if (strstr (kvar_request_get_path (request), "grant_type=refresh") == NULL || n-- > 0)
        continue;

      root = kvar_json_parse_object (kvar_request_get_body (request), NULL);
      return g_strdup (kvar_json_get_string (root, "refresh_token", NULL));
    }

  g_assert_not_reached ();
}

/* Whatever is lost how often: it is the same token every time, until one arrives. */
static void
test_lost_n_times (Fixture       *f,
                   gconstpointer  data)
{
  guint times = GPOINTER_TO_UINT (data);
  g_autoptr(GAsyncResult) result = NULL;
  g_autofree char *first = NULL;

  fixture_spend_token (f);
  kvar_test_auth_script_error (f->auth, fixture_lost (), TRUE);
  for (guint i = 1; i < times; i++)
    kvar_test_auth_script_error (f->auth, fixture_lost (), FALSE);
  fixture_send (f, "/rest/v1/jobs", &result);
  for (guint i = 0; i < 20 && result == NULL; i++)
    fixture_pass (f, 500 * KVAR_CLOCK_MILLISECOND);
  g_assert_cmpint (fixture_finish (f, &result, NULL), ==, 200);

  g_assert_cmpuint (fixture_n_tokens (f), ==, 1 + times + 1);
  first = traded_in (f, 0);
  for (guint i = 1; i <= times; i++)
    {
      g_autofree char *again = traded_in (f, i);

      g_assert_cmpstr (again, ==, first);
    }
  fixture_assert_stored (f);
}

/* All quick tries within what every server forgives (10 s). */
static void
test_quick_enough (Fixture       *f,
                   gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;

  fixture_spend_token (f);
  for (guint i = 0; i < 3; i++)
    kvar_test_auth_script_error (f->auth, fixture_lost (), i == 0);
  fixture_send (f, "/rest/v1/jobs", &result);
  fixture_pass (f, 300 * KVAR_CLOCK_MILLISECOND);
  fixture_pass (f, KVAR_CLOCK_SECOND);
  fixture_pass (f, 2500 * KVAR_CLOCK_MILLISECOND);

  g_assert_cmpint (fixture_finish (f, &result, NULL), ==, 200);
  g_assert_cmpuint (fixture_n_tokens (f), ==, 5);
}

/* Lost for so long that the server has forgotten, or a backup brought an old one back. */
static void
test_forgotten (Fixture       *f,
                gconstpointer  data)
{
  g_autofree char *json = g_strdup_printf ("{\"code\":\"%s\"}", (const char *)data);
  g_autoptr(GError) error = NULL;

  kvar_test_auth_script_error (f->auth, fixture_lost (), TRUE);
  for (guint i = 0; i < 3; i++)
    kvar_test_auth_script_error (f->auth, fixture_no_route (), FALSE);
  kvar_test_auth_script_reply (f->auth, kvar_test_reply_new (400, json));
  fixture_spend_token (f);
  for (guint i = 0; i < 30; i++)
    fixture_pass (f, 10 * KVAR_CLOCK_SECOND);

  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_EXPIRED);
  g_assert_cmpint (kvar_session_get_reason (f->session), ==, KVAR_REASON_EXPIRED);
  g_assert_cmpint (fixture_get (f, "/rest/v1/jobs", &error), ==, 0);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT);
}

/* The vault has the token before the last one: a start with it is a start like any other. */
static void
test_starts_with_the_parent (Fixture       *f,
                             gconstpointer  unused)
{
  g_autofree char *old = g_strdup (kvar_test_vault_get (f->vault, KVAR_TEST_USER_ID));

  fixture_spend_token (f);
  assert_signed_in (f);
  kvar_test_vault_set (f->vault, KVAR_TEST_USER_ID, old);
  fixture_start_again (f);

  g_assert_true (fixture_restore (f, NULL));
  kvar_test_settle ();
  assert_signed_in (f);
  fixture_assert_stored (f);
}

/* The vault refuses for hours: one rotation is in memory, and no second one is made before
 * the token is about to die; then the person is told that the session is at risk. */
static void
test_refusing_vault (Fixture       *f,
                     gconstpointer  unused)
{
  kvar_test_vault_refuse_writes (f->vault, KVAR_VAULT_ERROR_FAILED);
  for (guint i = 0; i < 57; i++)
    fixture_pass (f, KVAR_CLOCK_MINUTE);
  for (guint i = 0; i < 240; i++)
    fixture_pass (f, KVAR_CLOCK_SECOND);
  g_assert_cmpuint (fixture_n_tokens (f), ==, 2);
  assert_signed_in (f);

  kvar_test_vault_refuse_writes (f->vault, -1);
  fixture_pass (f, 2 * KVAR_CLOCK_MINUTE);
  fixture_assert_stored (f);
  fixture_start_again (f);
  g_assert_true (fixture_restore (f, NULL));
  assert_signed_in (f);
}

typedef struct
{
  int         status;
  const char *type;
  const char *body;
} Broken;

static const Broken half_a_body = { 200, "application/json", "{\"access_token\":\"ey" };
static const Broken gateway_gave_up = { 504, "application/json", "{\"code\":\"request_timeout\"}" };
static const Broken conflict = { 409, "application/json", "{\"code\":\"conflict\"}" };
static const Broken no_refresh_token =
{ 200, "application/json", "{\"access_token\":\"a\",\"refresh_token\":null,\"expires_in\":3600,"
                           "\"user\":{\"id\":\"" KVAR_TEST_USER_ID "\"}}" };
static const Broken garbage = { 200, "application/json", "\x1f\x8b\x08\x00\xff" };
static const Broken empty_object = { 200, "application/json", "{}" };

/* It may have been done: soon again with the same token, and nobody notices. */
static void
test_heals_quickly (Fixture       *f,
                    gconstpointer  data)
{
  const Broken *broken = data;
  g_autoptr(GBytes) body = g_bytes_new_static (broken->body, strlen (broken->body));
  KvarReply *reply = kvar_reply_new (broken->status, body);
  g_autoptr(GAsyncResult) result = NULL;

  kvar_reply_add_header (reply, "Content-Type", broken->type);
  kvar_test_auth_script_reply (f->auth, reply);
  fixture_spend_token (f);
  fixture_send (f, "/rest/v1/jobs", &result);
  fixture_pass (f, KVAR_CLOCK_SECOND);

  g_assert_cmpint (fixture_finish (f, &result, NULL), ==, 200);
  g_assert_cmpuint (fixture_n_tokens (f), ==, 3);
}

/* Unusual, and yet a good answer. */
static void
test_unusual_success (Fixture       *f,
                      gconstpointer  data)
{
  FixtureAnswer taken = { G_MAXUINT, 200, "{}", 0 };

  kvar_test_transport_on (f->transport, "GET", "/auth/v1/user", fixture_answer_cb, &taken);
  kvar_test_auth_script_reply (f->auth, kvar_test_reply_new (200, data));
  fixture_spend_token (f);
  g_assert_cmpint (fixture_get (f, "/auth/v1/user", NULL), ==, 200);
  g_assert_cmpuint (fixture_n_tokens (f), ==, 2);

  g_assert_true (kvar_session_is_usable (f->session));
  g_assert_cmpuint (kvar_session_get_generation (f->session), ==, 1);
  g_assert_cmpstr (kvar_session_get_user_id (f->session), ==, KVAR_TEST_USER_ID);
}

#define ANSWER(access, refresh, more) \
  "{" more "\"access_token\":\"" access "\",\"refresh_token\":\"" refresh "\"," \
  "\"expires_in\":3600,\"user\":{\"id\":\"" KVAR_TEST_USER_ID "\"}}"

/* {"sub":"11111111-…","session_id":"another"} */
#define OTHER_SESSION "e30.eyJzZXNzaW9uX2lkIjoiYW5vdGhlciJ9.x"

static GAsyncResult *
start_step_up (Fixture       *f,
               GAsyncResult **result)
{
  g_autoptr(KvarRequest) request = fixture_new_change ("POST", "/auth/v1/factors/1/verify",
                                                       "{\"code\":\"123456\"}");

  kvar_session_step_up_async (f->session, request, NULL, kvar_test_keep_result, result);
  kvar_test_settle ();

  return *result;
}

/* As the newer servers do: verifying counts the refresh token on by two. */
static KvarReply *
verify_cb (KvarRequest  *request,
           gpointer      user_data,
           GError      **error)
{
  KvarTestAuth *auth = user_data;
  g_autofree char *json = NULL;

  g_free (kvar_test_auth_rotate (auth));
  json = kvar_test_auth_rotate (auth);

  return kvar_test_reply_new (200, json);
}

static KvarReply *
lost_verify_cb (KvarRequest  *request,
                gpointer      user_data,
                GError      **error)
{
  g_autoptr(KvarReply) reply G_GNUC_UNUSED = verify_cb (request, user_data, error);

  g_propagate_error (error, fixture_lost ());

  return NULL;
}

static gboolean
finish_step_up (Fixture       *f,
                GAsyncResult **result,
                GError       **error)
{
  g_autoptr(GAsyncResult) owned = NULL;

  kvar_test_wait_until (*result != NULL);
  owned = g_steal_pointer (result);

  return kvar_session_step_up_finish (f->session, owned, error);
}

static void
test_step_up (Fixture       *f,
              gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_test_transport_on (f->transport, "POST", "/auth/v1/factors/", verify_cb, f->auth);
  start_step_up (f, &result);

  g_assert_true (finish_step_up (f, &result, NULL));
  fixture_assert_stored (f);
  assert_signed_in (f);
  for (guint i = 0; i < 60; i++)
    fixture_pass (f, KVAR_CLOCK_MINUTE);
  assert_signed_in (f);
  g_assert_cmpuint (kvar_session_get_generation (f->session), ==, 1);
}

/* The old refresh token is not presented any more while the access token lives; a new
 * challenge with that brings a good one. */
static void
test_step_up_lost (Fixture       *f,
                   gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  kvar_test_transport_on (f->transport, "POST", "/auth/v1/factors/", lost_verify_cb, f->auth);
  start_step_up (f, &result);
  g_assert_false (finish_step_up (f, &result, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_UNKNOWN_OUTCOME);

  for (guint i = 0; i < 59; i++)
    fixture_pass (f, KVAR_CLOCK_MINUTE);
  g_assert_cmpuint (fixture_n_tokens (f), ==, 1);
  g_assert_true (kvar_session_is_usable (f->session));

  kvar_test_transport_on (f->transport, "POST", "/auth/v1/factors/", verify_cb, f->auth);
  start_step_up (f, &result);
  g_assert_true (finish_step_up (f, &result, NULL));
  fixture_spend_token (f);
  assert_signed_in (f);
}

/* A renewal is under way when the code is typed: first the one, then the other, and the
 * later one counts. */
static void
test_step_up_during_renewal (Fixture       *f,
                             gconstpointer  unused)
{
  g_autoptr(GAsyncResult) sent = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  kvar_test_transport_on (f->transport, "POST", "/auth/v1/factors/", verify_cb, f->auth);
  kvar_test_auth_refuse_tokens (f->auth);
  kvar_test_transport_hold (f->transport);
  fixture_send (f, "/rest/v1/jobs", &sent);
  kvar_test_wait_until (kvar_test_transport_get_n_held (f->transport) == 1);
  kvar_test_transport_release (f->transport);
  kvar_test_transport_hold (f->transport);
  kvar_test_wait_until (kvar_test_transport_get_n_held (f->transport) == 1);

  g_assert_null (start_step_up (f, &result));
  g_assert_cmpuint (kvar_test_transport_count (f->transport, "POST", "/auth/v1/factors/"), ==, 0);
  kvar_test_transport_release (f->transport);
  fixture_pass (f, KVAR_CLOCK_SECOND);
  g_assert_cmpint (fixture_finish (f, &sent, NULL), ==, 200);
  g_assert_true (finish_step_up (f, &result, NULL));
  fixture_assert_stored (f);
  fixture_spend_token (f);
  assert_signed_in (f);
}

/* The other way about: a renewal that falls due meanwhile waits, and finds nothing to do. */
static void
test_renewal_during_step_up (Fixture       *f,
                             gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  guint n = fixture_n_tokens (f);

  /* It falls due in the next 25 s; the lock is waited for at most 20. */
  fixture_pass (f, KVAR_CLOCK_HOUR - 92 * KVAR_CLOCK_SECOND);
  g_assert_cmpuint (fixture_n_tokens (f), ==, n);
  kvar_test_transport_on (f->transport, "POST", "/auth/v1/factors/", verify_cb, f->auth);
  kvar_test_transport_hold (f->transport);
  start_step_up (f, &result);
  g_assert_null (result);
  g_assert_cmpuint (kvar_test_transport_count (f->transport, "POST", "/auth/v1/factors/"), ==, 1);

  fixture_pass (f, 19 * KVAR_CLOCK_SECOND);
  g_assert_cmpuint (fixture_n_tokens (f), ==, n);
  kvar_test_transport_release (f->transport);
  g_assert_true (finish_step_up (f, &result, NULL));
  for (guint i = 0; i < 10; i++)
    fixture_pass (f, 100 * KVAR_CLOCK_MILLISECOND);

  g_assert_cmpuint (fixture_n_tokens (f), ==, n);
  assert_signed_in (f);
}

/* The renewal that is under way never answers: the code waits until it is given up, and is
 * what counts; its late answer, a generation older, changes nothing any more. */
static void
test_late_renewal (Fixture       *f,
                   gconstpointer  unused)
{
  g_autoptr(GAsyncResult) renewed = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  kvar_test_transport_on (f->transport, "POST", "/auth/v1/factors/", verify_cb, f->auth);
  kvar_test_transport_hold (f->transport);
  kvar_session_renew_async (f->session, NULL, kvar_test_keep_result, &renewed);
  kvar_test_wait_until (kvar_test_transport_get_n_held (f->transport) == 1);
  start_step_up (f, &result);
  fixture_pass (f, 14 * KVAR_CLOCK_SECOND);
  g_assert_cmpuint (kvar_test_transport_count (f->transport, "POST", "/auth/v1/factors/"), ==, 0);

  fixture_pass (f, 2 * KVAR_CLOCK_SECOND);
  g_assert_nonnull (renewed);
  fixture_pass (f, KVAR_CLOCK_SECOND);
  g_assert_cmpuint (kvar_test_transport_count (f->transport, "POST", "/auth/v1/factors/"), ==, 1);
  kvar_test_transport_release (f->transport);
  g_assert_true (finish_step_up (f, &result, NULL));

  fixture_assert_stored (f);
  fixture_pass (f, 2 * KVAR_CLOCK_MINUTE);
  assert_signed_in (f);
  fixture_spend_token (f);
  assert_signed_in (f);
  g_assert_cmpuint (kvar_session_get_generation (f->session), ==, 1);
}

static KvarReply *
wrong_code_cb (KvarRequest  *request,
               gpointer      user_data,
               GError      **error)
{
  return kvar_test_reply_new (422, "{\"code\":\"mfa_verification_failed\",\"message\":\"x\"}");
}

/* A request is refused for its token while the code is under way: it goes with the token that
 * the code brings, or, when the code was wrong, with a renewal's. */
static void
test_refused_meanwhile (Fixture       *f,
                        gconstpointer  data)
{
  gboolean is_right = GPOINTER_TO_INT (data);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GAsyncResult) sent = NULL;
  guint n = fixture_n_tokens (f);

  kvar_test_transport_on (f->transport, "POST", "/auth/v1/factors/",
                          is_right ? verify_cb : wrong_code_cb, f->auth);
  kvar_test_auth_refuse_tokens (f->auth);
  fixture_send (f, "/rest/v1/jobs", &sent);    /* its 401 is on the way */
  kvar_test_transport_hold (f->transport);
  start_step_up (f, &result);
  g_assert_null (sent);
  g_assert_cmpuint (fixture_n_tokens (f), ==, n);

  kvar_test_transport_release (f->transport);
  g_assert_cmpint (finish_step_up (f, &result, NULL), ==, is_right);
  g_assert_cmpint (fixture_finish (f, &sent, NULL), ==, 200);
  g_assert_cmpuint (fixture_n_tokens (f), ==, is_right ? n : n + 1);
  assert_signed_in (f);
}

/* The session was begun, but nobody here knows: trying again begins another, and the first
 * one's tokens were never held. */
static void
test_lost_sign_in (Fixture       *f,
                   gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  kvar_test_auth_script_error (f->auth, fixture_lost (), TRUE);
  kvar_session_sign_in_async (f->session, KVAR_TEST_EMAIL, KVAR_TEST_PASSWORD, NULL,
                              kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  g_assert_false (kvar_session_sign_in_finish (f->session, result, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_UNKNOWN_OUTCOME);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_OUT);
  g_assert_cmpuint (kvar_test_vault_get_n (f->vault), ==, 0);

  kvar_test_session_sign_in (f->session);
  assert_signed_in (f);
}

/* Codes that are good once are not tried again by themselves, and a refused one says nothing
 * about a session that there is. */
static void
test_code_is_spent (Fixture       *f,
                    gconstpointer  data)
{
  FixtureAnswer answer = { G_MAXUINT, 403, data, 0 };

  kvar_test_transport_on (f->transport, "POST", "/auth/v1/verify", fixture_answer_cb, &answer);
  g_assert_cmpint (fixture_send_change (f, "POST", "/auth/v1/verify", "{\"token\":\"1\"}", NULL),
                   ==, 403);

  g_assert_cmpuint (answer.n_asked, ==, 1);
  g_assert_cmpuint (fixture_n_tokens (f), ==, 1);
  assert_signed_in (f);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  SESSION_TEST ("C01/same-token-again", fixture_set_up_signed_in, GUINT_TO_POINTER (1),
                test_lost_n_times);
  SESSION_TEST ("C05/lost-twice", fixture_set_up_signed_in, GUINT_TO_POINTER (2),
                test_lost_n_times);
  SESSION_TEST ("C04/quick-enough", fixture_set_up_signed_in, NULL, test_quick_enough);
  SESSION_TEST ("C03/cleaned-up", fixture_set_up_signed_in, "refresh_token_not_found",
                test_forgotten);
  SESSION_TEST ("C08/old-backup", fixture_set_up_signed_in, "refresh_token_already_used",
                test_forgotten);
  SESSION_TEST ("C06/starts-with-the-parent", fixture_set_up_signed_in, NULL,
                test_starts_with_the_parent);
  SESSION_TEST ("C07/refusing-vault", fixture_set_up_signed_in, NULL, test_refusing_vault);
  SESSION_TEST ("C09/gateway-gave-up", fixture_set_up_signed_in, &gateway_gave_up,
                test_heals_quickly);
  SESSION_TEST ("C10/half-a-body", fixture_set_up_signed_in, &half_a_body, test_heals_quickly);
  SESSION_TEST ("C12/conflict", fixture_set_up_signed_in, &conflict, test_heals_quickly);
  SESSION_TEST ("C13/delivered-twice", fixture_set_up_signed_in,
                ANSWER ("a", "child-of-the-other-branch", ""), test_unusual_success);
  SESSION_TEST ("C14/same-refresh-token", fixture_set_up_signed_in,
                ANSWER ("a", "refresh00001", ""), test_unusual_success);
  SESSION_TEST ("C16/another-session-id", fixture_set_up_signed_in,
                ANSWER (OTHER_SESSION, "b", ""), test_unusual_success);
  SESSION_TEST ("C17/step-up", fixture_set_up_signed_in, NULL, test_step_up);
  SESSION_TEST ("C17/step-up-lost", fixture_set_up_signed_in, NULL, test_step_up_lost);
  SESSION_TEST ("C18/step-up-during-renewal", fixture_set_up_signed_in, NULL,
                test_step_up_during_renewal);
  SESSION_TEST ("C18/renewal-during-step-up", fixture_set_up_signed_in, NULL,
                test_renewal_during_step_up);
  SESSION_TEST ("C18/late-renewal", fixture_set_up_signed_in, NULL, test_late_renewal);
  SESSION_TEST ("C18/refused-meanwhile", fixture_set_up_signed_in, GINT_TO_POINTER (TRUE),
                test_refused_meanwhile);
  SESSION_TEST ("C18/refused-and-wrong", fixture_set_up_signed_in, GINT_TO_POINTER (FALSE),
                test_refused_meanwhile);
  SESSION_TEST ("C19/lost-sign-in", fixture_set_up, NULL, test_lost_sign_in);
  SESSION_TEST ("C20/flow-is-spent", fixture_set_up_signed_in,
                "{\"code\":\"flow_state_not_found\",\"message\":\"x\"}", test_code_is_spent);
  SESSION_TEST ("C21/code-is-spent", fixture_set_up_signed_in,
                "{\"code\":\"otp_expired\",\"message\":\"x\"}", test_code_is_spent);
  SESSION_TEST ("D21/garbage", fixture_set_up_signed_in, &garbage, test_heals_quickly);
  SESSION_TEST ("K01/no-refresh-token", fixture_set_up_signed_in, &no_refresh_token,
                test_heals_quickly);
  SESSION_TEST ("K01/empty-object", fixture_set_up_signed_in, &empty_object, test_heals_quickly);
  SESSION_TEST ("K02/unknown-fields", fixture_set_up_signed_in,
                ANSWER ("a", "\\u0062c", "\"weather\":{\"sun\":[1,2]},\"expires_in\":1,"),
                test_unusual_success);
  SESSION_TEST ("K03/opaque-token", fixture_set_up_signed_in, ANSWER ("opaque", "b", ""),
                test_unusual_success);
  SESSION_TEST ("G14/longer-refresh-token", fixture_set_up_signed_in,
                ANSWER ("a", "v2-0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdef", ""),
                test_unusual_success);

  return g_test_run ();
}
