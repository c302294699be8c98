/* test-session-clock.c: cases E and F: clocks that lie, lids that close, networks that come
 * and go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-session-fixture.h"

/* An hour and a half of work, a request every minute. */
static void
work (Fixture *f,
      guint    minutes)
{
  for (guint i = 0; i < minutes; i++)
    {
      fixture_pass (f, KVAR_CLOCK_MINUTE);
      g_assert_cmpint (fixture_get (f, "/rest/v1/jobs", NULL), ==, 200);
    }
}

static void
move_wall (Fixture *f,
           gint64   us)
{
  kvar_clock_set_wall (f->clock, kvar_clock_get_wall (f->clock) + us);
  kvar_test_settle ();
}

/* Somebody sets the clock: the token does not get older or younger by that. */
static void
test_clock_is_set (Fixture       *f,
                   gconstpointer  data)
{
  gint64 hours = GPOINTER_TO_INT (data);

  work (f, 10);
  move_wall (f, hours * KVAR_CLOCK_HOUR);
  kvar_test_settle ();
  g_assert_cmpuint (fixture_n_tokens (f), ==, 1);
  work (f, 45);
  g_assert_cmpuint (fixture_n_tokens (f), ==, 1);
  work (f, 35);
  g_assert_cmpuint (fixture_n_tokens (f), ==, 2);
}

static void
test_clock_is_set_in_sleep (Fixture       *f,
                            gconstpointer  unused)
{
  kvar_clock_suspend (f->clock, 30 * KVAR_CLOCK_MINUTE);
  move_wall (f, -48 * KVAR_CLOCK_HOUR);
  fixture_pass (f, 10 * KVAR_CLOCK_SECOND);
  g_assert_cmpuint (fixture_n_tokens (f), ==, 1);

  work (f, 40);
  g_assert_cmpuint (fixture_n_tokens (f), ==, 2);
}

/* A new process believes its wrong clock at first: at most one renewal too many, no loop,
 * and a refused token is renewed. */
static void
test_restart_with_wrong_clock (Fixture       *f,
                               gconstpointer  data)
{
  gint64 hours = GPOINTER_TO_INT (data);

  move_wall (f, hours * KVAR_CLOCK_HOUR);
  fixture_start_again (f);
  g_assert_true (fixture_restore (f, NULL));
  kvar_test_settle ();
  work (f, 50);

  g_assert_cmpuint (fixture_n_tokens (f), <=, 2);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
}

/* A gateway's Date is minutes or years off, this way and that: a token that has just come
 * is not old by that. */
static void
test_wrong_date (Fixture       *f,
                 gconstpointer  data)
{
  gint64 offset = GPOINTER_TO_INT (data);

  for (guint i = 0; i < 50; i++)
    {
      gint64 wall = kvar_clock_get_wall (f->clock) / KVAR_CLOCK_SECOND;
      g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc (wall + (i % 2 ? offset : 0));

      kvar_clock_note_server_date (f->clock, date);
      fixture_pass (f, KVAR_CLOCK_MINUTE);
      g_assert_cmpint (fixture_get (f, "/rest/v1/jobs", NULL), ==, 200);
    }

  g_assert_cmpuint (fixture_n_tokens (f), ==, 1);
}

static KvarReply *
future_cb (KvarRequest  *request,
           gpointer      user_data,
           GError      **error)
{
  return kvar_test_reply_new (401,
                              "{\"code\":\"PGRST303\",\"message\":\"JWT issued at future\"}");
}

/* The server's clock never catches up: the refusal is handed on, nothing is renewed. */
static void
test_future_for_ever (Fixture       *f,
                      gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_test_transport_on (f->transport, "GET", "/rest/v1/", future_cb, NULL);
  fixture_send (f, "/rest/v1/jobs", &result);
  fixture_pass (f, 3 * KVAR_CLOCK_SECOND);

  g_assert_cmpint (fixture_finish (f, &result, NULL), ==, 401);
  g_assert_cmpuint (fixture_n_tokens (f), ==, 1);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
}

/* Times that no server means: the session is as good as any. */
static void
test_impossible_times (Fixture       *f,
                       gconstpointer  data)
{
  g_autofree char *json = g_strdup_printf ("{\"access_token\":\"a\",\"refresh_token\":\"b\",%s,"
                                           "\"user\":{\"id\":\"" KVAR_TEST_USER_ID "\"}}",
                                           (const char *)data);
  FixtureAnswer taken = { G_MAXUINT, 200, "{}", 0 };

  kvar_test_transport_on (f->transport, "GET", "/auth/v1/user", fixture_answer_cb, &taken);
  kvar_test_auth_script_reply (f->auth, kvar_test_reply_new (200, json));
  fixture_spend_token (f);
  g_assert_cmpint (fixture_get (f, "/auth/v1/user", NULL), ==, 200);

  fixture_pass (f, 3 * KVAR_CLOCK_MINUTE);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
  g_assert_cmpuint (fixture_n_tokens (f), ==, 2);
}

/* The lid closes on a renewal under way: awake again, it is given up at once and the same
 * token is traded in. */
