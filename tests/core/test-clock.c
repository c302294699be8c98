/* test-clock.c: timers in order, a machine that sleeps, a wall clock that jumps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-clock.h"
#include "kvar-test.h"

typedef struct
{
  KvarClock *clock;
  GString   *log;
  guint      n_fired;
  guint      n_resumed;
  guint      n_jumped;
  guint      to_remove;
} Fixture;

static void
count_cb (guint *counter)
{
  (*counter)++;
}

static void
set_up (Fixture       *f,
        gconstpointer  real)
{
  f->clock = real != NULL ? kvar_clock_new () : kvar_clock_new_simulated ();
  f->log = g_string_new (NULL);
  g_signal_connect_swapped (f->clock, "resumed", G_CALLBACK (count_cb), &f->n_resumed);
  g_signal_connect_swapped (f->clock, "wall-jumped", G_CALLBACK (count_cb), &f->n_jumped);
}

static void
tear_down (Fixture       *f,
           gconstpointer  real)
{
  g_assert_finalize_object (f->clock);
  g_string_free (f->log, TRUE);
}

static void
fired_cb (gpointer user_data)
{
  Fixture *f = user_data;

  f->n_fired++;
}

static void
a_cb (gpointer user_data)
{
  g_string_append_c (((Fixture *)user_data)->log, 'a');
}

static void
b_cb (gpointer user_data)
{
  g_string_append_c (((Fixture *)user_data)->log, 'b');
}

static void
c_cb (gpointer user_data)
{
  g_string_append_c (((Fixture *)user_data)->log, 'c');
}

static void
again_cb (gpointer user_data)
{
  Fixture *f = user_data;

  g_string_append_printf (f->log, "%" G_GINT64_FORMAT " ",
                          kvar_clock_get_boottime (f->clock) / KVAR_CLOCK_SECOND - 3600);
  kvar_clock_add_timer (f->clock, 10 * KVAR_CLOCK_SECOND, again_cb, f);
}

static void
remover_cb (gpointer user_data)
{
  Fixture *f = user_data;

  kvar_clock_remove_timer (f->clock, f->to_remove);
}

static void
test_stands_still (Fixture       *f,
                   gconstpointer  unused)
{
  gint64 boottime = kvar_clock_get_boottime (f->clock);

  g_usleep (2000);
  g_assert_cmpint (kvar_clock_get_boottime (f->clock), ==, boottime);
  kvar_clock_advance (f->clock, 5);
  g_assert_cmpint (kvar_clock_get_boottime (f->clock), ==, boottime + 5);
}

static void
test_fires_in_order (Fixture       *f,
                     gconstpointer  unused)
{
  kvar_clock_add_timer (f->clock, 3 * KVAR_CLOCK_SECOND, c_cb, f);
  kvar_clock_add_timer (f->clock, KVAR_CLOCK_SECOND, a_cb, f);
  kvar_clock_add_timer (f->clock, KVAR_CLOCK_SECOND, b_cb, f);

  kvar_clock_advance (f->clock, KVAR_CLOCK_SECOND - 1);
  g_assert_cmpstr (f->log->str, ==, "");
  kvar_clock_advance (f->clock, 1);
  g_assert_cmpstr (f->log->str, ==, "ab");
  kvar_clock_advance (f->clock, KVAR_CLOCK_HOUR);
  g_assert_cmpstr (f->log->str, ==, "abc");
}

static void
test_timer_of_a_timer (Fixture       *f,
                       gconstpointer  unused)
{
  kvar_clock_add_timer (f->clock, 10 * KVAR_CLOCK_SECOND, again_cb, f);
  kvar_clock_advance (f->clock, 35 * KVAR_CLOCK_SECOND);
  g_assert_cmpstr (f->log->str, ==, "10 20 30 ");
}

static void
test_removed_timer_is_silent (Fixture       *f,
                              gconstpointer  unused)
{
  guint id = kvar_clock_add_timer (f->clock, KVAR_CLOCK_SECOND, fired_cb, f);

  kvar_clock_add_timer (f->clock, KVAR_CLOCK_SECOND, remover_cb, f);
  f->to_remove = kvar_clock_add_timer (f->clock, KVAR_CLOCK_SECOND, fired_cb, f);
  kvar_clock_remove_timer (f->clock, id);
  kvar_clock_remove_timer (f->clock, id);
  kvar_clock_remove_timer (f->clock, 0);
  kvar_clock_advance (f->clock, KVAR_CLOCK_HOUR);
  g_assert_cmpuint (f->n_fired, ==, 0);
}

static void
test_sleep_is_noticed_before_timers (Fixture       *f,
                                     gconstpointer  unused)
{
  gint64 boottime = kvar_clock_get_boottime (f->clock);

  g_signal_connect_swapped (f->clock, "resumed", G_CALLBACK (a_cb), f);
  kvar_clock_add_timer (f->clock, KVAR_CLOCK_MINUTE, b_cb, f);
  kvar_clock_suspend (f->clock, 3 * KVAR_CLOCK_HOUR);

  g_assert_cmpstr (f->log->str, ==, "ab");
  g_assert_cmpuint (f->n_resumed, ==, 1);
  g_assert_cmpint (kvar_clock_get_boottime (f->clock), ==, boottime + 3 * KVAR_CLOCK_HOUR);
}

static void
test_wall_jump_touches_no_timer (Fixture       *f,
                                 gconstpointer  unused)
{
  gint64 wall = kvar_clock_get_wall (f->clock);

  kvar_clock_add_timer (f->clock, KVAR_CLOCK_SECOND, fired_cb, f);
  kvar_clock_set_wall (f->clock, wall + 26 * KVAR_CLOCK_HOUR);
  g_assert_cmpuint (f->n_jumped, ==, 1);
  g_assert_cmpuint (f->n_fired, ==, 0);
  kvar_clock_advance (f->clock, KVAR_CLOCK_SECOND);
  g_assert_cmpuint (f->n_fired, ==, 1);
}

static void
test_server_time_is_wall_at_first (Fixture       *f,
                                   gconstpointer  unused)
{
  g_assert_cmpint (kvar_clock_get_server_time (f->clock), ==, kvar_clock_get_wall (f->clock));
}

static void
test_server_time_follows_the_date (Fixture       *f,
                                   gconstpointer  unused)
{
  gint64 server = kvar_clock_get_wall (f->clock) + 26 * KVAR_CLOCK_HOUR;
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc (server / KVAR_CLOCK_SECOND);

  kvar_clock_note_server_date (f->clock, date);
  g_assert_cmpint (kvar_clock_get_server_time (f->clock), ==, server);

  /* From then on nobody's wall clock matters. */
  kvar_clock_set_wall (f->clock, 0);
  kvar_clock_advance (f->clock, KVAR_CLOCK_MINUTE);
  g_assert_cmpint (kvar_clock_get_server_time (f->clock), ==, server + KVAR_CLOCK_MINUTE);
}

