/* kvar-window.c: the main window: sidebar, header, pages, and the bar at the bottom
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-window"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-window-private.h"
#include "pages/kvar-connect-page.h"
#include "widgets/kvar-inner-name.h"

/* As long as deletes of records wait. */
#define UNDO_SECONDS 30

enum {
  PROP_STATE_FILE = 1,
  PROP_NUMBER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KvarWindow, kvar_window, ADW_TYPE_APPLICATION_WINDOW)

/* Before anybody has signed in there is nothing to choose from. */
static gboolean
has_tables (KvarWindow *self)
{
  return self->workspace != NULL && kvar_navigator_get_page (self->navigator) != NULL;
}

/* One main menu: in a narrow window it is beside the tables, to leave the page's own buttons
 * their room. */
static void
update_menu_buttons (KvarWindow *self)
{
  gboolean beside = adw_leaflet_get_folded (self->leaflet) &&
                    gtk_widget_get_visible (self->sidebar_pane);

  gtk_widget_set_visible (GTK_WIDGET (self->sidebar_menu_button), beside);
  gtk_widget_set_visible (GTK_WIDGET (self->menu_button), !beside);
}

/**
 * kvar_window_update_sidebar:
 *
 * A wide window shows the tables beside the page if the person wants that; a narrow one shows
 * either, and the button leads from one to the other.
 */
void
kvar_window_update_sidebar (KvarWindow *self)
{
  gboolean folded = adw_leaflet_get_folded (self->leaflet);
  gboolean shown = has_tables (self) && (folded || self->show_sidebar);

  gtk_widget_set_visible (self->sidebar_pane, shown);
  gtk_widget_set_visible (self->separator, shown);
  gtk_widget_set_visible (self->sidebar_button,
                          has_tables (self) && (folded || !self->show_sidebar) &&
                          !kvar_navigator_get_is_covered (self->navigator));
  if (!shown)
    adw_leaflet_set_visible_child (self->leaflet, self->content_pane);
  update_menu_buttons (self);
}

static void
header_changed_cb (KvarWindow *self)
{
  adw_bin_set_child (self->start_bin,
                     self->page != NULL ? kvar_page_get_header_start (self->page) : NULL);
  adw_bin_set_child (self->end_bin,
                     self->page != NULL ? kvar_page_get_header_end (self->page) : NULL);
}

/* What a place is called is known only once its page is loaded. */
static void
title_changed_cb (KvarWindow *self)
{
  const char *title = self->page != NULL ? kvar_page_get_title (self->page) : NULL;

  gtk_window_set_title (GTK_WINDOW (self), title != NULL ? title : "Kvar");
  if (title != NULL && kvar_page_get_workspace (self->page) != NULL)
    {
      g_autofree char *route = kvar_route_to_string (kvar_page_get_route (self->page));

      kvar_places_visit (kvar_workspace_get_places (kvar_page_get_workspace (self->page)), route,
                         title);
    }
}

/* A narrow header has no room for what leads nowhere. */
static void
update_history_buttons (KvarWindow *self)
{
  gboolean folded = adw_leaflet_get_folded (self->leaflet);

  gtk_widget_set_visible (self->back_button,
                          !folded || kvar_navigator_get_can_back (self->navigator));
  gtk_widget_set_visible (self->forward_button,
                          !folded || kvar_navigator_get_can_forward (self->navigator));
}

static void
leaflet_changed_cb (KvarWindow *self)
{
  if (self->settings == NULL)
    return;

  kvar_window_update_sidebar (self);
  update_history_buttons (self);
}

/* The header widgets go back to their page before it may be gone. */
static void
notice_changed_cb (KvarWindow *self)
{
  if (self->page != NULL)
    kvar_page_set_hushed (self->page, kvar_session_bar_get_notice (self->session_bar) !=
                                      KVAR_NOTICE_NONE);
}

