/* test-session-endurance.c: cases I, J and L: broken stores, wrong hours, and long days
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <malloc.h>

#include "kvar-session-fixture.h"

#ifdef __SANITIZE_ADDRESS__
size_t __sanitizer_get_current_allocated_bytes (void);    /* not every gcc brings the header */
#endif

/* The keyring's item is deleted behind our back: this process goes on and writes it anew. */
static void
test_item_deleted (Fixture       *f,
                   gconstpointer  unused)
{
  kvar_test_vault_remove (f->vault, KVAR_TEST_USER_ID);
  assert_signed_in (f);
  fixture_spend_token (f);
  assert_signed_in (f);
  fixture_assert_stored (f);
}

/* Deleted while nothing runs: signed out, without an error, and the e-mail is known. */
static void
test_item_deleted_at_rest (Fixture       *f,
                           gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  kvar_test_vault_remove (f->vault, KVAR_TEST_USER_ID);
  fixture_start_again (f);
  g_assert_false (fixture_restore (f, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT);
  g_assert_cmpstr (kvar_session_get_email (f->session), ==, KVAR_TEST_EMAIL);
}

/* A newer Kvar has been here: what we know of its secret is enough. */
static void
test_newer_secret (Fixture       *f,
                   gconstpointer  unused)
{
  g_autofree char *secret = NULL;

  secret = g_strdup_printf ("{\"version\":9,\"shape\":{\"new\":true},\"refresh_token\":\"%s\","
                            "\"user_id\":\"" KVAR_TEST_USER_ID "\"}",
                            kvar_test_auth_get_refresh (f->auth));
  kvar_test_vault_set (f->vault, KVAR_TEST_USER_ID, secret);
  fixture_start_again (f);

  g_assert_true (fixture_restore (f, NULL));
  kvar_test_settle ();
  assert_signed_in (f);
}

/* The state folder is gone or cannot be written: neither lock nor status, and yet work. */
static void
test_no_state_folder (Fixture       *f,
                      gconstpointer  unused)
{
  fixture_remove_dir (f->state_dir);
  fixture_spend_token (f);
  assert_signed_in (f);
  fixture_assert_stored (f);
}

/* A sign-in by a clock that is a day off is a sign-in. */
static void
test_sign_in_with_wrong_clock (Fixture       *f,
                               gconstpointer  data)
{
  kvar_clock_set_wall (f->clock, kvar_clock_get_wall (f->clock) +
                       GPOINTER_TO_INT (data) * KVAR_CLOCK_HOUR);
  kvar_test_session_sign_in (f->session);
  for (guint i = 0; i < 30; i++)
    {
      fixture_pass (f, KVAR_CLOCK_MINUTE);
      assert_signed_in (f);
    }

  g_assert_cmpuint (fixture_n_tokens (f), ==, 1);
}

/* A renewal every hour is nobody's news. */
static void
test_renewals_are_no_news (Fixture       *f,
                           gconstpointer  unused)
{
  guint n = 0;
  gulong id = g_signal_connect_swapped (f->session, "notify", G_CALLBACK (g_atomic_int_inc), &n);

  for (guint i = 0; i < 5 * 60; i++)
    fixture_pass (f, KVAR_CLOCK_MINUTE);

  g_assert_cmpuint (fixture_n_tokens (f), >=, 6);
  g_assert_cmpuint (n, ==, 0);
  g_signal_handler_disconnect (f->session, id);
}

/* Somebody else signs in after the session was over: nothing of the first one's is sent. */
static void
test_different_user_after_expiry (Fixture       *f,
                                  gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  guint departures;

  kvar_test_auth_script_reply (f->auth, kvar_test_reply_new (400,
                               "{\"code\":\"session_not_found\"}"));
  fixture_spend_token (f);
  g_assert_cmpint (fixture_send_change (f, "POST", "/rest/v1/jobs", "{\"of\":\"anna\"}", &error),
                   ==, 0);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT);
  departures = kvar_test_transport_count (f->transport, "POST", "/rest/v1/");

  kvar_test_auth_script_reply (f->auth, kvar_test_reply_new (200,
                               "{\"access_token\":\"eva\",\"refresh_token\":\"eva1\","
                               "\"expires_in\":3600,\"user\":{\"id\":\"eva\"}}"));
  kvar_test_session_sign_in (f->session);
  g_assert_cmpstr (kvar_session_get_user_id (f->session), ==, "eva");
  g_assert_null (kvar_session_get_email (f->session));
  g_assert_cmpuint (kvar_test_transport_count (f->transport, "POST", "/rest/v1/"), ==,
                    departures);
}

#define N_RELEASED 1000

/* A thousand who waited for one renewal: all served, in order. */
static void
test_thousand_released (Fixture       *f,
                        gconstpointer  unused)
{
  g_autofree GAsyncResult **results = g_new0 (GAsyncResult *, N_RELEASED);

  fixture_spend_token (f);
  for (guint i = 0; i < N_RELEASED; i++)
    fixture_send (f, "/rest/v1/jobs", &results[i]);
  for (guint i = 0; i < N_RELEASED; i++)
    g_assert_cmpint (fixture_finish (f, &results[i], NULL), ==, 200);

  g_assert_cmpuint (fixture_n_tokens (f), ==, 2);
}

