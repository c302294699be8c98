/* test-soak.c: days of work in minutes: short-lived tokens, lost answers, outages, suspends
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two sessions share one credential, as two programs of one person do, and work against
 * kvar-demo through a proxy that breaks things by chance. Their clock is simulated and the
 * server's moves along, so that a day takes minutes. KVAR_SOAK_SECONDS says how long it goes
 * on (600), KVAR_SOAK_SEED how chance falls; both are printed. kill -9 (L07) has a test of
 * its own, since it takes processes.
 */

#include "config.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "kvar-error.h"
#include "kvar-test-demo.h"
#include "kvar-test-proxy.h"
#include "kvar-test.h"
#include "net/kvar-http-transport.h"
#include "session/kvar-memory-vault.h"
#include "session/kvar-session.h"

#define N_SESSIONS 2
#define N_QUEUED   1000
#define N_FILES    (N_SESSIONS * (4 + 6) * 2)        /* connections kept open, both ends */
#define LIFE       10                                /* s, of an access token */
#define BURST_LIFE 600                               /* s: longer than a thousand answers take */
#define DUE        (LIFE * 8 / 10 * KVAR_CLOCK_SECOND)    /* when it is to be renewed */
#define TOKEN      "POST /auth/v1/token"
#define READ       "/rest/v1/reports?select=id&limit=1"

/* What the whole run came to; printed at its end. */
typedef struct
{
  guint  n_reads;
  guint  n_writes;
  guint  n_ok;
  guint  n_not_now;        /* offline, or nobody knows whether it arrived */
  guint  n_faults;
  guint  n_suspends;
  guint  n_outages;
  guint  n_flaps;
  guint  n_bursts;
  guint  n_rotations;
  double called_for;
  guint  n_healed;         /* answers that were lost and came again */
  guint  n_duplicates;
  guint  n_anon;
  guint  n_reused;
  guint  n_limited;        /* 429 */
  guint  most_asks;        /* of /token, in one outage */
  gint64 worst_poked;      /* simulated µs from the server's return to signed-in */
  gint64 worst_alone;
} Figures;

typedef struct
{
  KvarTestDemo  *demo;
  KvarTestProxy *proxy;
  KvarClock     *clock;
  KvarVault     *vault;
  char          *state_dir;
  KvarSession   *sessions[N_SESSIONS];
  GRand         *rand;
  Figures        figures;
  guint          n_sent;   /* writes since the log was read last */
  gint64         behind;   /* simulated µs that the server has not been told yet */
} Soak;

static gboolean
chance (Soak   *soak,
        double  probability)
{
  return g_rand_double (soak->rand) < probability;
}

static void
tell_server (Soak *soak)
{
  g_autofree char *json = NULL;
  char seconds[G_ASCII_DTOSTR_BUF_SIZE];

  if (soak->behind == 0)
    return;

  g_ascii_formatd (seconds, sizeof seconds, "%.3f", (double)soak->behind / KVAR_CLOCK_SECOND);
  json = g_strdup_printf ("{\"advance\": %s}", seconds);
  soak->behind = 0;
  kvar_test_demo_control (soak->demo, "clock", json);
}

/* Time passes for everybody. */
static void
pass (Soak   *soak,
      gint64  us)
{
  soak->behind += us;
  tell_server (soak);
  kvar_clock_advance (soak->clock, us);
  kvar_test_settle ();
}

/* Time in which tokens are renewed as they fall due. */
static void
pass_at_work (Soak   *soak,
              gint64  us)
{
  soak->figures.called_for += (double)us / DUE;
  pass (soak, us);
}

