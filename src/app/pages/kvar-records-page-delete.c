/* kvar-records-page-delete.c: the selected records deleted: with Undo, or asked for first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-error-text.h"
#include "kvar-records-page-private.h"
#include "records/kvar-record-collect.h"
#include "widgets/kvar-count-text.h"

/* More than these are not struck through and waited for: they are asked for first. */
#define MAX_UNDOABLE 200

static KvarOutbox *
get_outbox (KvarRecordsPage *self)
{
  return kvar_workspace_get_outbox (kvar_page_get_workspace (KVAR_PAGE (self)));
}

static void
say (KvarRecordsPage *self,
     const char      *text)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", text);
}

/* Takes @keys. */
static void
set_leaving (KvarRecordsPage *self,
             GHashTable      *keys)
{
  g_clear_pointer (&self->leaving, g_hash_table_unref);
  self->leaving = keys;
  if (self->source != NULL)
    kvar_record_source_set_leaving (self->source, keys);
  kvar_grid_update_items (self->grid);
  kvar_bulk_bar_set_n_deletes (self->bulk_bar, keys != NULL ? g_hash_table_size (keys) : 0);
  kvar_records_page_update_bulk (self);
}

/* What is typed into a record, or waits to be sent, is not swept away with it. */
static gboolean
is_untouched (KvarDraft *draft)
{
  return !kvar_draft_get_changed (draft) &&
         kvar_draft_get_state (draft) != KVAR_DRAFT_QUEUED &&
         kvar_draft_get_state (draft) != KVAR_DRAFT_PARKED;
}

static void
begin_deletes (KvarRecordsPage *self,
               GPtrArray       *records)
{
  KvarDraftStore *store = kvar_workspace_get_drafts (kvar_page_get_workspace (KVAR_PAGE (self)));
  g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTable *keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < records->len; i++)
    {
      KvarRecord *record = g_ptr_array_index (records, i);
      char *key = kvar_record_get_key_string (record);
      g_autoptr(KvarDraft) draft = NULL;

      if (key == NULL)
        continue;

      draft = kvar_draft_store_open (store, self->table, key, record);
      if (is_untouched (draft))
        {
          g_ptr_array_add (drafts, g_steal_pointer (&draft));
          g_hash_table_add (keys, key);
          continue;
        }

      g_free (key);
    }

  if (drafts->len < records->len)
    say (self, _("Records with changes that aren't saved stay."));
  if (drafts->len == 0)
    {
      g_hash_table_unref (keys);
      return;
    }

  kvar_outbox_begin_deletes (get_outbox (self), drafts);
  kvar_bulk_bar_set_job (self->bulk_bar, NULL);
  kvar_grid_selection_clear (kvar_grid_get_selection (self->grid));
  set_leaving (self, keys);
}

/* They are taken back, or on their way; elsewhere too. */
static void
n_deletes_cb (KvarRecordsPage *self,
              GParamSpec      *pspec,
              KvarOutbox      *outbox)
{
  guint n;

  g_object_get (outbox, "n-deletes", &n, NULL);
  if (n == 0 && self->leaving != NULL)
    set_leaving (self, NULL);
}

/* All that was wished for is no news. */
static void
deleted_cb (KvarRecordsPage *self,
            KvarBulkJob     *job,
            KvarOutbox      *outbox)
{
  if (self->table == NULL || !g_str_equal (kvar_table_get_name (kvar_bulk_job_get_table (job)),
                                           kvar_table_get_name (self->table)))
    return;

  if (kvar_bulk_job_count (job, KVAR_BULK_DONE) < kvar_bulk_job_get_rows (job)->len &&
      !kvar_records_page_get_busy (self))
    {
      kvar_bulk_bar_set_job (self->bulk_bar, job);
      kvar_records_page_update_bulk (self);
    }
}

