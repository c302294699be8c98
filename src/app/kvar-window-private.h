/* kvar-window-private.h: what the window and its actions share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-focus-memory.h"
#include "kvar-window.h"
#include "widgets/kvar-session-bar.h"
#include "widgets/kvar-table-sidebar.h"

G_BEGIN_DECLS

struct _KvarWindow
{
  AdwApplicationWindow  parent_instance;

  AdwToastOverlay      *toast_overlay;
  AdwLeaflet           *leaflet;
  GtkWidget            *sidebar_pane;
  AdwWindowTitle       *sidebar_title;
  GtkMenuButton        *sidebar_menu_button;
  KvarTableSidebar     *sidebar;
  GtkWidget            *separator;
  GtkWidget            *content_pane;
  AdwHeaderBar         *header_bar;
  GtkWidget            *sidebar_button;
  GtkWidget            *history_box;
  GtkWidget            *back_button;
  GtkWidget            *forward_button;
  GtkWidget            *not_now_button;
  AdwBin               *start_bin;
  AdwWindowTitle       *title;
  AdwBin               *end_bin;
  GtkMenuButton        *menu_button;
  KvarNavigator        *navigator;
  KvarSessionBar       *session_bar;
  GMenu                *account_section;

  GSettings            *settings;
  KvarStateFile        *state_file;    /* (nullable) */
  guint                 number;        /* of this window in it */
  KvarWorkspace        *workspace;     /* (nullable) */
  AdwToast             *toast;         /* (nullable) the last one, while it lives */
  KvarPage             *page;          /* (nullable) the one the header belongs to */
  GBindingGroup        *page_bindings;
  GSignalGroup         *page_signals;
  KvarFocusMemory      *pane_focus;    /* (nullable) in the page, when F6 left it */
  gboolean              show_sidebar;  /* as the person wants it where there is room */
};

void      kvar_window_install_actions (KvarWindow *self);
void      kvar_window_update_actions  (KvarWindow *self);
void      kvar_window_update_sidebar  (KvarWindow *self);

G_END_DECLS
