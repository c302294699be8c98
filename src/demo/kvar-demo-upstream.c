/* kvar-demo-upstream.c: passes REST requests on to a real PostgREST, as the gateway would
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "kvar-demo-jwt.h"
#include "kvar-demo-upstream.h"

#define MAX_CONNECTIONS 100
#define PREFIX          "/rest/v1"

/* How long a service_role token lives that stands for the secret key: one request. */
#define SERVICE_TTL     60

struct _KvarDemoUpstream
{
  GObject               parent_instance;

  const KvarDemoConfig *config;
  KvarDemoClock        *clock;
  GUri                 *base;
  SoupSession          *session;
};

G_DEFINE_FINAL_TYPE (KvarDemoUpstream, kvar_demo_upstream, G_TYPE_OBJECT)

/* What belongs to one connection and is never passed on, in lower case. */
static const char *const own_headers[] = {
  "connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "host",
  "content-length", "date", "apikey", "authorization",
};

static gboolean
is_own_header (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (own_headers); i++)
    if (g_ascii_strcasecmp (own_headers[i], name) == 0)
      return TRUE;

  return FALSE;
}

static void
kvar_demo_upstream_finalize (GObject *object)
{
  KvarDemoUpstream *self = KVAR_DEMO_UPSTREAM (object);

  g_clear_pointer (&self->base, g_uri_unref);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (kvar_demo_upstream_parent_class)->finalize (object);
}

static void
kvar_demo_upstream_class_init (KvarDemoUpstreamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = kvar_demo_upstream_finalize;
}

static void
kvar_demo_upstream_init (KvarDemoUpstream *self)
{
  self->session = soup_session_new_with_options ("max-conns", MAX_CONNECTIONS,
                                                 "max-conns-per-host", MAX_CONNECTIONS,
                                                 "timeout", 0,
                                                 "user-agent", NULL,
                                                 NULL);

  /* Bodies pass through as they are, compressed ones too. */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
}

/**
 * kvar_demo_upstream_new:
 * @config: with the upstream's address; outlives the object, as @clock does
 *
 * Returns: (transfer full): the way to the upstream, or %NULL with @error set
 */
KvarDemoUpstream *
kvar_demo_upstream_new (const KvarDemoConfig  *config,
                        KvarDemoClock         *clock,
                        GError               **error)
{
  g_autoptr(KvarDemoUpstream) self = g_object_new (KVAR_DEMO_TYPE_UPSTREAM, NULL);

  self->config = config;
  self->clock = clock;
  self->base = g_uri_parse (config->rest_upstream, SOUP_HTTP_URI_FLAGS, error);
  if (self->base == NULL)
    return NULL;

  if (strcmp (g_uri_get_scheme (self->base), "http") != 0 &&
      strcmp (g_uri_get_scheme (self->base), "https") != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "“%s” is not the address of a web server", config->rest_upstream);
      return NULL;
    }

  return g_steal_pointer (&self);
}

static SoupMessage *
make_message (KvarDemoUpstream *self,
              KvarDemoExchange *exchange)
{
  const char *below = exchange->path + strlen (PREFIX);
  g_autofree char *path = NULL;
  g_autoptr(GUri) uri = NULL;
  const char *base_path = g_uri_get_path (self->base);
  gsize length = strlen (base_path);

  /* A base path that ends in a slash does not double it. */
  if (length > 0 && base_path[length - 1] == '/')
    length--;
  path = g_strdup_printf ("%.*s%s", (int)length, base_path, below[0] == '\0' ? "/" : below);
  uri = g_uri_build (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (self->base), NULL,
                     g_uri_get_host (self->base), g_uri_get_port (self->base), path,
                     exchange->query, NULL);

  return soup_message_new_from_uri (exchange->method, uri);
}

static void
shift_claim (JsonObject *claims,
             const char *name,
             gint64      offset)
{
  if (json_object_has_member (claims, name))
    json_object_set_int_member (claims, name,
                                json_object_get_int_member (claims, name) - offset);
}

/* The upstream does not know that the demo's clock was moved, so it gets the same token as if
 * it had not been. */
