/* kvar-record-page-save.c: the record page's half that saves, and says what became of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-record-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-error-text.h"
#include "kvar-error.h"
#include "kvar-record-page-private.h"
#include "records/kvar-draft-refusal.h"

/* One save: the draft stays the same while the page may go on to another record. */
typedef struct
{
  KvarRecordPage *page;        /* (nullable) weak: the save outlives it */
  KvarDraft      *draft;
  KvarField      *field;       /* (unowned) compared only: where the person was */
  gboolean        behind;      /* the page shows another record by now */
} Save;

static void
save_free (Save *save)
{
  g_clear_weak_pointer (&save->page);
  g_clear_object (&save->draft);
  g_free (save);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Save, save_free)

static Save *
save_new (KvarRecordPage *self,
          gboolean        behind)
{
  Save *save = g_new0 (Save, 1);

  g_set_weak_pointer (&save->page, self);
  save->draft = g_object_ref (self->draft);
  save->field = kvar_form_get_last_field (self->form);
  save->behind = behind;

  return save;
}

static void
set_saving (KvarRecordPage *self,
            gboolean        saving)
{
  self->saving = saving;
  kvar_record_page_update_actions (self);
}

static void
hold_for_sign_in (KvarRecordPage *self)
{
  self->held = TRUE;
  kvar_record_page_set_state (self, _("Will be saved when you've signed in."));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.sign-in", NULL);
}

/* A new record has its key now: its page is the record's page from here on. */
static void
follow_key (KvarRecordPage *self,
            KvarRecord     *record)
{
  KvarDraftStore *drafts = kvar_workspace_get_drafts (kvar_page_get_workspace (KVAR_PAGE (self)));
  g_autofree char *key = kvar_record_get_key_string (record);
  KvarRoute *route = kvar_page_get_route (KVAR_PAGE (self));
  g_autoptr(KvarRoute) new_route = NULL;

  if (key == NULL || g_strcmp0 (key, kvar_route_get_key (route)) == 0)
    return;

  kvar_draft_store_rekey (drafts, self->draft, key);
  new_route = kvar_route_new_record (kvar_route_get_name (route), key);
  kvar_page_set_route (KVAR_PAGE (self), new_route);
}

static void
show_saved (KvarRecordPage *self,
            KvarRecord     *record)
{
  g_autofree char *time = kvar_record_page_dup_time (self);
  g_autofree char *text = NULL;
  gboolean was_new = kvar_route_get_place (kvar_page_get_route (KVAR_PAGE (self))) ==
                     KVAR_PLACE_NEW_RECORD;

  follow_key (self, record);
  if (was_new)
    {
      /* What may be typed is not the same in a record that exists. */
      kvar_form_set_draft (self->form, self->draft,
                           kvar_page_get_workspace (KVAR_PAGE (self)));
    }
  kvar_record_page_update_title (self);
  kvar_record_page_set_problem (self, NULL);

  if (kvar_draft_get_changed (self->draft))
    /* Translators: %s is a time of day. */
    text = g_strdup_printf (_("Draft kept %s"), time);
  else
    /* Translators: %s is a time of day. */
    text = g_strdup_printf (_("Saved %s"), time);
  kvar_record_page_set_state (self, text);
}

static void
show_invalid (KvarRecordPage *self,
              Save           *save,
              const GError   *error)
{
  KvarColumn *column = kvar_draft_take_refusal (self->draft, error);
  g_autofree char *sentence = kvar_error_text_for_table (error, self->table);
  const char *name = column != NULL ? kvar_column_get_name (column) : NULL;
  guint n_problems = 0;

  if (column == NULL || kvar_form_get_field (self->form, name) == NULL)
    {
      kvar_record_page_set_problem (self, sentence);
      return;
    }

  for (guint i = 0; i < kvar_table_get_n_columns (self->table); i++)
    {
      KvarColumn *refused = kvar_table_get_column (self->table, i);
      KvarField *field = kvar_form_get_field (self->form, kvar_column_get_name (refused));

      if (field == NULL || kvar_draft_get_problem (self->draft, refused) == NULL)
        continue;

      kvar_field_show_problem (field);
      n_problems++;
    }
  g_free (sentence);
  /* Translators: %d fields of a form. */
  sentence = g_strdup_printf (ngettext ("%d field needs your attention.",
                                        "%d fields need your attention.", n_problems),
                              (int)n_problems);
  kvar_record_page_set_state (self, sentence);

  /* Whoever went on typing elsewhere is not pulled away. */
  if (!self->edited && save->field == kvar_form_get_last_field (self->form))
    kvar_form_focus_field (self->form, name, -1);
}

static void
show_failed (KvarRecordPage *self,
             Save           *save,
             const GError   *error)
{
  g_autofree char *sentence = NULL;

  kvar_record_page_set_state (self, NULL);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (error->domain == KVAR_ERROR)
    {
      switch ((KvarError)error->code)
        {
        case KVAR_ERROR_SIGNED_OUT:
          hold_for_sign_in (self);
          return;

        case KVAR_ERROR_CONFLICT:
          if (kvar_draft_get_theirs (self->draft) != NULL)
            {
              kvar_record_page_show_conflict (self);
              return;
            }
          break;

        case KVAR_ERROR_GONE:
          kvar_record_page_set_problem (self, _("This record no longer exists. "
                                                "Your draft is kept."));
          return;

        case KVAR_ERROR_INVALID:
          show_invalid (self, save, error);
          return;

        default:
          break;
        }
    }

  sentence = kvar_error_text_for_table (error, self->table);
  kvar_record_page_set_problem (self, sentence);
}

