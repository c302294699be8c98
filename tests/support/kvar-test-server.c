/* kvar-test-server.c: a server on loopback that misbehaves as a test asks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "kvar-test-server.h"

static void
answer_text (SoupServerMessage *message,
             guint              status,
             const char        *type,
             const char        *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, body, strlen (body));
}

static gboolean
is_bulk (SoupServerMessage *message)
{
  return strstr (g_uri_get_path (soup_server_message_get_uri (message)), "bulk") != NULL;
}

static void
hold_cb (SoupServer        *server,
         SoupServerMessage *message,
         const char        *path,
         GHashTable        *query,
         gpointer           user_data)
{
  KvarTestServer *self = user_data;

  self->n_seen++;
  self->n_now++;
  self->n_bulk += is_bulk (message);
  self->most = MAX (self->most, self->n_now);
  self->most_bulk = MAX (self->most_bulk, self->n_bulk);
  soup_server_message_pause (message);
  g_ptr_array_add (self->paused, g_object_ref (message));
}

static void
echo_cb (SoupServer        *server,
         SoupServerMessage *message,
         const char        *path,
         GHashTable        *query,
         gpointer           user_data)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  GUri *uri = soup_server_message_get_uri (message);
  g_autofree char *text = NULL;
  const char *names[] = { "apikey", "Authorization", "User-Agent", "X-Client-Info", "Origin",
                          "Cookie", "Prefer", "Content-Type", "Accept-Encoding", NULL };
  GString *json = g_string_new ("{");

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *value = soup_message_headers_get_list (headers, names[i]);

      g_string_append_printf (json, "\"%s\":\"%s\",", names[i], value != NULL ? value : "none");
    }
  g_string_append_printf (json, "\"method\":\"%s\",\"query\":\"%s\",\"body\":\"%.*s\"}",
                          soup_server_message_get_method (message),
                          g_uri_get_query (uri) != NULL ? g_uri_get_query (uri) : "none",
                          (int)body->length, body->data != NULL ? body->data : "");
  text = g_string_free (json, FALSE);
  answer_text (message, 200, "application/json", text);
}

static void
html_cb (SoupServer        *server,
         SoupServerMessage *message,
         const char        *path,
         GHashTable        *query,
         gpointer           user_data)
{
  answer_text (message, 200, "text/html", "<html>Accept our terms</html>");
}

static void
redirect_cb (SoupServer        *server,
             SoupServerMessage *message,
             const char        *path,
             GHashTable        *query,
             gpointer           user_data)
{
  soup_server_message_set_redirect (message, 302, "http://portal.example/");
}

static void
gzip_cb (SoupServer        *server,
         SoupServerMessage *message,
         const char        *path,
         GHashTable        *query,
         gpointer           user_data)
{
  g_autoptr(GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1);
  char packed[100];
  gsize n_read;
  gsize n_written;

  g_converter_convert (G_CONVERTER (gzip), "[\"packed\"]", 10, packed, sizeof packed,
                       G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "Content-Encoding", "gzip");
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY,
                                    packed, n_written);
}

static void
cookie_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "Set-Cookie", "crumb=1; Path=/");
  answer_text (message, 200, "application/json", "{}");
}

static void
warning_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Warning",
                                "299 - \"Filter embeds by their alias\"");
  answer_text (message, 200, "application/json", "[]");
}

static void
big_cb (SoupServer        *server,
        SoupServerMessage *message,
        const char        *path,
        GHashTable        *query,
        gpointer           user_data)
{
  gsize size = 3 * 1024 * 1024 + 17;
  char *data = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    data[i] = 'a' + i % 23;
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "text/csv", SOUP_MEMORY_TAKE, data, size);
}

static void
cut_once_sent_cb (SoupServerMessage *message,
                  guint              size,
                  gpointer           user_data)
{
  GSocket *socket = soup_server_message_get_socket (message);

  g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

/* Promises 1000 bytes, sends a few and hangs up. */
static void
cut_cb (SoupServer        *server,
        SoupServerMessage *message,
        const char        *path,
        GHashTable        *query,
        gpointer           user_data)
{
  KvarTestServer *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  self->n_cut++;
  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CONTENT_LENGTH);
  soup_message_headers_set_content_length (headers, 1000);
  soup_message_headers_replace (headers, "Content-Type", "application/json");
  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_STATIC,
                            "[{\"id\":", 7);
  g_signal_connect (message, "wrote-body-data", G_CALLBACK (cut_once_sent_cb), NULL);
}

