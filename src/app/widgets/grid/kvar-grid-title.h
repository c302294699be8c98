/* kvar-grid-title.h: the title of one column in a grid's header
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kvar-grid-column.h"

G_BEGIN_DECLS

#define KVAR_TYPE_GRID_TITLE (kvar_grid_title_get_type ())

G_DECLARE_FINAL_TYPE (KvarGridTitle, kvar_grid_title, KVAR, GRID_TITLE, GtkWidget)

KvarGridTitle  *kvar_grid_title_new        (KvarGridColumn *column);
KvarGridColumn *kvar_grid_title_get_column (KvarGridTitle  *self);

G_END_DECLS
