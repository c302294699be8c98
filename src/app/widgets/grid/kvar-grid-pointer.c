/* kvar-grid-pointer.c: clicks on a grid's cells, and the whole text of one that is cut off
 *
 * What is pointed at is reckoned from the place, not from the widget: below a frozen column lie
 * cells that cannot be seen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-grid"

#include "config.h"

#include "kvar-grid-private.h"

static gboolean
find_place (KvarGrid      *self,
            double         x,
            double         y,
            KvarGridPlace *place)
{
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = self->width - x;
  place->row = kvar_grid_layout_find_row_at (self, y);
  place->column = kvar_grid_find_column_at (self, x);

  return place->row != KVAR_GRID_NO_ROW && place->column != G_MAXUINT;
}

static gboolean
is_in_editor (KvarGrid *self,
              double    x,
              double    y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  return self->editor != NULL && picked != NULL &&
         (picked == self->editor || gtk_widget_is_ancestor (picked, self->editor));
}

static void
pressed_cb (KvarGrid   *self,
            int         n_press,
            double      x,
            double      y,
            GtkGesture *gesture)
{
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  KvarGridPlace place;

  if (is_in_editor (self, x, y) || !find_place (self, x, y, &place))
    return;

  kvar_grid_cursor_go (self, place, (state & GDK_SHIFT_MASK) != 0);
  kvar_grid_commit (self);
  kvar_grid_cursor_grab_focus (self);
  if (state & GDK_CONTROL_MASK)
    kvar_grid_selection_toggle (self->selection, place.row);
  else if (!(state & GDK_SHIFT_MASK))
    kvar_grid_selection_clear (self->selection);
  if (n_press != 2 || (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) != 0)
    return;
  if (self->edit_mode)
    kvar_grid_start_editing (self, NULL);
  else
    kvar_grid_emit_row_activated (self, place.row);
}

/* The cell that is pointed at is the cursor's then; rows that are selected stay so. */
static void
menu_pressed_cb (KvarGrid *self,
                 int       n_press,
                 double    x,
                 double    y)
{
  KvarGridPlace place;

  if (is_in_editor (self, x, y) || !find_place (self, x, y, &place))
    return;

  kvar_grid_cursor_go (self, place, FALSE);
  kvar_grid_commit (self);
  kvar_grid_cursor_grab_focus (self);
  kvar_grid_menu_popup_at_cursor (self);
}

static gboolean
query_tooltip_cb (KvarGrid   *self,
                  int         x,
                  int         y,
                  gboolean    keyboard,
                  GtkTooltip *tooltip)
{
  KvarGridPlace place = { self->cursor_row, self->cursor_column };
  KvarGridCell *cell = NULL;
  KvarGridRow *row = NULL;
  GdkRectangle area;

  if (keyboard ? self->cursor_row >= self->n_rows : !find_place (self, x, y, &place))
    return FALSE;

  row = kvar_grid_layout_get_row (self, place.row);
  if (row != NULL && place.column < self->shown->len)
    cell = kvar_grid_row_get_cell (row, kvar_grid_get_shown (self, place.column));
  if (cell == NULL || !kvar_grid_cell_is_cut (cell))
    return FALSE;

  kvar_grid_layout_get_cell_area (self, place.row, place.column, &area);
  gtk_tooltip_set_text (tooltip, kvar_grid_cell_get_text (cell));
  gtk_tooltip_set_tip_area (tooltip, &area);

  return TRUE;
}

void
kvar_grid_pointer_install (KvarGrid *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *menu = gtk_gesture_click_new ();

  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (menu, "pressed", G_CALLBACK (menu_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (menu));

  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}