/* Saved while going to another record: only a failure is worth a word, with the record's name. */
static void
show_behind (KvarRecordPage *self,
             Save           *save,
             const GError   *error)
{
  KvarRecord *base = kvar_draft_get_base (save->draft);
  g_autofree char *title = base != NULL ? kvar_record_get_title (base) : NULL;
  g_autofree char *text = NULL;

  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* Translators: %s is the title of a record. */
  text = g_strdup_printf (_("“%s” was not saved. Your text is kept as a draft."),
                          title != NULL ? title : _("New Record"));
  kvar_record_page_set_problem (self, text);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Save) save = user_data;
  g_autoptr(KvarRecord) record = NULL;
  g_autoptr(GError) error = NULL;
  gboolean again;

  record = kvar_store_save_finish (KVAR_STORE (object), result, &error);
  if (save->page == NULL)
    return;

  if (save->behind || save->draft != save->page->draft)
    {
      show_behind (save->page, save, error);
      return;
    }

  again = save->page->save_again;
  save->page->save_again = FALSE;
  set_saving (save->page, FALSE);
  if (record != NULL)
    show_saved (save->page, record);
  else
    show_failed (save->page, save, error);

  if (record != NULL && again && kvar_draft_get_changed (save->page->draft))
    kvar_record_page_save (save->page);
}

/* The save takes no cancellable of the page's: leaving the page must not lose it. */
static void
send (KvarRecordPage *self,
      gboolean        behind)
{
  KvarStore *store = kvar_workspace_get_store (kvar_page_get_workspace (KVAR_PAGE (self)));

  kvar_store_save_async (store, self->draft, NULL, saved_cb, save_new (self, behind));
}

/**
 * kvar_record_page_save:
 *
 * Saves what was typed, or says what is in the way. Without a session the save waits until
 * somebody has signed in.
 */
void
kvar_record_page_save (KvarRecordPage *self)
{
  KvarSession *session = kvar_workspace_get_session (kvar_page_get_workspace (KVAR_PAGE (self)));
  guint n;

  if (self->draft == NULL)
    return;
  if (self->saving)
    {
      self->save_again = TRUE;
      return;
    }

  kvar_form_commit (self->form);
  kvar_record_page_set_problem (self, NULL);

  if (!kvar_draft_validate (self->draft, NULL))
    {
      g_autofree char *text = NULL;

      gtk_stack_set_visible_child_name (self->stack, "form");
      n = kvar_form_show_problems (self->form);
      text = g_strdup_printf (ngettext ("%d field needs your attention.",
                                        "%d fields need your attention.", n), n);
      kvar_record_page_set_state (self, text);
      return;
    }

  if (!kvar_session_is_usable (session))
    {
      hold_for_sign_in (self);
      return;
    }

  self->held = FALSE;
  self->edited = FALSE;
  set_saving (self, TRUE);
  kvar_record_page_set_state (self, _("Saving…"));
  send (self, FALSE);
}

/* On the way to another record: saved if that can be done now, kept as a draft if not. */
void
kvar_record_page_save_behind (KvarRecordPage *self)
{
  KvarSession *session = kvar_workspace_get_session (kvar_page_get_workspace (KVAR_PAGE (self)));

  kvar_form_commit (self->form);
  if (kvar_draft_get_changed (self->draft) && !self->saving &&
      kvar_draft_validate (self->draft, NULL) && kvar_session_is_usable (session))
    send (self, TRUE);
}

void
kvar_record_page_show_conflict (KvarRecordPage *self)
{
  KvarRecord *theirs = kvar_draft_get_theirs (self->draft);

  if (theirs == NULL)
    return;

  kvar_conflict_view_show (self->conflict, self->draft, theirs);
  kvar_record_page_set_problem (self, _("Someone else changed this record"));
  gtk_widget_set_visible (self->conflict_button, TRUE);

  /* Not under somebody's hands: who went on typing opens it when they want to. */
  if (!self->edited)
    {
      gtk_stack_set_visible_child_name (self->stack, "conflict");
      gtk_widget_child_focus (GTK_WIDGET (self->conflict), GTK_DIR_TAB_FORWARD);
    }
}

static void
leave_conflict (KvarRecordPage *self)
{
  gtk_widget_set_visible (self->conflict_button, FALSE);
  kvar_record_page_set_problem (self, NULL);
  gtk_stack_set_visible_child_name (self->stack, "form");
}

void
kvar_record_page_save_combined (KvarRecordPage *self)
{
  gboolean anything_left = kvar_conflict_view_apply (self->conflict);

  leave_conflict (self);
  kvar_conflict_view_clear (self->conflict);
  kvar_page_grab_default_focus (KVAR_PAGE (self));
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
  g_clear_pointer (&self->discarded, g_variant_unref);
  self->discarded = g_variant_ref_sink (kvar_draft_save_changes (self->draft));
  self->held = FALSE;
  kvar_draft_discard (self->draft);

  kvar_record_page_set_problem (self, NULL);
  kvar_record_page_set_state (self, _("Draft discarded."));
  gtk_widget_set_visible (self->undo_button, TRUE);
}

void
kvar_record_page_undo_discard (KvarRecordPage *self)
{
  g_autoptr(GVariant) changes = g_steal_pointer (&self->discarded);

  if (changes == NULL)
    return;

  gtk_widget_set_visible (self->undo_button, FALSE);
  kvar_draft_restore_changes (self->draft, changes);
}
