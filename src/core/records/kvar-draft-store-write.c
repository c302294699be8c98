/* kvar-draft-store-write.c: Brings what is typed to the disk, soon, and again if that fails.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A write takes the drafts as they are when it begins. One that fails leaves them to be
 * written once more as they are by then: nothing older ever follows something newer.
 */

#define G_LOG_DOMAIN "kvar-draft-store"

#include "config.h"

#include "kvar-backoff.h"
#include "kvar-fault.h"
#include "records/kvar-draft-store-private.h"

/* A pause in typing is waited for, but not for longer than leaves time to write. */
#define PAUSE    (300 * KVAR_CLOCK_MILLISECOND)
#define DEADLINE (700 * KVAR_CLOCK_MILLISECOND)

/* One write under way. */
typedef struct
{
  KvarDraftStore *store;
  GPtrArray      *drafts;     /* (element-type KvarDraft) */
  GPtrArray      *discards;   /* (element-type KvarKeptDraft) */
  GPtrArray      *edits;      /* (element-type KvarOwnEdit) */
  GStrv           gone;
  GTask          *flush;      /* (nullable) waits for it */
} Write;

static void written_cb (GObject *object, GAsyncResult *result, gpointer user_data);

static void
write_free (Write *write)
{
  g_clear_object (&write->store);
  g_clear_pointer (&write->drafts, g_ptr_array_unref);
  g_clear_pointer (&write->discards, g_ptr_array_unref);
  g_clear_pointer (&write->edits, g_ptr_array_unref);
  g_clear_pointer (&write->gone, g_strfreev);
  g_clear_object (&write->flush);
  g_free (write);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Write, write_free)

static gboolean
is_clean (KvarDraftStore *self)
{
  return g_hash_table_size (self->dirty) == 0 && g_hash_table_size (self->gone) == 0 &&
         self->discards->len == 0 && self->edits->len == 0;
}

static void
remove_timer (KvarDraftStore *self)
{
  if (self->timer != 0)
    kvar_clock_remove_timer (self->clock, self->timer);
  self->timer = 0;
}

/* What is to be written, as it is now; nothing of it is dirty afterwards. */
static GPtrArray *
collect (KvarDraftStore *self,
         Write          *write)
{
  GPtrArray *kept = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_kept_draft_free);
  GHashTableIter iter;
  gpointer draft;

  write->drafts = g_ptr_array_new_with_free_func (g_object_unref);
  g_hash_table_iter_init (&iter, self->dirty);
  while (g_hash_table_iter_next (&iter, &draft, NULL))
    {
      g_ptr_array_add (kept, kvar_draft_keep (draft));
      g_ptr_array_add (write->drafts, g_object_ref (draft));
    }
  for (guint i = 0; i < self->discards->len; i++)
    g_ptr_array_add (kept, kvar_kept_draft_copy (g_ptr_array_index (self->discards, i)));

  write->gone = (GStrv)g_hash_table_get_keys_as_array (self->gone, NULL);
  g_hash_table_steal_all (self->gone);
  write->discards = g_steal_pointer (&self->discards);
  self->discards = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_kept_draft_free);
  write->edits = g_steal_pointer (&self->edits);
  self->edits = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_own_edit_free);
  g_hash_table_remove_all (self->dirty);

  return kept;
}

static GPtrArray *
copy_edits (GPtrArray *edits)
{
  return g_ptr_array_copy (edits, (GCopyFunc)kvar_own_edit_copy, NULL);
}

/* Takes @flush (nullable). */
static void
write_now (KvarDraftStore *self,
           GTask          *flush)
{
  Write *write = g_new0 (Write, 1);
  GPtrArray *kept = collect (self, write);

  remove_timer (self);
  self->deadline = 0;
  self->n_writes++;
  write->store = g_object_ref (self);
  write->flush = flush;
  kvar_journal_write_async (self->journal, kept, (const char *const *)write->gone,
                            copy_edits (write->edits), NULL, written_cb, write);
}

static void
timer_cb (gpointer user_data)
{
  KvarDraftStore *self = user_data;

  self->timer = 0;
  if (!is_clean (self))
    write_now (self, NULL);
}

static void
schedule (KvarDraftStore *self)
{
  gint64 now = kvar_clock_get_boottime (self->clock);

  if (self->journal == NULL)
    return;
  if (self->deadline == 0)
    self->deadline = now + DEADLINE;

  remove_timer (self);
  self->timer = kvar_clock_add_timer (self->clock, CLAMP (self->deadline - now, 0, PAUSE),
                                      timer_cb, self);
}

static void
take_problem (KvarDraftStore *self,
              GError         *problem)
{
  gboolean had_problem = self->problem != NULL;

  g_clear_error (&self->problem);
  self->problem = problem;
  if (had_problem || problem != NULL)
    kvar_draft_store_notify_problem (self);
}

/* Whatever has not changed since is as much to be written as before. */
static void
put_back (KvarDraftStore *self,
          Write          *write)
{
  for (guint i = 0; i < write->drafts->len; i++)
    {
      KvarDraft *draft = g_ptr_array_index (write->drafts, i);

      if (draft->on_disk)
        g_hash_table_add (self->dirty, g_object_ref (draft));
    }

  for (guint i = 0; write->gone[i] != NULL; i++)
    {
      KvarDraft *draft = kvar_draft_store_lookup_id (self, write->gone[i]);

      if (draft == NULL || !draft->on_disk)
        g_hash_table_add (self->gone, g_strdup (write->gone[i]));
    }

  g_ptr_array_extend_and_steal (self->discards, g_steal_pointer (&write->discards));
  g_ptr_array_extend_and_steal (self->edits, g_steal_pointer (&write->edits));
}

