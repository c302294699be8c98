/* test-session-verdicts.c: what the session does with every kind of answer to a renewal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-session-fixture.h"

static KvarReply *
html_reply (int status)
{
  g_autoptr(GBytes) body = g_bytes_new_static ("<html>", 6);
  KvarReply *reply = kvar_reply_new (status, body);

  kvar_reply_add_header (reply, "Content-Type", "text/html; charset=utf-8");

  return reply;
}

static GError *
no_route (void)
{
  return kvar_error_new_full (KVAR_ERROR_OFFLINE, 0, NULL, "no route");
}

/* What is not the auth server's word about the session never ends it. */
static void
test_not_now (Fixture       *f,
              gconstpointer  data)
{
  const char *what = data;
  g_autoptr(GError) error = NULL;

  if (g_str_equal (what, "html"))
    kvar_test_auth_script_reply (f->auth, html_reply (200));
  else if (g_str_equal (what, "redirect"))
    kvar_test_auth_script_reply (f->auth, html_reply (302));
  else if (g_str_equal (what, "proxy"))
    kvar_test_auth_script_reply (f->auth, html_reply (403));
  else if (g_str_equal (what, "paused"))
    kvar_test_auth_script_reply (f->auth, html_reply (540));
  else if (g_str_equal (what, "broken"))
    kvar_test_auth_script_reply (f->auth,
                                 kvar_test_reply_new (500, "{\"code\":\"unexpected_failure\"}"));
  else if (g_str_equal (what, "hook"))
    kvar_test_auth_script_reply (f->auth, kvar_test_reply_new (403, "{\"message\":\"no\"}"));
  else if (g_str_equal (what, "key"))
    kvar_test_auth_script_reply (f->auth,
                                 kvar_test_reply_new (401, "{\"message\":\"Invalid API key\"}"));
  else if (g_str_equal (what, "dns"))
    kvar_test_auth_script_error (f->auth, no_route (), FALSE);
  else
    kvar_test_auth_script_reply (f->auth, kvar_test_reply_new (429,
                                 "{\"code\":\"over_request_rate_limit\"}"));

  kvar_clock_suspend (f->clock, 2 * KVAR_CLOCK_HOUR);
  g_assert_cmpint (fixture_get (f, "/rest/v1/jobs", &error), ==, 0);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_OFFLINE);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_OFFLINE);
  g_assert_true (kvar_session_is_usable (f->session));
  g_assert_nonnull (kvar_test_vault_get (f->vault, KVAR_TEST_USER_ID));

  fixture_pass (f, 2 * KVAR_CLOCK_SECOND);
  assert_signed_in (f);
}

static void
test_retry_after (Fixture       *f,
                  gconstpointer  retry_after)
{
  KvarReply *reply = kvar_test_reply_new (429, "{\"code\":\"over_request_rate_limit\"}");

  kvar_reply_add_header (reply, "Retry-After", retry_after);
  kvar_reply_add_header (reply, "Date", "Sun, 06 Nov 1994 08:49:37 GMT");
  kvar_test_auth_script_reply (f->auth, reply);
  kvar_clock_suspend (f->clock, 2 * KVAR_CLOCK_HOUR);
  fixture_get (f, "/rest/v1/jobs", NULL);

  fixture_pass (f, 29 * KVAR_CLOCK_SECOND);
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 2);
  fixture_pass (f, 2 * KVAR_CLOCK_SECOND);
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 3);
  assert_signed_in (f);
}

static void
test_rate_limit_goes_unseen (Fixture       *f,
                             gconstpointer  unused)
{
  guint n_states = 0;

  g_signal_connect_swapped (f->session, "notify::state", G_CALLBACK (g_atomic_int_inc), &n_states);
  kvar_test_auth_script_reply (f->auth, kvar_test_reply_new (429,
                               "{\"code\":\"over_request_rate_limit\"}"));
  fixture_pass (f, KVAR_CLOCK_HOUR - 60 * KVAR_CLOCK_SECOND);

  assert_signed_in (f);
  g_assert_cmpuint (n_states, ==, 0);
}

static void
test_polls_do_not_hammer (Fixture       *f,
                          gconstpointer  unused)
{
  for (guint i = 0; i < 5; i++)
    kvar_test_auth_script_error (f->auth, no_route (), FALSE);
  kvar_clock_suspend (f->clock, 2 * KVAR_CLOCK_HOUR);
  for (guint i = 0; i < 500; i++)
    fixture_get (f, "/rest/v1/jobs", NULL);

  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->auth), ==, 2);
}

