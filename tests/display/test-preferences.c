/* test-preferences.c: what is chosen is kept and applied at once, and what is asked for is done
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"


#include "kvar-display-fixture.h"
#include "kvar-preferences.h"

typedef struct
{
  DisplayFixture   display;
  KvarWindow      *window;
  KvarPreferences *preferences;
  GSettings       *settings;
} Fixture;

static void
fixture_set_up (Fixture       *f,
                gconstpointer  unused)
{
  display_set_up (&f->display);
  f->settings = g_settings_new (APPLICATION_ID);
  f->window = g_object_ref (kvar_window_new (NULL, NULL, 0));
  kvar_test_session_sign_in (f->display.session);
  display_add_workspace (&f->display);
  display_add_cache (&f->display);
  kvar_window_set_workspace (f->window, f->display.workspace);
  f->preferences = g_object_ref (kvar_preferences_new (f->window));
  gtk_window_present (GTK_WINDOW (f->preferences));
}

static void
fixture_tear_down (Fixture       *f,
                   gconstpointer  unused)
{
  gtk_window_destroy (GTK_WINDOW (f->preferences));
  gtk_window_destroy (GTK_WINDOW (f->window));
  kvar_test_settle ();
  g_assert_finalize_object (f->preferences);
  g_assert_finalize_object (f->window);
  g_settings_reset (f->settings, "enter-moves-on");
  g_settings_reset (f->settings, "export-format");
  g_assert_finalize_object (f->settings);
  display_tear_down (&f->display);
}

static gboolean
has_text (GtkWidget  *widget,
          const char *text)
{
  if (GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), text) == 0)
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_text (child, text))
      return TRUE;

  return FALSE;
}

static gboolean
says (Fixture    *f,
      const char *text)
{
  return has_text (GTK_WIDGET (f->preferences), text);
}

/* Answers the question that lies above the preferences. */
static void
answer (Fixture    *f,
        const char *response)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        {
          adw_message_dialog_response (ADW_MESSAGE_DIALOG (window), response);
          return;
        }
    }

  g_error ("Nothing was asked");
}

static void
test_preferences_are_kept_at_once (Fixture       *f,
                                   gconstpointer  unused)
{
  GtkSwitch *enter = display_child (f->preferences, "enter_switch");
  GtkDropDown *format = display_child (f->preferences, "format_choice");
  g_autofree char *name = NULL;

  g_assert_true (gtk_switch_get_active (enter));
  gtk_switch_set_active (enter, FALSE);
  g_assert_false (g_settings_get_boolean (f->settings, "enter-moves-on"));

  gtk_drop_down_set_selected (format, 1);
  name = g_settings_get_string (f->settings, "export-format");
  g_assert_cmpstr (name, ==, "xlsx");
}

/* An export may change it meanwhile. */
static void
test_preferences_follow_the_settings (Fixture       *f,
                                      gconstpointer  unused)
{
  GtkDropDown *format = display_child (f->preferences, "format_choice");

  g_settings_set_string (f->settings, "export-format", "json");
  g_assert_cmpuint (gtk_drop_down_get_selected (format), ==, 3);
}

static void
test_preferences_clear_the_cache (Fixture       *f,
                                  gconstpointer  unused)
{
  display_click (display_child (f->preferences, "clear_button"));
  answer (f, "clear");
  kvar_test_wait_until (says (f, "Cache cleared. Your drafts are still here."));
}

static void
test_preferences_ask_before_clearing (Fixture       *f,
                                      gconstpointer  unused)
{
  display_click (display_child (f->preferences, "clear_button"));
  answer (f, "cancel");
  kvar_test_settle ();
  g_assert_false (says (f, "Cache cleared. Your drafts are still here."));
}

static void
test_preferences_sign_others_out (Fixture       *f,
                                  gconstpointer  unused)
{
  g_assert_cmpstr (adw_preferences_row_get_title (display_child (f->preferences, "account_row")),
                   ==, kvar_session_get_email (f->display.session));
  display_click (display_child (f->preferences, "others_button"));
  answer (f, "sign-out");
  kvar_test_wait_until (says (f, "Your other devices are signed out."));
  g_assert_true (kvar_session_is_usable (f->display.session));
}

static void
test_preferences_save_diagnostics (Fixture       *f,
                                   gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (f->display.state_dir, "report.txt", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autofree char *text = NULL;

  kvar_preferences_save_report (f->preferences, file);
  kvar_test_wait_until (says (f, "report.txt is saved."));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "Kvar " KVAR_VERSION));
  g_assert_nonnull (strstr (text, "\nGTK: "));
  g_assert_nonnull (strstr (text, "\nSession: signed-in\n"));
  g_assert_nonnull (strstr (text, "\nThe log:\n"));
}

static void
test_preferences_say_what_is_not_saved (Fixture       *f,
                                        gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (f->display.state_dir, "missing", "report.txt", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);

  kvar_preferences_save_report (f->preferences, file);
  kvar_test_wait_until (says (f, "report.txt couldn't be saved there. Choose another folder."));
}

static void
test_preferences_follow_the_session (Fixture       *f,
                                     gconstpointer  unused)
{
  g_assert_true (display_is_shown (f->preferences, "sign_out_button"));
  display_end_session (&f->display);
  g_assert_false (display_is_shown (f->preferences, "sign_out_button"));
  g_assert_false (display_is_shown (f->preferences, "others_row"));
}

#define add(path, func) \
  g_test_add ("/preferences/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("are-kept-at-once", test_preferences_are_kept_at_once);
  add ("follow-the-settings", test_preferences_follow_the_settings);
  add ("clear-the-cache", test_preferences_clear_the_cache);
  add ("ask-before-clearing", test_preferences_ask_before_clearing);
  add ("sign-others-out", test_preferences_sign_others_out);
  add ("save-diagnostics", test_preferences_save_diagnostics);
  add ("say-what-is-not-saved", test_preferences_say_what_is_not_saved);
  add ("follow-the-session", test_preferences_follow_the_session);

  return g_test_run ();
}
