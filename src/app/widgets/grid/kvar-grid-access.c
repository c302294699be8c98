/* kvar-grid-access.c: what a screen reader says of a grid
 *
 * A cell is named by its column, its value and its state. GTK 4.8 tells neither the number of
 * a row nor how many there are, so the description of the row and of the cursor's cell does.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-grid"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-grid-private.h"

static char *
describe_place (KvarGrid *self,
                guint     row)
{
  /* Translators: the number of a row in a table, and how many rows there are. */
  return g_strdup_printf (_("Row %1$u of %2$u"), row + 1, self->n_rows);
}

/**
 * kvar_grid_access_name_cell:
 * @text: (nullable): the value
 * @state: (nullable): in a word what is special about it
 */
void
kvar_grid_access_name_cell (KvarGridCell   *cell,
                            KvarGridColumn *column,
                            const char     *text,
                            const char     *state)
{
  const char *title = kvar_grid_column_get_title (column);
  /* Only as much of it as can be seen. */
  const char *value = text != NULL && *text != '\0' ? kvar_grid_cell_get_text (cell) : NULL;
  g_autofree char *name = g_strconcat (title, value != NULL ? ", " : "",
                                       value != NULL ? value : "", state != NULL ? ", " : "",
                                       state != NULL ? state : "", NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
kvar_grid_access_name_row (KvarGrid    *self,
                           KvarGridRow *row)
{
  gpointer item = kvar_grid_row_get_item (row);
  g_autofree char *place = describe_place (self, kvar_grid_row_get_index (row));
  g_autofree char *title = NULL;

  if (item == NULL)
    return;

  title = kvar_grid_source_dup_title (self->source, item);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title != NULL ? title : place,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, place, -1);
}

/* There are more rows, or fewer, or they are counted otherwise. */
void
kvar_grid_access_name_rows (KvarGrid *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    kvar_grid_access_name_row (self, row);
}

/* The place of the cursor, on its cell, which is what is read out; and on no other. */
void
kvar_grid_access_place_cursor (KvarGrid *self)
{
  KvarGridRow *row = kvar_grid_layout_get_row (self, self->cursor_row);
  KvarGridCell *cell = NULL;
  g_autofree char *place = NULL;

  if (row != NULL && self->cursor_column < self->shown->len)
    cell = kvar_grid_row_get_cell (row, kvar_grid_get_shown (self, self->cursor_column));
  if (self->described == (GtkWidget *)cell && self->described_row == self->cursor_row &&
      self->described_n_rows == self->n_rows)
    return;

  if (self->described != NULL && self->described != (GtkWidget *)cell)
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->described),
                                   GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  g_set_weak_pointer (&self->described, (GtkWidget *)cell);
  if (cell == NULL)
    return;

  self->described_row = self->cursor_row;
  self->described_n_rows = self->n_rows;
  place = describe_place (self, self->cursor_row);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  place, -1);
}