static void
test_sleeps_while_renewing (Fixture       *f,
                            gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;

  fixture_spend_token (f);
  kvar_test_auth_script_error (f->auth, fixture_lost (), TRUE);
  kvar_test_transport_hold (f->transport);
  fixture_send (f, "/rest/v1/jobs", &result);
  kvar_test_wait_until (kvar_test_transport_get_n_held (f->transport) == 1);
  kvar_clock_suspend (f->clock, 8 * KVAR_CLOCK_HOUR);
  kvar_test_settle ();
  kvar_test_wait_until (result != NULL);    /* not only after minutes */
  fixture_finish (f, &result, NULL);
  kvar_test_transport_release (f->transport);

  for (guint i = 0; i < 5; i++)
    fixture_pass (f, KVAR_CLOCK_SECOND);
  assert_signed_in (f);
  fixture_assert_stored (f);
}

/* A timer set before the sleep is not late by the sleep. */
static void
test_timer_counts_sleep (Fixture       *f,
                         gconstpointer  unused)
{
  fixture_pass (f, 10 * KVAR_CLOCK_MINUTE);
  kvar_clock_suspend (f->clock, 49 * KVAR_CLOCK_MINUTE + 50 * KVAR_CLOCK_SECOND);
  fixture_pass (f, KVAR_CLOCK_SECOND);

  g_assert_cmpuint (fixture_n_tokens (f), ==, 2);
  g_assert_cmpuint (kvar_test_transport_count (f->transport, "GET", "/rest/v1/"), ==, 0);
}

/* What the desktop says of the network is a hint: nothing is refused because of it, since
 * requests are what tells. */
static void
test_monitor_is_a_hint (Fixture       *f,
                        gconstpointer  unused)
{
  GNetworkMonitor *monitor = g_network_monitor_get_default ();

  g_signal_emit_by_name (monitor, "network-changed", FALSE);
  g_assert_cmpint (fixture_get (f, "/rest/v1/jobs", NULL), ==, 200);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);

  /* It comes up: whoever waited for the server's pause tries at once. */
  fixture_spend_token (f);
  kvar_test_auth_script_error (f->auth, fixture_no_route (), FALSE);
  fixture_get (f, "/rest/v1/jobs", NULL);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_OFFLINE);
  g_signal_emit_by_name (monitor, "network-changed", TRUE);
  kvar_test_settle ();
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
}

/* What an idle session costs on a metered line: one question every four minutes. */
static void
test_idle_traffic (Fixture       *f,
                   gconstpointer  unused)
{
  for (guint i = 0; i < 50; i++)
    fixture_pass (f, KVAR_CLOCK_MINUTE);

  g_assert_cmpuint (kvar_test_transport_get_n_requests (f->transport), <=, 1 + 50 / 4 + 1);
  g_assert_cmpuint (kvar_test_transport_count (f->transport, "GET", "/auth/v1/user"), >=, 11);
  g_assert_cmpuint (fixture_n_tokens (f), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  SESSION_TEST ("E03/set-forward", fixture_set_up_signed_in, GINT_TO_POINTER (3),
                test_clock_is_set);
  SESSION_TEST ("E03/set-back", fixture_set_up_signed_in, GINT_TO_POINTER (-3),
                test_clock_is_set);
  SESSION_TEST ("E04/set-back-in-sleep", fixture_set_up_signed_in, NULL,
                test_clock_is_set_in_sleep);
  SESSION_TEST ("E05/restart-ahead", fixture_set_up_signed_in, GINT_TO_POINTER (30),
                test_restart_with_wrong_clock);
  SESSION_TEST ("E05/restart-behind", fixture_set_up_signed_in, GINT_TO_POINTER (-30),
                test_restart_with_wrong_clock);
  SESSION_TEST ("E06/future-for-ever", fixture_set_up_signed_in, NULL, test_future_for_ever);
  SESSION_TEST ("E07/minutes-off", fixture_set_up_signed_in, GINT_TO_POINTER (7 * 60),
                test_wrong_date);
  SESSION_TEST ("E07/years-off", fixture_set_up_signed_in, GINT_TO_POINTER (-10 * 365 * 86400),
                test_wrong_date);
  SESSION_TEST ("E08/negative", fixture_set_up_signed_in,
                "\"expires_in\":-1,\"expires_at\":-1", test_impossible_times);
  SESSION_TEST ("E08/beyond-2038", fixture_set_up_signed_in,
                "\"expires_in\":1099511627776,\"expires_at\":1099511627776",
                test_impossible_times);
  SESSION_TEST ("E08/words", fixture_set_up_signed_in,
                "\"expires_in\":\"soon\",\"expires_at\":{}", test_impossible_times);
  SESSION_TEST ("F02/sleeps-while-renewing", fixture_set_up_signed_in, NULL,
                test_sleeps_while_renewing);
  SESSION_TEST ("F03/timer-counts-sleep", fixture_set_up_signed_in, NULL,
                test_timer_counts_sleep);
  SESSION_TEST ("F05/monitor-is-a-hint", fixture_set_up_signed_in, NULL, test_monitor_is_a_hint);
  SESSION_TEST ("F06/idle-traffic", fixture_set_up_signed_in, NULL, test_idle_traffic);

  return g_test_run ();
}
