/* kvar-view-dialog.c: asks what a view is to be called
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-view-dialog"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-view-dialog.h"

typedef struct
{
  AdwMessageDialog  *dialog;    /* (not owned) it holds this */
  GtkWidget         *entry;
  char              *before;    /* (nullable) the name that it has */
  char              *table;
  KvarBookmarkList  *views;
  KvarViewNamedFunc  named;
  GWeakRef           owner;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_free (asked->before);
  g_free (asked->table);
  g_object_unref (asked->views);
  g_weak_ref_clear (&asked->owner);
  g_free (asked);
}

static char *
dup_name (Asked *asked)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (asked->entry))));
}

/* A name is given once in a table, and nobody loses a view by surprise. */
static void
typed_cb (Asked *asked)
{
  g_autofree char *name = dup_name (asked);
  gboolean taken = *name != '\0' && g_strcmp0 (name, asked->before) != 0 &&
                   kvar_bookmark_list_find (asked->views, asked->table, name) != NULL;

  adw_message_dialog_set_response_enabled (asked->dialog, "save", *name != '\0');
  adw_message_dialog_set_response_label (asked->dialog, "save",
                                         taken ? _("_Replace") : _("_Save"));
  adw_message_dialog_set_body (asked->dialog,
                               taken ? _("There is a view with this name. It will be replaced.")
                                     : "");
}

static void
response_cb (Asked      *asked,
             const char *response)
{
  g_autoptr(GObject) owner = g_weak_ref_get (&asked->owner);
  g_autofree char *name = dup_name (asked);

  if (owner != NULL && g_str_equal (response, "save") && *name != '\0')
    asked->named (name, owner);
}

/**
 * kvar_view_dialog_present:
 * @name: (nullable): the name that it has
 * @table: whose view it is
 * @named: is called with the name, unless the person thinks better of it
 * @owner: given to @named, as long as it lives
 */
void
kvar_view_dialog_present (GtkWidget         *parent,
                          const char        *heading,
                          const char        *name,
                          const char        *table,
                          KvarBookmarkList  *views,
                          KvarViewNamedFunc  named,
                          GObject           *owner)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (root), heading, NULL);
  Asked *asked = g_new0 (Asked, 1);

  asked->dialog = ADW_MESSAGE_DIALOG (dialog);
  asked->entry = gtk_entry_new ();
  asked->before = g_strdup (name);
  asked->table = g_strdup (table);
  asked->views = g_object_ref (views);
  asked->named = named;
  g_weak_ref_init (&asked->owner, owner);
  g_object_set_data_full (G_OBJECT (dialog), "kvar-asked", asked, asked_free);

  adw_message_dialog_add_responses (asked->dialog, "cancel", _("_Cancel"), "save", _("_Save"),
                                    NULL);
  adw_message_dialog_set_response_appearance (asked->dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (asked->dialog, "save");
  adw_message_dialog_set_close_response (asked->dialog, "cancel");
  adw_message_dialog_set_extra_child (asked->dialog, asked->entry);
  gtk_entry_set_activates_default (GTK_ENTRY (asked->entry), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (asked->entry), name != NULL ? name : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (asked->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name of the view"), -1);
  g_signal_connect_swapped (asked->entry, "changed", G_CALLBACK (typed_cb), asked);
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (response_cb), asked);
  typed_cb (asked);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (asked->entry);
}
