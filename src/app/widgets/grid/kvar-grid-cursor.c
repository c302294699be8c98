/* kvar-grid-cursor.c: a grid's cell cursor, and the selection that it extends
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-grid"

#include "config.h"

#include "kvar-grid-private.h"

/* So many new rows are looked through for the cursor's that was taken out a moment ago. */
#define MAX_SEARCHED 1000

/**
 * kvar_grid_has_focus:
 *
 * Whether the focus is on a cell or on the grid itself, not in its header or an editor.
 */
gboolean
kvar_grid_has_focus (KvarGrid *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == GTK_WIDGET (self) ||
                           (gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) &&
                            (KVAR_IS_GRID_CELL (focus) || KVAR_IS_GRID_ROW (focus))));
}

/**
 * kvar_grid_cursor_grab_focus:
 *
 * Puts the focus on the cursor's cell.
 */
gboolean
kvar_grid_cursor_grab_focus (KvarGrid *self)
{
  KvarGridRow *row = kvar_grid_layout_get_row (self, self->cursor_row);
  KvarGridCell *cell = NULL;

  if (row != NULL && self->cursor_column < self->shown->len)
    cell = kvar_grid_row_get_cell (row, kvar_grid_get_shown (self, self->cursor_column));

  return cell != NULL && gtk_widget_grab_focus (GTK_WIDGET (cell));
}

static void
extend_selection (KvarGrid *self)
{
  g_autoptr(GtkBitset) rows = kvar_grid_list_loaded_rows (self);
  g_autoptr(GtkBitset) range = NULL;
  guint first, last;

  if (self->anchor_row == KVAR_GRID_NO_ROW || self->anchor_row >= self->n_rows)
    self->anchor_row = self->cursor_row;
  first = MIN (self->anchor_row, self->cursor_row);
  last = MAX (self->anchor_row, self->cursor_row);
  range = gtk_bitset_new_range (first, last - first + 1);
  gtk_bitset_intersect (rows, range);
  kvar_grid_selection_select_rows (self->selection, rows);
}

/**
 * kvar_grid_cursor_go:
 * @extend: also selects the rows from where extending began
 *
 * Moves the cursor, the view with it, and the focus if it was in the cells. An editor that is
 * open keeps what was typed.
 */
void
kvar_grid_cursor_go (KvarGrid      *self,
                     KvarGridPlace  place,
                     gboolean       extend)
{
  gboolean moved = place.row != self->cursor_row || place.column != self->cursor_column;
  gboolean has_focus;

  if (place.row >= self->n_rows || place.column >= self->shown->len)
    return;

  if (moved)
    kvar_grid_commit (self);
  has_focus = kvar_grid_has_focus (self);

  if (extend && self->anchor_row == KVAR_GRID_NO_ROW)
    self->anchor_row = self->cursor_row;
  else if (!extend)
    self->anchor_row = KVAR_GRID_NO_ROW;
  self->cursor_row = place.row;
  self->cursor_column = place.column;
  kvar_grid_cursor_forget_item (self);

  kvar_grid_layout_ensure_cursor (self);
  if (has_focus)
    kvar_grid_cursor_grab_focus (self);
  kvar_grid_layout_sync (self);
  kvar_grid_scroll_to (self, place.row, kvar_grid_get_shown (self, place.column));
  if (extend)
    extend_selection (self);
  kvar_grid_layout_refresh_rows (self);
  if (moved)
    {
      kvar_grid_emit_cursor_moved (self);
      kvar_grid_emit_view_changed (self);
    }
}

static gboolean
is_filled_cb (KvarGridPlace place,
              gpointer      user_data)
{
  KvarGrid *self = user_data;
  g_autoptr(GObject) item = g_list_model_get_item (self->model, place.row);

  return kvar_grid_source_is_filled (self->source, kvar_grid_get_shown (self, place.column), item);
}

void
kvar_grid_cursor_move (KvarGrid     *self,
                       KvarGridMove  move,
                       gboolean      extend)
{
  KvarGridPlace from = { self->cursor_row, self->cursor_column };
  KvarGridPlace size = { self->n_rows, self->shown->len };
  guint page = self->row_height > 0 ? self->body_height / self->row_height : 1;

  if (from.row >= size.row || from.column >= size.column)
    return;

  kvar_grid_cursor_go (self, kvar_grid_motion_step (from, move, size, MAX (page, 1),
                                                    is_filled_cb, self), extend);
}

static gboolean
find_item (KvarGrid *self,
           gpointer  item,
           guint     position,
           guint     n,
           guint    *found)
{
  for (guint i = position; i < position + MIN (n, MAX_SEARCHED); i++)
    {
      g_autoptr(GObject) other = g_list_model_get_item (self->model, i);

      if (other == item)
        {
          *found = i;
          return TRUE;
        }
    }

  return FALSE;
}

void
kvar_grid_cursor_forget_item (KvarGrid *self)
{
  g_clear_handle_id (&self->lost_id, g_source_remove);
  g_clear_object (&self->lost_item);
}

