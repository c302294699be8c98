/* kvar-grid-state.c: how a grid looks and where one is in it, to be kept and put back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-grid"

#include "config.h"

#include "kvar-grid-private.h"

#define COLUMNS_TYPE "a(sibb)"

/**
 * kvar_grid_save_columns:
 *
 * Returns: (transfer floating): name, width, and whether shown and frozen, in their order
 */
GVariant *
kvar_grid_save_columns (KvarGrid *self)
{
  GVariantBuilder builder;

  g_return_val_if_fail (KVAR_IS_GRID (self), NULL);

  g_variant_builder_init (&builder, G_VARIANT_TYPE (COLUMNS_TYPE));
  for (guint i = 0; i < self->columns->len; i++)
    {
      KvarGridColumn *column = g_ptr_array_index (self->columns, i);

      g_variant_builder_add (&builder, "(sibb)", kvar_grid_column_get_id (column),
                             kvar_grid_column_get_width (column),
                             kvar_grid_column_get_visible (column),
                             kvar_grid_column_get_frozen (column));
    }

  return g_variant_builder_end (&builder);
}

static gboolean
shows_any (KvarGrid *self,
           GVariant *columns)
{
  GVariantIter iter;
  gboolean visible, frozen;
  const char *id;
  int width;

  g_variant_iter_init (&iter, columns);
  while (g_variant_iter_next (&iter, "(&sibb)", &id, &width, &visible, &frozen))
    {
      if (visible && kvar_grid_find_column (self, id) != NULL)
        return TRUE;
    }

  return FALSE;
}

/**
 * kvar_grid_restore_columns:
 * @columns: what kvar_grid_save_columns() gave, perhaps long ago
 *
 * Columns that it does not name keep their look, and come after the others.
 */
void
kvar_grid_restore_columns (KvarGrid *self,
                           GVariant *columns)
{
  GVariantIter iter;
  gboolean visible, frozen;
  const char *id;
  guint position = 0;
  int width;

  g_return_if_fail (KVAR_IS_GRID (self));

  if (!g_variant_is_of_type (columns, G_VARIANT_TYPE (COLUMNS_TYPE)) || !shows_any (self, columns))
    return;

  g_variant_iter_init (&iter, columns);
  while (g_variant_iter_next (&iter, "(&sibb)", &id, &width, &visible, &frozen))
    {
      KvarGridColumn *column = kvar_grid_find_column (self, id);

      if (column == NULL || position >= self->columns->len)
        continue;

      kvar_grid_column_set_width (column, width);
      kvar_grid_column_set_visible (column, visible);
      kvar_grid_column_set_frozen (column, frozen);
      kvar_grid_move_column (self, column, position++);
    }
}

/**
 * kvar_grid_save_place:
 *
 * Returns: (transfer floating): an `a{sv}` with the scroll position to the pixel and the cursor.
 *     Which record the cursor is on is for the owner to remember.
 */
GVariant *
kvar_grid_save_place (KvarGrid *self)
{
  KvarGridColumn *column = NULL;
  GVariantBuilder builder;
  double y;

  g_return_val_if_fail (KVAR_IS_GRID (self), NULL);

  column = kvar_grid_get_cursor_column (self);
  y = self->restoring ? (double)self->restored_top * self->row_height + self->restored_pixels
                      : kvar_grid_layout_get_y (self);
  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  if (self->row_height > 0)
    {
      /* In rows, as a row may be higher when it is put back. */
      guint row = y / self->row_height;

      g_variant_builder_add (&builder, "{sv}", "top", g_variant_new_uint32 (row));
      g_variant_builder_add (&builder, "{sv}", "pixels",
                             g_variant_new_double (y - (double)row * self->row_height));
      g_variant_builder_add (&builder, "{sv}", "horizontal",
                             g_variant_new_double (kvar_grid_layout_get_x (self)));
    }
  if (self->cursor_row != KVAR_GRID_NO_ROW)
    g_variant_builder_add (&builder, "{sv}", "row", g_variant_new_uint32 (self->cursor_row));
  if (column != NULL)
    g_variant_builder_add (&builder, "{sv}", "column",
                           g_variant_new_string (kvar_grid_column_get_id (column)));

  return g_variant_builder_end (&builder);
}

/**
 * kvar_grid_restore_place:
 * @place: what kvar_grid_save_place() gave, perhaps long ago
 *
 * Puts the cursor and the view back, exactly. May be called before the grid has a size, and
 * before as many rows are there as were: the view goes on to its place as they come, until
 * somebody scrolls.
 */
void
kvar_grid_restore_place (KvarGrid *self,
                         GVariant *place)
{
  const char *id = NULL;
  guint top = 0, row = KVAR_GRID_NO_ROW;
  double pixels = 0, x = 0;

  g_return_if_fail (KVAR_IS_GRID (self));
  g_return_if_fail (g_variant_is_of_type (place, G_VARIANT_TYPE_VARDICT));

  g_variant_lookup (place, "top", "u", &top);
  g_variant_lookup (place, "pixels", "d", &pixels);
  g_variant_lookup (place, "horizontal", "d", &x);
  g_variant_lookup (place, "row", "u", &row);
  g_variant_lookup (place, "column", "&s", &id);

  if (self->n_rows > 0)
    kvar_grid_set_cursor (self, MIN (row, self->n_rows - 1), kvar_grid_find_column (self, id));
  kvar_grid_layout_restore (self, MAX (x, 0), top, MAX (pixels, 0));
}
