/* kvar-file-info.c: asks what is known of one file: its size, and its first name
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-storage"

#include "config.h"

#include "storage/kvar-file-info.h"
#include "storage/kvar-storage-api.h"

typedef struct
{
  char *bucket;
  char *key;
} Place;

static void
place_free (gpointer data)
{
  Place *place = data;

  g_free (place->bucket);
  g_free (place->key);
  g_free (place);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;
  Place *place = g_task_get_task_data (task);
  KvarFileEntry *entry = NULL;

  reply = kvar_session_send_finish (KVAR_SESSION (object), result, &error);
  if (reply != NULL)
    entry = kvar_storage_api_read_info (reply, place->bucket, place->key, NULL, &error);

  if (entry != NULL)
    g_task_return_pointer (task, entry, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * kvar_file_info_ask_async:
 *
 * Asks for a file's size, time and kind, and what it was called where it came from.
 */
void
kvar_file_info_ask_async (KvarSession         *session,
                          const char          *bucket,
                          const char          *key,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(KvarRequest) request = NULL;
  g_autoptr(GTask) task = NULL;
  Place *place;

  g_return_if_fail (KVAR_IS_SESSION (session));
  g_return_if_fail (bucket != NULL && key != NULL);

  task = g_task_new (session, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_file_info_ask_async);
  place = g_new0 (Place, 1);
  place->bucket = g_strdup (bucket);
  place->key = g_strdup (key);
  g_task_set_task_data (task, place, place_free);

  request = kvar_storage_api_info (bucket, key);
  kvar_session_send_async (session, request, cancellable, answered_cb, g_steal_pointer (&task));
}

/* Returns: (transfer full): or %NULL with @error set */
KvarFileEntry *
kvar_file_info_ask_finish (KvarSession   *session,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
