/* kvar-draft-store-bulks.c: Notes what a change of many records is about to do, until it has ended.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What lies on the disk and was not begun, or claimed, in this process was cut off.
 */

#define G_LOG_DOMAIN "kvar-draft-store"

#include "config.h"

#include "records/kvar-draft-store-private.h"

static void
noted_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (kvar_journal_write_bulk_finish (KVAR_JOURNAL (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * kvar_draft_store_note_bulk_async:
 * @bulk: (transfer full): with those of its rows that are new, or have changed
 *
 * Claims @bulk. It is on the disk, synced, when @callback is called without an error, and so are
 * the edits that were noted before: what is known to be done is never without its edit.
 */
void
kvar_draft_store_note_bulk_async (KvarDraftStore      *self,
                                  KvarKeptBulk        *bulk,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (KVAR_IS_DRAFT_STORE (self));
  g_return_if_fail (bulk != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, kvar_draft_store_note_bulk_async);
  g_hash_table_add (self->bulks, g_strdup (bulk->id));
  if (self->journal == NULL)
    {
      kvar_kept_bulk_free (bulk);
      g_task_return_boolean (task, TRUE);
      return;
    }

  /* One thread does the one after the other. */
  kvar_draft_store_flush_async (self, NULL, NULL, NULL);
  kvar_journal_write_bulk_async (self->journal, bulk, noted_cb, g_steal_pointer (&task));
}

gboolean
kvar_draft_store_note_bulk_finish (KvarDraftStore  *self,
                                   GAsyncResult    *result,
                                   GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * kvar_draft_store_claim_bulk:
 * @id: of one that was cut off
 *
 * Returns: whether it is the caller's to go on with; %FALSE where somebody has done so already,
 *   in another window for instance
 */
gboolean
kvar_draft_store_claim_bulk (KvarDraftStore *self,
                             const char     *id)
{
  g_return_val_if_fail (KVAR_IS_DRAFT_STORE (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  return g_hash_table_add (self->bulks, g_strdup (id));
}

/**
 * kvar_draft_store_drop_bulk:
 * @id: of one that was claimed
 *
 * It has ended, and is not offered again.
 */
void
kvar_draft_store_drop_bulk (KvarDraftStore *self,
                            const char     *id)
{
  g_return_if_fail (KVAR_IS_DRAFT_STORE (self));
  g_return_if_fail (id != NULL);

  if (self->journal == NULL)
    return;

  kvar_draft_store_flush_async (self, NULL, NULL, NULL);
  kvar_journal_drop_bulk (self->journal, id);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  KvarDraftStore *self = g_task_get_source_object (task);
  GPtrArray *bulks = kvar_journal_list_bulks_finish (KVAR_JOURNAL (object), result, &error);

  if (bulks == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  for (guint i = bulks->len; i > 0; i--)
    {
      KvarKeptBulk *bulk = g_ptr_array_index (bulks, i - 1);

      if (g_hash_table_contains (self->bulks, bulk->id))
        g_ptr_array_remove_index (bulks, i - 1);
    }
  g_task_return_pointer (task, bulks, (GDestroyNotify)g_ptr_array_unref);
}

/**
 * kvar_draft_store_list_bulks_async:
 *
 * Reads which changes of many records were cut off, and are nobody's yet.
 */
void
kvar_draft_store_list_bulks_async (KvarDraftStore      *self,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (KVAR_IS_DRAFT_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_draft_store_list_bulks_async);
  if (self->journal == NULL)
    g_task_return_pointer (task, g_ptr_array_new (), (GDestroyNotify)g_ptr_array_unref);
  else
    kvar_journal_list_bulks_async (self->journal, cancellable, listed_cb,
                                   g_steal_pointer (&task));
}

/**
 * kvar_draft_store_list_bulks_finish:
 *
 * Returns: (transfer full) (nullable) (element-type KvarKeptBulk): the oldest first
 */
GPtrArray *
kvar_draft_store_list_bulks_finish (KvarDraftStore  *self,
                                    GAsyncResult    *result,
                                    GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
