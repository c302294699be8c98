/* kvar-window-actions.c: the window's verbs, "win.*"
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-window"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-debug-info.h"
#include "kvar-go-sources.h"
#include "kvar-help-window.h"
#include "kvar-letter-fold.h"
#include "kvar-preferences.h"
#include "kvar-shortcuts.h"
#include "kvar-sign-out.h"
#include "kvar-window-private.h"
#include "widgets/kvar-go-dialog.h"
#include "widgets/kvar-rename-dialog.h"

#define NEWS_SECONDS 3

static GAction *
lookup_action (KvarWindow *self,
               const char *name)
{
  return g_action_map_lookup_action (G_ACTION_MAP (self), name);
}

static void
navigate_activated (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  KvarWindow *self = KVAR_WINDOW (user_data);

  if (!kvar_navigator_navigate (self->navigator, g_variant_get_string (parameter, NULL)))
    kvar_window_show_toast (self, _("This link leads nowhere in this project."), 0);
  else
    adw_leaflet_set_visible_child (self->leaflet, self->content_pane);
}

/* Read by scripts and tests; written by navigating. */
static void
route_changed (GSimpleAction *action,
               GVariant      *value,
               gpointer       user_data)
{
  navigate_activated (action, value, user_data);
}

static void
session_state_changed (GSimpleAction *action,
                       GVariant      *value,
                       gpointer       user_data)
{
}

static void
back_activated (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  kvar_navigator_back (KVAR_WINDOW (user_data)->navigator);
}

static void
forward_activated (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  kvar_navigator_forward (KVAR_WINDOW (user_data)->navigator);
}

static void
sign_in_activated (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  KvarWindow *self = KVAR_WINDOW (user_data);

  kvar_navigator_sign_in (self->navigator);
  adw_leaflet_set_visible_child (self->leaflet, self->content_pane);
}

static void
not_now_activated (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  kvar_navigator_uncover (KVAR_WINDOW (user_data)->navigator);
}

static void
connect_activated (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  kvar_navigator_connect (KVAR_WINDOW (user_data)->navigator);
}

static void
sign_out_activated (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  kvar_sign_out_begin (KVAR_WINDOW (user_data));
}

static void
toggle_sidebar_activated (GSimpleAction *action,
                          GVariant      *parameter,
                          gpointer       user_data)
{
  KvarWindow *self = KVAR_WINDOW (user_data);

  if (adw_leaflet_get_folded (self->leaflet))
    {
      gboolean at_content = adw_leaflet_get_visible_child (self->leaflet) == self->content_pane;

      adw_leaflet_navigate (self->leaflet, at_content ? ADW_NAVIGATION_DIRECTION_BACK
                                                      : ADW_NAVIGATION_DIRECTION_FORWARD);
      return;
    }

  self->show_sidebar = !self->show_sidebar;
  kvar_window_update_sidebar (self);
}

static void
menu_activated (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  KvarWindow *self = KVAR_WINDOW (user_data);

  if (gtk_widget_get_visible (GTK_WIDGET (self->menu_button)))
    {
      gtk_menu_button_popup (self->menu_button);
      return;
    }

  adw_leaflet_set_visible_child (self->leaflet, self->sidebar_pane);
  gtk_menu_button_popup (self->sidebar_menu_button);
}

static void
fullscreen_activated (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  GtkWindow *window = GTK_WINDOW (user_data);

  if (gtk_window_is_fullscreen (window))
    gtk_window_unfullscreen (window);
  else
    gtk_window_fullscreen (window);
}

static gboolean
pane_holds (GtkWidget *pane,
            GtkWidget *focus)
{
  return focus != NULL && (focus == pane || gtk_widget_is_ancestor (focus, pane));
}

/* The page gets its field and cursor back; other panes begin at their first widget. */
static gboolean
focus_pane (KvarWindow *self,
            GtkWidget  *pane)
{
  if (!gtk_widget_get_mapped (pane) || !gtk_widget_get_can_focus (pane))
    return FALSE;

  if (pane == GTK_WIDGET (self->navigator) && self->pane_focus != NULL &&
      kvar_focus_memory_restore (self->pane_focus))
    return TRUE;

  return gtk_widget_child_focus (pane, GTK_DIR_TAB_FORWARD);
}

