/* kvar-grid-cell.h: one cell of a grid
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kvar-grid-column.h"

G_BEGIN_DECLS

#define KVAR_TYPE_GRID_CELL (kvar_grid_cell_get_type ())

G_DECLARE_FINAL_TYPE (KvarGridCell, kvar_grid_cell, KVAR, GRID_CELL, GtkWidget)

KvarGridCell   *kvar_grid_cell_new          (void);
KvarGridColumn *kvar_grid_cell_get_column   (KvarGridCell   *self);
void            kvar_grid_cell_set_column   (KvarGridCell   *self,
                                             KvarGridColumn *column);
const char     *kvar_grid_cell_get_text     (KvarGridCell   *self);
gboolean        kvar_grid_cell_is_cut       (KvarGridCell   *self);
void            kvar_grid_cell_show         (KvarGridCell   *self,
                                             const char     *text,
                                             const char     *css_class,
                                             const char     *icon_name,
                                             const char     *note);
void            kvar_grid_cell_set_struck   (KvarGridCell   *self,
                                             gboolean        struck);
void            kvar_grid_cell_set_cursor   (KvarGridCell   *self,
                                             gboolean        cursor);

G_END_DECLS
