/* kvar-record-page-save.c: the record page's half that saves, and says what became of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-record-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-error-text.h"
#include "kvar-error.h"
#include "kvar-form-memory.h"
#include "kvar-record-page-private.h"
#include "records/kvar-draft-others.h"
#include "records/kvar-draft-refusal.h"

/* A save of a record that the page has gone on from. */
typedef struct
{
  KvarRecordPage *page;    /* (nullable) weak: the save outlives it */
  KvarDraft      *draft;
} Behind;

static void
behind_free (Behind *behind)
{
  g_clear_weak_pointer (&behind->page);
  g_clear_object (&behind->draft);
  g_free (behind);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Behind, behind_free)

static KvarOutbox *
get_outbox (KvarRecordPage *self)
{
  return kvar_workspace_get_outbox (kvar_page_get_workspace (KVAR_PAGE (self)));
}

/* A new record has its key now: its page is the record's page from here on. Until then one that
 * waits to be sent has a place of its own, and another one can be begun. */
static void
follow_place (KvarRecordPage *self)
{
  g_autoptr(KvarRoute) route = kvar_draft_new_route (self->draft);

  if (!kvar_route_equal (route, kvar_page_get_route (KVAR_PAGE (self))))
    kvar_page_set_route (KVAR_PAGE (self), route);
}

/* It was saved without being read, and there is nothing to show of it. */
static void
go_on_unseen (KvarRecordPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s",
                              _("Saved. You can't see this record here."));
  kvar_record_page_show_new (self);
}

/* What waited in line has arrived, be it while somebody looked on or a day later. */
void
kvar_record_page_sent_cb (KvarRecordPage *self,
                          KvarDraft      *draft)
{
  KvarWorkspace *workspace = kvar_page_get_workspace (KVAR_PAGE (self));
  gboolean was_new = kvar_route_get_place (kvar_page_get_route (KVAR_PAGE (self))) ==
                     KVAR_PLACE_NEW_RECORD;

  if (draft != self->draft)
    return;

  if (kvar_draft_is_new (draft))
    {
      go_on_unseen (self);
      return;
    }

  self->saved_at = kvar_clock_get_wall (
    kvar_session_get_clock (kvar_workspace_get_session (workspace)));
  self->n_rounds = 0;
  self->typed = kvar_draft_get_changed (draft);
  kvar_form_memory_set_last (workspace, self->draft);
  follow_place (self);
  if (was_new)
    {
      /* What may be typed is not the same in a record that exists. */
      kvar_form_set_draft (self->form, self->draft, workspace);
    }
  kvar_record_page_update_title (self);
  kvar_record_page_set_problem (self, NULL);
  kvar_record_page_update_state (self);
  kvar_record_page_update_actions (self);
  kvar_record_page_finish_errand (self);
}

void
kvar_record_page_follow_draft (KvarRecordPage *self)
{
  KvarDraftState state = kvar_draft_get_state (self->draft);

  if (state == KVAR_DRAFT_QUEUED)
    follow_place (self);
  else if (state == KVAR_DRAFT_PARKED)
    kvar_record_page_show_attention (self);
  if (self->denied != kvar_draft_is_denied (self->draft))
    kvar_record_page_show_fields (self);

  kvar_record_page_update_state (self);
  kvar_record_page_update_actions (self);
}

/* At its field where there is one, so that it can be mended where it was typed. */
static void
show_invalid (KvarRecordPage *self,
              const GError   *error)
{
  KvarColumn *column = kvar_draft_take_refusal (self->draft, error);
  g_autofree char *sentence = kvar_error_text_for_table (error, self->table);
  const char *name = column != NULL ? kvar_column_get_name (column) : NULL;

  if (column == NULL || kvar_form_get_field (self->form, name) == NULL)
    {
      kvar_record_page_set_problem (self, sentence);
      return;
    }

  for (guint i = 0; i < kvar_table_get_n_columns (self->table); i++)
    {
      KvarColumn *refused = kvar_table_get_column (self->table, i);
      KvarField *field = kvar_form_get_field (self->form, kvar_column_get_name (refused));

      if (field != NULL && kvar_draft_get_problem (self->draft, refused) != NULL)
        kvar_field_show_problem (field);
    }

  /* Whoever went on typing, or to another field, is not pulled away. */
  if (self->asked && !self->edited &&
      self->saved_from == kvar_form_get_last_field (self->form))
    kvar_form_focus_field (self->form, name, -1);
}

