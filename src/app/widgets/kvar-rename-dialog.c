/* kvar-rename-dialog.c: asks what a person wants to call a table or a column
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing is renamed in the project: the name is one person's, on one computer.
 */

#define G_LOG_DOMAIN "kvar-rename-dialog"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-error-text.h"
#include "widgets/kvar-rename-dialog.h"

typedef struct
{
  GtkWidget     *entry;        /* (not owned) the dialog holds both */
  GtkWidget     *parent;       /* (not owned) goes with the dialog */
  KvarWorkspace *workspace;
  char          *table;
  char          *column;       /* (nullable) */
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_object_unref (asked->workspace);
  g_free (asked->table);
  g_free (asked->column);
  g_free (asked);
}

static void
response_cb (Asked      *asked,
             const char *response)
{
  KvarSchemaLoader *loader = kvar_workspace_get_loader (asked->workspace);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (!g_str_equal (response, "save") ||
      kvar_schema_loader_rename (loader, asked->table, asked->column,
                                 gtk_editable_get_text (GTK_EDITABLE (asked->entry)), &error))
    return;

  text = kvar_error_text (error);
  gtk_widget_activate_action (asked->parent, "win.toast", "s", text);
}

static GtkWidget *
entry_new (const char *title,
           const char *own_title)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (entry), title);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), own_title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Name"), -1);

  return entry;
}

static GtkWidget *
dialog_new (GtkWidget  *parent,
            const char *heading,
            const char *name)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (root), heading, NULL);
  g_autofree char *body = NULL;

  /* Translators: %s is a name in a database, such as "due_on". */
  body = g_strdup_printf (_("Only for you, on this computer. In the project it stays “%s”. Leave "
                            "it empty for the project's own name."), name);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"),
                                    "save", _("_Rename"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");

  return dialog;
}

/**
 * kvar_rename_dialog_present:
 * @table: the name of a table
 * @column: (nullable): the name of one of its columns, %NULL for the table itself
 *
 * Asks for another name, and has it shown everywhere. Does nothing if there is no such thing.
 */
void
kvar_rename_dialog_present (GtkWidget     *parent,
                            KvarWorkspace *workspace,
                            const char    *table,
                            const char    *column)
{
  KvarSchema *schema = kvar_workspace_get_schema (workspace);
  KvarTable *found = schema != NULL ? kvar_schema_find_table (schema, table) : NULL;
  KvarColumn *part = found != NULL && column != NULL ? kvar_table_find_column (found, column)
                                                     : NULL;
  Asked *asked = NULL;
  GtkWidget *dialog = NULL;

  if (found == NULL || (column != NULL && part == NULL))
    return;

  dialog = dialog_new (parent, part != NULL ? _("Rename Column Here") : _("Rename Table Here"),
                       part != NULL ? column : table);
  asked = g_new0 (Asked, 1);
  asked->parent = GTK_WIDGET (gtk_widget_get_root (parent));
  asked->workspace = g_object_ref (workspace);
  asked->table = g_strdup (table);
  asked->column = g_strdup (column);
  asked->entry = part != NULL ? entry_new (kvar_column_get_title (part), column)
                              : entry_new (kvar_table_get_title (found), table);
  g_object_set_data_full (G_OBJECT (dialog), "kvar-asked", asked, asked_free);

  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), asked->entry);
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (response_cb), asked);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (asked->entry);
}
