/* kvar-record-page-state.c: what the record page says of its draft, and the words for it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-record-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-record-page-private.h"
#include "kvar-save-state.h"
#include "widgets/kvar-as-of-text.h"

static char *
format_time (gint64 wall)
{
  g_autoptr(GDateTime) then = g_date_time_new_from_unix_local (wall / G_TIME_SPAN_SECOND);

  return g_date_time_format (then, "%H:%M");
}

static KvarSaveState
choose (KvarRecordPage *self)
{
  KvarWorkspace *workspace = kvar_page_get_workspace (KVAR_PAGE (self));
  KvarSaveFacts facts = {
    .draft = kvar_draft_get_state (self->draft),
    .changed = kvar_draft_get_changed (self->draft),
    .deletes = kvar_draft_get_deletes (self->draft),
    .usable = kvar_session_is_usable (kvar_workspace_get_session (workspace)),
    .held_up = kvar_outbox_get_held_up (kvar_workspace_get_outbox (workspace)),
    .was_saved = self->saved_at != 0,
    .from_cache = self->as_of != 0,
  };

  return kvar_save_state_choose (&facts);
}

static char *
describe_problems (guint n)
{
  /* Translators: %u fields of a form. */
  return g_strdup_printf (ngettext ("%u field needs your attention.",
                                    "%u fields need your attention.", n), n);
}

static char *
describe (KvarRecordPage *self,
          KvarSaveState   state)
{
  g_autofree char *time = NULL;

  switch (state)
    {
    case KVAR_SAVE_STATE_ATTENTION:
      if (kvar_draft_get_n_problems (self->draft) > 0)
        return describe_problems (kvar_draft_get_n_problems (self->draft));
      G_GNUC_FALLTHROUGH;

    case KVAR_SAVE_STATE_DRAFT:
      time = format_time (kvar_draft_get_changed_at (self->draft));
      /* Translators: %s is a time of day. */
      return g_strdup_printf (_("Draft kept %s"), time);

    case KVAR_SAVE_STATE_SAVING:
      return g_strdup (_("Saving…"));

    case KVAR_SAVE_STATE_OFFLINE:
      return g_strdup (_("Kept here, will be sent when you're online."));

    case KVAR_SAVE_STATE_SIGN_IN:
      return g_strdup (_("Will be saved when you've signed in."));

    case KVAR_SAVE_STATE_DELETING:
      return g_strdup (_("This record will be deleted."));

    case KVAR_SAVE_STATE_SAVED:
      time = format_time (self->saved_at);
      /* Translators: %s is a time of day. */
      return g_strdup_printf (_("Saved %s"), time);

    case KVAR_SAVE_STATE_AS_OF:
      return kvar_as_of_text (self->as_of, kvar_session_get_clock (kvar_workspace_get_session (
        kvar_page_get_workspace (KVAR_PAGE (self)))));

    case KVAR_SAVE_STATE_NONE:
    default:
      return g_strdup (self->discarded ? _("Draft discarded.") : "");
    }
}

/* "Unsaved changes from 14:32 were restored": until they are saved or discarded. */
static void
update_restored (KvarRecordPage *self)
{
  gboolean restored = kvar_draft_get_restored (self->draft) &&
                      kvar_draft_get_changed (self->draft) &&
                      !kvar_page_get_hushed (KVAR_PAGE (self));
  g_autofree char *time = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->restored_box, restored);
  if (!restored)
    return;

  time = format_time (kvar_draft_get_changed_at (self->draft));
  /* Translators: %s is a time of day, such as 14:32. */
  text = g_strdup_printf (_("Unsaved changes from %s were restored."), time);
  gtk_label_set_label (self->restored_label, text);
}

/* Brings all words about the draft in line with it. */
void
kvar_record_page_update_state (KvarRecordPage *self)
{
  g_autofree char *text = NULL;
  KvarSaveState state;

  if (self->draft == NULL)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->state_label), FALSE);
      gtk_widget_set_visible (self->restored_box, FALSE);
      return;
    }

  state = choose (self);
  text = describe (self, state);
  gtk_label_set_label (self->state_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->state_label), *text != '\0');
  gtk_widget_set_visible (self->undo_button, state == KVAR_SAVE_STATE_DELETING ||
                          (state == KVAR_SAVE_STATE_NONE && self->discarded));
  update_restored (self);
}

/* What stands in the way of a save; NULL when nothing does. */
void
kvar_record_page_set_problem (KvarRecordPage *self,
                              const char     *sentence)
{
  gtk_label_set_label (self->problem_label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->problem_box, sentence != NULL);
}

/* How many fields of the form have to be looked at. */
void
kvar_record_page_tell_problems (KvarRecordPage *self,
                                guint           n)
{
  g_autofree char *text = describe_problems (n);

  gtk_label_set_label (self->state_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->state_label), TRUE);
}
