/* kvar-files-page.c: the project's buckets, and what is in them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-files-page"

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "kvar-error-text.h"
#include "kvar-list-place.h"
#include "pages/kvar-files-page-private.h"
#include "widgets/kvar-errand-row.h"
#include "widgets/kvar-file-row.h"

G_DEFINE_FINAL_TYPE (KvarFilesPage, kvar_files_page, KVAR_TYPE_PAGE)

static KvarFiles *
get_files (KvarFilesPage *self)
{
  return kvar_workspace_get_files (kvar_page_get_workspace (KVAR_PAGE (self)));
}

static KvarErrandList *
get_transfers (KvarFilesPage *self)
{
  return kvar_files_get_transfers (get_files (self));
}

/* Returns: (nullable): the one that the page is in */
const char *
kvar_files_page_get_bucket (KvarFilesPage *self)
{
  return self->list != NULL ? kvar_file_list_get_bucket (self->list) : NULL;
}

/* One sentence at the bottom of the window. */
void
kvar_files_page_say (KvarFilesPage *self,
                     const char    *text)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", text);
}

static KvarClock *
get_clock (KvarFilesPage *self)
{
  return kvar_session_get_clock (kvar_workspace_get_session (
    kvar_page_get_workspace (KVAR_PAGE (self))));
}

/* Status, or rows */

static void
show_error (KvarFilesPage *self,
            const GError  *error)
{
  g_autofree char *text = kvar_error_text (error);

  kvar_load_status_show_message (self->status, "dialog-warning-symbolic",
                                 _("The files can't be shown"), text, _("Try _Again"),
                                 "page.refresh");
  gtk_stack_set_visible_child_name (self->stack, "status");
}

static void
show_emptiness (KvarFilesPage *self)
{
  if (self->buckets != NULL)
    kvar_load_status_show_message (self->status, "folder-symbolic", _("No buckets yet"),
                                   _("This project doesn't show its buckets. If you know a "
                                     "bucket's name, add it above."), NULL, NULL);
  else if (kvar_file_list_get_search (self->list) != NULL)
    kvar_load_status_show_message (self->status, "system-search-symbolic",
                                   _("No file begins with this"), NULL, NULL, NULL);
  else
    kvar_load_status_show_message (self->status, "folder-symbolic", _("No files here"),
                                   _("The folder is empty, or you don't have access to what is "
                                     "in it."), NULL, NULL);
  gtk_stack_set_visible_child_name (self->stack, "status");
}

static void
focus_entry (KvarFilesPage *self,
             const char    *key)
{
  GtkListBoxRow *row = NULL;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->files_box, i)) != NULL; i++)
    if (strcmp (kvar_file_entry_get_key (kvar_file_row_get_entry (KVAR_FILE_ROW (row))),
                key) == 0)
      {
        gtk_widget_grab_focus (GTK_WIDGET (row));
        return;
      }
}

/* Once there are rows, the place goes back to where somebody was. */
static void
restore_place (KvarFilesPage *self)
{
  g_autoptr(GVariant) state = g_steal_pointer (&self->pending);
  g_autofree char *key = g_steal_pointer (&self->looked_for);

  if (state != NULL)
    kvar_list_place_restore (self->files_box, state);
  else if (key != NULL)
    focus_entry (self, key);
}

static gboolean
is_loading (KvarFilesPage *self)
{
  return self->buckets != NULL ? kvar_bucket_list_get_loading (self->buckets)
                               : kvar_file_list_get_loading (self->list);
}

static GListModel *
get_model (KvarFilesPage *self)
{
  return self->buckets != NULL ? G_LIST_MODEL (self->buckets) : G_LIST_MODEL (self->list);
}

static void show_folder (KvarFilesPage *self, const char *bucket, const char *folder);

/* A link to a file leads to its folder: only a folder has something in it. */
static gboolean
go_to_parent (KvarFilesPage *self)
{
  const char *folder = self->list != NULL ? kvar_file_list_get_folder (self->list) : "";
  const char *slash = strrchr (folder, '/');
  g_autofree char *bucket = NULL;
  g_autofree char *parent = NULL;

  if (*folder == '\0' || self->looked_for != NULL ||
      kvar_file_list_get_search (self->list) != NULL)
    return FALSE;

  bucket = g_strdup (kvar_file_list_get_bucket (self->list));
  parent = slash != NULL ? g_strndup (folder, slash - folder) : g_strdup ("");
  self->looked_for = g_strdup (folder);
  show_folder (self, bucket, parent);

  return TRUE;
}

