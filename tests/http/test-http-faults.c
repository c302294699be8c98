/* test-http-faults.c: broken connections of every kind under a renewal, a read and two writes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A real session over libsoup, a proxy that breaks bytes, and kvar-demo's log as the witness
 * of what has really happened. Kvar's waits are the simulated clock's, so that a minute of
 * silence takes no time.
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "kvar-error.h"
#include "kvar-test-demo.h"
#include "kvar-test-proxy.h"
#include "kvar-test.h"
#include "net/kvar-http-transport.h"
#include "session/kvar-memory-vault.h"
#include "session/kvar-session-trace.h"
#include "session/kvar-session.h"

#define TOKEN   "POST /auth/v1/token"
#define TABLE   "/rest/v1/contacts"
#define READ    TABLE "?select=id&order=id&limit=3"
#define CONTACT "{\"full_name\": \"Once Only\", \"email\": \"%u@once.example\"}"

/* What came of a request: a status, or one of these. */
#define OFFLINE (-KVAR_ERROR_OFFLINE - 1)
#define UNKNOWN (-KVAR_ERROR_UNKNOWN_OUTCOME - 1)
#define BAD     (-KVAR_ERROR_BAD_REPLY - 1)

/**
 * Case:
 * @read: what a GET that meets the fault comes to, on a connection that was kept open: there
 *   libsoup itself asks again when nothing at all comes back
 * @write: what a change comes to
 * @arrives: whether the server has carried it out
 * @heals: whether the renewal that meets the fault mends it by itself
 */
typedef struct
{
  const char    *name;
  KvarTestFault  fault;
  int            read;
  int            write;
  gboolean       arrives;
  gboolean       heals;
} Case;

static const Case cases[] = {
  { "D18/cut-before", KVAR_TEST_FAULT_CUT_BEFORE, 200, UNKNOWN, FALSE, TRUE },
  { "C01/cut-after", KVAR_TEST_FAULT_CUT_AFTER, 200, UNKNOWN, TRUE, TRUE },
  { "C10/cut-body", KVAR_TEST_FAULT_CUT_BODY, OFFLINE, UNKNOWN, TRUE, TRUE },
  { "C11/reset-before", KVAR_TEST_FAULT_RESET_BEFORE, 200, UNKNOWN, FALSE, TRUE },
  { "D18/reset-after", KVAR_TEST_FAULT_RESET_AFTER, 200, UNKNOWN, TRUE, TRUE },
  { "D17/stall", KVAR_TEST_FAULT_STALL, 200, UNKNOWN, FALSE, FALSE },
  { "D19/stall-body", KVAR_TEST_FAULT_STALL_BODY, 200, UNKNOWN, TRUE, FALSE },
  { "D19/drip", KVAR_TEST_FAULT_DRIP, 200, 200, TRUE, TRUE },
  { "D21/garbage", KVAR_TEST_FAULT_GARBAGE, OFFLINE, UNKNOWN, FALSE, TRUE },
  { "D04/redirect", KVAR_TEST_FAULT_REDIRECT, OFFLINE, OFFLINE, FALSE, FALSE },
  { "D03/html", KVAR_TEST_FAULT_HTML, OFFLINE, UNKNOWN, FALSE, FALSE },
  { "D20/huge", KVAR_TEST_FAULT_HUGE, BAD, UNKNOWN, FALSE, TRUE },
};

/* One server for all: its start would take longer than all the rest. Each test begins with an
 * empty log and a sign-in of its own. */
static KvarTestDemo *shared_demo;

typedef struct
{
  KvarTestDemo  *demo;     /* unowned */
  KvarTestProxy *proxy;
  char          *contact;  /* a row that no other test writes */
  KvarVault     *vault;
  KvarClock     *clock;
  KvarSession   *session;
  char          *state_dir;
} Fixture;

static void
sign_in (Fixture *f)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  kvar_session_sign_in_async (f->session, "demo@kvar.example", "demo", NULL,
                              kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  kvar_session_sign_in_finish (f->session, result, &error);
  g_assert_no_error (error);
}

