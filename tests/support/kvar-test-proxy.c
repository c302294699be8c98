/* kvar-test-proxy.c: stands between a client and kvar-demo and breaks what passes, byte by byte
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every connection has a thread that reads and writes in turn, so that each fault is a few
 * plain lines. Connections are kept open as a real server's are: what a client makes of one
 * that ends under a request is half of what there is to test.
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "kvar-test-proxy.h"

#define DRIP_US  100
#define PATIENCE (60 * G_USEC_PER_SEC)

#define PORTAL \
  "<!DOCTYPE html><html><title>Welcome</title><form action=\"/login\">Room number</form></html>"

static const char garbage[] = "\x16\x03\x01 *** \r\n\xff\xfe\r\n\r\n{]";

typedef struct
{
  KvarTestFault  kind;
  char          *match;
  int            left;     /* -1: without end */
} Fault;

struct _KvarTestProxy
{
  GSocketService  *service;        /* (nullable): while it is down */
  GTlsCertificate *certificate;    /* (nullable) */
  guint16          upstream_port;
  guint16          port;
  char            *url;

  GMutex           mutex;          /* guards all that follows */
  GCond            changed;
  GCancellable    *open;           /* cancelled when the open connections are to end */
  GPtrArray       *faults;         /* of Fault */
  GPtrArray       *seen;           /* of "METHOD path" */
  guint            n_broken;
  guint            n_threads;
  guint            n_now;
  guint            n_ended;
  guint            most;
  guint            n_releases;
};

/* One connection, and the request on it. */
typedef struct
{
  KvarTestProxy    *proxy;
  GSocket          *socket;
  GIOStream        *stream;
  GDataInputStream *input;
  GOutputStream    *output;
  GCancellable     *open;

  char             *line;          /* "METHOD path HTTP/1.1" */
  GString          *request;       /* as it is passed on */
} Visit;

static void
fault_free (gpointer data)
{
  Fault *fault = data;

  g_free (fault->match);
  g_free (fault);
}

static gboolean
take_fault (KvarTestProxy *self,
            const char    *line,
            KvarTestFault *kind)
{
  gboolean found = FALSE;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->faults->len && !found; i++)
    {
      Fault *fault = g_ptr_array_index (self->faults, i);

      if (fault->left == 0 || !g_str_has_prefix (line, fault->match))
        continue;

      found = TRUE;
      fault->left -= fault->left > 0 ? 1 : 0;
      *kind = fault->kind;
      self->n_broken++;
    }
  g_mutex_unlock (&self->mutex);
  g_main_context_wakeup (NULL);    /* a test may wait for just that */

  return found;
}

