/* test-session-bar.c: the bar says what is true, goes by itself, and leaves the focus alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-display-fixture.h"
#include "session/kvar-memory-vault.h"
#include "widgets/kvar-session-bar.h"

#define EXPIRED "Your session expired — please sign in again."
#define POLICY  "Your organisation asks you to sign in again."
#define BLOCKED "Your account is paused. Ask your administrator. What you typed is safe."

typedef struct
{
  DisplayFixture  display;
  KvarSessionBar *bar;
  GtkWidget      *entry;
  guint           n_sign_in;
} Fixture;

static void
sign_in_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  ((Fixture *)user_data)->n_sign_in++;
}

static void
fixture_set_up (Fixture       *f,
                gconstpointer  unused)
{
  const GActionEntry entries[] = { { "sign-in", sign_in_cb } };
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  display_set_up (&f->display);
  kvar_test_session_sign_in (f->display.session);

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, 1, f);
  gtk_widget_insert_action_group (GTK_WIDGET (f->display.window), "win", G_ACTION_GROUP (group));

  f->entry = gtk_entry_new ();
  f->bar = kvar_session_bar_new ();
  gtk_box_append (GTK_BOX (box), f->entry);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (f->bar));
  display_show (&f->display, box);
  kvar_session_bar_set_session (f->bar, f->display.session);
  gtk_widget_grab_focus (f->entry);
}

static void
fixture_tear_down (Fixture       *f,
                   gconstpointer  unused)
{
  display_tear_down (&f->display);
}

static gboolean
is_revealed (Fixture *f)
{
  return gtk_revealer_get_reveal_child (display_child (f->bar, "revealer"));
}

static void
script_outages (Fixture *f,
                guint    n)
{
  for (guint i = 0; i < n; i++)
    kvar_test_auth_script_error (f->display.auth,
                                 g_error_new_literal (KVAR_ERROR, KVAR_ERROR_OFFLINE, "gone"),
                                 FALSE);
}

static void
pass_seconds (Fixture *f,
              guint    seconds)
{
  for (guint i = 0; i < 4 * seconds; i++)
    {
      kvar_clock_advance (f->display.clock, KVAR_CLOCK_SECOND / 4);
      kvar_test_settle ();
    }
}

/* A request needs a new token, and the auth server does not answer. */
static void
lose_server (Fixture *f)
{
  g_autoptr(KvarRequest) request = kvar_request_new ("GET", "/rest/v1/jobs");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;

  script_outages (f, 40);
  kvar_test_auth_refuse_tokens (f->display.auth);
  kvar_session_send_async (f->display.session, request, NULL, kvar_test_keep_result, &result);
  while (kvar_session_get_state (f->display.session) != KVAR_SESSION_OFFLINE)
    {
      kvar_clock_advance (f->display.clock, KVAR_CLOCK_SECOND / 4);
      kvar_test_settle ();
    }
  kvar_test_wait_until (result != NULL);
  reply = kvar_session_send_finish (f->display.session, result, &error);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_OFFLINE);
}

static void
test_session_bar_is_away_while_all_is_well (Fixture       *f,
                                            gconstpointer  unused)
{
  g_assert_false (is_revealed (f));
  g_assert_cmpint (kvar_session_bar_get_notice (f->bar), ==, KVAR_NOTICE_NONE);
}

static void
test_session_bar_says_that_the_session_is_over (Fixture       *f,
                                                gconstpointer  unused)
{
  display_end_session (&f->display);

  g_assert_true (is_revealed (f));
  g_assert_cmpstr (kvar_session_bar_get_text (f->bar), ==,
                   "Your session expired — please sign in again.");
  g_assert_true (display_has_focus (f->entry));

  display_click (display_child (f->bar, "button"));
  g_assert_cmpuint (f->n_sign_in, ==, 1);
}

static void
test_session_bar_goes_after_sign_in (Fixture       *f,
                                     gconstpointer  unused)
{
  display_end_session (&f->display);
  kvar_test_session_sign_in (f->display.session);

  g_assert_false (is_revealed (f));
}

static void
test_session_bar_is_hushed_by_the_login_page (Fixture       *f,
                                              gconstpointer  unused)
{
  display_end_session (&f->display);

  kvar_session_bar_set_hushed (f->bar, TRUE);
  g_assert_false (is_revealed (f));
  kvar_session_bar_set_hushed (f->bar, FALSE);
  g_assert_true (is_revealed (f));
}

