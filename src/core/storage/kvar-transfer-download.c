/* kvar-transfer-download.c: the half of a transfer that fetches a file piece by piece
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The API does not pass on If-Range, so that each piece's ETag is compared here: pieces of two
 * versions are never put together.
 */

#define G_LOG_DOMAIN "kvar-storage"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "export/kvar-export-error.h"
#include "export/kvar-export-target.h"
#include "kvar-error.h"
#include "storage/kvar-storage-api.h"
#include "storage/kvar-transfer-private.h"

#define PIECE (2 * 1024 * 1024)

/* A piece: asked → came → written; after the last one: the file is put in its place. */
static void came_cb    (GObject *object, GAsyncResult *result, gpointer user_data);
static void written_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void put_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable);
static void put_cb     (GObject *object, GAsyncResult *result, gpointer user_data);

static GFile *
get_part (KvarTransfer *self)
{
  g_autofree char *path = kvar_transfer_dup_path (self, ".part");

  return g_file_new_for_path (path);
}

/* Forgets what has come. */
static void
start_over (KvarTransfer *self)
{
  g_autoptr(GFile) part = get_part (self);

  g_clear_object (&self->part);
  g_file_delete (part, NULL, NULL);
  g_clear_pointer (&self->etag, g_free);
  self->done = 0;
  self->size = -1;
}

/* How much of the part counts: all of it, if it can be a beginning of that file. */
static gint64
measure_part (KvarTransfer *self)
{
  g_autofree char *path = kvar_transfer_dup_path (self, ".part");
  GStatBuf info;

  if (g_stat (path, &info) != 0 || self->etag == NULL || self->size < 0 ||
      info.st_size > self->size)
    return -1;

  return info.st_size;
}

void
kvar_transfer_download_begin (KvarTransfer *self)
{
  GError *error = NULL;

  if (!kvar_export_target_check (self->file, &error))
    {
      kvar_transfer_fail (self, error);
      return;
    }

  if (kvar_transfer_recall (self))
    self->done = measure_part (self);
  if (self->done < 0 || self->etag == NULL)
    start_over (self);
  kvar_transfer_keep (self);
  kvar_transfer_step (self);
}

static void
put_in_place (KvarTransfer *self)
{
  g_autoptr(GTask) task = g_task_new (self, self->cancellable, put_cb, NULL);

  g_clear_object (&self->part);
  g_task_set_source_tag (task, put_in_place);
  g_task_set_task_data (task, kvar_transfer_dup_path (self, ".part"), g_free);
  /* The copy and its way to the disk can take long; nothing else touches either file now. */
  g_task_run_in_thread (task, put_thread);
}

void
kvar_transfer_download_step (KvarTransfer *self)
{
  g_autoptr(KvarRequest) request = NULL;

  if (self->size >= 0 && self->done == self->size && self->etag != NULL)
    {
      put_in_place (self);
      return;
    }

  request = kvar_storage_api_download (self->bucket, self->key, self->done,
                                       self->whole ? -1 : self->done + PIECE - 1);
  kvar_session_send_async (self->session, request, self->cancellable, came_cb,
                           g_object_ref (self));
}

static void
write_piece (KvarTransfer *self,
             GBytes       *bytes)
{
  g_autoptr(GFile) part = get_part (self);
  GError *error = NULL;
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  if (self->part == NULL)
    self->part = g_file_append_to (part, G_FILE_CREATE_PRIVATE, NULL, &error);
  if (self->part == NULL)
    {
      kvar_transfer_fail (self, kvar_export_error_from_gio (error));
      g_error_free (error);
      return;
    }

  g_clear_pointer (&self->piece, g_bytes_unref);
  self->piece = g_bytes_ref (bytes);
  g_output_stream_write_all_async (G_OUTPUT_STREAM (self->part), data, size,
                                   G_PRIORITY_DEFAULT, self->cancellable, written_cb,
                                   g_object_ref (self));
}