static void
wait_for_release (Visit *visit)
{
  KvarTestProxy *self = visit->proxy;
  guint n_releases;

  g_mutex_lock (&self->mutex);
  n_releases = self->n_releases;
  while (self->n_releases == n_releases && !g_cancellable_is_cancelled (visit->open))
    g_cond_wait (&self->changed, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static gboolean
put (Visit      *visit,
     const char *data,
     gsize       size)
{
  return g_output_stream_write_all (visit->output, data, size, NULL, visit->open, NULL);
}

static gboolean
put_text (Visit      *visit,
          const char *text)
{
  return put (visit, text, strlen (text));
}

/* The connection is gone without a word of goodbye. */
static void
reset (Visit *visit)
{
  struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

  setsockopt (g_socket_get_fd (visit->socket), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  g_socket_close (visit->socket, NULL);
}

/* Reads a request whole. Returns %FALSE at the end of the connection. */
static gboolean
read_request (Visit *visit)
{
  guint64 length = 0;

  g_clear_pointer (&visit->line, g_free);
  g_string_truncate (visit->request, 0);

  visit->line = g_data_input_stream_read_line (visit->input, NULL, visit->open, NULL);
  if (visit->line == NULL)
    return FALSE;
  g_string_append_printf (visit->request, "%s\r\n", visit->line);

  while (TRUE)
    {
      g_autofree char *header = g_data_input_stream_read_line (visit->input, NULL, visit->open,
                                                               NULL);

      if (header == NULL)
        return FALSE;
      if (*header == '\0')
        break;
      if (g_ascii_strncasecmp (header, "Content-Length:", 15) == 0)
        length = g_ascii_strtoull (header + 15, NULL, 10);
      if (g_ascii_strncasecmp (header, "Connection:", 11) != 0)
        g_string_append_printf (visit->request, "%s\r\n", header);
    }

  g_string_append (visit->request, "Connection: close\r\n\r\n");
  if (length > 0)
    {
      g_autofree char *body = g_malloc (length);
      gsize n_read;

      if (!g_input_stream_read_all (G_INPUT_STREAM (visit->input), body, length, &n_read,
                                    visit->open, NULL) || n_read < length)
        return FALSE;
      g_string_append_len (visit->request, body, length);
    }

  return TRUE;
}

/* The answer says that its connection ends; ours goes on. */
static void
keep_alive (GString *answer)
{
  char *end = strstr (answer->str, "\r\n\r\n");
  char *header = strcasestr (answer->str, "\r\nConnection: close\r\n");

  if (header != NULL && end != NULL && header < end)
    g_string_erase (answer, header - answer->str, strlen ("\r\nConnection: close"));
}

/* Passes the request on. Returns: (transfer full) (nullable): the answer, head and body */
static GString *
ask_upstream (Visit *visit)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnection) connection = NULL;
  GString *answer;
  GInputStream *input;
  char chunk[16 * 1024];
  gssize n_read;

  connection = g_socket_client_connect_to_host (client, "127.0.0.1",
                                                visit->proxy->upstream_port, visit->open, NULL);
  if (connection == NULL ||
      !g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                                  visit->request->str, visit->request->len, NULL,
                                  visit->open, NULL))
    return NULL;

  answer = g_string_new (NULL);
  input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  while ((n_read = g_input_stream_read (input, chunk, sizeof chunk, visit->open, NULL)) > 0)
    g_string_append_len (answer, chunk, n_read);
  keep_alive (answer);

  return answer;
}

static gsize
half_of (GString *answer)
{
  char *end = strstr (answer->str, "\r\n\r\n");
  gsize head = end != NULL ? (gsize)(end - answer->str) + 4 : 0;

  return head + (answer->len - head) / 2;
}

static gboolean
put_slowly (Visit   *visit,
            GString *answer)
{
  for (gsize i = 0; i < answer->len; i++)
    {
      if (!put (visit, answer->str + i, 1))
        return FALSE;
      g_usleep (DRIP_US);
    }

  return TRUE;
}

static void
put_without_end (Visit *visit)
{
  char zeros[16 * 1024];

  for (gsize i = 0; i < sizeof zeros; i++)
    zeros[i] = i % 2 == 0 ? '0' : ',';

  if (!put_text (visit, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                        "Connection: close\r\n\r\n["))
    return;
  while (put (visit, zeros, sizeof zeros))
    ;
}

static gboolean
put_answer (Visit      *visit,
            const char *head,
            const char *body)
{
  g_autofree char *text = g_strdup_printf ("HTTP/1.1 %s\r\nContent-Length: %zu\r\n\r\n%s",
                                           head, strlen (body), body);

  return put_text (visit, text);
}

/* Faults under which the request is carried out. Returns whether the connection goes on. */
static gboolean
break_answer (Visit         *visit,
              KvarTestFault  kind)
{
  GString *answer = ask_upstream (visit);
  gboolean goes_on = FALSE;

  if (answer == NULL)
    return FALSE;

  if (kind == KVAR_TEST_FAULT_RESET_AFTER)
    reset (visit);
  else if (kind == KVAR_TEST_FAULT_DRIP)
    goes_on = put_slowly (visit, answer);
  else if (kind == KVAR_TEST_FAULT_CUT_BODY)
    put (visit, answer->str, half_of (answer));
  else if (kind == KVAR_TEST_FAULT_STALL_BODY && put (visit, answer->str, half_of (answer)))
    wait_for_release (visit);

  g_string_free (answer, TRUE);

  return goes_on;
}

