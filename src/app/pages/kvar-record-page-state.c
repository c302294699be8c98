/* kvar-record-page-state.c: what the record page says of its draft, and the words for it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-record-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-error.h"
#include "kvar-record-page-private.h"
#include "kvar-save-state.h"
#include "records/kvar-draft-others.h"
#include "records/kvar-draft-outcome.h"
#include "records/kvar-draft-refusal.h"
#include "widgets/kvar-as-of-text.h"
#include "widgets/kvar-count-text.h"

static const char *
key_of (KvarRecordPage *self)
{
  KvarRoute *route = kvar_page_get_route (KVAR_PAGE (self));

  return kvar_route_get_place (route) == KVAR_PLACE_NEW_RECORD ? NULL : kvar_route_get_key (route);
}

void
kvar_record_page_update_position (KvarRecordPage *self)
{
  KvarRecordList *list = kvar_record_page_get_list (self);
  g_autofree char *number = NULL;
  g_autofree char *all = NULL;
  g_autofree char *text = NULL;
  guint position;
  gint64 total;

  if (!kvar_record_page_find_position (self, &position))
    {
      gtk_label_set_label (self->position_label, "");
      return;
    }

  total = kvar_record_list_get_total (list);
  if (total < 0)
    total = g_list_model_get_n_items (G_LIST_MODEL (list));
  number = kvar_count_text (position + 1);
  all = kvar_count_text (total);
  /* Translators: the number of a record in its list, and how many there are. */
  text = g_strdup_printf (_("%1$s / %2$s"), number, all);
  gtk_label_set_label (self->position_label, text);
}

void
kvar_record_page_update_title (KvarRecordPage *self)
{
  KvarRecord *base = self->draft != NULL ? kvar_draft_get_base (self->draft) : NULL;
  g_autofree char *title = NULL;

  if (base != NULL)
    title = kvar_record_get_title (base);
  else if (key_of (self) == NULL)
    title = g_strdup (_("New Record"));
  else
    title = g_strdup (key_of (self));

  kvar_page_set_title (KVAR_PAGE (self), title);
  kvar_page_set_subtitle (KVAR_PAGE (self),
                          self->table != NULL ? kvar_table_get_title (self->table) : NULL);
}

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

/* What others have done to the same record meanwhile is no secret. */
static char *
describe_saved (KvarRecordPage *self)
{
  g_autofree char *time = format_time (self->saved_at);
  guint n = kvar_draft_get_n_combined (self->draft);

  if (n > 0)
    /* Translators: %s is a time of day. */
    return g_strdup_printf (_("Saved %s. Combined with a change by someone else."), time);

  /* Translators: %s is a time of day. */
  return g_strdup_printf (_("Saved %s"), time);
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
      return describe_saved (self);

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

/* What can be done with a draft whose record is gone, or not this person's to change. */
static void
update_kept (KvarRecordPage *self)
{
  gboolean gone = self->gone || (kvar_draft_get_state (self->draft) == KVAR_DRAFT_PARKED &&
                                 !kvar_draft_get_deletes (self->draft) &&
                                 g_error_matches (kvar_draft_get_attention (self->draft),
                                                  KVAR_ERROR, KVAR_ERROR_GONE));

  gtk_widget_set_visible (self->kept_box, (gone || self->denied) &&
                                          kvar_draft_get_changed (self->draft));
  gtk_widget_set_visible (self->again_button, gone && kvar_table_can_insert (self->table));
}

/* The way to what keeps it from being saved or deleted. */
static void
update_others (KvarRecordPage *self)
{
  KvarSchema *schema = kvar_workspace_get_schema (kvar_page_get_workspace (KVAR_PAGE (self)));
  g_autoptr(KvarRoute) route = NULL;
  g_autofree char *text = NULL;

  if (schema != NULL)
    route = kvar_draft_new_route_to_others (self->draft, schema);
  gtk_widget_set_visible (self->others_button, route != NULL);
  if (route == NULL)
    return;

  text = kvar_route_to_string (route);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->others_button), "s", text);
  gtk_button_set_label (GTK_BUTTON (self->others_button),
                        kvar_draft_get_deletes (self->draft) ? _("Show Th_ose Records")
                                                             : _("Show the _Other Record"));
}

/* The way around what cannot be read. */
static void
update_unseen (KvarRecordPage *self)
{
  gtk_widget_set_visible (self->unseen_button, kvar_draft_may_be_unseen (self->draft));
}

static gboolean
can_undo_save (KvarRecordPage *self)
{
  const KvarOwnEdit *edit = kvar_draft_get_last_edit (self->draft);

  return edit != NULL && !edit->is_new && kvar_draft_get_state (self->draft) == KVAR_DRAFT_OPEN &&
         !kvar_draft_get_changed (self->draft);
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
      gtk_widget_set_visible (self->kept_box, FALSE);
      gtk_widget_set_visible (self->undo_button, FALSE);
      gtk_widget_set_visible (self->others_button, FALSE);
      gtk_widget_set_visible (self->unseen_button, FALSE);
      return;
    }

  state = choose (self);
  text = describe (self, state);
  gtk_label_set_label (self->state_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->state_label), *text != '\0');
  gtk_widget_set_visible (self->undo_button, state == KVAR_SAVE_STATE_DELETING ||
                          (state == KVAR_SAVE_STATE_NONE && self->discarded) ||
                          can_undo_save (self));
  update_kept (self);
  update_others (self);
  update_unseen (self);
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
