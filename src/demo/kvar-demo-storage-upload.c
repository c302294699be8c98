/* kvar-demo-storage-upload.c: files taken in, as they are or inside a form
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "kvar-demo-storage-private.h"

void
kvar_demo_arrival_clear (KvarDemoArrival *self)
{
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->cache_control, g_free);
  g_clear_pointer (&self->metadata, g_free);
  g_clear_pointer (&self->data, g_bytes_unref);
}

/* Storage's own set: letters and digits of ASCII, and a few signs. */
static gboolean
is_valid_key (const char *name)
{
  if (name[0] == '\0' || strlen (name) > 1024)
    return FALSE;

  for (const char *sign = name; *sign != '\0'; sign++)
    if (!g_ascii_isalnum (*sign) && strchr ("_/!.*'() &$=@;:+,?-", *sign) == NULL)
      return FALSE;

  return TRUE;
}

static void
fail_key (KvarDemoExchange *exchange,
          const char       *name)
{
  g_autofree char *message = g_strdup_printf ("Invalid key: %s", name);

  kvar_demo_storage_fail (exchange, "400", "InvalidKey", "InvalidKey", message);
}

static gboolean
check_bucket (KvarDemoExchange            *exchange,
              const KvarDemoStorageBucket *bucket,
              const char                  *type,
              gint64                       size)
{
  if (bucket->size_limit > 0 && size > bucket->size_limit)
    {
      kvar_demo_storage_fail (exchange, "413", "EntityTooLarge", "Payload too large",
                              "The object exceeded the maximum allowed size");
      return FALSE;
    }

  if (bucket->mime_type != NULL &&
      !g_str_has_prefix (type != NULL ? type : "application/octet-stream", bucket->mime_type))
    {
      g_autofree char *message = g_strdup_printf ("mime type %s is not supported",
                                                  type != NULL ? type : "");

      kvar_demo_storage_fail (exchange, "415", "InvalidMimeType", "invalid_mime_type", message);
      return FALSE;
    }

  return TRUE;
}

/**
 * kvar_demo_storage_check_upload:
 * @type: (nullable): its media type
 *
 * Returns: %FALSE when the error is replied
 */
gboolean
kvar_demo_storage_check_upload (KvarDemoStorage  *self,
                                KvarDemoExchange *exchange,
                                const char       *bucket_name,
                                const char       *name,
                                const char       *type,
                                gint64            size,
                                gboolean          upsert)
{
  const KvarDemoStorageBucket *bucket = kvar_demo_storage_find_bucket (bucket_name);
  g_autoptr(KvarDemoObject) old = NULL;

  if (!is_valid_key (name))
    {
      fail_key (exchange, name);
      return FALSE;
    }

  if (bucket == NULL)
    {
      kvar_demo_storage_fail (exchange, "404", "NoSuchBucket", "Bucket not found",
                              "Bucket not found");
      return FALSE;
    }

  if (!check_bucket (exchange, bucket, type, size))
    return FALSE;

  if (!kvar_demo_storage_may_touch (exchange, bucket, name))
    {
      kvar_demo_storage_fail_policy (exchange);
      return FALSE;
    }

  old = kvar_demo_storage_find (self, bucket_name, name, FALSE);
  if (old != NULL && !upsert)
    {
      kvar_demo_storage_fail (exchange, "409", "KeyAlreadyExists", "Duplicate",
                              "The resource already exists");
      return FALSE;
    }

  return TRUE;
}

static char *
dup_bytes (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return g_strndup (data, length);
}

