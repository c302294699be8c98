/* kvar-file-line.c: the file that a field names: its name and size, opened or saved from here
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-file-line"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-error-text.h"
#include "kvar-error.h"
#include "kvar-file-take.h"
#include "storage/kvar-file-info.h"
#include "storage/kvar-file-name.h"
#include "storage/kvar-storage-place.h"
#include "widgets/kvar-errand-text.h"
#include "widgets/kvar-file-icon.h"
#include "widgets/kvar-file-line.h"

/* Whoever types a path is not asked about at every letter. */
#define PATIENCE (KVAR_CLOCK_SECOND / 2)

struct _KvarFileLine
{
  AdwBin         parent_instance;

  GtkImage      *icon;
  GtkLabel      *name_label;
  GtkLabel      *detail_label;
  GtkWidget     *open_button;
  GtkWidget     *save_button;

  KvarDraft     *draft;
  KvarColumn    *column;
  KvarWorkspace *workspace;

  char          *bucket;        /* (nullable) of the file that is named */
  char          *key;           /* (nullable) */
  KvarFileEntry *info;          /* (nullable) what the server knows of it */
  GError        *problem;       /* (nullable) why it knows nothing */
  KvarErrand    *errand;        /* (nullable) the file on its way here */
  guint          timer;
  GCancellable  *cancellable;   /* (nullable) of the question what the file is */
};

G_DEFINE_FINAL_TYPE (KvarFileLine, kvar_file_line, ADW_TYPE_BIN)

/* Whether the column names a file now, and which. */
static gboolean
read_value (KvarDraft      *draft,
            KvarColumn     *column,
            KvarWorkspace  *workspace,
            char          **bucket,
            char          **key)
{
  KvarProject *project = kvar_session_get_project (kvar_workspace_get_session (workspace));
  g_autoptr(KvarValue) value = kvar_draft_get_value (draft, column);

  return value != NULL && !kvar_value_is_null (value) &&
         kvar_storage_place_read (kvar_value_get_text (value), kvar_project_get_url (project),
                                  kvar_column_get_bucket (column), bucket, key);
}

static KvarClock *
get_clock (KvarFileLine *self)
{
  return kvar_session_get_clock (kvar_workspace_get_session (self->workspace));
}

static void
stop_asking (KvarFileLine *self)
{
  if (self->timer != 0)
    kvar_clock_remove_timer (get_clock (self), self->timer);
  self->timer = 0;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* Only that it is not there is worth a word: everything else is said elsewhere. */
static gboolean
is_missing (KvarFileLine *self)
{
  return self->problem != NULL && self->problem->domain == KVAR_ERROR &&
         self->problem->code != KVAR_ERROR_OFFLINE &&
         self->problem->code != KVAR_ERROR_SIGNED_OUT &&
         self->problem->code != KVAR_ERROR_BLOCKED;
}

/* (nullable): how far it has come here, what is wrong with it, or its size. */
static char *
describe (KvarFileLine *self)
{
  if (self->errand != NULL)
    return kvar_errand_text (self->errand);
  if (is_missing (self))
    return kvar_error_text (self->problem);
  if (self->info != NULL && kvar_file_entry_get_size (self->info) >= 0)
    return g_format_size (kvar_file_entry_get_size (self->info));

  return NULL;
}

static void
update (KvarFileLine *self)
{
  const char *type = self->info != NULL ? kvar_file_entry_get_content_type (self->info) : NULL;
  g_autofree char *name = NULL;
  g_autofree char *detail = NULL;
  g_autoptr(GIcon) icon = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), self->key != NULL);
  if (self->key == NULL)
    return;

  name = kvar_storage_place_dup_name (self->key);
  detail = describe (self);
  icon = kvar_file_icon_new (type);
  gtk_image_set_from_gicon (self->icon, icon);
  gtk_label_set_label (self->name_label, name);
  gtk_label_set_label (self->detail_label, detail != NULL ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->detail_label), detail != NULL);
  gtk_widget_set_visible (self->open_button, kvar_file_name_may_open (self->key, type));
  gtk_widget_set_sensitive (self->open_button, !is_missing (self));
  gtk_widget_set_sensitive (self->save_button, !is_missing (self));
}

static void
info_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(KvarFileLine) self = user_data;
  g_autoptr(KvarFileEntry) info = NULL;
  g_autoptr(GError) error = NULL;

  info = kvar_file_info_ask_finish (KVAR_SESSION (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->draft == NULL)
    return;

  g_set_object (&self->info, info);
  self->problem = g_steal_pointer (&error);
  update (self);
}

static void
ask_cb (gpointer user_data)
{
  KvarFileLine *self = user_data;

  self->timer = 0;
  self->cancellable = g_cancellable_new ();
  kvar_file_info_ask_async (kvar_workspace_get_session (self->workspace), self->bucket,
                            self->key, self->cancellable, info_cb, g_object_ref (self));
}

static void
forget_errand (KvarFileLine *self)
{
  if (self->errand != NULL)
    g_signal_handlers_disconnect_by_data (self->errand, self);
  g_clear_object (&self->errand);
}

