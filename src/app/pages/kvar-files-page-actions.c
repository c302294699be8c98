/* kvar-files-page-actions.c: the files page's verbs: open, save, delete, upload, up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-files-page"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "kvar-error-text.h"
#include "kvar-file-take.h"
#include "pages/kvar-files-page-private.h"
#include "storage/kvar-file-name.h"

static KvarWorkspace *
get_workspace (KvarFilesPage *self)
{
  return kvar_page_get_workspace (KVAR_PAGE (self));
}

static KvarSession *
get_session (KvarFilesPage *self)
{
  return kvar_workspace_get_session (get_workspace (self));
}

static GtkWindow *
get_window (KvarFilesPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
upload (KvarFilesPage *self,
        GFile         *source,
        const char    *bucket,
        const char    *key)
{
  KvarFiles *files = kvar_workspace_get_files (get_workspace (self));
  g_autoptr(KvarTransfer) transfer = NULL;

  transfer = kvar_transfer_new_upload (get_session (self), bucket, key, source, FALSE);
  kvar_errand_list_start (kvar_files_get_transfers (files), KVAR_ERRAND (transfer));
}

/* Opening and saving */

static void
navigate (KvarFilesPage *self,
          KvarRoute     *route)
{
  g_autofree char *text = kvar_route_to_string (route);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.navigate", "s", text);
}

void
kvar_files_page_open (KvarFilesPage *self,
                      KvarFileEntry *entry)
{
  const char *bucket = kvar_file_entry_get_bucket (entry);
  const char *key = kvar_file_entry_get_key (entry);
  g_autoptr(KvarRoute) route = NULL;

  if (!kvar_file_entry_is_folder (entry))
    {
      kvar_file_take_open (GTK_WIDGET (self), get_workspace (self), bucket, key,
                           kvar_file_entry_get_content_type (entry), NULL);
      return;
    }

  route = kvar_route_new_file (bucket, self->buckets == NULL ? key : NULL);
  navigate (self, route);
}

void
kvar_files_page_save_as (KvarFilesPage *self,
                         KvarFileEntry *entry)
{
  kvar_file_take_save (GTK_WIDGET (self), get_workspace (self),
                       kvar_file_entry_get_bucket (entry), kvar_file_entry_get_key (entry), NULL);
}

/* Deleting: asked first, since it is for everybody. */

static void
deleted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(KvarFilesPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (kvar_file_list_delete_finish (KVAR_FILE_LIST (object), result, &error))
    return;

  text = kvar_error_text (error);
  kvar_files_page_say (self, text);
}

static void
delete_response_cb (GtkWidget     *dialog,
                    const char    *response,
                    KvarFilesPage *self)
{
  KvarFileEntry *entry = g_object_get_data (G_OBJECT (dialog), "kvar-entry");

  if (g_str_equal (response, "delete") && self->list != NULL)
    kvar_file_list_delete_async (self->list, entry, deleted_cb, g_object_ref (self));
}

