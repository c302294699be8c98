/* kvar-demo-storage-move.c: files deleted, moved and copied
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include "kvar-demo-storage-private.h"

static gboolean
may_remove (KvarDemoExchange *exchange,
            const char       *bucket_name,
            const char       *name)
{
  const KvarDemoStorageBucket *bucket = kvar_demo_storage_find_bucket (bucket_name);

  return bucket != NULL && kvar_demo_storage_may_touch (exchange, bucket, name);
}

static void
reply_message (KvarDemoExchange *exchange,
               const char       *message)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "message", message);
  kvar_demo_exchange_reply_json (exchange, 200, body);
}

void
kvar_demo_storage_delete_one (KvarDemoStorage  *self,
                              KvarDemoExchange *exchange,
                              const char       *bucket,
                              const char       *name)
{
  if (may_remove (exchange, bucket, name) && kvar_demo_storage_remove (self, bucket, name))
    reply_message (exchange, "Successfully deleted");
  else
    kvar_demo_storage_fail_missing (exchange);
}

/* What cannot be deleted is left out of the answer, which tells that it was not. */
void
kvar_demo_storage_delete_many (KvarDemoStorage  *self,
                               KvarDemoExchange *exchange,
                               const char       *bucket)
{
  g_autoptr(JsonNode) body = kvar_demo_storage_parse_body (exchange);
  g_autoptr(JsonNode) reply = json_node_new (JSON_NODE_ARRAY);
  g_autofree char *text = NULL;
  JsonArray *deleted, *prefixes = NULL;

  if (body == NULL)
    return;

  if (json_object_has_member (json_node_get_object (body), "prefixes"))
    prefixes = json_object_get_array_member (json_node_get_object (body), "prefixes");

  deleted = json_array_new ();
  for (guint i = 0; prefixes != NULL && i < json_array_get_length (prefixes); i++)
    {
      const char *name = json_array_get_string_element (prefixes, i);
      g_autoptr(KvarDemoObject) object = NULL;

      if (name != NULL && may_remove (exchange, bucket, name))
        object = kvar_demo_storage_find (self, bucket, name, FALSE);
      if (object == NULL)
        continue;

      kvar_demo_storage_remove (self, bucket, name);
      json_array_add_object_element (deleted, kvar_demo_object_to_json (object, name));
    }

  json_node_take_array (reply, deleted);
  text = json_to_string (reply, FALSE);
  kvar_demo_exchange_reply (exchange, 200, "application/json", text, -1);
}

/* Puts an object at another key; the old one stays when it is copied. */
void
kvar_demo_storage_move (KvarDemoStorage  *self,
                        KvarDemoExchange *exchange,
                        gboolean          keep)
{
  g_autoptr(JsonNode) node = kvar_demo_storage_parse_body (exchange);
  g_autoptr(KvarDemoObject) object = NULL;
  g_autoptr(KvarDemoObject) moved = NULL;
  g_auto(KvarDemoArrival) arrival = { NULL };
  JsonObject *body;
  const char *bucket, *from, *to, *target;

  if (node == NULL)
    return;

  body = json_node_get_object (node);
  bucket = json_object_get_string_member_with_default (body, "bucketId", "");
  from = json_object_get_string_member_with_default (body, "sourceKey", "");
  to = json_object_get_string_member_with_default (body, "destinationKey", "");
  target = json_object_get_string_member_with_default (body, "destinationBucket", bucket);

  if (may_remove (exchange, bucket, from))
    object = kvar_demo_storage_find (self, bucket, from, TRUE);
  if (object == NULL)
    {
      kvar_demo_storage_fail_missing (exchange);
      return;
    }

  if (!kvar_demo_storage_check_upload (self, exchange, target, to, object->type, object->size,
                                       FALSE))
    return;

  arrival.type = g_strdup (object->type);
  arrival.cache_control = g_strdup (object->cache_control);
  arrival.metadata = g_strdup (object->metadata);
  arrival.data = g_bytes_ref (object->data);
  moved = kvar_demo_storage_put (self, target, to, exchange->user_id, &arrival);

  if (!keep)
    {
      kvar_demo_storage_remove (self, bucket, from);
      reply_message (exchange, "Successfully moved");
      return;
    }

  body = json_object_new ();
  json_object_set_string_member (body, "Id", moved->id);
  json_object_set_string_member (body, "Key", to);
  kvar_demo_exchange_reply_json (exchange, 200, body);
}
