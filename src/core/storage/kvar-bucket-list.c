/* kvar-bucket-list.c: the buckets that a user can look into: listed, or named by hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Most projects show their users no buckets although the files in them can be read: the list
 * is empty then, and a name that somebody types is remembered.
 */

#define G_LOG_DOMAIN "kvar-storage"

#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "kvar-error.h"
#include "storage/kvar-bucket-list.h"
#include "storage/kvar-file-entry.h"
#include "storage/kvar-storage-api.h"

#define FILE_NAME "buckets.ini"
#define KEY       "names"

struct _KvarBucketList
{
  GObject       parent_instance;

  KvarSession  *session;
  char         *state_dir;
  char        **listed;      /* as the server tells */
  char        **typed;       /* what somebody has named */
  char         *user_id;     /* (nullable): whose typed names these are */
  GPtrArray    *entries;     /* (element-type KvarFileEntry) by name */
  GError       *error;       /* (nullable): of the last listing */
  GCancellable *cancellable; /* (nullable): while a listing is under way */
};

enum {
  PROP_LOADING = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KvarBucketList, kvar_bucket_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static char *
dup_group (KvarBucketList *self)
{
  const char *url = kvar_project_get_url (kvar_session_get_project (self->session));
  g_autofree char *text = NULL;

  text = g_strconcat (url, "\n", kvar_session_get_user_id (self->session), NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static char *
dup_path (KvarBucketList *self)
{
  return g_build_filename (self->state_dir, FILE_NAME, NULL);
}

/* What this user has named, read again when it is another user. */
static void
read_typed (KvarBucketList *self)
{
  const char *user_id = kvar_session_get_user_id (self->session);
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autofree char *path = dup_path (self);
  g_autofree char *group = NULL;

  if (self->typed != NULL && g_strcmp0 (user_id, self->user_id) == 0)
    return;

  g_free (self->user_id);
  self->user_id = g_strdup (user_id);
  g_clear_pointer (&self->typed, g_strfreev);
  g_clear_pointer (&self->listed, g_strfreev);
  group = user_id != NULL ? dup_group (self) : NULL;
  if (group != NULL && g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    self->typed = g_key_file_get_string_list (file, group, KEY, NULL, NULL);
  if (self->typed == NULL)
    self->typed = g_new0 (char *, 1);
}

static void
write_typed (KvarBucketList *self)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *path = dup_path (self);
  g_autofree char *group = dup_group (self);
  g_autofree char *data = NULL;
  gsize length;

  g_mkdir_with_parents (self->state_dir, 0700);
  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL);
  g_key_file_set_string_list (file, group, KEY, (const char *const *)self->typed,
                              g_strv_length (self->typed));
  data = g_key_file_to_data (file, &length, NULL);
  if (!g_file_set_contents_full (path, data, (gssize)length, G_FILE_SET_CONTENTS_CONSISTENT,
                                 0600, &error))
    g_warning ("The buckets' names are not kept: %s", error->message);
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  KvarFileEntry *one = *(KvarFileEntry *const *)a;
  KvarFileEntry *two = *(KvarFileEntry *const *)b;

  return strcmp (kvar_file_entry_get_bucket (one), kvar_file_entry_get_bucket (two));
}

static void
add_entries (GPtrArray         *entries,
             const char *const *names,
             const char *const *but)
{
  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    if (but == NULL || !g_strv_contains (but, names[i]))
      g_ptr_array_add (entries, kvar_file_entry_new_folder (names[i], names[i]));
}

static void
update_entries (KvarBucketList *self)
{
  guint n_before = self->entries->len;
  const char *const *listed = (const char *const *)self->listed;

  g_ptr_array_set_size (self->entries, 0);
  add_entries (self->entries, listed, NULL);
  add_entries (self->entries, (const char *const *)self->typed, listed);
  g_ptr_array_sort (self->entries, compare_entries);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->entries->len);
}

static GType
kvar_bucket_list_get_item_type (GListModel *model)
{
  return KVAR_TYPE_FILE_ENTRY;
}

static guint
kvar_bucket_list_get_n_items (GListModel *model)
{
  return KVAR_BUCKET_LIST (model)->entries->len;
}

static gpointer
kvar_bucket_list_get_item (GListModel *model,
                           guint       position)
{
  KvarBucketList *self = KVAR_BUCKET_LIST (model);

  return position < self->entries->len
         ? g_object_ref (g_ptr_array_index (self->entries, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = kvar_bucket_list_get_item_type;
  iface->get_n_items = kvar_bucket_list_get_n_items;
  iface->get_item = kvar_bucket_list_get_item;
}

static void
kvar_bucket_list_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  KvarBucketList *self = KVAR_BUCKET_LIST (object);

  switch (prop_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, kvar_bucket_list_get_loading (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_bucket_list_dispose (GObject *object)
{
  KvarBucketList *self = KVAR_BUCKET_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (kvar_bucket_list_parent_class)->dispose (object);
}

static void
kvar_bucket_list_finalize (GObject *object)
{
  KvarBucketList *self = KVAR_BUCKET_LIST (object);

  g_free (self->state_dir);
  g_free (self->user_id);
  g_strfreev (self->listed);
  g_strfreev (self->typed);
  g_ptr_array_unref (self->entries);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (kvar_bucket_list_parent_class)->finalize (object);
}

static void
kvar_bucket_list_class_init (KvarBucketListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kvar_bucket_list_get_property;
  object_class->dispose = kvar_bucket_list_dispose;
  object_class->finalize = kvar_bucket_list_finalize;

  properties[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kvar_bucket_list_init (KvarBucketList *self)
{
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * kvar_bucket_list_new:
 * @state_dir: where names that are typed are remembered
 *
 * A list of #KvarFileEntry folders. Empty until it is refreshed.
 */
KvarBucketList *
kvar_bucket_list_new (KvarSession *session,
                      const char  *state_dir)
{
  KvarBucketList *self;

  g_return_val_if_fail (KVAR_IS_SESSION (session), NULL);
  g_return_val_if_fail (state_dir != NULL, NULL);

  self = g_object_new (KVAR_TYPE_BUCKET_LIST, NULL);
  self->session = g_object_ref (session);
  self->state_dir = g_strdup (state_dir);

  return self;
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(KvarBucketList) self = user_data;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;
  char **names = NULL;

  reply = kvar_session_send_finish (KVAR_SESSION (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  if (reply != NULL)
    names = kvar_storage_api_read_buckets (reply, &error);
  if (names != NULL)
    {
      g_strfreev (self->listed);
      self->listed = names;
    }

  self->error = g_steal_pointer (&error);
  update_entries (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/**
 * kvar_bucket_list_refresh:
 *
 * Shows what is remembered at once, and asks the server for the rest.
 */
void
kvar_bucket_list_refresh (KvarBucketList *self)
{
  g_autoptr(KvarRequest) request = NULL;

  g_return_if_fail (KVAR_IS_BUCKET_LIST (self));

  read_typed (self);
  update_entries (self);
  if (self->cancellable != NULL)
    return;

  g_clear_error (&self->error);
  self->cancellable = g_cancellable_new ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
  request = kvar_storage_api_list_buckets ();
  kvar_session_send_async (self->session, request, self->cancellable, listed_cb,
                           g_object_ref (self));
}

/**
 * kvar_bucket_list_add:
 * @name: as the person typed it
 *
 * Remembers a bucket. Whether it is there cannot be asked: one that is missing looks empty.
 */
gboolean
kvar_bucket_list_add (KvarBucketList  *self,
                      const char      *name,
                      GError         **error)
{
  g_autofree char *plain = NULL;
  guint n;

  g_return_val_if_fail (KVAR_IS_BUCKET_LIST (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  plain = g_strstrip (g_strdup (name));
  if (*plain == '\0' || strlen (plain) > 100 || strpbrk (plain, "/\\") != NULL ||
      strcmp (plain, ".") == 0 || strcmp (plain, "..") == 0)
    {
      g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_INVALID,
                           _("This isn't the name of a bucket. Check the spelling."));
      return FALSE;
    }

  read_typed (self);
  if (g_strv_contains ((const char *const *)self->typed, plain))
    return TRUE;

  n = g_strv_length (self->typed);
  self->typed = g_renew (char *, self->typed, n + 2);
  self->typed[n] = g_steal_pointer (&plain);
  self->typed[n + 1] = NULL;
  write_typed (self);
  update_entries (self);

  return TRUE;
}

/* Takes a name that was typed off the list; the bucket stays. */
void
kvar_bucket_list_forget (KvarBucketList *self,
                         const char     *name)
{
  g_autoptr(GStrvBuilder) rest = NULL;

  g_return_if_fail (KVAR_IS_BUCKET_LIST (self));
  g_return_if_fail (name != NULL);

  read_typed (self);
  rest = g_strv_builder_new ();
  for (gsize i = 0; self->typed[i] != NULL; i++)
    if (strcmp (self->typed[i], name) != 0)
      g_strv_builder_add (rest, self->typed[i]);

  g_strfreev (self->typed);
  self->typed = g_strv_builder_end (rest);
  write_typed (self);
  update_entries (self);
}

/* Whether a person has named it, and the server does not list it. */
gboolean
kvar_bucket_list_is_typed (KvarBucketList *self,
                           const char     *name)
{
  g_return_val_if_fail (KVAR_IS_BUCKET_LIST (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  return self->typed != NULL && g_strv_contains ((const char *const *)self->typed, name) &&
         (self->listed == NULL || !g_strv_contains ((const char *const *)self->listed, name));
}

gboolean
kvar_bucket_list_get_loading (KvarBucketList *self)
{
  g_return_val_if_fail (KVAR_IS_BUCKET_LIST (self), FALSE);

  return self->cancellable != NULL;
}

/* Whether the server has answered: the project has a Storage, whatever it shows of it. */
gboolean
kvar_bucket_list_get_listed (KvarBucketList *self)
{
  g_return_val_if_fail (KVAR_IS_BUCKET_LIST (self), FALSE);

  return self->listed != NULL;
}

/* Returns: (nullable): why the server's list is not here */
const GError *
kvar_bucket_list_get_error (KvarBucketList *self)
{
  g_return_val_if_fail (KVAR_IS_BUCKET_LIST (self), NULL);

  return self->error;
}
