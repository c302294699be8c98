/* kvar-demo-storage-sign.c: addresses that open one file for a while, without a token
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-jwt.h"
#include "kvar-demo-storage-private.h"

static char *
make_token (KvarDemoStorage *self,
            const char      *key,
            gint64           seconds)
{
  g_autoptr(JsonObject) claims = json_object_new ();
  gint64 now = kvar_demo_clock_get_seconds (self->clock);

  json_object_set_string_member (claims, "url", key);
  json_object_set_int_member (claims, "iat", now);
  json_object_set_int_member (claims, "exp", now + seconds);

  return kvar_demo_jwt_sign (claims, kvar_demo_config_get_secret (self->config));
}

/* Relative to /storage/v1, and not percent-encoded: that is left to whoever uses it. */
static char *
make_address (KvarDemoStorage *self,
              const char      *bucket,
              const char      *name,
              gint64           seconds)
{
  g_autofree char *key = g_strconcat (bucket, "/", name, NULL);
  g_autofree char *token = make_token (self, key, seconds);

  return g_strdup_printf ("/object/sign/%s?token=%s", key, token);
}

static gboolean
is_visible (KvarDemoStorage  *self,
            KvarDemoExchange *exchange,
            const char       *bucket_name,
            const char       *name)
{
  const KvarDemoStorageBucket *bucket = kvar_demo_storage_find_bucket (bucket_name);
  g_autoptr(KvarDemoObject) object = NULL;

  if (bucket != NULL && kvar_demo_storage_may_touch (exchange, bucket, name))
    object = kvar_demo_storage_find (self, bucket_name, name, FALSE);

  return object != NULL;
}

static void
sign_many (KvarDemoStorage  *self,
           KvarDemoExchange *exchange,
           const char       *bucket,
           JsonArray        *paths,
           gint64            seconds)
{
  g_autoptr(JsonNode) reply = json_node_new (JSON_NODE_ARRAY);
  g_autofree char *text = NULL;
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < json_array_get_length (paths); i++)
    {
      const char *name = json_array_get_string_element (paths, i);
      JsonObject *entry = json_object_new ();

      json_object_set_string_member (entry, "path", name);
      json_object_set_null_member (entry, "error");
      json_object_set_null_member (entry, "signedURL");
      if (name != NULL && is_visible (self, exchange, bucket, name))
        {
          g_autofree char *address = make_address (self, bucket, name, seconds);

          json_object_set_string_member (entry, "signedURL", address);
        }
      else
        json_object_set_string_member (entry, "error",
                                       "Either the object does not exist or you do not have "
                                       "access to it");
      json_array_add_object_element (array, entry);
    }

  json_node_take_array (reply, array);
  text = json_to_string (reply, FALSE);
  kvar_demo_exchange_reply (exchange, 200, "application/json", text, -1);
}

/* One address, or with @name NULL one for each of the body's "paths". */
void
kvar_demo_storage_sign (KvarDemoStorage  *self,
                        KvarDemoExchange *exchange,
                        const char       *bucket,
                        const char       *name)
{
  g_autoptr(JsonNode) node = kvar_demo_storage_parse_body (exchange);
  JsonObject *body;
  gint64 seconds;

  if (node == NULL)
    return;

  body = json_node_get_object (node);
  seconds = json_object_get_int_member_with_default (body, "expiresIn", 0);
  if (seconds <= 0 || (name == NULL && !json_object_has_member (body, "paths")))
    kvar_demo_storage_fail (exchange, "400", "InvalidRequest", "Bad Request",
                            "body must have required property 'expiresIn'");
  else if (name == NULL)
    sign_many (self, exchange, bucket, json_object_get_array_member (body, "paths"), seconds);
  else if (!is_visible (self, exchange, bucket, name))
    kvar_demo_storage_fail_missing (exchange);
  else
    {
      g_autofree char *address = make_address (self, bucket, name, seconds);
      JsonObject *reply = json_object_new ();

      json_object_set_string_member (reply, "signedURL", address);
      kvar_demo_exchange_reply_json (exchange, 200, reply);
    }
}

/**
 * kvar_demo_storage_check_signed:
 *
 * Returns: %FALSE when the address's token is wrong or too old, and the error replied
 */
gboolean
kvar_demo_storage_check_signed (KvarDemoStorage  *self,
                                KvarDemoExchange *exchange,
                                const char       *bucket,
                                const char       *name)
{
  g_autofree char *token = kvar_demo_exchange_get_param (exchange, "token");
  g_autofree char *key = g_strconcat (bucket, "/", name, NULL);
  g_autoptr(JsonObject) claims = NULL;
  gint64 now = kvar_demo_clock_get_usec (self->clock);

  exchange->token_state = token == NULL
                            ? KVAR_DEMO_TOKEN_MALFORMED
                            : kvar_demo_jwt_read (token,
                                                  kvar_demo_config_get_secret (self->config),
                                                  &claims);
  if (exchange->token_state == KVAR_DEMO_TOKEN_GOOD)
    exchange->token_state = kvar_demo_jwt_check_times (claims, now, 0);

  if (exchange->token_state != KVAR_DEMO_TOKEN_GOOD)
    {
      kvar_demo_storage_fail_token (exchange, "InvalidJWT");
      return FALSE;
    }

  if (strcmp (json_object_get_string_member_with_default (claims, "url", ""), key) != 0)
    {
      kvar_demo_storage_fail (exchange, "400", "InvalidSignature", "InvalidSignature",
                              "The url do not match the signature");
      return FALSE;
    }

  return TRUE;
}
