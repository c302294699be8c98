/* test-navigator.c: pages are kept while somebody signs in, and routes lead back to them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-display-fixture.h"
#include "kvar-navigator.h"
#include "pages/kvar-connect-page.h"
#include "pages/kvar-login-page.h"
#include "pages/kvar-tables-page.h"
#include "routes/kvar-history.h"

typedef struct
{
  DisplayFixture  display;
  KvarNavigator  *navigator;
} Fixture;

/* A project like most: it does not tell its tables, so that the page asks for names. */
static KvarReply *
no_schema_cb (KvarRequest  *request,
              gpointer      user_data,
              GError      **error)
{
  const char *path = kvar_request_get_path (request);

  if (g_str_has_prefix (path, "/rest/v1/rpc/kvar_schema"))
    return kvar_test_reply_new (404, "{\"code\":\"PGRST202\",\"message\":\"no function\"}");
  if (g_str_equal (path, "/rest/v1/"))
    return kvar_test_reply_new (403, "{\"message\":\"Access to schema is forbidden\"}");

  return NULL;
}

static void
fixture_set_up (Fixture       *f,
                gconstpointer  unused)
{
  display_set_up (&f->display);
  kvar_test_transport_on (f->display.transport, "GET", "/rest/v1/", no_schema_cb, NULL);
  f->navigator = kvar_navigator_new ();
  display_show (&f->display, GTK_WIDGET (f->navigator));
}

static void
fixture_tear_down (Fixture       *f,
                   gconstpointer  unused)
{
  display_tear_down (&f->display);
}

static void
open_workspace (Fixture *f)
{
  display_add_workspace (&f->display);
  kvar_navigator_set_workspace (f->navigator, f->display.workspace);
}

/* The tables page with its entry, signed in. */
static GtkEditable *
open_tables (Fixture *f)
{
  KvarPage *page;

  kvar_test_session_sign_in (f->display.session);
  open_workspace (f);
  page = kvar_navigator_get_page (f->navigator);
  g_assert_true (KVAR_IS_TABLES_PAGE (page));
  kvar_test_wait_until (display_is_shown (page, "name_row"));

  return display_child (page, "name_row");
}

static void
sign_in_on_page (Fixture *f)
{
  KvarPage *login = kvar_navigator_get_visible_page (f->navigator);

  g_assert_true (KVAR_IS_LOGIN_PAGE (login));
  gtk_editable_set_text (display_child (login, "email_row"), KVAR_TEST_EMAIL);
  gtk_editable_set_text (display_child (login, "password_row"), KVAR_TEST_PASSWORD);
  display_click (display_child (login, "sign_in_button"));
  kvar_test_wait_until (kvar_session_get_state (f->display.session) == KVAR_SESSION_SIGNED_IN);
  kvar_test_settle ();
}

static void
test_navigator_begins_with_connecting (Fixture       *f,
                                       gconstpointer  unused)
{
  kvar_navigator_connect (f->navigator);

  g_assert_true (KVAR_IS_CONNECT_PAGE (kvar_navigator_get_visible_page (f->navigator)));
  g_assert_cmpstr (kvar_navigator_get_route (f->navigator), ==, "/connect");
  g_assert_false (kvar_navigator_get_can_uncover (f->navigator));
}

static void
test_navigator_asks_a_stranger_to_sign_in (Fixture       *f,
                                           gconstpointer  unused)
{
  open_workspace (f);

  g_assert_true (KVAR_IS_LOGIN_PAGE (kvar_navigator_get_visible_page (f->navigator)));
  g_assert_null (kvar_navigator_get_page (f->navigator));
  g_assert_false (kvar_navigator_get_can_uncover (f->navigator));
  g_assert_null (strstr (kvar_navigator_get_route (f->navigator), "reason="));
}

