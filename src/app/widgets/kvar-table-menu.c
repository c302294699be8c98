/* kvar-table-menu.c: what can be done with a table in a list of tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of such a list have their table as "kvar-table".
 */

#define G_LOG_DOMAIN "kvar-table-menu"

#include "config.h"

#include <glib/gi18n.h>

#include "schema/kvar-table.h"
#include "widgets/kvar-table-menu.h"

static const char *
row_get_name (GtkWidget *row)
{
  return kvar_table_get_name (g_object_get_data (G_OBJECT (row), "kvar-table"));
}

/* (nullable): the row that has the focus, perhaps in a button of it */
static GtkWidget *
get_focused_row (GtkListBox *box)
{
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (box));

  return row != NULL && g_object_get_data (G_OBJECT (row), "kvar-table") != NULL ? row : NULL;
}

static gboolean
rename_cb (GtkWidget *box,
           GVariant  *unused,
           gpointer   user_data)
{
  GtkWidget *row = get_focused_row (GTK_LIST_BOX (box));

  if (row == NULL)
    return FALSE;

  return gtk_widget_activate_action (box, "win.rename", "(ss)", row_get_name (row), "");
}

static void
unparent_later (gpointer popover)
{
  gtk_widget_unparent (popover);
}

/* After the item that was chosen has been activated. */
static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_once (unparent_later, popover);
}

static void
popup (GtkWidget          *row,
       const GdkRectangle *at)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenuItem) item = g_menu_item_new (_("_Rename Here…"), NULL);
  GtkWidget *popover = NULL;

  g_menu_item_set_action_and_target (item, "win.rename", "(ss)", row_get_name (row), "");
  g_menu_append_item (menu, item);
  popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_widget_set_parent (popover, row);
  if (at != NULL)
    gtk_popover_set_pointing_to (GTK_POPOVER (popover), at);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static gboolean
menu_cb (GtkWidget *box,
         GVariant  *unused,
         gpointer   user_data)
{
  GtkWidget *row = get_focused_row (GTK_LIST_BOX (box));

  if (row == NULL)
    return FALSE;

  popup (row, NULL);
  return TRUE;
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            GtkListBox      *box)
{
  GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_y (box, (int) y));
  GdkRectangle at = { 0, 0, 1, 1 };
  double row_x, row_y;

  if (row == NULL ||
      !gtk_widget_translate_coordinates (GTK_WIDGET (box), row, x, y, &row_x, &row_y))
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  at.x = (int) row_x;
  at.y = (int) row_y;
  popup (row, &at);
}

static void
add_shortcut (GtkEventController *shortcuts,
              const char         *trigger,
              GtkShortcutFunc     callback)
{
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (shortcuts),
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                      gtk_callback_action_new (callback, NULL, NULL)));
}

/**
 * kvar_table_menu_install:
 *
 * Lets the tables in @box be renamed by F2, and by a menu for the Menu key and the pointer.
 */
void
kvar_table_menu_install (GtkListBox *box)
{
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  add_shortcut (shortcuts, "F2", rename_cb);
  add_shortcut (shortcuts, "Menu|<Shift>F10", menu_cb);
  gtk_widget_add_controller (GTK_WIDGET (box), shortcuts);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), box, 0);
  gtk_widget_add_controller (GTK_WIDGET (box), GTK_EVENT_CONTROLLER (click));
}
