/* test-window.c: what the window publishes, where its keys lead, and what it remembers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-display-fixture.h"
#include "kvar-window.h"
#include "pages/kvar-tables-page.h"
#include "widgets/kvar-session-bar.h"

#define ID "11111111-1111-4111-8111-111111111111"

typedef struct
{
  DisplayFixture  display;
  KvarStateFile  *state_file;
  KvarWindow     *window;
} Fixture;

static KvarReply *
schema_cb (KvarRequest  *request,
           gpointer      user_data,
           GError      **error)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "kvar-schema.json", NULL);
  g_autofree char *json = NULL;

  g_assert_true (g_file_get_contents (path, &json, NULL, NULL));

  return kvar_test_reply_new (200, json);
}

static void
fixture_set_up (Fixture       *f,
                gconstpointer  unused)
{
  g_autofree char *path = NULL;

  display_set_up (&f->display);
  path = g_build_filename (f->display.state_dir, "windows", NULL);
  f->state_file = kvar_state_file_new (path, f->display.clock);
  kvar_test_transport_on (f->display.transport, "GET", "/rest/v1/rpc/kvar_schema", schema_cb, NULL);
  f->window = g_object_ref (kvar_window_new (NULL, f->state_file, 0));
}

static void
fixture_tear_down (Fixture       *f,
                   gconstpointer  unused)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  kvar_test_settle ();
  g_assert_finalize_object (f->window);
  g_assert_finalize_object (f->state_file);
  display_tear_down (&f->display);
}

/* Signed in, with the tables of the sample project at the side. */
static void
open_window (Fixture *f,
             int      width)
{
  kvar_test_session_sign_in (f->display.session);
  display_add_workspace (&f->display);
  kvar_window_set_workspace (f->window, f->display.workspace);
  gtk_window_set_default_size (GTK_WINDOW (f->window), width, 600);
  gtk_window_present (GTK_WINDOW (f->window));
  kvar_test_wait_until (kvar_workspace_get_schema (f->display.workspace) != NULL);
  kvar_test_wait_until (display_is_shown (f->window, "content_pane"));
  kvar_test_settle ();
}

static void
activate (Fixture    *f,
          const char *action)
{
  g_action_group_activate_action (G_ACTION_GROUP (f->window), action, NULL);
}

static void
navigate (Fixture    *f,
          const char *route)
{
  g_action_group_activate_action (G_ACTION_GROUP (f->window), "navigate",
                                  g_variant_new_string (route));
}

static void
assert_state (Fixture    *f,
              const char *action,
              const char *expected)
{
  g_autoptr(GVariant) state = NULL;

  state = g_action_group_get_action_state (G_ACTION_GROUP (f->window), action);
  g_assert_cmpstr (g_variant_get_string (state, NULL), ==, expected);
}

static gpointer
sidebar_child (Fixture    *f,
               const char *name)
{
  return display_child (display_child (f->window, "sidebar"), name);
}

static void
test_window_publishes_route_and_session (Fixture       *f,
                                         gconstpointer  unused)
{
  kvar_window_set_workspace (f->window, NULL);
  assert_state (f, "route", "/connect");
  assert_state (f, "session-state", "none");

  open_window (f, 1000);
  assert_state (f, "route", "/records");
  assert_state (f, "session-state", "signed-in");

  navigate (f, "/exports");
  assert_state (f, "route", "/exports");
  activate (f, "back");
  assert_state (f, "route", "/records");
}

static void
test_window_lists_tables_and_marks_the_current_one (Fixture       *f,
                                                    gconstpointer  unused)
{
  GtkListBox *tables;
  GtkListBoxRow *row;

  open_window (f, 1000);
  tables = sidebar_child (f, "tables_box");
  row = gtk_list_box_get_row_at_index (tables, 0);
  g_assert_nonnull (row);
  g_assert_null (gtk_list_box_get_selected_row (tables));

  g_signal_emit_by_name (tables, "row-activated", row);
  g_assert_true (gtk_list_box_get_selected_row (tables) == row);
  g_assert_true (g_str_has_prefix (kvar_navigator_get_route (
                                     kvar_window_get_navigator (f->window)), "/records/"));

  navigate (f, "/exports");
  g_assert_null (gtk_list_box_get_selected_row (tables));
  g_assert_nonnull (gtk_list_box_get_selected_row (sidebar_child (f, "places_box")));
}

static void
test_window_hides_the_sidebar (Fixture       *f,
                               gconstpointer  unused)
{
  open_window (f, 1000);
  g_assert_true (display_is_shown (f->window, "sidebar_pane"));
  g_assert_false (display_is_shown (f->window, "sidebar_button"));

  activate (f, "toggle-sidebar");
  g_assert_false (display_is_shown (f->window, "sidebar_pane"));
  g_assert_true (display_is_shown (f->window, "sidebar_button"));
}

