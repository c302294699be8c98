/* kvar-demo-storage-tus.c: large files taken in piece by piece, as TUS 1.0 has it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-base64url.h"
#include "kvar-demo-storage-private.h"

/* How long an unfinished upload is kept, as the server's own default has it. */
#define EXPIRES_AFTER_USEC (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

#define MOST_BYTES (G_GINT64_CONSTANT (50) * 1024 * 1024)

typedef struct
{
  char   *id;
  char   *bucket;
  char   *name;
  char   *owner;
  char   *type;          /* (nullable) */
  char   *cache_control; /* (nullable) */
  char   *metadata;      /* (nullable) */
  gint64  upsert;
  gint64  length;
  gint64  offset;
  gint64  expires_at;    /* µs */
} Upload;

static void
upload_free (Upload *self)
{
  g_free (self->id);
  g_free (self->bucket);
  g_free (self->name);
  g_free (self->owner);
  g_free (self->type);
  g_free (self->cache_control);
  g_free (self->metadata);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Upload, upload_free)

void
kvar_demo_storage_tus_create (KvarDemoStorage *self)
{
  kvar_demo_database_exec (self->database,
                           "CREATE TABLE IF NOT EXISTS storage_uploads (id TEXT PRIMARY KEY, "
                           "bucket TEXT NOT NULL, name TEXT NOT NULL, owner TEXT, type TEXT, "
                           "cache_control TEXT, metadata TEXT, upsert INTEGER NOT NULL, "
                           "length INTEGER NOT NULL, expires_at INTEGER NOT NULL);"
                           "CREATE TABLE IF NOT EXISTS storage_pieces (upload TEXT NOT NULL, "
                           "first INTEGER NOT NULL, data BLOB NOT NULL, "
                           "PRIMARY KEY (upload, first))");
}

/* TUS says what is wrong in plain words and by the status itself. */
static void
fail (KvarDemoExchange *exchange,
      guint             status,
      const char       *text)
{
  kvar_demo_exchange_reply (exchange, status, "text/plain; charset=utf-8", text, -1);
}

static void
add_number (KvarDemoExchange *exchange,
            const char       *name,
            gint64            value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  kvar_demo_exchange_add_header (exchange, name, text);
}

static gint64
get_number (KvarDemoExchange *exchange,
            const char       *name)
{
  const char *text = kvar_demo_exchange_get_header (exchange, name);
  char *end;
  gint64 value;

  if (text == NULL || text[0] == '\0')
    return -1;

  value = g_ascii_strtoll (text, &end, 10);

  return end[0] == '\0' && value >= 0 ? value : -1;
}

static gint64
get_offset (KvarDemoStorage *self,
            const char      *id)
{
  g_autoptr(sqlite3_stmt) row = NULL;

  row = kvar_demo_database_prepare (self->database, "SELECT coalesce (sum (length (data)), 0) "
                                    "FROM storage_pieces WHERE upload = ?", "s", id);

  return sqlite3_step (row) == SQLITE_ROW ? sqlite3_column_int64 (row, 0) : 0;
}

static void
forget (KvarDemoStorage *self,
        const char      *id)
{
  kvar_demo_database_run (self->database, "DELETE FROM storage_pieces WHERE upload = ?", "s", id);
  kvar_demo_database_run (self->database, "DELETE FROM storage_uploads WHERE id = ?", "s", id);
}

