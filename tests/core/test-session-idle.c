/* test-session-idle.c: what a session costs while nobody does anything
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-session-fixture.h"

#define HOURS 8

/* Goes from timer to timer until @end, as the machine does. Returns how often it woke. */
static guint
sleep_until (Fixture *f,
             gint64   end)
{
  guint n_wakes = 0;
  gint64 next;

  for (kvar_test_settle (); (next = kvar_clock_get_next_timer (f->clock)) <= end; n_wakes++)
    fixture_pass (f, MAX (next - kvar_clock_get_boottime (f->clock), 0));

  return n_wakes;
}

/* A working day: a question every four minutes, a token an hour, nothing else. */
static void
test_requests (Fixture       *f,
               gconstpointer  unused)
{
  gint64 began = kvar_clock_get_boottime (f->clock);
  guint n_before = kvar_test_transport_get_n_requests (f->transport);
  guint n_beats;
  guint n_tokens;
  guint n_wakes;

  n_wakes = sleep_until (f, began + HOURS * KVAR_CLOCK_HOUR);
  n_beats = kvar_test_transport_count (f->transport, "GET", "/auth/v1/user");
  n_tokens = kvar_test_transport_count (f->transport, "POST", "/auth/v1/token") - 1;

  g_assert_cmpuint (n_beats, >=, HOURS * 14 - HOURS);
  g_assert_cmpuint (n_beats, <=, HOURS * 15);
  g_assert_cmpuint (n_tokens, >=, HOURS);
  g_assert_cmpuint (n_tokens, <=, HOURS + 1);
  g_assert_cmpuint (kvar_test_transport_get_n_requests (f->transport) - n_before, ==,
                    n_beats + n_tokens);

  /* Timers alone; the clock itself looks once a minute whether the machine has slept. */
  g_assert_cmpuint (n_wakes, <=, HOURS * 60);
  g_test_message ("%u wakes, %u heartbeats, %u renewals in %u hours", n_wakes, n_beats, n_tokens,
                  HOURS);
}

/* Between two heartbeats there is not even a timer, but for those that are due at their end. */
static void
test_between_heartbeats (Fixture       *f,
                         gconstpointer  unused)
{
  guint n_requests;
  gint64 began;

  sleep_until (f, kvar_clock_get_boottime (f->clock) + 10 * KVAR_CLOCK_MINUTE);
  n_requests = kvar_test_transport_get_n_requests (f->transport);
  while (kvar_test_transport_get_n_requests (f->transport) == n_requests)
    fixture_pass (f, KVAR_CLOCK_SECOND);

  /* It has just asked. */
  began = kvar_clock_get_boottime (f->clock);
  n_requests = kvar_test_transport_get_n_requests (f->transport);
  g_assert_cmpuint (sleep_until (f, began + 235 * KVAR_CLOCK_SECOND), <=, 1);
  g_assert_cmpuint (kvar_test_transport_get_n_requests (f->transport), ==, n_requests);
}

/* A network that comes and goes by the second, and a lid that somebody plays with, bring a
 * question now and then, not each time. */
static void
test_hints_are_spaced (Fixture       *f,
                       gconstpointer  unused)
{
  GNetworkMonitor *monitor = g_network_monitor_get_default ();
  guint n_beats;

  fixture_pass (f, KVAR_CLOCK_MINUTE);
  for (guint i = 0; i < 5 * 60; i++)
    {
      g_signal_emit_by_name (monitor, "network-changed", FALSE);
      g_signal_emit_by_name (monitor, "network-changed", TRUE);
      if (i % 7 == 0)
        kvar_clock_suspend (f->clock, KVAR_CLOCK_SECOND);
      fixture_pass (f, KVAR_CLOCK_SECOND);
    }

  n_beats = kvar_test_transport_count (f->transport, "GET", "/auth/v1/user");
  g_assert_cmpuint (n_beats, >=, 5);
  g_assert_cmpuint (n_beats, <=, 13);
}

/* Signed out, nothing is left to do. */
static void
test_signed_out (Fixture       *f,
                 gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  guint n_requests;

  kvar_session_sign_out_async (f->session, KVAR_SIGN_OUT_LOCAL, NULL, kvar_test_keep_result,
                               &result);
  kvar_test_wait_until (result != NULL);
  g_assert_true (kvar_session_sign_out_finish (f->session, result, NULL));
  n_requests = kvar_test_transport_get_n_requests (f->transport);

  g_assert_cmpuint (sleep_until (f, kvar_clock_get_boottime (f->clock) + KVAR_CLOCK_HOUR), <=, 1);
  g_assert_cmpuint (kvar_test_transport_get_n_requests (f->transport), ==, n_requests);
}

#define ADD(path, function) \
  g_test_add ("/session/idle/" path, Fixture, NULL, fixture_set_up_signed_in, function, \
              fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("requests", test_requests);
  ADD ("between-heartbeats", test_between_heartbeats);
  ADD ("hints-are-spaced", test_hints_are_spaced);
  ADD ("signed-out", test_signed_out);

  return g_test_run ();
}