static GError *
new_odd (const char *what)
{
  return kvar_error_new_full (KVAR_ERROR_BAD_REPLY, 0, NULL, what);
}

/* What the first piece tells of the file is remembered; FALSE if it is not the same any more. */
static gboolean
is_same_file (KvarTransfer *self,
              KvarReply    *reply,
              gint64        total)
{
  const char *etag = kvar_reply_get_header (reply, "ETag");

  if (self->etag != NULL)
    return g_strcmp0 (etag != NULL ? etag : "", self->etag) == 0 && total == self->size;

  self->etag = g_strdup (etag != NULL ? etag : "");
  self->size = total;
  g_free (self->content_type);
  self->content_type = g_strdup (kvar_reply_get_header (reply, "Content-Type"));
  kvar_transfer_keep (self);

  return TRUE;
}

/* All of it at once: whoever does not know ranges sends the whole. */
static void
take_whole (KvarTransfer *self,
            KvarReply    *reply)
{
  GBytes *body = kvar_reply_get_body (reply);

  start_over (self);
  is_same_file (self, reply, (gint64)g_bytes_get_size (body));
  write_piece (self, body);
}

static void
take_part (KvarTransfer *self,
           KvarReply    *reply)
{
  gint64 first, total;

  if (!kvar_storage_api_read_part (reply, &first, &total))
    kvar_transfer_fail (self, new_odd ("a part that is none"));
  else if (!is_same_file (self, reply, total))
    {
      start_over (self);
      kvar_transfer_step (self);
    }
  else if (first != self->done)
    kvar_transfer_fail (self, new_odd ("another part than was asked for"));
  else
    write_piece (self, kvar_reply_get_body (reply));
}

/* An empty file has no first byte to ask for, and a file that has shrunk none so far down. */
static gboolean
is_beyond_end (KvarReply *reply)
{
  return kvar_reply_get_status (reply) == 416 ||
         g_strcmp0 (kvar_reply_get_code (reply), "InvalidRange") == 0;
}

static void
came_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(KvarTransfer) self = user_data;
  g_autoptr(KvarReply) reply = NULL;
  GError *error = NULL;

  reply = kvar_session_send_finish (KVAR_SESSION (object), result, &error);
  if (!kvar_transfer_may_go_on (self))
    {
      g_clear_error (&error);
      return;
    }

  if (reply != NULL && is_beyond_end (reply) && !self->whole)
    {
      self->whole = self->done == 0;
      start_over (self);
      kvar_transfer_step (self);
    }
  else if (reply == NULL || !kvar_reply_check (reply, KVAR_SERVICE_STORAGE, &error))
    kvar_transfer_fail (self, error);
  else if (kvar_reply_get_status (reply) == 206)
    take_part (self, reply);
  else
    take_whole (self, reply);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(KvarTransfer) self = user_data;
  g_autoptr(GError) error = NULL;
  gsize written;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, &written, &error))
    {
      /* Nobody knows how much of the piece is there. */
      start_over (self);
      if (kvar_transfer_may_go_on (self))
        kvar_transfer_fail (self, kvar_export_error_from_gio (error));
      return;
    }

  g_clear_pointer (&self->piece, g_bytes_unref);
  if (!kvar_transfer_may_go_on (self))
    return;

  kvar_transfer_set_progress (self, self->done + (gint64)written, self->size);
  kvar_transfer_step (self);
}

static void
put_thread (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  KvarTransfer *self = source;
  const char *part = data;
  GError *error = NULL;
  int fd = open (part, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

  if (fd < 0)
    {
      g_task_return_error (task, kvar_export_error_from_errno (errno));
      return;
    }

  if (kvar_export_target_put (self->file, fd, part, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  close (fd);
}

static void
put_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  KvarTransfer *self = KVAR_TRANSFER (object);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    kvar_transfer_finish (self);
  else if (kvar_transfer_may_go_on (self))
    kvar_transfer_fail (self, error);
  else
    g_clear_error (&error);
}
