/* kvar-http-call.c: one request under way over HTTP
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A call has a deadline: 20 s for the connection, then one that every sign of life pushes
 * back, for as long as such an answer may take in all. Its one timer looks, when it fires,
 * whether the deadline has moved. What a failure
 * means hangs on how far the request came: before libsoup began to write it, nobody can
 * have acted on it.
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kvar-error.h"
#include "net/kvar-http-call-private.h"

#define CONNECT_TIMEOUT (20 * KVAR_CLOCK_SECOND)

/* A read that met silence is dropped and begun again, in all this many times. */
#define READ_ATTEMPTS 3

#define FIRST_CHUNK (16 * 1024)
#define FIRST_MAX   (1024 * 1024)

typedef struct
{
  SoupSession  *session;
  KvarClock    *clock;
  char         *url;
  char         *api_key;
  KvarRequest  *request;
  gboolean      fresh_connection;

  SoupMessage  *message;          /* of this attempt */
  GCancellable *stop;             /* ends this attempt */
  GInputStream *stream;
  char         *body;
  gsize         size;             /* of body: how much there is room for */
  gsize         filled;           /* and how much has come */
  guint         attempt;
  gboolean      begun;            /* libsoup has begun to write the request */
  gboolean      timed_out;
  gint64        deadline;         /* boottime */
  gint64        end;              /* boottime: no sign of life counts after that; 0: never */
  guint         timer;

  GCancellable *cancellable;      /* the caller's (nullable) */
  gulong        cancelled_id;
  gint64        started;          /* boottime, for the log */
} Call;

/* One attempt: connect → begin → answer → body. */
static void begin_attempt (GTask *task);
static void begun_cb      (SoupMessage *message, gpointer user_data);
static void restarted_cb  (SoupMessage *message, gpointer user_data);
static void answered_cb   (GObject *object, GAsyncResult *result, gpointer user_data);
static void read_more     (GTask *task);
static void read_cb       (GObject *object, GAsyncResult *result, gpointer user_data);

static void
clear_timer (Call *call)
{
  if (call->timer != 0)
    kvar_clock_remove_timer (call->clock, call->timer);
  call->timer = 0;
}

static void
deadline_cb (gpointer user_data)
{
  Call *call = user_data;
  gint64 left = call->deadline - kvar_clock_get_boottime (call->clock);

  if (left > 0)
    {
      call->timer = kvar_clock_add_timer (call->clock, left, deadline_cb, call);
      return;
    }

  call->timer = 0;
  call->timed_out = TRUE;
  g_cancellable_cancel (call->stop);
}

/* A later deadline needs no other timer, an earlier one does. */
static void
set_deadline (Call   *call,
              gint64  delay)
{
  gint64 now = kvar_clock_get_boottime (call->clock);
  gint64 deadline = now + delay;

  if (call->end != 0)
    deadline = MIN (deadline, call->end);
  if (call->timer != 0 && deadline < call->deadline)
    clear_timer (call);
  call->deadline = deadline;
  if (call->timer == 0)
    call->timer = kvar_clock_add_timer (call->clock, MAX (deadline - now, 0), deadline_cb, call);
}

/* Any byte in either direction. */
static void
note_life (Call *call)
{
  set_deadline (call, kvar_request_get_timeout (call->request));
}

static void
call_clear_attempt (Call *call)
{
  clear_timer (call);
  if (call->message != NULL)
    g_signal_handlers_disconnect_by_data (call->message, call);
  g_clear_object (&call->message);
  g_clear_object (&call->stream);
  g_clear_object (&call->stop);
  g_clear_pointer (&call->body, g_free);
  call->size = 0;
  call->filled = 0;
  call->begun = FALSE;
  call->timed_out = FALSE;
  call->end = 0;
}

static void
call_free (gpointer data)
{
  Call *call = data;

  call_clear_attempt (call);
  if (call->cancelled_id != 0)
    g_signal_handler_disconnect (call->cancellable, call->cancelled_id);
  g_clear_object (&call->cancellable);
  g_clear_object (&call->session);
  g_clear_object (&call->clock);
  kvar_request_unref (call->request);
  g_free (call->url);
  g_free (call->api_key);
  g_free (call);
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  Call *call = user_data;

  if (call->stop != NULL)
    g_cancellable_cancel (call->stop);
}

/* Without the query: it holds what people look for. */
static void
log_end (Call       *call,
         const char *end)
{
  const char *path = kvar_request_get_path (call->request);

  if (g_log_writer_default_would_drop (G_LOG_LEVEL_DEBUG, G_LOG_DOMAIN))
    return;

  g_debug ("%s %.*s: %s after %" G_GINT64_FORMAT " ms",
           kvar_request_get_method (call->request), (int)strcspn (path, "?"), path, end,
           (kvar_clock_get_boottime (call->clock) - call->started) / 1000);
}

static gboolean
took_too_long (Call *call)
{
  return call->timed_out && call->end != 0 &&
         kvar_clock_get_boottime (call->clock) >= call->end;
}

