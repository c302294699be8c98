/* test-login-page.c: why sign-in is asked for, what is filled in, and what can go wrong
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-display-fixture.h"
#include "pages/kvar-login-page.h"

typedef struct
{
  DisplayFixture  display;
  KvarLoginPage  *page;
  GtkEditable    *email;
  GtkEditable    *password;
  GtkButton      *button;
} Fixture;

static void
fixture_open (Fixture    *f,
              const char *reason)
{
  g_autoptr(KvarRoute) route = kvar_route_new_login (reason, "/records/jobs/42");

  display_add_workspace (&f->display);
  f->page = g_object_new (KVAR_TYPE_LOGIN_PAGE,
                          "route", route,
                          "workspace", f->display.workspace,
                          NULL);
  f->email = display_child (f->page, "email_row");
  f->password = display_child (f->page, "password_row");
  f->button = display_child (f->page, "sign_in_button");
  kvar_page_load (KVAR_PAGE (f->page));
  display_show (&f->display, GTK_WIDGET (f->page));
  kvar_page_grab_default_focus (KVAR_PAGE (f->page));
}

static void
fixture_set_up (Fixture       *f,
                gconstpointer  unused)
{
  display_set_up (&f->display);
}

static void
fixture_tear_down (Fixture       *f,
                   gconstpointer  unused)
{
  display_tear_down (&f->display);
}

static void
fill_in (Fixture    *f,
         const char *password)
{
  gtk_editable_set_text (f->email, " " KVAR_TEST_EMAIL " ");
  gtk_editable_set_text (f->password, password);
}

static void
test_login_page_says_the_reason_as_information (Fixture       *f,
                                                gconstpointer  unused)
{
  fixture_open (f, "expired");
  kvar_login_page_set_return_title (f->page, "Contacts");

  g_assert_true (display_is_shown (f->page, "reason_box"));
  g_assert_cmpint (gtk_accessible_get_accessible_role (display_child (f->page, "reason_box")),
                   ==, GTK_ACCESSIBLE_ROLE_STATUS);
  g_assert_cmpstr (display_label (f->page, "reason_label"), ==,
                   "Your session expired — please sign in again.");
  g_assert_cmpstr (display_label (f->page, "return_label"), ==, "You'll be back in Contacts.");
  g_assert_false (display_is_shown (f->page, "problem_box"));
}

/* Every reason of a route has its sentence; one that nobody knows says nothing. */
static void
test_login_page_knows_each_reason (Fixture       *f,
                                   gconstpointer  unused)
{
  static const struct
  {
    const char *reason;
    const char *sentence;
  } reasons[] = {
    { "expired", "Your session expired — please sign in again." },
    { "policy", "Your organisation asks you to sign in again." },
    { "blocked", "Your account is paused. Ask your administrator. What you typed is safe." },
    { "signed-out", "You've been signed out on this computer. What you typed is safe." },
    { "frontend-login-form", NULL },
  };

  display_add_workspace (&f->display);
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      g_autoptr(KvarRoute) route = kvar_route_new_login (reasons[i].reason, "/records");

      f->page = g_object_new (KVAR_TYPE_LOGIN_PAGE, "route", route,
                              "workspace", f->display.workspace, NULL);
      kvar_page_load (KVAR_PAGE (f->page));
      display_show (&f->display, GTK_WIDGET (f->page));

      g_assert_true (display_is_shown (f->page, "reason_box") == (reasons[i].sentence != NULL));
      if (reasons[i].sentence != NULL)
        g_assert_cmpstr (display_label (f->page, "reason_label"), ==, reasons[i].sentence);
      g_assert_false (display_is_shown (f->page, "problem_box"));
    }
}

static void
test_login_page_gives_no_reason_for_a_deep_link (Fixture       *f,
                                                 gconstpointer  unused)
{
  fixture_open (f, NULL);

  g_assert_false (display_is_shown (f->page, "reason_box"));
}

static void
test_login_page_begins_in_the_empty_field (Fixture       *f,
                                           gconstpointer  unused)
{
  fixture_open (f, NULL);

  g_assert_true (display_has_focus (f->email));
}

