/* kvar-demo-storage.c: Storage's half of the demo: one exchange in, one reply out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-storage-private.h"

#define EXPIRED "\"exp\" claim timestamp check failed"

/**
 * kvar_demo_storage_new:
 *
 * Makes the tables and the sample files, unless they are there. All arguments outlive the object.
 */
KvarDemoStorage *
kvar_demo_storage_new (const KvarDemoConfig *config,
                       KvarDemoDatabase     *database,
                       KvarDemoClock        *clock)
{
  KvarDemoStorage *self = g_new0 (KvarDemoStorage, 1);

  self->config = config;
  self->database = database;
  self->clock = clock;
  kvar_demo_storage_tus_create (self);
  if (kvar_demo_storage_create (self))
    kvar_demo_storage_add_samples (self);

  return self;
}

void
kvar_demo_storage_free (KvarDemoStorage *self)
{
  g_free (self);
}

/* Storage hides the true status in a string: nearly everything is a 400 on the wire. */
void
kvar_demo_storage_fail (KvarDemoExchange *exchange,
                        const char       *status_code,
                        const char       *code,
                        const char       *error,
                        const char       *message)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "statusCode", status_code);
  json_object_set_string_member (body, "code", code);
  json_object_set_string_member (body, "error", error);
  json_object_set_string_member (body, "message", message);
  kvar_demo_exchange_reply_json (exchange, 400, body);
}

/* A row that a policy hides does not exist. */
void
kvar_demo_storage_fail_missing (KvarDemoExchange *exchange)
{
  kvar_demo_storage_fail (exchange, "404", "NoSuchKey", "not_found", "Object not found");
}

void
kvar_demo_storage_fail_policy (KvarDemoExchange *exchange)
{
  kvar_demo_storage_fail (exchange, "403", "AccessDenied", "Unauthorized",
                          "new row violates row-level security policy");
}

/* Of the caller's token, or with another @code of a signed address's. */
void
kvar_demo_storage_fail_token (KvarDemoExchange *exchange,
                              const char       *code)
{
  const char *status_code = strcmp (code, "AccessDenied") == 0 ? "403" : "400";
  const char *message = "Invalid Compact JWS";

  if (exchange->token_state == KVAR_DEMO_TOKEN_EXPIRED)
    message = EXPIRED;
  else if (exchange->token_state == KVAR_DEMO_TOKEN_BAD)
    message = "signature verification failed";

  kvar_demo_storage_fail (exchange, status_code, code,
                          strcmp (code, "AccessDenied") == 0 ? "Unauthorized" : code, message);
}

/* The request's JSON object, or NULL when the error is replied. */
JsonNode *
kvar_demo_storage_parse_body (KvarDemoExchange *exchange)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  gsize length;
  const char *text = g_bytes_get_data (exchange->body, &length);
  JsonNode *root = NULL;

  if (length > 0 && json_parser_load_from_data (parser, text, length, NULL))
    root = json_parser_steal_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return root;

  g_clear_pointer (&root, json_node_unref);
  kvar_demo_storage_fail (exchange, "400", "InvalidRequest", "Bad Request",
                          "body must be object");

  return NULL;
}

/* The key of an object: the rest of the path from segment @first on. */
char *
kvar_demo_storage_join_path (KvarDemoExchange *exchange,
                             guint             first)
{
  return g_strjoinv ("/", exchange->segments + first);
}

static void
fail_route (KvarDemoExchange *exchange)
{
  JsonObject *body = json_object_new ();
  g_autofree char *message = NULL;

  message = g_strdup_printf ("Route %s:%s not found", exchange->method, exchange->path);
  json_object_set_string_member (body, "message", message);
  json_object_set_string_member (body, "error", "Not Found");
  json_object_set_string_member (body, "statusCode", "404");
  kvar_demo_exchange_reply_json (exchange, 404, body);
}

static gboolean
is_reading (KvarDemoExchange *exchange)
{
  return strcmp (exchange->method, "GET") == 0 || strcmp (exchange->method, "HEAD") == 0;
}

static gboolean
is_posting (KvarDemoExchange *exchange)
{
  return strcmp (exchange->method, "POST") == 0;
}

/* An object of a public bucket, which needs nobody's token. */
static void
handle_public (KvarDemoStorage  *self,
               KvarDemoExchange *exchange,
               const char       *name,
               gboolean          info)
{
  const char *bucket_name = exchange->segments[info ? 3 : 2];
  const KvarDemoStorageBucket *bucket = kvar_demo_storage_find_bucket (bucket_name);

  if (bucket == NULL || !bucket->is_public)
    {
      kvar_demo_storage_fail (exchange, "404", "NoSuchBucket", "Bucket not found",
                              "Bucket not found");
      return;
    }

  exchange->role = "service_role";
  if (info)
    kvar_demo_storage_info (self, exchange, bucket_name, name);
  else
    kvar_demo_storage_download (self, exchange, bucket_name, name);
}

/* /object/info/[authenticated/|public/]BUCKET/PATH */
static void
handle_info (KvarDemoStorage  *self,
             KvarDemoExchange *exchange,
             guint             n)
{
  const char *kind = n > 2 ? exchange->segments[2] : "";
  guint bucket = strcmp (kind, "authenticated") == 0 || strcmp (kind, "public") == 0 ? 3 : 2;
  g_autofree char *name = NULL;

  if (n < bucket + 2)
    {
      fail_route (exchange);
      return;
    }

  name = kvar_demo_storage_join_path (exchange, bucket + 1);
  if (strcmp (kind, "public") == 0)
    handle_public (self, exchange, name, TRUE);
  else
    kvar_demo_storage_info (self, exchange, exchange->segments[bucket], name);
}

