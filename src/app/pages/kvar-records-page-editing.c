/* kvar-records-page-editing.c: the records page's half that is typed into, row by row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-records-page-private.h"
#include "widgets/kvar-field.h"

static GSimpleAction *
find_action (KvarRecordsPage *self,
             const char      *name)
{
  return G_SIMPLE_ACTION (
    g_action_map_lookup_action (kvar_page_get_actions (KVAR_PAGE (self)), name));
}

/**
 * kvar_records_page_update_editing:
 *
 * What can be saved, undone and done again, and what the bar says of the cursor's row. While an
 * editor is open Ctrl+Z is its own.
 */
void
kvar_records_page_update_editing (KvarRecordsPage *self)
{
  g_autoptr(KvarRecord) row = kvar_grid_get_cursor_item (self->grid);
  gboolean typing = kvar_grid_get_editor (self->grid) != NULL;
  gboolean editing = kvar_grid_get_edit_mode (self->grid);
  gboolean can_undo = self->edits != NULL && kvar_row_edits_can_undo (self->edits);
  g_autofree char *state = NULL;

  if (self->edits != NULL && row != NULL)
    state = kvar_row_edits_describe (self->edits, row);

  g_simple_action_set_enabled (find_action (self, "edit-in-list"), self->edits != NULL);
  g_simple_action_set_enabled (find_action (self, "save"),
                               self->edits != NULL && (typing ||
                                                       kvar_row_edits_can_save (self->edits)));
  g_simple_action_set_enabled (find_action (self, "undo-row"), can_undo && !typing);
  g_simple_action_set_enabled (find_action (self, "redo-row"),
                               self->edits != NULL && !typing &&
                               kvar_row_edits_can_redo (self->edits));
  kvar_edit_bar_show (self->edit_bar, editing, self->told != NULL ? self->told : state, can_undo);
}

static void
set_told (KvarRecordsPage *self,
          const char      *sentence)
{
  g_autofree char *copy = g_strdup (sentence);

  g_free (self->told);
  self->told = g_steal_pointer (&copy);
  kvar_records_page_update_editing (self);
}

static gpointer
find_row (KvarRecordsPage *self,
          KvarDraft       *draft)
{
  const char *key = kvar_draft_get_key (draft);
  guint position;

  return key != NULL && self->list != NULL &&
         kvar_record_list_find_key (self->list, key, &position)
           ? g_list_model_get_item (G_LIST_MODEL (self->list), position) : NULL;
}

static void
changed_cb (KvarRecordsPage *self,
            KvarDraft       *draft)
{
  g_autoptr(KvarRecord) row = draft != NULL ? find_row (self, draft) : NULL;

  if (row != NULL)
    kvar_grid_update_item (self->grid, row);
  else
    kvar_grid_update_items (self->grid);
  kvar_records_page_update_editing (self);
}

/* What was picked needs no Enter more. */
static void
editor_cb (KvarRecordsPage *self)
{
  GtkWidget *editor = kvar_grid_get_editor (self->grid);

  if (KVAR_IS_FIELD (editor))
    g_signal_connect_object (editor, "picked", G_CALLBACK (kvar_grid_commit), self->grid,
                             G_CONNECT_SWAPPED);
  kvar_records_page_update_editing (self);
}

/* The cursor's record is opened where both versions of it are shown. */
static void
conflict_cb (KvarRecordsPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "page.open", NULL);
}

static void
sign_in_cb (KvarRecordsPage *self)
{
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.sign-in", NULL);
}

/* What was edited stays where it is until the list is refreshed. */
static void
saved_cb (KvarRecordsPage *self,
          const char      *key)
{
  if (self->list != NULL)
    kvar_record_list_hold (self->list, key);
}

static void
cursor_moved_cb (KvarRecordsPage *self)
{
  g_autoptr(KvarRecord) row = kvar_grid_get_cursor_item (self->grid);

  if (self->edits == NULL)
    return;

  g_clear_pointer (&self->told, g_free);
  kvar_row_edits_enter (self->edits, row);
  if (self->list != NULL)
    kvar_row_edits_settle (self->edits, self->list);
  kvar_records_page_update_editing (self);
}

/* Out of sight, the row is left. While nobody is signed in it waits as it is: what is typed is
 * kept, and the place where it was typed comes back. */
static void
unmapped_cb (KvarRecordsPage *self)
{
  KvarWorkspace *workspace = kvar_page_get_workspace (KVAR_PAGE (self));

  if (self->edits == NULL || !kvar_session_is_usable (kvar_workspace_get_session (workspace)))
    return;

  kvar_grid_commit (self->grid);
  kvar_row_edits_leave (self->edits);
}

static void
mapped_cb (KvarRecordsPage *self)
{
  if (self->edits == NULL)
    return;

  kvar_records_page_enter_row (self);
  kvar_grid_update_items (self->grid);
}

/**
 * kvar_records_page_set_edit_mode:
 *
 * Off, the row is left, and so saved.
 */
