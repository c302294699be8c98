/* kvar-grid-columns.c: a grid's columns: their order, which are shown, and where
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-grid"

#include "config.h"

#include "kvar-grid-private.h"

static KvarGridColumn *
get_cursor_column (KvarGrid *self)
{
  return self->cursor_column < self->shown->len ? kvar_grid_get_shown (self, self->cursor_column)
                                                : NULL;
}

/* The frozen ones come first, each group in the columns' order. */
static void
collect_shown (KvarGrid *self)
{
  g_ptr_array_set_size (self->shown, 0);
  for (int frozen = 1; frozen >= 0; frozen--)
    {
      for (guint i = 0; i < self->columns->len; i++)
        {
          KvarGridColumn *column = g_ptr_array_index (self->columns, i);

          if (kvar_grid_column_get_visible (column) &&
              kvar_grid_column_get_frozen (column) == frozen)
            g_ptr_array_add (self->shown, column);
        }
      if (frozen)
        self->n_frozen = self->shown->len;
    }
}

/**
 * kvar_grid_update_shown:
 *
 * Other columns are shown, or in another order. The cursor stays with its column, or goes to
 * the one that has taken its place.
 */
void
kvar_grid_update_shown (KvarGrid *self)
{
  KvarGridColumn *cursor_column = get_cursor_column (self);

  if (self->editor != NULL &&
      (!kvar_grid_column_get_visible (self->edited_column) ||
       !g_ptr_array_find (self->columns, self->edited_column, NULL)))
    kvar_grid_commit (self);

  collect_shown (self);
  if (cursor_column != NULL && g_ptr_array_find (self->shown, cursor_column, NULL))
    self->cursor_column = kvar_grid_find_shown (self, cursor_column);
  else if (self->cursor_column >= self->shown->len)
    self->cursor_column = MAX (self->shown->len, 1) - 1;

  kvar_grid_update_edges (self);
  kvar_grid_header_sync (self->header);
  kvar_grid_layout_refresh_rows (self);
}

/**
 * kvar_grid_update_edges:
 *
 * Reckons where each column begins. What is left of the width goes to the last one.
 */
void
kvar_grid_update_edges (KvarGrid *self)
{
  int x = 0;

  g_array_set_size (self->edges, 0);
  for (guint i = 0; i < self->shown->len; i++)
    {
      g_array_append_val (self->edges, x);
      x += kvar_grid_column_get_width (g_ptr_array_index (self->shown, i));
      if (i + 1 == self->n_frozen)
        self->frozen_width = x;
    }
  if (self->n_frozen == 0)
    self->frozen_width = 0;
  if (self->shown->len > 0)
    x = MAX (x, self->width);
  g_array_append_val (self->edges, x);

  self->stamp++;
}

int
kvar_grid_get_column_start (KvarGrid *self,
                            guint     index)
{
  return g_array_index (self->edges, int, index);
}

int
kvar_grid_get_column_width (KvarGrid *self,
                            guint     index)
{
  return g_array_index (self->edges, int, index + 1) - g_array_index (self->edges, int, index);
}

/* Where the column is now, from the start of the grid. */
int
kvar_grid_get_column_x (KvarGrid *self,
                        guint     index)
{
  int start = kvar_grid_get_column_start (self, index);

  return index < self->n_frozen ? start : start - (int)kvar_grid_layout_get_x (self);
}

int
kvar_grid_get_total_width (KvarGrid *self)
{
  return g_array_index (self->edges, int, self->edges->len - 1);
}

KvarGridColumn *
kvar_grid_get_shown (KvarGrid *self,
                     guint     index)
{
  return g_ptr_array_index (self->shown, index);
}

/* G_MAXUINT when the column is hidden. */
guint
kvar_grid_find_shown (KvarGrid       *self,
                      KvarGridColumn *column)
{
  guint index;

  return g_ptr_array_find (self->shown, column, &index) ? index : G_MAXUINT;
}

/* @x is counted from the start of the grid, as it is scrolled now. */
guint
kvar_grid_find_column_at (KvarGrid *self,
                          double    x)
{
  double at = x < self->frozen_width ? x : x + (int)kvar_grid_layout_get_x (self);

  for (guint i = 0; x >= 0 && i < self->shown->len; i++)
    {
      if (at < g_array_index (self->edges, int, i + 1))
        return i;
    }

  return G_MAXUINT;
}