static void
update (KvarFilesPage *self)
{
  const GError *error = self->buckets != NULL ? kvar_bucket_list_get_error (self->buckets)
                                              : kvar_file_list_get_error (self->list);
  gboolean focus_waits = kvar_load_status_has_focus (self->status);
  guint n = g_list_model_get_n_items (get_model (self));

  gtk_widget_set_visible (self->more_button, self->list != NULL && n > 0 &&
                          !kvar_file_list_get_complete (self->list) && !is_loading (self));
  if (n > 0)
    {
      kvar_load_status_stop (self->status);
      gtk_stack_set_visible_child_name (self->stack, "list");
      if (focus_waits)
        gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->files_box, 0)));
      if (error != NULL && !is_loading (self))
        {
          g_autofree char *text = kvar_error_text (error);

          kvar_files_page_say (self, text);
        }
      restore_place (self);
    }
  else if (is_loading (self))
    {
      kvar_load_status_show_loading (self->status, get_clock (self));
      gtk_stack_set_visible_child_name (self->stack, "status");
    }
  else if (error != NULL)
    show_error (self, error);
  else if (!go_to_parent (self))
    show_emptiness (self);
}

/* Rows */

static void
open_cb (KvarFilesPage *self,
         KvarFileRow   *row)
{
  kvar_files_page_open (self, kvar_file_row_get_entry (row));
}

static void
save_cb (KvarFilesPage *self,
         KvarFileRow   *row)
{
  kvar_files_page_save_as (self, kvar_file_row_get_entry (row));
}

static void
remove_cb (KvarFilesPage *self,
           KvarFileRow   *row)
{
  KvarFileEntry *entry = kvar_file_row_get_entry (row);

  if (self->buckets == NULL)
    kvar_files_page_delete (self, entry);
  else
    {
      g_autofree char *name = g_strdup (kvar_file_entry_get_bucket (entry));

      kvar_bucket_list_forget (self->buckets, name);
    }
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  KvarFilesPage *self = user_data;
  GtkWidget *row = kvar_file_row_new (item);

  if (self->buckets != NULL)
    kvar_file_row_set_removable (KVAR_FILE_ROW (row),
                                 kvar_bucket_list_is_typed (self->buckets,
                                                            kvar_file_entry_get_bucket (item)));
  g_signal_connect_object (row, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "save", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);

  return row;
}

static void
row_activated_cb (KvarFilesPage *self,
                  GtkListBoxRow *row)
{
  kvar_files_page_open (self, kvar_file_row_get_entry (KVAR_FILE_ROW (row)));
}

/* What is on its way */

static void
transfer_removed_cb (KvarFilesPage *self,
                     KvarErrandRow *row)
{
  kvar_errand_list_remove (get_transfers (self), kvar_errand_row_get_errand (row));
}

static void
transfer_again_cb (KvarFilesPage *self,
                   KvarErrandRow *row)
{
  g_autoptr(KvarErrand) errand = g_object_ref (kvar_errand_row_get_errand (row));

  kvar_errand_list_run_again (get_transfers (self), errand);
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->transfers_box, 0)));
}

static GtkWidget *
create_transfer_row_cb (gpointer item,
                        gpointer user_data)
{
  GtkWidget *row = kvar_errand_row_new (item);

  g_signal_connect_object (row, "remove", G_CALLBACK (transfer_removed_cb), user_data,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "again", G_CALLBACK (transfer_again_cb), user_data,
                           G_CONNECT_SWAPPED);

  return row;
}

static void
transfer_activated_cb (KvarFilesPage *self,
                       GtkListBoxRow *row)
{
  kvar_errand_row_open (KVAR_ERRAND_ROW (row));
}

static void
transfers_changed_cb (KvarFilesPage *self)
{
  gtk_widget_set_visible (self->transfers_group,
                          g_list_model_get_n_items (G_LIST_MODEL (get_transfers (self))) > 0);
}

/* What has arrived in the bucket that is shown is shown in it. */
static void
transfer_ended_cb (KvarFilesPage *self,
                   KvarTransfer  *transfer)
{
  if (kvar_transfer_is_upload (transfer) && self->list != NULL &&
      kvar_errand_get_state (KVAR_ERRAND (transfer)) == KVAR_ERRAND_DONE &&
      g_str_equal (kvar_transfer_get_bucket (transfer), kvar_file_list_get_bucket (self->list)))
    kvar_file_list_refresh (self->list);
}