static void
test_session_bar_tells_of_a_long_outage_only (Fixture       *f,
                                              gconstpointer  unused)
{
  lose_server (f);
  g_assert_false (is_revealed (f));

  pass_seconds (f, 4);
  g_assert_false (is_revealed (f));
  pass_seconds (f, 2);
  g_assert_true (is_revealed (f));
  g_assert_cmpint (kvar_session_bar_get_notice (f->bar), ==, KVAR_NOTICE_OFFLINE);
  g_assert_true (display_has_focus (f->entry));
}

/* Storage says 400 where it means the token. */
static KvarReply *
storage_cb (KvarRequest  *request,
            gpointer      user_data,
            GError      **error)
{
  Fixture *f = user_data;
  g_autofree char *bearer = g_strconcat ("Bearer ", kvar_test_auth_get_access (f->display.auth),
                                         NULL);

  if (g_strcmp0 (kvar_request_get_header (request, "Authorization"), bearer) == 0)
    return kvar_test_reply_new (200, "{}");

  return kvar_test_reply_new (400, "{\"statusCode\":\"403\",\"error\":\"Unauthorized\","
                                   "\"message\":\"\\\"exp\\\" claim timestamp check failed\"}");
}

static void
count_cb (guint *counter)
{
  (*counter)++;
}

/* Whatever is asked for, a refused token is renewed once and the question asked again. */
static void
test_session_bar_heals_unseen (Fixture       *f,
                               gconstpointer  unused)
{
  static const struct
  {
    const char *method;
    const char *path;
  } kinds[] = {
    { "GET", "/rest/v1/jobs" }, { "PATCH", "/rest/v1/jobs?id=eq.1" },
    { "POST", "/rest/v1/rpc/report" }, { "GET", "/auth/v1/user" },
    { "GET", "/storage/v1/object/files/a.pdf" },
  };
  guint n_revealed = 0;

  kvar_test_transport_on (f->display.transport, "GET", "/storage/v1/", storage_cb, f);
  g_signal_connect_swapped (display_child (f->bar, "revealer"), "notify::reveal-child",
                            G_CALLBACK (count_cb), &n_revealed);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(KvarRequest) request = kvar_request_new (kinds[i].method, kinds[i].path);
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(KvarReply) reply = NULL;
      guint n_tokens = kvar_test_auth_get_n_tokens (f->display.auth);

      kvar_test_auth_refuse_tokens (f->display.auth);
      kvar_session_send_async (f->display.session, request, NULL, kvar_test_keep_result, &result);
      kvar_test_wait_until (result != NULL);
      reply = kvar_session_send_finish (f->display.session, result, NULL);

      g_assert_cmpint (kvar_reply_get_status (reply), ==, 200);
      g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->display.auth), ==, n_tokens + 1);
      g_assert_cmpuint (kvar_test_transport_count (f->display.transport, kinds[i].method,
                                                   kinds[i].path), ==, 2);
    }
  g_assert_cmpuint (n_revealed, ==, 0);
}

/* What the server said, and the sentence that it becomes; never the server's own. */
static void
test_session_bar_explains_each_end (Fixture       *f,
                                    gconstpointer  unused)
{
  static const struct
  {
    const char *code;
    const char *sentence;
  } ends[] = {
    { "refresh_token_not_found", EXPIRED },
    { "refresh_token_already_used", EXPIRED },
    { "session_not_found", EXPIRED },
    { "user_not_found", EXPIRED },
    { "validation_failed", EXPIRED },
    { "session_expired", POLICY },
    { "user_banned", BLOCKED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"code\":\"%s\",\"message\":\"Use the "
                                               "frontend login form\"}", ends[i].code);

      if (i > 0)
        kvar_test_session_sign_in (f->display.session);
      g_assert_false (is_revealed (f));
      kvar_test_auth_script_reply (f->display.auth, kvar_test_reply_new (400, json));
      kvar_clock_advance (f->display.clock, KVAR_CLOCK_HOUR);
      kvar_test_wait_until (is_revealed (f));

      g_assert_cmpstr (kvar_session_bar_get_text (f->bar), ==, ends[i].sentence);
      g_assert_true (display_has_focus (f->entry));
    }
}