static void
test_navigator_remembers_a_deep_link_until_sign_in (Fixture       *f,
                                                    gconstpointer  unused)
{
  open_workspace (f);
  g_assert_true (kvar_navigator_navigate (f->navigator, "kvar:///exports"));
  g_assert_true (KVAR_IS_LOGIN_PAGE (kvar_navigator_get_visible_page (f->navigator)));

  sign_in_on_page (f);
  g_assert_cmpstr (kvar_navigator_get_route (f->navigator), ==, "/exports");
  g_assert_false (kvar_navigator_get_is_covered (f->navigator));
}

static void
test_navigator_leaves_the_page_when_the_session_ends (Fixture       *f,
                                                      gconstpointer  unused)
{
  GtkEditable *entry = open_tables (f);

  gtk_widget_grab_focus (GTK_WIDGET (entry));
  display_end_session (&f->display);

  g_assert_false (kvar_navigator_get_is_covered (f->navigator));
  g_assert_true (display_has_focus (entry));
  g_assert_cmpstr (kvar_navigator_get_route (f->navigator), ==, "/records");
}

static void
test_navigator_comes_back_to_the_cursor (Fixture       *f,
                                         gconstpointer  unused)
{
  GtkEditable *entry = open_tables (f);
  KvarPage *page = kvar_navigator_get_page (f->navigator);

  gtk_editable_set_text (entry, "invoices");
  gtk_widget_grab_focus (GTK_WIDGET (entry));
  gtk_editable_set_position (entry, 3);
  display_end_session (&f->display);

  kvar_navigator_sign_in (f->navigator);
  g_assert_cmpstr (kvar_navigator_get_route (f->navigator), ==,
                   "/login?reason=expired&from=%2Frecords");
  g_assert_true (kvar_navigator_get_can_uncover (f->navigator));
  g_assert_false (display_has_focus (entry));

  sign_in_on_page (f);
  g_assert_true (kvar_navigator_get_visible_page (f->navigator) == page);
  g_assert_true (display_has_focus (entry));
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "invoices");
  g_assert_cmpint (gtk_editable_get_position (entry), ==, 3);
  g_assert_false (gtk_editable_get_selection_bounds (entry, NULL, NULL));
}

static void
test_navigator_takes_not_now (Fixture       *f,
                              gconstpointer  unused)
{
  GtkEditable *entry = open_tables (f);

  gtk_editable_set_text (entry, "invoices");
  gtk_widget_grab_focus (GTK_WIDGET (entry));
  gtk_editable_select_region (entry, 2, 5);
  display_end_session (&f->display);
  kvar_navigator_sign_in (f->navigator);

  kvar_navigator_back (f->navigator);
  g_assert_false (kvar_navigator_get_is_covered (f->navigator));
  g_assert_true (display_has_focus (entry));
  g_assert_cmpint (gtk_editable_get_position (entry), ==, 5);
  g_assert_true (gtk_editable_get_selection_bounds (entry, NULL, NULL));
}

static void
test_navigator_asks_only_once (Fixture       *f,
                               gconstpointer  unused)
{
  KvarPage *login;

  open_tables (f);
  display_end_session (&f->display);
  kvar_navigator_sign_in (f->navigator);
  login = kvar_navigator_get_visible_page (f->navigator);
  gtk_editable_set_text (display_child (login, "password_row"), "half");

  kvar_navigator_sign_in (f->navigator);
  g_assert_true (kvar_navigator_get_visible_page (f->navigator) == login);
  g_assert_cmpstr (gtk_editable_get_text (display_child (login, "password_row")), ==, "half");
}

static void
test_navigator_starts_with_login_when_the_session_is_dead (Fixture       *f,
                                                           gconstpointer  unused)
{
  kvar_test_session_sign_in (f->display.session);
  display_end_session (&f->display);
  open_workspace (f);

  g_assert_true (KVAR_IS_LOGIN_PAGE (kvar_navigator_get_visible_page (f->navigator)));
  g_assert_true (g_str_has_prefix (kvar_navigator_get_route (f->navigator),
                                   "/login?reason=expired"));
  sign_in_on_page (f);
  g_assert_cmpstr (kvar_navigator_get_route (f->navigator), ==, "/records");
}

