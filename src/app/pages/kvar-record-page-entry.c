/* kvar-record-page-entry.c: the record page's half that enters one record after the other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-record-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-form-memory.h"
#include "kvar-link-errand.h"
#include "kvar-record-page-private.h"
#include "records/kvar-draft-copy.h"

static KvarWorkspace *
get_workspace (KvarRecordPage *self)
{
  return kvar_page_get_workspace (KVAR_PAGE (self));
}

static KvarDraftStore *
get_drafts (KvarRecordPage *self)
{
  return kvar_workspace_get_drafts (get_workspace (self));
}

/* Shows a new record that is begun with what @how says of @from, in this page. */
static void
begin_from (KvarRecordPage *self,
            KvarDraft      *from,
            KvarCopy        how)
{
  g_autoptr(KvarDraft) fresh = kvar_draft_store_begin_new (get_drafts (self), self->table);

  kvar_draft_copy_from (fresh, from, how);
  kvar_record_page_show_new (self);
  kvar_form_focus_first (self->form);
}

/**
 * kvar_record_page_duplicate:
 *
 * Begins another record like this one. What is typed here stays a draft.
 */
void
kvar_record_page_duplicate (KvarRecordPage *self)
{
  g_autoptr(KvarDraft) from = g_object_ref (self->draft);

  kvar_form_commit (self->form);
  begin_from (self, from, KVAR_COPY_DUPLICATE);
}

/**
 * kvar_record_page_create_again:
 *
 * Begins the record anew that is gone, with what was typed. That draft can be brought back.
 */
void
kvar_record_page_create_again (KvarRecordPage *self)
{
  g_autoptr(KvarDraft) from = g_object_ref (self->draft);

  kvar_form_commit (self->form);
  begin_from (self, from, KVAR_COPY_AGAIN);
  kvar_outbox_discard (kvar_workspace_get_outbox (get_workspace (self)), from);
}

void
kvar_record_page_copy_draft (KvarRecordPage *self)
{
  g_autofree char *text = NULL;

  kvar_form_commit (self->form);
  text = kvar_draft_copy_to_text (self->draft);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("Copied."));
}

/* What can't be sent is not left behind: somebody who saves wants it saved. */
static gboolean
save_and_leave (KvarRecordPage *self)
{
  kvar_form_commit (self->form);
  kvar_record_page_set_problem (self, NULL);
  if (!kvar_draft_get_changed (self->draft) && !kvar_draft_is_new (self->draft))
    return TRUE;

  if (!kvar_draft_validate (self->draft, NULL))
    {
      kvar_record_page_tell_problems (self, kvar_form_show_problems (self->form));
      return FALSE;
    }

  kvar_record_page_save_behind (self);

  return TRUE;
}

void
kvar_record_page_save_and_new (KvarRecordPage *self)
{
  g_autoptr(KvarDraft) fresh = NULL;

  if (!save_and_leave (self))
    return;

  kvar_form_memory_set_last (get_workspace (self), self->draft);
  fresh = kvar_draft_store_begin_new (get_drafts (self), self->table);
  kvar_record_page_show_new (self);
  kvar_form_focus_first (self->form);
}

void
kvar_record_page_save_and_next (KvarRecordPage *self)
{
  /* The same keys save what is combined. */
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "conflict") == 0)
    kvar_record_page_save_combined (self);
  else if (save_and_leave (self))
    kvar_record_page_step (self, 1);
}

/* The record above in the list, as far as the list has its values. */
static gboolean
fill_from_list (KvarRecordPage *self,
                KvarColumn     *column)
{
  KvarRecordList *list = kvar_record_page_get_list (self);
  g_autoptr(KvarRecord) above = NULL;
  g_autoptr(KvarValue) value = NULL;
  guint position;

  if (!kvar_record_page_find_position (self, &position) || position == 0)
    return FALSE;

  above = g_list_model_get_item (G_LIST_MODEL (list), position - 1);
  if (above != NULL)
    value = kvar_record_get_value (above, column);
  if (value == NULL)
    return FALSE;

  kvar_draft_set_value (self->draft, column, value);

  return TRUE;
}

/**
 * kvar_record_page_fill_from_previous:
 *
 * Gives the field that has the focus the value of the record before: the one above in the list,
 * or the one that was entered last.
 */