void
kvar_files_page_delete (KvarFilesPage *self,
                        KvarFileEntry *entry)
{
  GtkWidget *dialog = NULL;
  g_autofree char *heading = NULL;

  /* Translators: %s is the name of a file. */
  heading = g_strdup_printf (_("Delete “%s”?"), kvar_file_entry_get_name (entry));
  dialog = adw_message_dialog_new (get_window (self), heading,
                                   _("The file is deleted for everybody. This can't be undone."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"),
                                    "delete", _("_Delete"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "kvar-entry", g_object_ref (entry), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (delete_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Uploading: chosen → a name that the server takes → on its way. */

static char *
join_key (KvarFilesPage *self,
          const char    *name)
{
  const char *folder = kvar_file_list_get_folder (self->list);

  return *folder == '\0' ? g_strdup (name) : g_strconcat (folder, "/", name, NULL);
}

static void
name_typed_cb (GtkEditable      *entry,
               AdwMessageDialog *dialog)
{
  adw_message_dialog_set_response_enabled (dialog, "upload",
                                           kvar_file_name_is_key (gtk_editable_get_text (entry)));
}

static void
name_response_cb (AdwMessageDialog *dialog,
                  const char       *response,
                  KvarFilesPage    *self)
{
  GtkEditable *entry = GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog));
  GFile *source = g_object_get_data (G_OBJECT (dialog), "kvar-file");
  g_autofree char *key = NULL;

  if (!g_str_equal (response, "upload") || self->list == NULL)
    return;

  key = join_key (self, gtk_editable_get_text (entry));
  upload (self, source, kvar_file_list_get_bucket (self->list), key);
}

/* Names in other letters than the server takes: one that resembles it is proposed. */
static void
ask_name (KvarFilesPage *self,
          GFile         *source,
          const char    *name,
          const char    *proposed)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *dialog = NULL;
  g_autofree char *body = NULL;

  /* Translators: %s is the name of a file. */
  body = g_strdup_printf (_("“%s” has signs that the server doesn't take in a name. The name is "
                            "kept beside the file."), name);
  dialog = adw_message_dialog_new (get_window (self), _("Upload under another name?"), body);
  gtk_editable_set_text (GTK_EDITABLE (entry), proposed);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Name on the server"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"),
                                    "upload", _("_Upload"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "upload",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "upload");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "kvar-file", g_object_ref (source), g_object_unref);
  g_signal_connect_object (entry, "changed", G_CALLBACK (name_typed_cb), dialog, 0);
  g_signal_connect_object (dialog, "response", G_CALLBACK (name_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
upload_file (KvarFilesPage *self,
             GFile         *source)
{
  g_autofree char *name = g_file_get_basename (source);
  g_autofree char *key = NULL;

  if (!kvar_file_name_is_key (name))
    {
      g_autofree char *proposed = kvar_file_name_for_key (name);

      ask_name (self, source, name, proposed);
      return;
    }

  key = join_key (self, name);
  upload (self, source, kvar_file_list_get_bucket (self->list), key);
}

static void
upload_chosen_cb (GtkNativeDialog *dialog,
                  int              response,
                  KvarFilesPage   *self)
{
  g_autoptr(GListModel) files = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr(GFile) file = g_list_model_get_item (files, i);

      upload_file (self, file);
    }
  g_clear_object (&self->chooser);
}

static void
upload_activated (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  KvarFilesPage *self = KVAR_FILES_PAGE (user_data);

  if (self->chooser != NULL || self->list == NULL)
    return;

  self->chooser = gtk_file_chooser_native_new (_("Upload Files"), get_window (self),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Upload"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (upload_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* For scripts and tests, as the record page's own actions are: a path instead of a chooser. */
static void
upload_file_activated (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  KvarFilesPage *self = KVAR_FILES_PAGE (user_data);
  g_autoptr(GFile) file = g_file_new_for_path (g_variant_get_string (parameter, NULL));

  if (self->list != NULL)
    upload_file (self, file);
}

static void
up_activated (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  KvarFilesPage *self = KVAR_FILES_PAGE (user_data);
  g_autoptr(KvarRoute) route = NULL;
  const char *folder = self->list != NULL ? kvar_file_list_get_folder (self->list) : "";
  const char *slash = strrchr (folder, '/');
  g_autofree char *parent = slash != NULL ? g_strndup (folder, slash - folder) : NULL;

  if (*folder == '\0')
    route = kvar_route_new_place (KVAR_PLACE_FILES);
  else
    route = kvar_route_new_file (kvar_file_list_get_bucket (self->list), parent);
  navigate (self, route);
}

static void
refresh_activated (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  KvarFilesPage *self = KVAR_FILES_PAGE (user_data);

  kvar_session_poke (get_session (self));
  if (self->buckets != NULL)
    kvar_bucket_list_refresh (self->buckets);
  else if (self->list != NULL)
    kvar_file_list_refresh (self->list);
}

static void
search_activated (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  KvarFilesPage *self = KVAR_FILES_PAGE (user_data);

  if (self->list != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static const GActionEntry actions[] = {
  { "upload", upload_activated },
  { "upload-file", upload_file_activated, "s" },
  { "up", up_activated },
  { "refresh", refresh_activated },
  { "search", search_activated },
};

void
kvar_files_page_install_actions (KvarFilesPage *self)
{
  g_action_map_add_action_entries (kvar_page_get_actions (KVAR_PAGE (self)), actions,
                                   G_N_ELEMENTS (actions), self);
}

/* Among the buckets there is nothing above, and nothing to put a file into. */
void
kvar_files_page_update_actions (KvarFilesPage *self)
{
  static const char *const names[] = { "upload", "upload-file", "up", "search" };
  GActionMap *map = kvar_page_get_actions (KVAR_PAGE (self));

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (map, names[i])),
                                 self->list != NULL);
}
