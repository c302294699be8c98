/* test-session-expiry.c: cases A: what happens when a token dies, sooner or later
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-session-fixture.h"

/* Sent with its last second, judged by the server when it is over. */
static void
test_dies_on_the_way (Fixture       *f,
                      gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_test_transport_hold (f->transport);
  fixture_send (f, "/rest/v1/jobs", &result);
  kvar_test_wait_until (kvar_test_transport_get_n_held (f->transport) == 1);
  kvar_test_auth_refuse_tokens (f->auth);
  kvar_test_transport_release (f->transport);
  g_assert_cmpint (fixture_finish (f, &result, NULL), ==, 200);

  /* This one is refused at the door: once more with a new token, and only this one. */
  g_assert_cmpint (fixture_get (f, "/rest/v1/contacts", NULL), ==, 200);
  g_assert_cmpuint (fixture_n_tokens (f), ==, 2);
  g_assert_cmpuint (kvar_test_transport_count (f->transport, "GET", "/rest/v1/jobs"), ==, 1);
  g_assert_cmpuint (kvar_test_transport_count (f->transport, "GET", "/rest/v1/contacts"), ==, 2);
}

static KvarReply *
file_cb (KvarRequest  *request,
         gpointer      user_data,
         GError      **error)
{
  return kvar_test_reply_new (200, "{\"file\":1}");
}

/* The token is looked at when a download begins, and never again. */
static void
test_download_outlives_its_token (Fixture       *f,
                                  gconstpointer  unused)
{
  g_autoptr(GAsyncResult) download = NULL;

  kvar_test_transport_on (f->transport, "GET", "/storage/v1/", file_cb, NULL);
  kvar_test_transport_hold (f->transport);
  fixture_send (f, "/storage/v1/object/big", &download);
  kvar_test_wait_until (kvar_test_transport_get_n_held (f->transport) == 1);

  /* Meanwhile the token is renewed behind it. */
  fixture_pass (f, KVAR_CLOCK_HOUR - 30 * KVAR_CLOCK_SECOND);
  g_assert_cmpuint (fixture_n_tokens (f), ==, 2);
  g_assert_null (download);

  kvar_test_transport_release (f->transport);
  g_assert_cmpint (fixture_finish (f, &download, NULL), ==, 200);
  g_assert_cmpuint (kvar_test_transport_count (f->transport, "GET", "/storage/v1/"), ==, 1);
}

/* Every piece of an upload goes with the present token; one that came too late is sent
 * again, whole. */
static void
test_upload_outlives_its_token (Fixture       *f,
                                gconstpointer  unused)
{
  FixtureAnswer refused = { 1, 400, "{\"statusCode\":\"403\",\"error\":\"Unauthorized\","
                                    "\"message\":\"jwt expired\"}", 0 };
  FixtureAnswer taken = { G_MAXUINT, 200, "{}", 0 };
  KvarRequest *last;

  kvar_test_transport_on (f->transport, "PATCH", "/storage/v1/upload/", fixture_answer_cb, &taken);
  kvar_test_transport_on (f->transport, "PATCH", "/storage/v1/upload/", fixture_answer_cb,
                          &refused);

  g_assert_cmpint (fixture_send_change (f, "PATCH", "/storage/v1/upload/1", "piece", NULL), ==,
                   200);
  g_assert_cmpuint (fixture_n_tokens (f), ==, 2);
  last = kvar_test_transport_get_request (f->transport,
                                          kvar_test_transport_get_n_requests (f->transport) - 1);
  g_assert_cmpuint (g_bytes_get_size (kvar_request_get_body (last)), ==, strlen ("piece"));
  g_assert_nonnull (strstr (kvar_request_get_header (last, "Authorization"),
                            kvar_test_auth_get_access (f->auth)));
}

/* A token that lives for seconds, or for none that we can see, is no reason to spin. */
static void
test_tiny_life (Fixture       *f,
                gconstpointer  data)
{
  kvar_test_auth_set_lifetime (f->auth, GPOINTER_TO_INT (data));
  kvar_test_session_sign_in (f->session);

  for (guint i = 0; i < 600; i++)
    fixture_pass (f, 100 * KVAR_CLOCK_MILLISECOND);

  /* A minute: at most one rotation for every four fifths of a life, plus the chance of it. */
  g_assert_cmpuint (fixture_n_tokens (f), <=, 2 + 60 / 4 + 3);
  g_assert_true (kvar_session_is_usable (f->session));
}

/* The server's own limits: the reason is the organisation's, and nothing else is lost. */
static void
test_policy (Fixture       *f,
             gconstpointer  data)
{
  kvar_test_auth_script_reply (f->auth, kvar_test_reply_new (400, data));
  for (guint i = 0; i < 60; i++)
    fixture_pass (f, KVAR_CLOCK_MINUTE);

  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_EXPIRED);
  g_assert_cmpint (kvar_session_get_reason (f->session), ==, KVAR_REASON_POLICY);
  g_assert_cmpstr (kvar_session_get_email (f->session), ==, KVAR_TEST_EMAIL);
  g_assert_cmpuint (fixture_n_tokens (f), ==, 2);
}

/* What waits when the time-box closes goes on when the same person is back. */
static void
test_time_box_while_writing (Fixture       *f,
                             gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  kvar_test_auth_script_reply (f->auth, kvar_test_reply_new (400,
                               "{\"code\":\"session_expired\",\"message\":\"x\"}"));
  fixture_spend_token (f);
  g_assert_cmpint (fixture_send_change (f, "POST", "/rest/v1/jobs", "{\"id\":1}", &error), ==, 0);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT);
  g_assert_cmpuint (kvar_test_transport_count (f->transport, "POST", "/rest/v1/"), ==, 0);

  kvar_test_session_sign_in (f->session);
  g_assert_cmpint (fixture_send_change (f, "POST", "/rest/v1/jobs", "{\"id\":1}", NULL), ==, 200);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  SESSION_TEST ("A03/dies-on-the-way", fixture_set_up_signed_in, NULL, test_dies_on_the_way);
  SESSION_TEST ("A04/download-outlives-its-token", fixture_set_up_signed_in, NULL,
                test_download_outlives_its_token);
  SESSION_TEST ("A06/upload-outlives-its-token", fixture_set_up_signed_in, NULL,
                test_upload_outlives_its_token);
  SESSION_TEST ("A07/one-minute", fixture_set_up, GINT_TO_POINTER (60), test_tiny_life);
  SESSION_TEST ("A08/five-seconds", fixture_set_up, GINT_TO_POINTER (5), test_tiny_life);
  SESSION_TEST ("A08/no-time-at-all", fixture_set_up, GINT_TO_POINTER (0), test_tiny_life);
  SESSION_TEST ("A10/inactivity", fixture_set_up_signed_in,
                "{\"code\":\"session_expired\",\"message\":\"Session Expired (Inactivity)\"}",
                test_policy);
  SESSION_TEST ("A11/time-box", fixture_set_up_signed_in,
                "{\"code\":\"session_expired\",\"message\":\"Session Expired\"}", test_policy);
  SESSION_TEST ("A11/held-action", fixture_set_up_signed_in, NULL, test_time_box_while_writing);

  return g_test_run ();
}
