/* kvar-demo-storage-download.c: files handed out, whole or from where one stopped
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-storage-private.h"

/* The object that the caller may see, or NULL when the error is replied. */
static KvarDemoObject *
find_visible (KvarDemoStorage  *self,
              KvarDemoExchange *exchange,
              const char       *bucket_name,
              const char       *name)
{
  const KvarDemoStorageBucket *bucket = kvar_demo_storage_find_bucket (bucket_name);
  g_autoptr(KvarDemoObject) object = NULL;

  if (bucket == NULL)
    {
      kvar_demo_storage_fail (exchange, "404", "NoSuchBucket", "Bucket not found",
                              "Bucket not found");
      return NULL;
    }

  if (kvar_demo_storage_may_touch (exchange, bucket, name))
    object = kvar_demo_storage_find (self, bucket_name, name,
                                     strcmp (exchange->method, "HEAD") != 0);
  if (object == NULL)
    kvar_demo_storage_fail_missing (exchange);

  return g_steal_pointer (&object);
}

/* "bytes=5-", "bytes=5-9" and "bytes=-5"; FALSE when the object has no such bytes. */
static gboolean
read_range (const char *range,
            gint64      size,
            gint64     *first,
            gint64     *last)
{
  const char *text = range + strlen ("bytes=");
  char *end;

  *last = size - 1;
  if (text[0] == '-')
    {
      *first = MAX (size - g_ascii_strtoll (text + 1, NULL, 10), 0);
      return size > 0;
    }

  *first = g_ascii_strtoll (text, &end, 10);
  if (end[0] == '-' && g_ascii_isdigit (end[1]))
    *last = MIN (g_ascii_strtoll (end + 1, NULL, 10), size - 1);

  return end != text && end[0] == '-' && *first < size && *first <= *last;
}

static void
add_headers (KvarDemoExchange     *exchange,
             const KvarDemoObject *object)
{
  g_autoptr(GDateTime) changed = NULL;
  g_autofree char *date = NULL;

  changed = g_date_time_new_from_unix_utc (object->updated_at / G_USEC_PER_SEC);
  date = g_date_time_format (changed, "%a, %d %b %Y %H:%M:%S GMT");
  kvar_demo_exchange_add_header (exchange, "Accept-Ranges", "bytes");
  kvar_demo_exchange_add_header (exchange, "ETag", object->etag);
  kvar_demo_exchange_add_header (exchange, "Last-Modified", date);
  kvar_demo_exchange_add_header (exchange, "Cache-Control", object->cache_control);
}

/* ?download, or ?download=NAME: the browser is to save it. */
static void
add_disposition (KvarDemoExchange     *exchange,
                 const KvarDemoObject *object)
{
  g_autofree char *wish = kvar_demo_exchange_get_param (exchange, "download");
  g_autofree char *escaped = NULL;
  g_autofree char *header = NULL;

  if (wish == NULL)
    return;

  escaped = g_uri_escape_string (wish, NULL, FALSE);
  header = wish[0] == '\0' ? g_strdup ("attachment;")
                           : g_strdup_printf ("attachment; filename=%s; filename*=UTF-8''%s;",
                                              escaped, escaped);
  kvar_demo_exchange_add_header (exchange, "Content-Disposition", header);
}

static void
reply_part (KvarDemoExchange     *exchange,
            const KvarDemoObject *object,
            const char           *range)
{
  g_autofree char *content_range = NULL;
  const char *data = g_bytes_get_data (object->data, NULL);
  gint64 first, last;

  if (!read_range (range, object->size, &first, &last))
    {
      kvar_demo_storage_fail (exchange, "416", "InvalidRange", "InvalidRange",
                              "The requested range is not satisfiable");
      return;
    }

  content_range = g_strdup_printf ("bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/%"
                                   G_GINT64_FORMAT, first, last, object->size);
  add_headers (exchange, object);
  add_disposition (exchange, object);
  kvar_demo_exchange_add_header (exchange, "Content-Range", content_range);
  kvar_demo_exchange_reply (exchange, 206, object->type, data + first, last - first + 1);
}

static void
reply_head (KvarDemoExchange     *exchange,
            const KvarDemoObject *object)
{
  g_autofree char *length = g_strdup_printf ("%" G_GINT64_FORMAT, object->size);

  add_headers (exchange, object);
  kvar_demo_exchange_add_header (exchange, "Content-Length", length);
  kvar_demo_exchange_reply (exchange, 200, object->type, NULL, 0);
}

/* Of the conditions only If-None-Match is passed on; If-Range and If-Match are not. */
void
kvar_demo_storage_download (KvarDemoStorage  *self,
                            KvarDemoExchange *exchange,
                            const char       *bucket,
                            const char       *name)
{
  const char *range = kvar_demo_exchange_get_header (exchange, "Range");
  const char *none_match = kvar_demo_exchange_get_header (exchange, "If-None-Match");
  g_autoptr(KvarDemoObject) object = find_visible (self, exchange, bucket, name);

  if (object == NULL)
    return;

  if (none_match != NULL && strcmp (none_match, object->etag) == 0)
    {
      add_headers (exchange, object);
      kvar_demo_exchange_reply (exchange, 304, NULL, NULL, 0);
    }
  else if (object->data == NULL)
    reply_head (exchange, object);
  else if (range != NULL && g_str_has_prefix (range, "bytes="))
    reply_part (exchange, object, range);
  else
    {
      add_headers (exchange, object);
      add_disposition (exchange, object);
      kvar_demo_exchange_reply (exchange, 200, object->type,
                                g_bytes_get_data (object->data, NULL), object->size);
    }
}

static void
set_time (JsonObject *body,
          const char *member,
          gint64      usec)
{
  g_autofree char *text = kvar_demo_clock_format_iso (usec);

  json_object_set_string_member (body, member, text);
}

/* What is known of an object, the uploader's own words among it. */
void
kvar_demo_storage_info (KvarDemoStorage  *self,
                        KvarDemoExchange *exchange,
                        const char       *bucket,
                        const char       *name)
{
  g_autoptr(KvarDemoObject) object = find_visible (self, exchange, bucket, name);
  JsonObject *body;
  JsonNode *metadata;

  if (object == NULL)
    return;

  body = json_object_new ();
  json_object_set_string_member (body, "id", object->id);
  json_object_set_string_member (body, "name", object->name);
  json_object_set_string_member (body, "bucket_id", object->bucket);
  json_object_set_int_member (body, "size", object->size);
  json_object_set_string_member (body, "content_type", object->type);
  json_object_set_string_member (body, "cache_control", object->cache_control);
  json_object_set_string_member (body, "etag", object->etag);
  set_time (body, "created_at", object->created_at);
  set_time (body, "last_modified", object->updated_at);
  metadata = object->metadata != NULL ? json_from_string (object->metadata, NULL) : NULL;
  if (metadata != NULL)
    json_object_set_member (body, "metadata", metadata);
  else
    json_object_set_object_member (body, "metadata", json_object_new ());
  kvar_demo_exchange_reply_json (exchange, 200, body);
}
