/* kvar-records-page-key.c: by what the records are told apart, where the project does not say
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-records-page"

#include "config.h"

#include "kvar-error-text.h"
#include "kvar-key-dialog.h"
#include "kvar-records-page-private.h"
#include "widgets/kvar-cell-field.h"

static KvarSchemaLoader *
get_loader (KvarRecordsPage *self)
{
  return kvar_workspace_get_loader (kvar_page_get_workspace (KVAR_PAGE (self)));
}

/* The rows are loaded anew: their key comes along from now on. */
static void
chosen_cb (const char *const *columns,
           gpointer           user_data)
{
  KvarRecordsPage *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (!kvar_schema_loader_set_key (get_loader (self), self->table, columns, &error))
    {
      text = kvar_error_text (error);
      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", text);
    }
  kvar_records_page_load_columns (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static void
choose_key_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  KvarRecordsPage *self = user_data;

  kvar_key_dialog_present (GTK_WIDGET (self), self->table, chosen_cb, G_OBJECT (self));
}

static const GActionEntry actions[] = {
  { "choose-key", choose_key_cb },
};

void
kvar_records_page_install_key (KvarRecordsPage *self)
{
  g_action_map_add_action_entries (kvar_page_get_actions (KVAR_PAGE (self)),
                                   actions, G_N_ELEMENTS (actions), self);
}

/**
 * kvar_records_page_can_choose_key:
 *
 * Returns: whether it is for the person to say what tells the records apart
 */
gboolean
kvar_records_page_can_choose_key (KvarRecordsPage *self)
{
  return self->table != NULL && kvar_schema_loader_can_choose_key (get_loader (self), self->table);
}

/**
 * kvar_records_page_tell_no_key:
 *
 * Says why a record cannot be opened.
 */
void
kvar_records_page_tell_no_key (KvarRecordsPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s",
                              kvar_cell_field_explain (KVAR_CELL_NO_KEY));
}
