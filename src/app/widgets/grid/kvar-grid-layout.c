/* kvar-grid-layout.c: which rows of a grid have widgets, and where they are
 *
 * The widgets are those of the rows in view and of the cursor's row, which is laid out beside
 * the view when it is scrolled away. They are taken from the rows that have left the view.
 * Nothing here depends on how many rows there are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-grid"

#include "config.h"

#include <math.h>

#include "kvar-grid-private.h"

/* Beside the view, but not so far away that a position would not fit into an int. */
#define BESIDE 64

static gboolean
is_rtl (KvarGrid *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

static double
get_max_x (KvarGrid *self)
{
  return MAX (kvar_grid_get_total_width (self) - self->width, 0);
}

static double
get_max_y (KvarGrid *self)
{
  return MAX ((double)self->n_rows * self->row_height - self->body_height, 0);
}

double
kvar_grid_layout_get_x (KvarGrid *self)
{
  return CLAMP (self->x_offset, 0, get_max_x (self));
}

double
kvar_grid_layout_get_y (KvarGrid *self)
{
  return CLAMP (self->y_offset, 0, get_max_y (self));
}

/* The horizontal value is physical, as scrollbars take it: in RTL the start is its end. */
static double
to_value (KvarGrid *self,
          double    x_offset)
{
  return is_rtl (self) ? get_max_x (self) - x_offset : x_offset;
}

static void
configure (KvarGrid *self)
{
  self->configuring = TRUE;
  if (self->hadjustment != NULL)
    gtk_adjustment_configure (self->hadjustment, to_value (self, kvar_grid_layout_get_x (self)),
                              0, MAX (kvar_grid_get_total_width (self), self->width),
                              self->width * 0.1, self->width * 0.9, self->width);
  if (self->vadjustment != NULL)
    gtk_adjustment_configure (self->vadjustment, kvar_grid_layout_get_y (self), 0,
                              MAX ((double)self->n_rows * self->row_height, self->body_height),
                              self->row_height, MAX (self->body_height - self->row_height, 0),
                              self->body_height);
  self->configuring = FALSE;
}

/* What marks a row is never scrolled away: it is in a frozen column, or in the first of those in
 * view that is not cut off. */
static guint
choose_mark_column (KvarGrid *self,
                    guint     first,
                    guint     end,
                    int       x)
{
  if (self->n_frozen > 0)
    return 0;
  if (first + 1 < end && kvar_grid_get_column_start (self, first) < x &&
      kvar_grid_get_column_start (self, first + 2) - x <= self->width)
    return first + 1;

  return first;
}

static void
update_view (KvarGrid *self)
{
  int x = (int)kvar_grid_layout_get_x (self);
  guint first = self->n_frozen;
  guint end, mark;

  kvar_grid_get_rows_in_view (self, &self->first_row, &self->end_row);

  while (first < self->shown->len &&
         kvar_grid_get_column_start (self, first + 1) - x <= self->frozen_width)
    first++;
  end = first;
  while (end < self->shown->len && kvar_grid_get_column_start (self, end) - x < self->width)
    end++;
  mark = choose_mark_column (self, first, end, x);
  if (first != self->first_column || end != self->end_column || mark != self->mark_column)
    self->stamp++;
  self->mark_column = mark;
  self->first_column = first;
  self->end_column = end;
}

static gboolean
is_in_view (KvarGrid *self,
            guint     row)
{
  return row >= self->first_row && row < self->end_row;
}

static gboolean
is_needed (KvarGrid *self,
           guint     row)
{
  return row < self->n_rows && self->shown->len > 0 &&
         (is_in_view (self, row) || row == self->cursor_row);
}

static void
collect_spare_rows (KvarGrid *self)
{
  GHashTableIter iter;
  gpointer key, row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &key, &row))
    {
      if (!is_needed (self, GPOINTER_TO_UINT (key)))
        {
          g_hash_table_iter_remove (&iter);
          g_ptr_array_add (self->spare_rows, row);
        }
    }
}

static void
need_row (KvarGrid *self,
          guint     index)
{
  KvarGridRow *row = g_hash_table_lookup (self->rows, GUINT_TO_POINTER (index));
  g_autoptr(GObject) item = NULL;

  if (row != NULL)
    {
      kvar_grid_row_sync_cells (row);
      return;
    }

  if (self->spare_rows->len > 0)
    {
      row = g_ptr_array_steal_index_fast (self->spare_rows, self->spare_rows->len - 1);
    }
  else
    {
      row = kvar_grid_row_new (self);
      gtk_widget_insert_before (GTK_WIDGET (row), GTK_WIDGET (self), GTK_WIDGET (self->header));
    }
  g_hash_table_insert (self->rows, GUINT_TO_POINTER (index), row);
  item = g_list_model_get_item (self->model, index);
  kvar_grid_row_bind (row, index, item);
}

