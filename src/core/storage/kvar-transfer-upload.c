/* kvar-transfer-upload.c: the half of a transfer that stores a file, at once or piece by piece
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Up to 6 MiB go in one request; what is larger goes in pieces of that size by TUS, where the
 * server tells after each trouble how much has arrived. An answer that got lost may have been
 * a yes: then the file is looked for before anything is sent again.
 */

#define G_LOG_DOMAIN "kvar-storage"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kvar-error.h"
#include "storage/kvar-storage-api.h"
#include "storage/kvar-transfer-private.h"

/* As Storage's documents require of every piece but the last. */
#define PIECE (6 * 1024 * 1024)

/* At once: read → sent. In pieces: created → (asked) → read → sent, again and again. */
static void described_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void opened_cb    (GObject *object, GAsyncResult *result, gpointer user_data);
static void read_cb      (GObject *object, GAsyncResult *result, gpointer user_data);
static void stored_cb    (GObject *object, GAsyncResult *result, gpointer user_data);
static void created_cb   (GObject *object, GAsyncResult *result, gpointer user_data);
static void asked_cb     (GObject *object, GAsyncResult *result, gpointer user_data);
static void sent_cb      (GObject *object, GAsyncResult *result, gpointer user_data);
static void looked_cb    (GObject *object, GAsyncResult *result, gpointer user_data);

static void
fail_unreadable (KvarTransfer *self,
                 const GError *cause)
{
  g_debug ("The file is not read: %s", cause->message);
  kvar_transfer_fail (self, g_error_new_literal (KVAR_ERROR, KVAR_ERROR_INVALID,
                                                 _("The file can't be read. It may have been "
                                                   "moved or deleted.")));
}

void
kvar_transfer_upload_begin (KvarTransfer *self)
{
  kvar_transfer_recall (self);
  g_file_query_info_async (self->file,
                           G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE ","
                           G_FILE_ATTRIBUTE_STANDARD_CONTENT_TYPE ","
                           G_FILE_ATTRIBUTE_TIME_MODIFIED ","
                           G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC,
                           G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, self->cancellable,
                           described_cb, g_object_ref (self));
}

static gint64
get_changed (GFileInfo *info)
{
  g_autoptr(GDateTime) time = g_file_info_get_modification_date_time (info);

  return time != NULL
         ? g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time) : 0;
}

static void
described_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(KvarTransfer) self = user_data;
  g_autoptr(GFileInfo) info = NULL;
  g_autoptr(GError) error = NULL;
  const char *type;
  gint64 size;

  info = g_file_query_info_finish (G_FILE (object), result, &error);
  if (!kvar_transfer_may_go_on (self))
    return;

  if (info == NULL || g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_autoptr(GError) no_file = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                                                       "not a file");

      fail_unreadable (self, error != NULL ? error : no_file);
      return;
    }

  /* Pieces of two versions are never put together. */
  size = g_file_info_get_size (info);
  if (size != self->size || get_changed (info) != self->source_time)
    g_clear_pointer (&self->location, g_free);
  self->size = size;
  self->source_time = get_changed (info);
  self->unsure = self->location != NULL;

  type = g_file_info_get_content_type (info);
  g_free (self->content_type);
  self->content_type = type != NULL ? g_content_type_get_mime_type (type) : NULL;
  if (self->content_type == NULL)
    self->content_type = g_strdup ("application/octet-stream");

  kvar_transfer_keep (self);
  kvar_transfer_step (self);
}

static gboolean
goes_at_once (KvarTransfer *self)
{
  return self->size <= PIECE;
}

static void
look (KvarTransfer *self)
{
  g_autoptr(KvarRequest) request = kvar_storage_api_info (self->bucket, self->key);

  kvar_session_send_async (self->session, request, self->cancellable, looked_cb,
                           g_object_ref (self));
}

static void
create (KvarTransfer *self)
{
  g_autoptr(KvarRequest) request = NULL;

  request = kvar_storage_api_tus_create (self->bucket, self->key, self->content_type,
                                         self->title, self->replace, self->size);
  kvar_session_send_async (self->session, request, self->cancellable, created_cb,
                           g_object_ref (self));
}

static void
ask (KvarTransfer *self)
{
  g_autoptr(KvarRequest) request = kvar_storage_api_tus_ask (self->location);

  kvar_session_send_async (self->session, request, self->cancellable, asked_cb,
                           g_object_ref (self));
}

