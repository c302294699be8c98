/* test-session-concurrency.c: cases B: many at once, and what may be sent again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-session-fixture.h"

typedef struct
{
  const char *path;
  int         status;
  const char *body;
  gboolean    renews;
} Refusal;

/* Not every refusal is about the token; those that are not go to the caller as they are. */
static void
test_refusal (Fixture       *f,
              gconstpointer  data)
{
  const Refusal *refusal = data;
  FixtureAnswer answer = { 1, refusal->status, refusal->body, 0 };
  int status;

  kvar_test_transport_on (f->transport, "POST", refusal->path, fixture_answer_cb, &answer);
  status = fixture_send_change (f, "POST", refusal->path, "{\"id\":1}", NULL);

  g_assert_cmpint (status, ==, refusal->renews ? 200 : refusal->status);
  g_assert_cmpuint (answer.n_asked, ==, refusal->renews ? 2 : 1);
  g_assert_cmpuint (fixture_n_tokens (f), ==, refusal->renews ? 2 : 1);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
}

static const Refusal anon_privilege =
{ "/rest/v1/x", 401, "{\"code\":\"42501\",\"message\":\"permission denied for table x\"}", FALSE };
static const Refusal second_factor =
{ "/auth/v1/factors", 401, "{\"code\":\"insufficient_aal\",\"message\":\"x\"}", FALSE };
static const Refusal before_it_ran =
{ "/rest/v1/x", 401, "{\"code\":\"PGRST303\",\"message\":\"JWT expired\"}", TRUE };
static const Refusal by_a_function =
{ "/rest/v1/rpc/f", 401, "{\"code\":\"PT401\",\"message\":\"not today\"}", FALSE };
static const Refusal after_a_side_effect =
{ "/rest/v1/rpc/f", 403, "{\"code\":\"42501\",\"message\":\"permission denied\"}", FALSE };
static const Refusal key_disabled =
{ "/rest/v1/x", 401, "{\"message\":\"Invalid API key\"}", FALSE };

/* The change was made and its answer lost: it is not made again, and nobody is signed out. */
static void
test_lost_insert (Fixture       *f,
                  gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  kvar_test_auth_lose_changes (f->auth, 1);
  g_assert_cmpint (fixture_send_change (f, "POST", "/rest/v1/jobs", "{\"id\":1}", &error), ==, 0);

  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_UNKNOWN_OUTCOME);
  g_assert_cmpuint (kvar_test_transport_count (f->transport, "POST", "/rest/v1/"), ==, 1);
  assert_signed_in (f);
}

/* What is sent again is what was sent: every byte of it. */
static void
test_replay_is_whole (Fixture       *f,
                      gconstpointer  unused)
{
  guint n = kvar_test_transport_get_n_requests (f->transport);
  KvarRequest *first, *second;

  kvar_test_auth_refuse_tokens (f->auth);
  g_assert_cmpint (fixture_send_change (f, "POST", "/rest/v1/jobs", "{\"title\":\"Å\"}", NULL), ==,
                   200);

  first = kvar_test_transport_get_request (f->transport, n);
  second = kvar_test_transport_get_request (f->transport,
                                            kvar_test_transport_get_n_requests (f->transport) - 1);
  g_assert_true (first != second);
  g_assert_cmpstr (kvar_request_get_content_type (second), ==, "application/json");
  g_assert_true (g_bytes_equal (kvar_request_get_body (first), kvar_request_get_body (second)));
}

/* The program ends while an answer is on its way: it waits for it, and for the vault. */
static void
test_quits_during_renewal (Fixture       *f,
                           gconstpointer  unused)
{
  g_autoptr(GAsyncResult) closed = NULL;

  fixture_spend_token (f);
  kvar_test_transport_hold (f->transport);
  kvar_clock_advance (f->clock, 0);
  kvar_test_wait_until (kvar_test_transport_get_n_held (f->transport) == 1);

  kvar_session_close_async (f->session, kvar_test_keep_result, &closed);
  fixture_pass (f, KVAR_CLOCK_SECOND);
  g_assert_null (closed);

  kvar_test_transport_release (f->transport);
  kvar_test_wait_until (closed != NULL);
  g_assert_true (kvar_session_close_finish (f->session, closed, NULL));
  fixture_assert_stored (f);
}

/* Not for ever, though. */
static void
test_quits_without_an_answer (Fixture       *f,
                              gconstpointer  unused)
{
  g_autoptr(GAsyncResult) closed = NULL;

  fixture_spend_token (f);
  kvar_test_transport_hold (f->transport);
  kvar_clock_advance (f->clock, 0);
  kvar_test_wait_until (kvar_test_transport_get_n_held (f->transport) == 1);
  kvar_session_close_async (f->session, kvar_test_keep_result, &closed);
  fixture_pass (f, 3 * KVAR_CLOCK_SECOND);
  kvar_test_wait_until (closed != NULL);
  g_assert_false (kvar_session_close_finish (f->session, closed, NULL));

  kvar_test_transport_release (f->transport);
  fixture_pass (f, KVAR_CLOCK_SECOND);
  assert_signed_in (f);
}

static void
test_quits_idle (Fixture       *f,
                 gconstpointer  unused)
{
  g_autoptr(GAsyncResult) closed = NULL;

  kvar_session_close_async (f->session, kvar_test_keep_result, &closed);
  kvar_test_wait_until (closed != NULL);
  g_assert_true (kvar_session_close_finish (f->session, closed, NULL));
}

typedef struct
{
  Fixture      *fixture;
  GAsyncResult *result;
} Inside;