static char *
make_unmoved_token (KvarDemoUpstream *self,
                    JsonObject       *claims,
                    gint64            offset)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr(JsonNode) copy = NULL;
  g_autofree char *text = NULL;
  JsonObject *moved;

  json_node_set_object (node, claims);
  text = json_to_string (node, FALSE);
  copy = json_from_string (text, NULL);
  moved = json_node_get_object (copy);
  shift_claim (moved, "iat", offset);
  shift_claim (moved, "nbf", offset);
  shift_claim (moved, "exp", offset);

  return kvar_demo_jwt_sign (moved, kvar_demo_config_get_secret (self->config));
}

static char *
make_service_token (KvarDemoUpstream *self,
                    gint64            now)
{
  g_autoptr(JsonObject) claims = json_object_new ();

  json_object_set_string_member (claims, "role", "service_role");
  json_object_set_string_member (claims, "aud", "authenticated");
  json_object_set_int_member (claims, "iat", now);
  json_object_set_int_member (claims, "exp", now + SERVICE_TTL);

  return kvar_demo_jwt_sign (claims, kvar_demo_config_get_secret (self->config));
}

/* An anonymous caller has no Authorization at all; a bad token is for the upstream to refuse. */
static char *
make_authorization (KvarDemoUpstream *self,
                    KvarDemoExchange *exchange)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 offset = kvar_demo_clock_get_seconds (self->clock) - now;
  g_autofree char *token = NULL;

  if (exchange->token_state == KVAR_DEMO_TOKEN_NONE)
    {
      if (strcmp (exchange->role, "service_role") != 0)
        return NULL;

      token = make_service_token (self, now);
    }
  else if (exchange->token_state == KVAR_DEMO_TOKEN_GOOD && ABS (offset) > 1)
    token = make_unmoved_token (self, exchange->claims, offset);
  else
    return g_strdup (kvar_demo_exchange_get_header (exchange, "Authorization"));

  return g_strconcat ("Bearer ", token, NULL);
}

static void
copy_request_headers (KvarDemoUpstream *self,
                      KvarDemoExchange *exchange,
                      SoupMessage      *message)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autofree char *authorization = make_authorization (self, exchange);
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, exchange->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (!is_own_header (name))
      soup_message_headers_append (headers, name, value);

  if (authorization != NULL)
    soup_message_headers_replace (headers, "Authorization", authorization);
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GInputStream) stream = NULL;
  GError *error = NULL;

  stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  if (stream == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&stream), g_object_unref);
}

/**
 * kvar_demo_upstream_send_async:
 * @exchange: key and bearer are checked; stays alive until the callback
 *
 * Sends the request without what only the gateway knows: the path's prefix and the API key.
 */
void
kvar_demo_upstream_send_async (KvarDemoUpstream    *self,
                               KvarDemoExchange    *exchange,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr(SoupMessage) message = make_message (self, exchange);

  g_task_set_source_tag (task, kvar_demo_upstream_send_async);
  g_task_set_task_data (task, g_object_ref (message), g_object_unref);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  copy_request_headers (self, exchange, message);
  if (g_bytes_get_size (exchange->body) > 0)
    {
      const char *type = kvar_demo_exchange_get_header (exchange, "Content-Type");

      soup_message_set_request_body_from_bytes (message, type, exchange->body);
    }

  soup_session_send_async (self->session, message, G_PRIORITY_DEFAULT, cancellable, sent_cb,
                           g_steal_pointer (&task));
}

/**
 * kvar_demo_upstream_send_finish:
 * @exchange: gets the reply's status and headers, but not its body
 *
 * Returns: (transfer full): the reply's body, or %NULL with @error set
 */
GInputStream *
kvar_demo_upstream_send_finish (KvarDemoUpstream  *self,
                                GAsyncResult      *result,
                                KvarDemoExchange  *exchange,
                                GError           **error)
{
  SoupMessage *message = g_task_get_task_data (G_TASK (result));
  GInputStream *stream = g_task_propagate_pointer (G_TASK (result), error);
  SoupMessageHeadersIter iter;
  const char *name, *value;

  if (stream == NULL)
    return NULL;

  exchange->status = soup_message_get_status (message);
  soup_message_headers_iter_init (&iter, soup_message_get_response_headers (message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    if (!is_own_header (name) || g_ascii_strcasecmp (name, "Content-Length") == 0)
      kvar_demo_exchange_add_header (exchange, name, value);

  return stream;
}