static void
page_changed_cb (KvarWindow *self)
{
  KvarPage *page = kvar_navigator_get_visible_page (self->navigator);
  gboolean covered = kvar_navigator_get_is_covered (self->navigator);

  if (self->page_bindings == NULL)
    return;

  if (g_set_object (&self->page, page))
    {
      gtk_widget_insert_action_group (GTK_WIDGET (self), "page",
                                      page != NULL ? G_ACTION_GROUP (kvar_page_get_actions (page))
                                                   : NULL);
      g_binding_group_set_source (self->page_bindings, page);
      g_signal_group_set_target (self->page_signals, page);
      header_changed_cb (self);
      title_changed_cb (self);
    }

  gtk_widget_set_visible (self->history_box, !covered && page != NULL);
  gtk_widget_set_visible (self->not_now_button, kvar_navigator_get_can_uncover (self->navigator));
  kvar_session_bar_set_hushed (self->session_bar, covered);
  notice_changed_cb (self);
  kvar_window_update_sidebar (self);
  kvar_window_update_actions (self);
}

static void
route_changed_cb (KvarWindow *self)
{
  KvarPage *page = kvar_navigator_get_page (self->navigator);

  if (self->page_bindings == NULL)
    return;

  kvar_table_sidebar_set_route (self->sidebar, page != NULL ? kvar_page_get_route (page) : NULL);
  update_history_buttons (self);
  kvar_window_update_actions (self);
}

static void
session_changed_cb (KvarWindow *self)
{
  KvarSession *session = NULL;
  const char *email = NULL;

  if (self->workspace != NULL)
    session = kvar_workspace_get_session (self->workspace);
  if (session != NULL)
    email = kvar_session_get_email (session);

  adw_window_title_set_subtitle (self->sidebar_title, email != NULL ? email : "");
  kvar_window_update_sidebar (self);
  kvar_window_update_actions (self);
}

static void
kvar_window_map (GtkWidget *widget)
{
  KvarWindow *self = KVAR_WINDOW (widget);

  GTK_WIDGET_CLASS (kvar_window_parent_class)->map (widget);

  kvar_window_update_sidebar (self);
}

static void
save_geometry (KvarWindow *self)
{
  gboolean maximized = gtk_window_is_maximized (GTK_WINDOW (self));
  int width;
  int height;

  g_settings_set_boolean (self->settings, "window-maximized", maximized);
  g_settings_set_boolean (self->settings, "show-sidebar", self->show_sidebar);
  if (maximized)
    return;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (self->settings, "window-width", MAX (width, 360));
  g_settings_set_int (self->settings, "window-height", MAX (height, 294));
}

static gboolean
kvar_window_close_request (GtkWindow *window)
{
  KvarWindow *self = KVAR_WINDOW (window);

  save_geometry (self);
  kvar_navigator_save_view (self->navigator);

  return GTK_WINDOW_CLASS (kvar_window_parent_class)->close_request (window);
}

static void
restore_geometry (KvarWindow *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  self->show_sidebar = g_settings_get_boolean (self->settings, "show-sidebar");
}

static void
kvar_window_dispose (GObject *object)
{
  KvarWindow *self = KVAR_WINDOW (object);

  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (kvar_workspace_get_session (self->workspace), self);
  g_clear_object (&self->page_bindings);
  g_clear_object (&self->page_signals);
  g_clear_pointer (&self->pane_focus, kvar_focus_memory_free);
  g_clear_weak_pointer (&self->toast);
  if (self->start_bin != NULL)
    {
      adw_bin_set_child (self->start_bin, NULL);
      adw_bin_set_child (self->end_bin, NULL);
    }
  g_clear_object (&self->page);
  gtk_widget_dispose_template (GTK_WIDGET (self), KVAR_TYPE_WINDOW);
  g_clear_object (&self->workspace);
  g_clear_object (&self->state_file);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (kvar_window_parent_class)->dispose (object);
}