/* Another file than before is asked about. */
static gboolean
read_place (KvarFileLine *self)
{
  g_autofree char *bucket = NULL;
  g_autofree char *key = NULL;

  read_value (self->draft, self->column, self->workspace, &bucket, &key);
  if (g_strcmp0 (bucket, self->bucket) == 0 && g_strcmp0 (key, self->key) == 0)
    return FALSE;

  stop_asking (self);
  forget_errand (self);
  g_clear_object (&self->info);
  g_clear_error (&self->problem);
  g_free (self->bucket);
  g_free (self->key);
  self->bucket = g_steal_pointer (&bucket);
  self->key = g_steal_pointer (&key);

  return TRUE;
}

static void
column_changed_cb (KvarFileLine *self,
                   KvarColumn   *column)
{
  if ((column != NULL && column != self->column) || !read_place (self))
    return;

  if (self->key != NULL)
    self->timer = kvar_clock_add_timer (get_clock (self), PATIENCE, ask_cb, self);
  update (self);
}

static void
begun_cb (GtkWidget    *widget,
          KvarTransfer *transfer)
{
  KvarFileLine *self = KVAR_FILE_LINE (widget);

  forget_errand (self);
  self->errand = g_object_ref (KVAR_ERRAND (transfer));
  g_signal_connect_object (transfer, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
open_clicked_cb (KvarFileLine *self)
{
  kvar_file_take_open (GTK_WIDGET (self), self->workspace, self->bucket, self->key,
                       self->info != NULL ? kvar_file_entry_get_content_type (self->info) : NULL,
                       begun_cb);
}

static void
save_clicked_cb (KvarFileLine *self)
{
  kvar_file_take_save (GTK_WIDGET (self), self->workspace, self->bucket, self->key, begun_cb);
}

static void
kvar_file_line_dispose (GObject *object)
{
  KvarFileLine *self = KVAR_FILE_LINE (object);

  if (self->workspace != NULL)
    stop_asking (self);
  forget_errand (self);
  g_clear_object (&self->info);
  g_clear_object (&self->draft);
  g_clear_object (&self->column);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (kvar_file_line_parent_class)->dispose (object);
}

static void
kvar_file_line_finalize (GObject *object)
{
  KvarFileLine *self = KVAR_FILE_LINE (object);

  g_clear_error (&self->problem);
  g_free (self->bucket);
  g_free (self->key);

  G_OBJECT_CLASS (kvar_file_line_parent_class)->finalize (object);
}

static void
kvar_file_line_class_init (KvarFileLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kvar_file_line_dispose;
  object_class->finalize = kvar_file_line_finalize;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/kvarapp/Kvar/widgets/kvar-file-line.ui");
  gtk_widget_class_bind_template_child (widget_class, KvarFileLine, icon);
  gtk_widget_class_bind_template_child (widget_class, KvarFileLine, name_label);
  gtk_widget_class_bind_template_child (widget_class, KvarFileLine, detail_label);
  gtk_widget_class_bind_template_child (widget_class, KvarFileLine, open_button);
  gtk_widget_class_bind_template_child (widget_class, KvarFileLine, save_button);
  gtk_widget_class_bind_template_callback (widget_class, open_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked_cb);
}

static void
kvar_file_line_init (KvarFileLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kvar_file_line_suits:
 *
 * Returns: whether @column names files, by its directive or by what it holds in @draft
 */
gboolean
kvar_file_line_suits (KvarDraft     *draft,
                      KvarColumn    *column,
                      KvarWorkspace *workspace)
{
  g_autofree char *bucket = NULL;
  g_autofree char *key = NULL;

  g_return_val_if_fail (KVAR_IS_DRAFT (draft), FALSE);
  g_return_val_if_fail (KVAR_IS_COLUMN (column), FALSE);
  g_return_val_if_fail (KVAR_IS_WORKSPACE (workspace), FALSE);

  return kvar_column_get_bucket (column) != NULL ||
         (kvar_column_get_kind (column) == KVAR_KIND_TEXT &&
          read_value (draft, column, workspace, &bucket, &key));
}

/**
 * kvar_file_line_new:
 * @column: one that kvar_file_line_suits()
 *
 * Is there as long as the column of @draft names a file.
 */
GtkWidget *
kvar_file_line_new (KvarDraft     *draft,
                    KvarColumn    *column,
                    KvarWorkspace *workspace)
{
  KvarFileLine *self;

  g_return_val_if_fail (KVAR_IS_DRAFT (draft), NULL);
  g_return_val_if_fail (KVAR_IS_COLUMN (column), NULL);
  g_return_val_if_fail (KVAR_IS_WORKSPACE (workspace), NULL);

  self = g_object_new (KVAR_TYPE_FILE_LINE, NULL);
  self->draft = g_object_ref (draft);
  self->column = g_object_ref (column);
  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (draft, "column-changed", G_CALLBACK (column_changed_cb), self,
                           G_CONNECT_SWAPPED);
  if (read_place (self) && self->key != NULL)
    ask_cb (self);
  update (self);

  return GTK_WIDGET (self);
}
