/* test-session-sign-in.c: cases J: sign-ins that are left, and sessions that nobody asked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-session-fixture.h"

/* Whatever a sign-in waits for, the person can leave it and begin anew at once; what it brings
 * too late is nobody's session. */
static void
test_left (Fixture       *f,
           gconstpointer  unused)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  guint n_states = 0;
  gulong id;

  kvar_test_transport_hold (f->transport);
  kvar_session_sign_in_async (f->session, KVAR_TEST_EMAIL, KVAR_TEST_PASSWORD, cancellable,
                              kvar_test_keep_result, &result);
  kvar_test_wait_until (kvar_test_transport_get_n_held (f->transport) == 1);
  id = g_signal_connect_swapped (f->session, "notify::state", G_CALLBACK (g_atomic_int_inc),
                                 &n_states);
  g_cancellable_cancel (cancellable);
  kvar_test_wait_until (result != NULL);
  g_assert_false (kvar_session_sign_in_finish (f->session, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  kvar_test_transport_release (f->transport);
  fixture_pass (f, KVAR_CLOCK_MINUTE);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_OUT);
  g_assert_cmpuint (n_states, ==, 0);
  g_assert_cmpuint (kvar_test_vault_get_n (f->vault), ==, 0);
  g_signal_handler_disconnect (f->session, id);

  kvar_test_session_sign_in (f->session);
  assert_signed_in (f);
}

/* A newer session than ours, and somebody else's. */
#define PLANTED \
  "{\"version\":1,\"refresh_token\":\"eva1\",\"access_token\":\"eva\",\"user_id\":\"eva\"," \
  "\"session_id\":\"e4c78f02-6d6a-45e3-bed2-d9c7c9c19cb3\",\"serial\":99," \
  "\"lifetime\":3600000000,\"issued\":9000000000000000}"

static void
assert_never_sent (Fixture    *f,
                   const char *token)
{
  for (guint i = 0; i < kvar_test_transport_get_n_requests (f->transport); i++)
    {
      KvarRequest *request = kvar_test_transport_get_request (f->transport, i);
      const char *bearer = kvar_request_get_header (request, "Authorization");
      GBytes *body = kvar_request_get_body (request);

      g_assert_true (bearer == NULL || strstr (bearer, token) == NULL);
      g_assert_true (body == NULL || g_strstr_len (g_bytes_get_data (body, NULL),
                                                   g_bytes_get_size (body), token) == NULL);
    }
}

/* The keyring's item of one person has somebody else's session in it: whoever put it there,
 * nobody becomes somebody else by that, neither while they work nor at the next start. */
static void
test_planted (Fixture       *f,
              gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  kvar_test_vault_set (f->vault, KVAR_TEST_USER_ID, PLANTED);
  fixture_spend_token (f);
  assert_signed_in (f);
  g_assert_cmpstr (kvar_session_get_user_id (f->session), ==, KVAR_TEST_USER_ID);
  fixture_assert_stored (f);

  kvar_test_vault_set (f->vault, KVAR_TEST_USER_ID, PLANTED);
  fixture_start_again (f);
  g_assert_false (fixture_restore (f, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT);
  g_assert_cmpstr (kvar_session_get_email (f->session), ==, KVAR_TEST_EMAIL);
  assert_never_sent (f, "eva");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  SESSION_TEST ("J12/left", fixture_set_up, NULL, test_left);
  SESSION_TEST ("J15/planted", fixture_set_up_signed_in, NULL, test_planted);

  return g_test_run ();
}