static void
open_session (Fixture    *f,
              const char *url)
{
  g_autoptr(KvarProject) project = NULL;
  g_autoptr(KvarHttpTransport) transport = NULL;
  g_autoptr(GError) error = NULL;

  project = kvar_project_new (url, kvar_test_demo_get_key (f->demo), &error);
  g_assert_no_error (error);
  transport = kvar_http_transport_new (kvar_project_get_url (project),
                                       kvar_project_get_key (project), f->clock);
  f->session = kvar_session_new (project, KVAR_TRANSPORT (transport), f->vault, f->clock,
                                 f->state_dir);
}

static void
set_up_behind (Fixture         *f,
               GTlsCertificate *certificate)
{
  const char *const options[] = { "--rows", "20", NULL };
  static guint n_contacts;

  if (shared_demo == NULL)
    shared_demo = kvar_test_demo_new (options);
  f->demo = shared_demo;
  kvar_test_demo_control (f->demo, "clear", "{}");
  f->contact = g_strdup_printf (CONTACT, ++n_contacts);
  f->proxy = kvar_test_proxy_new (kvar_test_demo_get_url (f->demo), certificate);
  f->state_dir = g_dir_make_tmp ("kvar-faults-XXXXXX", NULL);
  f->clock = kvar_clock_new_simulated ();
  f->vault = kvar_memory_vault_new ();
  open_session (f, kvar_test_proxy_get_url (f->proxy));
  sign_in (f);
}

static void
fixture_set_up (Fixture       *f,
                gconstpointer  data)
{
  set_up_behind (f, NULL);
}

