/* kvar-grid-private.h: shared by the parts of the grid
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-grid-edit.h"
#include "kvar-grid-header.h"
#include "kvar-grid-motion.h"
#include "kvar-grid-row.h"
#include "kvar-grid.h"

G_BEGIN_DECLS

struct _KvarGrid
{
  GtkWidget             parent_instance;

  GListModel           *model;             /* (nullable) */
  KvarGridSource       *source;            /* (nullable) until there is an owner */
  KvarGridSelection    *selection;
  guint                 n_rows;

  /* kvar-grid-columns.c */
  GPtrArray            *columns;           /* all, in their order */
  GPtrArray            *shown;             /* (not owned) those in view: the frozen ones first */
  GArray               *edges;             /* of int: where each of shown begins, and the end */
  guint                 n_frozen;
  int                   frozen_width;

  /* kvar-grid-layout.c. Offsets are logical: how far the start is scrolled away. */
  GtkAdjustment        *hadjustment;
  GtkAdjustment        *vadjustment;
  GtkScrollablePolicy   hscroll_policy;
  GtkScrollablePolicy   vscroll_policy;
  double                x_offset;          /* as it was asked for; clamped when it is used */
  double                y_offset;
  gboolean              configuring;       /* the adjustments follow us, not the person */
  gboolean              restoring;         /* to a place beyond the rows that there are yet */
  guint                 restored_top;
  double                restored_pixels;
  gboolean              reveal_cursor;     /* once there is a size */
  int                   width;
  int                   body_height;
  int                   row_height;
  int                   header_height;
  GHashTable           *rows;              /* of guint → KvarGridRow */
  GPtrArray            *spare_rows;
  guint                 first_row;         /* in view */
  guint                 end_row;
  guint                 first_column;      /* in view, of those that are not frozen */
  guint                 end_column;
  guint                 mark_column;       /* that shows what marks a row */
  guint                 stamp;             /* counts the changes of which columns are in view */

  /* kvar-grid-cursor.c */
  guint                 cursor_row;        /* KVAR_GRID_NO_ROW while there is none */
  guint                 cursor_column;     /* among shown */
  guint                 anchor_row;        /* where extending the selection began */
  GObject              *lost_item;         /* (nullable) the cursor's, gone a moment ago */
  guint                 lost_id;

  /* kvar-grid-editing.c */
  GtkWidget            *editor;            /* (nullable) */
  GObject              *edited_item;
  KvarGridColumn       *edited_column;
  gboolean              composing;         /* an input method holds what is typed */
  gboolean              edit_mode;

  /* kvar-grid-access.c */
  GtkWidget            *described;         /* (nullable) weak: the cell that tells the place */
  guint                 described_row;
  guint                 described_n_rows;

  /* kvar-grid-menu.c */
  GtkWidget            *menu;              /* (nullable) while it is open */
  KvarGridColumn       *menu_column;       /* (nullable) at whose title; NULL at a cell */

  KvarGridHeader       *header;
};

/* kvar-grid.c */
void            kvar_grid_notify_editor       (KvarGrid           *self);
void            kvar_grid_emit_row_activated  (KvarGrid           *self,
                                               guint               row);
void            kvar_grid_emit_sort_requested (KvarGrid           *self,
                                               KvarGridColumn     *column,
                                               gboolean            add);
GMenuModel     *kvar_grid_emit_column_menu    (KvarGrid           *self,
                                               KvarGridColumn     *column);
void            kvar_grid_emit_rename_requested
                                              (KvarGrid           *self,
                                               KvarGridColumn     *column);
GMenuModel     *kvar_grid_emit_cell_menu      (KvarGrid           *self);
void            kvar_grid_emit_copy           (KvarGrid           *self,
                                               gboolean            with_titles);
GtkBitset      *kvar_grid_list_loaded_rows    (KvarGrid           *self);
void            kvar_grid_emit_all_selected   (KvarGrid           *self);
void            kvar_grid_emit_cursor_moved   (KvarGrid           *self);
void            kvar_grid_emit_view_changed   (KvarGrid           *self);

/* kvar-grid-columns.c */
void            kvar_grid_update_shown        (KvarGrid           *self);
void            kvar_grid_update_edges        (KvarGrid           *self);
int             kvar_grid_get_column_start    (KvarGrid           *self,
                                               guint               index);
int             kvar_grid_get_column_width    (KvarGrid           *self,
                                               guint               index);
int             kvar_grid_get_column_x        (KvarGrid           *self,
                                               guint               index);
