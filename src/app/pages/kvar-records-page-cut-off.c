/* kvar-records-page-cut-off.c: a change of many records that Kvar was stopped in the midst of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records-page"

#include "config.h"

#include "kvar-records-page-private.h"
#include "records/kvar-bulk-kept.h"

/* Offer: what was begun and not ended → look at what became of it → say so. */
static void listed_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void looked_cb (KvarRecordsPage *self, GParamSpec *pspec, KvarBulkJob *job);

static KvarDraftStore *
get_drafts (KvarRecordsPage *self)
{
  return kvar_workspace_get_drafts (kvar_page_get_workspace (KVAR_PAGE (self)));
}

/* Returns: (nullable): what is offered */
static KvarBulkJob *
get_cut_off (KvarRecordsPage *self)
{
  KvarBulkJob *job = kvar_bulk_bar_get_job (self->bulk_bar);

  return job != NULL && kvar_bulk_job_get_state (job) == KVAR_BULK_CUT_OFF ? job : NULL;
}

/**
 * kvar_records_page_update_cut_off:
 *
 * Offers what can be done with a change that was cut off.
 */
void
kvar_records_page_update_cut_off (KvarRecordsPage *self)
{
  GActionMap *map = G_ACTION_MAP (kvar_page_get_actions (KVAR_PAGE (self)));
  gboolean is_offered = get_cut_off (self) != NULL;

  g_simple_action_set_enabled (
    G_SIMPLE_ACTION (g_action_map_lookup_action (map, "bulk-continue")), is_offered);
  g_simple_action_set_enabled (
    G_SIMPLE_ACTION (g_action_map_lookup_action (map, "bulk-leave")), is_offered);
}

/* Another window may have been quicker: then it is nobody's here any more.
 *
 * Returns: (transfer full) (nullable): the job, which no bar shows */
static KvarBulkJob *
claim (KvarRecordsPage *self)
{
  KvarBulkJob *offered = get_cut_off (self);
  g_autoptr(KvarBulkJob) job = NULL;

  if (offered == NULL)
    return NULL;

  job = g_object_ref (offered);
  kvar_bulk_bar_set_job (self->bulk_bar, NULL);
  kvar_records_page_update_bulk (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
  if (!kvar_draft_store_claim_bulk (get_drafts (self), kvar_bulk_job_get_note_id (job)))
    return NULL;

  return g_steal_pointer (&job);
}

/**
 * kvar_records_page_undo_cut_off:
 *
 * Returns: whether a change was offered, which is taken back now as far as it was done
 */
gboolean
kvar_records_page_undo_cut_off (KvarRecordsPage *self)
{
  g_autoptr(KvarBulkJob) job = NULL;
  g_autoptr(KvarBulkJob) undo = NULL;

  if (get_cut_off (self) == NULL)
    return FALSE;

  job = claim (self);
  if (job == NULL)
    return TRUE;

  /* The one is noted before the other is forgotten. */
  undo = kvar_bulk_job_new_undo (job);
  kvar_records_page_run_bulk (self, undo);
  kvar_draft_store_drop_bulk (get_drafts (self), kvar_bulk_job_get_note_id (job));

  return TRUE;
}

static void
continue_activated_cb (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  KvarRecordsPage *self = user_data;
  g_autoptr(KvarBulkJob) job = claim (self);

  if (job != NULL)
    kvar_records_page_run_bulk (self, job);
}

static void
leave_activated_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  KvarRecordsPage *self = user_data;
  g_autoptr(KvarBulkJob) job = claim (self);

  if (job != NULL)
    kvar_draft_store_drop_bulk (get_drafts (self), kvar_bulk_job_get_note_id (job));
}

static void
looked_cb (KvarRecordsPage *self,
           GParamSpec      *pspec,
           KvarBulkJob     *job)
{
  if (kvar_bulk_job_get_state (job) != KVAR_BULK_CUT_OFF ||
      kvar_bulk_bar_get_job (self->bulk_bar) != NULL)
    return;

  g_signal_handlers_disconnect_by_func (job, looked_cb, self);
  kvar_bulk_bar_set_job (self->bulk_bar, job);
  kvar_records_page_update_bulk (self);
}

static void
offer (KvarRecordsPage *self,
       KvarKeptBulk    *kept)
{
  KvarWorkspace *workspace = kvar_page_get_workspace (KVAR_PAGE (self));
  g_autoptr(KvarBulkJob) job = NULL;

  job = kvar_bulk_job_new_kept (kvar_workspace_get_session (workspace), self->table, kept);
  if (job == NULL)
    return;

  kvar_bulk_job_set_drafts (job, get_drafts (self));
  g_signal_connect_object (job, "notify::state", G_CALLBACK (looked_cb), self, G_CONNECT_SWAPPED);
  kvar_bulk_job_look (job);
}

/* One at a time; the next one when the list is opened again. */
static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(KvarRecordsPage) self = user_data;
  g_autoptr(GPtrArray) bulks = NULL;
  g_autoptr(GError) error = NULL;

  bulks = kvar_draft_store_list_bulks_finish (KVAR_DRAFT_STORE (object), result, &error);
  if (bulks == NULL)
    {
      g_message ("What was cut off could not be read: %s", error->message);
      return;
    }
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;

  for (guint i = 0; i < bulks->len; i++)
    {
      KvarKeptBulk *kept = g_ptr_array_index (bulks, i);

      if (!g_str_equal (kept->relation, kvar_table_get_name (self->table)))
        continue;

      offer (self, kept);
      return;
    }
}

static void
loaded_cb (KvarRecordsPage *self)
{
  if (kvar_draft_store_get_loaded (get_drafts (self)) && get_cut_off (self) == NULL)
    kvar_draft_store_list_bulks_async (get_drafts (self), NULL, listed_cb, g_object_ref (self));
}

/**
 * kvar_records_page_offer_cut_off:
 *
 * Offers to go on with what an earlier run of Kvar has begun to change in this table.
 */
void
kvar_records_page_offer_cut_off (KvarRecordsPage *self)
{
  g_signal_connect_object (get_drafts (self), "notify::loaded", G_CALLBACK (loaded_cb), self,
                           G_CONNECT_SWAPPED);
  loaded_cb (self);
}

static const GActionEntry actions[] = {
  { "bulk-continue", continue_activated_cb },
  { "bulk-leave", leave_activated_cb },
};

void
kvar_records_page_install_cut_off (KvarRecordsPage *self)
{
  g_action_map_add_action_entries (kvar_page_get_actions (KVAR_PAGE (self)),
                                   actions, G_N_ELEMENTS (actions), self);
}
