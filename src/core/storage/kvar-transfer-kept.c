/* kvar-transfer-kept.c: what is remembered of a transfer, to go on with it another time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In Kvar's own folder, one small file for each that is not over, and beside a download's the
 * part that has come. Nothing in it is secret: whoever goes on needs a token of their own.
 */

#define G_LOG_DOMAIN "kvar-storage"

#include "config.h"

#include <glib/gstdio.h>

#include "kvar-paths.h"
#include "storage/kvar-transfer-private.h"

#define GROUP "transfer"

/* s: what nobody goes on with is not kept for ever. */
#define OLD_AGE (30 * 24 * 60 * 60)

static char *
dup_folder (void)
{
  return g_build_filename (kvar_paths_get_data_dir (), "transfers", NULL);
}

/* @ending: ".ini" or ".part" */
char *
kvar_transfer_dup_path (KvarTransfer *self,
                        const char   *ending)
{
  g_autofree char *folder = dup_folder ();
  g_autofree char *name = g_strconcat (self->id, ending, NULL);

  return g_build_filename (folder, name, NULL);
}

static void
set_string (GKeyFile   *file,
            const char *key,
            const char *value)
{
  if (value != NULL)
    g_key_file_set_string (file, GROUP, key, value);
}

/* Writes down how it can be gone on with. */
void
kvar_transfer_keep (KvarTransfer *self)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = dup_folder ();
  g_autofree char *path = kvar_transfer_dup_path (self, ".ini");
  g_autofree char *uri = g_file_get_uri (self->file);
  g_autofree char *data = NULL;
  gsize length;

  set_string (file, "project",
              kvar_project_get_url (kvar_session_get_project (self->session)));
  set_string (file, "user", self->user_id);
  g_key_file_set_boolean (file, GROUP, "upload", self->upload);
  g_key_file_set_boolean (file, GROUP, "replace", self->replace);
  set_string (file, "bucket", self->bucket);
  set_string (file, "key", self->key);
  set_string (file, "file", uri);
  set_string (file, "etag", self->etag);
  set_string (file, "location", self->location);
  g_key_file_set_int64 (file, GROUP, "size", self->size);
  g_key_file_set_int64 (file, GROUP, "source-time", self->source_time);

  g_mkdir_with_parents (folder, 0700);
  data = g_key_file_to_data (file, &length, NULL);
  if (!g_file_set_contents_full (path, data, (gssize)length, G_FILE_SET_CONTENTS_CONSISTENT,
                                 0600, &error))
    g_debug ("A transfer is not remembered: %s", error->message);
}

/* Takes up what the same transfer had reached; FALSE if there is nothing of it. */
gboolean
kvar_transfer_recall (KvarTransfer *self)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autofree char *path = kvar_transfer_dup_path (self, ".ini");

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    return FALSE;

  g_free (self->etag);
  g_free (self->location);
  self->etag = g_key_file_get_string (file, GROUP, "etag", NULL);
  self->location = g_key_file_get_string (file, GROUP, "location", NULL);
  self->size = g_key_file_get_int64 (file, GROUP, "size", NULL);
  self->source_time = g_key_file_get_int64 (file, GROUP, "source-time", NULL);

  return TRUE;
}

/* Nothing of it will be needed any more. */
void
kvar_transfer_drop (KvarTransfer *self)
{
  g_autofree char *kept = kvar_transfer_dup_path (self, ".ini");
  g_autofree char *part = kvar_transfer_dup_path (self, ".part");

  g_unlink (kept);
  g_unlink (part);
}

static gboolean
is_old (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 &&
         g_get_real_time () / G_USEC_PER_SEC - info.st_mtime > OLD_AGE;
}

/* (nullable): the transfer that @path tells of, if it is one of this user's. */
static KvarTransfer *
read_kept (KvarSession *session,
           const char  *path)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autofree char *project = NULL;
  g_autofree char *user = NULL;
  g_autofree char *bucket = NULL;
  g_autofree char *key = NULL;
  g_autofree char *uri = NULL;
  g_autoptr(GFile) target = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    return NULL;

  project = g_key_file_get_string (file, GROUP, "project", NULL);
  user = g_key_file_get_string (file, GROUP, "user", NULL);
  bucket = g_key_file_get_string (file, GROUP, "bucket", NULL);
  key = g_key_file_get_string (file, GROUP, "key", NULL);
  uri = g_key_file_get_string (file, GROUP, "file", NULL);
  if (bucket == NULL || key == NULL || uri == NULL || user == NULL ||
      g_strcmp0 (user, kvar_session_get_user_id (session)) != 0 ||
      g_strcmp0 (project, kvar_project_get_url (kvar_session_get_project (session))) != 0)
    return NULL;

  target = g_file_new_for_uri (uri);
  if (!g_key_file_get_boolean (file, GROUP, "upload", NULL))
    return kvar_transfer_new_download (session, bucket, key, target);

  return kvar_transfer_new_upload (session, bucket, key, target,
                                   g_key_file_get_boolean (file, GROUP, "replace", NULL));
}

/* (element-type KvarTransfer): what is kept for this user; what is too old is taken away. */
static GPtrArray *
list_kept (KvarSession *session)
{
  GPtrArray *transfers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *folder = dup_folder ();
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      KvarTransfer *transfer;

      if (is_old (path))
        g_unlink (path);
      else if (g_str_has_suffix (name, ".ini") &&
               (transfer = read_kept (session, path)) != NULL)
        g_ptr_array_add (transfers, transfer);
    }

  return transfers;
}

/**
 * kvar_transfer_restore:
 *
 * Goes on in @list with what the user of @session had under way when Kvar ended.
 */
void
kvar_transfer_restore (KvarErrandList *list,
                       KvarSession    *session)
{
  g_autoptr(GPtrArray) kept = NULL;

  g_return_if_fail (KVAR_IS_ERRAND_LIST (list));
  g_return_if_fail (KVAR_IS_SESSION (session));

  kvar_errand_list_drop_suspended (list);
  kept = list_kept (session);
  for (guint i = 0; i < kept->len; i++)
    kvar_errand_list_start (list, g_ptr_array_index (kept, i));
}