/* What it needs, not what it got: on a screen without a window manager GTK adds the width of
 * the shadows to the first window, or takes it off, as the first frame falls. */
static int
get_least_width (Fixture *f)
{
  int width;

  gtk_widget_measure (adw_application_window_get_content (ADW_APPLICATION_WINDOW (f->window)),
                      GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);

  return width;
}

static void
test_window_fits_a_narrow_screen (Fixture       *f,
                                  gconstpointer  unused)
{
  static const char *const routes[] = {
    "/records/jobs", "/records/jobs/new", "/reports", "/exports", "/drafts", "/records"
  };
  AdwLeaflet *leaflet = display_child (f->window, "leaflet");

  /* As GNOME has it, and every telephone: no buttons but the one that closes. */
  g_object_set (gtk_widget_get_settings (GTK_WIDGET (f->window)),
                "gtk-decoration-layout", ":close", NULL);
  open_window (f, 360);
  kvar_test_wait_until (adw_leaflet_get_folded (leaflet));
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      navigate (f, routes[i]);
      kvar_test_settle ();
      g_assert_cmpint (get_least_width (f), <=, 360);
    }

  g_assert_true (adw_leaflet_get_visible_child (leaflet) ==
                 display_child (f->window, "content_pane"));
  activate (f, "toggle-sidebar");
  g_assert_true (adw_leaflet_get_visible_child (leaflet) ==
                 display_child (f->window, "sidebar_pane"));
}

static KvarPage *
open_filter (Fixture *f)
{
  KvarPage *page;

  open_window (f, 1000);
  navigate (f, "/records/jobs");
  page = kvar_navigator_get_page (kvar_window_get_navigator (f->window));
  g_action_group_activate_action (G_ACTION_GROUP (kvar_page_get_actions (page)), "filter",
                                  NULL);
  kvar_test_wait_until (display_is_shown (page, "filter_popover"));
  kvar_test_settle ();

  return page;
}

/* GDK complains of a popover whose window goes from under it. */
static void
test_window_closes_with_an_open_filter (Fixture       *f,
                                        gconstpointer  unused)
{
  open_filter (f);
}

static void
test_window_leaves_an_open_filter (Fixture       *f,
                                   gconstpointer  unused)
{
  KvarPage *page = open_filter (f);

  navigate (f, "/exports");
  kvar_test_settle ();
  g_assert_false (display_is_shown (page, "filter_popover"));
}

static void
test_window_goes_round_its_panes (Fixture       *f,
                                  gconstpointer  unused)
{
  GtkWidget *page;

  open_window (f, 1000);
  page = GTK_WIDGET (kvar_window_get_navigator (f->window));
  kvar_page_grab_default_focus (kvar_navigator_get_page (kvar_window_get_navigator (f->window)));
  g_assert_true (display_has_focus (page));

  activate (f, "next-pane");
  g_assert_true (display_has_focus (display_child (f->window, "sidebar")));
  activate (f, "previous-pane");
  g_assert_true (display_has_focus (page));

  display_end_session (&f->display);
  g_assert_true (display_has_focus (page));
  kvar_test_wait_until (gtk_widget_get_mapped (
                          display_child (display_child (f->window, "session_bar"), "button")));
  activate (f, "next-pane");
  g_assert_true (display_has_focus (display_child (f->window, "session_bar")));
}

static void
test_window_redirects_softly_and_comes_back (Fixture       *f,
                                             gconstpointer  unused)
{
  KvarNavigator *navigator = kvar_window_get_navigator (f->window);
  KvarPage *page;

  open_window (f, 1000);
  page = kvar_navigator_get_page (navigator);
  display_end_session (&f->display);
  assert_state (f, "session-state", "expired");

  activate (f, "sign-in");
  assert_state (f, "route", "/login?reason=expired&from=%2Frecords");
  g_assert_true (display_is_shown (f->window, "not_now_button"));
  g_assert_false (display_is_shown (f->window, "history_box"));
  g_assert_cmpint (kvar_session_bar_get_notice (display_child (f->window, "session_bar")), ==,
                   KVAR_NOTICE_NONE);

  activate (f, "not-now");
  assert_state (f, "route", "/records");
  g_assert_true (kvar_navigator_get_visible_page (navigator) == page);
  g_assert_cmpint (kvar_session_bar_get_notice (display_child (f->window, "session_bar")), ==,
                   KVAR_NOTICE_SESSION_OVER);
}

