/* kvar-file-place.h: shows a file in its folder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void kvar_file_place_show (GtkWindow *window,
                           GFile     *file);

G_END_DECLS