static void
remove_dir (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

/* Whatever was broken: the session stands, and its promises are kept. */
static void
fixture_tear_down (Fixture       *f,
                   gconstpointer  data)
{
  g_assert_true (kvar_session_is_usable (f->session));
  g_assert_cmpuint (kvar_session_get_generation (f->session), ==, 1);
  kvar_test_demo_check_log (f->demo);
  g_assert_cmpuint (kvar_test_demo_count (f->demo, "\"reused\":true", NULL), ==, 0);

  g_object_unref (f->session);
  kvar_test_settle ();
  g_object_unref (f->vault);
  g_object_unref (f->clock);
  kvar_test_proxy_free (f->proxy);
  g_free (f->contact);
  remove_dir (f->state_dir);
  g_free (f->state_dir);
}

static KvarRequest *
new_request (const char *method,
             const char *path,
             const char *json)
{
  KvarRequest *request = kvar_test_demo_new_request (method, path);

  if (json != NULL)
    {
      g_autoptr(GBytes) body = g_bytes_new (json, strlen (json));

      kvar_request_set_body (request, "application/json", body);
      kvar_request_set_header (request, "Prefer", "return=representation");
    }

  return request;
}

static void
start (Fixture       *f,
       const char    *method,
       const char    *path,
       const char    *json,
       GAsyncResult **result)
{
  g_autoptr(KvarRequest) request = new_request (method, path, json);

  kvar_session_send_async (f->session, request, NULL, kvar_test_keep_result, result);
}

/* The status, or which error it was: the session's, or what the reply reads as. */
static int
finish (Fixture       *f,
        GAsyncResult **result)
{
  g_autoptr(GAsyncResult) owned = NULL;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;

  kvar_test_wait_until (*result != NULL);
  owned = g_steal_pointer (result);
  reply = kvar_session_send_finish (f->session, owned, &error);
  if (reply != NULL && kvar_reply_check (reply, KVAR_SERVICE_REST, &error))
    return kvar_reply_get_status (reply);

  g_assert_true (error->domain == KVAR_ERROR);

  return -error->code - 1;
}

/* Simulated time runs ten times as fast as ours while something is waited for. */
static gboolean
pass_time_cb (gpointer user_data)
{
  kvar_clock_advance (user_data, 100 * KVAR_CLOCK_MILLISECOND);

  return G_SOURCE_CONTINUE;
}

static int
finish_in_time (Fixture       *f,
                GAsyncResult **result)
{
  guint id = g_timeout_add (10, pass_time_cb, f->clock);
  int came_to = finish (f, result);

  g_source_remove (id);

  return came_to;
}

/* Silence: the fault has begun, then Kvar's patience ends. */
static void
let_patience_end (Fixture         *f,
                  KvarTestFault    fault,
                  gint64           patience,
                  GAsyncResult   **result)
{
  if (fault != KVAR_TEST_FAULT_STALL && fault != KVAR_TEST_FAULT_STALL_BODY)
    return;

  kvar_test_wait_until (kvar_test_proxy_count_broken (f->proxy) == 1);
  for (guint i = 0; i < 20; i++)    /* the half that comes is read */
    {
      kvar_test_settle ();
      g_usleep (2000);
    }
  g_assert_null (*result);
  kvar_clock_advance (f->clock, patience - KVAR_CLOCK_SECOND);
  kvar_test_settle ();
  g_assert_null (*result);
  kvar_clock_advance (f->clock, 2 * KVAR_CLOCK_SECOND);
}

static int
ask (Fixture       *f,
     KvarTestFault  fault,
     const char    *method,
     const char    *path,
     const char    *json)
{
  g_autoptr(GAsyncResult) result = NULL;

  start (f, method, path, json, &result);
  let_patience_end (f, fault, 60 * KVAR_CLOCK_SECOND, &result);

  return finish (f, &result);
}

static int
read_rows (Fixture *f)
{
  g_autoptr(GAsyncResult) result = NULL;

  start (f, "GET", READ, NULL, &result);

  return finish (f, &result);
}

static guint
count_rotations (Fixture *f)
{
  return kvar_test_demo_count (f->demo, "\"grant\":\"refresh_token\"", "\"rotated\":true", NULL);
}

static void
test_renewal (Fixture       *f,
              gconstpointer  data)
{
  const Case *c = data;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GAsyncResult) again = NULL;

  kvar_test_proxy_break (f->proxy, c->fault, TOKEN, 1);
  kvar_test_demo_control (f->demo, "clock", "{\"advance\": 7200}");

  start (f, "GET", READ, NULL, &result);
  let_patience_end (f, c->fault, 15 * KVAR_CLOCK_SECOND, &result);
  if (c->fault == KVAR_TEST_FAULT_DRIP)    /* slow in our time, not in Kvar's */
    g_assert_cmpint (finish (f, &result), ==, 200);
  else
    g_assert_cmpint (finish_in_time (f, &result), ==, c->heals ? 200 : OFFLINE);
  g_assert_cmpuint (kvar_test_proxy_count_broken (f->proxy), ==, 1);
  g_assert_true (kvar_session_is_usable (f->session));

  /* In time: the request that was given up lets go of the credential's lock a little later. */
  kvar_session_poke (f->session);
  start (f, "GET", READ, NULL, &again);
  g_assert_cmpint (finish_in_time (f, &again), ==, 200);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);

  /* One token's life, one rotation: what was lost came again for the same refresh token. */
  g_assert_cmpuint (count_rotations (f), ==, 1);
  g_assert_cmpuint (kvar_test_demo_count (f->demo, "\"parent\":true", NULL), ==,
                    c->arrives && c->fault != KVAR_TEST_FAULT_DRIP ? 1 : 0);
}

static void
test_read (Fixture       *f,
           gconstpointer  data)
{
  const Case *c = data;

  g_assert_cmpint (read_rows (f), ==, 200);
  kvar_test_proxy_break (f->proxy, c->fault, "GET " TABLE, 1);
  g_assert_cmpint (ask (f, c->fault, "GET", READ, NULL), ==, c->read);
  g_assert_cmpuint (kvar_test_proxy_count_broken (f->proxy), ==, 1);
  g_assert_true (kvar_session_is_usable (f->session));

  /* A broken read holds nobody up, and is no reason for a new token. */
  g_assert_cmpint (read_rows (f), ==, 200);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
  g_assert_cmpuint (count_rotations (f), ==, 0);
}

