/* kvar-outbox-deletes.c: deletes that can be taken back, before they join the line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-outbox"

#include "config.h"

#include "kvar-error.h"
#include "records/kvar-outbox-private.h"

/* Send: one record with its guard, or several in one request → told apart → the next in line. */
static void deleted_cb   (GObject *object, GAsyncResult *result, gpointer user_data);
static void job_state_cb (KvarOutbox *self);

/* How many can be taken back has changed. */
static void
notify_deletes (KvarOutbox *self)
{
  g_object_notify (G_OBJECT (self), "n-deletes");
}

static void
clear_delete_timer (KvarOutbox *self)
{
  if (self->delete_timer != 0)
    kvar_clock_remove_timer (kvar_session_get_clock (self->session), self->delete_timer);
  self->delete_timer = 0;
}

/* As if nobody had wished them. */
void
kvar_outbox_forget_deletes (KvarOutbox *self)
{
  clear_delete_timer (self);
  g_ptr_array_set_size (self->deletes, 0);
}

/* At the end: what is under way is heard by nobody. */
void
kvar_outbox_drop_job (KvarOutbox *self)
{
  if (self->delete_job != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->delete_job, job_state_cb, self);
      kvar_bulk_job_cancel (self->delete_job);
    }
  g_clear_object (&self->delete_job);
  g_clear_pointer (&self->batch, g_ptr_array_unref);
}

gboolean
kvar_outbox_is_sending (KvarOutbox *self,
                        KvarDraft  *draft)
{
  return draft == self->sending ||
         (self->batch != NULL && g_ptr_array_find (self->batch, draft, NULL));
}

static void
deleted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(KvarOutbox) self = user_data;
  g_autoptr(KvarRecord) base = NULL;
  g_autoptr(GError) error = NULL;

  base = g_object_ref (kvar_draft_get_base (self->sending));
  if (!kvar_store_delete_finish (KVAR_STORE (object), result, &error))
    {
      kvar_outbox_not_sent (self, error);
      return;
    }

  /* Nothing is left to change in it. */
  kvar_draft_discard (self->sending);
  kvar_outbox_sent (self, base);
}

static int
compare_positions (gconstpointer a,
                   gconstpointer b)
{
  gint64 x = kvar_draft_get_position (*(KvarDraft *const *)a);
  gint64 y = kvar_draft_get_position (*(KvarDraft *const *)b);

  return (x > y) - (x < y);
}

/* Those of one table that stand behind one another at the head of the line. */
static GPtrArray *
list_batch (KvarOutbox *self)
{
  GListModel *drafts = G_LIST_MODEL (self->drafts);
  g_autoptr(GPtrArray) queued = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *batch = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++)
    {
      g_autoptr(KvarDraft) draft = g_list_model_get_item (drafts, i);

      if (kvar_draft_get_state (draft) == KVAR_DRAFT_QUEUED &&
          !g_ptr_array_find (self->deletes, draft, NULL))
        g_ptr_array_add (queued, g_steal_pointer (&draft));
    }
  g_ptr_array_sort (queued, compare_positions);

  for (guint i = 0; i < queued->len; i++)
    {
      KvarDraft *draft = g_ptr_array_index (queued, i);

      if (!kvar_draft_get_deletes (draft) ||
          kvar_draft_get_table (draft) != kvar_draft_get_table (self->sending))
        break;
      g_ptr_array_add (batch, g_object_ref (draft));
    }

  return batch;
}

static KvarBulkRow *
find_row (KvarBulkJob *job,
          KvarDraft   *draft)
{
  GPtrArray *rows = kvar_bulk_job_get_rows (job);

  for (guint i = 0; i < rows->len; i++)
    {
      KvarBulkRow *row = g_ptr_array_index (rows, i);

      if (g_strcmp0 (row->id, kvar_draft_get_key (draft)) == 0)
        return row;
    }

  return NULL;
}

static void
settle_draft (KvarBulkJob *job,
              KvarDraft   *draft)
{
  KvarBulkRow *row = find_row (job, draft);
  g_autoptr(GError) denied = NULL;

  switch (row != NULL ? row->outcome : KVAR_BULK_DENIED)
    {
    case KVAR_BULK_DONE:
    case KVAR_BULK_GONE:
      kvar_draft_discard (draft);
      kvar_draft_unqueue (draft);
      break;

    case KVAR_BULK_REFUSED:
      kvar_draft_park (draft, kvar_bulk_job_get_refusal (job));
      break;

    case KVAR_BULK_DENIED:
    case KVAR_BULK_OVERTAKEN:
      denied = g_error_new_literal (KVAR_ERROR, KVAR_ERROR_DENIED, "The row may not be deleted");
      kvar_draft_park (draft, denied);
      break;

    case KVAR_BULK_PENDING:
    case KVAR_BULK_N_OUTCOMES:
    default:
      break;
    }
}

/* Also when it waits: then the line does. */
static void
job_state_cb (KvarOutbox *self)
{
  g_autoptr(KvarBulkJob) job = NULL;
  g_autoptr(GPtrArray) batch = NULL;
  g_autoptr(KvarDraft) first G_GNUC_UNUSED = NULL;

  if (kvar_bulk_job_get_state (self->delete_job) != KVAR_BULK_FINISHED)
    return;

  job = g_steal_pointer (&self->delete_job);
  g_signal_handlers_disconnect_by_func (job, job_state_cb, self);
  batch = g_steal_pointer (&self->batch);
  for (guint i = 0; i < batch->len; i++)
    settle_draft (job, g_ptr_array_index (batch, i));

  first = kvar_outbox_end_sending (self);
  kvar_outbox_emit_deleted (self, job);
  kvar_outbox_send_next (self);
}