void
kvar_records_page_set_edit_mode (KvarRecordsPage *self,
                                 gboolean         editing)
{
  g_autoptr(KvarRecord) row = kvar_grid_get_cursor_item (self->grid);

  if (editing == kvar_grid_get_edit_mode (self->grid))
    return;

  kvar_grid_set_edit_mode (self->grid, editing);
  g_simple_action_set_state (find_action (self, "edit-in-list"), g_variant_new_boolean (editing));
  if (self->edits != NULL && !editing)
    {
      kvar_row_edits_leave (self->edits);
      kvar_row_edits_enter (self->edits, row);
    }
  set_told (self, editing ? NULL : self->told);
  kvar_page_view_changed (KVAR_PAGE (self));
}

static void
edit_in_list_state_cb (GSimpleAction *action,
                       GVariant      *state,
                       gpointer       user_data)
{
  KvarRecordsPage *self = user_data;

  kvar_records_page_set_edit_mode (self, g_variant_get_boolean (state));
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static void
save_activated_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  KvarRecordsPage *self = user_data;

  kvar_grid_commit (self->grid);
  kvar_row_edits_save (self->edits);
}

static void
undo_activated_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  KvarRecordsPage *self = user_data;

  g_clear_pointer (&self->told, g_free);
  kvar_row_edits_undo (self->edits);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static void
redo_activated_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  KvarRecordsPage *self = user_data;

  g_clear_pointer (&self->told, g_free);
  kvar_row_edits_redo (self->edits);
}

static const GActionEntry actions[] = {
  { "edit-in-list", NULL, NULL, "false", edit_in_list_state_cb },
  { "save", save_activated_cb },
  { "undo-row", undo_activated_cb },
  { "redo-row", redo_activated_cb },
};

void
kvar_records_page_install_editing (KvarRecordsPage *self)
{
  g_action_map_add_action_entries (kvar_page_get_actions (KVAR_PAGE (self)),
                                   actions, G_N_ELEMENTS (actions), self);
  g_signal_connect_object (self->grid, "cursor-moved", G_CALLBACK (cursor_moved_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid, "notify::editor", G_CALLBACK (editor_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid, "map", G_CALLBACK (mapped_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid, "unmap", G_CALLBACK (unmapped_cb), self,
                           G_CONNECT_SWAPPED);
  kvar_records_page_update_editing (self);
}

/* Once the table is known. */
void
kvar_records_page_begin_editing (KvarRecordsPage *self)
{
  self->edits = kvar_row_edits_new (kvar_page_get_workspace (KVAR_PAGE (self)), self->table);
  g_signal_connect_object (self->edits, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->edits, "told", G_CALLBACK (set_told), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->edits, "conflict", G_CALLBACK (conflict_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->edits, "sign-in", G_CALLBACK (sign_in_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->edits, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  kvar_records_page_update_editing (self);
}

/* The rows of @list, and those below that are not saved yet. */
GListModel *
kvar_records_page_make_rows (KvarRecordsPage *self,
                             KvarRecordList  *list)
{
  g_autoptr(GListStore) parts = g_list_store_new (G_TYPE_LIST_MODEL);

  g_list_store_append (parts, list);
  g_list_store_append (parts, kvar_row_edits_get_new_rows (self->edits));

  return G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (g_steal_pointer (&parts))));
}

/* Before other rows take the place of those that are shown. */
void
kvar_records_page_leave_row (KvarRecordsPage *self)
{
  if (self->edits == NULL)
    return;

  kvar_grid_commit (self->grid);
  kvar_row_edits_leave (self->edits);
}

/* The cursor is in a row again. */
void
kvar_records_page_enter_row (KvarRecordsPage *self)
{
  g_autoptr(KvarRecord) row = kvar_grid_get_cursor_item (self->grid);

  if (self->edits == NULL)
    return;

  kvar_row_edits_enter (self->edits, row);
  kvar_records_page_update_editing (self);
}

/**
 * kvar_records_page_forget_edits:
 *
 * The list is refreshed: nothing stays where it was edited.
 */
void
kvar_records_page_forget_edits (KvarRecordsPage *self)
{
  if (self->list != NULL)
    kvar_record_list_hold (self->list, NULL);
  if (self->edits != NULL)
    kvar_row_edits_forget_saved (self->edits);
}

/**
 * kvar_records_page_add_row:
 *
 * Begins a new record in a row of its own, below the others.
 */
void
kvar_records_page_add_row (KvarRecordsPage *self)
{
  GListModel *rows = kvar_grid_get_model (self->grid);
  KvarRecord *row = NULL;

  if (rows == NULL)
    return;

  kvar_grid_commit (self->grid);
  row = kvar_row_edits_add_row (self->edits);
  kvar_records_page_update_status (self);
  for (guint i = g_list_model_get_n_items (rows); i > 0; i--)
    {
      g_autoptr(KvarRecord) other = g_list_model_get_item (rows, i - 1);

      if (other != row)
        continue;

      if (!kvar_grid_go_to_editable (self->grid, i - 1))
        kvar_grid_set_cursor (self->grid, i - 1, NULL);
      break;
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}