void
kvar_transfer_upload_step (KvarTransfer *self)
{
  if (goes_at_once (self) && self->unsure)
    look (self);
  else if (!goes_at_once (self) && self->location == NULL)
    create (self);
  else if (!goes_at_once (self) && (self->unsure || self->n_failures > 0))
    ask (self);
  else
    g_file_read_async (self->file, G_PRIORITY_DEFAULT, self->cancellable, opened_cb,
                       g_object_ref (self));
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(KvarTransfer) self = user_data;
  g_autoptr(GFileInputStream) stream = NULL;
  g_autoptr(GError) error = NULL;
  gsize size = (gsize)MIN (self->size - self->done, PIECE);
  void *buffer;

  stream = g_file_read_finish (G_FILE (object), result, &error);
  if (!kvar_transfer_may_go_on (self))
    return;

  if (stream == NULL ||
      !g_seekable_seek (G_SEEKABLE (stream), self->done, G_SEEK_SET, NULL, &error))
    {
      fail_unreadable (self, error);
      return;
    }

  buffer = g_malloc (MAX (size, 1));
  g_clear_pointer (&self->piece, g_bytes_unref);
  self->piece = g_bytes_new_take (buffer, size);
  g_input_stream_read_all_async (G_INPUT_STREAM (stream), buffer, size, G_PRIORITY_DEFAULT,
                                 self->cancellable, read_cb, g_object_ref (self));
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(KvarTransfer) self = user_data;
  g_autoptr(KvarRequest) request = NULL;
  g_autoptr(GError) error = NULL;
  gsize n_read;
  gboolean ok;

  ok = g_input_stream_read_all_finish (G_INPUT_STREAM (object), result, &n_read, &error);
  if (!kvar_transfer_may_go_on (self))
    return;

  if (!ok || n_read != g_bytes_get_size (self->piece))
    {
      g_autoptr(GError) shorter = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT,
                                                       "shorter than it was");

      fail_unreadable (self, ok ? shorter : error);
      return;
    }

  if (goes_at_once (self))
    request = kvar_storage_api_upload (self->bucket, self->key, self->content_type, self->title,
                                       self->replace, self->piece);
  else
    request = kvar_storage_api_tus_send (self->location, self->done, self->piece);
  kvar_session_send_async (self->session, request, self->cancellable,
                           goes_at_once (self) ? stored_cb : sent_cb, g_object_ref (self));
}

/* (transfer full) (nullable): the answer of a step that is still wanted, once it is checked;
 * else the step has ended. */
static KvarReply *
take_reply (KvarTransfer *self,
            KvarSession  *session,
            GAsyncResult *result)
{
  g_autoptr(KvarReply) reply = NULL;
  GError *error = NULL;

  reply = kvar_session_send_finish (session, result, &error);
  if (!kvar_transfer_may_go_on (self))
    {
      g_clear_error (&error);
      return NULL;
    }

  if (reply != NULL && kvar_reply_check (reply, KVAR_SERVICE_STORAGE, &error))
    return g_steal_pointer (&reply);

  kvar_transfer_fail (self, error);

  return NULL;
}

static void
finish (KvarTransfer *self)
{
  kvar_transfer_set_progress (self, self->size, self->size);
  kvar_transfer_finish (self);
}

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(KvarTransfer) self = user_data;
  g_autoptr(KvarReply) reply = take_reply (self, KVAR_SESSION (object), result);

  if (reply != NULL)
    finish (self);
}

static void
created_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(KvarTransfer) self = user_data;
  g_autoptr(KvarReply) reply = take_reply (self, KVAR_SESSION (object), result);
  char *location;

  if (reply == NULL)
    return;

  location = kvar_storage_api_read_location (reply);
  if (location == NULL)
    {
      kvar_transfer_fail (self, kvar_error_new_full (KVAR_ERROR_BAD_REPLY, 0, NULL,
                                                     "an upload without an address"));
      return;
    }

  g_free (self->location);
  self->location = location;
  self->unsure = FALSE;
  kvar_transfer_keep (self);
  kvar_transfer_set_progress (self, 0, self->size);
  kvar_transfer_step (self);
}

/* An upload that the server knows no more is over: arrived whole, or too old. */
static gboolean
is_forgotten (KvarReply *reply)
{
  int status = kvar_reply_get_status (reply);

  return status == 404 || status == 410;
}

/* Somebody else's piece came first, it is locked for a moment, or it was damaged on its way:
 * the server tells where it stands. */
static gboolean
is_out_of_step (KvarReply *reply)
{
  int status = kvar_reply_get_status (reply);

  return status == 409 || status == 423 || status == 460;
}