static void
count_cb (guint *counter)
{
  (*counter)++;
}

/* Whether @needle stands in a label or an entry, or a toast is up when @needle is NULL. */
static gboolean
shows (GtkWidget  *widget,
       const char *needle)
{
  if (needle == NULL && g_str_equal (G_OBJECT_TYPE_NAME (widget), "AdwToastWidget"))
    return TRUE;
  if (needle != NULL && GTK_IS_LABEL (widget) &&
      strstr (gtk_label_get_text (GTK_LABEL (widget)), needle) != NULL)
    return TRUE;
  if (needle != NULL && GTK_IS_EDITABLE (widget) &&
      strstr (gtk_editable_get_text (GTK_EDITABLE (widget)), needle) != NULL)
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows (child, needle))
      return TRUE;

  return FALSE;
}

/* Everything fails after the end: one sentence, said once, and nobody asks the auth server. */
static void
test_window_says_it_once (Fixture       *f,
                          gconstpointer  unused)
{
  GAsyncResult *results[20] = { NULL };
  KvarSessionBar *bar = display_child (f->window, "session_bar");
  guint n_said = 0;
  guint n_windows;
  guint n_tokens;
  GtkWidget *focus;

  open_window (f, 1000);
  kvar_page_grab_default_focus (kvar_navigator_get_page (kvar_window_get_navigator (f->window)));
  focus = gtk_root_get_focus (GTK_ROOT (f->window));
  n_windows = g_list_model_get_n_items (gtk_window_get_toplevels ());
  g_signal_connect_swapped (display_child (bar, "label"), "notify::label", G_CALLBACK (count_cb),
                            &n_said);
  display_end_session (&f->display);
  n_tokens = kvar_test_auth_get_n_tokens (f->display.auth);

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr(KvarRequest) request = kvar_request_new ("GET", "/rest/v1/jobs");

      kvar_session_send_async (f->display.session, request, NULL, kvar_test_keep_result,
                               &results[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(KvarReply) reply = NULL;
      g_autoptr(GError) error = NULL;

      kvar_test_wait_until (results[i] != NULL);
      result = g_steal_pointer (&results[i]);
      reply = kvar_session_send_finish (f->display.session, result, &error);
      g_assert_error (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT);
    }
  kvar_clock_advance (f->display.clock, 3 * KVAR_CLOCK_HOUR);
  kvar_test_settle ();

  g_assert_cmpuint (n_said, ==, 1);
  g_assert_cmpint (kvar_session_bar_get_notice (bar), ==, KVAR_NOTICE_SESSION_OVER);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, n_windows);
  g_assert_false (shows (GTK_WIDGET (f->window), NULL));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (f->window)) == focus);
  g_assert_cmpuint (kvar_test_auth_get_n_tokens (f->display.auth), ==, n_tokens);
}

static KvarReply *
provider_cb (KvarRequest  *request,
             gpointer      user_data,
             GError      **error)
{
  return kvar_test_reply_new (500, "{\"provider\":\"supabase\",\"code\":\"XX000\","
                                   "\"message\":\"Use the frontend login form\"}");
}

/* Refusals of every kind, on the page, in the bar and on the login page. */
static void
test_window_shows_no_provider_text (Fixture       *f,
                                    gconstpointer  unused)
{
  static const char *const needles[] = { "supabase", "frontend login form", "XX000", "provider" };
  const char *const routes[] = { "/records", "/exports", "/records/jobs" };

  open_window (f, 1000);
  kvar_test_transport_on (f->display.transport, "GET", "/rest/v1/", provider_cb, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      navigate (f, routes[i]);
      g_action_group_activate_action (G_ACTION_GROUP (f->window), "page",
                                      g_variant_new_string ("refresh"));
      kvar_test_settle ();
      for (guint j = 0; j < G_N_ELEMENTS (needles); j++)
        g_assert_false (shows (GTK_WIDGET (f->window), needles[j]));
    }

  kvar_test_auth_script_reply (f->display.auth, kvar_test_reply_new (400,
    "{\"code\":\"session_not_found\",\"message\":\"Use the frontend login form\"}"));
  kvar_clock_advance (f->display.clock, KVAR_CLOCK_HOUR);
  kvar_test_wait_until (kvar_session_get_state (f->display.session) == KVAR_SESSION_EXPIRED);
  activate (f, "sign-in");
  for (guint j = 0; j < G_N_ELEMENTS (needles); j++)
    g_assert_false (shows (GTK_WIDGET (f->window), needles[j]));
}

