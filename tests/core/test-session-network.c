/* test-session-network.c: cases D: every way in which the network can fail a session
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-session-fixture.h"

#define N_OFFICE 60

typedef struct
{
  int         status;     /* 0: the wire */
  const char *type;
  const char *body;
} Trouble;

static const Trouble no_dns = { 0, NULL, NULL };
static const Trouble certificate = { 0, NULL, "Unacceptable TLS certificate" };
static const Trouble gateway_502 = { 502, "text/html", "<html>" };
static const Trouble gateway_503 = { 503, "text/plain", "" };
static const Trouble origin_down = { 521, "text/html", "<html>" };
static const Trouble paused = { 540, "text/html", "<html>" };
static const Trouble platform = { 546, "text/html", "<html>" };
static const Trouble broken = { 500, "application/json", "{\"code\":\"unexpected_failure\"}" };
static const Trouble portal_json = { 511, "application/json", "{}" };
static const Trouble misrouted = { 404, "application/json", "{\"message\":\"no such route\"}" };
static const Trouble limited =
{ 429, "application/json", "{\"code\":\"over_request_rate_limit\"}" };

static void
script (Fixture       *f,
        const Trouble *trouble)
{
  g_autoptr(GBytes) body = NULL;
  KvarReply *reply;

  if (trouble->status == 0)
    {
      kvar_test_auth_script_error (f->auth,
                                   kvar_error_new_full (KVAR_ERROR_OFFLINE, 0, NULL,
                                                        trouble->body != NULL ? trouble->body
                                                                              : "no such host"),
                                   FALSE);
      return;
    }

  body = g_bytes_new_static (trouble->body, strlen (trouble->body));
  reply = kvar_reply_new (trouble->status, body);
  kvar_reply_add_header (reply, "Content-Type", trouble->type);
  kvar_test_auth_script_reply (f->auth, reply);
}

/* Hours of it: nobody is signed out, the server is not hammered, and it heals by itself
 * within the longest pause. */
static void
test_for_hours (Fixture       *f,
                gconstpointer  data)
{
  guint n;

  for (guint i = 0; i < 2000; i++)
    script (f, data);
  fixture_spend_token (f);
  for (guint i = 0; i < 3 * 60; i++)
    {
      fixture_pass (f, KVAR_CLOCK_MINUTE);
      if (i % 7 == 0)
        fixture_get (f, "/rest/v1/jobs", NULL);
    }

  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_OFFLINE);
  g_assert_true (kvar_session_is_usable (f->session));
  g_assert_nonnull (kvar_test_vault_get (f->vault, KVAR_TEST_USER_ID));
  n = fixture_n_tokens (f);
  g_assert_cmpuint (n, <=, 3 * 60 * 10 / 5 + 20);    /* ten in five minutes, at most */
  g_assert_cmpuint (n, >=, 60);

  kvar_test_auth_clear_script (f->auth);
  for (guint i = 0; i < 60; i++)
    fixture_pass (f, KVAR_CLOCK_SECOND);
  for (guint i = 0; i < 6; i++)
    fixture_pass (f, KVAR_CLOCK_MINUTE);
  assert_signed_in (f);
}

/* With a good token nobody notices any of it; only a failed wire is seen, for seconds. */
static void
test_unseen (Fixture       *f,
             gconstpointer  data)
{
  const Trouble *trouble = data;
  guint n_states = 0;
  gulong id = g_signal_connect_swapped (f->session, "notify::state",
                                        G_CALLBACK (g_atomic_int_inc), &n_states);

  for (guint i = 0; i < 2; i++)
    script (f, trouble);
  fixture_pass (f, KVAR_CLOCK_HOUR - 60 * KVAR_CLOCK_SECOND);
  for (guint i = 0; i < 20; i++)
    fixture_pass (f, KVAR_CLOCK_SECOND);

  g_assert_cmpuint (n_states, <=, trouble->status == 0 ? 2 : 0);
  assert_signed_in (f);
  g_signal_handler_disconnect (f->session, id);
}