/* Loading */

static void
name_page (KvarFilesPage *self,
           const char    *bucket,
           const char    *folder)
{
  const char *slash = strrchr (folder, '/');
  g_autofree char *path = NULL;

  if (*folder == '\0')
    {
      kvar_page_set_title (KVAR_PAGE (self), bucket);
      kvar_page_set_subtitle (KVAR_PAGE (self), NULL);
      return;
    }

  path = slash != NULL ? g_strdup_printf ("%s/%.*s", bucket, (int)(slash - folder), folder)
                       : g_strdup (bucket);
  kvar_page_set_title (KVAR_PAGE (self), slash != NULL ? slash + 1 : folder);
  kvar_page_set_subtitle (KVAR_PAGE (self), path);
}

static void
show_folder (KvarFilesPage *self,
             const char    *bucket,
             const char    *folder)
{
  KvarWorkspace *workspace = kvar_page_get_workspace (KVAR_PAGE (self));

  gtk_list_box_bind_model (self->files_box, NULL, NULL, NULL, NULL);
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_object (&self->list);
  self->list = kvar_file_list_new (kvar_workspace_get_session (workspace), bucket, folder);
  name_page (self, bucket, folder);
  gtk_list_box_bind_model (self->files_box, G_LIST_MODEL (self->list), create_row_cb, self, NULL);
  g_signal_connect_object (self->list, "notify::loading", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  kvar_file_list_load_more (self->list);
  kvar_files_page_update_actions (self);
}

static void
show_buckets (KvarFilesPage *self)
{
  self->buckets = g_object_ref (kvar_files_get_buckets (get_files (self)));
  gtk_list_box_bind_model (self->files_box, G_LIST_MODEL (self->buckets), create_row_cb, self,
                           NULL);
  g_signal_connect_object (self->buckets, "notify::loading", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buckets, "items-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  kvar_bucket_list_refresh (self->buckets);
}

static void
kvar_files_page_load (KvarPage *page)
{
  KvarFilesPage *self = KVAR_FILES_PAGE (page);
  KvarErrandList *transfers = get_transfers (self);
  KvarRoute *route = kvar_page_get_route (page);
  const char *bucket = kvar_route_get_name (route);
  const char *key = kvar_route_get_key (route);

  gtk_widget_set_visible (self->bucket_group, bucket == NULL);
  gtk_widget_set_visible (self->search_box, bucket != NULL);
  gtk_list_box_bind_model (self->transfers_box, G_LIST_MODEL (transfers),
                           create_transfer_row_cb, self, NULL);
  g_signal_connect_object (transfers, "items-changed", G_CALLBACK (transfers_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (transfers, "ended", G_CALLBACK (transfer_ended_cb), self,
                           G_CONNECT_SWAPPED);
  transfers_changed_cb (self);

  if (bucket != NULL)
    show_folder (self, bucket, key != NULL ? key : "");
  else
    show_buckets (self);
  kvar_files_page_update_actions (self);
  update (self);
  kvar_list_place_follow (self->files_box, page);
}

/* Searching, more, and buckets by name */

static void
search_changed_cb (KvarFilesPage *self)
{
  if (self->list == NULL)
    return;

  kvar_file_list_set_search (self->list,
                             gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  kvar_page_view_changed (KVAR_PAGE (self));
}

static void
load_more_cb (KvarFilesPage *self)
{
  if (self->list != NULL)
    kvar_file_list_load_more (self->list);
}

static void
edge_reached_cb (KvarFilesPage   *self,
                 GtkPositionType  position)
{
  if (position == GTK_POS_BOTTOM)
    load_more_cb (self);
}

static void
show_problem (KvarFilesPage *self,
              const char    *text)
{
  gtk_label_set_label (self->problem_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), text != NULL);
}

static void
name_changed_cb (KvarFilesPage *self)
{
  show_problem (self, NULL);
}

static void
add_bucket_cb (KvarFilesPage *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name_row)));
  g_autoptr(KvarRoute) route = NULL;
  g_autofree char *text = NULL;

  if (*name == '\0' || self->buckets == NULL)
    return;

  if (!kvar_bucket_list_add (self->buckets, name, &error))
    {
      g_autofree char *sentence = kvar_error_text (error);

      show_problem (self, sentence);
      return;
    }

  gtk_editable_set_text (self->name_row, "");
  route = kvar_route_new_file (name, NULL);
  text = kvar_route_to_string (route);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.navigate", "s", text);
}

/* The page */

static GVariant *
kvar_files_page_save_state (KvarPage *page)
{
  KvarFilesPage *self = KVAR_FILES_PAGE (page);
  GVariantDict dict;

  if (self->pending != NULL)
    return g_variant_ref (self->pending);

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "search", "s",
                         gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  kvar_list_place_save (self->files_box, &dict);

  return g_variant_dict_end (&dict);
}

static void
kvar_files_page_restore_state (KvarPage *page,
                               GVariant *state)
{
  KvarFilesPage *self = KVAR_FILES_PAGE (page);
  const char *search = NULL;

  if (g_variant_lookup (state, "search", "&s", &search) && self->list != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->search_entry), search);

  g_clear_pointer (&self->pending, g_variant_unref);
  self->pending = g_variant_ref (state);
  if (g_list_model_get_n_items (get_model (self)) > 0)
    restore_place (self);
}