static void
go_to_pane (KvarWindow *self,
            int         step)
{
  GtkWidget *panes[] = {
    GTK_WIDGET (self->sidebar),
    GTK_WIDGET (self->header_bar),
    GTK_WIDGET (self->navigator),
    GTK_WIDGET (self->session_bar),
  };
  int n_panes = G_N_ELEMENTS (panes);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  int current = 0;

  for (int i = 0; i < n_panes; i++)
    if (pane_holds (panes[i], focus))
      current = i;

  if (panes[current] == GTK_WIDGET (self->navigator))
    {
      g_clear_pointer (&self->pane_focus, kvar_focus_memory_free);
      self->pane_focus = kvar_focus_memory_new (GTK_WIDGET (self->navigator));
    }

  for (int i = 1; i < n_panes; i++)
    if (focus_pane (self, panes[(current + i * step + i * n_panes) % n_panes]))
      break;
}

static void
next_pane_activated (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  go_to_pane (KVAR_WINDOW (user_data), 1);
}

static void
previous_pane_activated (GSimpleAction *action,
                         GVariant      *parameter,
                         gpointer       user_data)
{
  go_to_pane (KVAR_WINDOW (user_data), -1);
}

/* For scripts and tests, which see "win.*" but not "page.*": the page's action with its
 * parameter written out, such as "refresh". */
static void
page_activated (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  KvarWindow *self = KVAR_WINDOW (user_data);
  g_autoptr(GVariant) target = NULL;
  g_autofree char *name = NULL;
  g_autofree char *full_name = NULL;
  g_autoptr(GError) error = NULL;

  if (!g_action_parse_detailed_name (g_variant_get_string (parameter, NULL), &name, &target,
                                     &error))
    {
      g_warning ("No action: %s", error->message);
      return;
    }

  full_name = g_strconcat ("page.", name, NULL);
  gtk_widget_activate_action_variant (GTK_WIDGET (self), full_name, target);
}

/* For scripts, which reach the window's actions alone. */
static void
export_to_activated (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  gtk_widget_activate_action_variant (GTK_WIDGET (user_data), "page.export-to", parameter);
}

/* News of the page, which the page or the list of exports says too. */
static void
toast_activated (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  kvar_window_show_toast (KVAR_WINDOW (user_data), g_variant_get_string (parameter, NULL),
                          NEWS_SECONDS);
}

/* A table, or one of its columns; for this person, on this computer. */
static void
rename_activated (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  KvarWindow *self = KVAR_WINDOW (user_data);
  KvarWorkspace *workspace = kvar_window_get_workspace (self);
  const char *table, *column;

  g_variant_get (parameter, "(&s&s)", &table, &column);
  if (workspace != NULL)
    kvar_rename_dialog_present (GTK_WIDGET (self), workspace, table,
                                *column != '\0' ? column : NULL);
}

/* Tables, views, records, commands: by a few letters of their names. */
static void
go_to_activated (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  KvarWindow *self = KVAR_WINDOW (user_data);
  KvarGoIndex *index = kvar_go_index_new (kvar_letter_fold_get_language ());

  kvar_go_sources_add_places (index, self->workspace);
  kvar_go_sources_add_commands (index, GTK_WINDOW (self), self->page);
  gtk_window_present (GTK_WINDOW (kvar_go_dialog_new (GTK_WINDOW (self), index)));
}

/* A file on this computer, with what the desktop opens such files with. */
static void
open_file_activated (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  g_autoptr(GFile) file = g_file_new_for_path (g_variant_get_string (parameter, NULL));
  g_autofree char *uri = g_file_get_uri (file);

  gtk_show_uri (GTK_WINDOW (user_data), uri, GDK_CURRENT_TIME);
}

static void
shortcuts_activated (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  gtk_window_present (GTK_WINDOW (kvar_shortcuts_window_new (GTK_WINDOW (user_data))));
}

static void
help_activated (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  kvar_help_window_show (GTK_WINDOW (user_data));
}

static void
preferences_activated (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  gtk_window_present (GTK_WINDOW (kvar_preferences_new (KVAR_WINDOW (user_data))));
}

