/* kvar-outbox-deletes.c: deletes that can be taken back, before they join the line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-outbox"

#include "config.h"

#include "records/kvar-outbox-private.h"

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
  if (!kvar_draft_get_deletes (draft) || draft == self->sending)
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
  g_autoptr(GPtrArray) drafts = NULL;

  g_return_if_fail (KVAR_IS_OUTBOX (self));

  clear_delete_timer (self);
  if (self->deletes->len == 0)
    return;

  drafts = g_steal_pointer (&self->deletes);
  self->deletes = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < drafts->len; i++)
    if (kvar_draft_get_deletes (g_ptr_array_index (drafts, i)))
      kvar_draft_queue (g_ptr_array_index (drafts, i), kvar_outbox_next_position (self));
  kvar_outbox_send_next (self);
}
