/* kvar-list-place.c: where somebody was in a list: how far down, and in which row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-list-place"

#include "config.h"

#include "kvar-list-place.h"

static GtkAdjustment *
get_adjustment (GtkListBox *list)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (list), GTK_TYPE_SCROLLED_WINDOW);

  g_assert (scrolled != NULL);

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
}

static gboolean
scroll_cb (GtkWidget     *widget,
           GdkFrameClock *frame_clock,
           gpointer       user_data)
{
  const double *value = user_data;

  gtk_adjustment_set_value (get_adjustment (GTK_LIST_BOX (widget)), *value);

  return G_SOURCE_REMOVE;
}

/**
 * kvar_list_place_follow:
 * @list: in a scrolled window
 * @page: whose view it belongs to
 *
 * Has @page saved when somebody scrolls, or goes to another row.
 */
void
kvar_list_place_follow (GtkListBox *list,
                        KvarPage   *page)
{
  g_return_if_fail (GTK_IS_LIST_BOX (list));
  g_return_if_fail (KVAR_IS_PAGE (page));

  g_signal_connect_object (get_adjustment (list), "value-changed",
                           G_CALLBACK (kvar_page_view_changed), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "notify::focus-child",
                           G_CALLBACK (kvar_page_view_changed), page, G_CONNECT_SWAPPED);
}

/**
 * kvar_list_place_save:
 * @state: where the place is added
 */
void
kvar_list_place_save (GtkListBox   *list,
                      GVariantDict *state)
{
  GtkWidget *row = NULL;

  g_return_if_fail (GTK_IS_LIST_BOX (list));
  g_return_if_fail (state != NULL);

  row = gtk_widget_get_focus_child (GTK_WIDGET (list));
  if (GTK_IS_LIST_BOX_ROW (row))
    g_variant_dict_insert (state, "row", "i", gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
  g_variant_dict_insert (state, "scroll", "d",
                         gtk_adjustment_get_value (get_adjustment (list)));
}

/**
 * kvar_list_place_restore:
 * @state: perhaps of an older Kvar
 *
 * Goes back to the row with the focus, and to the scroll position with the next frame: only
 * then are the rows laid out.
 *
 * Returns: whether the focus is in the list now
 */
gboolean
kvar_list_place_restore (GtkListBox *list,
                         GVariant   *state)
{
  GtkListBoxRow *row = NULL;
  double scroll;
  int index;

  g_return_val_if_fail (GTK_IS_LIST_BOX (list), FALSE);
  g_return_val_if_fail (state != NULL, FALSE);

  if (g_variant_lookup (state, "scroll", "d", &scroll))
    gtk_widget_add_tick_callback (GTK_WIDGET (list), scroll_cb,
                                  g_memdup2 (&scroll, sizeof scroll), g_free);
  if (g_variant_lookup (state, "row", "i", &index) && index >= 0)
    row = gtk_list_box_get_row_at_index (list, index);

  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}