static gboolean
kvar_files_page_grab_default_focus (KvarPage *page)
{
  KvarFilesPage *self = KVAR_FILES_PAGE (page);
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->files_box, 0);

  if (row != NULL && gtk_widget_get_mapped (GTK_WIDGET (row)))
    return gtk_widget_grab_focus (GTK_WIDGET (row));

  return gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD) ||
         gtk_widget_grab_focus (GTK_WIDGET (self->status));
}

static void
kvar_files_page_session_resumed (KvarPage *page)
{
  KvarFilesPage *self = KVAR_FILES_PAGE (page);

  if (self->buckets != NULL)
    kvar_bucket_list_refresh (self->buckets);
  else if (kvar_file_list_get_error (self->list) != NULL)
    kvar_file_list_refresh (self->list);
}

static void
kvar_files_page_dispose (GObject *object)
{
  KvarFilesPage *self = KVAR_FILES_PAGE (object);

  if (self->files_box != NULL)
    {
      gtk_list_box_bind_model (self->files_box, NULL, NULL, NULL, NULL);
      gtk_list_box_bind_model (self->transfers_box, NULL, NULL, NULL, NULL);
    }
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_object (&self->buckets);
  g_clear_object (&self->list);
  g_clear_pointer (&self->pending, g_variant_unref);
  g_clear_pointer (&self->looked_for, g_free);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), KVAR_TYPE_FILES_PAGE);

  G_OBJECT_CLASS (kvar_files_page_parent_class)->dispose (object);
}

static void
kvar_files_page_class_init (KvarFilesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KvarPageClass *page_class = KVAR_PAGE_CLASS (klass);

  object_class->dispose = kvar_files_page_dispose;

  page_class->load = kvar_files_page_load;
  page_class->save_state = kvar_files_page_save_state;
  page_class->restore_state = kvar_files_page_restore_state;
  page_class->grab_default_focus = kvar_files_page_grab_default_focus;
  page_class->session_resumed = kvar_files_page_session_resumed;

  g_type_ensure (KVAR_TYPE_LOAD_STATUS);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/pages/kvar-files-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarFilesPage, search_box);
  gtk_widget_class_bind_template_child (widget_class, KvarFilesPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, KvarFilesPage, transfers_group);
  gtk_widget_class_bind_template_child (widget_class, KvarFilesPage, transfers_box);
  gtk_widget_class_bind_template_child (widget_class, KvarFilesPage, bucket_group);
  gtk_widget_class_bind_template_child (widget_class, KvarFilesPage, name_row);
  gtk_widget_class_bind_template_child (widget_class, KvarFilesPage, problem_label);
  gtk_widget_class_bind_template_child (widget_class, KvarFilesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KvarFilesPage, status);
  gtk_widget_class_bind_template_child (widget_class, KvarFilesPage, files_box);
  gtk_widget_class_bind_template_child (widget_class, KvarFilesPage, more_button);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, transfer_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, load_more_cb);
  gtk_widget_class_bind_template_callback (widget_class, edge_reached_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_bucket_cb);
}

static void
kvar_files_page_init (KvarFilesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kvar_files_page_install_actions (self);
}