/* Fifty minutes of tokens that live for ten seconds, on a bad line: one answer in fifty is lost
 * after the rotation, one in fifty is a 503, and now and then the lid closes. */
static void
test_bad_line (Fixture       *f,
               gconstpointer  unused)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (20260115);
  guint n_faults = 0, n_lives = 0;

  kvar_test_auth_set_lifetime (f->auth, 10);
  kvar_test_session_sign_in (f->session);
  for (guint i = 0; i < 1500; i++)
    {
      int chance = g_rand_int_range (rand, 0, 100);

      if (chance < 2)
        kvar_test_auth_script_error (f->auth, fixture_lost (), TRUE);
      else if (chance < 4)
        kvar_test_auth_script_reply (f->auth, kvar_test_reply_new (503, "{}"));
      else if (chance == 99)
        kvar_clock_suspend (f->clock, KVAR_CLOCK_MINUTE);
      n_faults += chance < 4;
      fixture_pass (f, 2 * KVAR_CLOCK_SECOND);
      n_lives++;
      g_assert_true (kvar_session_is_usable (f->session));
    }
  kvar_test_auth_clear_script (f->auth);
  for (guint i = 0; i < 5; i++)
    fixture_pass (f, KVAR_CLOCK_MINUTE);

  assert_signed_in (f);
  g_assert_cmpuint (kvar_session_get_generation (f->session), ==, 1);
  g_assert_cmpuint (fixture_n_tokens (f), <=, n_lives * 2 / 8 + 2 * n_faults + 60);
}

static void
network (gboolean available)
{
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", available);
  kvar_test_settle ();
}

#define RATION        10                        /* renewals that are not due, by I7 … */
#define RATION_WINDOW (5 * 60 - 10)             /* … in so many seconds, less a few to recover in */

/* Whether the last tries have used up the ration; @asked is how many there had been at each
 * second. */
static gboolean
is_spent (GArray *asked)
{
  guint n = asked->len;

  return n > RATION_WINDOW && g_array_index (asked, guint, n - 1) >=
                              g_array_index (asked, guint, n - 1 - RATION_WINDOW) + RATION;
}

/* From the tenth minute nothing works, over three tokens' lives, and on to the worst moment
 * for coming back: when the session has just used up its tries, or for two hours more if it
 * never does. */
static void
pass_outage (Fixture       *f,
             FixtureAnswer *away)
{
  g_autoptr(GArray) asked = g_array_new (FALSE, FALSE, sizeof (guint));

  kvar_test_auth_set_lifetime (f->auth, 15 * 60);
  kvar_test_session_sign_in (f->session);
  for (guint i = 0; i < 10 * 60; i++)
    fixture_pass (f, KVAR_CLOCK_SECOND);

  kvar_test_transport_on (f->transport, NULL, "/", fixture_answer_cb, away);
  network (FALSE);
  for (guint i = 0; i < 45 * 60 || (!is_spent (asked) && i < 165 * 60); i++)
    {
      guint n = kvar_test_transport_count (f->transport, "POST", "/auth/v1/token");

      g_array_append_val (asked, n);
      fixture_pass (f, KVAR_CLOCK_SECOND);
    }
  g_assert_cmpint (kvar_session_get_state (f->session), !=, KVAR_SESSION_SIGNED_IN);
  g_assert_true (kvar_session_is_usable (f->session));
  away->times = 0;
}

/* Returns how long it takes until everything works again. */
static gint64
recover (Fixture *f)
{
  gint64 back = kvar_clock_get_boottime (f->clock);

  for (guint i = 0; i < 900 && kvar_session_get_state (f->session) != KVAR_SESSION_SIGNED_IN; i++)
    fixture_pass (f, 100 * KVAR_CLOCK_MILLISECOND);
  back = kvar_clock_get_boottime (f->clock) - back;
  assert_signed_in (f);

  return back;
}

static const FixtureAnswer unreached = { G_MAXUINT, 0, NULL, 0 };
static const FixtureAnswer broken = { G_MAXUINT, 503, "{}", 0 };

/* Back are the server and the desktop's word that the network is up; nobody is at the
 * keyboard. */
static void
test_outage (Fixture       *f,
             gconstpointer  data)
{
  FixtureAnswer away = *(const FixtureAnswer *)data;

  pass_outage (f, &away);
  network (TRUE);
  g_assert_cmpint (recover (f), <=, 5 * KVAR_CLOCK_SECOND);
}

/* Somebody who tries again all the time with no way out does not spend what is needed when
 * there is one. */
static void
test_outage_impatient (Fixture       *f,
                       gconstpointer  unused)
{
  FixtureAnswer away = unreached;

  pass_outage (f, &away);
  away.times = G_MAXUINT;
  for (guint i = 0; i < 20; i++)
    {
      kvar_session_poke (f->session);
      fixture_pass (f, 10 * KVAR_CLOCK_SECOND);
    }
  away.times = 0;
  network (TRUE);
  g_assert_cmpint (recover (f), <=, 5 * KVAR_CLOCK_SECOND);
}

