/* kvar-draft-queue.c: What of a draft waits to be sent, and what has become of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-draft"

#include "config.h"

#include "kvar-error.h"
#include "kvar-text-replace.h"
#include "records/kvar-draft-private.h"

static void
set_state (KvarDraft      *self,
           KvarDraftState  state)
{
  if (self->state == state)
    return;

  self->state = state;
  kvar_draft_notify (self, KVAR_DRAFT_PROP_STATE);
}

/* Tells nobody but who watches the state: whoever calls this has more to change. */
void
kvar_draft_leave_queue (KvarDraft *self)
{
  g_clear_pointer (&self->queued, g_ptr_array_unref);
  g_clear_error (&self->attention);
  self->position = 0;
  self->delete_queued = FALSE;
  set_state (self, KVAR_DRAFT_OPEN);
}

KvarDraftState
kvar_draft_get_state (KvarDraft *self)
{
  g_return_val_if_fail (KVAR_IS_DRAFT (self), KVAR_DRAFT_OPEN);

  return self->state;
}

/* What waited until now may be on its way, or at the server with its answer lost. A column that
 * has been typed back since is therefore sent too: its old value is no news here, but there. */
static void
add_typed_back (KvarDraft *self,
                GPtrArray *queued)
{
  for (guint i = 0; self->queued != NULL && i < self->queued->len; i++)
    {
      KvarChange *before = g_ptr_array_index (self->queued, i);
      g_autoptr(KvarValue) value = kvar_draft_get_value (self, before->column);
      KvarChange *change;

      if (value == NULL || kvar_draft_find_change (queued, before->column) != NULL)
        continue;

      change = g_new0 (KvarChange, 1);
      change->column = g_object_ref (before->column);
      change->value = g_steal_pointer (&value);
      g_ptr_array_add (queued, change);
    }
}

/**
 * kvar_draft_queue:
 * @position: where in the queue; smaller ones are sent first
 *
 * Puts what is typed now among what waits to be sent. What is typed afterwards is no part of
 * that.
 */
void
kvar_draft_queue (KvarDraft *self,
                  gint64     position)
{
  GPtrArray *queued;

  g_return_if_fail (KVAR_IS_DRAFT (self));

  queued = kvar_draft_list_changes (self);
  add_typed_back (self, queued);
  g_clear_pointer (&self->queued, g_ptr_array_unref);
  g_clear_error (&self->attention);
  self->queued = queued;
  self->position = position;
  self->delete_queued = self->deletes;
  set_state (self, KVAR_DRAFT_QUEUED);
  kvar_draft_touch (self);
}

/**
 * kvar_draft_park:
 * @error: why a person has to look at it
 *
 * Takes the draft out of the queue without taking anything back. What was to be sent stays
 * to be seen.
 */
void
kvar_draft_park (KvarDraft    *self,
                 const GError *error)
{
  GError *copy;

  g_return_if_fail (KVAR_IS_DRAFT (self));
  g_return_if_fail (error != NULL);

  copy = g_error_copy (error);
  g_clear_error (&self->attention);
  self->attention = copy;
  set_state (self, KVAR_DRAFT_PARKED);
  kvar_draft_touch (self);
}

/**
 * kvar_draft_unqueue:
 *
 * Takes the draft out of the queue, to be typed on.
 */
void
kvar_draft_unqueue (KvarDraft *self)
{
  g_autoptr(KvarDraft) keep = NULL;

  g_return_if_fail (KVAR_IS_DRAFT (self));

  if (self->state == KVAR_DRAFT_OPEN)
    return;

  keep = g_object_ref (self);
  kvar_draft_leave_queue (self);
  kvar_draft_touch (self);
}

/**
 * kvar_draft_get_queued:
 *
 * Returns: (transfer none) (nullable) (element-type KvarChange): what is to be sent; %NULL for a
 *   draft that does not wait
 */
GPtrArray *
kvar_draft_get_queued (KvarDraft *self)
{
  g_return_val_if_fail (KVAR_IS_DRAFT (self), NULL);

  return self->queued;
}