void
kvar_record_page_fill_from_previous (KvarRecordPage *self)
{
  KvarField *field = kvar_form_get_last_field (self->form);
  KvarDraft *last = NULL;
  KvarColumn *column;

  if (field == NULL || !kvar_field_is_editable (field))
    return;

  column = kvar_field_get_column (field);
  if (fill_from_list (self, column))
    return;

  last = kvar_form_memory_get_last (get_workspace (self), kvar_table_get_name (self->table));
  if (last == NULL || last == self->draft || !kvar_draft_copy_column (self->draft, last, column))
    gtk_widget_error_bell (GTK_WIDGET (self));
}

/**
 * kvar_record_page_set_default:
 *
 * Leaves it to the server what the field that has the focus is to hold.
 */
void
kvar_record_page_set_default (KvarRecordPage *self)
{
  KvarField *field = kvar_form_get_last_field (self->form);

  if (field != NULL && kvar_field_can_default (field))
    kvar_field_commit_default (field);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static gboolean
is_pinned (KvarRecordPage *self,
           const char     *column)
{
  return g_strv_contains ((const char *const *)self->pins, column);
}

/**
 * kvar_record_page_toggle_pin:
 * @column: its name
 *
 * Whether the value in @column is taken over into the next new record.
 */
void
kvar_record_page_toggle_pin (KvarRecordPage *self,
                             const char     *column)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  gboolean pinned = is_pinned (self, column);

  for (guint i = 0; self->pins[i] != NULL; i++)
    {
      if (!g_str_equal (self->pins[i], column))
        g_strv_builder_add (builder, self->pins[i]);
    }
  if (!pinned)
    g_strv_builder_add (builder, column);

  g_strfreev (self->pins);
  self->pins = g_strv_builder_end (builder);
  kvar_form_set_pins (self->form, (const char *const *)self->pins);
  kvar_page_view_changed (KVAR_PAGE (self));
}

/**
 * kvar_record_page_set_pins:
 * @pins: names of columns, as they were kept for this user and table
 */
void
kvar_record_page_set_pins (KvarRecordPage    *self,
                           const char *const *pins)
{
  g_strfreev (self->pins);
  self->pins = g_strdupv ((char **)pins);
  kvar_form_set_pins (self->form, pins);
  kvar_record_page_carry_over (self);
}

/**
 * kvar_record_page_carry_over:
 *
 * Puts what is pinned into a new record that nobody has typed in yet.
 */
void
kvar_record_page_carry_over (KvarRecordPage *self)
{
  KvarDraft *last = NULL;

  if (self->draft == NULL || !kvar_draft_is_new (self->draft) ||
      kvar_draft_get_kept (self->draft))
    return;

  last = kvar_form_memory_get_last (get_workspace (self), kvar_table_get_name (self->table));
  for (guint i = 0; last != NULL && self->pins[i] != NULL; i++)
    {
      KvarColumn *column = kvar_table_find_column (self->table, self->pins[i]);

      if (column != NULL && kvar_field_can_edit (self->draft, column))
        kvar_draft_copy_column (self->draft, last, column);
    }
  self->carried = kvar_draft_get_changed (self->draft);
}

/**
 * kvar_record_page_drop_carried:
 *
 * A new record in which nobody has typed is no draft, whatever was carried over into it.
 */
void
kvar_record_page_drop_carried (KvarRecordPage *self)
{
  if (!self->carried || self->draft == NULL || !kvar_draft_is_new (self->draft))
    return;

  self->carried = FALSE;
  for (guint i = 0; self->pins[i] != NULL; i++)
    {
      KvarColumn *column = kvar_table_find_column (self->table, self->pins[i]);

      if (column != NULL)
        kvar_draft_reset_column (self->draft, column);
    }
}

/**
 * kvar_record_page_update_errand:
 *
 * Says that another record waits for the one that is entered here.
 */
void
kvar_record_page_update_errand (KvarRecordPage *self)
{
  g_autofree char *sentence = kvar_link_errand_describe (get_workspace (self), self->draft);

  gtk_label_set_label (self->errand_label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->errand_label), sentence != NULL);
}

/**
 * kvar_record_page_finish_errand:
 *
 * Goes back to the record that waited for this one, which links to it now. Who looks at
 * something else is left there.
 */
void
kvar_record_page_finish_errand (KvarRecordPage *self)
{
  g_autoptr(KvarRoute) back = kvar_link_errand_finish (get_workspace (self), self->draft);
  g_autofree char *text = NULL;

  kvar_record_page_update_errand (self);
  if (back == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  text = kvar_route_to_string (back);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.navigate", "s", text);
}