/* The caller's own upload that is still valid, or NULL when the error is replied. */
static Upload *
find_upload (KvarDemoStorage  *self,
             KvarDemoExchange *exchange,
             const char       *id)
{
  g_autoptr(sqlite3_stmt) row = NULL;
  g_autoptr(Upload) upload = g_new0 (Upload, 1);

  row = kvar_demo_database_prepare (self->database, "SELECT bucket, name, owner, type, "
                                    "cache_control, metadata, upsert, length, expires_at "
                                    "FROM storage_uploads WHERE id = ?", "s", id);
  if (sqlite3_step (row) != SQLITE_ROW ||
      g_strcmp0 ((const char *)sqlite3_column_text (row, 2), exchange->user_id) != 0)
    {
      fail (exchange, 404, "The file for this url was not found\n");
      return NULL;
    }

  upload->id = g_strdup (id);
  upload->bucket = g_strdup ((const char *)sqlite3_column_text (row, 0));
  upload->name = g_strdup ((const char *)sqlite3_column_text (row, 1));
  upload->owner = g_strdup ((const char *)sqlite3_column_text (row, 2));
  upload->type = g_strdup ((const char *)sqlite3_column_text (row, 3));
  upload->cache_control = g_strdup ((const char *)sqlite3_column_text (row, 4));
  upload->metadata = g_strdup ((const char *)sqlite3_column_text (row, 5));
  upload->upsert = sqlite3_column_int64 (row, 6);
  upload->length = sqlite3_column_int64 (row, 7);
  upload->expires_at = sqlite3_column_int64 (row, 8);
  upload->offset = get_offset (self, id);

  if (kvar_demo_clock_get_usec (self->clock) >= upload->expires_at)
    {
      forget (self, id);
      fail (exchange, 410, "The file for this url has expired\n");
      return NULL;
    }

  return g_steal_pointer (&upload);
}

/* "bucketName ZHJhd2luZ3M=,objectName YS5wZGY=" → one value, decoded, or NULL */
static char *
dup_metadata (KvarDemoExchange *exchange,
              const char       *key)
{
  const char *header = kvar_demo_exchange_get_header (exchange, "Upload-Metadata");
  g_auto(GStrv) pairs = g_strsplit (header != NULL ? header : "", ",", -1);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      g_auto(GStrv) pair = g_strsplit (g_strstrip (pairs[i]), " ", 2);

      if (g_strv_length (pair) == 2 && strcmp (pair[0], key) == 0)
        {
          gsize length;
          g_autofree guchar *bytes = g_base64_decode (pair[1], &length);

          return g_strndup ((const char *)bytes, length);
        }
    }

  return NULL;
}

/* TUS words the same refusals by their true status. */
static void
unwrap_refusal (KvarDemoExchange *exchange)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  gsize length;
  const char *text = g_bytes_get_data (exchange->reply_body, &length);
  g_autofree char *message = NULL;
  JsonObject *body;
  guint status;

  if (!json_parser_load_from_data (parser, text, length, NULL))
    return;

  body = json_node_get_object (json_parser_get_root (parser));
  status = (guint)g_ascii_strtoull (json_object_get_string_member (body, "statusCode"), NULL, 10);
  message = g_strconcat (json_object_get_string_member (body, "message"), "\n", NULL);
  fail (exchange, status, message);
}

static void
add_location (KvarDemoExchange *exchange,
              const char       *id)
{
  const char *host = kvar_demo_exchange_get_header (exchange, "Host");
  g_autofree char *location = NULL;

  location = g_strdup_printf ("http://%s/storage/v1/upload/resumable/%s",
                              host != NULL ? host : "127.0.0.1", id);
  kvar_demo_exchange_add_header (exchange, "Location", location);
}

static void
add_expiry (KvarDemoExchange *exchange,
            gint64            usec)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (usec / G_USEC_PER_SEC);
  g_autofree char *text = g_date_time_format (time, "%a, %d %b %Y %H:%M:%S GMT");

  kvar_demo_exchange_add_header (exchange, "Upload-Expires", text);
}

/* The address's last piece says bucket, key and version, as the real server's does. */
static char *
make_id (const char *bucket,
         const char *name)
{
  g_autofree char *version = g_uuid_string_random ();
  g_autofree char *text = g_strjoin ("/", "demo", bucket, name, version, NULL);

  return kvar_demo_base64url_encode ((const guint8 *)text, strlen (text));
}

