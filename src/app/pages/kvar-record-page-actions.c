/* kvar-record-page-actions.c: the record page's verbs, and when they make sense
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-record-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-record-page-private.h"
#include "kvar-record-print.h"

static void
save_activated_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  kvar_record_page_save (user_data);
}

static void
save_unseen_activated_cb (GSimpleAction *action,
                          GVariant      *parameter,
                          gpointer       user_data)
{
  kvar_record_page_save_unseen (user_data);
}

static void
refresh_activated_cb (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  kvar_record_page_refresh (user_data);
}

static void
cancel_activated_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  g_cancellable_cancel (KVAR_RECORD_PAGE (user_data)->cancellable);
}

static void
new_activated_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  KvarRecordPage *self = user_data;
  g_autoptr(KvarRoute) route = kvar_route_new_new_record (kvar_table_get_name (self->table));
  g_autofree char *text = kvar_route_to_string (route);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.navigate", "s", text);
}

static void
next_activated_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  kvar_record_page_step (user_data, 1);
}

static void
previous_activated_cb (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  kvar_record_page_step (user_data, -1);
}

static void
next_problem_activated_cb (GSimpleAction *action,
                           GVariant      *parameter,
                           gpointer       user_data)
{
  kvar_form_focus_problem (KVAR_RECORD_PAGE (user_data)->form, FALSE);
}

static void
previous_problem_activated_cb (GSimpleAction *action,
                               GVariant      *parameter,
                               gpointer       user_data)
{
  kvar_form_focus_problem (KVAR_RECORD_PAGE (user_data)->form, TRUE);
}

static void
discard_activated_cb (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  kvar_record_page_discard (user_data);
}

static void
delete_activated_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  kvar_record_page_delete (user_data);
}

static void
undo_activated_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  kvar_record_page_undo (user_data);
}

static void
compare_activated_cb (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  kvar_record_page_compare (user_data);
}

static void
leave_compare_activated_cb (GSimpleAction *action,
                            GVariant      *parameter,
                            gpointer       user_data)
{
  kvar_record_page_leave_compare (user_data);
}

static void
save_combined_activated_cb (GSimpleAction *action,
                            GVariant      *parameter,
                            gpointer       user_data)
{
  kvar_record_page_save_combined (user_data);
}

static void
use_theirs_activated_cb (GSimpleAction *action,
                         GVariant      *parameter,
                         gpointer       user_data)
{
  kvar_record_page_use_theirs (user_data);
}

static void
save_and_new_activated_cb (GSimpleAction *action,
                           GVariant      *parameter,
                           gpointer       user_data)
{
  kvar_record_page_save_and_new (user_data);
}

static void
save_and_next_activated_cb (GSimpleAction *action,
                            GVariant      *parameter,
                            gpointer       user_data)
{
  kvar_record_page_save_and_next (user_data);
}

static void
duplicate_activated_cb (GSimpleAction *action,
                        GVariant      *parameter,
                        gpointer       user_data)
{
  kvar_record_page_duplicate (user_data);
}

static void
create_again_activated_cb (GSimpleAction *action,
                           GVariant      *parameter,
                           gpointer       user_data)
{
  kvar_record_page_create_again (user_data);
}

static void
copy_draft_activated_cb (GSimpleAction *action,
                         GVariant      *parameter,
                         gpointer       user_data)
{
  kvar_record_page_copy_draft (user_data);
}

static void
fill_from_previous_activated_cb (GSimpleAction *action,
                                 GVariant      *parameter,
                                 gpointer       user_data)
{
  kvar_record_page_fill_from_previous (user_data);
}

static void
set_default_activated_cb (GSimpleAction *action,
                          GVariant      *parameter,
                          gpointer       user_data)
{
  kvar_record_page_set_default (user_data);
}

/* With a name that one, else the field that has the focus. */
static void
toggle_pin_activated_cb (GSimpleAction *action,
                         GVariant      *parameter,
                         gpointer       user_data)
{
  KvarRecordPage *self = user_data;
  const char *name = g_variant_get_string (parameter, NULL);
  KvarField *field = kvar_form_get_last_field (self->form);

  if (*name == '\0' && field != NULL)
    name = kvar_column_get_name (kvar_field_get_column (field));
  if (*name != '\0')
    kvar_record_page_toggle_pin (self, name);
}

static void
call_function_activated_cb (GSimpleAction *action,
                            GVariant      *parameter,
                            gpointer       user_data)
{
  kvar_record_page_call (user_data, g_variant_get_string (parameter, NULL));
}

static void
menu_activated_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  gtk_menu_button_popup (KVAR_RECORD_PAGE (user_data)->menu_button);
}