/* Returns whether the connection goes on. */
static gboolean
break_it (Visit         *visit,
          KvarTestFault  kind)
{
  switch (kind)
    {
    case KVAR_TEST_FAULT_RESET_BEFORE:
      reset (visit);
      return FALSE;

    case KVAR_TEST_FAULT_STALL:
      wait_for_release (visit);
      return FALSE;

    case KVAR_TEST_FAULT_GARBAGE:
      put (visit, garbage, sizeof garbage);
      return FALSE;

    case KVAR_TEST_FAULT_REDIRECT:
      return put_answer (visit, "302 Found\r\nLocation: http://portal.invalid/welcome", "");

    case KVAR_TEST_FAULT_HTML:
      return put_answer (visit, "200 OK\r\nContent-Type: text/html; charset=utf-8", PORTAL);

    case KVAR_TEST_FAULT_HUGE:
      put_without_end (visit);
      return FALSE;

    case KVAR_TEST_FAULT_CUT_AFTER:
    case KVAR_TEST_FAULT_CUT_BODY:
    case KVAR_TEST_FAULT_RESET_AFTER:
    case KVAR_TEST_FAULT_STALL_BODY:
    case KVAR_TEST_FAULT_DRIP:
      return break_answer (visit, kind);

    case KVAR_TEST_FAULT_CUT_BEFORE:
    default:
      return FALSE;
    }
}

static gboolean
pass (Visit *visit)
{
  GString *answer = ask_upstream (visit);
  gboolean goes_on = answer != NULL && put (visit, answer->str, answer->len);

  if (answer != NULL)
    g_string_free (answer, TRUE);

  return goes_on;
}

static void
note_begin (KvarTestProxy *self,
            const char    *line)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->seen, g_strdup (line));
  self->n_now++;
  self->most = MAX (self->most, self->n_now);
  g_mutex_unlock (&self->mutex);
}

static void
note_end (KvarTestProxy *self)
{
  g_mutex_lock (&self->mutex);
  self->n_now--;
  self->n_ended++;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

static void
serve (Visit *visit)
{
  gboolean goes_on = TRUE;

  while (goes_on && read_request (visit))
    {
      KvarTestFault kind;

      note_begin (visit->proxy, visit->line);
      goes_on = take_fault (visit->proxy, visit->line, &kind) ? break_it (visit, kind)
                                                              : pass (visit);
      if (!goes_on)
        g_io_stream_close (visit->stream, NULL, NULL);
      note_end (visit->proxy);
    }
}

/* Its handshake fails when the client does not like the certificate. */
static GIOStream *
wrap (KvarTestProxy     *self,
      GSocketConnection *connection,
      GCancellable      *open)
{
  g_autoptr(GIOStream) secure = NULL;

  if (self->certificate == NULL)
    return g_object_ref (G_IO_STREAM (connection));

  secure = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL);
  if (!g_tls_connection_handshake (G_TLS_CONNECTION (secure), open, NULL))
    return NULL;

  return g_steal_pointer (&secure);
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection      *connection,
        GObject                *source,
        gpointer                user_data)
{
  KvarTestProxy *self = user_data;
  Visit visit = { .proxy = self };

  g_mutex_lock (&self->mutex);
  visit.open = g_object_ref (self->open);
  g_mutex_unlock (&self->mutex);

  visit.socket = g_socket_connection_get_socket (connection);
  visit.stream = wrap (self, connection, visit.open);
  if (visit.stream != NULL)
    {
      visit.request = g_string_new (NULL);
      visit.input = g_data_input_stream_new (g_io_stream_get_input_stream (visit.stream));
      visit.output = g_io_stream_get_output_stream (visit.stream);
      g_data_input_stream_set_newline_type (visit.input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
      serve (&visit);
      g_object_unref (visit.input);
      g_object_unref (visit.stream);
      g_string_free (visit.request, TRUE);
      g_free (visit.line);
    }
  g_object_unref (visit.open);

  g_mutex_lock (&self->mutex);
  self->n_threads--;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);

  return TRUE;
}

/* Counted before its thread runs, so that nobody closes down in between. */
static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             gpointer           user_data)
{
  KvarTestProxy *self = user_data;

  g_mutex_lock (&self->mutex);
  self->n_threads++;
  g_mutex_unlock (&self->mutex);

  return FALSE;
}