/* On a connection that was kept open, where libsoup is tempted to send again. */
static void
check_write (Fixture    *f,
             const Case *c,
             const char *method,
             const char *path,
             int         success)
{
  g_autofree char *match = g_strdup_printf ("%s " TABLE, method);
  g_autofree char *logged = g_strdup_printf ("\"method\":\"%s\"", method);
  int expected = c->write > 0 ? success : c->write;

  g_assert_cmpint (read_rows (f), ==, 200);
  kvar_test_proxy_break (f->proxy, c->fault, match, 1);
  g_assert_cmpint (ask (f, c->fault, method, path, f->contact), ==, expected);
  g_assert_true (kvar_session_is_usable (f->session));

  g_assert_cmpint (read_rows (f), ==, 200);
  g_assert_cmpuint (kvar_test_proxy_count_seen (f->proxy, match), ==, 1);
  g_assert_cmpuint (kvar_test_demo_count (f->demo, logged, TABLE, NULL), ==, c->arrives ? 1 : 0);
  g_assert_cmpuint (count_rotations (f), ==, 0);
}

static void
test_patch (Fixture       *f,
            gconstpointer  data)
{
  check_write (f, data, "PATCH", TABLE "?id=eq.1", 200);
}

static void
test_post (Fixture       *f,
           gconstpointer  data)
{
  check_write (f, data, "POST", TABLE, 201);
}

/* The server ends every connection under the first read, and under the ones that follow. */
static void
test_cut_again (Fixture       *f,
                gconstpointer  data)
{
  kvar_test_proxy_break (f->proxy, KVAR_TEST_FAULT_CUT_BEFORE, "GET " TABLE, -1);
  g_assert_cmpint (read_rows (f), ==, OFFLINE);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_OFFLINE);
  g_assert_cmpuint (kvar_test_proxy_count_broken (f->proxy), <=, 2);

  kvar_test_proxy_mend (f->proxy);
  g_assert_cmpint (read_rows (f), ==, 200);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
}

typedef struct
{
  KvarTestProxy *proxy;
  guint          n_ended;
} Written;

/* The server is quicker than libsoup, which has just written and has not looked for an answer. */
static gboolean
written_cb (GSignalInvocationHint *hint,
            guint                  n_values,
            const GValue          *values,
            gpointer               data)
{
  Written *written = data;

  kvar_test_proxy_wait_ended (written->proxy, ++written->n_ended);

  return TRUE;
}

/* Two connections are kept open, and the server ends one of them just as it is used again. */
static void
test_cut_beside_another (Fixture       *f,
                         gconstpointer  data)
{
  GAsyncResult *results[2] = { NULL };
  Written written = { f->proxy, 0 };
  guint signal;
  gulong hook;

  kvar_test_proxy_break (f->proxy, KVAR_TEST_FAULT_DRIP, "GET " TABLE, 2);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    start (f, "GET", READ, NULL, &results[i]);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    g_assert_cmpint (finish (f, &results[i]), ==, 200);
  g_assert_cmpuint (kvar_test_proxy_get_most (f->proxy), ==, 2);

  written.n_ended = kvar_test_proxy_count_seen (f->proxy, "");
  signal = g_signal_lookup ("wrote-body", g_type_from_name ("SoupMessage"));
  hook = g_signal_add_emission_hook (signal, 0, written_cb, &written, NULL);
  kvar_test_proxy_break (f->proxy, KVAR_TEST_FAULT_CUT_BEFORE, "GET " TABLE, 1);
  g_assert_cmpint (read_rows (f), ==, 200);
  g_signal_remove_emission_hook (signal, hook);

  g_assert_cmpuint (kvar_test_proxy_count_broken (f->proxy), ==, 3);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
}