static void
kvar_window_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  KvarWindow *self = KVAR_WINDOW (object);

  switch (prop_id)
    {
    case PROP_STATE_FILE:
      self->state_file = g_value_dup_object (value);
      break;

    case PROP_NUMBER:
      self->number = g_value_get_uint (value);
      if (self->state_file != NULL)
        kvar_navigator_set_state_file (self->navigator, self->state_file, self->number);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_window_class_init (KvarWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkWindowClass *window_class = GTK_WINDOW_CLASS (klass);

  object_class->dispose = kvar_window_dispose;
  object_class->set_property = kvar_window_set_property;
  widget_class->map = kvar_window_map;
  window_class->close_request = kvar_window_close_request;

  properties[PROP_STATE_FILE] =
    g_param_spec_object ("state-file", NULL, NULL, KVAR_TYPE_STATE_FILE,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NUMBER] =
    g_param_spec_uint ("number", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_WRITABLE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (KVAR_TYPE_NAVIGATOR);
  g_type_ensure (KVAR_TYPE_SESSION_BAR);
  g_type_ensure (KVAR_TYPE_TABLE_SIDEBAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/kvarapp/Kvar/kvar-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, KvarWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, KvarWindow, sidebar_pane);
  gtk_widget_class_bind_template_child (widget_class, KvarWindow, sidebar_title);
  gtk_widget_class_bind_template_child (widget_class, KvarWindow, sidebar_menu_button);
  gtk_widget_class_bind_template_child (widget_class, KvarWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, KvarWindow, separator);
  gtk_widget_class_bind_template_child (widget_class, KvarWindow, content_pane);
  gtk_widget_class_bind_template_child (widget_class, KvarWindow, header_bar);
  gtk_widget_class_bind_template_child (widget_class, KvarWindow, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, KvarWindow, history_box);
  gtk_widget_class_bind_template_child (widget_class, KvarWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, KvarWindow, forward_button);
  gtk_widget_class_bind_template_child (widget_class, KvarWindow, not_now_button);
  gtk_widget_class_bind_template_child (widget_class, KvarWindow, start_bin);
  gtk_widget_class_bind_template_child (widget_class, KvarWindow, title);
  gtk_widget_class_bind_template_child (widget_class, KvarWindow, end_bin);
  gtk_widget_class_bind_template_child (widget_class, KvarWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, KvarWindow, navigator);
  gtk_widget_class_bind_template_child (widget_class, KvarWindow, session_bar);
  gtk_widget_class_bind_template_child (widget_class, KvarWindow, account_section);
  gtk_widget_class_bind_template_callback (widget_class, leaflet_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, route_changed_cb);
}

static void
kvar_window_init (KvarWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = g_settings_new (APPLICATION_ID);
  restore_geometry (self);

  self->page_bindings = g_binding_group_new ();
  g_binding_group_bind (self->page_bindings, "title", self->title, "title", G_BINDING_SYNC_CREATE);
  g_binding_group_bind (self->page_bindings, "subtitle", self->title, "subtitle",
                        G_BINDING_SYNC_CREATE);

  self->page_signals = g_signal_group_new (KVAR_TYPE_PAGE);
  g_signal_group_connect_swapped (self->page_signals, "notify::header-start",
                                  G_CALLBACK (header_changed_cb), self);
  g_signal_group_connect_swapped (self->page_signals, "notify::header-end",
                                  G_CALLBACK (header_changed_cb), self);
  g_signal_group_connect_swapped (self->page_signals, "notify::title",
                                  G_CALLBACK (title_changed_cb), self);

  g_signal_connect_object (self->session_bar, "notify::notice", G_CALLBACK (notice_changed_cb),
                           self, G_CONNECT_SWAPPED);
  kvar_window_install_actions (self);
  kvar_window_update_sidebar (self);
}

/**
 * kvar_window_new:
 * @state_file: (nullable): where the window keeps where it was
 * @number: of this window in it
 */
KvarWindow *
kvar_window_new (GtkApplication *application,
                 KvarStateFile  *state_file,
                 guint           number)
{
  return g_object_new (KVAR_TYPE_WINDOW,
                       "application", application,
                       "state-file", state_file,
                       "number", number,
                       NULL);
}

guint
kvar_window_get_number (KvarWindow *self)
{
  g_return_val_if_fail (KVAR_IS_WINDOW (self), 0);

  return self->number;
}

/**
 * kvar_window_set_number:
 *
 * The window has moved up in the state file.
 */
void
kvar_window_set_number (KvarWindow *self,
                        guint       number)
{
  g_return_if_fail (KVAR_IS_WINDOW (self));

  if (self->number != number)
    g_object_set (self, "number", number, NULL);
}

KvarWorkspace *
kvar_window_get_workspace (KvarWindow *self)
{
  g_return_val_if_fail (KVAR_IS_WINDOW (self), NULL);

  return self->workspace;
}

/**
 * kvar_window_set_workspace:
 * @workspace: (nullable): %NULL shows the connect page
 */
void
kvar_window_set_workspace (KvarWindow    *self,
                           KvarWorkspace *workspace)
{
  KvarSession *session = NULL;
  KvarProject *project = NULL;

  g_return_if_fail (KVAR_IS_WINDOW (self));
  g_return_if_fail (workspace == NULL || KVAR_IS_WORKSPACE (workspace));

  if (self->workspace != NULL && self->workspace != workspace)
    g_signal_handlers_disconnect_by_data (kvar_workspace_get_session (self->workspace), self);

  if (g_set_object (&self->workspace, workspace) && workspace != NULL)
    {
      session = kvar_workspace_get_session (workspace);
      project = kvar_workspace_get_project (workspace);
      g_signal_connect_object (session, "notify", G_CALLBACK (session_changed_cb), self,
                               G_CONNECT_SWAPPED);
      adw_window_title_set_title (self->sidebar_title,
                                  kvar_project_get_is_demo (project)
                                    ? _("Demo") : kvar_project_get_name (project));
    }

  /* What it said was meant for whoever was here before. */
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);

  kvar_table_sidebar_set_workspace (self->sidebar, workspace);
  kvar_session_bar_set_session (self->session_bar, session);
  kvar_navigator_set_workspace (self->navigator, workspace);
  if (workspace == NULL)
    kvar_navigator_connect (self->navigator);
  session_changed_cb (self);
}

KvarNavigator *
kvar_window_get_navigator (KvarWindow *self)
{
  g_return_val_if_fail (KVAR_IS_WINDOW (self), NULL);

  return self->navigator;
}

/* A toast's button to close it is an icon without a name. */
static void
name_close_button (KvarWindow *self)
{
  GtkWidget *shown = gtk_widget_get_last_child (GTK_WIDGET (self->toast_overlay));

  if (shown != GTK_WIDGET (self->leaflet))
    kvar_inner_name_set (shown, GTK_TYPE_BUTTON, _("Close"));
}

static void
show_toast (KvarWindow *self,
            AdwToast   *toast,
            guint       seconds)
{
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_clear_weak_pointer (&self->toast);

  adw_toast_set_timeout (toast, seconds);
  g_set_weak_pointer (&self->toast, toast);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
  name_close_button (self);
}

/**
 * kvar_window_show_toast:
 * @seconds: how long, or 0 until it is closed, for what is said nowhere else
 *
 * Says @text above the page, in place of what was said before.
 */
void
kvar_window_show_toast (KvarWindow *self,
                        const char *text,
                        guint       seconds)
{
  g_return_if_fail (KVAR_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  show_toast (self, adw_toast_new (text), seconds);
}

/**
 * kvar_window_offer_undo:
 * @action: a detailed name
 *
 * Says @text above the page, with a button that takes back what it tells of.
 */
void
kvar_window_offer_undo (KvarWindow *self,
                        const char *text,
                        const char *action)
{
  AdwToast *toast = NULL;

  g_return_if_fail (KVAR_IS_WINDOW (self));
  g_return_if_fail (text != NULL);
  g_return_if_fail (action != NULL);

  toast = adw_toast_new (text);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_detailed_action_name (toast, action);
  show_toast (self, toast, UNDO_SECONDS);
}

/**
 * kvar_window_try_demo:
 *
 * Opens the connect page and starts the demo from there, so that a problem is said where it
 * can be tried again.
 */
void
kvar_window_try_demo (KvarWindow *self)
{
  KvarPage *page = NULL;

  g_return_if_fail (KVAR_IS_WINDOW (self));

  kvar_navigator_connect (self->navigator);
  page = kvar_navigator_get_visible_page (self->navigator);
  if (KVAR_IS_CONNECT_PAGE (page))
    kvar_connect_page_try_demo (KVAR_CONNECT_PAGE (page));
}