static void
listen_at (KvarTestProxy *self,
           guint16        port)
{
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new (loopback, port);
  g_autoptr(GSocketAddress) effective = NULL;
  g_autoptr(GError) error = NULL;

  self->service = g_threaded_socket_service_new (-1);
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  g_signal_connect (self->service, "run", G_CALLBACK (run_cb), self);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address,
                                 G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &effective,
                                 &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
}

/* Nobody listens any more, and all threads are back. */
static void
close_all (KvarTestProxy *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_clear_object (&self->service);

  g_mutex_lock (&self->mutex);
  g_cancellable_cancel (self->open);
  g_cond_broadcast (&self->changed);
  while (self->n_threads > 0)
    g_cond_wait (&self->changed, &self->mutex);
  g_object_unref (self->open);
  self->open = g_cancellable_new ();
  g_mutex_unlock (&self->mutex);
}

KvarTestProxy *
kvar_test_proxy_new (const char      *upstream,
                     GTlsCertificate *certificate)
{
  KvarTestProxy *self = g_new0 (KvarTestProxy, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->open = g_cancellable_new ();
  self->faults = g_ptr_array_new_with_free_func (fault_free);
  self->seen = g_ptr_array_new_with_free_func (g_free);
  self->upstream_port = (guint16)atoi (strrchr (upstream, ':') + 1);
  g_set_object (&self->certificate, certificate);
  listen_at (self, 0);
  self->url = g_strdup_printf ("%s://127.0.0.1:%u", certificate != NULL ? "https" : "http",
                               self->port);

  return self;
}

void
kvar_test_proxy_free (KvarTestProxy *self)
{
  if (self->service != NULL)
    close_all (self);
  g_clear_object (&self->certificate);
  g_object_unref (self->open);
  g_ptr_array_unref (self->faults);
  g_ptr_array_unref (self->seen);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self->url);
  g_free (self);
}

const char *
kvar_test_proxy_get_url (KvarTestProxy *self)
{
  return self->url;
}

void
kvar_test_proxy_break (KvarTestProxy *self,
                       KvarTestFault  kind,
                       const char    *match,
                       int            count)
{
  Fault *fault = g_new0 (Fault, 1);

  fault->kind = kind;
  fault->match = g_strdup (match);
  fault->left = count;
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->faults, fault);
  g_mutex_unlock (&self->mutex);
}

void
kvar_test_proxy_mend (KvarTestProxy *self)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_set_size (self->faults, 0);
  g_mutex_unlock (&self->mutex);
}

void
kvar_test_proxy_release (KvarTestProxy *self)
{
  g_mutex_lock (&self->mutex);
  self->n_releases++;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

void
kvar_test_proxy_set_down (KvarTestProxy *self,
                          gboolean       down)
{
  if (down && self->service != NULL)
    close_all (self);
  else if (!down && self->service == NULL)
    listen_at (self, self->port);
}

void
kvar_test_proxy_set_certificate (KvarTestProxy   *self,
                                 GTlsCertificate *certificate)
{
  close_all (self);
  g_set_object (&self->certificate, certificate);
  listen_at (self, self->port);
}

guint
kvar_test_proxy_count_seen (KvarTestProxy *self,
                            const char    *match)
{
  guint n = 0;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->seen->len; i++)
    n += g_str_has_prefix (g_ptr_array_index (self->seen, i), match) ? 1 : 0;
  g_mutex_unlock (&self->mutex);

  return n;
}

guint
kvar_test_proxy_count_broken (KvarTestProxy *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->n_broken;
  g_mutex_unlock (&self->mutex);

  return n;
}

void
kvar_test_proxy_wait_ended (KvarTestProxy *self,
                            guint          n)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  g_mutex_lock (&self->mutex);
  while (self->n_ended < n && g_cond_wait_until (&self->changed, &self->mutex, end))
    ;
  g_assert_cmpuint (self->n_ended, >=, n);
  g_mutex_unlock (&self->mutex);
}

guint
kvar_test_proxy_get_most (KvarTestProxy *self)
{
  guint most;

  g_mutex_lock (&self->mutex);
  most = self->most;
  g_mutex_unlock (&self->mutex);

  return most;
}