/* The row has not come back: what was typed into it goes to the owner. */
static gboolean
lost_cb (gpointer user_data)
{
  KvarGrid *self = user_data;

  self->lost_id = 0;
  g_clear_object (&self->lost_item);
  if (self->editor != NULL)
    kvar_grid_commit (self);

  return G_SOURCE_REMOVE;
}

/**
 * kvar_grid_cursor_remember_item:
 *
 * Keeps the cursor's item in mind if its row is taken out, until the frame is drawn.
 */
void
kvar_grid_cursor_remember_item (KvarGrid *self,
                                guint     position,
                                guint     removed)
{
  KvarGridRow *row = kvar_grid_layout_get_row (self, self->cursor_row);

  if (row == NULL || self->lost_item != NULL || self->cursor_row < position ||
      self->cursor_row >= position + removed)
    return;

  self->lost_item = g_object_ref (kvar_grid_row_get_item (row));
  self->lost_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, lost_cb, self, NULL);
}

/**
 * kvar_grid_cursor_items_changed:
 *
 * The cursor stays with its row, wherever that is now. A row that is taken out and put in
 * again at once, as when it is sorted to another place, is still the cursor's.
 */
void
kvar_grid_cursor_items_changed (KvarGrid *self,
                                guint     position,
                                guint     removed,
                                guint     added)
{
  guint found;

  if (self->n_rows == 0)
    self->cursor_row = KVAR_GRID_NO_ROW;
  else if (self->cursor_row == KVAR_GRID_NO_ROW)
    self->cursor_row = 0;
  else if (self->cursor_row >= position + removed)
    self->cursor_row = self->cursor_row - removed + added;
  else if (self->cursor_row >= position)
    /* To the row that has taken the place, or to the next one. */
    self->cursor_row = MIN (MIN (self->cursor_row, position + added), self->n_rows - 1);

  if (self->lost_item != NULL && find_item (self, self->lost_item, position, added, &found))
    {
      self->cursor_row = found;
      kvar_grid_cursor_forget_item (self);
    }
  self->anchor_row = KVAR_GRID_NO_ROW;
}

/* Only the cursor's row, as Shift+Space says. */
void
kvar_grid_cursor_select (KvarGrid *self)
{
  if (self->cursor_row < self->n_rows)
    kvar_grid_selection_select_range (self->selection, self->cursor_row, 1);
}

/* All rows of the model; once more, all that the owner knows of. */
void
kvar_grid_cursor_select_all (KvarGrid *self)
{
  g_autoptr(GtkBitset) rows = kvar_grid_list_loaded_rows (self);

  if (self->n_rows > 0 && gtk_bitset_equals (rows, kvar_grid_selection_get_rows (self->selection)))
    {
      kvar_grid_emit_all_selected (self);
      return;
    }

  kvar_grid_selection_select_rows (self->selection, rows);
}

/**
 * kvar_grid_get_cursor_row:
 *
 * Returns: %KVAR_GRID_NO_ROW while there are no rows
 */
guint
kvar_grid_get_cursor_row (KvarGrid *self)
{
  g_return_val_if_fail (KVAR_IS_GRID (self), KVAR_GRID_NO_ROW);

  return self->cursor_row;
}

/**
 * kvar_grid_get_cursor_column:
 *
 * Returns: (transfer none) (nullable): %NULL while no column is shown
 */
KvarGridColumn *
kvar_grid_get_cursor_column (KvarGrid *self)
{
  g_return_val_if_fail (KVAR_IS_GRID (self), NULL);

  return self->cursor_column < self->shown->len ? kvar_grid_get_shown (self, self->cursor_column)
                                                : NULL;
}

/**
 * kvar_grid_get_cursor_item:
 *
 * Returns: (transfer full) (nullable)
 */
gpointer
kvar_grid_get_cursor_item (KvarGrid *self)
{
  g_return_val_if_fail (KVAR_IS_GRID (self), NULL);

  return self->cursor_row < self->n_rows ? g_list_model_get_item (self->model, self->cursor_row)
                                         : NULL;
}

/**
 * kvar_grid_set_cursor:
 * @column: (nullable): %NULL for the column of before
 *
 * Moves the cursor, and the view so that it is seen.
 */
void
kvar_grid_set_cursor (KvarGrid       *self,
                      guint           row,
                      KvarGridColumn *column)
{
  KvarGridPlace place = { row, 0 };

  g_return_if_fail (KVAR_IS_GRID (self));

  place.column = column != NULL ? kvar_grid_find_shown (self, column) : self->cursor_column;
  if (place.column >= self->shown->len)
    place.column = self->cursor_column;
  kvar_grid_cursor_go (self, place, FALSE);
}

KvarGridSelection *
kvar_grid_get_selection (KvarGrid *self)
{
  g_return_val_if_fail (KVAR_IS_GRID (self), NULL);

  return self->selection;
}