gint64
kvar_draft_get_position (KvarDraft *self)
{
  g_return_val_if_fail (KVAR_IS_DRAFT (self), 0);

  return self->position;
}

/**
 * kvar_draft_get_attention:
 *
 * Returns: (nullable): why the draft is parked, of Kvar's own error domain; after a restart
 *   without what the server wrote
 */
const GError *
kvar_draft_get_attention (KvarDraft *self)
{
  g_return_val_if_fail (KVAR_IS_DRAFT (self), NULL);

  return self->attention;
}

/**
 * kvar_draft_get_deletes:
 *
 * Returns: whether the record is to be deleted, rather than changed
 */
gboolean
kvar_draft_get_deletes (KvarDraft *self)
{
  g_return_val_if_fail (KVAR_IS_DRAFT (self), FALSE);

  return self->deletes;
}

void
kvar_draft_set_deletes (KvarDraft *self,
                        gboolean   deletes)
{
  g_return_if_fail (KVAR_IS_DRAFT (self));

  if (self->deletes == deletes)
    return;

  self->deletes = deletes;
  kvar_draft_touch (self);
}

/**
 * kvar_draft_get_insert_key:
 *
 * Returns: (nullable): the key that the new record is or was sent with, as a route's key
 */
const char *
kvar_draft_get_insert_key (KvarDraft *self)
{
  g_return_val_if_fail (KVAR_IS_DRAFT (self), NULL);

  return self->insert_key;
}

/**
 * kvar_draft_get_insert_sent:
 *
 * Returns: whether the new record may have been sent, in this run of Kvar or an earlier one,
 *   and its answer is not known
 */
gboolean
kvar_draft_get_insert_sent (KvarDraft *self)
{
  g_return_val_if_fail (KVAR_IS_DRAFT (self), FALSE);

  return self->insert_sent;
}

/**
 * kvar_draft_note_insert:
 * @key: (nullable): what the new record is sent with; %NULL if the server makes its key
 *
 * Notes that it is about to be sent. That has to be on the disk before it leaves.
 */
void
kvar_draft_note_insert (KvarDraft  *self,
                        const char *key)
{
  g_return_if_fail (KVAR_IS_DRAFT (self));

  if (!kvar_text_replace (&self->insert_key, key) && self->insert_sent)
    return;

  self->insert_sent = TRUE;
  kvar_draft_touch (self);
}

/**
 * kvar_draft_note_refused:
 *
 * Notes that what was sent has not become a record. Its key can be used again.
 */
void
kvar_draft_note_refused (KvarDraft *self)
{
  g_return_if_fail (KVAR_IS_DRAFT (self));

  if (!self->insert_sent)
    return;

  self->insert_sent = FALSE;
  kvar_draft_touch (self);
}

/**
 * kvar_draft_forget_insert:
 *
 * Notes that the key is of no use: it is another record's, or this one has it by now.
 */
void
kvar_draft_forget_insert (KvarDraft *self)
{
  g_return_if_fail (KVAR_IS_DRAFT (self));

  if (self->insert_key == NULL && !self->insert_sent)
    return;

  g_clear_pointer (&self->insert_key, g_free);
  self->insert_sent = FALSE;
  kvar_draft_touch (self);
}

/**
 * kvar_draft_get_unseen:
 *
 * Returns: whether a new record is to be added without being read
 */
gboolean
kvar_draft_get_unseen (KvarDraft *self)
{
  g_return_val_if_fail (KVAR_IS_DRAFT (self), FALSE);

  return self->unseen;
}

/**
 * kvar_draft_set_unseen:
 * @unseen: a person has agreed not to see what becomes of the new record
 *
 * It is not kept on the disk: after a restart the server is asked for the record again, and then
 * the person.
 */
void
kvar_draft_set_unseen (KvarDraft *self,
                       gboolean   unseen)
{
  g_return_if_fail (KVAR_IS_DRAFT (self));
  g_return_if_fail (!unseen || self->base == NULL);

  self->unseen = unseen;
}
