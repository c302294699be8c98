/* kvar-records-page-functions.c: what can be done with the selected records at once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records-page"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-batch-dialog.h"
#include "kvar-records-page-private.h"

/* (nullable): also while the page is being made. */
static KvarSchema *
get_schema (KvarRecordsPage *self)
{
  KvarWorkspace *workspace = kvar_page_get_workspace (KVAR_PAGE (self));

  return workspace != NULL ? kvar_workspace_get_schema (workspace) : NULL;
}

/* What was done shows, and those that it was not done to stay selected. */
static void
batch_state_cb (KvarRecordsPage   *self,
                GParamSpec        *pspec,
                KvarFunctionBatch *batch)
{
  GListModel *items = kvar_function_batch_get_items (batch);
  KvarGridSelection *selection = kvar_grid_get_selection (self->grid);

  if (kvar_function_batch_get_state (batch) != KVAR_BATCH_ENDED || self->list == NULL)
    return;

  kvar_grid_selection_clear (selection);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr(KvarBatchItem) item = g_list_model_get_item (items, i);
      guint position;

      if (kvar_batch_item_get_state (item) != KVAR_BATCH_ITEM_DONE &&
          kvar_record_list_find_key (self->list, kvar_batch_item_get_key (item), &position))
        kvar_grid_selection_toggle (selection, position);
    }
  kvar_record_list_reload (self->list);
}

static void
call_selected_activated_cb (GSimpleAction *action,
                            GVariant      *parameter,
                            gpointer       user_data)
{
  KvarRecordsPage *self = user_data;
  KvarWorkspace *workspace = kvar_page_get_workspace (KVAR_PAGE (self));
  KvarSchema *schema = get_schema (self);
  KvarFunction *function = NULL;
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(KvarFunctionBatch) batch = NULL;

  if (schema != NULL)
    function = kvar_schema_find_function (schema, g_variant_get_string (parameter, NULL));
  if (function == NULL || self->list == NULL)
    return;

  records = kvar_records_page_list_selected (self);
  batch = kvar_function_batch_new (kvar_workspace_get_session (workspace),
                                   kvar_workspace_get_runs (workspace), function, records);
  if (!kvar_function_batch_fits (batch))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s",
                                  _("This can't be done with these records. "
                                    "Tell your administrator."));
      return;
    }

  g_signal_connect_object (batch, "notify::state", G_CALLBACK (batch_state_cb), self,
                           G_CONNECT_SWAPPED);
  kvar_batch_dialog_present (GTK_WIDGET (self), workspace, self->table, batch);
}

static const GActionEntry actions[] = {
  { "call-selected", call_selected_activated_cb, "s" },
};

void
kvar_records_page_install_functions (KvarRecordsPage *self)
{
  g_action_map_add_action_entries (kvar_page_get_actions (KVAR_PAGE (self)),
                                   actions, G_N_ELEMENTS (actions), self);
}

static void
append_function (KvarRecordsPage *self,
                 KvarFunction    *function)
{
  g_auto(GStrv) parts = g_strsplit (kvar_function_get_title (function), "_", -1);
  g_autofree char *escaped = g_strjoinv ("__", parts);
  g_autofree char *label = g_strconcat (escaped, "…", NULL);
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "page.call-selected", "s",
                                     kvar_function_get_name (function));
  g_menu_append_item (self->functions_section, item);
}

static void
list_functions (KvarRecordsPage *self,
                KvarSchema      *schema)
{
  g_autoptr(GPtrArray) functions = NULL;

  g_menu_remove_all (self->functions_section);
  functions = kvar_schema_list_actions (schema, kvar_table_get_name (self->table));
  for (guint i = 0; i < functions->len; i++)
    append_function (self, g_ptr_array_index (functions, i));
}

/**
 * kvar_records_page_update_functions:
 *
 * Lets the menu follow the schema, and the selection: all that match cannot be called for, as
 * they are not loaded.
 */
void
kvar_records_page_update_functions (KvarRecordsPage *self)
{
  KvarSchema *schema = get_schema (self);
  GAction *action = g_action_map_lookup_action (kvar_page_get_actions (KVAR_PAGE (self)),
                                                "call-selected");
  guint n_key = 0;

  if (self->table != NULL)
    kvar_table_get_key (self->table, &n_key);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action),
                               n_key > 0 && !kvar_records_page_get_all_matching (self) &&
                               kvar_records_page_get_n_selected (self) > 0);
  if (schema != NULL && self->table != NULL && g_set_object (&self->functions_schema, schema))
    list_functions (self, schema);
}
