/* kvar-file-row.c: one file, folder or bucket in a list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-file-row"

#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "widgets/kvar-file-icon.h"
#include "widgets/kvar-file-row.h"

struct _KvarFileRow
{
  GtkListBoxRow  parent_instance;

  KvarFileEntry *entry;

  GtkImage      *icon;
  GtkLabel      *name_label;
  GtkLabel      *detail_label;
  GtkWidget     *menu_button;
  GtkWidget     *remove_button;
  GtkWidget     *arrow;
};

enum {
  OPEN,
  SAVE,
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KvarFileRow, kvar_file_row, GTK_TYPE_LIST_BOX_ROW)

/* "12.4 kB · 11/20/26", as far as it is known. */
static char *
describe (KvarFileEntry *entry)
{
  GDateTime *updated = kvar_file_entry_get_updated (entry);
  g_autoptr(GDateTime) local = updated != NULL ? g_date_time_to_local (updated) : NULL;
  g_autofree char *date = local != NULL ? g_date_time_format (local, "%x") : NULL;
  g_autofree char *size = NULL;

  if (kvar_file_entry_get_size (entry) >= 0)
    size = g_format_size (kvar_file_entry_get_size (entry));
  if (size != NULL && date != NULL)
    return g_strdup_printf ("%s · %s", size, date);

  return g_strdup (size != NULL ? size : date != NULL ? date : "");
}

static GIcon *
choose_icon (KvarFileEntry *entry)
{
  if (kvar_file_entry_is_folder (entry))
    return g_themed_icon_new ("folder-symbolic");

  return kvar_file_icon_new (kvar_file_entry_get_content_type (entry));
}

static void
show_entry (KvarFileRow *self)
{
  const char *name = kvar_file_entry_get_name (self->entry);
  gboolean folder = kvar_file_entry_is_folder (self->entry);
  g_autofree char *detail = describe (self->entry);
  g_autoptr(GIcon) icon = choose_icon (self->entry);

  gtk_image_set_from_gicon (self->icon, icon);
  gtk_label_set_label (self->name_label, name);
  gtk_label_set_label (self->detail_label, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->detail_label), *detail != '\0');
  gtk_widget_set_visible (self->menu_button, !folder);
  gtk_widget_set_visible (self->arrow, folder);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, detail, -1);
}

static void
open_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  g_signal_emit (widget, signals[OPEN], 0);
}

static void
save_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  if (!kvar_file_entry_is_folder (KVAR_FILE_ROW (widget)->entry))
    g_signal_emit (widget, signals[SAVE], 0);
}

/* A folder only where it was put on the list by hand. */
static void
remove_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  KvarFileRow *self = KVAR_FILE_ROW (widget);

  if (!kvar_file_entry_is_folder (self->entry) || gtk_widget_get_visible (self->remove_button))
    g_signal_emit (widget, signals[REMOVE], 0);
}

static void
kvar_file_row_dispose (GObject *object)
{
  KvarFileRow *self = KVAR_FILE_ROW (object);

  g_clear_object (&self->entry);

  G_OBJECT_CLASS (kvar_file_row_parent_class)->dispose (object);
}

static void
kvar_file_row_class_init (KvarFileRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kvar_file_row_dispose;

  signals[OPEN] =
    g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SAVE] =
    g_signal_new ("save", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVE] =
    g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "file.open", NULL, open_cb);
  gtk_widget_class_install_action (widget_class, "file.save", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "file.remove", NULL, remove_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "file.save",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "file.remove", NULL);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/widgets/kvar-file-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarFileRow, icon);
  gtk_widget_class_bind_template_child (widget_class, KvarFileRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, KvarFileRow, detail_label);
  gtk_widget_class_bind_template_child (widget_class, KvarFileRow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, KvarFileRow, remove_button);
  gtk_widget_class_bind_template_child (widget_class, KvarFileRow, arrow);
}

static void
kvar_file_row_init (KvarFileRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
kvar_file_row_new (KvarFileEntry *entry)
{
  KvarFileRow *self;

  g_return_val_if_fail (KVAR_IS_FILE_ENTRY (entry), NULL);

  self = g_object_new (KVAR_TYPE_FILE_ROW, NULL);
  self->entry = g_object_ref (entry);
  show_entry (self);

  return GTK_WIDGET (self);
}

KvarFileEntry *
kvar_file_row_get_entry (KvarFileRow *self)
{
  g_return_val_if_fail (KVAR_IS_FILE_ROW (self), NULL);

  return self->entry;
}

/* Whether a button takes it off the list. */
void
kvar_file_row_set_removable (KvarFileRow *self,
                             gboolean     removable)
{
  g_return_if_fail (KVAR_IS_FILE_ROW (self));

  gtk_widget_set_visible (self->remove_button, removable);
}