/* The auth server's own words for "over", with the reason shown. */
static void
test_over (Fixture       *f,
           gconstpointer  data)
{
  const char *code = data;
  gboolean by_policy = g_str_equal (code, "session_expired");
  g_autofree char *json = g_strdup_printf ("{\"code\":\"%s\",\"message\":\"x\"}", code);
  g_autoptr(GError) error = NULL;

  kvar_test_auth_script_reply (f->auth, kvar_test_reply_new (400, json));
  kvar_clock_suspend (f->clock, 2 * KVAR_CLOCK_HOUR);
  g_assert_cmpint (fixture_get (f, "/rest/v1/jobs", &error), ==, 0);

  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_EXPIRED);
  g_assert_cmpint (kvar_session_get_reason (f->session), ==,
                   by_policy ? KVAR_REASON_POLICY : KVAR_REASON_EXPIRED);
  g_assert_cmpstr (kvar_session_get_email (f->session), ==, KVAR_TEST_EMAIL);
  kvar_test_wait_until (kvar_test_vault_get_n (f->vault) == 0);

  kvar_test_session_sign_in (f->session);
  g_assert_cmpint (kvar_session_get_reason (f->session), ==, KVAR_REASON_NONE);
  assert_signed_in (f);
}

static void
test_banned (Fixture       *f,
             gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  kvar_test_auth_script_reply (f->auth, kvar_test_reply_new (400, "{\"code\":\"user_banned\"}"));
  kvar_clock_suspend (f->clock, 2 * KVAR_CLOCK_HOUR);
  g_assert_cmpint (fixture_get (f, "/rest/v1/jobs", &error), ==, 0);

  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_BLOCKED);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_BLOCKED);
  g_assert_nonnull (kvar_test_vault_get (f->vault, KVAR_TEST_USER_ID));

  fixture_pass (f, 6 * KVAR_CLOCK_MINUTE);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
  assert_signed_in (f);
}

#define ADD(path, set_up, data, function) \
  g_test_add ("/session/" path, Fixture, data, set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("D03/portal-html", fixture_set_up_signed_in, "html", test_not_now);
  ADD ("D04/portal-redirect", fixture_set_up_signed_in, "redirect", test_not_now);
  ADD ("D05/proxy-403-html", fixture_set_up_signed_in, "proxy", test_not_now);
  ADD ("D08/broken-server", fixture_set_up_signed_in, "broken", test_not_now);
  ADD ("D11/project-paused", fixture_set_up_signed_in, "paused", test_not_now);
  ADD ("D14/rate-limited", fixture_set_up_signed_in, "429", test_not_now);
  ADD ("D01/no-route", fixture_set_up_signed_in, "dns", test_not_now);
  ADD ("K06/hook-says-403", fixture_set_up_signed_in, "hook", test_not_now);
  ADD ("B09/key-refused", fixture_set_up_signed_in, "key", test_not_now);
  ADD ("over/refresh_token_not_found", fixture_set_up_signed_in, "refresh_token_not_found",
       test_over);
  ADD ("over/refresh_token_already_used", fixture_set_up_signed_in, "refresh_token_already_used",
       test_over);
  ADD ("over/validation_failed", fixture_set_up_signed_in, "validation_failed", test_over);
  ADD ("over/session_not_found", fixture_set_up_signed_in, "session_not_found", test_over);
  ADD ("A11/session_expired", fixture_set_up_signed_in, "session_expired", test_over);
  ADD ("G05/user_not_found", fixture_set_up_signed_in, "user_not_found", test_over);
  ADD ("G04/banned", fixture_set_up_signed_in, NULL, test_banned);
  ADD ("D13/retry-after", fixture_set_up_signed_in, "30", test_retry_after);
  ADD ("K12/until-a-date", fixture_set_up_signed_in, "Sun, 06 Nov 1994 08:50:07 GMT",
       test_retry_after);
  ADD ("D14/goes-unseen", fixture_set_up_signed_in, NULL, test_rate_limit_goes_unseen);
  ADD ("L03/polls-do-not-hammer", fixture_set_up_signed_in, NULL, test_polls_do_not_hammer);

  return g_test_run ();
}
