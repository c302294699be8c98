/* kvar-record-page-drafts.c: the record page's half that compares, combines, discards and deletes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-record-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-error.h"
#include "kvar-record-page-private.h"
#include "records/kvar-draft-edits.h"
#include "records/kvar-draft-outcome.h"
#include "records/kvar-merge.h"

static KvarOutbox *
get_outbox (KvarRecordPage *self)
{
  return kvar_workspace_get_outbox (kvar_page_get_workspace (KVAR_PAGE (self)));
}

/* Somebody else's changes beside one's own where they are in each other's way; else what is
 * saved beside what is typed. */
void
kvar_record_page_compare (KvarRecordPage *self)
{
  if (kvar_draft_get_theirs (self->draft) != NULL)
    {
      self->edited = FALSE;
      kvar_record_page_show_conflict (self);
      return;
    }

  kvar_form_commit (self->form);
  kvar_changes_view_set_draft (self->changes, self->draft);
  gtk_stack_set_visible_child_name (self->stack, "changes");
  gtk_widget_child_focus (GTK_WIDGET (self->changes), GTK_DIR_TAB_FORWARD);
}

void
kvar_record_page_leave_compare (KvarRecordPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "form");
  kvar_page_grab_default_focus (KVAR_PAGE (self));
}

void
kvar_record_page_show_conflict (KvarRecordPage *self)
{
  if (kvar_draft_get_theirs (self->draft) == NULL)
    return;

  kvar_conflict_view_show (self->conflict, self->draft, kvar_page_get_workspace (KVAR_PAGE (self)),
                           self->n_rounds);
  kvar_record_page_set_problem (self, _("Someone else changed this record"));
  gtk_widget_set_visible (self->conflict_button, TRUE);

  /* Not under somebody's hands: who went on typing opens it when they want to. */
  if (!self->edited)
    {
      gtk_stack_set_visible_child_name (self->stack, "conflict");
      kvar_conflict_view_focus (self->conflict);
    }
}

/* That somebody has changed the record is remembered on the disk, what they made of it is not. */
void
kvar_record_page_take_theirs (KvarRecordPage *self,
                              KvarRecord     *record)
{
  if (!g_error_matches (kvar_draft_get_attention (self->draft), KVAR_ERROR,
                        KVAR_ERROR_CONFLICT) ||
      kvar_draft_get_deletes (self->draft) || kvar_draft_get_theirs (self->draft) != NULL ||
      kvar_merge_count (self->draft, record, KVAR_MERGE_CONFLICT) == 0)
    return;

  kvar_draft_set_theirs (self->draft, record);
  kvar_record_page_show_attention (self);
}

static void
leave_conflict (KvarRecordPage *self)
{
  gtk_widget_set_visible (self->conflict_button, FALSE);
  kvar_record_page_set_problem (self, NULL);
  gtk_stack_set_visible_child_name (self->stack, "form");
}

/* The save is checked like any other: who else saves meanwhile is met once more. */
void
kvar_record_page_save_combined (KvarRecordPage *self)
{
  gboolean anything_left;

  if (kvar_conflict_view_show_problems (self->conflict))
    return;

  anything_left = kvar_conflict_view_apply (self->conflict);
  leave_conflict (self);
  kvar_conflict_view_clear (self->conflict);
  kvar_page_grab_default_focus (KVAR_PAGE (self));
  self->n_rounds++;
  /* What was refused has not arrived: only what is still another value is sent. */
  kvar_draft_unqueue (self->draft);
  if (anything_left)
    kvar_record_page_save (self);
}

/* Ours is not lost: Undo brings it back on top of theirs. */
void
kvar_record_page_use_theirs (KvarRecordPage *self)
{
  g_autoptr(KvarRecord) theirs = g_object_ref (kvar_draft_get_theirs (self->draft));

  leave_conflict (self);
  kvar_conflict_view_clear (self->conflict);
  kvar_record_page_discard (self);
  kvar_draft_set_base (self->draft, theirs);
  kvar_draft_set_theirs (self->draft, NULL);
  kvar_page_grab_default_focus (KVAR_PAGE (self));
}

void
kvar_record_page_discard (KvarRecordPage *self)
{
  kvar_outbox_discard (get_outbox (self), self->draft);
  self->discarded = TRUE;
  self->typed = FALSE;

  kvar_record_page_set_problem (self, NULL);
  kvar_record_page_update_state (self);
}

/* It can be taken back until the page is left, or half a minute is over. */
void
kvar_record_page_delete (KvarRecordPage *self)
{
  g_autoptr(GPtrArray) drafts = g_ptr_array_new ();

  g_ptr_array_add (drafts, self->draft);
  kvar_outbox_begin_deletes (get_outbox (self), drafts);
  self->typed = FALSE;
  kvar_record_page_update_state (self);
  kvar_record_page_update_actions (self);
}

/* Puts back what the last save has changed, and saves that: unless somebody else has changed it
 * since, which the save finds out. */
static void
undo_save (KvarRecordPage *self)
{
  const KvarOwnEdit *edit = kvar_draft_get_last_edit (self->draft);
  gboolean whole;

  if (edit == NULL || edit->is_new || kvar_draft_get_changed (self->draft))
    return;

  whole = kvar_draft_undo_edit (self->draft, edit);
  kvar_draft_forget_outcome (self->draft);
  if (!whole)
    {
      kvar_record_page_set_problem (self, _("What you saved has been changed since. "
                                            "Look at it before you save."));
      kvar_record_page_update_state (self);
      return;
    }

  kvar_record_page_save (self);
}

/* Takes back the delete that waits, or brings back what was discarded, or undoes the last save. */
void
kvar_record_page_undo (KvarRecordPage *self)
{
  KvarDraftStore *drafts = kvar_workspace_get_drafts (kvar_page_get_workspace (KVAR_PAGE (self)));

  if (self->draft == NULL)
    return;

  if (kvar_draft_get_deletes (self->draft))
    {
      /* What kept it from being deleted may be a change that is not shown yet. */
      if (kvar_outbox_undo_delete (get_outbox (self), self->draft))
        kvar_record_page_refresh (self);
      kvar_record_page_set_problem (self, NULL);
      kvar_record_page_update_state (self);
      kvar_record_page_update_actions (self);
      return;
    }

  if (!self->discarded)
    {
      undo_save (self);
      return;
    }

  self->discarded = FALSE;
  kvar_draft_store_undo_discard (drafts, self->draft);
  kvar_record_page_update_state (self);
}

/* A text swallows Ctrl+Z even when it has nothing to undo, so the key is taken before it. What is
 * typed since the save is the text's own to undo. */
static gboolean
undo_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  KvarRecordPage *self = KVAR_RECORD_PAGE (widget);

  if (self->typed || !gtk_widget_get_visible (self->undo_button))
    return FALSE;

  kvar_record_page_undo (self);

  return TRUE;
}

void
kvar_record_page_take_undo_key (KvarRecordPage *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_z, GDK_CONTROL_MASK),
                      gtk_callback_action_new (undo_key_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