/* Hours go by, tokens are renewed, and nothing is announced beforehand. */
static void
test_session_bar_warns_of_nothing (Fixture       *f,
                                   gconstpointer  unused)
{
  guint n_revealed = 0;

  g_signal_connect_swapped (display_child (f->bar, "revealer"), "notify::reveal-child",
                            G_CALLBACK (count_cb), &n_revealed);
  for (guint minute = 0; minute < 3 * 60; minute++)
    {
      kvar_clock_advance (f->display.clock, KVAR_CLOCK_MINUTE);
      kvar_test_settle ();
    }

  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->display.auth), >=, 4);
  g_assert_cmpuint (n_revealed, ==, 0);
}

/* Asked for once; what was read stays, and unlocking takes the bar away. */
static void
test_session_bar_asks_to_unlock (Fixture       *f,
                                 gconstpointer  unused)
{
  g_autoptr(KvarSession) restored = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  kvar_test_vault_lock (f->display.vault, FALSE);
  restored = kvar_test_session_new (f->display.transport, KVAR_VAULT (f->display.vault),
                                    f->display.clock, f->display.state_dir);
  kvar_session_restore_async (restored, KVAR_TEST_EMAIL, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (kvar_session_get_state (restored) == KVAR_SESSION_LOCKED);
  kvar_session_bar_set_session (f->bar, restored);

  g_assert_cmpint (kvar_session_bar_get_notice (f->bar), ==, KVAR_NOTICE_KEYRING_LOCKED);
  g_assert_cmpstr (kvar_session_bar_get_text (f->bar), ==,
                   "Unlock your keyring to stay signed in.");
  g_assert_true (display_has_focus (f->entry));

  kvar_test_vault_lock (f->display.vault, TRUE);
  display_click (display_child (f->bar, "button"));
  kvar_test_wait_until (kvar_session_get_state (restored) == KVAR_SESSION_SIGNED_IN);
  g_assert_false (is_revealed (f));
  kvar_test_wait_until (result != NULL);
  kvar_session_bar_set_session (f->bar, NULL);
}

/* Nothing here can keep a secret: said once, and signing in works. */
static void
test_session_bar_says_that_there_is_no_keyring (Fixture       *f,
                                                gconstpointer  unused)
{
  g_autofree char *asked_for = g_strdup (g_getenv ("KVAR_VAULT"));
  g_autoptr(KvarVault) vault = kvar_memory_vault_new ();
  g_autoptr(KvarSession) session = NULL;

  g_unsetenv ("KVAR_VAULT");
  session = kvar_test_session_new (f->display.transport, vault, f->display.clock,
                                   f->display.state_dir);
  kvar_test_session_sign_in (session);
  kvar_session_bar_set_session (f->bar, session);
  g_assert_cmpint (kvar_session_bar_get_notice (f->bar), ==, KVAR_NOTICE_NO_KEYRING);

  display_click (display_child (f->bar, "button"));
  g_assert_false (is_revealed (f));
  kvar_clock_advance (f->display.clock, 2 * KVAR_CLOCK_HOUR);
  kvar_test_settle ();
  g_assert_cmpint (kvar_session_get_state (session), ==, KVAR_SESSION_SIGNED_IN);
  g_assert_false (is_revealed (f));
  kvar_session_bar_set_session (f->bar, NULL);
  if (asked_for != NULL)
    g_setenv ("KVAR_VAULT", asked_for, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(path, function) \
  g_test_add ("/session-bar/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

  ADD ("is-away-while-all-is-well", test_session_bar_is_away_while_all_is_well);
  ADD ("says-that-the-session-is-over", test_session_bar_says_that_the_session_is_over);
  ADD ("goes-after-sign-in", test_session_bar_goes_after_sign_in);
  ADD ("is-hushed-by-the-login-page", test_session_bar_is_hushed_by_the_login_page);
  ADD ("tells-of-a-long-outage-only", test_session_bar_tells_of_a_long_outage_only);
  ADD ("SES-2/heals-unseen", test_session_bar_heals_unseen);
  ADD ("SES-13/asks-to-unlock", test_session_bar_asks_to_unlock);
  ADD ("SES-13/no-keyring", test_session_bar_says_that_there_is_no_keyring);
  ADD ("SES-15/explains-each-end", test_session_bar_explains_each_end);
  ADD ("SES-16/warns-of-nothing", test_session_bar_warns_of_nothing);

  return g_test_run ();
}
