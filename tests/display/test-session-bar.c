/* test-session-bar.c: the bar says what is true, goes by itself, and leaves the focus alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-display-fixture.h"
#include "widgets/kvar-session-bar.h"

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

static void
test_session_bar_shows_a_restored_draft_until_seen (Fixture       *f,
                                                    gconstpointer  unused)
{
  kvar_session_bar_set_restored (f->bar, kvar_clock_get_wall (f->display.clock));
  g_assert_cmpint (kvar_session_bar_get_notice (f->bar), ==, KVAR_NOTICE_DRAFT_RESTORED);
  g_assert_nonnull (strstr (kvar_session_bar_get_text (f->bar), "were restored."));

  display_click (display_child (f->bar, "button"));
  g_assert_false (is_revealed (f));
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
  ADD ("shows-a-restored-draft-until-seen", test_session_bar_shows_a_restored_draft_until_seen);

  return g_test_run ();
}