/* The window adds nothing to what the session needs: no timer between two heartbeats. */
static void
test_window_is_idle (Fixture       *f,
                     gconstpointer  unused)
{
  KvarClock *clock = f->display.clock;
  guint n_wakes = 0;
  gint64 end;
  gint64 next;

  open_window (f, 1000);
  kvar_clock_advance (clock, 10 * KVAR_CLOCK_MINUTE);
  kvar_test_settle ();
  end = kvar_clock_get_boottime (clock) + KVAR_CLOCK_HOUR;
  while ((next = kvar_clock_get_next_timer (clock)) <= end)
    {
      kvar_clock_advance (clock, MAX (next - kvar_clock_get_boottime (clock), 0));
      kvar_test_settle ();
      n_wakes++;
    }

  g_assert_cmpuint (n_wakes, >=, 14);
  g_assert_cmpuint (n_wakes, <=, 60);
}

static void
test_window_says_that_it_signs_out (Fixture       *f,
                                    gconstpointer  unused)
{
  GMenuModel *section = display_child (f->window, "account_section");
  g_autofree char *label = NULL;

  open_window (f, 1000);
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (f->window), "sign-out"));

  kvar_test_transport_hold (f->display.transport);
  activate (f, "sign-out");
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (f->window), "sign-out"));
  g_assert_true (g_menu_model_get_item_attribute (section, 0, "label", "s", &label));
  g_assert_cmpstr (label, ==, "Signing out…");
  kvar_test_transport_release (f->display.transport);

  kvar_test_wait_until (kvar_session_get_state (f->display.session) == KVAR_SESSION_SIGNED_OUT);
  kvar_test_settle ();
  g_assert_true (g_str_has_prefix (kvar_navigator_get_route (
                                     kvar_window_get_navigator (f->window)), "/login"));
  g_assert_false (display_is_shown (f->window, "sidebar_pane"));
}

/* The question that stands before the window, answered. */
static void
answer_dialog (const char *response)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_mapped (window))
        {
          adw_message_dialog_response (ADW_MESSAGE_DIALOG (window), response);
          kvar_test_settle ();
          return;
        }
    }
  g_assert_not_reached ();
}

/* Something is typed and not saved: the person is asked first, and may stay. */
static void
test_window_asks_before_it_signs_out (Fixture       *f,
                                      gconstpointer  unused)
{
  KvarSession *session = f->display.session;
  g_autoptr(KvarDraft) draft = NULL;
  KvarTable *table;

  open_window (f, 1000);
  table = kvar_schema_find_table (kvar_workspace_get_schema (f->display.workspace), "jobs");
  draft = kvar_draft_store_begin_new (kvar_workspace_get_drafts (f->display.workspace), table);
  kvar_draft_set_input (draft, kvar_table_find_column (table, "title"), "Half a word");

  activate (f, "sign-out");
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (f->window), "sign-out"));
  answer_dialog ("cancel");
  g_assert_cmpint (kvar_session_get_state (session), ==, KVAR_SESSION_SIGNED_IN);

  activate (f, "sign-out");
  answer_dialog ("keep");
  kvar_test_wait_until (kvar_session_get_state (session) == KVAR_SESSION_SIGNED_OUT);
  g_assert_true (kvar_draft_get_changed (draft));
}

static KvarReply *
changed_cb (KvarRequest  *request,
            gpointer      user_data,
            GError      **error)
{
  return kvar_test_reply_new (200, "{\"id\":\"" ID "\",\"title\":\"Roofs\",\"xmin\":\"812\"}");
}

/* The session ends before all is sent. Who signs in again has it sent, and stays. */
static void
test_window_signs_nobody_out_later (Fixture       *f,
                                    gconstpointer  unused)
{
  KvarSession *session = f->display.session;
  g_autoptr(KvarRecord) base = NULL;
  g_autoptr(KvarDraft) draft = NULL;
  KvarTable *table;

  open_window (f, 1000);
  kvar_test_transport_on (f->display.transport, "PATCH", "/rest/v1/", changed_cb, NULL);
  table = kvar_schema_find_table (kvar_workspace_get_schema (f->display.workspace), "jobs");
  base = kvar_record_new (table);
  kvar_record_set_text (base, kvar_table_find_column_index (table, "id"), ID);
  kvar_record_set_xmin (base, "811");
  draft = kvar_draft_store_open (kvar_workspace_get_drafts (f->display.workspace), table, ID,
                                 base);
  kvar_draft_set_input (draft, kvar_table_find_column (table, "title"), "Roofs");

  kvar_test_transport_hold (f->display.transport);
  activate (f, "sign-out");
  answer_dialog ("send");
  kvar_session_sign_out_async (session, KVAR_SIGN_OUT_LOCAL, NULL, NULL, NULL);
  kvar_test_transport_release (f->display.transport);
  kvar_test_wait_until (kvar_session_get_user_id (session) == NULL);
  g_assert_cmpint (kvar_draft_get_state (draft), ==, KVAR_DRAFT_QUEUED);

  kvar_test_session_sign_in (session);
  kvar_test_wait_until (kvar_draft_get_state (draft) == KVAR_DRAFT_OPEN);
  kvar_test_settle ();
  g_assert_cmpint (kvar_session_get_state (session), ==, KVAR_SESSION_SIGNED_IN);
}

