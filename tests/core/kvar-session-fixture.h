/* kvar-session-fixture.h: a signed-in session on scripted wires, for the tests of its halves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib/gstdio.h>

#include "kvar-error.h"
#include "kvar-test.h"
#include "kvar-test-auth.h"
#include "kvar-test-trace.h"
#include "kvar-test-vault.h"

typedef struct
{
  KvarTestTransport *transport;
  KvarTestVault     *vault;
  KvarClock         *clock;
  KvarTestAuth      *auth;
  KvarSession       *session;
  char              *state_dir;
} Fixture;

static inline void
fixture_set_up (Fixture       *f,
                gconstpointer  unused)
{
  f->state_dir = g_dir_make_tmp ("kvar-session-XXXXXX", NULL);
  f->transport = kvar_test_transport_new ();
  f->vault = kvar_test_vault_new ();
  f->clock = kvar_clock_new_simulated ();
  f->auth = kvar_test_auth_new (f->transport, f->clock);
  f->session = kvar_test_session_new (f->transport, KVAR_VAULT (f->vault), f->clock,
                                      f->state_dir);
}

static inline void
fixture_set_up_signed_in (Fixture       *f,
                          gconstpointer  unused)
{
  fixture_set_up (f, unused);
  kvar_test_session_sign_in (f->session);
}

static inline void
fixture_remove_dir (const char *path)
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

/* I3: all but the auth server's own doors are passed as somebody. */
static inline void
fixture_check_requests (Fixture *f)
{
  for (guint i = 0; i < kvar_test_transport_get_n_requests (f->transport); i++)
    {
      KvarRequest *request = kvar_test_transport_get_request (f->transport, i);
      const char *bearer = kvar_request_get_header (request, "Authorization");

      if (!g_str_has_prefix (kvar_request_get_path (request), "/auth/v1/token"))
        g_assert_true (bearer != NULL && g_str_has_prefix (bearer, "Bearer ") &&
                       !g_str_has_suffix (bearer, "sb_publishable_test"));
    }
}

/* The session goes, as at the end of the program. */
static inline void
fixture_end_session (Fixture *f)
{
  kvar_test_settle ();
  kvar_test_trace_check (f->session);
  g_assert_finalize_object (g_steal_pointer (&f->session));
}

/* As after a restart of the program: the same vault and folder, a new session. */
static inline void
fixture_start_again (Fixture *f)
{
  fixture_end_session (f);
  f->session = kvar_test_session_new (f->transport, KVAR_VAULT (f->vault), f->clock,
                                      f->state_dir);
}

/* After every test: I1, I3 and I4 from what the server saw, the rest from the trace. */
static inline void
fixture_tear_down (Fixture       *f,
                   gconstpointer  unused)
{
  kvar_test_settle ();
  fixture_check_requests (f);
  g_assert_cmpuint (kvar_test_auth_get_n_anon (f->auth), ==, 0);
  g_assert_cmpuint (kvar_test_transport_get_most_renewals (f->transport), <=, 1);
  g_assert_cmpuint (kvar_test_auth_get_most_changes (f->auth), <=, 1);
  fixture_end_session (f);
  g_clear_pointer (&f->auth, kvar_test_auth_free);
  g_assert_finalize_object (f->transport);
  g_assert_finalize_object (f->vault);
  g_assert_finalize_object (f->clock);
  fixture_remove_dir (f->state_dir);
  g_free (f->state_dir);
}

/* Lets run what can, moves the clock, and lets what that set off run. */
static inline void
fixture_pass (Fixture *f,
              gint64   us)
{
  kvar_test_settle ();
  kvar_clock_advance (f->clock, us);
  kvar_test_settle ();
}

static inline void
fixture_send (Fixture       *f,
              const char    *path,
              GAsyncResult **result)
{
  g_autoptr(KvarRequest) request = kvar_request_new ("GET", path);

  kvar_session_send_async (f->session, request, NULL, kvar_test_keep_result, result);
}

static inline int
fixture_finish (Fixture       *f,
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

/* Sends and returns the status, 0 for an error. */
static inline int
fixture_get (Fixture     *f,
             const char  *path,
             GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  fixture_send (f, path, &result);

  return fixture_finish (f, &result, error);
}

static inline void
assert_signed_in (Fixture *f)
{
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (fixture_get (f, "/rest/v1/jobs", &error), ==, 200);
  g_assert_no_error (error);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
}

/* The token dies, as in a closed bag. */
static inline void
fixture_spend_token (Fixture *f)
{
  kvar_clock_suspend (f->clock, 2 * KVAR_CLOCK_HOUR);
}

static inline GError *
fixture_lost (void)
{
  return kvar_error_new_full (KVAR_ERROR_UNKNOWN_OUTCOME, 0, NULL, "the connection broke");
}

static inline GError *
fixture_no_route (void)
{
  return kvar_error_new_full (KVAR_ERROR_OFFLINE, 0, NULL, "no route");
}

/* What some requests get instead of what the scripted project would say. */
typedef struct
{
  guint       times;     /* so often, counted down; then the project answers again */
  int         status;    /* 0: the wire fails */
  const char *body;
  guint       n_asked;
} FixtureAnswer;

static inline KvarReply *
fixture_answer_cb (KvarRequest  *request,
                   gpointer      user_data,
                   GError      **error)
{
  FixtureAnswer *answer = user_data;

  answer->n_asked++;
  if (answer->times == 0)
    return NULL;
  answer->times--;

  if (answer->status == 0)
    {
      g_propagate_error (error, fixture_no_route ());
      return NULL;
    }

  return kvar_test_reply_new (answer->status, answer->body);
}

/* A change that must not be repeated. */
static inline KvarRequest *
fixture_new_change (const char *method,
                    const char *path,
                    const char *body)
{
  KvarRequest *request = kvar_request_new (method, path);
  g_autoptr(GBytes) bytes = g_bytes_new (body, strlen (body));

  kvar_request_set_body (request, "application/json", bytes);

  return request;
}

static inline int
fixture_send_change (Fixture     *f,
                     const char  *method,
                     const char  *path,
                     const char  *body,
                     GError     **error)
{
  g_autoptr(KvarRequest) request = fixture_new_change (method, path, body);
  g_autoptr(GAsyncResult) result = NULL;

  kvar_session_send_async (f->session, request, NULL, kvar_test_keep_result, &result);

  return fixture_finish (f, &result, error);
}

static inline guint
fixture_n_tokens (Fixture *f)
{
  return kvar_test_auth_get_n_tokens (f->auth);
}

static inline gboolean
fixture_restore (Fixture  *f,
                 GError  **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_session_restore_async (f->session, NULL, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);

  return kvar_session_restore_finish (f->session, result, error);
}

/* The vault's secret holds the newest refresh token. */
static inline void
fixture_assert_stored (Fixture *f)
{
  const char *secret = kvar_test_vault_get (f->vault, KVAR_TEST_USER_ID);

  g_assert_nonnull (secret);
  g_assert_nonnull (strstr (secret, kvar_test_auth_get_refresh (f->auth)));
}

#define SESSION_TEST(path, set_up, data, function) \
  g_test_add ("/session/" path, Fixture, data, set_up, function, fixture_tear_down)