/* An office wakes at 08:30: its computers do not ask together. */
static void
test_office_wakes (Fixture       *f,
                   gconstpointer  unused)
{
  Fixture office[N_OFFICE] = { 0 };
  guint n_at_once = 0, n_in_the_end = 0;

  for (guint i = 0; i < N_OFFICE; i++)
    {
      fixture_set_up_signed_in (&office[i], NULL);
      kvar_clock_suspend (office[i].clock, 30 * KVAR_CLOCK_MINUTE);
      fixture_pass (&office[i], KVAR_CLOCK_SECOND);
      n_at_once += kvar_test_transport_count (office[i].transport, "GET", "/auth/v1/user");
      fixture_pass (&office[i], 5 * KVAR_CLOCK_SECOND);
      n_in_the_end += kvar_test_transport_count (office[i].transport, "GET", "/auth/v1/user");
      g_assert_cmpuint (fixture_n_tokens (&office[i]), ==, 1);
      fixture_tear_down (&office[i], NULL);
    }

  g_assert_cmpuint (n_in_the_end, ==, N_OFFICE);
  g_assert_cmpuint (n_at_once, <, N_OFFICE / 2);
}

/* Tokens of the same age are not renewed in the same second either. */
static void
test_office_renews (Fixture       *f,
                    gconstpointer  unused)
{
  Fixture office[N_OFFICE / 2] = { 0 };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (office); i++)
    {
      fixture_set_up_signed_in (&office[i], NULL);
      fixture_pass (&office[i], KVAR_CLOCK_HOUR - 80 * KVAR_CLOCK_SECOND);
      n += fixture_n_tokens (&office[i]) - 1;
      fixture_tear_down (&office[i], NULL);
    }

  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (n, <, G_N_ELEMENTS (office));
}

/* Too many attempts from this network: no wrong password, and nothing begins. */
static void
test_sign_in_is_limited (Fixture       *f,
                         gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  script (f, &limited);
  kvar_session_sign_in_async (f->session, KVAR_TEST_EMAIL, KVAR_TEST_PASSWORD, NULL,
                              kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  g_assert_false (kvar_session_sign_in_finish (f->session, result, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_REFUSED);
  g_assert_cmpstr (kvar_error_get_provider_code (error), ==, "over_request_rate_limit");

  kvar_test_session_sign_in (f->session);
  assert_signed_in (f);
}

/* The address changed under a request: its outcome is unknown, the session is not. */
static void
test_address_changes (Fixture       *f,
                      gconstpointer  unused)
{
  FixtureAnswer refused =
    { 1, 422, "{\"code\":\"mfa_ip_address_mismatch\",\"message\":\"x\"}", 0 };
  g_autoptr(GError) error = NULL;

  kvar_test_auth_lose_changes (f->auth, 1);
  g_assert_cmpint (fixture_send_change (f, "PATCH", "/rest/v1/jobs?id=eq.1", "{}", &error), ==,
                   0);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_UNKNOWN_OUTCOME);

  kvar_test_transport_on (f->transport, "POST", "/auth/v1/factors/", fixture_answer_cb, &refused);
  g_assert_cmpint (fixture_send_change (f, "POST", "/auth/v1/factors/1/verify", "{}", NULL), ==,
                   422);
  g_assert_cmpuint (fixture_n_tokens (f), ==, 1);
  assert_signed_in (f);
}

/* A byte every second, for ever: the renewal has fifteen for all of it. */
static void
test_drips (Fixture       *f,
            gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  fixture_spend_token (f);
  kvar_test_transport_hold (f->transport);
  fixture_send (f, "/rest/v1/jobs", &result);
  for (guint i = 0; i < 14; i++)
    {
      fixture_pass (f, KVAR_CLOCK_SECOND);
      g_assert_null (result);
    }
  fixture_pass (f, 2 * KVAR_CLOCK_SECOND);
  g_assert_cmpint (fixture_finish (f, &result, &error), ==, 0);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_OFFLINE);

  kvar_test_transport_release (f->transport);
  fixture_pass (f, 2 * KVAR_CLOCK_SECOND);
  assert_signed_in (f);
}

/* More than an answer to a renewal can be: the transport gives it up, the token stays. */
static void
test_huge_answer (Fixture       *f,
                  gconstpointer  unused)
{
  fixture_spend_token (f);
  kvar_test_auth_script_error (f->auth, kvar_error_new_full (KVAR_ERROR_BAD_REPLY, 0, NULL,
                                                             "too many bytes"), FALSE);
  g_assert_cmpint (fixture_get (f, "/rest/v1/jobs", NULL), ==, 0);
  g_assert_true (kvar_session_is_usable (f->session));

  fixture_pass (f, 2 * KVAR_CLOCK_SECOND);
  assert_signed_in (f);
}