static void
go_on_at (KvarTransfer *self,
          gint64        offset)
{
  self->unsure = FALSE;
  kvar_transfer_set_progress (self, offset, self->size);
  if (offset == self->size)
    finish (self);
  else
    kvar_transfer_step (self);
}

static void
asked_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(KvarTransfer) self = user_data;
  g_autoptr(KvarReply) reply = NULL;
  GError *error = NULL;
  gint64 offset;

  reply = kvar_session_send_finish (KVAR_SESSION (object), result, &error);
  if (!kvar_transfer_may_go_on (self))
    g_clear_error (&error);
  else if (reply != NULL && is_forgotten (reply))
    look (self);
  else if (reply == NULL || !kvar_reply_check (reply, KVAR_SERVICE_STORAGE, &error))
    kvar_transfer_fail (self, error);
  else if (!kvar_storage_api_read_offset (reply, &offset) || offset > self->size)
    kvar_transfer_fail (self, kvar_error_new_full (KVAR_ERROR_BAD_REPLY, 0, NULL,
                                                   "an upload without an offset"));
  else
    go_on_at (self, offset);
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(KvarTransfer) self = user_data;
  g_autoptr(KvarReply) reply = NULL;
  GError *error = NULL;
  gint64 offset;

  reply = kvar_session_send_finish (KVAR_SESSION (object), result, &error);
  if (!kvar_transfer_may_go_on (self))
    g_clear_error (&error);
  else if (reply != NULL && (is_forgotten (reply) || is_out_of_step (reply)))
    {
      self->unsure = TRUE;
      kvar_transfer_fail (self, kvar_error_new_full (KVAR_ERROR_OFFLINE,
                                                     kvar_reply_get_status (reply), NULL,
                                                     "the upload is elsewhere"));
    }
  else if (reply == NULL || !kvar_reply_check (reply, KVAR_SERVICE_STORAGE, &error))
    kvar_transfer_fail (self, error);
  else if (!kvar_storage_api_read_offset (reply, &offset) || offset > self->size ||
           offset < self->done)
    kvar_transfer_fail (self, kvar_error_new_full (KVAR_ERROR_BAD_REPLY, 0, NULL,
                                                   "a piece without an offset"));
  else
    go_on_at (self, offset);
}

/* Small files' ETags are their MD5; what came in pieces has another, and its size must do. */
static gboolean
has_arrived (KvarTransfer  *self,
             KvarFileEntry *there,
             const char    *etag)
{
  g_autofree char *sum = NULL;

  if (kvar_file_entry_get_size (there) != self->size)
    return FALSE;
  if (!goes_at_once (self))
    return TRUE;
  if (self->piece == NULL || etag == NULL)
    return FALSE;

  sum = g_compute_checksum_for_bytes (G_CHECKSUM_MD5, self->piece);

  return g_ascii_strcasecmp (sum, etag) == 0;
}

/* The server has forgotten the pieces, or its answer got lost: the file itself tells. */
static void
looked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(KvarTransfer) self = user_data;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(KvarFileEntry) there = NULL;
  g_autofree char *etag = NULL;
  GError *error = NULL;

  reply = kvar_session_send_finish (KVAR_SESSION (object), result, &error);
  if (!kvar_transfer_may_go_on (self))
    {
      g_clear_error (&error);
      return;
    }

  if (reply != NULL)
    there = kvar_storage_api_read_info (reply, self->bucket, self->key, &etag, &error);
  if (there != NULL && has_arrived (self, there, etag))
    {
      finish (self);
      return;
    }

  if (there == NULL && (error->domain != KVAR_ERROR || error->code != KVAR_ERROR_GONE))
    {
      kvar_transfer_fail (self, error);
      return;
    }

  g_clear_error (&error);
  g_clear_pointer (&self->location, g_free);
  self->unsure = FALSE;
  self->done = 0;
  kvar_transfer_step (self);
}

static void
forgotten_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(KvarReply) reply = NULL;

  /* If it fails, the server forgets it by itself in an hour. */
  reply = kvar_session_send_finish (KVAR_SESSION (object), result, NULL);
}

/* What has arrived of an upload that is not wanted any more. */
void
kvar_transfer_upload_forget (KvarTransfer *self)
{
  g_autoptr(KvarRequest) request = NULL;

  if (!self->upload || self->location == NULL || !kvar_session_is_usable (self->session))
    return;

  request = kvar_storage_api_tus_forget (self->location);
  kvar_session_send_async (self->session, request, NULL, forgotten_cb, NULL);
}
