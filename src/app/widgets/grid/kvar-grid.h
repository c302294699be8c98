/* kvar-grid.h: rows and columns with a cell cursor, for any GListModel
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-grid-selection.h"
#include "kvar-grid-source.h"

G_BEGIN_DECLS

/* KvarGrid: a GtkScrollable, to be put into a GtkScrolledWindow.
 *
 * A row is an item of the model, a column a KvarGridColumn, and what a cell says comes from the
 * KvarGridSource. Widgets exist for what is in view and for the row of the cell cursor, which
 * is never unmapped: the focus, and an open editor with what is typed there, stay while their
 * row is scrolled away. Cursor and scroll position belong to the grid; when the model changes
 * they stay with their row.
 *
 * Keys (left and right as they are seen, also where text runs from right to left): arrows, Home,
 * End, PageUp and PageDown move the cursor, with Ctrl to the edge of filled cells or to the
 * first and last cell, with Shift they extend the selection; Space and Ctrl+Space toggle a row,
 * Shift+Space selects only it, Ctrl+A all; Enter activates, F2 edits, Menu opens the cell's menu;
 * in an editor Enter and Tab keep what was typed and go on, Escape does not keep it. In the
 * header: arrows, Enter and Shift+Enter sort, Shift+arrows size, Ctrl+Shift+arrows move a column,
 * Menu opens its menu.
 *
 * In edit mode the cells are there to be typed into: a letter, or what an input method makes of
 * it, takes the place of the value; Enter and a double click edit instead of activating; Alt+Down
 * and F4 open the editor's choices, Delete clears, Ctrl+D and Ctrl+' take the value of the cell
 * above, and Tab goes to the next cell that can be edited, or on where there is none.
 *
 * Signals: "row-activated" (row), "sort-requested" (column, one more level), "column-menu"
 * (column) for a GMenuModel, "cell-menu" for one at the cursor, "copy" (with titles),
 * "all-selected" (once more), "cursor-moved", and "view-changed" when there is something new to
 * save. */

#define KVAR_TYPE_GRID (kvar_grid_get_type ())

G_DECLARE_FINAL_TYPE (KvarGrid, kvar_grid, KVAR, GRID, GtkWidget)

#define KVAR_GRID_NO_ROW G_MAXUINT

GtkWidget         *kvar_grid_new               (void);
void               kvar_grid_set_source        (KvarGrid       *self,
                                                KvarGridSource *source);
GListModel        *kvar_grid_get_model         (KvarGrid       *self);
void               kvar_grid_set_model         (KvarGrid       *self,
                                                GListModel     *model);
void               kvar_grid_update_item       (KvarGrid       *self,
                                                gpointer        item);
void               kvar_grid_update_items      (KvarGrid       *self);

/* kvar-grid-columns.c */
void               kvar_grid_append_column     (KvarGrid       *self,
                                                KvarGridColumn *column);
void               kvar_grid_remove_columns    (KvarGrid       *self);
void               kvar_grid_move_column       (KvarGrid       *self,
                                                KvarGridColumn *column,
                                                guint           position);
guint              kvar_grid_get_n_columns     (KvarGrid       *self);
KvarGridColumn    *kvar_grid_get_column        (KvarGrid       *self,
                                                guint           position);
KvarGridColumn    *kvar_grid_find_column       (KvarGrid       *self,
                                                const char     *id);
GPtrArray         *kvar_grid_list_shown_columns
                                               (KvarGrid       *self);

/* kvar-grid-layout.c */
void               kvar_grid_get_rows_in_view  (KvarGrid       *self,
                                                guint          *first,
                                                guint          *end);
void               kvar_grid_scroll_to         (KvarGrid       *self,
                                                guint           row,
                                                KvarGridColumn *column);

/* kvar-grid-cursor.c */
guint              kvar_grid_get_cursor_row    (KvarGrid       *self);
KvarGridColumn    *kvar_grid_get_cursor_column (KvarGrid       *self);
gpointer           kvar_grid_get_cursor_item   (KvarGrid       *self);
void               kvar_grid_set_cursor        (KvarGrid       *self,
                                                guint           row,
                                                KvarGridColumn *column);
KvarGridSelection *kvar_grid_get_selection     (KvarGrid       *self);

/* kvar-grid-editing.c */
gboolean           kvar_grid_start_editing     (KvarGrid       *self,
                                                const char     *text);
void               kvar_grid_commit            (KvarGrid       *self);
void               kvar_grid_cancel            (KvarGrid       *self);
GtkWidget         *kvar_grid_get_editor        (KvarGrid       *self);
gboolean           kvar_grid_get_edit_mode     (KvarGrid       *self);
void               kvar_grid_set_edit_mode     (KvarGrid       *self,
                                                gboolean        edit_mode);
gboolean           kvar_grid_go_to_editable    (KvarGrid       *self,
                                                guint           row);

/* kvar-grid-state.c */
GVariant          *kvar_grid_save_columns      (KvarGrid       *self);
void               kvar_grid_restore_columns   (KvarGrid       *self,
                                                GVariant       *columns);
GVariant          *kvar_grid_save_place        (KvarGrid       *self);
void               kvar_grid_restore_place     (KvarGrid       *self,
                                                GVariant       *place);

G_END_DECLS
