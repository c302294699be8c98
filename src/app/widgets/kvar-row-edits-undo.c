/* kvar-row-edits-undo.c: takes back what was last done to a row of a list, and does it again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-row-edits"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-row-edits-private.h"

void
kvar_row_step_free (KvarRowStep *step)
{
  g_object_unref (step->draft);
  g_clear_pointer (&step->edit, kvar_own_edit_free);
  g_free (step);
}

static KvarRowStep *
step_new (KvarDraft   *draft,
          KvarOwnEdit *edit)
{
  KvarRowStep *step = g_new0 (KvarRowStep, 1);

  step->draft = g_object_ref (draft);
  step->edit = edit;

  return step;
}

static void
set_step (KvarRowStep **place,
          KvarRowStep  *step)
{
  g_clear_pointer (place, kvar_row_step_free);
  *place = step;
}

/* Something was typed into @draft here: that is what can be taken back now. */
void
kvar_row_edits_note_begun (KvarRowEdits *self,
                           KvarDraft    *draft)
{
  g_clear_pointer (&self->redo, kvar_row_step_free);
  if (self->undo == NULL || self->undo->draft != draft || self->undo->edit != NULL)
    set_step (&self->undo, step_new (draft, NULL));
}

/* What was typed into @draft here has arrived as @edit (transfer full) (nullable). */
void
kvar_row_edits_note_edit (KvarRowEdits *self,
                          KvarDraft    *draft,
                          KvarOwnEdit  *edit)
{
  g_autoptr(KvarOwnEdit) owned = edit;

  if (self->undoing == draft)
    {
      /* What takes an edit back is an edit itself. */
      set_step (self->redoing ? &self->undo : &self->redo,
                owned != NULL ? step_new (draft, g_steal_pointer (&owned)) : NULL);
      g_clear_object (&self->undoing);
    }
  else if (self->undo != NULL && self->undo->draft == draft && self->undo->edit == NULL)
    {
      self->undo->edit = g_steal_pointer (&owned);
    }
}

/* Taking an edit back is not worth a conflict: the record stays as others have made it.
 * Returns whether @draft was about that. */
gboolean
kvar_row_edits_undo_failed (KvarRowEdits *self,
                            KvarDraft    *draft)
{
  g_autoptr(KvarRecord) theirs = NULL;

  if (self->undoing != draft)
    return FALSE;

  g_clear_object (&self->undoing);
  g_set_object (&theirs, kvar_draft_get_theirs (draft));
  kvar_outbox_discard (self->outbox, draft);
  if (theirs != NULL)
    kvar_draft_set_base (draft, theirs);
  kvar_row_edits_tell (self, _("The record has been changed since. Nothing was undone."));

  return TRUE;
}

static gboolean
is_possible (KvarRowEdits *self,
             KvarRowStep  *step)
{
  return step != NULL && self->undoing == NULL &&
         kvar_outbox_get_sending (self->outbox) != step->draft;
}

gboolean
kvar_row_edits_can_undo (KvarRowEdits *self)
{
  g_return_val_if_fail (KVAR_IS_ROW_EDITS (self), FALSE);

  return is_possible (self, self->undo) &&
         (self->undo->edit != NULL || kvar_draft_get_kept (self->undo->draft));
}

gboolean
kvar_row_edits_can_redo (KvarRowEdits *self)
{
  g_return_val_if_fail (KVAR_IS_ROW_EDITS (self), FALSE);

  return is_possible (self, self->redo);
}

/* It was not saved yet: the draft is its record again. */
static void
take_back_draft (KvarRowEdits *self,
                 KvarDraft    *draft)
{
  KvarRecord *new_row = kvar_row_edits_find_new_row (self, draft);

  g_hash_table_remove (self->under_way, draft);
  if (draft == self->draft)
    self->edited = FALSE;
  set_step (&self->redo, step_new (draft, NULL));
  kvar_outbox_discard (self->outbox, draft);
  if (new_row != NULL && kvar_draft_is_new (draft))
    kvar_row_edits_remove_row (self, new_row);
}

/* It was saved: the reverse is saved, guarded as everything is. */
static void
save_reverse (KvarRowEdits *self,
              KvarRowStep  *step,
              gboolean      redoing)
{
  gboolean whole = kvar_draft_undo_edit (step->draft, step->edit);

  if (!kvar_draft_get_changed (step->draft))
    {
      kvar_row_edits_tell (self, _("The record has been changed since. Nothing was undone."));
      return;
    }
  if (!whole)
    kvar_row_edits_tell (self, _("Some of it has been changed again since."));

  g_set_object (&self->undoing, step->draft);
  self->redoing = redoing;
  kvar_row_edits_send (self, step->draft, FALSE);
}

/* Nothing is left of a record that was made: that waits, and can be taken back in turn. */
static void
delete_row (KvarRowEdits *self,
            KvarDraft    *draft)
{
  g_autoptr(GPtrArray) drafts = g_ptr_array_new ();

  g_ptr_array_add (drafts, draft);
  kvar_outbox_begin_deletes (self->outbox, drafts);
}

/**
 * kvar_row_edits_undo:
 *
 * Takes back what was last typed into a row here, saved or not.
 */
void
kvar_row_edits_undo (KvarRowEdits *self)
{
  KvarRowStep *step;

  g_return_if_fail (KVAR_IS_ROW_EDITS (self));

  if (!kvar_row_edits_can_undo (self))
    return;

  step = g_steal_pointer (&self->undo);
  g_clear_pointer (&self->redo, kvar_row_step_free);
  if (step->edit == NULL)
    take_back_draft (self, step->draft);
  else if (step->edit->is_new)
    delete_row (self, step->draft);
  else
    save_reverse (self, step, FALSE);
  kvar_row_edits_emit_changed (self, step->draft);
  kvar_row_step_free (step);
}

/**
 * kvar_row_edits_redo:
 *
 * Does again what was taken back.
 */
void
kvar_row_edits_redo (KvarRowEdits *self)
{
  KvarRowStep *step;

  g_return_if_fail (KVAR_IS_ROW_EDITS (self));

  if (!kvar_row_edits_can_redo (self))
    return;

  step = g_steal_pointer (&self->redo);
  if (step->edit != NULL)
    {
      save_reverse (self, step, TRUE);
    }
  else if (kvar_draft_store_undo_discard (self->drafts, step->draft))
    {
      self->edited = self->edited || step->draft == self->draft;
      set_step (&self->undo, step_new (step->draft, NULL));
    }
  kvar_row_edits_emit_changed (self, step->draft);
  kvar_row_step_free (step);
}
