/* kvar-storage-api.c: builds the requests to Storage, whole files and pieces of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-storage"

#include "config.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "storage/kvar-storage-api.h"

#define ROOT     "/storage/v1"
#define TUS_ROOT "/upload/resumable/"

/* Bytes of an answer that holds no file. */
#define TALK_MAX (4 * 1024 * 1024)

/* What a file was called where it came from; keys have to do without most letters. */
#define ORIGINAL "filename"

static KvarRequest *
new_request (const char *method,
             const char *what,
             const char *bucket,
             const char *key)
{
  g_autofree char *escaped_bucket = g_uri_escape_string (bucket, NULL, FALSE);
  g_autofree char *escaped_key = key != NULL ? g_uri_escape_string (key, "/", FALSE) : NULL;
  g_autofree char *path = NULL;
  KvarRequest *request;

  path = g_strconcat (ROOT, what, escaped_bucket, key != NULL ? "/" : NULL, escaped_key, NULL);
  request = kvar_request_new (method, path);
  kvar_request_set_answer_max (request, TALK_MAX);

  return request;
}

static GBytes *
builder_to_bytes (JsonBuilder *builder)
{
  g_autoptr(JsonNode) root = json_builder_get_root (builder);
  char *text = json_to_string (root, FALSE);

  return g_bytes_new_take (text, strlen (text));
}

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_int (JsonBuilder *builder,
         const char  *name,
         gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_order (JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "sortBy");
  json_builder_begin_object (builder);
  add_string (builder, "column", "name");
  add_string (builder, "order", "asc");
  json_builder_end_object (builder);
}

static char *
dup_prefix (const char *folder)
{
  return *folder == '\0' ? g_strdup ("") : g_strconcat (folder, "/", NULL);
}

/* A POST that only reads may be repeated. */
static KvarRequest *
finish_list (KvarRequest *request,
             JsonBuilder *builder)
{
  g_autoptr(GBytes) body = NULL;

  json_builder_end_object (builder);
  body = builder_to_bytes (builder);
  kvar_request_set_body (request, "application/json", body);
  kvar_request_set_repeatable (request, TRUE);

  return request;
}

/* Those that are shown to this user, which are often none. */
KvarRequest *
kvar_storage_api_list_buckets (void)
{
  KvarRequest *request = kvar_request_new ("GET", ROOT "/bucket");

  kvar_request_set_answer_max (request, TALK_MAX);

  return request;
}

/**
 * kvar_storage_api_list:
 * @folder: "" for the bucket itself; without a slash at its end
 * @search: (nullable): what names begin with, in any case
 */
KvarRequest *
kvar_storage_api_list (const char *bucket,
                       const char *folder,
                       const char *search,
                       guint       offset)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autofree char *prefix = dup_prefix (folder);

  json_builder_begin_object (builder);
  add_string (builder, "prefix", prefix);
  add_int (builder, "limit", KVAR_STORAGE_PAGE);
  add_int (builder, "offset", offset);
  add_order (builder);
  if (search != NULL && *search != '\0')
    add_string (builder, "search", search);

  return finish_list (new_request ("POST", "/object/list/", bucket, NULL), builder);
}

/**
 * kvar_storage_api_list_v2:
 * @cursor: (nullable): where the page before ended
 *
 * The list that is quick however much there is; older servers do not have it.
 */
KvarRequest *
kvar_storage_api_list_v2 (const char *bucket,
                          const char *folder,
                          const char *cursor)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autofree char *prefix = dup_prefix (folder);

  json_builder_begin_object (builder);
  add_string (builder, "prefix", prefix);
  add_int (builder, "limit", KVAR_STORAGE_PAGE);
  json_builder_set_member_name (builder, "with_delimiter");
  json_builder_add_boolean_value (builder, TRUE);
  add_order (builder);
  if (cursor != NULL)
    add_string (builder, "cursor", cursor);

  return finish_list (new_request ("POST", "/object/list-v2/", bucket, NULL), builder);
}

KvarRequest *
kvar_storage_api_info (const char *bucket,
                       const char *key)
{
  return new_request ("GET", "/object/info/authenticated/", bucket, key);
}

/* By the list of keys: its answer tells which of them are gone. */
KvarRequest *
kvar_storage_api_delete (const char *bucket,
                         const char *key)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  KvarRequest *request = new_request ("DELETE", "/object/", bucket, NULL);
  g_autoptr(GBytes) body = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "prefixes");
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, key);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  body = builder_to_bytes (builder);
  kvar_request_set_body (request, "application/json", body);

  return request;
}

/**
 * kvar_storage_api_download:
 * @last: -1 for the whole file, whatever @first is
 *
 * Asks for the bytes from @first to @last. If-Range would not be passed on: whoever puts the
 * pieces together compares their ETags (storage/renderer/asset.ts).
 */