static void
begin (KvarDemoStorage  *self,
       KvarDemoExchange *exchange)
{
  g_autofree char *bucket = dup_metadata (exchange, "bucketName");
  g_autofree char *name = dup_metadata (exchange, "objectName");
  g_autofree char *type = dup_metadata (exchange, "contentType");
  g_autofree char *seconds = dup_metadata (exchange, "cacheControl");
  g_autofree char *metadata = dup_metadata (exchange, "metadata");
  g_autofree char *cache = NULL;
  g_autofree char *id = NULL;
  gint64 length = get_number (exchange, "Upload-Length");
  gboolean upsert = g_strcmp0 (kvar_demo_exchange_get_header (exchange, "x-upsert"), "true") == 0;
  gint64 expires_at = kvar_demo_clock_get_usec (self->clock) + EXPIRES_AFTER_USEC;

  if (length < 0 || bucket == NULL || name == NULL)
    {
      fail (exchange, 400, "Upload-Length or Upload-Metadata header required\n");
      return;
    }

  if (length > MOST_BYTES)
    {
      fail (exchange, 413, "Maximum size exceeded\n");
      return;
    }

  if (!kvar_demo_storage_check_upload (self, exchange, bucket, name, type, length, upsert))
    {
      unwrap_refusal (exchange);
      return;
    }

  id = make_id (bucket, name);
  cache = seconds != NULL ? g_strdup_printf ("max-age=%s", seconds) : NULL;
  kvar_demo_database_run (self->database, "INSERT INTO storage_uploads (id, bucket, name, owner, "
                          "type, cache_control, metadata, upsert, length, expires_at) "
                          "VALUES (?,?,?,?,?,?,?,?,?,?)", "sssssssiii", id, bucket, name,
                          exchange->user_id, type, cache, metadata, (gint64)upsert, length,
                          expires_at);
  add_location (exchange, id);
  add_expiry (exchange, expires_at);
  add_number (exchange, "Upload-Offset", 0);
  kvar_demo_exchange_reply (exchange, 201, NULL, NULL, 0);
}

static GBytes *
join_pieces (KvarDemoStorage *self,
             const char      *id)
{
  GByteArray *whole = g_byte_array_new ();
  g_autoptr(sqlite3_stmt) row = NULL;

  row = kvar_demo_database_prepare (self->database, "SELECT data FROM storage_pieces "
                                    "WHERE upload = ? ORDER BY first", "s", id);
  while (sqlite3_step (row) == SQLITE_ROW)
    g_byte_array_append (whole, sqlite3_column_blob (row, 0), sqlite3_column_bytes (row, 0));

  return g_byte_array_free_to_bytes (whole);
}

/* What has arrived whole becomes an object; somebody may have been faster meanwhile. */
static gboolean
complete (KvarDemoStorage  *self,
          KvarDemoExchange *exchange,
          const Upload     *upload)
{
  g_auto(KvarDemoArrival) arrival = { NULL };
  g_autoptr(KvarDemoObject) object = NULL;

  if (!kvar_demo_storage_check_upload (self, exchange, upload->bucket, upload->name, upload->type,
                                       upload->length, upload->upsert != 0))
    {
      unwrap_refusal (exchange);
      return FALSE;
    }

  arrival.type = g_strdup (upload->type);
  arrival.cache_control = g_strdup (upload->cache_control);
  arrival.metadata = g_strdup (upload->metadata);
  arrival.data = join_pieces (self, upload->id);
  object = kvar_demo_storage_put (self, upload->bucket, upload->name, upload->owner, &arrival);
  forget (self, upload->id);

  return TRUE;
}

static void
add_piece (KvarDemoStorage *self,
           const Upload    *upload,
           GBytes          *data)
{
  g_autoptr(sqlite3_stmt) statement = NULL;

  statement = kvar_demo_database_prepare (self->database, "INSERT INTO storage_pieces "
                                          "(upload, first, data) VALUES (?, ?, ?)", "si",
                                          upload->id, upload->offset);
  sqlite3_bind_blob64 (statement, 3, g_bytes_get_data (data, NULL), g_bytes_get_size (data),
                       SQLITE_STATIC);
  if (sqlite3_step (statement) != SQLITE_DONE)
    g_error ("%s", sqlite3_errmsg (kvar_demo_database_get_handle (self->database)));
}

