/* kvar-key-dialog.c: asks which columns tell the records of a table apart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-key-dialog"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-key-dialog.h"

/* What a dialog has room for, in pixels; more is scrolled. */
#define LIST_HEIGHT 320

typedef struct
{
  AdwMessageDialog  *dialog;    /* (not owned) it holds this */
  GtkListBox        *box;       /* (not owned) goes with the dialog */
  KvarTable         *table;
  KvarKeyChosenFunc  chosen;
  GWeakRef           owner;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_object_unref (asked->table);
  g_weak_ref_clear (&asked->owner);
  g_free (asked);
}

/* The names of the columns that are ticked, in the table's order. */
static char **
list_ticked (Asked *asked)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  GtkListBoxRow *row = NULL;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (asked->box, i)) != NULL; i++)
    {
      GtkWidget *check = adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row));

      if (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
        g_strv_builder_add (names, gtk_widget_get_name (GTK_WIDGET (row)));
    }

  return g_strv_builder_end (names);
}

static void
ticked_cb (Asked *asked)
{
  g_auto(GStrv) names = list_ticked (asked);

  adw_message_dialog_set_response_enabled (asked->dialog, "save", names[0] != NULL);
}

static void
response_cb (Asked      *asked,
             const char *response)
{
  g_autoptr(GObject) owner = g_weak_ref_get (&asked->owner);
  g_auto(GStrv) names = list_ticked (asked);

  if (owner != NULL && g_str_equal (response, "save") && names[0] != NULL)
    asked->chosen ((const char *const *) names, owner);
}

static void
append_row (Asked      *asked,
            KvarColumn *column)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW,
                                 "use-markup", FALSE,
                                 "title", kvar_column_get_title (column),
                                 "name", kvar_column_get_name (column),
                                 "activatable-widget", check,
                                 NULL);

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               kvar_table_is_key_column (asked->table, column));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  kvar_column_get_title (column), -1);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (ticked_cb), asked);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  gtk_list_box_append (asked->box, row);
}

static GtkWidget *
columns_new (Asked *asked)
{
  GtkWidget *box = gtk_list_box_new ();

  asked->box = GTK_LIST_BOX (box);
  gtk_list_box_set_selection_mode (asked->box, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (box, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Columns"), -1);
  for (guint i = 0; i < kvar_table_get_n_columns (asked->table); i++)
    {
      KvarColumn *column = kvar_table_get_column (asked->table, i);

      if (kvar_column_get_can_select (column) &&
          kvar_type_has_equality (kvar_column_get_column_type (column)))
        append_row (asked, column);
    }

  return g_object_new (GTK_TYPE_SCROLLED_WINDOW,
                       "child", box,
                       "hscrollbar-policy", GTK_POLICY_NEVER,
                       "propagate-natural-height", TRUE,
                       "max-content-height", LIST_HEIGHT,
                       NULL);
}

/**
 * kvar_key_dialog_present:
 * @chosen: is called with the names of the columns, unless the person thinks better of it
 * @owner: given to @chosen, as long as it lives
 */
void
kvar_key_dialog_present (GtkWidget         *parent,
                         KvarTable         *table,
                         KvarKeyChosenFunc  chosen,
                         GObject           *owner)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (root), _("Key of the Records"), NULL);
  Asked *asked = g_new0 (Asked, 1);

  asked->dialog = ADW_MESSAGE_DIALOG (dialog);
  asked->table = g_object_ref (table);
  asked->chosen = chosen;
  g_weak_ref_init (&asked->owner, owner);
  g_object_set_data_full (G_OBJECT (dialog), "kvar-asked", asked, asked_free);

  adw_message_dialog_set_body (asked->dialog,
                               _("The project doesn't say what tells these records apart. Choose "
                                 "one column, or several that do so together. Then the records "
                                 "can be opened, and changed where you may."));
  adw_message_dialog_add_responses (asked->dialog, "cancel", _("_Cancel"), "save", _("_Save"),
                                    NULL);
  adw_message_dialog_set_response_appearance (asked->dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (asked->dialog, "cancel");
  adw_message_dialog_set_extra_child (asked->dialog, columns_new (asked));
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (response_cb), asked);
  ticked_cb (asked);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_child_focus (GTK_WIDGET (asked->box), GTK_DIR_TAB_FORWARD);
}