KvarRequest *
kvar_storage_api_download (const char *bucket,
                           const char *key,
                           gint64      first,
                           gint64      last)
{
  KvarRequest *request = new_request ("GET", "/object/authenticated/", bucket, key);
  g_autofree char *range = NULL;

  kvar_request_set_lane (request, KVAR_LANE_BULK);
  kvar_request_set_answer_max (request, 0);
  /* What a proxy packs has other bytes and another length. */
  kvar_request_set_header (request, "Accept-Encoding", "identity");
  if (last < 0)
    return request;

  range = g_strdup_printf ("bytes=%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, first, last);
  kvar_request_set_header (request, "Range", range);

  return request;
}

static char *
dup_metadata (const char *original)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(GBytes) bytes = NULL;
  gsize length;
  const char *data;

  json_builder_begin_object (builder);
  add_string (builder, ORIGINAL, original);
  json_builder_end_object (builder);
  bytes = builder_to_bytes (builder);
  data = g_bytes_get_data (bytes, &length);

  return g_base64_encode ((const guchar *)data, length);
}

/**
 * kvar_storage_api_upload:
 * @original: (nullable): what the file is called here, kept beside it
 * @replace: whether one that is there already is to be replaced
 */
KvarRequest *
kvar_storage_api_upload (const char *bucket,
                         const char *key,
                         const char *content_type,
                         const char *original,
                         gboolean    replace,
                         GBytes     *data)
{
  KvarRequest *request = new_request ("POST", "/object/", bucket, key);

  kvar_request_set_lane (request, KVAR_LANE_BULK);
  kvar_request_set_header (request, "x-upsert", replace ? "true" : "false");
  if (original != NULL)
    {
      g_autofree char *metadata = dup_metadata (original);

      kvar_request_set_header (request, "x-metadata", metadata);
    }
  kvar_request_set_body (request, content_type, data);

  return request;
}

static KvarRequest *
new_tus_request (const char *method,
                 const char *location)
{
  g_autofree char *path = g_strconcat (ROOT "/upload/resumable", location, NULL);
  KvarRequest *request = kvar_request_new (method, path);

  kvar_request_set_lane (request, KVAR_LANE_BULK);
  kvar_request_set_header (request, "Tus-Resumable", "1.0.0");
  kvar_request_set_answer_max (request, TALK_MAX);

  return request;
}

static void
append_pair (GString    *header,
             const char *name,
             const char *value)
{
  g_autofree char *encoded = g_base64_encode ((const guchar *)value, strlen (value));

  g_string_append_printf (header, "%s%s %s", header->len > 0 ? "," : "", name, encoded);
}

/* Begins an upload in pieces. One that is begun twice leaves nothing but an hour's waiting. */
KvarRequest *
kvar_storage_api_tus_create (const char *bucket,
                             const char *key,
                             const char *content_type,
                             const char *original,
                             gboolean    replace,
                             gint64      size)
{
  KvarRequest *request = new_tus_request ("POST", "");
  g_autoptr(GString) metadata = g_string_new (NULL);
  g_autofree char *length = g_strdup_printf ("%" G_GINT64_FORMAT, size);

  append_pair (metadata, "bucketName", bucket);
  append_pair (metadata, "objectName", key);
  append_pair (metadata, "contentType", content_type);
  if (original != NULL)
    {
      g_autofree char *encoded = dup_metadata (original);
      gsize n_bytes;
      g_autofree guchar *plain = g_base64_decode (encoded, &n_bytes);
      g_autofree char *text = g_strndup ((const char *)plain, n_bytes);

      append_pair (metadata, "metadata", text);
    }

  kvar_request_set_header (request, "Upload-Length", length);
  kvar_request_set_header (request, "Upload-Metadata", metadata->str);
  kvar_request_set_header (request, "x-upsert", replace ? "true" : "false");
  kvar_request_set_repeatable (request, TRUE);

  return request;
}

/**
 * kvar_storage_api_read_location:
 *
 * Returns: (transfer full) (nullable): where an upload in pieces goes on, below the project's
 *   own Storage: whatever host an answer names, no token is sent anywhere else
 */
char *
kvar_storage_api_read_location (KvarReply *reply)
{
  const char *location = kvar_reply_get_header (reply, "Location");
  const char *at = location != NULL ? strstr (location, TUS_ROOT) : NULL;

  if (at == NULL)
    return NULL;

  at += strlen (TUS_ROOT) - 1;
  if (at[1] == '\0' || strchr (at + 1, '/') != NULL || strpbrk (at, "?# \\") != NULL ||
      strstr (at, "..") != NULL)
    return NULL;

  return g_strdup (at);
}

/* How much has arrived. */
KvarRequest *
kvar_storage_api_tus_ask (const char *location)
{
  return new_tus_request ("HEAD", location);
}

KvarRequest *
kvar_storage_api_tus_send (const char *location,
                           gint64      offset,
                           GBytes     *piece)
{
  KvarRequest *request = new_tus_request ("PATCH", location);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, offset);

  kvar_request_set_header (request, "Upload-Offset", text);
  kvar_request_set_body (request, "application/offset+octet-stream", piece);

  return request;
}

/* What has arrived is not wanted any more. */
KvarRequest *
kvar_storage_api_tus_forget (const char *location)
{
  return new_tus_request ("DELETE", location);
}
