/* test-connect-page.c: what may be connected to, and what is said about the rest
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-display-fixture.h"
#include "pages/kvar-connect-page.h"

typedef struct
{
  DisplayFixture   display;
  KvarConnectPage *page;
  GtkEditable     *address;
  GtkEditable     *key;
  GVariant        *opened;    /* (nullable) what app.open-project was given */
} Fixture;

static void
open_project_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  Fixture *f = user_data;

  g_assert_null (f->opened);
  f->opened = g_variant_ref (parameter);
}

static void
fixture_set_up (Fixture       *f,
                gconstpointer  unused)
{
  const GActionEntry entries[] = { { "open-project", open_project_cb, "(ssb)" } };
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr(KvarRoute) route = kvar_route_new_place (KVAR_PLACE_CONNECT);

  display_set_up (&f->display);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, 1, f);
  gtk_widget_insert_action_group (GTK_WIDGET (f->display.window), "app", G_ACTION_GROUP (group));

  f->page = g_object_new (KVAR_TYPE_CONNECT_PAGE, "route", route, NULL);
  f->address = display_child (f->page, "address_row");
  f->key = display_child (f->page, "key_row");
  kvar_connect_page_set_transport (f->page, KVAR_TRANSPORT (f->display.transport));
  kvar_page_load (KVAR_PAGE (f->page));
  display_show (&f->display, GTK_WIDGET (f->page));
}

static void
fixture_tear_down (Fixture       *f,
                   gconstpointer  unused)
{
  display_tear_down (&f->display);
  g_clear_pointer (&f->opened, g_variant_unref);
}

static void
submit (Fixture    *f,
        const char *address,
        const char *key)
{
  gtk_editable_set_text (f->address, address);
  gtk_editable_set_text (f->key, key);
  display_click (display_child (f->page, "connect_button"));
}

static void
test_connect_page_begins_in_the_address (Fixture       *f,
                                         gconstpointer  unused)
{
  GtkWidget *focus;

  g_assert_true (kvar_page_grab_default_focus (KVAR_PAGE (f->page)));
  focus = gtk_root_get_focus (GTK_ROOT (f->display.window));
  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_is_ancestor (focus, GTK_WIDGET (f->address)));
}

static void
test_connect_page_waits_for_both_fields (Fixture       *f,
                                         gconstpointer  unused)
{
  GtkWidget *button = display_child (f->page, "connect_button");

  g_assert_false (gtk_widget_get_sensitive (button));
  gtk_editable_set_text (f->address, "norr.example.org");
  g_assert_false (gtk_widget_get_sensitive (button));
  gtk_editable_set_text (f->key, "sb_publishable_x");
  g_assert_true (gtk_widget_get_sensitive (button));
}

static void
test_connect_page_refuses_a_secret_key (Fixture       *f,
                                        gconstpointer  unused)
{
  submit (f, "https://norr.example.org", "sb_secret_x");

  g_assert_true (display_is_shown (f->page, "problem_box"));
  g_assert_cmpstr (display_label (f->page, "problem_label"), ==,
                   "This is an administrator key. For your safety Kvar doesn't use it. "
                   "Ask for the public key.");
  g_assert_true (display_has_focus (f->key));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (f->key), "error"));
  g_assert_cmpuint (kvar_test_transport_get_n_requests (f->display.transport), ==, 0);

  gtk_editable_set_text (f->key, "sb_publishable_x");
  g_assert_false (display_is_shown (f->page, "problem_box"));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (f->key), "error"));
}

static void
test_connect_page_opens_a_project_that_answers (Fixture       *f,
                                                gconstpointer  unused)
{
  const char *url = NULL;
  const char *key = NULL;
  gboolean is_demo;

  kvar_test_transport_answer (f->display.transport, 200,
                              "{\"external\":{\"email\":true},\"disable_signup\":false}");
  submit (f, " norr.example.org ", "sb_publishable_x");

  kvar_test_wait_until (f->opened != NULL);
  g_variant_get (f->opened, "(&s&sb)", &url, &key, &is_demo);
  g_assert_cmpstr (url, ==, "https://norr.example.org");
  g_assert_cmpstr (key, ==, "sb_publishable_x");
  g_assert_false (is_demo);
}

static void
test_connect_page_says_when_there_is_no_project (Fixture       *f,
                                                 gconstpointer  unused)
{
  g_autoptr(KvarReply) html = NULL;

  html = kvar_test_reply_new (404, "<html>not here</html>");
  kvar_test_transport_answer_reply (f->display.transport, html);
  submit (f, "https://norr.example.org", "sb_publishable_x");

  kvar_test_wait_until (display_is_shown (f->page, "problem_box"));
  g_assert_cmpstr (display_label (f->page, "problem_label"), ==,
                   "There's no project at this address. Check the spelling.");
  g_assert_null (f->opened);
  g_assert_cmpstr (gtk_editable_get_text (f->key), ==, "sb_publishable_x");
}

static void
test_connect_page_says_when_the_server_is_away (Fixture       *f,
                                                gconstpointer  unused)
{
  kvar_test_transport_answer_error (f->display.transport,
                                    g_error_new_literal (KVAR_ERROR, KVAR_ERROR_OFFLINE, "gone"));
  submit (f, "https://norr.example.org", "sb_publishable_x");

  kvar_test_wait_until (display_is_shown (f->page, "problem_box"));
  g_assert_null (f->opened);
  g_assert_true (gtk_widget_get_sensitive (display_child (f->page, "connect_button")));
}

static void
test_connect_page_says_when_the_demo_is_missing (Fixture       *f,
                                                 gconstpointer  unused)
{
  g_autofree char *before = g_strdup (g_getenv ("KVAR_LIBEXECDIR"));

  g_setenv ("KVAR_LIBEXECDIR", f->display.state_dir, TRUE);
  display_click (display_child (f->page, "demo_button"));

  kvar_test_wait_until (display_is_shown (f->page, "problem_box"));
  g_assert_cmpstr (display_label (f->page, "problem_label"), ==,
                   "The demo could not be started.");
  if (before != NULL)
    g_setenv ("KVAR_LIBEXECDIR", before, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(path, function) \
  g_test_add ("/connect-page/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

  ADD ("focus/begins-in-the-address", test_connect_page_begins_in_the_address);
  ADD ("waits-for-both-fields", test_connect_page_waits_for_both_fields);
  ADD ("refuses-a-secret-key", test_connect_page_refuses_a_secret_key);
  ADD ("opens-a-project-that-answers", test_connect_page_opens_a_project_that_answers);
  ADD ("says-when-there-is-no-project", test_connect_page_says_when_there_is_no_project);
  ADD ("says-when-the-server-is-away", test_connect_page_says_when_the_server_is_away);
  ADD ("says-when-the-demo-is-missing", test_connect_page_says_when_the_demo_is_missing);

  return g_test_run ();
}
