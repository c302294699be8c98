/* kvar-demo-server.c: the demo's HTTP server: listens, routes, delays, breaks on request, logs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "kvar-demo-control.h"
#include "kvar-demo-gate.h"
#include "kvar-demo-relay.h"
#include "kvar-demo-rest.h"
#include "kvar-demo-server.h"
#include "kvar-demo-storage.h"
#include "kvar-demo-upstream.h"

struct _KvarDemoServer
{
  KvarDemoConfig   *config;
  KvarDemoDatabase *database;
  KvarDemoClock    *clock;
  KvarDemoAuth     *auth;
  KvarDemoRest     *rest;       /* (nullable): NULL with an upstream */
  KvarDemoUpstream *upstream;   /* (nullable) */
  KvarDemoStorage  *storage;
  KvarDemoFaults   *faults;
  KvarDemoLog      *log;
  KvarDemoControl   control;
  SoupServer       *soup;
  GHashTable       *runs;       /* SoupServerMessage → Run, owned */
};

/* One request on its way through the server; ends with the message or the connection. */
typedef struct
{
  KvarDemoServer    *server;
  SoupServerMessage *message;   /* owned */
  KvarDemoExchange  *exchange;
  KvarDemoFault     *fault;     /* (nullable) */
  GCancellable      *cancellable; /* (nullable): of the request to the upstream */
  GInputStream      *stream;    /* (nullable): the upstream's body, still to be passed on */
  gint64             begin;     /* µs by the system's clock */
  guint              timer;
  gboolean           paused;
  gboolean           stalled;
  gboolean           logged;    /* belongs in the log: all but /demo/… and preflights */
} Run;

/* Run: took → processed (→ forwarded) → answered → finished, or stolen by a fault. */
static void     run_process   (Run          *run);
static void     run_forward   (Run          *run);
static void     forwarded_cb  (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data);
static void     run_answer    (Run          *run);
static gboolean answer_due_cb (gpointer      user_data);
static void     run_send      (Run          *run);
static void     run_break     (Run          *run);

static void
run_free (Run *run)
{
  g_clear_handle_id (&run->timer, g_source_remove);
  g_clear_pointer (&run->fault, kvar_demo_fault_free);
  g_cancellable_cancel (run->cancellable);
  g_clear_object (&run->cancellable);
  g_clear_object (&run->stream);
  kvar_demo_exchange_free (run->exchange);
  g_object_unref (run->message);
  g_free (run);
}

static void
run_pause (Run *run)
{
  if (!run->paused)
    soup_server_message_pause (run->message);
  run->paused = TRUE;
}

/* Logs and forgets the run. */
static void
run_finish (Run *run)
{
  if (run->logged)
    kvar_demo_log_add (run->server->log, run->exchange, run->begin,
                       run->fault != NULL ? run->fault->name : NULL);

  g_hash_table_remove (run->server->runs, run->message);
}

static void
reply_not_found (KvarDemoExchange *exchange)
{
  JsonObject *error = json_object_new ();

  json_object_set_string_member (error, "message", "no Route matched with those values");
  kvar_demo_exchange_reply_json (exchange, 404, error);
}