static void
load_history_of (Fixture    *f,
                 const char *user,
                 gboolean    signed_in)
{
  g_autoptr(KvarHistory) history = kvar_history_new ();
  g_autoptr(KvarRoute) route = kvar_route_parse ("/exports", NULL);
  g_autoptr(GVariant) state = NULL;
  GVariantDict dict;

  kvar_history_visit (history, route);
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "user", "s", user);
  g_variant_dict_insert_value (&dict, "history", kvar_history_to_variant (history));
  state = g_variant_ref_sink (g_variant_dict_end (&dict));
  kvar_navigator_load_variant (f->navigator, state);

  if (signed_in)
    kvar_test_session_sign_in (f->display.session);
  open_workspace (f);
}

static void
test_navigator_begins_where_the_user_was (Fixture       *f,
                                          gconstpointer  unused)
{
  load_history_of (f, KVAR_TEST_USER_ID, TRUE);
  g_assert_cmpstr (kvar_navigator_get_route (f->navigator), ==, "/exports");
}

static void
test_navigator_hides_where_another_user_was (Fixture       *f,
                                             gconstpointer  unused)
{
  load_history_of (f, "22222222-2222-4222-8222-222222222222", TRUE);
  g_assert_cmpstr (kvar_navigator_get_route (f->navigator), ==, "/records");
  g_assert_false (kvar_navigator_get_can_back (f->navigator));
}

/* RET-6: nothing empty is seen on the way, and what lies below can be read. */
static void
test_navigator_keeps_the_place_of_a_dead_session (Fixture       *f,
                                                  gconstpointer  unused)
{
  kvar_test_session_sign_in (f->display.session);
  display_end_session (&f->display);
  load_history_of (f, KVAR_TEST_USER_ID, FALSE);

  g_assert_cmpstr (kvar_navigator_get_route (f->navigator), ==,
                   "/login?reason=expired&from=%2Fexports");
  g_assert_true (kvar_navigator_get_can_uncover (f->navigator));
  kvar_navigator_uncover (f->navigator);
  g_assert_cmpstr (kvar_navigator_get_route (f->navigator), ==, "/exports");
  kvar_navigator_sign_in (f->navigator);

  sign_in_on_page (f);
  g_assert_cmpstr (kvar_navigator_get_route (f->navigator), ==, "/exports");
  g_assert_false (kvar_navigator_get_is_covered (f->navigator));
}

/* RET-5: whatever goes wrong meanwhile, whoever is typing there goes on typing. */
static void
test_navigator_leaves_the_login_page_alone (Fixture       *f,
                                            gconstpointer  unused)
{
  KvarPage *login;
  GtkEditable *email;

  open_tables (f);
  display_end_session (&f->display);
  kvar_navigator_sign_in (f->navigator);
  login = kvar_navigator_get_visible_page (f->navigator);
  email = display_child (login, "email_row");
  gtk_editable_set_text (email, "eva@kvar.example");
  gtk_widget_grab_focus (GTK_WIDGET (email));
  gtk_editable_set_position (email, 3);

  kvar_workspace_load_schema (f->display.workspace);
  kvar_test_wait_until (!kvar_workspace_get_loading (f->display.workspace));
  g_assert_nonnull (kvar_workspace_get_error (f->display.workspace));
  kvar_session_poke (f->display.session);
  kvar_test_settle ();
  g_assert_true (kvar_navigator_get_visible_page (f->navigator) == login);
  g_assert_cmpstr (gtk_editable_get_text (email), ==, "eva@kvar.example");
  g_assert_cmpint (gtk_editable_get_position (email), ==, 3);
  g_assert_true (display_has_focus (email));
}

static guint n_resumed;

static void
count_resumed (KvarPage *page)
{
  n_resumed++;
}