/* The file is the part without a name of a field, or the one with a file name. */
static void
take_part (KvarDemoArrival    *arrival,
           SoupMessageHeaders *headers,
           GBytes             *bytes)
{
  g_autofree char *disposition = NULL;
  g_autoptr(GHashTable) params = NULL;
  const char *field = NULL;

  if (soup_message_headers_get_content_disposition (headers, &disposition, &params))
    field = g_hash_table_lookup (params, "name");

  if (g_strcmp0 (field, "cacheControl") == 0)
    {
      g_autofree char *seconds = dup_bytes (bytes);

      g_free (arrival->cache_control);
      arrival->cache_control = g_strdup_printf ("max-age=%s", seconds);
    }
  else if (g_strcmp0 (field, "metadata") == 0)
    arrival->metadata = dup_bytes (bytes);
  else
    {
      g_free (arrival->type);
      arrival->type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
      g_clear_pointer (&arrival->data, g_bytes_unref);
      arrival->data = g_bytes_ref (bytes);
    }
}

static void
read_form (KvarDemoExchange *exchange,
           KvarDemoArrival  *arrival)
{
  g_autoptr(SoupMessageHeaders) headers = NULL;
  SoupMultipart *form;

  headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  soup_message_headers_append (headers, "Content-Type",
                               kvar_demo_exchange_get_header (exchange, "Content-Type"));
  form = soup_multipart_new_from_message (headers, exchange->body);
  if (form == NULL)
    return;

  for (int i = 0; i < soup_multipart_get_length (form); i++)
    {
      SoupMessageHeaders *part_headers;
      GBytes *bytes;

      if (soup_multipart_get_part (form, i, &part_headers, &bytes))
        take_part (arrival, part_headers, bytes);
    }
  soup_multipart_free (form);
}

/* The uploader's own words travel in a header as base64 of JSON. */
static char *
read_metadata_header (KvarDemoExchange *exchange)
{
  const char *header = kvar_demo_exchange_get_header (exchange, "x-metadata");
  gsize length;
  g_autofree guchar *bytes = NULL;

  if (header == NULL)
    return NULL;

  bytes = g_base64_decode (header, &length);

  return g_strndup ((const char *)bytes, length);
}

/* Takes file and headers out of a request that carries a whole file. */
void
kvar_demo_storage_read_arrival (KvarDemoExchange *exchange,
                                KvarDemoArrival  *arrival)
{
  const char *type = kvar_demo_exchange_get_header (exchange, "Content-Type");

  arrival->upsert = g_strcmp0 (kvar_demo_exchange_get_header (exchange, "x-upsert"),
                               "true") == 0;
  arrival->cache_control = g_strdup (kvar_demo_exchange_get_header (exchange, "cache-control"));
  arrival->metadata = read_metadata_header (exchange);

  if (type != NULL && g_str_has_prefix (type, "multipart/form-data"))
    read_form (exchange, arrival);
  else
    arrival->type = g_strdup (type);

  if (arrival->data == NULL)
    arrival->data = g_bytes_ref (exchange->body);
}

static void
reply_stored (KvarDemoExchange     *exchange,
              const KvarDemoObject *object)
{
  g_autofree char *key = g_strconcat (object->bucket, "/", object->name, NULL);
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "Id", object->id);
  json_object_set_string_member (body, "Key", key);
  kvar_demo_exchange_reply_json (exchange, 200, body);
}

/* POST makes a new object, unless x-upsert says otherwise; PUT replaces one. */
void
kvar_demo_storage_upload (KvarDemoStorage  *self,
                          KvarDemoExchange *exchange,
                          const char       *bucket,
                          const char       *name)
{
  g_auto(KvarDemoArrival) arrival = { NULL };
  g_autoptr(KvarDemoObject) object = NULL;
  gboolean replace = strcmp (exchange->method, "PUT") == 0;

  kvar_demo_storage_read_arrival (exchange, &arrival);
  if (!kvar_demo_storage_check_upload (self, exchange, bucket, name, arrival.type,
                                       g_bytes_get_size (arrival.data),
                                       arrival.upsert || replace))
    return;

  if (replace)
    {
      g_autoptr(KvarDemoObject) old = kvar_demo_storage_find (self, bucket, name, FALSE);

      if (old == NULL)
        {
          kvar_demo_storage_fail_missing (exchange);
          return;
        }
    }

  object = kvar_demo_storage_put (self, bucket, name, exchange->user_id, &arrival);
  reply_stored (exchange, object);
}