static void
test_login_page_fills_in_the_email (Fixture       *f,
                                    gconstpointer  unused)
{
  kvar_test_session_sign_in (f->display.session);
  display_end_session (&f->display);
  fixture_open (f, "expired");

  g_assert_cmpstr (gtk_editable_get_text (f->email), ==, KVAR_TEST_EMAIL);
  g_assert_true (display_has_focus (f->password));
}

static void
test_login_page_waits_for_both_fields (Fixture       *f,
                                       gconstpointer  unused)
{
  fixture_open (f, NULL);

  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (f->button)));
  gtk_editable_set_text (f->email, "   ");
  gtk_editable_set_text (f->password, "x");
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (f->button)));
  gtk_editable_set_text (f->email, "a@example.org");
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (f->button)));
  gtk_editable_set_text (f->password, "");
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (f->button)));
}

static void
test_login_page_signs_in_with_enter (Fixture       *f,
                                     gconstpointer  unused)
{
  fixture_open (f, NULL);
  fill_in (f, KVAR_TEST_PASSWORD);

  kvar_test_transport_hold (f->display.transport);
  g_signal_emit_by_name (f->password, "entry-activated");
  g_assert_cmpstr (gtk_button_get_label (f->button), ==, "Signing in…");
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (f->button)));
  kvar_test_transport_release (f->display.transport);

  kvar_test_wait_until (kvar_session_get_state (f->display.session) == KVAR_SESSION_SIGNED_IN);
  kvar_test_settle ();
  g_assert_cmpstr (kvar_session_get_email (f->display.session), ==, KVAR_TEST_EMAIL);
  g_assert_cmpstr (gtk_editable_get_text (f->password), ==, "");
}

static void
test_login_page_keeps_the_text_after_a_wrong_password (Fixture       *f,
                                                       gconstpointer  unused)
{
  fixture_open (f, "expired");
  fill_in (f, "wrong");
  display_click (f->button);

  kvar_test_wait_until (display_is_shown (f->page, "problem_box"));
  g_assert_cmpint (gtk_accessible_get_accessible_role (display_child (f->page, "problem_box")),
                   ==, GTK_ACCESSIBLE_ROLE_ALERT);
  g_assert_cmpstr (display_label (f->page, "problem_label"), ==,
                   "E-mail or password is incorrect.");
  g_assert_cmpstr (gtk_editable_get_text (f->password), ==, "wrong");
  g_assert_true (display_has_focus (f->password));
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (f->button)));

  gtk_editable_set_text (f->password, "wron");
  g_assert_false (display_is_shown (f->page, "problem_box"));
}

static void
test_login_page_shows_no_server_text (Fixture       *f,
                                      gconstpointer  unused)
{
  fixture_open (f, NULL);
  fill_in (f, KVAR_TEST_PASSWORD);
  kvar_test_auth_script_reply (f->display.auth,
                               kvar_test_reply_new (500, "{\"message\":\"provider supabase\"}"));
  display_click (f->button);

  kvar_test_wait_until (display_is_shown (f->page, "problem_box"));
  g_assert_null (strstr (display_label (f->page, "problem_label"), "supabase"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(path, function) \
  g_test_add ("/login-page/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

  ADD ("says-the-reason-as-information", test_login_page_says_the_reason_as_information);
  ADD ("RET-2/knows-each-reason", test_login_page_knows_each_reason);
  ADD ("gives-no-reason-for-a-deep-link", test_login_page_gives_no_reason_for_a_deep_link);
  ADD ("begins-in-the-empty-field", test_login_page_begins_in_the_empty_field);
  ADD ("fills-in-the-email", test_login_page_fills_in_the_email);
  ADD ("waits-for-both-fields", test_login_page_waits_for_both_fields);
  ADD ("signs-in-with-enter", test_login_page_signs_in_with_enter);
  ADD ("keeps-the-text-after-a-wrong-password",
       test_login_page_keeps_the_text_after_a_wrong_password);
  ADD ("shows-no-server-text", test_login_page_shows_no_server_text);

  return g_test_run ();
}