static void
print_activated_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  KvarRecordPage *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  /* How dates are written follows the person's country, not the language of the window. */
  g_autofree char *printed_at = g_date_time_format (now, "%x %H:%M");
  g_autoptr(GtkPrintOperation) operation = NULL;
  g_autoptr(GError) error = NULL;

  kvar_form_commit (self->form);
  operation = kvar_record_print_new_operation (self->draft, printed_at);
  gtk_print_operation_set_allow_async (operation, TRUE);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                               GTK_WINDOW (root), &error) != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;

  g_info ("Nothing was printed: %s", error->message);
  kvar_record_page_set_problem (self, _("This record couldn't be printed."));
}

static const GActionEntry actions[] = {
  { "save", save_activated_cb },
  { "save-unseen", save_unseen_activated_cb },
  { "refresh", refresh_activated_cb },
  { "cancel-loading", cancel_activated_cb },
  { "new-record", new_activated_cb },
  { "next-record", next_activated_cb },
  { "previous-record", previous_activated_cb },
  { "next-problem", next_problem_activated_cb },
  { "previous-problem", previous_problem_activated_cb },
  { "discard", discard_activated_cb },
  { "delete", delete_activated_cb },
  { "undo", undo_activated_cb },
  { "compare", compare_activated_cb },
  { "leave-compare", leave_compare_activated_cb },
  { "save-combined", save_combined_activated_cb },
  { "use-theirs", use_theirs_activated_cb },
  { "save-and-new", save_and_new_activated_cb },
  { "save-and-next", save_and_next_activated_cb },
  { "duplicate", duplicate_activated_cb },
  { "create-again", create_again_activated_cb },
  { "copy-draft", copy_draft_activated_cb },
  { "fill-from-previous", fill_from_previous_activated_cb },
  { "set-default", set_default_activated_cb },
  { "toggle-pin", toggle_pin_activated_cb, "s" },
  { "call-function", call_function_activated_cb, "s" },
  { "menu", menu_activated_cb },
  { "print", print_activated_cb },
};

void
kvar_record_page_install_actions (KvarRecordPage *self)
{
  g_action_map_add_action_entries (kvar_page_get_actions (KVAR_PAGE (self)),
                                   actions, G_N_ELEMENTS (actions), self);
}

static void
enable (KvarRecordPage *self,
        const char     *name,
        gboolean        enabled)
{
  GAction *action = g_action_map_lookup_action (kvar_page_get_actions (KVAR_PAGE (self)), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

void
kvar_record_page_update_actions (KvarRecordPage *self)
{
  KvarRecordList *list = kvar_record_page_get_list (self);
  gboolean editable = self->draft != NULL && self->table != NULL &&
                      (kvar_draft_is_new (self->draft) ? kvar_table_can_insert (self->table)
                                                       : kvar_table_can_update (self->table));
  gboolean changed = self->draft != NULL && kvar_draft_get_changed (self->draft);
  gboolean deletes = self->draft != NULL && kvar_draft_get_deletes (self->draft);
  gboolean sending = self->draft != NULL && kvar_outbox_get_sending (
    kvar_workspace_get_outbox (kvar_page_get_workspace (KVAR_PAGE (self)))) == self->draft;
  guint position = 0;
  gboolean listed = kvar_record_page_find_position (self, &position);

  enable (self, "save", editable && !deletes && (changed || kvar_draft_is_new (self->draft)));
  enable (self, "discard", changed && !sending);
  enable (self, "compare", changed || (self->draft != NULL &&
                                       kvar_draft_get_theirs (self->draft) != NULL));
  enable (self, "delete", self->draft != NULL && !kvar_draft_is_new (self->draft) && !deletes &&
                          !sending && kvar_table_can_delete (self->table));
  enable (self, "new-record", self->table != NULL && kvar_table_can_insert (self->table));
  enable (self, "previous-record", listed && position > 0);
  enable (self, "next-record",
          listed && (position + 1 < g_list_model_get_n_items (G_LIST_MODEL (list)) ||
                     !kvar_record_list_get_complete (list)));
  enable (self, "save-and-new", editable && !deletes && kvar_table_can_insert (self->table));
  enable (self, "save-and-next", editable && !deletes && listed);
  enable (self, "duplicate", self->draft != NULL && kvar_table_can_insert (self->table));
  enable (self, "fill-from-previous", editable && !deletes && !self->denied);
  enable (self, "set-default", editable && !deletes && !self->denied);
  enable (self, "toggle-pin", editable);
  enable (self, "print", self->draft != NULL);
  gtk_widget_set_visible (self->save_button, self->draft == NULL || editable);
  kvar_record_page_update_functions (self);
  kvar_record_page_update_position (self);
}