/* What was chosen in a list has no version that could guard it, and goes together; a record
 * that was open is guarded by its own. */
void
kvar_outbox_send_deletes (KvarOutbox *self)
{
  g_autoptr(GPtrArray) batch = list_batch (self);
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(KvarBulkPlan) plan = NULL;
  KvarRecord *base = kvar_draft_get_base (self->sending);

  if (batch->len == 1 &&
      (kvar_record_get_xmin (base) != NULL || kvar_record_is_complete (base)))
    {
      kvar_store_delete_async (self->store, base, NULL, deleted_cb, g_object_ref (self));
      return;
    }

  records = g_ptr_array_new ();
  for (guint i = 0; i < batch->len; i++)
    g_ptr_array_add (records, kvar_draft_get_base (g_ptr_array_index (batch, i)));
  plan = kvar_bulk_plan_new_delete (records);
  self->batch = g_steal_pointer (&batch);
  self->delete_job = kvar_bulk_job_new (self->session, kvar_draft_get_table (self->sending), NULL,
                                        g_ptr_array_ref (plan->rows));
  g_signal_connect_object (self->delete_job, "notify::state", G_CALLBACK (job_state_cb), self,
                           G_CONNECT_SWAPPED);
  kvar_bulk_job_set_store (self->delete_job, self->store);
  kvar_bulk_job_start (self->delete_job);
}

static void
delete_due_cb (gpointer user_data)
{
  KvarOutbox *self = user_data;

  self->delete_timer = 0;
  kvar_outbox_commit_deletes (self);
}

/**
 * kvar_outbox_begin_deletes:
 * @drafts: (element-type KvarDraft): of the records to delete, without changes of their own
 *
 * The records are deleted in half a minute, with the next change or when
 * kvar_outbox_commit_deletes() is called, whatever comes first. Until then it is a wish that
 * lives in memory: a crash deletes nothing.
 */
void
kvar_outbox_begin_deletes (KvarOutbox *self,
                           GPtrArray  *drafts)
{
  g_return_if_fail (KVAR_IS_OUTBOX (self));
  g_return_if_fail (drafts != NULL);

  kvar_outbox_commit_deletes (self);
  for (guint i = 0; i < drafts->len; i++)
    {
      KvarDraft *draft = g_ptr_array_index (drafts, i);

      kvar_draft_set_deletes (draft, TRUE);
      g_ptr_array_add (self->deletes, g_object_ref (draft));
    }

  self->delete_timer = kvar_clock_add_timer (kvar_session_get_clock (self->session),
                                             KVAR_OUTBOX_DELETE_AFTER, delete_due_cb, self);
  notify_deletes (self);
}

/**
 * kvar_outbox_undo_deletes:
 *
 * Takes back the deletes that have not been put in line yet.
 *
 * Returns: how many those were
 */
guint
kvar_outbox_undo_deletes (KvarOutbox *self)
{
  guint n;

  g_return_val_if_fail (KVAR_IS_OUTBOX (self), 0);

  clear_delete_timer (self);
  n = self->deletes->len;
  for (guint i = 0; i < n; i++)
    kvar_draft_set_deletes (g_ptr_array_index (self->deletes, i), FALSE);
  g_ptr_array_set_size (self->deletes, 0);
  notify_deletes (self);
  kvar_outbox_send_next (self);

  return n;
}

/**
 * kvar_outbox_undo_delete:
 * @draft: of a record that is to be deleted
 *
 * Takes the delete of @draft back: with all that were wished for together, or out of the line
 * if it is in there, or parked.
 *
 * Returns: whether that was possible; not while it is under way
 */
gboolean
kvar_outbox_undo_delete (KvarOutbox *self,
                         KvarDraft  *draft)
{
  g_return_val_if_fail (KVAR_IS_OUTBOX (self), FALSE);
  g_return_val_if_fail (KVAR_IS_DRAFT (draft), FALSE);

  if (g_ptr_array_find (self->deletes, draft, NULL))
    return kvar_outbox_undo_deletes (self) > 0;
  if (!kvar_draft_get_deletes (draft) || kvar_outbox_is_sending (self, draft))
    return FALSE;

  kvar_draft_set_deletes (draft, FALSE);
  kvar_draft_unqueue (draft);

  return TRUE;
}

/**
 * kvar_outbox_commit_deletes:
 *
 * Puts in line what could be taken back until now.
 */
void
kvar_outbox_commit_deletes (KvarOutbox *self)
{
  g_autoptr(GPtrArray) drafts G_GNUC_UNUSED = NULL;

  g_return_if_fail (KVAR_IS_OUTBOX (self));

  clear_delete_timer (self);
  if (self->deletes->len == 0)
    return;

  /* Until all of them are in line none is sent, so that they go together. */
  for (guint i = 0; i < self->deletes->len; i++)
    if (kvar_draft_get_deletes (g_ptr_array_index (self->deletes, i)))
      kvar_draft_queue (g_ptr_array_index (self->deletes, i), kvar_outbox_next_position (self));

  drafts = g_steal_pointer (&self->deletes);
  self->deletes = g_ptr_array_new_with_free_func (g_object_unref);
  notify_deletes (self);
  kvar_outbox_send_next (self);
}