static void
column_changed_cb (KvarGrid       *self,
                   GParamSpec     *pspec,
                   KvarGridColumn *column)
{
  if (g_str_equal (pspec->name, "visible") || g_str_equal (pspec->name, "frozen"))
    kvar_grid_update_shown (self);
  else if (g_str_equal (pspec->name, "width"))
    kvar_grid_update_edges (self);
  else
    return;

  kvar_grid_layout_sync (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_allocate (GTK_WIDGET (self->header));
  kvar_grid_emit_view_changed (self);
}

/**
 * kvar_grid_append_column:
 *
 * Adds @column at the end, or after the frozen ones if it is one of them.
 */
void
kvar_grid_append_column (KvarGrid       *self,
                         KvarGridColumn *column)
{
  g_return_if_fail (KVAR_IS_GRID (self));
  g_return_if_fail (KVAR_IS_GRID_COLUMN (column));

  g_ptr_array_add (self->columns, g_object_ref (column));
  g_signal_connect_object (column, "notify", G_CALLBACK (column_changed_cb), self,
                           G_CONNECT_SWAPPED);
  kvar_grid_update_shown (self);
  kvar_grid_layout_sync (self);
}

void
kvar_grid_remove_columns (KvarGrid *self)
{
  g_autoptr(GPtrArray) columns = NULL;

  g_return_if_fail (KVAR_IS_GRID (self));

  kvar_grid_commit (self);
  columns = g_steal_pointer (&self->columns);
  self->columns = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < columns->len; i++)
    g_signal_handlers_disconnect_by_func (g_ptr_array_index (columns, i), column_changed_cb, self);
  kvar_grid_update_shown (self);
  kvar_grid_layout_sync (self);
}

/**
 * kvar_grid_move_column:
 * @position: among all columns, also those that are hidden
 */
void
kvar_grid_move_column (KvarGrid       *self,
                       KvarGridColumn *column,
                       guint           position)
{
  guint before;

  g_return_if_fail (KVAR_IS_GRID (self));
  g_return_if_fail (position < self->columns->len);

  if (!g_ptr_array_find (self->columns, column, &before) || before == position)
    return;

  g_ptr_array_insert (self->columns, position, g_ptr_array_steal_index (self->columns, before));
  kvar_grid_update_shown (self);
  kvar_grid_layout_sync (self);
  kvar_grid_emit_view_changed (self);
}

guint
kvar_grid_get_n_columns (KvarGrid *self)
{
  g_return_val_if_fail (KVAR_IS_GRID (self), 0);

  return self->columns->len;
}

/**
 * kvar_grid_get_column:
 *
 * Returns: (transfer none)
 */
KvarGridColumn *
kvar_grid_get_column (KvarGrid *self,
                      guint     position)
{
  g_return_val_if_fail (KVAR_IS_GRID (self), NULL);
  g_return_val_if_fail (position < self->columns->len, NULL);

  return g_ptr_array_index (self->columns, position);
}

/**
 * kvar_grid_find_column:
 *
 * Returns: (transfer none) (nullable)
 */
KvarGridColumn *
kvar_grid_find_column (KvarGrid   *self,
                       const char *id)
{
  g_return_val_if_fail (KVAR_IS_GRID (self), NULL);

  for (guint i = 0; i < self->columns->len; i++)
    {
      KvarGridColumn *column = g_ptr_array_index (self->columns, i);

      if (g_strcmp0 (kvar_grid_column_get_id (column), id) == 0)
        return column;
    }

  return NULL;
}

/**
 * kvar_grid_list_shown_columns:
 *
 * Returns: (transfer full) (element-type KvarGridColumn): as they are seen, from the start
 */
GPtrArray *
kvar_grid_list_shown_columns (KvarGrid *self)
{
  GPtrArray *shown = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (KVAR_IS_GRID (self), shown);

  for (guint i = 0; i < self->shown->len; i++)
    g_ptr_array_add (shown, g_object_ref (g_ptr_array_index (self->shown, i)));

  return shown;
}