/* Nobody says that the server is back: found within the longest pause. */
static void
test_outage_unheard (Fixture       *f,
                     gconstpointer  unused)
{
  FixtureAnswer away = unreached;

  pass_outage (f, &away);
  g_assert_cmpint (recover (f), <=, KVAR_CLOCK_MINUTE);
}

/* Two seconds up, three down, for ten minutes. */
static void
test_flapping (Fixture       *f,
               gconstpointer  unused)
{
  FixtureAnswer away = { 0, 0, NULL, 0 };
  guint n_served = 0;

  kvar_test_transport_on (f->transport, NULL, "/", fixture_answer_cb, &away);
  kvar_test_auth_set_lifetime (f->auth, 30);
  kvar_test_session_sign_in (f->session);
  for (guint i = 0; i < 600; i++)
    {
      away.times = i % 5 < 2 ? 0 : G_MAXUINT;
      fixture_pass (f, KVAR_CLOCK_SECOND);
      n_served += fixture_get (f, "/rest/v1/jobs", NULL) == 200;
      g_assert_true (kvar_session_is_usable (f->session));
    }

  g_assert_cmpuint (n_served, >, 100);
  g_assert_cmpuint (kvar_session_get_generation (f->session), ==, 1);
}

static gsize
get_heap (void)
{
#ifdef __SANITIZE_ADDRESS__
  return __sanitizer_get_current_allocated_bytes ();
#else
  return mallinfo2 ().uordblks;
#endif
}

static guint
count_files (void)
{
  g_autoptr(GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static void
renew_often (Fixture *f,
             guint    times)
{
  for (guint i = 0; i < times; i++)
    {
      fixture_spend_token (f);
      kvar_test_settle ();
      kvar_test_transport_forget (f->transport);
    }
}

/* Two hundred renewals, with -m slow ten thousand, leave nothing behind: no memory that is
 * still held, no open file. */
static void
test_leaves_nothing (Fixture       *f,
                     gconstpointer  unused)
{
  guint n_renewals = g_test_slow () ? 10000 : 200;
  guint n_files;
  gsize heap;

  /* As the program has it, with a trace that forgets. */
  fixture_end_session (f);
  f->session = kvar_test_session_new_plain (f->transport, KVAR_VAULT (f->vault), f->clock,
                                            f->state_dir);
  kvar_test_session_sign_in (f->session);

  renew_often (f, 100);
  n_files = count_files ();
  heap = get_heap ();
  renew_often (f, n_renewals - 100);
  g_assert_cmpuint (fixture_n_tokens (f), >=, n_renewals);
  g_assert_cmpuint (count_files (), ==, n_files);
  g_assert_cmpuint (get_heap (), <, heap + 8 * 1024);
  g_assert_cmpuint (kvar_test_vault_get_n (f->vault), ==, 1);
  assert_signed_in (f);

  g_assert_finalize_object (g_steal_pointer (&f->session));
  f->session = kvar_test_session_new (f->transport, KVAR_VAULT (f->vault), f->clock,
                                      f->state_dir);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  SESSION_TEST ("I07/newer-secret", fixture_set_up_signed_in, NULL, test_newer_secret);
  SESSION_TEST ("I09/no-state-folder", fixture_set_up_signed_in, NULL, test_no_state_folder);
  SESSION_TEST ("I10/item-deleted", fixture_set_up_signed_in, NULL, test_item_deleted);
  SESSION_TEST ("I10/item-deleted-at-rest", fixture_set_up_signed_in, NULL,
                test_item_deleted_at_rest);
  SESSION_TEST ("J14/different-user-after-expiry", fixture_set_up_signed_in, NULL,
                test_different_user_after_expiry);
  SESSION_TEST ("J16/clock-ahead", fixture_set_up, GINT_TO_POINTER (24),
                test_sign_in_with_wrong_clock);
  SESSION_TEST ("J16/clock-behind", fixture_set_up, GINT_TO_POINTER (-24),
                test_sign_in_with_wrong_clock);
  SESSION_TEST ("J17/renewals-are-no-news", fixture_set_up_signed_in, NULL,
                test_renewals_are_no_news);
  SESSION_TEST ("L01/bad-line", fixture_set_up, NULL, test_bad_line);
  SESSION_TEST ("L02/outage", fixture_set_up, &unreached, test_outage);
  SESSION_TEST ("L02/broken", fixture_set_up, &broken, test_outage);
  SESSION_TEST ("L02/impatient", fixture_set_up, NULL, test_outage_impatient);
  SESSION_TEST ("L02/unheard", fixture_set_up, NULL, test_outage_unheard);
  SESSION_TEST ("L04/flapping", fixture_set_up, NULL, test_flapping);
  SESSION_TEST ("L05/thousand-released", fixture_set_up_signed_in, NULL, test_thousand_released);
  SESSION_TEST ("L06/leaves-nothing", fixture_set_up_signed_in, NULL, test_leaves_nothing);

  return g_test_run ();
}