/* A save that somebody asked for while the account was paused goes on as well. */
static void
test_navigator_resumes_pages_after_a_pause (Fixture       *f,
                                            gconstpointer  unused)
{
  KvarPage *page;

  open_tables (f);
  page = kvar_navigator_get_page (f->navigator);
  KVAR_PAGE_GET_CLASS (page)->session_resumed = count_resumed;
  n_resumed = 0;

  kvar_test_auth_script_reply (f->display.auth, kvar_test_reply_new (400,
                               "{\"code\":400,\"error_code\":\"user_banned\",\"msg\":\"no\"}"));
  kvar_clock_advance (f->display.clock, 2 * KVAR_CLOCK_HOUR);
  kvar_test_wait_until (kvar_session_get_state (f->display.session) == KVAR_SESSION_BLOCKED);
  kvar_test_settle ();
  kvar_clock_advance (f->display.clock, KVAR_CLOCK_HOUR);
  kvar_test_wait_until (kvar_session_get_state (f->display.session) == KVAR_SESSION_SIGNED_IN);
  g_assert_cmpuint (n_resumed, ==, 1);

  KVAR_PAGE_GET_CLASS (page)->session_resumed = NULL;
}

static void
test_navigator_clears_pages_when_signed_out_by_hand (Fixture       *f,
                                                     gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;

  open_tables (f);
  kvar_session_sign_out_async (f->display.session, KVAR_SIGN_OUT_LOCAL, NULL,
                               kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  g_assert_true (kvar_session_sign_out_finish (f->display.session, result, NULL));

  g_assert_null (kvar_navigator_get_page (f->navigator));
  g_assert_true (KVAR_IS_LOGIN_PAGE (kvar_navigator_get_visible_page (f->navigator)));
}

static void
test_navigator_walks_back_to_the_same_pages (Fixture       *f,
                                             gconstpointer  unused)
{
  KvarPage *first;

  open_tables (f);
  first = kvar_navigator_get_page (f->navigator);
  g_assert_true (kvar_navigator_navigate (f->navigator, "/exports"));
  g_assert_true (kvar_navigator_get_page (f->navigator) != first);

  kvar_navigator_back (f->navigator);
  g_assert_true (kvar_navigator_get_page (f->navigator) == first);
  g_assert_true (kvar_navigator_get_can_forward (f->navigator));
  kvar_navigator_forward (f->navigator);
  g_assert_cmpstr (kvar_navigator_get_route (f->navigator), ==, "/exports");
}

static void
test_navigator_goes_nowhere_by_bad_routes (Fixture       *f,
                                           gconstpointer  unused)
{
  open_tables (f);

  g_assert_false (kvar_navigator_navigate (f->navigator, "//evil.example/x"));
  g_assert_false (kvar_navigator_navigate (f->navigator, "https://evil.example/records"));
  g_assert_false (kvar_navigator_navigate (f->navigator, "kvar://other.example/records"));
  g_assert_true (kvar_navigator_navigate (f->navigator, "kvar://norr.example.org/exports"));
  g_assert_true (kvar_navigator_navigate (f->navigator, "/read"));
  g_assert_cmpstr (kvar_navigator_get_route (f->navigator), ==, "/records");
}

static void
test_navigator_restores_views_and_history (Fixture       *f,
                                           gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (f->display.state_dir, "windows", NULL);
  g_autoptr(KvarStateFile) file = kvar_state_file_new (path, f->display.clock);
  g_autoptr(GVariant) window = NULL;
  GtkEditable *entry;
  KvarPage *page;

  kvar_navigator_set_state_file (f->navigator, file, 0);
  entry = open_tables (f);
  gtk_widget_grab_focus (GTK_WIDGET (entry));
  gtk_editable_set_text (entry, "invoices");
  gtk_editable_set_position (entry, 4);
  kvar_navigator_save_view (f->navigator);
  g_assert_true (kvar_navigator_navigate (f->navigator, "/exports"));

  f->navigator = kvar_navigator_new ();
  gtk_window_set_child (f->display.window, GTK_WIDGET (f->navigator));
  kvar_navigator_set_state_file (f->navigator, file, 0);
  window = kvar_state_file_lookup_window (file, 0);
  kvar_navigator_load_variant (f->navigator, window);
  kvar_navigator_set_workspace (f->navigator, f->display.workspace);
  g_assert_cmpstr (kvar_navigator_get_route (f->navigator), ==, "/exports");

  kvar_navigator_back (f->navigator);
  page = kvar_navigator_get_page (f->navigator);
  entry = display_child (page, "name_row");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "invoices");
  g_assert_true (display_has_focus (entry));
  g_assert_cmpint (gtk_editable_get_position (entry), ==, 4);
}