static void
retry_later (KvarDraftStore *self)
{
  gint64 delay = kvar_backoff_delay (self->n_failures++, -1, NULL);

  /* What was typed meanwhile has a timer that is sooner. */
  if (self->timer == 0)
    self->timer = kvar_clock_add_timer (self->clock, delay, timer_cb, self);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Write) write = user_data;
  KvarDraftStore *self = write->store;
  g_autoptr(GTask) flush = g_steal_pointer (&write->flush);
  g_autoptr(GError) error = NULL;
  gboolean failed_before = self->n_failures > 0;

  self->n_writes--;
  if (!kvar_journal_write_finish (KVAR_JOURNAL (object), result, &error))
    {
      g_message ("Drafts could not be written: %s", error->message);
      put_back (self, write);
      take_problem (self, g_error_copy (error));
      retry_later (self);
      if (flush != NULL)
        g_task_return_error (flush, g_steal_pointer (&error));
      return;
    }

  KVAR_FAULT_POINT ("draft-written");
  self->n_failures = 0;
  take_problem (self, NULL);
  if (flush != NULL && failed_before && !is_clean (self))
    write_now (self, g_steal_pointer (&flush));
  else if (flush != NULL)
    g_task_return_boolean (flush, TRUE);
}

void
kvar_draft_store_mark_dirty (KvarDraftStore *self,
                             KvarDraft      *draft)
{
  g_hash_table_add (self->dirty, g_object_ref (draft));
  g_hash_table_remove (self->gone, kvar_draft_get_id (draft));
  draft->on_disk = TRUE;
  schedule (self);
}

void
kvar_draft_store_mark_gone (KvarDraftStore *self,
                            const char     *id)
{
  g_hash_table_add (self->gone, g_strdup (id));
  schedule (self);
}

/* Also remembers it here, for Undo. */
void
kvar_draft_store_mark_discard (KvarDraftStore      *self,
                               const KvarKeptDraft *kept)
{
  g_ptr_array_add (self->discards, kvar_kept_draft_copy (kept));
  g_ptr_array_add (self->discarded, kvar_kept_draft_copy (kept));
  schedule (self);
}

/**
 * kvar_draft_store_note_edit:
 *
 * Keeps what was saved, for "history of my edits"; its time is set here.
 */
void
kvar_draft_store_note_edit (KvarDraftStore    *self,
                            const KvarOwnEdit *edit)
{
  KvarOwnEdit *copy;

  g_return_if_fail (KVAR_IS_DRAFT_STORE (self));
  g_return_if_fail (edit != NULL);

  if (self->journal == NULL)
    return;

  copy = kvar_own_edit_copy (edit);
  copy->made_at = kvar_clock_get_wall (self->clock);
  g_ptr_array_add (self->edits, copy);
  schedule (self);
}

/* At the end of the store's life: the journal does it without the store. */
void
kvar_draft_store_stop_writing (KvarDraftStore *self)
{
  remove_timer (self);
  if (self->journal != NULL && !is_clean (self))
    {
      g_autoptr(Write) write = g_new0 (Write, 1);
      GPtrArray *kept = collect (self, write);

      kvar_journal_write_async (self->journal, kept, (const char *const *)write->gone,
                                copy_edits (write->edits), NULL, NULL, NULL);
    }
  g_hash_table_remove_all (self->dirty);
}

/**
 * kvar_draft_store_flush_async:
 *
 * Writes everything typed so far without waiting for a pause. It is on the disk, synced, when
 * @callback is called without an error.
 */
void
kvar_draft_store_flush_async (KvarDraftStore      *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (KVAR_IS_DRAFT_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_draft_store_flush_async);
  if (self->journal == NULL || (is_clean (self) && self->n_writes == 0))
    g_task_return_boolean (task, TRUE);
  else
    write_now (self, g_steal_pointer (&task));
}

gboolean
kvar_draft_store_flush_finish (KvarDraftStore  *self,
                               GAsyncResult    *result,
                               GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * kvar_draft_store_get_problem:
 *
 * Returns: (nullable): why what is typed cannot be stored, as long as that is so;
 *   kvar_error_text() has the sentence. It is tried again by itself.
 */
const GError *
kvar_draft_store_get_problem (KvarDraftStore *self)
{
  g_return_val_if_fail (KVAR_IS_DRAFT_STORE (self), NULL);

  return self->problem;
}

/**
 * kvar_draft_store_get_set_aside:
 *
 * Returns: (nullable): where the damaged file of drafts lies, if one was met in this run of
 *   Kvar; what could be read of it is here. "notify::set-aside" tells.
 */
const char *
kvar_draft_store_get_set_aside (KvarDraftStore *self)
{
  g_return_val_if_fail (KVAR_IS_DRAFT_STORE (self), NULL);

  if (self->journal == NULL)
    return NULL;

  return kvar_database_get_set_aside (kvar_journal_get_database (self->journal));
}