/* Nobody listens: nothing can have happened, so nothing is uncertain. */
static void
test_refused (Fixture       *f,
              gconstpointer  data)
{
  kvar_test_proxy_set_down (f->proxy, TRUE);
  g_assert_cmpint (ask (f, KVAR_TEST_FAULT_CUT_BEFORE, "GET", READ, NULL), ==, OFFLINE);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_OFFLINE);
  g_assert_cmpint (ask (f, KVAR_TEST_FAULT_CUT_BEFORE, "POST", TABLE, f->contact), ==, OFFLINE);
  g_assert_cmpint (ask (f, KVAR_TEST_FAULT_CUT_BEFORE, "PATCH", TABLE "?id=eq.1", f->contact), ==,
                   OFFLINE);

  kvar_test_proxy_set_down (f->proxy, FALSE);
  g_assert_cmpint (ask (f, KVAR_TEST_FAULT_CUT_BEFORE, "POST", TABLE, f->contact), ==, 201);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
  g_assert_cmpuint (count_rotations (f), ==, 0);
}

/* The first renewal after a rest meets a connection that the server has closed meanwhile. Each
 * time that /token is asked is one that Kvar has counted: libsoup asks nothing by itself. */
static void
test_kept_connection_is_dead (Fixture       *f,
                              gconstpointer  data)
{
  KvarSessionTrace *trace = kvar_session_get_trace (f->session);
  g_autoptr(GAsyncResult) result = NULL;
  guint n_before = kvar_test_proxy_count_seen (f->proxy, TOKEN);
  guint n_asked = 0;

  g_assert_cmpint (read_rows (f), ==, 200);
  kvar_clock_advance (f->clock, 5 * KVAR_CLOCK_MINUTE);
  kvar_test_settle ();
  kvar_test_proxy_break (f->proxy, KVAR_TEST_FAULT_RESET_BEFORE, TOKEN, 2);
  kvar_test_demo_control (f->demo, "clock", "{\"advance\": 7200}");
  start (f, "GET", READ, NULL, &result);
  g_assert_cmpint (finish_in_time (f, &result), ==, 200);

  for (guint i = 0; i < kvar_session_trace_get_n (trace); i++)
    n_asked += kvar_session_trace_get (trace, i)->step == KVAR_SESSION_STEP_ASKED;
  g_assert_cmpuint (n_asked, ==, 3);
  g_assert_cmpuint (kvar_test_proxy_count_seen (f->proxy, TOKEN), ==, n_before + n_asked);
  g_assert_cmpuint (count_rotations (f), ==, 1);
}

/* Auth has connections of its own: while Kvar's clock stands still, all of data's are taken
 * by silent downloads, and the renewal is done all the same. */
static void
test_stalled_downloads (Fixture       *f,
                        gconstpointer  data)
{
  GAsyncResult *downloads[2] = { NULL };
  gint64 began;

  kvar_test_proxy_break (f->proxy, KVAR_TEST_FAULT_STALL_BODY, "GET " TABLE "?select=%2A", -1);
  for (guint i = 0; i < G_N_ELEMENTS (downloads); i++)
    {
      g_autoptr(KvarRequest) request = new_request ("GET", TABLE "?select=%2A", NULL);

      kvar_request_set_lane (request, KVAR_LANE_BULK);
      kvar_session_send_async (f->session, request, NULL, kvar_test_keep_result, &downloads[i]);
    }
  kvar_test_wait_until (kvar_test_proxy_count_broken (f->proxy) == 2);

  kvar_test_demo_control (f->demo, "clock", "{\"advance\": 7200}");
  began = kvar_clock_get_boottime (f->clock);
  g_assert_cmpint (read_rows (f), ==, 200);
  g_assert_cmpuint (count_rotations (f), ==, 1);
  g_assert_cmpint (kvar_clock_get_boottime (f->clock), ==, began);
  for (guint i = 0; i < G_N_ELEMENTS (downloads); i++)
    g_assert_null (downloads[i]);

  kvar_test_proxy_mend (f->proxy);
  kvar_test_proxy_release (f->proxy);
  for (guint i = 0; i < G_N_ELEMENTS (downloads); i++)
    finish (f, &downloads[i]);
}

/* A test CA stands in for the machine's; the product has no other way to trust it. */
static void
trust_the_test_ca (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "tls", "ca.pem", NULL);
  g_autoptr(GTlsDatabase) database = NULL;
  g_autoptr(GError) error = NULL;

  database = g_tls_file_database_new (path, &error);
  g_assert_no_error (error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
}