static const char *
describe (Call         *call,
          const GError *cause)
{
  if (!call->timed_out)
    return cause->message;
  if (!call->begun)
    return "no connection in time";

  return took_too_long (call) ? "the answer has no end" : "the server is silent";
}

static GError *
new_failure (Call         *call,
             const GError *cause)
{
  gboolean surely_not_sent = !call->begun;
  gboolean repeatable = kvar_request_get_repeatable (call->request);
  g_autofree char *text = NULL;

  text = g_strdup_printf ("%s: %s", kvar_request_get_method (call->request),
                          describe (call, cause));

  return kvar_error_new_full (surely_not_sent || repeatable ? KVAR_ERROR_OFFLINE
                                                            : KVAR_ERROR_UNKNOWN_OUTCOME,
                              0, NULL, text);
}

/* Takes the task over. */
static void
fail (GTask        *task_in,
      const GError *cause)
{
  g_autoptr(GTask) task = task_in;
  Call *call = g_task_get_task_data (task);
  const char *method = kvar_request_get_method (call->request);
  gboolean is_read = g_str_equal (method, "GET") || g_str_equal (method, "HEAD");

  if (g_cancellable_is_cancelled (call->cancellable))
    {
      log_end (call, "cancelled");
      g_task_return_error_if_cancelled (task);
      return;
    }

  if (call->timed_out && call->begun && !took_too_long (call) && is_read &&
      call->attempt < READ_ATTEMPTS)
    {
      log_end (call, "silence, trying again");
      call_clear_attempt (call);
      begin_attempt (g_steal_pointer (&task));
      return;
    }

  log_end (call, cause->message);
  g_task_return_error (task, new_failure (call, cause));
}

static void
append_header_cb (const char *name,
                  const char *value,
                  gpointer    user_data)
{
  soup_message_headers_replace (user_data, name, value);
}

static SoupMessage *
new_message (Call    *call,
             GError **error)
{
  g_autoptr(GUri) uri = g_uri_parse (call->url, SOUP_HTTP_URI_FLAGS, error);
  SoupMessageFlags flags = SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE;
  SoupMessageHeaders *headers;
  SoupMessage *message;

  if (uri == NULL)
    return NULL;

  message = soup_message_new_from_uri (kvar_request_get_method (call->request), uri);
  if (kvar_request_get_repeatable (call->request))
    flags |= SOUP_MESSAGE_IDEMPOTENT;
  if (call->fresh_connection || call->attempt > 1)
    flags |= SOUP_MESSAGE_NEW_CONNECTION;
  soup_message_set_flags (message, flags);

  headers = soup_message_get_request_headers (message);
  soup_message_headers_replace (headers, "apikey", call->api_key);
  kvar_request_foreach_header (call->request, append_header_cb, headers);
  if (kvar_request_get_body (call->request) != NULL)
    soup_message_set_request_body_from_bytes (message,
                                              kvar_request_get_content_type (call->request),
                                              kvar_request_get_body (call->request));

  return message;
}

static void
begin_attempt (GTask *task_in)
{
  g_autoptr(GTask) task = task_in;
  g_autoptr(GError) error = NULL;
  Call *call = g_task_get_task_data (task);

  call->attempt++;
  call->message = new_message (call, &error);
  if (call->message == NULL)
    {
      g_debug ("Not an address: %s", error->message);
      g_task_return_new_error (task, KVAR_ERROR, KVAR_ERROR_INVALID, "%s",
                               _("There's no project at this address. Check the spelling."));
      return;
    }

  call->stop = g_cancellable_new ();
  g_signal_connect (call->message, "starting", G_CALLBACK (begun_cb), call);
  g_signal_connect (call->message, "restarted", G_CALLBACK (restarted_cb), call);
  g_signal_connect_swapped (call->message, "wrote-body-data", G_CALLBACK (note_life), call);
  set_deadline (call, CONNECT_TIMEOUT);

  soup_session_send_async (call->session, call->message, G_PRIORITY_DEFAULT, call->stop,
                           answered_cb, g_steal_pointer (&task));
}

static void
begun_cb (SoupMessage *message,
          gpointer     user_data)
{
  Call *call = user_data;
  gint64 patience = kvar_request_get_patience (call->request);

  call->begun = TRUE;
  if (patience > 0)
    call->end = kvar_clock_get_boottime (call->clock) + patience;
  note_life (call);
}

/* A connection that was kept open has ended under a read, and libsoup begins again. If it did
 * so at once, on another one that was kept open, it would take the news of the first failure,
 * which is still on its way, for the second try's: the read fails although it is answered, or
 * libsoup crashes over the answer. Making a connection takes longer than that news. */
static void
restarted_cb (SoupMessage *message,
              gpointer     user_data)
{
  soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
}

/* Longer than an answer to this can be: it is somebody else's, and not read to its end. Takes
 * the task over. */