void
kvar_records_page_follow_deletes (KvarRecordsPage *self)
{
  KvarOutbox *outbox = get_outbox (self);

  g_signal_connect_object (outbox, "notify::n-deletes", G_CALLBACK (n_deletes_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (outbox, "deleted", G_CALLBACK (deleted_cb), self, G_CONNECT_SWAPPED);
}

gboolean
kvar_records_page_undo_delete (KvarRecordsPage *self)
{
  if (self->leaving == NULL)
    return FALSE;

  kvar_outbox_undo_deletes (get_outbox (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));

  return TRUE;
}

/* Whoever leaves the list has made up their mind. */
static void
unmap_cb (KvarRecordsPage *self)
{
  if (self->leaving != NULL)
    kvar_outbox_commit_deletes (get_outbox (self));
}

static void
response_cb (KvarRecordsPage *self,
             const char      *response,
             GtkWidget       *dialog)
{
  GPtrArray *records = g_object_get_data (G_OBJECT (dialog), "records");
  KvarSession *session = kvar_workspace_get_session (kvar_page_get_workspace (KVAR_PAGE (self)));
  g_autoptr(KvarBulkPlan) plan = NULL;
  g_autoptr(KvarBulkJob) job = NULL;

  if (!g_str_equal (response, "delete") || self->table == NULL)
    return;

  plan = kvar_bulk_plan_new_delete (records);
  job = kvar_bulk_job_new (session, self->table, NULL, g_ptr_array_ref (plan->rows));
  kvar_records_page_run_bulk (self, job);
}

/* Takes @records. */
static void
ask_first (KvarRecordsPage *self,
           GPtrArray       *records)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autofree char *number = kvar_count_text (records->len);
  g_autofree char *title = NULL;
  GtkWidget *dialog;

  /* Translators: %s is a number. */
  title = g_strdup_printf (ngettext ("Delete %s Record?", "Delete %s Records?", records->len),
                           number);
  dialog = adw_message_dialog_new (window, title, _("They can't be brought back."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"),
                                    "delete", _("_Delete"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "records", records,
                          (GDestroyNotify)g_ptr_array_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
collected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(KvarRecordsPage) self = user_data;
  g_autoptr(GError) error = NULL;
  GPtrArray *records = kvar_record_collect_finish (KVAR_SESSION (object), result, &error);

  if (records != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    {
      ask_first (self, records);
    }
  else if (records != NULL)
    {
      g_ptr_array_unref (records);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *text = kvar_error_text_for_table (error, self->table);

      say (self, text);
    }
}

static void
delete_selected_activated_cb (GSimpleAction *action,
                              GVariant      *parameter,
                              gpointer       user_data)
{
  KvarRecordsPage *self = user_data;
  KvarSession *session = kvar_workspace_get_session (kvar_page_get_workspace (KVAR_PAGE (self)));
  GCancellable *cancellable = kvar_page_get_cancellable (KVAR_PAGE (self));
  const char *const columns[] = { NULL };
  g_autoptr(GPtrArray) records = NULL;

  if (kvar_records_page_get_all_matching (self))
    {
      kvar_record_collect_async (session, self->table, self->query, columns, cancellable,
                                 collected_cb, g_object_ref (self));
      return;
    }

  records = kvar_records_page_list_selected (self);
  if (records->len > MAX_UNDOABLE)
    ask_first (self, g_steal_pointer (&records));
  else if (records->len > 0)
    begin_deletes (self, records);
}

void
kvar_records_page_update_delete (KvarRecordsPage *self)
{
  GActionMap *map = G_ACTION_MAP (kvar_page_get_actions (KVAR_PAGE (self)));
  guint n_key = 0;

  if (self->table != NULL)
    kvar_table_get_key (self->table, &n_key);
  g_simple_action_set_enabled (
    G_SIMPLE_ACTION (g_action_map_lookup_action (map, "delete-selected")),
    n_key > 0 && kvar_table_can_delete (self->table) && !kvar_records_page_get_busy (self) &&
    kvar_records_page_get_n_selected (self) != 0);
}

/* Only where a cell has the focus: an editor's Delete is its own. */
static gboolean
key_pressed_cb (KvarRecordsPage *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  GActionGroup *group = G_ACTION_GROUP (kvar_page_get_actions (KVAR_PAGE (self)));

  if ((keyval != GDK_KEY_Delete && keyval != GDK_KEY_KP_Delete) ||
      (state & gtk_accelerator_get_default_mod_mask ()) != 0 ||
      kvar_grid_get_editor (self->grid) != NULL ||
      !g_action_group_get_action_enabled (group, "delete-selected"))
    return GDK_EVENT_PROPAGATE;

  g_action_group_activate_action (group, "delete-selected", NULL);

  return GDK_EVENT_STOP;
}

static const GActionEntry actions[] = {
  { "delete-selected", delete_selected_activated_cb },
};

void
kvar_records_page_install_delete (KvarRecordsPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_action_map_add_action_entries (kvar_page_get_actions (KVAR_PAGE (self)),
                                   actions, G_N_ELEMENTS (actions), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->grid), keys);
  g_signal_connect (self, "unmap", G_CALLBACK (unmap_cb), NULL);
  kvar_records_page_update_delete (self);
}
