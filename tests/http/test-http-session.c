/* test-http-session.c: a real session over HTTP against kvar-demo, read from the demo's log
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>

#include "kvar-error.h"
#include "kvar-test-demo.h"
#include "kvar-test.h"
#include "net/kvar-http-transport.h"
#include "session/kvar-memory-vault.h"
#include "session/kvar-session.h"

#define N_PARALLEL 50
#define REFRESH    "\"grant\":\"refresh_token\""

typedef struct
{
  KvarTestDemo *demo;
  KvarVault    *vault;
  KvarClock    *clock;
  KvarSession  *session;
  char         *state_dir;
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

/* With a vault and a folder of its own. */
static void
open_session (Fixture *f)
{
  g_autoptr(KvarProject) project = NULL;
  g_autoptr(KvarHttpTransport) transport = NULL;
  g_autoptr(GError) error = NULL;

  f->state_dir = g_dir_make_tmp ("kvar-http-XXXXXX", NULL);
  f->vault = kvar_memory_vault_new ();
  project = kvar_project_new (kvar_test_demo_get_url (f->demo), kvar_test_demo_get_key (f->demo),
                              &error);
  g_assert_no_error (error);
  transport = kvar_http_transport_new (kvar_project_get_url (project),
                                       kvar_project_get_key (project), f->clock);
  f->session = kvar_session_new (project, KVAR_TRANSPORT (transport), f->vault, f->clock,
                                 f->state_dir);
}

static void
fixture_set_up (Fixture       *f,
                gconstpointer  access_ttl)
{
  const char *const options[] = { "--rows", "20", "--access-ttl", access_ttl, NULL };

  f->demo = kvar_test_demo_new (options);
  f->clock = kvar_clock_new ();
  open_session (f);
  sign_in (f);
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

/* Here time is real: a token may fall due just now, and its renewal holds the session. */
static void
close_session (Fixture *f)
{
  kvar_test_wait_until (g_atomic_int_get ((int *)&G_OBJECT (f->session)->ref_count) == 1);
  g_assert_finalize_object (f->session);
  g_assert_finalize_object (f->vault);
  remove_dir (f->state_dir);
  g_free (f->state_dir);
}

static void
fixture_tear_down (Fixture       *f,
                   gconstpointer  access_ttl)
{
  kvar_test_demo_check_log (f->demo);
  close_session (f);
  g_assert_finalize_object (f->clock);
  kvar_test_demo_free (f->demo);
}

static void
start_get (Fixture       *f,
           const char    *path,
           GAsyncResult **result)
{
  g_autoptr(KvarRequest) request = kvar_test_demo_new_request ("GET", path);

  kvar_session_send_async (f->session, request, NULL, kvar_test_keep_result, result);
}

static int
finish (Fixture       *f,
        GAsyncResult **result,
        GError       **error)
{
  g_autoptr(GAsyncResult) owned = NULL;
  g_autoptr(KvarReply) reply = NULL;

  kvar_test_wait_until (*result != NULL);
  owned = g_steal_pointer (result);
  reply = kvar_session_send_finish (f->session, owned, error);

  return reply != NULL ? kvar_reply_get_status (reply) : 0;
}

static int
get (Fixture     *f,
     const char  *path,
     GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  start_get (f, path, &result);

  return finish (f, &result, error);
}

/* Six seconds of work with tokens that live for two: real time, since it is the server's. */
static void
test_one_token_per_expiry (Fixture       *f,
                           gconstpointer  access_ttl)
{
  gint64 end = g_get_monotonic_time () + 6 * G_USEC_PER_SEC;
  guint n_refreshes;

  while (g_get_monotonic_time () < end)
    {
      g_autoptr(GError) error = NULL;

      g_assert_cmpint (get (f, "/rest/v1/jobs?select=id&limit=1", &error), ==, 200);
      g_assert_no_error (error);
    }

  n_refreshes = kvar_test_demo_count (f->demo, REFRESH, NULL);
  g_assert_cmpuint (n_refreshes, >=, 2);
  g_assert_cmpuint (n_refreshes, <=, 6);
  g_assert_cmpuint (kvar_test_demo_count (f->demo, REFRESH, "\"status\":200", NULL), ==,
                    n_refreshes);
}

static void
test_fifty_at_once (Fixture       *f,
                    gconstpointer  access_ttl)
{
  GAsyncResult *results[N_PARALLEL] = { NULL };

  kvar_test_demo_control (f->demo, "clock", "{\"advance\": 7200}");
  for (guint i = 0; i < N_PARALLEL; i++)
    start_get (f, "/rest/v1/jobs?select=id&limit=1", &results[i]);
  for (guint i = 0; i < N_PARALLEL; i++)
    g_assert_cmpint (finish (f, &results[i], NULL), ==, 200);

  g_assert_cmpuint (kvar_test_demo_count (f->demo, REFRESH, NULL), ==, 1);
}

/* REST refuses even new tokens: said after one try more, and not tried for every request. */
static void
test_loop_is_broken (Fixture       *f,
                     gconstpointer  access_ttl)
{
  kvar_test_demo_control (f->demo, "fault",
                          "{\"kind\": \"reply\", \"match\": \"/rest/v1/\", \"count\": -1, "
                          "\"status\": 401, \"body\": \"{\\\"code\\\":\\\"PGRST301\\\"}\"}");

  for (guint i = 0; i < 20; i++)
    g_assert_cmpint (get (f, "/rest/v1/jobs?select=id&limit=1", NULL), ==, 401);
  g_assert_cmpuint (kvar_test_demo_count (f->demo, "/rest/v1/", NULL), ==, 21);
  g_assert_cmpuint (kvar_test_demo_count (f->demo, REFRESH, NULL), ==, 1);
}

/* Sent again after a dead token, then made and nobody told: it is not sent a third time. */
static void
test_lost_insert (Fixture       *f,
                  gconstpointer  access_ttl)
{
  static const char body[] = "{\"full_name\": \"Once Only\", \"email\": \"once@once.example\"}";
  g_autoptr(KvarRequest) request = kvar_test_demo_new_request ("POST", "/rest/v1/contacts");
  g_autoptr(GBytes) bytes = g_bytes_new_static (body, strlen (body));
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  kvar_request_set_body (request, "application/json", bytes);
  kvar_test_demo_control (f->demo, "fault",
                          "{\"kind\": \"lost-answer\", \"match\": \"/rest/v1/contacts\","
                          " \"skip\": 1}");
  kvar_test_demo_control (f->demo, "clock", "{\"advance\": 7200}");
  kvar_session_send_async (f->session, request, NULL, kvar_test_keep_result, &result);

  g_assert_cmpint (finish (f, &result, &error), ==, 0);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_UNKNOWN_OUTCOME);
  g_assert_cmpuint (kvar_test_demo_count (f->demo, "/rest/v1/contacts", "\"status\":201", NULL), ==,
                    1);
  g_assert_cmpint (get (f, "/rest/v1/jobs?select=id&limit=1", NULL), ==, 200);
}