static void
fail_as_too_long (GTask *owned_task)
{
  g_autoptr(GTask) task = owned_task;
  Call *call = g_task_get_task_data (task);
  gsize max = kvar_request_get_answer_max (call->request);

  log_end (call, "too much");
  g_cancellable_cancel (call->stop);
  g_task_return_new_error (task, KVAR_ERROR,
                           kvar_request_get_repeatable (call->request)
                           ? KVAR_ERROR_BAD_REPLY : KVAR_ERROR_UNKNOWN_OUTCOME,
                           "the reply has more than %" G_GSIZE_FORMAT " bytes", max);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  Call *call = g_task_get_task_data (task);
  SoupMessageHeaders *headers;
  goffset length;

  call->stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  if (call->stream == NULL)
    {
      fail (g_steal_pointer (&task), error);
      return;
    }

  headers = soup_message_get_response_headers (call->message);
  length = soup_message_headers_get_content_length (headers);
  if (length > 0 && (guint64)length > kvar_request_get_answer_max (call->request))
    {
      fail_as_too_long (g_steal_pointer (&task));
      return;
    }

  call->size = length > 0 ? MIN (length + 1, FIRST_MAX) : FIRST_CHUNK;
  call->body = g_malloc (call->size);
  note_life (call);
  read_more (g_steal_pointer (&task));
}

/* Reads straight into the body. It has room for one byte more than was announced, so that
 * the end is met without growing. */
static void
read_more (GTask *task_in)
{
  g_autoptr(GTask) task = task_in;
  Call *call = g_task_get_task_data (task);

  if (call->filled == call->size)
    {
      call->size *= 2;
      call->body = g_realloc (call->body, call->size);
    }

  g_input_stream_read_async (call->stream, call->body + call->filled, call->size - call->filled,
                             G_PRIORITY_DEFAULT, call->stop, read_cb, g_steal_pointer (&task));
}

static void
add_reply_header_cb (const char *name,
                     const char *value,
                     gpointer    user_data)
{
  kvar_reply_add_header (user_data, name, value);
}

static KvarReply *
new_reply (Call *call)
{
  g_autoptr(GBytes) body = NULL;
  g_autoptr(GDateTime) date = NULL;
  KvarReply *reply;

  if (call->size > 2 * call->filled)
    call->body = g_realloc (call->body, MAX (call->filled, 1));
  body = g_bytes_new_take (g_steal_pointer (&call->body), call->filled);
  reply = kvar_reply_new ((int)soup_message_get_status (call->message), body);
  soup_message_headers_foreach (soup_message_get_response_headers (call->message),
                                add_reply_header_cb, reply);
  kvar_reply_set_repeatable (reply, kvar_request_get_repeatable (call->request));

  /* A portal's page may have any date. */
  date = kvar_reply_get_date (reply);
  if (date != NULL && kvar_reply_is_json (reply))
    kvar_clock_note_server_date (call->clock, date);

  return reply;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  Call *call = g_task_get_task_data (task);
  g_autofree char *status = NULL;
  gssize n_read;

  n_read = g_input_stream_read_finish (G_INPUT_STREAM (object), result, &error);
  if (n_read < 0)
    {
      fail (g_steal_pointer (&task), error);
      return;
    }

  call->filled += n_read;
  if (n_read > 0 && call->filled > kvar_request_get_answer_max (call->request))
    {
      fail_as_too_long (g_steal_pointer (&task));
      return;
    }

  if (n_read > 0)
    {
      note_life (call);
      read_more (g_steal_pointer (&task));
      return;
    }

  status = g_strdup_printf ("%u", soup_message_get_status (call->message));
  log_end (call, status);
  g_task_return_pointer (task, new_reply (call), (GDestroyNotify)kvar_reply_unref);
}

/**
 * kvar_http_call_send_async:
 * @base_url: the project's root, without a slash at the end
 * @fresh_connection: whether a connection that was kept open might be dead by now
 *
 * Sends @request. The call keeps all it needs, so that its owner may go before it ends.
 */
void
kvar_http_call_send_async (SoupSession         *session,
                           KvarClock           *clock,
                           const char          *base_url,
                           const char          *api_key,
                           KvarRequest         *request,
                           gboolean             fresh_connection,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);

  call->session = g_object_ref (session);
  call->clock = g_object_ref (clock);
  call->url = g_strconcat (base_url, kvar_request_get_path (request), NULL);
  call->api_key = g_strdup (api_key);
  call->request = kvar_request_ref (request);
  call->fresh_connection = fresh_connection;
  call->started = kvar_clock_get_boottime (clock);
  g_task_set_source_tag (task, kvar_http_call_send_async);
  g_task_set_task_data (task, call, call_free);

  if (g_task_return_error_if_cancelled (task))
    return;

  if (cancellable != NULL)
    {
      call->cancellable = g_object_ref (cancellable);
      call->cancelled_id = g_signal_connect (cancellable, "cancelled",
                                             G_CALLBACK (cancelled_cb), call);
    }

  begin_attempt (g_steal_pointer (&task));
}

KvarReply *
kvar_http_call_send_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