typedef struct
{
  int         status;
  const char *path;
  const char *body;
} Stripped;

static const Stripped by_auth =
{ 401, "/auth/v1/factors", "{\"code\":\"no_authorization\",\"message\":\"x\"}" };
static const Stripped by_rest =
{ 401, "/rest/v1/jobs", "{\"code\":\"PGRST302\",\"message\":\"Anonymous access is disabled\"}" };
static const Stripped as_anon =
{ 401, "/rest/v1/jobs", "{\"code\":\"42501\",\"message\":\"permission denied for table jobs\"}" };

/* A proxy takes the token away: a new one would be taken away too. */
static void
test_stripped (Fixture       *f,
               gconstpointer  data)
{
  const Stripped *stripped = data;
  FixtureAnswer answer = { G_MAXUINT, stripped->status, stripped->body, 0 };

  kvar_test_transport_on (f->transport, "GET", stripped->path, fixture_answer_cb, &answer);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (fixture_get (f, stripped->path, NULL), ==, stripped->status);

  g_assert_cmpuint (answer.n_asked, ==, 5);
  g_assert_cmpuint (fixture_n_tokens (f), ==, 1);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  SESSION_TEST ("D01/for-hours", fixture_set_up_signed_in, &no_dns, test_for_hours);
  SESSION_TEST ("D01/unseen", fixture_set_up_signed_in, &no_dns, test_unseen);
  SESSION_TEST ("D05/for-hours", fixture_set_up_signed_in, &portal_json, test_for_hours);
  SESSION_TEST ("D06/certificate", fixture_set_up_signed_in, &certificate, test_for_hours);
  SESSION_TEST ("D07/certificate-unseen", fixture_set_up_signed_in, &certificate, test_unseen);
  SESSION_TEST ("D08/for-hours", fixture_set_up_signed_in, &broken, test_for_hours);
  SESSION_TEST ("D09/502-for-hours", fixture_set_up_signed_in, &gateway_502, test_for_hours);
  SESSION_TEST ("D09/503-unseen", fixture_set_up_signed_in, &gateway_503, test_unseen);
  SESSION_TEST ("D10/for-hours", fixture_set_up_signed_in, &origin_down, test_for_hours);
  SESSION_TEST ("D11/paused-for-hours", fixture_set_up_signed_in, &paused, test_for_hours);
  SESSION_TEST ("D12/for-hours", fixture_set_up_signed_in, &platform, test_for_hours);
  SESSION_TEST ("D14/for-hours", fixture_set_up_signed_in, &limited, test_for_hours);
  SESSION_TEST ("D15/office-wakes", fixture_set_up, NULL, test_office_wakes);
  SESSION_TEST ("D15/office-renews", fixture_set_up, NULL, test_office_renews);
  SESSION_TEST ("D16/sign-in-is-limited", fixture_set_up, NULL, test_sign_in_is_limited);
  SESSION_TEST ("D17/no-way-through", fixture_set_up_signed_in, &no_dns, test_unseen);
  SESSION_TEST ("D18/address-changes", fixture_set_up_signed_in, NULL, test_address_changes);
  SESSION_TEST ("D19/drips", fixture_set_up_signed_in, NULL, test_drips);
  SESSION_TEST ("D20/huge-answer", fixture_set_up_signed_in, NULL, test_huge_answer);
  SESSION_TEST ("D22/stripped-before-auth", fixture_set_up_signed_in, &by_auth, test_stripped);
  SESSION_TEST ("D22/stripped-before-rest", fixture_set_up_signed_in, &by_rest, test_stripped);
  SESSION_TEST ("D22/stripped-unseen", fixture_set_up_signed_in, &as_anon, test_stripped);
  SESSION_TEST ("K07/misrouted-for-hours", fixture_set_up_signed_in, &misrouted, test_for_hours);
  SESSION_TEST ("K13/shared-bucket", fixture_set_up_signed_in, &limited, test_unseen);

  return g_test_run ();
}
