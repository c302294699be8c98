/* kvar-file-list.c: what is in one folder of a bucket, loaded page by page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * By the server's cursor where it has one, else by offset, which is slow far down; so is a
 * search, which only the list by offset can do. Folders stand before files.
 */

#define G_LOG_DOMAIN "kvar-storage"

#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "storage/kvar-file-list.h"
#include "storage/kvar-storage-api.h"

struct _KvarFileList
{
  GObject       parent_instance;

  KvarSession  *session;
  char         *bucket;
  char         *folder;
  char         *search;       /* (nullable): what names begin with */

  GPtrArray    *entries;      /* (element-type KvarFileEntry) */
  guint         n_folders;    /* the first of them */
  char         *cursor;       /* (nullable): of the next page */
  guint         offset;       /* of the next page */
  gboolean      lacks_cursor; /* the server has only the list by offset */
  gboolean      complete;
  gboolean      fresh;        /* the page under way replaces what is there */
  GError       *error;        /* (nullable): of the last page */
  GCancellable *cancellable;  /* (nullable): while a page is under way */
};

enum {
  PROP_LOADING = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KvarFileList, kvar_file_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* A page: sent → came. Deleting: sent → deleted. */
static void send_page  (KvarFileList *self);
static void page_cb    (GObject *object, GAsyncResult *result, gpointer user_data);
static void deleted_cb (GObject *object, GAsyncResult *result, gpointer user_data);

static GType
kvar_file_list_get_item_type (GListModel *model)
{
  return KVAR_TYPE_FILE_ENTRY;
}

static guint
kvar_file_list_get_n_items (GListModel *model)
{
  return KVAR_FILE_LIST (model)->entries->len;
}

static gpointer
kvar_file_list_get_item (GListModel *model,
                         guint       position)
{
  KvarFileList *self = KVAR_FILE_LIST (model);

  return position < self->entries->len
         ? g_object_ref (g_ptr_array_index (self->entries, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = kvar_file_list_get_item_type;
  iface->get_n_items = kvar_file_list_get_n_items;
  iface->get_item = kvar_file_list_get_item;
}

static void
kvar_file_list_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  KvarFileList *self = KVAR_FILE_LIST (object);

  switch (prop_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, kvar_file_list_get_loading (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_file_list_dispose (GObject *object)
{
  KvarFileList *self = KVAR_FILE_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (kvar_file_list_parent_class)->dispose (object);
}

static void
kvar_file_list_finalize (GObject *object)
{
  KvarFileList *self = KVAR_FILE_LIST (object);

  g_free (self->bucket);
  g_free (self->folder);
  g_free (self->search);
  g_free (self->cursor);
  g_ptr_array_unref (self->entries);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (kvar_file_list_parent_class)->finalize (object);
}

static void
kvar_file_list_class_init (KvarFileListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kvar_file_list_get_property;
  object_class->dispose = kvar_file_list_dispose;
  object_class->finalize = kvar_file_list_finalize;

  properties[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kvar_file_list_init (KvarFileList *self)
{
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * kvar_file_list_new:
 * @folder: "" for the bucket itself; without a slash at its end
 *
 * A list of #KvarFileEntry. Empty until kvar_file_list_load_more().
 */
KvarFileList *
kvar_file_list_new (KvarSession *session,
                    const char  *bucket,
                    const char  *folder)
{
  KvarFileList *self;

  g_return_val_if_fail (KVAR_IS_SESSION (session), NULL);
  g_return_val_if_fail (bucket != NULL && folder != NULL, NULL);

  self = g_object_new (KVAR_TYPE_FILE_LIST, NULL);
  self->session = g_object_ref (session);
  self->bucket = g_strdup (bucket);
  self->folder = g_strdup (folder);

  return self;
}

static gboolean
uses_cursor (KvarFileList *self)
{
  return !self->lacks_cursor && self->search == NULL;
}

static void
send_page (KvarFileList *self)
{
  g_autoptr(KvarRequest) request = NULL;

  if (uses_cursor (self))
    request = kvar_storage_api_list_v2 (self->bucket, self->folder, self->cursor);
  else
    request = kvar_storage_api_list (self->bucket, self->folder, self->search, self->offset);

  kvar_session_send_async (self->session, request, self->cancellable, page_cb,
                           g_object_ref (self));
}

static void
clear_entries (KvarFileList *self)
{
  guint n = self->entries->len;

  g_ptr_array_set_size (self->entries, 0);
  self->n_folders = 0;
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
}

/* Folders go behind the folders, files to the end. */
static void
take_entries (KvarFileList *self,
              GPtrArray    *entries)
{
  guint first_folder = self->n_folders;
  guint n_new_folders = 0;
  guint first_file;

  for (guint i = 0; i < entries->len; i++)
    if (kvar_file_entry_is_folder (g_ptr_array_index (entries, i)))
      g_ptr_array_insert (self->entries, (int)(first_folder + n_new_folders++),
                          g_object_ref (g_ptr_array_index (entries, i)));

  self->n_folders += n_new_folders;
  if (n_new_folders > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), first_folder, 0, n_new_folders);

  first_file = self->entries->len;
  for (guint i = 0; i < entries->len; i++)
    if (!kvar_file_entry_is_folder (g_ptr_array_index (entries, i)))
      g_ptr_array_add (self->entries, g_object_ref (g_ptr_array_index (entries, i)));

  if (self->entries->len > first_file)
    g_list_model_items_changed (G_LIST_MODEL (self), first_file, 0,
                                self->entries->len - first_file);
}

static GPtrArray *
read_page (KvarFileList  *self,
           KvarReply     *reply,
           GError       **error)
{
  g_autofree char *next = NULL;
  GPtrArray *entries;
  gboolean more = FALSE;

  if (!uses_cursor (self))
    {
      entries = kvar_storage_api_read_list (reply, self->bucket, self->folder, &more, error);
      self->offset += KVAR_STORAGE_PAGE;
      self->complete = !more;
      return entries;
    }

  entries = kvar_storage_api_read_list_v2 (reply, self->bucket, self->folder, &next, error);
  g_free (self->cursor);
  self->cursor = g_steal_pointer (&next);
  self->complete = self->cursor == NULL;

  return entries;
}

static void
page_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(KvarFileList) self = user_data;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GPtrArray) entries = NULL;
  g_autoptr(GError) error = NULL;

  reply = kvar_session_send_finish (KVAR_SESSION (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (reply != NULL && uses_cursor (self) && kvar_storage_api_lacks_v2 (reply))
    {
      self->lacks_cursor = TRUE;
      send_page (self);
      return;
    }

  g_clear_object (&self->cancellable);
  if (reply != NULL)
    entries = read_page (self, reply, &error);
  if (entries != NULL && self->fresh)
    clear_entries (self);
  if (entries != NULL)
    {
      self->fresh = FALSE;
      take_entries (self, entries);
    }

  self->error = g_steal_pointer (&error);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/**
 * kvar_file_list_load_more:
 *
 * Asks for the next page, unless one is under way or all is here.
 */
void
kvar_file_list_load_more (KvarFileList *self)
{
  g_return_if_fail (KVAR_IS_FILE_LIST (self));

  if (self->cancellable != NULL || self->complete)
    return;

  g_clear_error (&self->error);
  self->cancellable = g_cancellable_new ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
  send_page (self);
}

/**
 * kvar_file_list_refresh:
 *
 * Begins again; what is here stays until the first page has come.
 */
void
kvar_file_list_refresh (KvarFileList *self)
{
  g_return_if_fail (KVAR_IS_FILE_LIST (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->cursor, g_free);
  self->offset = 0;
  self->complete = FALSE;
  self->fresh = TRUE;
  kvar_file_list_load_more (self);
}

/**
 * kvar_file_list_set_search:
 * @search: (nullable): what names are to begin with, in any case
 */
void
kvar_file_list_set_search (KvarFileList *self,
                           const char   *search)
{
  g_autofree char *copy = NULL;

  g_return_if_fail (KVAR_IS_FILE_LIST (self));

  if (search != NULL && *search == '\0')
    search = NULL;
  if (g_strcmp0 (self->search, search) == 0)
    return;

  copy = g_strdup (search);
  g_free (self->search);
  self->search = g_steal_pointer (&copy);
  kvar_file_list_refresh (self);
}

/* Returns: (nullable) */
const char *
kvar_file_list_get_search (KvarFileList *self)
{
  g_return_val_if_fail (KVAR_IS_FILE_LIST (self), NULL);

  return self->search;
}

const char *
kvar_file_list_get_bucket (KvarFileList *self)
{
  g_return_val_if_fail (KVAR_IS_FILE_LIST (self), NULL);

  return self->bucket;
}

const char *
kvar_file_list_get_folder (KvarFileList *self)
{
  g_return_val_if_fail (KVAR_IS_FILE_LIST (self), NULL);

  return self->folder;
}

gboolean
kvar_file_list_get_loading (KvarFileList *self)
{
  g_return_val_if_fail (KVAR_IS_FILE_LIST (self), FALSE);

  return self->cancellable != NULL;
}

/* Whether the last page has come. */
gboolean
kvar_file_list_get_complete (KvarFileList *self)
{
  g_return_val_if_fail (KVAR_IS_FILE_LIST (self), FALSE);

  return self->complete;
}

/* Returns: (nullable): why the last page has not come */
const GError *
kvar_file_list_get_error (KvarFileList *self)
{
  g_return_val_if_fail (KVAR_IS_FILE_LIST (self), NULL);

  return self->error;
}

/**
 * kvar_file_list_delete_async:
 * @entry: a file of the list
 *
 * Deletes a file on the server, and takes it off the list.
 */
void
kvar_file_list_delete_async (KvarFileList        *self,
                             KvarFileEntry       *entry,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(KvarRequest) request = NULL;

  g_return_if_fail (KVAR_IS_FILE_LIST (self));
  g_return_if_fail (KVAR_IS_FILE_ENTRY (entry) && !kvar_file_entry_is_folder (entry));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, kvar_file_list_delete_async);
  g_task_set_task_data (task, g_object_ref (entry), g_object_unref);
  request = kvar_storage_api_delete (self->bucket, kvar_file_entry_get_key (entry));
  kvar_session_send_async (self->session, request, NULL, deleted_cb, g_steal_pointer (&task));
}

static void
deleted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;
  KvarFileList *self = g_task_get_source_object (task);
  guint position;

  reply = kvar_session_send_finish (KVAR_SESSION (object), result, &error);
  if (reply == NULL || !kvar_storage_api_read_delete (reply, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (g_ptr_array_find (self->entries, g_task_get_task_data (task), &position))
    {
      g_ptr_array_remove_index (self->entries, position);
      g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
    }
  /* By offset, everything behind it has moved up. */
  if (self->offset > 0)
    self->offset--;
  g_task_return_boolean (task, TRUE);
}

gboolean
kvar_file_list_delete_finish (KvarFileList  *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
