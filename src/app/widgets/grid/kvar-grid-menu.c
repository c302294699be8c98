/* kvar-grid-menu.c: the one menu of a grid, at a cell or at a column's title
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-grid"

#include "config.h"

#include "kvar-grid-private.h"

static gboolean
drop_menu_cb (gpointer user_data)
{
  g_autoptr(GtkWidget) menu = user_data;

  if (gtk_widget_get_parent (menu) != NULL)
    gtk_widget_unparent (menu);

  return G_SOURCE_REMOVE;
}

/* What it was opened at has the focus again, unless somebody has gone elsewhere. The menu itself
 * goes only a moment later: the verb that was chosen is then carried out. */
static void
closed_cb (KvarGrid  *self,
           GtkWidget *menu)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  g_autoptr(KvarGridColumn) column = g_steal_pointer (&self->menu_column);

  self->menu = NULL;
  g_idle_add (drop_menu_cb, g_object_ref (menu));
  if (focus != NULL && focus != menu && !gtk_widget_is_ancestor (focus, menu))
    return;

  if (column != NULL)
    kvar_grid_header_focus (self->header, column);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
popup (KvarGrid           *self,
       GMenuModel         *model,
       KvarGridColumn     *column,
       const GdkRectangle *area)
{
  if (self->menu != NULL)
    return;

  self->menu = gtk_popover_menu_new_from_model (model);
  g_set_object (&self->menu_column, column);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  gtk_popover_set_position (GTK_POPOVER (self->menu), GTK_POS_BOTTOM);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), area);
  g_signal_connect_object (self->menu, "closed", G_CALLBACK (closed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

/**
 * kvar_grid_menu_popup_at_title:
 *
 * Shows the menu that the owner has for @column, if any.
 */
void
kvar_grid_menu_popup_at_title (KvarGrid       *self,
                               KvarGridColumn *column,
                               GtkWidget      *title)
{
  g_autoptr(GMenuModel) model = kvar_grid_emit_column_menu (self, column);
  graphene_rect_t area;

  if (model == NULL || !gtk_widget_compute_bounds (title, GTK_WIDGET (self), &area))
    return;

  popup (self, model, column,
         &(GdkRectangle) { area.origin.x, area.origin.y, area.size.width, area.size.height });
}

/**
 * kvar_grid_menu_popup_at_cursor:
 *
 * Shows the menu that the owner has for the cursor's cell, if any.
 *
 * Returns: whether there is one
 */
gboolean
kvar_grid_menu_popup_at_cursor (KvarGrid *self)
{
  g_autoptr(GMenuModel) model = NULL;
  GdkRectangle area;

  if (self->cursor_row >= self->n_rows || self->cursor_column >= self->shown->len)
    return FALSE;

  model = kvar_grid_emit_cell_menu (self);
  if (model == NULL)
    return FALSE;

  kvar_grid_scroll_to (self, self->cursor_row, kvar_grid_get_cursor_column (self));
  kvar_grid_layout_get_cell_area (self, self->cursor_row, self->cursor_column, &area);
  popup (self, model, NULL, &area);

  return TRUE;
}