static void
test_window_borrows_the_actions_of_its_page (Fixture       *f,
                                             gconstpointer  unused)
{
  guint before;

  open_window (f, 1000);
  before = kvar_test_transport_count (f->display.transport, "GET", "/rest/v1/rpc/kvar_schema");

  g_action_group_activate_action (G_ACTION_GROUP (f->window), "page",
                                  g_variant_new_string ("refresh"));
  kvar_test_wait_until (kvar_test_transport_count (f->display.transport, "GET",
                                                   "/rest/v1/rpc/kvar_schema") == before + 1);
  kvar_test_wait_until (!kvar_workspace_get_loading (f->display.workspace));
}

static void
test_window_remembers_its_size (Fixture       *f,
                                gconstpointer  unused)
{
  g_autoptr(GSettings) settings = g_settings_new (APPLICATION_ID);

  open_window (f, 777);
  activate (f, "toggle-sidebar");
  gtk_window_close (GTK_WINDOW (f->window));

  g_assert_cmpint (g_settings_get_int (settings, "window-width"), ==, 777);
  g_assert_false (g_settings_get_boolean (settings, "show-sidebar"));
  g_settings_reset (settings, "show-sidebar");
}

static GtkListBox *
tables_of (KvarWindow *window)
{
  KvarPage *page = kvar_navigator_get_page (kvar_window_get_navigator (window));

  g_assert_true (KVAR_IS_TABLES_PAGE (page));

  return display_child (page, "tables_box");
}

static void
test_window_comes_back_to_the_row (Fixture       *f,
                                   gconstpointer  unused)
{
  GtkListBoxRow *row;
  GtkWidget *before = GTK_WIDGET (f->window);
  g_autoptr(GVariant) state = NULL;

  open_window (f, 1000);
  row = gtk_list_box_get_row_at_index (tables_of (f->window), 2);
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (row)));
  gtk_window_close (GTK_WINDOW (f->window));
  kvar_test_settle ();
  g_assert_finalize_object (before);

  f->window = g_object_ref (kvar_window_new (NULL, f->state_file, 0));
  state = kvar_state_file_lookup_window (f->state_file, 0);
  kvar_navigator_load_variant (kvar_window_get_navigator (f->window), state);
  kvar_window_set_workspace (f->window, f->display.workspace);
  gtk_window_present (GTK_WINDOW (f->window));
  kvar_test_wait_until (display_is_shown (f->window, "content_pane"));
  row = gtk_list_box_get_row_at_index (tables_of (f->window), 2);
  g_assert_true (display_has_focus (row));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(path, function) \
  g_test_add ("/window/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

  ADD ("publishes-route-and-session", test_window_publishes_route_and_session);
  ADD ("lists-tables-and-marks-the-current-one",
       test_window_lists_tables_and_marks_the_current_one);
  ADD ("hides-the-sidebar", test_window_hides_the_sidebar);
  ADD ("fits-a-narrow-screen", test_window_fits_a_narrow_screen);
  ADD ("closes-with-an-open-filter", test_window_closes_with_an_open_filter);
  ADD ("leaves-an-open-filter", test_window_leaves_an_open_filter);
  ADD ("goes-round-its-panes", test_window_goes_round_its_panes);
  ADD ("redirects-softly-and-comes-back", test_window_redirects_softly_and_comes_back);
  ADD ("SES-10/shows-no-provider-text", test_window_shows_no_provider_text);
  ADD ("SES-11/says-it-once", test_window_says_it_once);
  ADD ("is-idle", test_window_is_idle);
  ADD ("says-that-it-signs-out", test_window_says_that_it_signs_out);
  ADD ("SES-14/asks-before-it-signs-out", test_window_asks_before_it_signs_out);
  ADD ("SES-14/signs-nobody-out-later", test_window_signs_nobody_out_later);
  ADD ("borrows-the-actions-of-its-page", test_window_borrows_the_actions_of_its_page);
  ADD ("remembers-its-size", test_window_remembers_its_size);
  ADD ("comes-back-to-the-row", test_window_comes_back_to_the_row);

  return g_test_run ();
}