static void
test_lost_answer (Fixture       *f,
                  gconstpointer  access_ttl)
{
  kvar_test_demo_control (f->demo, "fault",
                          "{\"kind\": \"lost-answer\", \"match\": \"/auth/v1/token\"}");
  kvar_test_demo_control (f->demo, "clock", "{\"advance\": 7200}");

  g_assert_cmpint (get (f, "/rest/v1/jobs?select=id&limit=1", NULL), ==, 200);
  g_assert_cmpuint (kvar_test_demo_count (f->demo, REFRESH, NULL), ==, 2);
  g_assert_cmpuint (kvar_test_demo_count (f->demo, REFRESH, "\"parent\":true", NULL), ==, 1);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
}

static void
test_portal (Fixture       *f,
             gconstpointer  access_ttl)
{
  g_autoptr(GError) error = NULL;

  kvar_test_demo_control (f->demo, "fault",
                          "{\"kind\": \"html\", \"match\": \"/auth/v1/token\"}");
  kvar_test_demo_control (f->demo, "clock", "{\"advance\": 7200}");

  g_assert_cmpint (get (f, "/rest/v1/jobs?select=id&limit=1", &error), ==, 0);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_OFFLINE);
  g_assert_true (kvar_session_is_usable (f->session));

  kvar_session_poke (f->session);
  g_assert_cmpint (get (f, "/rest/v1/jobs?select=id&limit=1", NULL), ==, 200);
}

