/* kvar-show-in-folder.h: shows a file in its folder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void kvar_show_in_folder (GtkWindow *window,
                          GFile     *file);

G_END_DECLS