static void
handle_sign (KvarDemoStorage  *self,
             KvarDemoExchange *exchange,
             guint             n)
{
  const char *bucket = exchange->segments[2];
  g_autofree char *name = n > 3 ? kvar_demo_storage_join_path (exchange, 3) : NULL;

  if (is_posting (exchange))
    kvar_demo_storage_sign (self, exchange, bucket, name);
  else if (name == NULL || !is_reading (exchange))
    fail_route (exchange);
  else if (kvar_demo_storage_check_signed (self, exchange, bucket, name))
    {
      exchange->role = "service_role";
      kvar_demo_storage_download (self, exchange, bucket, name);
    }
}

/* /object/BUCKET/PATH and /object/authenticated/BUCKET/PATH */
static void
handle_plain (KvarDemoStorage  *self,
              KvarDemoExchange *exchange,
              guint             first)
{
  const char *bucket = exchange->segments[first];
  g_autofree char *name = kvar_demo_storage_join_path (exchange, first + 1);

  if (is_reading (exchange))
    kvar_demo_storage_download (self, exchange, bucket, name);
  else if (is_posting (exchange) || strcmp (exchange->method, "PUT") == 0)
    kvar_demo_storage_upload (self, exchange, bucket, name);
  else if (strcmp (exchange->method, "DELETE") == 0)
    kvar_demo_storage_delete_one (self, exchange, bucket, name);
  else
    fail_route (exchange);
}

static void
handle_object (KvarDemoStorage  *self,
               KvarDemoExchange *exchange,
               guint             n)
{
  const char *what = n > 1 ? exchange->segments[1] : "";
  gboolean posting = is_posting (exchange);

  if (n == 3 && posting && strcmp (what, "list") == 0)
    kvar_demo_storage_list (self, exchange, exchange->segments[2]);
  else if (n == 3 && posting && strcmp (what, "list-v2") == 0)
    kvar_demo_storage_list_v2 (self, exchange, exchange->segments[2]);
  else if (strcmp (what, "info") == 0 && is_reading (exchange))
    handle_info (self, exchange, n);
  else if (n > 2 && strcmp (what, "sign") == 0)
    handle_sign (self, exchange, n);
  else if (n == 2 && posting && strcmp (what, "move") == 0)
    kvar_demo_storage_move (self, exchange, FALSE);
  else if (n == 2 && posting && strcmp (what, "copy") == 0)
    kvar_demo_storage_move (self, exchange, TRUE);
  else if (n > 3 && strcmp (what, "public") == 0 && is_reading (exchange))
    {
      g_autofree char *name = kvar_demo_storage_join_path (exchange, 3);

      handle_public (self, exchange, name, FALSE);
    }
  else if (n == 2 && strcmp (exchange->method, "DELETE") == 0)
    kvar_demo_storage_delete_many (self, exchange, what);
  else if (n > 3 && strcmp (what, "authenticated") == 0)
    handle_plain (self, exchange, 2);
  else if (n > 2)
    handle_plain (self, exchange, 1);
  else
    fail_route (exchange);
}

static void
handle_bucket (KvarDemoStorage  *self,
               KvarDemoExchange *exchange,
               guint             n)
{
  if (is_reading (exchange) && n == 1)
    kvar_demo_storage_list_buckets (self, exchange);
  else if (is_reading (exchange) && n == 2)
    kvar_demo_storage_show_bucket (self, exchange, exchange->segments[1]);
  else
    kvar_demo_storage_fail_policy (exchange);
}

/* Public and signed addresses carry no token that would be looked at. */
static gboolean
needs_token (KvarDemoExchange *exchange)
{
  return !g_str_has_prefix (exchange->path, "/storage/v1/object/public/") &&
         !g_str_has_prefix (exchange->path, "/storage/v1/object/info/public/") &&
         !(g_str_has_prefix (exchange->path, "/storage/v1/object/sign/") &&
           is_reading (exchange));
}

/* Its clock has no leeway; a token from the future is none of its concerns. */
static gboolean
is_token_bad (KvarDemoExchange *exchange)
{
  return exchange->token_state == KVAR_DEMO_TOKEN_EXPIRED ||
         exchange->token_state == KVAR_DEMO_TOKEN_BAD ||
         exchange->token_state == KVAR_DEMO_TOKEN_MALFORMED;
}

/**
 * kvar_demo_storage_handle:
 * @exchange: its bearer is read already, without any leeway
 */
void
kvar_demo_storage_handle (KvarDemoStorage  *self,
                          KvarDemoExchange *exchange)
{
  guint n = g_strv_length (exchange->segments);
  const char *what = n > 0 ? exchange->segments[0] : "";

  if (needs_token (exchange) && is_token_bad (exchange))
    kvar_demo_storage_fail_token (exchange, "AccessDenied");
  else if (strcmp (what, "bucket") == 0 && n <= 2)
    handle_bucket (self, exchange, n);
  else if (strcmp (what, "object") == 0)
    handle_object (self, exchange, n);
  else if (strcmp (what, "upload") == 0 && n > 1 &&
           strcmp (exchange->segments[1], "resumable") == 0)
    kvar_demo_storage_tus (self, exchange);
  else if (strcmp (what, "status") == 0 || strcmp (what, "version") == 0)
    kvar_demo_exchange_reply (exchange, 200, "text/plain", "1.60.2", -1);
  else
    fail_route (exchange);
}