static void
about_activated (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  KvarWindow *self = KVAR_WINDOW (user_data);
  g_autofree char *debug_info = kvar_debug_info_write (self->workspace);

  adw_show_about_window (GTK_WINDOW (user_data),
                         "application-name", "Kvar",
                         "application-icon", APPLICATION_ID,
                         "version", KVAR_VERSION,
                         "developer-name", _("The Kvar developers"),
                         "comments", _("Work on shared records. What you type stays."),
                         "website", "https://github.com/kvarapp/Kvar",
                         "issue-url", "https://github.com/kvarapp/Kvar/issues",
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "debug-info", debug_info,
                         "debug-info-filename", "kvar-diagnostics.txt",
                         /* Translators: your own name here, one per line. */
                         "translator-credits", _("translator-credits"),
                         NULL);
}

/* What can be taken back: the words, and the action that does. */
static void
toast_undo_activated (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  const char *text, *undo;

  g_variant_get (parameter, "(&s&s)", &text, &undo);
  kvar_window_offer_undo (KVAR_WINDOW (user_data), text, undo);
}

static const GActionEntry actions[] = {
  { "navigate", navigate_activated, "s" },
  { "route", NULL, NULL, "''", route_changed },
  { "session-state", NULL, NULL, "'none'", session_state_changed },
  { "back", back_activated },
  { "forward", forward_activated },
  { "sign-in", sign_in_activated },
  { "not-now", not_now_activated },
  { "connect", connect_activated },
  { "sign-out", sign_out_activated },
  { "toggle-sidebar", toggle_sidebar_activated },
  { "menu", menu_activated },
  { "fullscreen", fullscreen_activated },
  { "next-pane", next_pane_activated },
  { "previous-pane", previous_pane_activated },
  { "page", page_activated, "s" },
  { "export-to", export_to_activated, "s" },
  { "toast", toast_activated, "s" },
  { "toast-undo", toast_undo_activated, "(ss)" },
  { "rename", rename_activated, "(ss)" },
  { "go-to", go_to_activated },
  { "help", help_activated },
  { "open-file", open_file_activated, "s" },
  { "preferences", preferences_activated },
  { "shortcuts", shortcuts_activated },
  { "about", about_activated },
};

void
kvar_window_install_actions (KvarWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  kvar_window_update_actions (self);
}

static void
set_enabled (KvarWindow *self,
             const char *name,
             gboolean    enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (lookup_action (self, name)), enabled);
}

static void
set_state (KvarWindow *self,
           const char *name,
           const char *state)
{
  GSimpleAction *action = G_SIMPLE_ACTION (lookup_action (self, name));
  g_autoptr(GVariant) before = g_action_get_state (G_ACTION (action));

  if (g_strcmp0 (g_variant_get_string (before, NULL), state) != 0)
    g_simple_action_set_state (action, g_variant_new_string (state));
}

/* While somebody is being signed out the menu says so and cannot be asked twice. */
static void
update_account_section (KvarWindow *self,
                        gboolean    signing_out)
{
  g_menu_remove_all (self->account_section);
  if (self->workspace != NULL)
    g_menu_append (self->account_section,
                   signing_out ? _("Signing out…") : _("_Sign Out"), "win.sign-out");
}

/**
 * kvar_window_update_actions:
 *
 * Brings the actions in line with the navigator and the session.
 */
void
kvar_window_update_actions (KvarWindow *self)
{
  KvarSession *session = NULL;
  gboolean usable = FALSE;
  gboolean signing_out = FALSE;

  if (self->workspace != NULL)
    session = kvar_workspace_get_session (self->workspace);
  if (session != NULL)
    {
      usable = kvar_session_is_usable (session);
      signing_out = kvar_session_get_signing_out (session);
    }

  set_state (self, "route", kvar_navigator_get_route (self->navigator));
  set_state (self, "session-state",
             session != NULL ? kvar_session_state_to_string (kvar_session_get_state (session))
                             : "none");
  set_enabled (self, "back", kvar_navigator_get_can_back (self->navigator));
  set_enabled (self, "forward", kvar_navigator_get_can_forward (self->navigator));
  set_enabled (self, "not-now", kvar_navigator_get_can_uncover (self->navigator));
  set_enabled (self, "go-to", self->workspace != NULL && self->page != NULL &&
               !kvar_navigator_get_is_covered (self->navigator));
  set_enabled (self, "sign-in", session != NULL && !usable);
  set_enabled (self, "sign-out", session != NULL && !signing_out &&
               kvar_navigator_get_page (self->navigator) != NULL);
  update_account_section (self, signing_out);
}
