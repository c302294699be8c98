/* kvar-grid-column.h: one column of a grid
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Whatever a column's width is set to, it stays between these. */
#define KVAR_GRID_COLUMN_MIN_WIDTH 32
#define KVAR_GRID_COLUMN_MAX_WIDTH 4000

typedef enum
{
  KVAR_GRID_UNSORTED,
  KVAR_GRID_ASCENDING,
  KVAR_GRID_DESCENDING,
} KvarGridSort;

#define KVAR_TYPE_GRID_COLUMN (kvar_grid_column_get_type ())

G_DECLARE_FINAL_TYPE (KvarGridColumn, kvar_grid_column, KVAR, GRID_COLUMN, GObject)

KvarGridColumn *kvar_grid_column_new            (const char     *id,
                                                 const char     *title);
const char     *kvar_grid_column_get_id         (KvarGridColumn *self);
const char     *kvar_grid_column_get_title      (KvarGridColumn *self);
void            kvar_grid_column_set_title      (KvarGridColumn *self,
                                                 const char     *title);
int             kvar_grid_column_get_width      (KvarGridColumn *self);
void            kvar_grid_column_set_width      (KvarGridColumn *self,
                                                 int             width);
gboolean        kvar_grid_column_get_visible    (KvarGridColumn *self);
void            kvar_grid_column_set_visible    (KvarGridColumn *self,
                                                 gboolean        visible);
gboolean        kvar_grid_column_get_frozen     (KvarGridColumn *self);
void            kvar_grid_column_set_frozen     (KvarGridColumn *self,
                                                 gboolean        frozen);
gboolean        kvar_grid_column_get_resizable  (KvarGridColumn *self);
void            kvar_grid_column_set_resizable  (KvarGridColumn *self,
                                                 gboolean        resizable);
gboolean        kvar_grid_column_get_sortable   (KvarGridColumn *self);
void            kvar_grid_column_set_sortable   (KvarGridColumn *self,
                                                 gboolean        sortable);
gboolean        kvar_grid_column_get_editable   (KvarGridColumn *self);
void            kvar_grid_column_set_editable   (KvarGridColumn *self,
                                                 gboolean        editable);
gboolean        kvar_grid_column_get_numeric    (KvarGridColumn *self);
float           kvar_grid_column_get_xalign     (KvarGridColumn *self);
void            kvar_grid_column_set_alignment  (KvarGridColumn *self,
                                                 float           xalign,
                                                 gboolean        numeric);
KvarGridSort    kvar_grid_column_get_sort       (KvarGridColumn *self);
guint           kvar_grid_column_get_sort_level (KvarGridColumn *self);
void            kvar_grid_column_set_sort       (KvarGridColumn *self,
                                                 KvarGridSort    sort,
                                                 guint           level);

G_END_DECLS