static gboolean
stop_waiting_cb (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Lets the real network do what it can in @ms, or until there is a result. That time passes
 * at the server anyway; on a slow machine a token would else die behind the session's back. */
static void
breathe (Soak          *soak,
         GAsyncResult **result,
         guint          ms)
{
  gint64 began = g_get_monotonic_time ();
  gboolean over = FALSE;
  guint id = g_timeout_add (ms, stop_waiting_cb, &over);
  gint64 took;

  while (!over && (result == NULL || *result == NULL))
    g_main_context_iteration (NULL, TRUE);
  if (!over)
    g_source_remove (id);

  took = g_get_monotonic_time () - began;
  soak->figures.called_for += (double)took / DUE;
  kvar_clock_advance (soak->clock, took);
}

/* A success, or an error that keeps the session; anything else ends the soak. */
static gboolean
finish (Soak          *soak,
        KvarSession   *session,
        GAsyncResult **result)
{
  g_autoptr(GAsyncResult) owned = NULL;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;
  guint n_waits = 0;

  for (breathe (soak, result, 50); *result == NULL; breathe (soak, result, 50))
    {
      g_assert_cmpuint (n_waits++, <, 2000);
      pass_at_work (soak, 250 * KVAR_CLOCK_MILLISECOND);
    }
  owned = g_steal_pointer (result);
  reply = kvar_session_send_finish (session, owned, &error);
  if (reply != NULL && kvar_reply_check (reply, KVAR_SERVICE_REST, &error))
    {
      soak->figures.n_ok++;
      return TRUE;
    }

  if (!g_error_matches (error, KVAR_ERROR, KVAR_ERROR_OFFLINE) &&
      !g_error_matches (error, KVAR_ERROR, KVAR_ERROR_UNKNOWN_OUTCOME))
    g_error ("A request came to %s", error->message);
  soak->figures.n_not_now++;

  return FALSE;
}

static gboolean
read_rows (Soak        *soak,
           KvarSession *session)
{
  g_autoptr(KvarRequest) request = kvar_request_new ("GET", READ);
  g_autoptr(GAsyncResult) result = NULL;

  soak->figures.n_reads++;
  kvar_session_send_async (session, request, NULL, kvar_test_keep_result, &result);

  return finish (soak, session, &result);
}

static gboolean
write_row (Soak        *soak,
           KvarSession *session)
{
  g_autoptr(KvarRequest) request = kvar_request_new ("POST", "/rest/v1/jobs");
  g_autofree char *json = NULL;
  g_autoptr(GBytes) body = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  soak->figures.n_writes++;
  soak->n_sent++;
  json = g_strdup_printf ("{\"ref\": \"S-%u\", \"title\": \"Soak\"}", soak->figures.n_writes);
  body = g_bytes_new (json, strlen (json));
  kvar_request_set_body (request, "application/json", body);
  kvar_session_send_async (session, request, NULL, kvar_test_keep_result, &result);

  return finish (soak, session, &result);
}

static KvarSession *
pick (Soak *soak)
{
  return soak->sessions[g_rand_int_range (soak->rand, 0, N_SESSIONS)];
}

static void
break_something (Soak *soak)
{
  static const KvarTestFault faults[] = {
    KVAR_TEST_FAULT_CUT_AFTER, KVAR_TEST_FAULT_CUT_BODY, KVAR_TEST_FAULT_RESET_AFTER,
    KVAR_TEST_FAULT_CUT_BEFORE,
  };

  soak->figures.n_faults++;
  if (chance (soak, 0.5))
    kvar_test_demo_control (soak->demo, "fault", "{\"kind\": \"503\", \"count\": 1}");
  else
    kvar_test_proxy_break (soak->proxy,
                           faults[g_rand_int_range (soak->rand, 0, G_N_ELEMENTS (faults))],
                           chance (soak, 0.5) ? TOKEN : "", 1);
}

static void
suspend (Soak *soak)
{
  gint64 slept = g_rand_int_range (soak->rand, 60, 7200) * KVAR_CLOCK_SECOND;

  soak->figures.n_suspends++;
  soak->figures.called_for += 1;
  soak->behind += slept;
  tell_server (soak);
  kvar_clock_suspend (soak->clock, slept);
  breathe (soak, NULL, 20);
}

/* L01, L08: 200 pieces of work, with what may happen to them. */
static void
work (Soak *soak)
{
  for (guint i = 0; i < 200; i++)
    {
      KvarSession *session = pick (soak);

      pass_at_work (soak, g_rand_int_range (soak->rand, 100, 4000) * KVAR_CLOCK_MILLISECOND);
      if (chance (soak, 0.02))
        break_something (soak);
      if (chance (soak, 0.01))
        suspend (soak);
      if (!(chance (soak, 0.3) ? write_row (soak, session) : read_rows (soak, session)))
        kvar_session_poke (session);
    }
}

static gboolean
all_signed_in (Soak *soak)
{
  for (guint i = 0; i < N_SESSIONS; i++)
    if (kvar_session_get_state (soak->sessions[i]) != KVAR_SESSION_SIGNED_IN)
      return FALSE;

  return TRUE;
}

/* Everything is back; how long until that is noticed? */
static void
recover (Soak     *soak,
         gboolean  poke)
{
  gint64 *worst = poke ? &soak->figures.worst_poked : &soak->figures.worst_alone;
  gint64 began = kvar_clock_get_boottime (soak->clock);

  soak->figures.called_for += 1;
  for (guint i = 0; poke && i < N_SESSIONS; i++)
    kvar_session_poke (soak->sessions[i]);
  for (breathe (soak, NULL, 50); !all_signed_in (soak); breathe (soak, NULL, 20))
    pass (soak, 500 * KVAR_CLOCK_MILLISECOND);
  *worst = MAX (*worst, kvar_clock_get_boottime (soak->clock) - began);
}

/* L02, L03: 45 minutes without an answer, and a page that goes on asking. */
static void
outage (Soak *soak)
{
  guint n_before = kvar_test_proxy_count_seen (soak->proxy, TOKEN);

  soak->figures.n_outages++;
  kvar_test_proxy_break (soak->proxy, KVAR_TEST_FAULT_CUT_BEFORE, "", -1);
  for (guint minute = 0; minute < 45; minute++)
    for (guint i = 0; i < 20; i++)
      {
        pass (soak, 3 * KVAR_CLOCK_SECOND);
        breathe (soak, NULL, 1);
        g_assert_false (read_rows (soak, pick (soak)));
      }
  kvar_test_proxy_mend (soak->proxy);
  soak->figures.most_asks = MAX (soak->figures.most_asks,
                                 kvar_test_proxy_count_seen (soak->proxy, TOKEN) - n_before);
  recover (soak, chance (soak, 0.5));
}

/* L04: two seconds of network, three without. */
static void
flap (Soak *soak)
{
  guint n_ok = soak->figures.n_ok;

  soak->figures.n_flaps++;
  for (guint i = 0; i < 60; i++)
    {
      kvar_test_proxy_set_down (soak->proxy, FALSE);
      kvar_session_poke (soak->sessions[0]);    /* the network monitor says so */
      breathe (soak, NULL, 10);
      pass_at_work (soak, KVAR_CLOCK_SECOND);
      read_rows (soak, soak->sessions[0]);
      pass_at_work (soak, KVAR_CLOCK_SECOND);
      kvar_test_proxy_set_down (soak->proxy, TRUE);
      pass_at_work (soak, 3 * KVAR_CLOCK_SECOND);
      read_rows (soak, soak->sessions[0]);
    }
  kvar_test_proxy_set_down (soak->proxy, FALSE);
  /* Retries are rationed, for the office's sake; but there is progress all the time. */
  g_assert_cmpuint (soak->figures.n_ok - n_ok, >=, 10);
  recover (soak, TRUE);
}

static void
set_life (Soak  *soak,
          guint  seconds)
{
  g_autofree char *json = g_strdup_printf ("{\"access_ttl\": %u}", seconds);

  kvar_test_demo_control (soak->demo, "options", json);
}

/* L05: a thousand requests that waited for one token. */
static void
burst (Soak *soak)
{
  g_autofree GAsyncResult **results = g_new0 (GAsyncResult *, N_QUEUED);
  KvarSession *session = pick (soak);

  soak->figures.n_bursts++;
  set_life (soak, BURST_LIFE);
  suspend (soak);
  for (guint i = 0; i < N_QUEUED; i++)
    {
      g_autoptr(KvarRequest) request = kvar_request_new ("GET", READ);

      kvar_session_send_async (session, request, NULL, kvar_test_keep_result, &results[i]);
    }
  soak->figures.n_reads += N_QUEUED;
  for (guint i = 0; i < N_QUEUED; i++)
    g_assert_true (finish (soak, session, &results[i]));
  set_life (soak, LIFE);
}

/* Reads the server's log and empties it. */
static void
take_stock (Soak *soak)
{
  Figures *figures = &soak->figures;
  guint n_written;

  breathe (soak, NULL, 50);
  n_written = kvar_test_demo_count (soak->demo, "\"method\":\"POST\"", "/rest/v1/jobs",
                                    "\"status\":201", NULL);
  figures->n_duplicates += kvar_test_demo_count (soak->demo, "\"status\":409", NULL);
  figures->n_duplicates += n_written > soak->n_sent ? n_written - soak->n_sent : 0;
  figures->n_rotations += kvar_test_demo_count (soak->demo, "\"grant\":\"refresh_token\"",
                                                "\"rotated\":true", NULL);
  figures->n_healed += kvar_test_demo_count (soak->demo, "\"parent\":true", NULL);
  figures->n_reused += kvar_test_demo_count (soak->demo, "\"reused\":true", NULL);
  figures->n_limited += kvar_test_demo_count (soak->demo, "\"status\":429", NULL);
  figures->n_anon += kvar_test_demo_count (soak->demo, "\"role\":\"anon\"", "/rest/v1/",
                                           "\"fault\":null", NULL);
  soak->n_sent = 0;
  kvar_test_proxy_mend (soak->proxy);
  kvar_test_demo_control (soak->demo, "clear", "{}");
  for (guint i = 0; i < N_SESSIONS; i++)
    {
      g_assert_true (kvar_session_is_usable (soak->sessions[i]));
      g_assert_cmpuint (kvar_session_get_generation (soak->sessions[i]), ==, 1);
    }
}

static guint
count_open_files (void)
{
  g_autoptr(GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static guint64
read_resident_kib (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  line = status != NULL ? strstr (status, "VmRSS:") : NULL;

  return line != NULL ? g_ascii_strtoull (line + strlen ("VmRSS:"), NULL, 10) : 0;
}

static KvarSession *
open_session (Soak *soak)
{
  g_autoptr(KvarProject) project = NULL;
  g_autoptr(KvarHttpTransport) transport = NULL;

  project = kvar_project_new (kvar_test_proxy_get_url (soak->proxy),
                              kvar_test_demo_get_key (soak->demo), NULL);
  transport = kvar_http_transport_new (kvar_project_get_url (project),
                                       kvar_project_get_key (project), soak->clock);

  return kvar_session_new (project, KVAR_TRANSPORT (transport), soak->vault, soak->clock,
                           soak->state_dir);
}

/* The first signs in, the others find its credential in the vault. */
static void
begin (Soak *soak)
{
  for (guint i = 0; i < N_SESSIONS; i++)
    {
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GError) error = NULL;

      soak->sessions[i] = open_session (soak);
      if (i == 0)
        kvar_session_sign_in_async (soak->sessions[i], "demo@kvar.example", "demo", NULL,
                                    kvar_test_keep_result, &result);
      else
        kvar_session_restore_async (soak->sessions[i], "demo@kvar.example", NULL,
                                    kvar_test_keep_result, &result);
      kvar_test_wait_until (result != NULL);
      if (i == 0)
        kvar_session_sign_in_finish (soak->sessions[i], result, &error);
      else
        kvar_session_restore_finish (soak->sessions[i], result, &error);
      g_assert_no_error (error);
    }
}

static void
soak_set_up (Soak          *soak,
             gconstpointer  unused)
{
  const char *const options[] = { "--rows", "20", "--access-ttl", G_STRINGIFY (LIFE),
                                  "--rate-limit", "30/0.5", NULL };
  const char *seed = g_getenv ("KVAR_SOAK_SEED");
  guint32 chosen = seed != NULL ? (guint32)strtoul (seed, NULL, 10) : g_random_int ();

  g_test_message ("KVAR_SOAK_SEED=%u", chosen);
  soak->rand = g_rand_new_with_seed (chosen);
  soak->demo = kvar_test_demo_new (options);
  soak->proxy = kvar_test_proxy_new (kvar_test_demo_get_url (soak->demo), NULL);
  soak->clock = kvar_clock_new_simulated ();
  soak->vault = kvar_memory_vault_new ();
  soak->state_dir = g_dir_make_tmp ("kvar-soak-XXXXXX", NULL);
  begin (soak);
}

static void
soak_tear_down (Soak          *soak,
                gconstpointer  unused)
{
  for (guint i = 0; i < N_SESSIONS; i++)
    g_object_unref (soak->sessions[i]);
  kvar_test_settle ();
  g_object_unref (soak->vault);
  g_object_unref (soak->clock);
  kvar_test_proxy_free (soak->proxy);
  kvar_test_demo_free (soak->demo);
  g_rand_free (soak->rand);
  g_free (soak->state_dir);
}

static void
print_figures (const Figures *f,
               gint64         simulated)
{
  g_test_message ("%.1f simulated hours: %u reads, %u writes, %u answered, %u not now",
                  (double)simulated / KVAR_CLOCK_HOUR, f->n_reads, f->n_writes, f->n_ok,
                  f->n_not_now);
  g_test_message ("%u faults, %u suspends, %u outages, %u times flapping, %u bursts",
                  f->n_faults, f->n_suspends, f->n_outages, f->n_flaps, f->n_bursts);
  g_test_message ("%u rotations where %.0f were called for, %u lost answers healed",
                  f->n_rotations, f->called_for, f->n_healed);
  g_test_message ("0 sign-outs, %u as anon, %u duplicates, %u reused tokens, %u times limited",
                  f->n_anon, f->n_duplicates, f->n_reused, f->n_limited);
  g_test_message ("in 45 min of outage at most %u asked for a token; back after %.1f s, alone "
                  "after %.1f s", f->most_asks, (double)f->worst_poked / KVAR_CLOCK_SECOND,
                  (double)f->worst_alone / KVAR_CLOCK_SECOND);
}

static void
check_figures (const Figures *f)
{
  g_assert_cmpuint (f->n_anon, ==, 0);
  g_assert_cmpuint (f->n_duplicates, ==, 0);
  g_assert_cmpuint (f->n_reused, ==, 0);
  g_assert_cmpuint (f->n_limited, ==, 0);
  g_assert_cmpfloat (f->n_rotations, <=, 1.05 * f->called_for);

  /* Full jitter up to a minute comes to two a minute, for either session. Whoever has used up
   * the ten that five minutes allow waits for the eleventh, whatever the person does. */
  g_assert_cmpuint (f->most_asks, <=, N_SESSIONS * 45 * 3);
  g_assert_cmpint (f->worst_poked, <=, 5 * KVAR_CLOCK_MINUTE);
  g_assert_cmpint (f->worst_alone, <=, 5 * KVAR_CLOCK_MINUTE);
}

static void
test_soak (Soak          *soak,
           gconstpointer  unused)
{
  static void (*const episodes[]) (Soak *) = { work, burst, work, flap, work, outage };
  const char *seconds = g_getenv ("KVAR_SOAK_SECONDS");
  gint64 length = (seconds != NULL ? atoi (seconds) : 600) * G_USEC_PER_SEC;
  gint64 end = g_get_monotonic_time () + length;
  gint64 began = kvar_clock_get_boottime (soak->clock);
  guint most_files = 0;
  guint64 resident = 0;

  for (guint i = 0; i < G_N_ELEMENTS (episodes) || g_get_monotonic_time () < end; i++)
    {
      episodes[i % G_N_ELEMENTS (episodes)] (soak);
      take_stock (soak);

      /* L06: after one of each there is nothing more to open. */
      if (i + 1 == G_N_ELEMENTS (episodes))
        {
          most_files = count_open_files () + N_FILES;
          resident = read_resident_kib ();
        }
      if (most_files > 0)
        g_assert_cmpuint (count_open_files (), <=, most_files);
    }

  print_figures (&soak->figures, kvar_clock_get_boottime (soak->clock) - began);
  g_test_message ("%u open files; %" G_GUINT64_FORMAT " KiB at first, %" G_GUINT64_FORMAT
                  " KiB at the end", count_open_files (), resident, read_resident_kib ());
  check_figures (&soak->figures);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/soak/L01/L02/L03/L04/L05/L06/L08", Soak, NULL, soak_set_up, test_soak,
              soak_tear_down);

  return g_test_run ();
}