/* Also what was begun before there was a project. */
static void
test_navigator_restores_the_connect_page (Fixture       *f,
                                          gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (f->display.state_dir, "windows", NULL);
  g_autoptr(KvarStateFile) file = kvar_state_file_new (path, f->display.clock);
  g_autofree char *contents = NULL;
  KvarPage *page;
  gsize size;

  kvar_navigator_set_state_file (f->navigator, file, 0);
  kvar_navigator_connect (f->navigator);
  page = kvar_navigator_get_visible_page (f->navigator);
  gtk_editable_set_text (display_child (page, "address_row"), "norr.example.org");
  gtk_editable_set_text (display_child (page, "key_row"), "sb_publishable_norr");

  f->navigator = kvar_navigator_new ();
  gtk_window_set_child (f->display.window, GTK_WIDGET (f->navigator));
  kvar_navigator_set_state_file (f->navigator, file, 0);
  kvar_navigator_connect (f->navigator);
  page = kvar_navigator_get_visible_page (f->navigator);
  g_assert_cmpstr (gtk_editable_get_text (display_child (page, "address_row")), ==,
                   "norr.example.org");

  /* Keys are not for this file. */
  g_assert_true (kvar_state_file_flush (file, NULL));
  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  g_assert_null (g_strstr_len (contents, (gssize)size, "sb_publishable"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(path, function) \
  g_test_add ("/navigator/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

  ADD ("begins-with-connecting", test_navigator_begins_with_connecting);
  ADD ("asks-a-stranger-to-sign-in", test_navigator_asks_a_stranger_to_sign_in);
  ADD ("remembers-a-deep-link-until-sign-in", test_navigator_remembers_a_deep_link_until_sign_in);
  ADD ("leaves-the-page-when-the-session-ends",
       test_navigator_leaves_the_page_when_the_session_ends);
  ADD ("comes-back-to-the-cursor", test_navigator_comes_back_to_the_cursor);
  ADD ("takes-not-now", test_navigator_takes_not_now);
  ADD ("asks-only-once", test_navigator_asks_only_once);
  ADD ("starts-with-login-when-the-session-is-dead",
       test_navigator_starts_with_login_when_the_session_is_dead);
  ADD ("keeps-the-place-of-a-dead-session",
       test_navigator_keeps_the_place_of_a_dead_session);
  ADD ("leaves-the-login-page-alone", test_navigator_leaves_the_login_page_alone);
  ADD ("begins-where-the-user-was", test_navigator_begins_where_the_user_was);
  ADD ("hides-where-another-user-was", test_navigator_hides_where_another_user_was);
  ADD ("resumes-pages-after-a-pause",
       test_navigator_resumes_pages_after_a_pause);
  ADD ("clears-pages-when-signed-out-by-hand",
       test_navigator_clears_pages_when_signed_out_by_hand);
  ADD ("walks-back-to-the-same-pages", test_navigator_walks_back_to_the_same_pages);
  ADD ("goes-nowhere-by-bad-routes", test_navigator_goes_nowhere_by_bad_routes);
  ADD ("restores-views-and-history", test_navigator_restores_views_and_history);
  ADD ("restores-the-connect-page", test_navigator_restores_the_connect_page);

  return g_test_run ();
}