static GTlsCertificate *
load_certificate (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".pem", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "tls", file, NULL);
  g_autofree char *key = g_test_build_filename (G_TEST_DIST, "data", "tls", "server.key", NULL);
  g_autoptr(GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_files (path, key, &error);

  g_assert_no_error (error);

  return certificate;
}

static void
secure_set_up (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr(GTlsCertificate) good = load_certificate ("good");

  trust_the_test_ca ();
  set_up_behind (f, good);
}

/* From now on the server's certificate is a bad one: a man in the middle, or one that nobody
 * renewed. Nothing is said to it, and nothing is lost. */
static void
test_certificate (Fixture       *f,
                  gconstpointer  name)
{
  g_autoptr(GTlsCertificate) good = load_certificate ("good");
  g_autoptr(GTlsCertificate) bad = load_certificate (name);
  g_autoptr(GAsyncResult) result = NULL;
  guint n_seen;

  g_assert_cmpint (read_rows (f), ==, 200);
  n_seen = kvar_test_proxy_count_seen (f->proxy, "");
  kvar_test_proxy_set_certificate (f->proxy, bad);

  g_assert_cmpint (read_rows (f), ==, OFFLINE);
  start (f, "POST", TABLE, f->contact, &result);
  g_assert_cmpint (finish (f, &result), ==, OFFLINE);
  kvar_test_demo_control (f->demo, "clock", "{\"advance\": 7200}");
  kvar_clock_advance (f->clock, 2 * KVAR_CLOCK_HOUR);    /* a renewal is overdue */
  g_assert_cmpint (read_rows (f), ==, OFFLINE);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_OFFLINE);
  g_assert_cmpuint (kvar_test_proxy_count_seen (f->proxy, ""), ==, n_seen);

  kvar_test_proxy_set_certificate (f->proxy, good);
  kvar_session_poke (f->session);
  start (f, "GET", READ, NULL, &result);
  g_assert_cmpint (finish_in_time (f, &result), ==, 200);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
  g_assert_cmpuint (count_rotations (f), ==, 1);
}

static void
add_case (const Case *c,
          const char *what,
          void        (*function) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strdup_printf ("/http-faults/%s/%s", c->name, what);

  g_test_add (path, Fixture, c, fixture_set_up, function, fixture_tear_down);
}

static void
add_plain (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      add_case (&cases[i], "renewal", test_renewal);
      add_case (&cases[i], "get", test_read);
      add_case (&cases[i], "patch", test_patch);
      add_case (&cases[i], "post", test_post);
    }
#define ADD(path, function) \
  g_test_add ("/http-faults/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
  ADD ("C11/kept-connection-is-dead", test_kept_connection_is_dead);
  ADD ("D18/cut-again", test_cut_again);
  ADD ("kept-open/cut-beside-another", test_cut_beside_another);
  ADD ("D01/refused", test_refused);
  ADD ("D17/stalled-downloads", test_stalled_downloads);
#undef ADD
}

static void
add_secure (void)
{
#define ADD(path, data, function) \
  g_test_add ("/http-faults-tls/" path, Fixture, data, secure_set_up, function, fixture_tear_down)
  ADD ("C01/cut-after/renewal", &cases[1], test_renewal);
  ADD ("C10/cut-body/renewal", &cases[2], test_renewal);
  ADD ("D18/reset-after/post", &cases[4], test_post);
  ADD ("D06/expired", "expired", test_certificate);
  ADD ("D06/untrusted", "untrusted", test_certificate);
  ADD ("D06/wrong-host", "wrong-host", test_certificate);
#undef ADD
}

int
main (int    argc,
      char **argv)
{
  gboolean secure;
  int result;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  secure = argc > 1 && g_str_equal (argv[1], "tls");
  if (secure && !g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_print ("1..0 # SKIP GLib has no TLS here\n");
      return 0;
    }

  if (secure)
    add_secure ();
  else
    add_plain ();
  result = g_test_run ();
  g_clear_pointer (&shared_demo, kvar_test_demo_free);

  return result;
}