/* The cursor's row has a widget afterwards, and every other still the one that it had: the
 * focus can go from the one to the other. */
void
kvar_grid_layout_ensure_cursor (KvarGrid *self)
{
  if (self->source != NULL && is_needed (self, self->cursor_row))
    need_row (self, self->cursor_row);
}

/**
 * kvar_grid_layout_sync:
 *
 * There are widgets for what is in view afterwards, and for the cursor's row. To be called
 * after the view, the cursor or the columns have moved.
 */
void
kvar_grid_layout_sync (KvarGrid *self)
{
  if (self->source == NULL)
    return;

  update_view (self);
  collect_spare_rows (self);
  for (guint i = self->first_row; i < self->end_row; i++)
    {
      if (is_needed (self, i))
        need_row (self, i);
    }
  kvar_grid_layout_ensure_cursor (self);

  for (guint i = 0; i < self->spare_rows->len; i++)
    kvar_grid_row_unbind (g_ptr_array_index (self->spare_rows, i));
  kvar_grid_access_place_cursor (self);
}

/* Every row is given up, and taken again by whatever item is there now. */
void
kvar_grid_layout_rebind (KvarGrid *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    g_ptr_array_add (self->spare_rows, row);
  g_hash_table_remove_all (self->rows);
  kvar_grid_layout_sync (self);
}

/* Selection, cursor or columns look different. */
void
kvar_grid_layout_refresh_rows (KvarGrid *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    kvar_grid_row_update_flags (row);
}

/* Rows behind the change are known by another number; those that are gone are given up. */
static void
rekey_rows (KvarGrid *self,
            guint     position,
            guint     removed,
            guint     added)
{
  g_autoptr(GHashTable) before = g_steal_pointer (&self->rows);
  GHashTableIter iter;
  gpointer key, row;

  self->rows = g_hash_table_new (NULL, NULL);
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &key, &row))
    {
      guint index = GPOINTER_TO_UINT (key);

      if (index >= position && index < position + removed)
        {
          g_ptr_array_add (self->spare_rows, row);
          continue;
        }

      if (index >= position + removed)
        index = index - removed + added;
      kvar_grid_row_set_index (row, index);
      g_hash_table_insert (self->rows, GUINT_TO_POINTER (index), row);
    }
}

/* The row that stays where it is on the screen: the cursor's, when it can be seen. */
static guint
choose_anchor (KvarGrid *self)
{
  return is_in_view (self, self->cursor_row) ? self->cursor_row : self->first_row;
}

/**
 * kvar_grid_layout_items_changed:
 *
 * Follows the model, so that what is looked at stays where it is on the screen.
 */
void
kvar_grid_layout_items_changed (KvarGrid *self,
                                guint     position,
                                guint     removed,
                                guint     added)
{
  gboolean had_focus = kvar_grid_has_focus (self);
  gboolean had_rows = self->n_rows > 0;
  guint anchor = choose_anchor (self);
  gboolean on_cursor = anchor == self->cursor_row;
  double y = kvar_grid_layout_get_y (self);
  guint anchor_after = anchor;

  kvar_grid_cursor_remember_item (self, position, removed);
  rekey_rows (self, position, removed, added);
  self->n_rows = self->n_rows - removed + added;
  kvar_grid_cursor_items_changed (self, position, removed, added);

  if (on_cursor)
    anchor_after = self->cursor_row;
  else if (anchor >= position + removed)
    anchor_after = anchor - removed + added;
  else if (anchor >= position)
    anchor_after = MIN (anchor, MAX (self->n_rows, 1) - 1);

  if (!self->restoring && had_rows && self->n_rows > 0)
    self->y_offset = MAX (y + ((double)anchor_after - anchor) * self->row_height, 0);
  configure (self);
  kvar_grid_layout_sync (self);
  if (had_focus && !kvar_grid_cursor_grab_focus (self))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

guint
kvar_grid_layout_find_row_at (KvarGrid *self,
                              double    y)
{
  double row;

  if (y < self->header_height || self->row_height == 0)
    return KVAR_GRID_NO_ROW;

  row = floor ((y - self->header_height + (int)kvar_grid_layout_get_y (self)) / self->row_height);

  return row < self->n_rows ? (guint)row : KVAR_GRID_NO_ROW;
}

/**
 * kvar_grid_layout_get_row:
 *
 * Returns: (transfer none) (nullable): %NULL when the row has no widget now
 */
KvarGridRow *
kvar_grid_layout_get_row (KvarGrid *self,
                          guint     row)
{
  return g_hash_table_lookup (self->rows, GUINT_TO_POINTER (row));
}

static int
get_row_y (KvarGrid *self,
           guint     row)
{
  double y = (double)row * self->row_height - (int)kvar_grid_layout_get_y (self);

  return self->header_height + (int)CLAMP (y, -self->row_height - BESIDE,
                                           self->body_height + BESIDE);
}

/* Where a cell is, or would be, in the grid's own coordinates. */
void
kvar_grid_layout_get_cell_area (KvarGrid     *self,
                                guint         row,
                                guint         column,
                                GdkRectangle *area)
{
  int x = kvar_grid_get_column_x (self, column);

  area->width = kvar_grid_get_column_width (self, column);
  area->height = self->row_height;
  area->x = is_rtl (self) ? self->width - x - area->width : x;
  area->y = get_row_y (self, row);
}

/* Room for a few rows and one column; what is natural is up to the window. */
void
kvar_grid_layout_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  KvarGrid *self = KVAR_GRID (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 0;
      *natural = kvar_grid_get_total_width (self);
      return;
    }

  gtk_widget_measure (GTK_WIDGET (self->header), orientation, -1, minimum, natural, NULL, NULL);
  *natural = MIN ((double)*natural + (double)self->n_rows * self->row_height, G_MAXINT16);
}

