/* kvar-records-page-bulk.c: the selected records changed at once, stopped, and taken back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-bulk-dialog.h"
#include "kvar-records-page-private.h"

static GSimpleAction *
find_action (KvarRecordsPage *self,
             const char      *name)
{
  GActionMap *map = G_ACTION_MAP (kvar_page_get_actions (KVAR_PAGE (self)));

  return G_SIMPLE_ACTION (g_action_map_lookup_action (map, name));
}

gboolean
kvar_records_page_get_busy (KvarRecordsPage *self)
{
  KvarBulkJob *job = kvar_bulk_bar_get_job (self->bulk_bar);

  return job != NULL && kvar_bulk_job_get_state (job) != KVAR_BULK_FINISHED &&
         kvar_bulk_job_get_state (job) != KVAR_BULK_CUT_OFF;
}

/**
 * kvar_records_page_update_bulk:
 *
 * Offers what can be done with the selected records.
 */
void
kvar_records_page_update_bulk (KvarRecordsPage *self)
{
  gboolean selected = kvar_records_page_get_n_selected (self) != 0;
  gboolean busy = kvar_records_page_get_busy (self);
  KvarBulkJob *job = kvar_bulk_bar_get_job (self->bulk_bar);

  g_simple_action_set_enabled (find_action (self, "change-selected"),
                               selected && !busy && self->table != NULL &&
                               kvar_bulk_dialog_can_change (self->table));
  gtk_widget_set_visible (self->selected_button, selected);
  g_simple_action_set_enabled (find_action (self, "bulk-stop"), busy);
  g_simple_action_set_enabled (find_action (self, "bulk-undo"),
                               self->leaving != NULL ||
                               (job != NULL && !busy && !kvar_bulk_job_get_deletes (job) &&
                                !kvar_bulk_job_get_undoes (job) &&
                                kvar_bulk_job_count (job, KVAR_BULK_DONE) > 0));
  g_simple_action_set_enabled (find_action (self, "bulk-close"), job != NULL && !busy);
  kvar_records_page_update_cut_off (self);
  kvar_records_page_update_delete (self);
  kvar_records_page_update_paste (self);
}

/* Those of the rows that were not changed stay selected. */
static void
select_left (KvarRecordsPage *self,
             KvarBulkJob     *job)
{
  GPtrArray *rows = kvar_bulk_job_get_rows (job);
  KvarGridSelection *selection = kvar_grid_get_selection (self->grid);

  kvar_grid_selection_clear (selection);
  for (guint i = 0; i < rows->len; i++)
    {
      KvarBulkRow *row = g_ptr_array_index (rows, i);
      guint position;

      if (row->outcome != KVAR_BULK_DONE && row->outcome != KVAR_BULK_GONE &&
          kvar_record_list_find_key (self->list, row->id, &position))
        kvar_grid_selection_toggle (selection, position);
    }
}

static void
job_state_cb (KvarRecordsPage *self,
              GParamSpec      *pspec,
              KvarBulkJob     *job)
{
  kvar_records_page_update_bulk (self);
  if (kvar_bulk_job_get_state (job) != KVAR_BULK_FINISHED || self->list == NULL)
    return;

  select_left (self, job);
}

/**
 * kvar_records_page_run_bulk:
 *
 * Runs @job, and says how far it is and what became of it.
 */
void
kvar_records_page_run_bulk (KvarRecordsPage *self,
                            KvarBulkJob     *job)
{
  KvarWorkspace *workspace = kvar_page_get_workspace (KVAR_PAGE (self));

  if (kvar_records_page_get_busy (self))
    return;

  kvar_outbox_commit_deletes (kvar_workspace_get_outbox (workspace));
  kvar_bulk_job_set_drafts (job, kvar_workspace_get_drafts (workspace));
  kvar_bulk_job_set_store (job, kvar_workspace_get_store (workspace));
  kvar_bulk_bar_set_job (self->bulk_bar, job);
  g_signal_connect_object (job, "notify::state", G_CALLBACK (job_state_cb), self,
                           G_CONNECT_SWAPPED);
  kvar_bulk_job_start (job);
  kvar_records_page_update_bulk (self);
}

/**
 * kvar_records_page_list_selected:
 *
 * Returns: (transfer full) (element-type KvarRecord): the selected records that are loaded
 */
GPtrArray *
kvar_records_page_list_selected (KvarRecordsPage *self)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);
  GtkBitsetIter iter;
  guint row;

  for (gboolean more = gtk_bitset_iter_init_first (
         &iter, kvar_grid_selection_get_rows (kvar_grid_get_selection (self->grid)), &row);
       more;
       more = gtk_bitset_iter_next (&iter, &row))
    {
      gpointer record = g_list_model_get_item (G_LIST_MODEL (self->list), row);

      if (record != NULL)
        g_ptr_array_add (records, record);
    }

  return records;
}

static void
change_selected_activated_cb (GSimpleAction *action,
                              GVariant      *parameter,
                              gpointer       user_data)
{
  KvarRecordsPage *self = user_data;
  KvarGridColumn *shown = kvar_grid_get_cursor_column (self->grid);
  g_autoptr(GPtrArray) records = kvar_records_page_list_selected (self);
  KvarColumn *column = NULL;
  KvarBulkDialog *dialog;

  if (records->len == 0)
    return;

  if (shown != NULL)
    column = kvar_table_find_column (self->table, kvar_grid_column_get_id (shown));
  dialog = kvar_bulk_dialog_new (GTK_WIDGET (self), kvar_page_get_workspace (KVAR_PAGE (self)),
                                 self->table, column);
  g_signal_connect_object (dialog, "accepted", G_CALLBACK (kvar_records_page_run_bulk), self,
                           G_CONNECT_SWAPPED);
  if (kvar_records_page_get_all_matching (self))
    kvar_bulk_dialog_set_query (dialog, self->query);
  else
    kvar_bulk_dialog_set_records (dialog, records);
}

static void
stop_activated_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  KvarRecordsPage *self = user_data;

  kvar_bulk_job_cancel (kvar_bulk_bar_get_job (self->bulk_bar));
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static void
undo_activated_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  KvarRecordsPage *self = user_data;
  g_autoptr(KvarBulkJob) undo = NULL;

  if (kvar_records_page_undo_delete (self) || kvar_records_page_undo_cut_off (self))
    return;

  undo = kvar_bulk_job_new_undo (kvar_bulk_bar_get_job (self->bulk_bar));
  kvar_records_page_run_bulk (self, undo);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static void
close_activated_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  KvarRecordsPage *self = user_data;

  kvar_bulk_bar_set_job (self->bulk_bar, NULL);
  kvar_records_page_update_bulk (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static const GActionEntry actions[] = {
  { "change-selected", change_selected_activated_cb },
  { "bulk-stop", stop_activated_cb },
  { "bulk-undo", undo_activated_cb },
  { "bulk-close", close_activated_cb },
};

void
kvar_records_page_install_bulk (KvarRecordsPage *self)
{
  g_action_map_add_action_entries (kvar_page_get_actions (KVAR_PAGE (self)),
                                   actions, G_N_ELEMENTS (actions), self);
  kvar_records_page_install_cut_off (self);
  kvar_records_page_update_bulk (self);
}