static void
ask_inside_cb (Inside *inside)
{
  if (inside->result == NULL &&
      kvar_session_get_state (inside->fixture->session) == KVAR_SESSION_SIGNED_IN)
    fixture_send (inside->fixture, "/rest/v1/inside", &inside->result);
}

/* Whoever hears of the new token may use it, or ask for another, on the spot. */
static void
test_asks_inside_the_news (Fixture       *f,
                           gconstpointer  unused)
{
  Inside inside = { f, NULL };
  gulong id = g_signal_connect_swapped (f->session, "notify::state", G_CALLBACK (ask_inside_cb),
                                        &inside);

  fixture_spend_token (f);
  assert_signed_in (f);

  kvar_test_wait_until (inside.result != NULL);
  g_assert_cmpint (fixture_finish (f, &inside.result, NULL), ==, 200);
  g_assert_cmpuint (fixture_n_tokens (f), ==, 2);
  g_signal_handler_disconnect (f->session, id);
}

#define N_QUEUED 40

/* Forty changes made offline: all arrive, once, in order, though the first meets a token
 * problem. */
static void
test_queue_drains_in_order (Fixture       *f,
                            gconstpointer  unused)
{
  guint n = 0;

  kvar_test_auth_refuse_tokens (f->auth);
  for (guint i = 0; i < N_QUEUED; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"id\":%u}", i);

      g_assert_cmpint (fixture_send_change (f, "POST", "/rest/v1/jobs", body, NULL), ==, 200);
    }

  for (guint i = 0; i < kvar_test_transport_get_n_requests (f->transport); i++)
    {
      KvarRequest *request = kvar_test_transport_get_request (f->transport, i);
      g_autofree char *expected = g_strdup_printf ("{\"id\":%u}", n > 0 ? n - 1 : 0);

      if (!g_str_has_prefix (kvar_request_get_path (request), "/rest/"))
        continue;
      g_assert_cmpmem (g_bytes_get_data (kvar_request_get_body (request), NULL),
                       g_bytes_get_size (kvar_request_get_body (request)), expected,
                       strlen (expected));
      n++;
    }
  g_assert_cmpuint (n, ==, N_QUEUED + 1);
  g_assert_cmpuint (fixture_n_tokens (f), ==, 2);
}

/* Another account in the same process, in a project of its own: what ends one does not
 * touch the other. */
static void
test_two_accounts (Fixture       *f,
                   gconstpointer  unused)
{
  Fixture other = { 0 };
  g_autoptr(GError) error = NULL;

  fixture_set_up_signed_in (&other, NULL);
  kvar_test_auth_revoke (f->auth);
  fixture_spend_token (f);
  fixture_spend_token (&other);

  g_assert_cmpint (fixture_get (f, "/rest/v1/jobs", &error), ==, 0);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT);
  assert_signed_in (&other);
  g_assert_cmpuint (kvar_session_get_generation (other.session), ==, 1);
  g_assert_cmpuint (fixture_n_tokens (&other), ==, 2);

  fixture_tear_down (&other, NULL);
}

/* The project's key was disabled: nothing is renewed, nobody leaves, and it heals. */
static void
test_key_disabled_for_long (Fixture       *f,
                            gconstpointer  unused)
{
  FixtureAnswer refused = { G_MAXUINT, 401, "{\"message\":\"Invalid API key\"}", 0 };

  kvar_test_transport_on (f->transport, NULL, "/", fixture_answer_cb, &refused);
  for (guint i = 0; i < 4 * 60; i++)
    fixture_pass (f, KVAR_CLOCK_MINUTE);
  g_assert_true (kvar_session_is_usable (f->session));
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_OFFLINE);

  refused.times = 0;
  fixture_pass (f, 2 * KVAR_CLOCK_MINUTE);
  assert_signed_in (f);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  SESSION_TEST ("B06/privilege-as-anon", fixture_set_up_signed_in, &anon_privilege, test_refusal);
  SESSION_TEST ("B08/second-factor", fixture_set_up_signed_in, &second_factor, test_refusal);
  SESSION_TEST ("B09/key-disabled", fixture_set_up_signed_in, &key_disabled, test_refusal);
  SESSION_TEST ("B09/key-disabled-for-hours", fixture_set_up_signed_in, NULL,
                test_key_disabled_for_long);
  SESSION_TEST ("B10/lost-insert", fixture_set_up_signed_in, NULL, test_lost_insert);
  SESSION_TEST ("B11/refused-before-it-ran", fixture_set_up_signed_in, &before_it_ran,
                test_refusal);
  SESSION_TEST ("B12/function-refuses", fixture_set_up_signed_in, &by_a_function, test_refusal);
  SESSION_TEST ("B12/after-a-side-effect", fixture_set_up_signed_in, &after_a_side_effect,
                test_refusal);
  SESSION_TEST ("B13/replay-is-whole", fixture_set_up_signed_in, NULL, test_replay_is_whole);
  SESSION_TEST ("B16/quits-during-renewal", fixture_set_up_signed_in, NULL,
                test_quits_during_renewal);
  SESSION_TEST ("B16/quits-without-an-answer", fixture_set_up_signed_in, NULL,
                test_quits_without_an_answer);
  SESSION_TEST ("B16/quits-idle", fixture_set_up_signed_in, NULL, test_quits_idle);
  SESSION_TEST ("B17/asks-inside-the-news", fixture_set_up_signed_in, NULL,
                test_asks_inside_the_news);
  SESSION_TEST ("B19/queue-drains-in-order", fixture_set_up_signed_in, NULL,
                test_queue_drains_in_order);
  SESSION_TEST ("B20/two-accounts", fixture_set_up_signed_in, NULL, test_two_accounts);

  return g_test_run ();
}