/* All rows are as high as one with a cell of this font. */
static void
measure_row (KvarGrid *self)
{
  KvarGridRow *row;
  GHashTableIter iter;
  int height;

  g_hash_table_iter_init (&iter, self->rows);
  if (!g_hash_table_iter_next (&iter, NULL, (gpointer *)&row))
    return;

  gtk_widget_measure (GTK_WIDGET (row), GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  if (self->row_height != 0)
    self->y_offset = self->y_offset / self->row_height * height;
  self->row_height = height;
}

static void
go_on_restoring (KvarGrid *self)
{
  if (!self->restoring || self->row_height == 0 || self->body_height == 0)
    return;

  self->y_offset = (double)self->restored_top * self->row_height + self->restored_pixels;
  self->restoring = self->y_offset > get_max_y (self);
}

static void
allocate_rows (KvarGrid *self)
{
  GHashTableIter iter;
  gpointer key, row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &key, &row))
    {
      gtk_widget_measure (row, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_size_allocate (row, &(GtkAllocation) { 0, get_row_y (self, GPOINTER_TO_UINT (key)),
                                                        self->width, self->row_height }, -1);
    }
}

static double
clamp_to (double offset,
          double start,
          double end,
          double page)
{
  if (end > offset + page)
    offset = end - page;

  return MIN (offset, start);
}

/* Scrolls as little as needed; the adjustments don't know yet. */
static gboolean
reveal (KvarGrid *self,
        guint     row,
        guint     column)
{
  double x_before = kvar_grid_layout_get_x (self);
  double y_before = kvar_grid_layout_get_y (self);
  double x = x_before;
  double y = y_before;

  if (row < self->n_rows)
    y = clamp_to (y, (double)row * self->row_height, (double)(row + 1) * self->row_height,
                  self->body_height);
  if (column < self->shown->len && column >= self->n_frozen)
    x = clamp_to (x, kvar_grid_get_column_start (self, column) - self->frozen_width,
                  kvar_grid_get_column_start (self, column + 1) - self->frozen_width,
                  self->width - self->frozen_width);
  if (x == x_before && y == y_before)
    return FALSE;

  self->x_offset = x;
  self->y_offset = y;
  self->restoring = FALSE;

  return TRUE;
}

void
kvar_grid_layout_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  KvarGrid *self = KVAR_GRID (widget);
  int header_height;

  gtk_widget_measure (GTK_WIDGET (self->header), GTK_ORIENTATION_VERTICAL, -1, NULL,
                      &header_height, NULL, NULL);
  if (self->width != width)
    {
      self->width = width;
      kvar_grid_update_edges (self);
    }
  self->header_height = header_height;
  self->body_height = MAX (height - header_height, 0);
  measure_row (self);

  if (self->reveal_cursor && self->body_height > 0 && self->cursor_column < self->shown->len)
    {
      self->reveal_cursor = FALSE;
      reveal (self, self->cursor_row, self->cursor_column);
    }
  go_on_restoring (self);
  configure (self);
  kvar_grid_layout_sync (self);

  allocate_rows (self);
  kvar_grid_editing_allocate (self);
  gtk_widget_size_allocate (GTK_WIDGET (self->header),
                            &(GtkAllocation) { 0, 0, width, header_height }, -1);
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

static gboolean
is_frozen_editor (KvarGrid *self)
{
  return kvar_grid_column_get_frozen (self->edited_column);
}

