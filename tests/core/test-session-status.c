/* test-session-status.c: what a session tells other processes, and kvar-cli, about itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-session-fixture.h"
#include "session/kvar-session-status.h"

#define HEARTBEAT (4 * KVAR_CLOCK_MINUTE)
#define SPREAD    (5 * KVAR_CLOCK_SECOND)

static KvarSessionStatus *
load (Fixture *f)
{
  KvarSessionStatus *status = kvar_session_status_find (f->state_dir, NULL, NULL);

  g_assert_nonnull (status);

  return status;
}

/* Within the second that the file rounds to. */
static void
assert_at (Fixture *f,
           gint64   time,
           gint64   from_now)
{
  gint64 expected = kvar_clock_get_wall (f->clock) + from_now;

  g_assert_cmpint (ABS (time - expected), <=, KVAR_CLOCK_SECOND);
}

/* The token dies meanwhile, and is renewed at once; the heartbeat comes a little later. */
static void
sleep_for_an_hour (Fixture *f)
{
  kvar_test_settle ();
  kvar_clock_suspend (f->clock, KVAR_CLOCK_HOUR);
  fixture_pass (f, 0);
  fixture_pass (f, SPREAD);
}

static void
test_times (Fixture       *f,
            gconstpointer  unused)
{
  g_autoptr(KvarSessionStatus) first = NULL;
  g_autoptr(KvarSessionStatus) renewed = NULL;

  kvar_test_settle ();
  first = load (f);
  g_assert_cmpint (first->state, ==, KVAR_SESSION_SIGNED_IN);
  assert_at (f, first->expires_at, KVAR_CLOCK_HOUR);
  assert_at (f, first->heartbeat_at, 30 * KVAR_CLOCK_SECOND);
  g_assert_cmpint (first->verdict_at, ==, 0);
  g_assert_null (first->verdict);

  sleep_for_an_hour (f);
  renewed = load (f);
  g_assert_cmpstr (renewed->verdict, ==, "200");
  assert_at (f, renewed->verdict_at, -SPREAD);
  assert_at (f, renewed->expires_at, KVAR_CLOCK_HOUR - SPREAD);
  g_assert_cmpint (renewed->heartbeat_at, >, first->heartbeat_at);
  assert_at (f, renewed->heartbeat_at, HEARTBEAT - SPREAD);
}

static void
test_verdict_of_refused_renewal (Fixture       *f,
                                 gconstpointer  unused)
{
  g_autoptr(KvarSessionStatus) status = NULL;

  kvar_test_auth_script_reply (f->auth, kvar_test_reply_new (429, "{}"));
  kvar_test_settle ();
  kvar_clock_suspend (f->clock, KVAR_CLOCK_HOUR);
  fixture_pass (f, 0);

  status = load (f);
  g_assert_cmpstr (status->verdict, ==, "429");
  assert_at (f, status->verdict_at, 0);
}

static void
test_clock_offset (Fixture       *f,
                   gconstpointer  unused)
{
  g_autoptr(KvarSessionStatus) status = NULL;

  g_autoptr(GDateTime) now = NULL;
  g_autoptr(GDateTime) date = NULL;

  now = g_date_time_new_from_unix_utc (kvar_clock_get_wall (f->clock) / KVAR_CLOCK_SECOND);
  date = g_date_time_add_hours (now, -3);
  kvar_clock_note_server_date (f->clock, date);
  fixture_pass (f, HEARTBEAT);

  status = load (f);
  g_assert_cmpint (status->clock_offset, ==, -3 * KVAR_CLOCK_HOUR);
}

/* Every second of renewals and heartbeats would be a write, and wake all that watch. */
static void
test_same_is_not_written (Fixture       *f,
                          gconstpointer  unused)
{
  g_autoptr(KvarSessionStatus) before = NULL;
  g_autoptr(KvarSessionStatus) after = NULL;

  fixture_pass (f, KVAR_CLOCK_MINUTE);
  before = load (f);
  fixture_pass (f, KVAR_CLOCK_MINUTE);
  fixture_get (f, "/rest/v1/jobs", NULL);
  after = load (f);

  g_assert_cmpint (after->changed_at, ==, before->changed_at);
}

/* Another process has signed out, and our next heartbeat comes before the news. */
static void
test_departure_stays_written (Fixture       *f,
                              gconstpointer  unused)
{
  g_autoptr(KvarSessionStatus) theirs = NULL;
  g_autoptr(KvarSessionStatus) after = NULL;
  g_autoptr(GError) error = NULL;

  kvar_test_settle ();
  theirs = load (f);
  theirs->state = KVAR_SESSION_SIGNED_OUT;
  kvar_session_status_save (theirs, f->state_dir, &error);
  g_assert_no_error (error);
  kvar_clock_advance (f->clock, HEARTBEAT);

  after = load (f);
  g_assert_cmpint (after->state, ==, KVAR_SESSION_SIGNED_OUT);
  kvar_test_wait_until (kvar_session_get_state (f->session) == KVAR_SESSION_SIGNED_OUT);
}

static void
test_no_secrets (Fixture       *f,
                 gconstpointer  unused)
{
  g_autoptr(KvarSessionStatus) status = NULL;
  g_autofree char *json = NULL;

  sleep_for_an_hour (f);
  status = load (f);
  json = kvar_session_status_to_json (status);

  g_assert_null (strstr (json, kvar_test_auth_get_access (f->auth)));
  g_assert_null (strstr (json, kvar_test_auth_get_refresh (f->auth)));
  g_assert_null (strstr (json, KVAR_TEST_PASSWORD));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, function) \
  g_test_add ("/session-status/" path, Fixture, NULL, fixture_set_up_signed_in, function, \
              fixture_tear_down)

  ADD ("times", test_times);
  ADD ("verdict-of-refused-renewal", test_verdict_of_refused_renewal);
  ADD ("clock-offset", test_clock_offset);
  ADD ("same-is-not-written", test_same_is_not_written);
  ADD ("H06/departure-stays-written", test_departure_stays_written);
  ADD ("I11/no-secrets", test_no_secrets);

  return g_test_run ();
}