int             kvar_grid_get_total_width     (KvarGrid           *self);
KvarGridColumn *kvar_grid_get_shown           (KvarGrid           *self,
                                               guint               index);
guint           kvar_grid_find_shown          (KvarGrid           *self,
                                               KvarGridColumn     *column);
guint           kvar_grid_find_column_at      (KvarGrid           *self,
                                               double              x);

/* kvar-grid-layout.c */
void            kvar_grid_layout_set_adjustment
                                              (KvarGrid           *self,
                                               GtkOrientation      orientation,
                                               GtkAdjustment      *adjustment);
void            kvar_grid_layout_sync         (KvarGrid           *self);
void            kvar_grid_layout_ensure_cursor
                                              (KvarGrid           *self);
void            kvar_grid_layout_rebind       (KvarGrid           *self);
void            kvar_grid_layout_refresh_rows (KvarGrid           *self);
void            kvar_grid_layout_items_changed
                                              (KvarGrid           *self,
                                               guint               position,
                                               guint               removed,
                                               guint               added);
double          kvar_grid_layout_get_x        (KvarGrid           *self);
double          kvar_grid_layout_get_y        (KvarGrid           *self);
guint           kvar_grid_layout_find_row_at  (KvarGrid           *self,
                                               double              y);
KvarGridRow    *kvar_grid_layout_get_row      (KvarGrid           *self,
                                               guint               row);
void            kvar_grid_layout_get_cell_area
                                              (KvarGrid           *self,
                                               guint               row,
                                               guint               column,
                                               GdkRectangle       *area);
void            kvar_grid_layout_measure      (GtkWidget          *widget,
                                               GtkOrientation      orientation,
                                               int                 for_size,
                                               int                *minimum,
                                               int                *natural,
                                               int                *minimum_baseline,
                                               int                *natural_baseline);
void            kvar_grid_layout_size_allocate
                                              (GtkWidget          *widget,
                                               int                 width,
                                               int                 height,
                                               int                 baseline);
void            kvar_grid_layout_snapshot     (GtkWidget          *widget,
                                               GtkSnapshot        *snapshot);
void            kvar_grid_layout_restore      (KvarGrid           *self,
                                               double              x,
                                               guint               top,
                                               double              pixels);

/* kvar-grid-cursor.c */
gboolean        kvar_grid_has_focus           (KvarGrid           *self);
void            kvar_grid_cursor_go           (KvarGrid           *self,
                                               KvarGridPlace       place,
                                               gboolean            extend);
void            kvar_grid_cursor_move         (KvarGrid           *self,
                                               KvarGridMove        move,
                                               gboolean            extend);
gboolean        kvar_grid_cursor_grab_focus   (KvarGrid           *self);
void            kvar_grid_cursor_remember_item
                                              (KvarGrid           *self,
                                               guint               position,
                                               guint               removed);
void            kvar_grid_cursor_forget_item  (KvarGrid           *self);
void            kvar_grid_cursor_items_changed
                                              (KvarGrid           *self,
                                               guint               position,
                                               guint               removed,
                                               guint               added);
void            kvar_grid_cursor_select       (KvarGrid           *self);
void            kvar_grid_cursor_select_all   (KvarGrid           *self);

/* kvar-grid-keys.c, kvar-grid-pointer.c */
void            kvar_grid_keys_install        (KvarGrid           *self);
void            kvar_grid_pointer_install     (KvarGrid           *self);

/* kvar-grid-editing.c */
void            kvar_grid_editing_allocate    (KvarGrid           *self);
gboolean        kvar_grid_editing_key         (KvarGrid           *self,
                                               guint               keyval,
                                               GdkModifierType     state);
gboolean        kvar_grid_editing_begin_key   (KvarGrid           *self,
                                               guint               keyval,
                                               GdkModifierType     state,
                                               GtkEventControllerKey
                                                                  *controller);

/* kvar-grid-menu.c */
void            kvar_grid_menu_popup_at_title (KvarGrid           *self,
                                               KvarGridColumn     *column,
                                               GtkWidget          *title);
gboolean        kvar_grid_menu_popup_at_cursor
                                              (KvarGrid           *self);

/* kvar-grid-access.c */
void            kvar_grid_access_name_cell    (KvarGridCell       *cell,
                                               KvarGridColumn     *column,
                                               const char         *text,
                                               const char         *state);
void            kvar_grid_access_name_row     (KvarGrid           *self,
                                               KvarGridRow        *row);
void            kvar_grid_access_name_rows    (KvarGrid           *self);
void            kvar_grid_access_place_cursor (KvarGrid           *self);

G_END_DECLS
