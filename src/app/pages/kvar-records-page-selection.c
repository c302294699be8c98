/* kvar-records-page-selection.c: which records are meant: the selected ones, or all that match
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-records-page-private.h"
#include "widgets/kvar-count-text.h"

static KvarGridSelection *
get_selection (KvarRecordsPage *self)
{
  return kvar_grid_get_selection (self->grid);
}

gboolean
kvar_records_page_get_all_matching (KvarRecordsPage *self)
{
  return kvar_grid_selection_get_all_matching (get_selection (self));
}

/* Whether all that is loaded is selected, and there is more. */
static gboolean
can_select_more (KvarRecordsPage *self)
{
  guint n = self->list != NULL ? kvar_record_list_get_n_loaded (self->list) : 0;

  return n > 0 && !kvar_record_list_get_complete (self->list) &&
         kvar_grid_selection_get_n_rows (get_selection (self)) == n &&
         !kvar_records_page_get_all_matching (self) &&
         (kvar_record_list_get_total (self->list) < 0 ||
          !kvar_record_list_get_total_is_exact (self->list) ||
          kvar_record_list_get_total (self->list) > n);
}

/**
 * kvar_records_page_get_n_selected:
 *
 * Returns: how many records are selected; -1 if all are that match, and their number is not
 *   known exactly
 */
gint64
kvar_records_page_get_n_selected (KvarRecordsPage *self)
{
  if (!kvar_records_page_get_all_matching (self))
    return kvar_grid_selection_get_n_rows (get_selection (self));
  if (kvar_record_list_get_complete (self->list))
    return kvar_records_page_get_n_rows (self);

  return kvar_record_list_get_total_is_exact (self->list) ? kvar_record_list_get_total (self->list)
                                                          : -1;
}

/**
 * kvar_records_page_describe_selected:
 *
 * Returns: (transfer full) (nullable): %NULL if nothing is selected
 */
char *
kvar_records_page_describe_selected (KvarRecordsPage *self)
{
  gint64 n = kvar_records_page_get_n_selected (self);
  g_autofree char *number = NULL;

  if (n == 0)
    return NULL;
  if (n < 0)
    return g_strdup (_("All that match selected"));

  number = kvar_count_text (n);

  /* Translators: %s is a number of records. */
  return g_strdup_printf (ngettext ("%s selected", "%s selected", n), number);
}

static char *
describe_offer (KvarRecordsPage *self)
{
  gint64 total = kvar_record_list_get_total (self->list);
  g_autofree char *number = NULL;

  if (total < 0)
    return g_strdup (_("Select all matching records"));

  number = kvar_count_text (total);
  if (kvar_record_list_get_total_is_exact (self->list))
    /* Translators: %s is a number. */
    return g_strdup_printf (ngettext ("Select all %s matching record",
                                      "Select all %s matching records", total), number);

  /* Translators: %s is a number that is estimated. */
  return g_strdup_printf (_("Select all about %s matching records"), number);
}

/**
 * kvar_records_page_update_selection:
 *
 * Offers what can be done with the records that are selected.
 */
void
kvar_records_page_update_selection (KvarRecordsPage *self)
{
  GActionMap *map = G_ACTION_MAP (kvar_page_get_actions (KVAR_PAGE (self)));
  GAction *action = g_action_map_lookup_action (map, "select-all-matching");
  gboolean more = can_select_more (self);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), more);
  if (more)
    {
      g_autofree char *offer = describe_offer (self);

      gtk_button_set_label (self->select_all_button, offer);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->select_all_button), more);
  kvar_records_page_update_bulk (self);
  kvar_records_page_update_functions (self);
}

/* Of a long list only what has been looked at is here. */
static GtkBitset *
loaded_rows_cb (KvarRecordsPage *self)
{
  guint n_rows = kvar_records_page_get_n_rows (self);
  GtkBitset *rows = gtk_bitset_new_empty ();
  guint start, end;

  for (guint i = 0; i < n_rows; i = end)
    if (kvar_record_list_get_stretch (self->list, i, &start, &end))
      gtk_bitset_add_range (rows, start, end - start);

  return rows;
}

/* Rows that are selected are loaded, and stay so however far one scrolls away from them: nobody
 * copies or deletes what has not been seen. */
static void
hold_selected (KvarRecordsPage *self)
{
  g_autoptr(GtkBitset) rows = NULL;
  GtkBitsetIter iter;
  guint row;

  g_ptr_array_set_size (self->selected, 0);
  if (self->list == NULL || kvar_records_page_get_all_matching (self))
    return;

  rows = loaded_rows_cb (self);
  gtk_bitset_intersect (rows, kvar_grid_selection_get_rows (get_selection (self)));
  if (gtk_bitset_get_size (rows) < kvar_grid_selection_get_n_rows (get_selection (self)))
    {
      kvar_grid_selection_select_rows (get_selection (self), rows);
      return;
    }

  for (gboolean more = gtk_bitset_iter_init_first (&iter, rows, &row);
       more;
       more = gtk_bitset_iter_next (&iter, &row))
    g_ptr_array_add (self->selected, g_list_model_get_item (G_LIST_MODEL (self->list), row));
}

static void
select_all_matching (KvarRecordsPage *self)
{
  g_autoptr(GtkBitset) all = gtk_bitset_new_range (0, kvar_records_page_get_n_rows (self));

  kvar_grid_selection_select_matching (get_selection (self), all);
}

static void
select_all_matching_activated_cb (GSimpleAction *action,
                                  GVariant      *parameter,
                                  gpointer       user_data)
{
  KvarRecordsPage *self = user_data;

  select_all_matching (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

/* Ctrl+A once more. */
static void
all_selected_cb (KvarRecordsPage *self)
{
  if (can_select_more (self))
    select_all_matching (self);
}

static const GActionEntry actions[] = {
  { "select-all-matching", select_all_matching_activated_cb },
};

void
kvar_records_page_install_selection (KvarRecordsPage *self)
{
  g_action_map_add_action_entries (kvar_page_get_actions (KVAR_PAGE (self)),
                                   actions, G_N_ELEMENTS (actions), self);
  self->selected = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect_object (get_selection (self), "changed", G_CALLBACK (hold_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid, "loaded-rows", G_CALLBACK (loaded_rows_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid, "all-selected", G_CALLBACK (all_selected_cb), self,
                           G_CONNECT_SWAPPED);
  kvar_records_page_update_selection (self);
}