void
kvar_grid_layout_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  KvarGrid *self = KVAR_GRID (widget);
  int height = gtk_widget_get_height (widget);

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, self->header_height, self->width,
                                                         height - self->header_height));
  for (guint i = self->first_row; i < self->end_row; i++)
    {
      KvarGridRow *row = kvar_grid_layout_get_row (self, i);

      if (row != NULL)
        gtk_widget_snapshot_child (widget, GTK_WIDGET (row), snapshot);
    }
  if (self->editor != NULL && is_in_view (self, self->cursor_row))
    {
      int frozen = is_frozen_editor (self) ? 0 : self->frozen_width;

      gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (is_rtl (self) ? 0 : frozen, 0,
                                                             self->width - frozen, height));
      gtk_widget_snapshot_child (widget, self->editor, snapshot);
      gtk_snapshot_pop (snapshot);
    }
  gtk_snapshot_pop (snapshot);
  gtk_widget_snapshot_child (widget, GTK_WIDGET (self->header), snapshot);
}

static void
view_moved (KvarGrid *self)
{
  kvar_grid_layout_sync (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  kvar_grid_emit_view_changed (self);
}

/* The rows themselves are laid out anew when the columns have moved below them. */
static void
columns_moved (KvarGrid *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    gtk_widget_queue_allocate (row);
  gtk_widget_queue_allocate (GTK_WIDGET (self->header));
}

static void
value_changed_cb (KvarGrid      *self,
                  GtkAdjustment *adjustment)
{
  double value = gtk_adjustment_get_value (adjustment);

  if (self->configuring)
    return;

  if (adjustment == self->vadjustment)
    {
      self->y_offset = value;
      self->restoring = FALSE;
    }
  else
    {
      self->x_offset = is_rtl (self) ? get_max_x (self) - value : value;
      columns_moved (self);
    }
  view_moved (self);
}

void
kvar_grid_layout_set_adjustment (KvarGrid       *self,
                                 GtkOrientation  orientation,
                                 GtkAdjustment  *adjustment)
{
  GtkAdjustment **place = orientation == GTK_ORIENTATION_HORIZONTAL ? &self->hadjustment
                                                                    : &self->vadjustment;

  if (*place != NULL && *place == adjustment)
    return;

  if (*place != NULL)
    g_signal_handlers_disconnect_by_func (*place, value_changed_cb, self);
  g_clear_object (place);
  if (adjustment == NULL)
    adjustment = gtk_adjustment_new (0, 0, 0, 0, 0, 0);
  *place = g_object_ref_sink (adjustment);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (value_changed_cb), self,
                           G_CONNECT_SWAPPED);
  configure (self);
}

/**
 * kvar_grid_get_rows_in_view:
 * @first: (out): the first one, at least in part
 * @end: (out): the one behind the last
 */
void
kvar_grid_get_rows_in_view (KvarGrid *self,
                            guint    *first,
                            guint    *end)
{
  double y;

  g_return_if_fail (KVAR_IS_GRID (self));

  *first = *end = 0;
  if (self->row_height == 0 || self->body_height == 0)
    return;

  y = kvar_grid_layout_get_y (self);
  *first = MIN ((guint)(y / self->row_height), self->n_rows);
  *end = MIN ((guint)ceil ((y + self->body_height) / self->row_height), self->n_rows);
}

/**
 * kvar_grid_scroll_to:
 * @row: a row, or %KVAR_GRID_NO_ROW
 * @column: (nullable): a column
 *
 * Scrolls as little as needed for the row and the column to be seen. While the grid has no
 * size, only the cursor's row is remembered: it is seen as soon as there is one.
 */
void
kvar_grid_scroll_to (KvarGrid       *self,
                     guint           row,
                     KvarGridColumn *column)
{
  double x;

  g_return_if_fail (KVAR_IS_GRID (self));

  if (self->body_height == 0)
    {
      self->reveal_cursor = row == self->cursor_row;
      return;
    }

  x = kvar_grid_layout_get_x (self);
  if (!reveal (self, row, column != NULL ? kvar_grid_find_shown (self, column) : G_MAXUINT))
    return;

  if (x != self->x_offset)
    columns_moved (self);
  configure (self);
  view_moved (self);
}

/**
 * kvar_grid_layout_restore:
 *
 * Scrolls to row @top and @pixels on, now or as soon as there are so many rows.
 */
void
kvar_grid_layout_restore (KvarGrid *self,
                          double    x,
                          guint     top,
                          double    pixels)
{
  self->reveal_cursor = FALSE;
  self->x_offset = x;
  self->restoring = TRUE;
  self->restored_top = top;
  self->restored_pixels = pixels;
  go_on_restoring (self);
  columns_moved (self);
  configure (self);
  view_moved (self);
}