static void
test_revoked (Fixture       *f,
              gconstpointer  access_ttl)
{
  g_autoptr(GError) error = NULL;

  kvar_test_demo_control (f->demo, "revoke", "{\"all\": true}");

  /* PostgREST goes on, the auth server knows. */
  g_assert_cmpint (get (f, "/rest/v1/jobs?select=id&limit=1", NULL), ==, 200);
  g_assert_cmpint (get (f, "/auth/v1/user", NULL), ==, 403);
  kvar_test_wait_until (kvar_session_get_state (f->session) == KVAR_SESSION_EXPIRED);
  g_assert_cmpint (kvar_session_get_reason (f->session), ==, KVAR_REASON_EXPIRED);
  g_assert_cmpint (get (f, "/rest/v1/jobs?select=id&limit=1", &error), ==, 0);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT);

  sign_in (f);
  g_assert_cmpint (get (f, "/rest/v1/jobs?select=id&limit=1", NULL), ==, 200);
}

static void
test_banned (Fixture       *f,
             gconstpointer  access_ttl)
{
  kvar_test_demo_control (f->demo, "ban", "{\"user\": \"demo@kvar.example\"}");
  g_assert_cmpint (get (f, "/auth/v1/user", NULL), ==, 403);
  kvar_test_wait_until (kvar_session_get_state (f->session) == KVAR_SESSION_BLOCKED);

  kvar_test_demo_control (f->demo, "ban", "{\"user\": \"demo@kvar.example\", \"off\": true}");
  kvar_session_poke (f->session);
  kvar_test_wait_until (kvar_session_get_state (f->session) == KVAR_SESSION_SIGNED_IN);
  g_assert_cmpint (get (f, "/rest/v1/jobs?select=id&limit=1", NULL), ==, 200);
}

static void
test_sign_out (Fixture       *f,
               gconstpointer  access_ttl)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_test_demo_control (f->demo, "clock", "{\"advance\": 7200}");
  kvar_session_sign_out_async (f->session, KVAR_SIGN_OUT_LOCAL, NULL, kvar_test_keep_result,
                               &result);
  kvar_test_wait_until (result != NULL);

  g_assert_true (kvar_session_sign_out_finish (f->session, result, NULL));
  g_assert_cmpuint (kvar_test_demo_count (f->demo, "/auth/v1/logout", "\"status\":204", NULL),
                    ==, 1);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_OUT);
}

/* A sandbox and a package have each a vault and a state folder of their own: two sessions of
 * the same person, of which neither knows or ends the other. */
static void
test_two_packagings (Fixture       *f,
                     gconstpointer  access_ttl)
{
  Fixture other = { .demo = f->demo, .clock = f->clock };
  g_autoptr(GAsyncResult) restored = NULL;
  g_autoptr(GAsyncResult) left = NULL;
  g_autoptr(GError) error = NULL;

  open_session (&other);
  kvar_session_restore_async (other.session, NULL, NULL, kvar_test_keep_result, &restored);
  kvar_test_wait_until (restored != NULL);
  g_assert_false (kvar_session_restore_finish (other.session, restored, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT);

  sign_in (&other);
  kvar_test_demo_control (f->demo, "clock", "{\"advance\": 7200}");
  g_assert_cmpint (get (f, "/rest/v1/jobs?select=id&limit=1", NULL), ==, 200);
  g_assert_cmpint (get (&other, "/rest/v1/jobs?select=id&limit=1", NULL), ==, 200);
  g_assert_cmpuint (kvar_test_demo_count (f->demo, REFRESH, "\"rotated\":true", NULL), ==, 2);

  kvar_session_sign_out_async (other.session, KVAR_SIGN_OUT_LOCAL, NULL, kvar_test_keep_result,
                               &left);
  kvar_test_wait_until (left != NULL);
  g_assert_cmpint (get (f, "/auth/v1/user", NULL), ==, 200);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
  g_clear_object (&restored);
  g_clear_object (&left);
  close_session (&other);
}

#define ADD(path, ttl, function) \
  g_test_add ("/http-session/" path, Fixture, ttl, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("A07/one-token-per-expiry", "2", test_one_token_per_expiry);
  ADD ("B01/fifty-at-once", "3600", test_fifty_at_once);
  ADD ("B03/loop-is-broken", "3600", test_loop_is_broken);
  ADD ("B10/lost-insert", "3600", test_lost_insert);
  ADD ("C01/lost-answer", "3600", test_lost_answer);
  ADD ("D03/portal", "3600", test_portal);
  ADD ("G01/revoked", "3600", test_revoked);
  ADD ("G04/banned", "3600", test_banned);
  ADD ("H09/two-packagings", "3600", test_two_packagings);
  ADD ("J03/sign-out-with-expired-token", "3600", test_sign_out);

  return g_test_run ();
}
