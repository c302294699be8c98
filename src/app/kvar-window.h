/* kvar-window.h: the main window: sidebar, header, pages, and the bar at the bottom
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kvar-navigator.h"
#include "kvar-workspace.h"
#include "routes/kvar-state-file.h"

G_BEGIN_DECLS

#define KVAR_TYPE_WINDOW (kvar_window_get_type ())

G_DECLARE_FINAL_TYPE (KvarWindow, kvar_window, KVAR, WINDOW, AdwApplicationWindow)

KvarWindow    *kvar_window_new            (GtkApplication *application,
                                           KvarStateFile  *state_file,
                                           guint           number);
guint          kvar_window_get_number     (KvarWindow     *self);
void           kvar_window_set_number     (KvarWindow     *self,
                                           guint           number);
KvarWorkspace *kvar_window_get_workspace  (KvarWindow     *self);
void           kvar_window_set_workspace  (KvarWindow     *self,
                                           KvarWorkspace  *workspace);
KvarNavigator *kvar_window_get_navigator  (KvarWindow     *self);
void           kvar_window_show_toast     (KvarWindow     *self,
                                           const char     *text,
                                           guint           seconds);
void           kvar_window_offer_undo     (KvarWindow     *self,
                                           const char     *text,
                                           const char     *action);
void           kvar_window_try_demo       (KvarWindow     *self);

G_END_DECLS