static void
test_server_time_has_some_slack (Fixture       *f,
                                 gconstpointer  unused)
{
  gint64 wall = kvar_clock_get_wall (f->clock);
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc (wall / KVAR_CLOCK_SECOND - 1);

  kvar_clock_note_server_date (f->clock, date);
  g_assert_cmpint (kvar_clock_get_server_time (f->clock), ==, wall);
}

static void
test_real_timers_fire (Fixture       *f,
                       gconstpointer  unused)
{
  gint64 start = kvar_clock_get_boottime (f->clock);
  guint id = kvar_clock_add_timer (f->clock, KVAR_CLOCK_HOUR, c_cb, f);

  kvar_clock_add_timer (f->clock, 20 * KVAR_CLOCK_MILLISECOND, b_cb, f);
  kvar_clock_add_timer (f->clock, 0, a_cb, f);
  kvar_test_wait_until (f->log->len == 2);

  g_assert_cmpstr (f->log->str, ==, "ab");
  g_assert_cmpint (kvar_clock_get_boottime (f->clock) - start, >=, 20 * KVAR_CLOCK_MILLISECOND);
  g_assert_cmpuint (f->n_resumed, ==, 0);
  kvar_clock_remove_timer (f->clock, id);
}

static void
test_real_clock_tells_the_time (Fixture       *f,
                                gconstpointer  unused)
{
  g_assert_cmpint (ABS (kvar_clock_get_wall (f->clock) - g_get_real_time ()), <,
                   KVAR_CLOCK_SECOND);
  g_assert_cmpint (kvar_clock_get_boottime (f->clock), >, 0);
}

#define REAL GINT_TO_POINTER (TRUE)

static void
add (const char     *path,
     gconstpointer   real,
     void          (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, real, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add ("/clock/simulated/stands-still", NULL, test_stands_still);
  add ("/clock/timer/fires-in-order", NULL, test_fires_in_order);
  add ("/clock/timer/of-a-timer", NULL, test_timer_of_a_timer);
  add ("/clock/timer/removed-is-silent", NULL, test_removed_timer_is_silent);
  add ("/clock/sleep/noticed-before-timers", NULL, test_sleep_is_noticed_before_timers);
  add ("/clock/wall/jump-touches-no-timer", NULL, test_wall_jump_touches_no_timer);
  add ("/clock/server/is-wall-at-first", NULL, test_server_time_is_wall_at_first);
  add ("/clock/server/follows-the-date", NULL, test_server_time_follows_the_date);
  add ("/clock/server/has-some-slack", NULL, test_server_time_has_some_slack);
  add ("/clock/real/timers-fire", REAL, test_real_timers_fire);
  add ("/clock/real/tells-the-time", REAL, test_real_clock_tells_the_time);

  return g_test_run ();
}