static void
take_piece (KvarDemoStorage  *self,
            KvarDemoExchange *exchange,
            const char       *id)
{
  g_autoptr(Upload) upload = find_upload (self, exchange, id);
  const char *type = kvar_demo_exchange_get_header (exchange, "Content-Type");
  gint64 size = g_bytes_get_size (exchange->body);

  if (upload == NULL)
    return;

  if (g_strcmp0 (type, "application/offset+octet-stream") != 0)
    fail (exchange, 415, "Content-Type must be application/offset+octet-stream\n");
  else if (get_number (exchange, "Upload-Offset") != upload->offset)
    fail (exchange, 409, "Upload-Offset conflict\n");
  else if (upload->offset + size > upload->length)
    fail (exchange, 413, "Maximum size exceeded\n");
  else
    {
      if (size > 0)
        add_piece (self, upload, exchange->body);
      if (upload->offset + size == upload->length && !complete (self, exchange, upload))
        return;

      add_number (exchange, "Upload-Offset", upload->offset + size);
      add_expiry (exchange, upload->expires_at);
      kvar_demo_exchange_reply (exchange, 204, NULL, NULL, 0);
    }
}

static void
tell_offset (KvarDemoStorage  *self,
             KvarDemoExchange *exchange,
             const char       *id)
{
  g_autoptr(Upload) upload = find_upload (self, exchange, id);

  if (upload == NULL)
    return;

  add_number (exchange, "Upload-Offset", upload->offset);
  add_number (exchange, "Upload-Length", upload->length);
  add_expiry (exchange, upload->expires_at);
  kvar_demo_exchange_add_header (exchange, "Cache-Control", "no-store");
  kvar_demo_exchange_reply (exchange, 200, NULL, NULL, 0);
}

static void
give_up (KvarDemoStorage  *self,
         KvarDemoExchange *exchange,
         const char       *id)
{
  g_autoptr(Upload) upload = find_upload (self, exchange, id);

  if (upload == NULL)
    return;

  forget (self, id);
  kvar_demo_exchange_reply (exchange, 204, NULL, NULL, 0);
}

/* /upload/resumable and /upload/resumable/ID */
void
kvar_demo_storage_tus (KvarDemoStorage  *self,
                       KvarDemoExchange *exchange)
{
  guint n = g_strv_length (exchange->segments);
  const char *id = n == 3 ? exchange->segments[2] : NULL;
  const char *version = kvar_demo_exchange_get_header (exchange, "Tus-Resumable");
  const char *method = exchange->method;

  kvar_demo_exchange_add_header (exchange, "Tus-Resumable", "1.0.0");
  if (strcmp (method, "OPTIONS") == 0)
    {
      kvar_demo_exchange_add_header (exchange, "Tus-Version", "1.0.0");
      kvar_demo_exchange_add_header (exchange, "Tus-Extension",
                                     "creation,termination,expiration");
      kvar_demo_exchange_reply (exchange, 204, NULL, NULL, 0);
    }
  else if (g_strcmp0 (version, "1.0.0") != 0)
    fail (exchange, 412, "Tus-Resumable Required\n");
  else if (id == NULL && strcmp (method, "POST") == 0)
    begin (self, exchange);
  else if (id != NULL && strcmp (method, "PATCH") == 0)
    take_piece (self, exchange, id);
  else if (id != NULL && strcmp (method, "HEAD") == 0)
    tell_offset (self, exchange, id);
  else if (id != NULL && strcmp (method, "DELETE") == 0)
    give_up (self, exchange, id);
  else
    fail (exchange, 404, "Not found\n");
}
