/* kvar-help-window.h: the user guide, in the person's language
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KVAR_TYPE_HELP_WINDOW (kvar_help_window_get_type ())

G_DECLARE_FINAL_TYPE (KvarHelpWindow, kvar_help_window, KVAR, HELP_WINDOW, AdwWindow)

void  kvar_help_window_show     (GtkWindow  *parent);
char *kvar_help_window_dup_text (void);

G_END_DECLS