static void
forget_dripping_cb (KvarTestServer *self)
{
  g_clear_object (&self->dripping);
}

static void
drip_cb (SoupServer        *server,
         SoupServerMessage *message,
         const char        *path,
         GHashTable        *query,
         gpointer           user_data)
{
  KvarTestServer *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_headers_replace (headers, "Content-Type", "application/json");
  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_STATIC,
                            "{", 1);
  g_set_object (&self->dripping, message);
  g_signal_connect_swapped (message, "finished", G_CALLBACK (forget_dripping_cb), self);
  self->n_dripping++;
}

KvarTestServer *
kvar_test_server_new (void)
{
  static const struct { const char *path; SoupServerCallback callback; } handlers[] = {
    { "/rest/v1/hold", hold_cb },
    { "/rest/v1/bulk", hold_cb },
    { "/rest/v1/rpc", hold_cb },
    { "/rest/v1/echo", echo_cb },
    { "/auth/v1/echo", echo_cb },
    { "/rest/v1/html", html_cb },
    { "/rest/v1/redirect", redirect_cb },
    { "/rest/v1/gzip", gzip_cb },
    { "/rest/v1/cookie", cookie_cb },
    { "/rest/v1/warning", warning_cb },
    { "/rest/v1/big", big_cb },
    { "/auth/v1/big", big_cb },
    { "/auth/v1/drip", drip_cb },
    { "/rest/v1/drip", drip_cb },
    { "/rest/v1/cut", cut_cb },
  };
  KvarTestServer *self = g_new0 (KvarTestServer, 1);
  g_autoptr(GError) error = NULL;
  g_autoslist(GUri) uris = NULL;

  self->paused = g_ptr_array_new_with_free_func (g_object_unref);
  self->server = soup_server_new (NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    soup_server_add_handler (self->server, handlers[i].path, handlers[i].callback, self, NULL);

  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->url = g_uri_to_string (uris->data);

  return self;
}

void
kvar_test_server_free (KvarTestServer *self)
{
  g_ptr_array_unref (self->paused);
  if (self->dripping != NULL)
    g_signal_handlers_disconnect_by_data (self->dripping, self);
  g_clear_object (&self->dripping);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_free (self->url);
  g_free (self);
}

/**
 * kvar_test_server_release:
 *
 * Answers the oldest request that is held.
 */
void
kvar_test_server_release (KvarTestServer *self)
{
  g_autoptr(SoupServerMessage) message = g_ptr_array_steal_index (self->paused, 0);

  self->n_now--;
  self->n_bulk -= is_bulk (message);
  answer_text (message, 200, "application/json", "[]");
  soup_server_message_unpause (message);
}

/**
 * kvar_test_server_forget:
 *
 * Drops the oldest request that is held: its connection is gone.
 */
void
kvar_test_server_forget (KvarTestServer *self)
{
  g_ptr_array_remove_index (self->paused, 0);
}

/**
 * kvar_test_server_drip:
 *
 * Sends one more byte of the newest answer that drips.
 */
void
kvar_test_server_drip (KvarTestServer *self)
{
  if (self->dripping == NULL)
    return;

  soup_message_body_append (soup_server_message_get_response_body (self->dripping),
                            SOUP_MEMORY_STATIC, " ", 1);
  soup_server_message_unpause (self->dripping);
}