/* What there is to say of the whole record. */
static char *
describe_refusal (KvarRecordPage *self)
{
  KvarSchema *schema = kvar_workspace_get_schema (kvar_page_get_workspace (KVAR_PAGE (self)));
  KvarTable *from = schema != NULL ? kvar_draft_find_referring_table (self->draft, schema) : NULL;

  if (from != NULL)
    /* Translators: %s is the title of a table, such as "Jobs". */
    return g_strdup_printf (_("Records in %s still point to this one, so it can't be deleted."),
                            kvar_table_get_title (from));

  if (kvar_draft_may_be_unseen (self->draft))
    return g_strdup (_("The server refused this record. You may be allowed to add records here "
                       "but not to see them."));

  return kvar_error_text_for_table (kvar_draft_get_attention (self->draft), self->table);
}

/* Why the server did not take the draft, from whichever save that was. */
void
kvar_record_page_show_attention (KvarRecordPage *self)
{
  const GError *error = kvar_draft_get_attention (self->draft);
  g_autofree char *sentence = NULL;

  if (g_error_matches (error, KVAR_ERROR, KVAR_ERROR_CONFLICT) &&
      kvar_draft_get_theirs (self->draft) != NULL)
    {
      kvar_record_page_show_conflict (self);
    }
  else if (g_error_matches (error, KVAR_ERROR, KVAR_ERROR_INVALID))
    {
      show_invalid (self, error);
    }
  else if (g_error_matches (error, KVAR_ERROR, KVAR_ERROR_GONE))
    {
      kvar_record_page_set_problem (self, _("This record no longer exists. "
                                            "Your draft is kept."));
    }
  else
    {
      sentence = describe_refusal (self);
      kvar_record_page_set_problem (self, sentence);
    }
}

/* What became of the draft is in its state, which the page follows. Only somebody who is
 * signed out and wants to save has to be asked for something. */
static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(KvarRecordPage) self = user_data;
  g_autoptr(KvarRecord) record = NULL;
  g_autoptr(GError) error = NULL;

  record = kvar_outbox_save_finish (KVAR_OUTBOX (object), result, &error);
  self->asked = FALSE;
  if (g_error_matches (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT) &&
      gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.sign-in", NULL);
}

/* Saved while going to another record: only a refusal is worth a word, with the record's name.
 * What waits is on the drafts' page and in the sidebar. */
static void
saved_behind_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(Behind) behind = user_data;
  g_autoptr(KvarRecord) record = NULL;
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  record = kvar_outbox_save_finish (KVAR_OUTBOX (object), result, NULL);
  if (behind->page == NULL || kvar_draft_get_state (behind->draft) != KVAR_DRAFT_PARKED)
    return;

  if (!kvar_draft_is_new (behind->draft))
    title = kvar_record_get_title (kvar_draft_get_base (behind->draft));
  /* Translators: %s is the title of a record. */
  text = g_strdup_printf (_("“%s” was not saved. Your text is kept as a draft."),
                          title != NULL ? title : _("New Record"));
  kvar_record_page_set_problem (behind->page, text);
}

/**
 * kvar_record_page_save:
 *
 * Saves what was typed, or says what is in the way. Without a server or a session the save
 * waits in line, on disk.
 */
void
kvar_record_page_save (KvarRecordPage *self)
{
  if (self->draft == NULL)
    return;

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "conflict") == 0)
    {
      kvar_record_page_save_combined (self);
      return;
    }

  kvar_form_commit (self->form);
  kvar_record_page_set_problem (self, NULL);

  if (!kvar_draft_validate (self->draft, NULL))
    {
      gtk_stack_set_visible_child_name (self->stack, "form");
      kvar_record_page_tell_problems (self, kvar_form_show_problems (self->form));
      return;
    }

  self->carried = FALSE;
  self->asked = TRUE;
  self->edited = FALSE;
  self->saved_from = kvar_form_get_last_field (self->form);
  kvar_outbox_save_async (get_outbox (self), self->draft, saved_cb, g_object_ref (self));
}

/**
 * kvar_record_page_save_unseen:
 *
 * Saves a new record without reading it back, as somebody has agreed to.
 */
void
kvar_record_page_save_unseen (KvarRecordPage *self)
{
  if (self->draft == NULL || !kvar_draft_may_be_unseen (self->draft))
    return;

  kvar_draft_set_unseen (self->draft, TRUE);
  kvar_record_page_save (self);
}

/* On the way to another record: put in line if it can be sent, kept as a draft if not. */
void
kvar_record_page_save_behind (KvarRecordPage *self)
{
  Behind *behind = NULL;

  kvar_form_commit (self->form);
  if (!kvar_draft_get_changed (self->draft) || !kvar_draft_validate (self->draft, NULL))
    return;

  self->carried = FALSE;
  behind = g_new0 (Behind, 1);
  g_set_weak_pointer (&behind->page, self);
  behind->draft = g_object_ref (self->draft);
  kvar_outbox_save_async (get_outbox (self), self->draft, saved_behind_cb, behind);
}