static gboolean
is_below (const char *path,
          const char *prefix)
{
  gsize length = strlen (prefix);

  return strncmp (path, prefix, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

/* An upstream has a leeway of its own and a clock that no test moves: the demo is stricter. */
static gboolean
is_expired (KvarDemoExchange *exchange)
{
  return exchange->token_state == KVAR_DEMO_TOKEN_EXPIRED;
}

static void
run_process (Run *run)
{
  KvarDemoServer *self = run->server;
  KvarDemoExchange *exchange = run->exchange;
  gboolean broken = run->fault != NULL && (run->fault->kind == KVAR_DEMO_FAULT_DROP ||
                                           kvar_demo_fault_reply (run->fault, exchange));
  gboolean admitted = !broken && kvar_demo_gate_check_key (exchange);

  /* The log says who asked, whatever became of it. */
  kvar_demo_gate_read_bearer (self->config, self->clock, exchange);
  if (!admitted)
    {
      run_answer (run);
      return;
    }

  if (is_below (exchange->path, "/auth/v1"))
    kvar_demo_auth_handle (self->auth, exchange);
  else if (is_below (exchange->path, "/rest/v1"))
    {
      if (self->upstream != NULL && !is_expired (exchange))
        {
          run_forward (run);
          return;
        }

      if (kvar_demo_gate_check_rest (exchange))
        kvar_demo_rest_handle (self->rest, exchange);
    }
  else if (is_below (exchange->path, "/storage/v1"))
    kvar_demo_storage_handle (self->storage, exchange);
  else
    reply_not_found (exchange);

  run_answer (run);
}

static void
run_forward (Run *run)
{
  run_pause (run);
  run->cancellable = g_cancellable_new ();
  kvar_demo_upstream_send_async (run->server->upstream, run->exchange, run->cancellable,
                                 forwarded_cb, run);
}

static void
reply_no_upstream (KvarDemoExchange *exchange,
                   const GError     *error)
{
  JsonObject *body = json_object_new ();

  g_debug ("The upstream did not answer: %s", error->message);
  json_object_set_string_member (body, "message", "The upstream server is not reachable");
  kvar_demo_exchange_reply_json (exchange, 502, body);
}

static gboolean
has_no_body (KvarDemoExchange *exchange)
{
  return exchange->status == 204 || exchange->status == 304 ||
         strcmp (exchange->method, "HEAD") == 0;
}

static void
forwarded_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  KvarDemoUpstream *upstream = KVAR_DEMO_UPSTREAM (object);
  Run *run = user_data;
  g_autoptr(GError) error = NULL;

  /* A cancelled request has no run any more. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;

  run->stream = kvar_demo_upstream_send_finish (upstream, result, run->exchange, &error);
  if (run->stream == NULL)
    reply_no_upstream (run->exchange, error);
  else if (has_no_body (run->exchange))
    g_clear_object (&run->stream);

  run_answer (run);
}

static gboolean
breaks_connection (const KvarDemoFault *fault)
{
  return fault != NULL && (fault->kind == KVAR_DEMO_FAULT_LOST_ANSWER ||
                           fault->kind == KVAR_DEMO_FAULT_DROP ||
                           fault->kind == KVAR_DEMO_FAULT_CUT_BODY);
}

/* Connections are broken from the main loop, never from inside libsoup's handler. */
static void
run_answer (Run *run)
{
  guint delay = run->server->config->latency_ms + run->exchange->delay_ms;

  if (run->fault != NULL)
    kvar_demo_fault_finish (run->fault, run->exchange);

  if (delay == 0 && !breaks_connection (run->fault))
    {
      run_send (run);
      return;
    }

  run_pause (run);
  run->timer = g_timeout_add (delay, answer_due_cb, run);
}

static gboolean
answer_due_cb (gpointer user_data)
{
  Run *run = user_data;

  run->timer = 0;
  if (breaks_connection (run->fault))
    run_break (run);
  else
    run_send (run);

  return G_SOURCE_REMOVE;
}

static char *
format_date (KvarDemoServer *self)
{
  gint64 now = kvar_demo_clock_get_seconds (self->clock);
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc (now);

  return soup_date_time_to_string (date, SOUP_DATE_HTTP);
}

static void
write_headers (Run *run)
{
  KvarDemoExchange *exchange = run->exchange;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (run->message);
  g_autofree char *date = format_date (run->server);
  gboolean length_known = run->stream == NULL ||
                          kvar_demo_exchange_reply_header (exchange, "Content-Length") != NULL;

  soup_server_message_set_status (run->message, exchange->status, NULL);
  soup_message_headers_remove (headers, "Date");
  if (kvar_demo_exchange_reply_header (exchange, "Date") == NULL)
    soup_message_headers_append (headers, "Date", date);
  for (guint i = 0; i < exchange->reply_headers->len; i += 2)
    soup_message_headers_append (headers, exchange->reply_headers->pdata[i],
                                 exchange->reply_headers->pdata[i + 1]);
  soup_message_headers_set_encoding (headers, length_known ? SOUP_ENCODING_CONTENT_LENGTH
                                                           : SOUP_ENCODING_CHUNKED);

  if (kvar_demo_exchange_get_header (exchange, "Origin") != NULL)
    {
      soup_message_headers_replace (headers, "Access-Control-Allow-Origin", "*");
      soup_message_headers_replace (headers, "Access-Control-Expose-Headers",
                                    "Content-Range, Content-Location, Preference-Applied, "
                                    "X-Supabase-Api-Version");
    }
}

/* Shut down before it is taken from libsoup, which would end a chunked body properly. libsoup
 * then asks the socket for its peer, and is asked before so that it remembers. */
static void
stream_broke_cb (gpointer user_data)
{
  Run *run = user_data;
  GSocket *socket = soup_server_message_get_socket (run->message);
  g_autoptr(GIOStream) connection = NULL;

  soup_server_message_get_remote_address (run->message);
  if (socket != NULL)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);

  connection = soup_server_message_steal_connection (run->message);
  if (connection != NULL)
    g_io_stream_close (connection, NULL, NULL);

  run_finish (run);
}

static void
run_send (Run *run)
{
  SoupMessageBody *body = soup_server_message_get_response_body (run->message);

  write_headers (run);

  if (run->stream != NULL)
    {
      kvar_demo_relay_start (run->message, run->stream, run->cancellable, stream_broke_cb, run);
      return;
    }

  if (run->exchange->reply_body != NULL && g_bytes_get_size (run->exchange->reply_body) > 0)
    soup_message_body_append_bytes (body, run->exchange->reply_body);
  soup_message_body_complete (body);

  if (run->paused)
    soup_server_message_unpause (run->message);
}

/* Sends the status line, the headers and the first half of the body. */
static void
write_half (Run           *run,
            GOutputStream *stream)
{
  KvarDemoExchange *exchange = run->exchange;
  g_autoptr(GString) head = g_string_new (NULL);
  gsize length = 0;
  const char *body = NULL;

  if (exchange->reply_body != NULL)
    body = g_bytes_get_data (exchange->reply_body, &length);

  g_string_append_printf (head, "HTTP/1.1 %u %s\r\n", exchange->status,
                          soup_status_get_phrase (exchange->status));
  for (guint i = 0; i < exchange->reply_headers->len; i += 2)
    if (g_ascii_strcasecmp (exchange->reply_headers->pdata[i], "Content-Length") != 0)
      g_string_append_printf (head, "%s: %s\r\n", (char *)exchange->reply_headers->pdata[i],
                              (char *)exchange->reply_headers->pdata[i + 1]);
  g_string_append_printf (head, "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", length);

  g_output_stream_write_all (stream, head->str, head->len, NULL, NULL, NULL);
  g_output_stream_write_all (stream, body, length / 2, NULL, NULL, NULL);
}

/* A fault wants to know how long the body is: wait for all of it. */
static void
take_whole_body (Run *run)
{
  g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable ();

  g_output_stream_splice (memory, run->stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, NULL);
  run->exchange->reply_body =
    g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
run_break (Run *run)
{
  g_autoptr(GIOStream) connection = soup_server_message_steal_connection (run->message);

  if (run->stream != NULL)
    take_whole_body (run);

  if (connection != NULL)
    {
      if (run->fault->kind == KVAR_DEMO_FAULT_CUT_BODY)
        write_half (run, g_io_stream_get_output_stream (connection));
      g_io_stream_close (connection, NULL, NULL);
    }

  run_finish (run);
}

static void
reply_preflight (KvarDemoExchange *exchange)
{
  const char *asked = kvar_demo_exchange_get_header (exchange,
                                                     "Access-Control-Request-Headers");

  kvar_demo_exchange_add_header (exchange, "Access-Control-Allow-Origin", "*");
  kvar_demo_exchange_add_header (exchange, "Access-Control-Allow-Methods",
                                 "GET, POST, PATCH, PUT, DELETE, OPTIONS, HEAD");
  if (asked != NULL)
    kvar_demo_exchange_add_header (exchange, "Access-Control-Allow-Headers", asked);
  kvar_demo_exchange_add_header (exchange, "Access-Control-Max-Age", "86400");
  kvar_demo_exchange_reply (exchange, 200, NULL, NULL, 0);
}

static gboolean
is_preflight (KvarDemoExchange *exchange)
{
  return strcmp (exchange->method, "OPTIONS") == 0 &&
         kvar_demo_exchange_get_header (exchange, "Access-Control-Request-Method") != NULL;
}

static KvarDemoExchange *
read_exchange (SoupServerMessage *message)
{
  GUri *uri = soup_server_message_get_uri (message);
  const char *query = g_uri_get_query (uri);
  g_autofree char *target = NULL;
  KvarDemoExchange *exchange;
  SoupMessageHeadersIter iter;
  const char *name, *value;

  target = g_strconcat (g_uri_get_path (uri), query != NULL ? "?" : NULL, query, NULL);
  exchange = kvar_demo_exchange_new (soup_server_message_get_method (message), target);

  soup_message_headers_iter_init (&iter, soup_server_message_get_request_headers (message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    kvar_demo_exchange_set_header (exchange, name, value);

  g_bytes_unref (exchange->body);
  exchange->body = soup_message_body_flatten (soup_server_message_get_request_body (message));

  return exchange;
}

static void
request_cb (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  KvarDemoServer *self = user_data;
  Run *run = g_new0 (Run, 1);

  run->server = self;
  run->begin = g_get_real_time ();
  run->message = g_object_ref (message);
  run->exchange = read_exchange (message);
  g_hash_table_insert (self->runs, message, run);

  if (is_below (run->exchange->path, "/demo") && self->config->faults)
    {
      kvar_demo_control_handle (&self->control, run->exchange);
      run_send (run);
    }
  else if (is_preflight (run->exchange))
    {
      reply_preflight (run->exchange);
      run_answer (run);
    }
  else
    {
      run->logged = TRUE;
      run->fault = kvar_demo_faults_take (self->faults, run->exchange);
      run->stalled = run->fault != NULL && run->fault->kind == KVAR_DEMO_FAULT_STALL;
      if (run->stalled)
        run_pause (run);
      else
        run_process (run);
    }
}

static void
finished_cb (SoupServer        *soup,
             SoupServerMessage *message,
             gpointer           user_data)
{
  KvarDemoServer *self = user_data;
  Run *run = g_hash_table_lookup (self->runs, message);

  if (run != NULL)
    run_finish (run);
}

/* Lets stalled requests go on. */
static void
release (gpointer data)
{
  KvarDemoServer *self = data;
  g_autoptr(GList) runs = g_hash_table_get_values (self->runs);

  for (GList *link = runs; link != NULL; link = link->next)
    {
      Run *run = link->data;

      if (run->stalled)
        {
          run->stalled = FALSE;
          run_process (run);
        }
    }
}

static gboolean
start_listening (KvarDemoServer  *self,
                 GError         **error)
{
  GSList *uris;

  self->soup = soup_server_new ("server-header", "kvar-demo", "raw-paths", TRUE, NULL);
  soup_server_add_handler (self->soup, NULL, request_cb, self, NULL);
  g_signal_connect (self->soup, "request-finished", G_CALLBACK (finished_cb), self);
  g_signal_connect (self->soup, "request-aborted", G_CALLBACK (finished_cb), self);

  if (!soup_server_listen_local (self->soup, self->config->port,
                                 SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return FALSE;

  uris = soup_server_get_uris (self->soup);
  self->config->port = g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);

  return TRUE;
}

/**
 * kvar_demo_server_new:
 * @config: outlives the server; its port becomes the one that is listened to
 *
 * Opens the database and the log, and begins to serve on 127.0.0.1.
 *
 * Returns: (transfer full): the server, or %NULL with @error set
 */
KvarDemoServer *
kvar_demo_server_new (KvarDemoConfig  *config,
                      GError         **error)
{
  g_autoptr(KvarDemoServer) self = g_new0 (KvarDemoServer, 1);

  self->config = config;
  self->runs = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)run_free);
  self->clock = kvar_demo_clock_new ();
  self->faults = kvar_demo_faults_new ();
  self->log = kvar_demo_log_new (config->log_file, error);
  if (self->log == NULL)
    return NULL;

  self->database = kvar_demo_database_open (config->database, error);
  if (self->database == NULL)
    return NULL;

  self->auth = kvar_demo_auth_new (config, self->database, self->clock);
  if (config->rest_upstream == NULL)
    self->rest = kvar_demo_rest_new (config, self->database, self->clock);
  else
    {
      self->upstream = kvar_demo_upstream_new (config, self->clock, error);
      if (self->upstream == NULL)
        return NULL;
    }

  self->storage = kvar_demo_storage_new (config, self->database, self->clock);

  self->control.config = config;
  self->control.clock = self->clock;
  self->control.auth = self->auth;
  self->control.faults = self->faults;
  self->control.log = self->log;
  self->control.release = release;
  self->control.release_data = self;

  if (!start_listening (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
kvar_demo_server_free (KvarDemoServer *self)
{
  if (self->soup != NULL)
    {
      soup_server_disconnect (self->soup);
      g_signal_handlers_disconnect_by_data (self->soup, self);
    }

  g_clear_pointer (&self->runs, g_hash_table_unref);
  g_clear_object (&self->soup);
  g_clear_object (&self->upstream);
  g_clear_pointer (&self->rest, kvar_demo_rest_free);
  g_clear_pointer (&self->storage, kvar_demo_storage_free);
  g_clear_pointer (&self->auth, kvar_demo_auth_free);
  g_clear_pointer (&self->database, kvar_demo_database_free);
  g_clear_pointer (&self->log, kvar_demo_log_free);
  g_clear_pointer (&self->faults, kvar_demo_faults_free);
  g_clear_pointer (&self->clock, kvar_demo_clock_free);
  g_free (self);
}
