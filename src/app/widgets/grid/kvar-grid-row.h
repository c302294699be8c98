/* kvar-grid-row.h: one row of a grid, as long as it is in view
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-grid-cell.h"

G_BEGIN_DECLS

typedef struct _KvarGrid KvarGrid;

#define KVAR_TYPE_GRID_ROW (kvar_grid_row_get_type ())

G_DECLARE_FINAL_TYPE (KvarGridRow, kvar_grid_row, KVAR, GRID_ROW, GtkWidget)

KvarGridRow  *kvar_grid_row_new           (KvarGrid       *grid);
guint         kvar_grid_row_get_index     (KvarGridRow    *self);
void          kvar_grid_row_set_index     (KvarGridRow    *self,
                                           guint           index);
gpointer      kvar_grid_row_get_item      (KvarGridRow    *self);
void          kvar_grid_row_bind          (KvarGridRow    *self,
                                           guint           index,
                                           gpointer        item);
void          kvar_grid_row_unbind        (KvarGridRow    *self);
void          kvar_grid_row_update        (KvarGridRow    *self);
void          kvar_grid_row_sync_cells    (KvarGridRow    *self);
void          kvar_grid_row_update_flags  (KvarGridRow    *self);
KvarGridCell *kvar_grid_row_get_cell      (KvarGridRow    *self,
                                           KvarGridColumn *column);

G_END_DECLS
