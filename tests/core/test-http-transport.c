/* test-http-transport.c: requests over HTTP, against a server that misbehaves on demand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "kvar-error.h"
#include "kvar-test-server.h"
#include "kvar-test.h"
#include "net/kvar-http-transport.h"

typedef struct
{
  KvarTestServer    *server;
  KvarClock         *clock;
  KvarHttpTransport *transport;
  guint              n_done;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  simulated)
{
  f->server = kvar_test_server_new ();
  f->clock = simulated != NULL ? kvar_clock_new_simulated () : kvar_clock_new ();
  f->transport = kvar_http_transport_new (f->server->url, "sb_publishable_test", f->clock);
}

static void
tear_down (Fixture       *f,
           gconstpointer  simulated)
{
  kvar_test_settle ();
  g_assert_finalize_object (f->transport);
  kvar_test_server_free (f->server);
  kvar_test_settle ();
  g_assert_finalize_object (f->clock);
}

static KvarReply *
send (Fixture      *f,
      KvarRequest  *request,
      GError      **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_transport_send_async (KVAR_TRANSPORT (f->transport), request, NULL,
                             kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);

  return kvar_transport_send_finish (KVAR_TRANSPORT (f->transport), result, error);
}

static KvarReply *
get (Fixture     *f,
     const char  *path,
     GError     **error)
{
  g_autoptr(KvarRequest) request = kvar_request_new ("GET", path);

  return send (f, request, error);
}

static void
assert_body_has (KvarReply  *reply,
                 const char *text)
{
  GBytes *body = kvar_reply_get_body (reply);
  g_autofree char *copy = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  if (strstr (copy, text) == NULL)
    g_error ("There is no %s in %s", text, copy);
}

static void
test_sends_what_it_is_given (Fixture       *f,
                             gconstpointer  unused)
{
  g_autoptr(KvarRequest) request = kvar_request_new ("PATCH", "/rest/v1/echo?id=eq.1");
  g_autoptr(GBytes) bytes = g_bytes_new_static ("text", 4);
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;

  kvar_request_add_query (request, "at", "2026-01-01T00:00:00+00:00");
  kvar_request_set_header (request, "Prefer", "return=representation");
  kvar_request_set_body (request, "application/json", bytes);
  reply = send (f, request, &error);

  g_assert_no_error (error);
  g_assert_cmpint (kvar_reply_get_status (reply), ==, 200);
  assert_body_has (reply, "\"method\":\"PATCH\"");
  assert_body_has (reply, "\"query\":\"id=eq.1&at=2026-01-01T00%3A00%3A00%2B00%3A00\"");
  assert_body_has (reply, "\"Prefer\":\"return=representation\"");
  assert_body_has (reply, "\"Content-Type\":\"application/json\"");
  assert_body_has (reply, "\"body\":\"text\"");
}

static void
test_says_who_it_is (Fixture       *f,
                     gconstpointer  unused)
{
  g_autoptr(KvarReply) reply = get (f, "/auth/v1/echo", NULL);

  assert_body_has (reply, "\"apikey\":\"sb_publishable_test\"");
  assert_body_has (reply, "\"User-Agent\":\"Kvar/" KVAR_VERSION " (Linux)\"");
  assert_body_has (reply, "\"Authorization\":\"none\"");
  assert_body_has (reply, "\"X-Client-Info\":\"none\"");
  assert_body_has (reply, "\"Origin\":\"none\"");
}

static void
test_keeps_no_cookies (Fixture       *f,
                       gconstpointer  unused)
{
  g_autoptr(KvarReply) first = get (f, "/rest/v1/cookie", NULL);
  g_autoptr(KvarReply) second = get (f, "/rest/v1/echo", NULL);

  g_assert_cmpint (kvar_reply_get_status (first), ==, 200);
  assert_body_has (second, "\"Cookie\":\"none\"");
}

static guint n_warnings;

static GLogWriterOutput
count_warnings (GLogLevelFlags    level,
                const GLogField  *fields,
                gsize             n_fields,
                gpointer          unused)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE") &&
        g_str_has_prefix (fields[i].value, "The server warns: 299 - "))
      n_warnings++;

  return g_log_writer_default (level, fields, n_fields, NULL);
}

/* What a newer server will not take much longer is for the log, and changes nothing else. */
static void
test_notes_a_warning (Fixture       *f,
                      gconstpointer  unused)
{
  g_autoptr(KvarReply) first = get (f, "/rest/v1/warning", NULL);
  g_autoptr(KvarReply) second = get (f, "/rest/v1/warning", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (kvar_reply_check (first, KVAR_SERVICE_REST, &error));
  g_assert_no_error (error);
  g_assert_true (kvar_reply_check (second, KVAR_SERVICE_REST, &error));
  g_assert_cmpuint (n_warnings, ==, 1);
}

static void
test_unpacks (Fixture       *f,
              gconstpointer  unused)
{
  g_autoptr(KvarReply) asked = get (f, "/rest/v1/echo", NULL);
  g_autoptr(KvarReply) packed = get (f, "/rest/v1/gzip", NULL);

  assert_body_has (asked, "gzip");
  assert_body_has (packed, "[\"packed\"]");
}

static void
test_reads_a_large_body (Fixture       *f,
                         gconstpointer  unused)
{
  g_autoptr(KvarReply) reply = get (f, "/rest/v1/big", NULL);
  gsize size;
  const char *data = g_bytes_get_data (kvar_reply_get_body (reply), &size);

  g_assert_cmpuint (size, ==, 3 * 1024 * 1024 + 17);
  for (gsize i = 0; i < size; i += 4099)
    g_assert_cmpint (data[i], ==, 'a' + i % 23);
}

static void
test_html_is_a_reply (Fixture       *f,
                      gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KvarReply) reply = get (f, "/rest/v1/html", &error);

  g_assert_no_error (error);
  g_assert_false (kvar_reply_is_json (reply));
  g_assert_false (kvar_reply_check (reply, KVAR_SERVICE_REST, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_OFFLINE);
}

static void
test_redirect_is_a_reply (Fixture       *f,
                          gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KvarReply) reply = get (f, "/rest/v1/redirect", &error);

  g_assert_no_error (error);
  g_assert_cmpint (kvar_reply_get_status (reply), ==, 302);
  g_assert_cmpstr (kvar_reply_get_header (reply, "location"), ==, "http://portal.example/");
}

static void
test_learns_the_servers_time (Fixture       *f,
                              gconstpointer  unused)
{
  g_autoptr(KvarReply) reply = NULL;
  gint64 now = g_get_real_time ();

  /* The simulated clock stands in January. */
  g_assert_cmpint (ABS (kvar_clock_get_server_time (f->clock) - now), >, KVAR_CLOCK_HOUR);
  reply = get (f, "/rest/v1/echo", NULL);
  g_assert_cmpint (ABS (kvar_clock_get_server_time (f->clock) - now), <, 5 * KVAR_CLOCK_SECOND);
}

static void
test_refused_connection (Fixture       *f,
                         gconstpointer  method)
{
  g_autoptr(KvarHttpTransport) nowhere = NULL;
  g_autoptr(KvarRequest) request = kvar_request_new (method, "/rest/v1/jobs");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;

  /* A port that nobody listens on: the server's, after it has gone. */
  soup_server_disconnect (f->server->server);
  nowhere = kvar_http_transport_new (f->server->url, "key", f->clock);
  kvar_transport_send_async (KVAR_TRANSPORT (nowhere), request, NULL,
                             kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  reply = kvar_transport_send_finish (KVAR_TRANSPORT (nowhere), result, &error);

  g_assert_null (reply);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_OFFLINE);
}

static void
test_get_refused (Fixture       *f,
                  gconstpointer  unused)
{
  test_refused_connection (f, "GET");
}

static void
test_post_refused (Fixture       *f,
                   gconstpointer  unused)
{
  test_refused_connection (f, "POST");
}

static void
test_unknown_host (Fixture       *f,
                   gconstpointer  unused)
{
  g_autoptr(KvarHttpTransport) nowhere = NULL;
  g_autoptr(KvarRequest) request = kvar_request_new ("POST", "/rest/v1/jobs");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;

  nowhere = kvar_http_transport_new ("http://nobody.invalid", "key", f->clock);
  kvar_transport_send_async (KVAR_TRANSPORT (nowhere), request, NULL,
                             kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  reply = kvar_transport_send_finish (KVAR_TRANSPORT (nowhere), result, &error);

  g_assert_null (reply);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_OFFLINE);
}

/* A port whose queue is full: further connections are neither made nor refused. */
static GSocket *
listen_with_a_full_queue (GPtrArray *visitors)
{
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
  g_autoptr(GSocketAddress) address = NULL;
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, 0, NULL);

  g_socket_set_listen_backlog (socket, 0);
  g_assert_true (g_socket_bind (socket, any_port, FALSE, NULL));
  g_assert_true (g_socket_listen (socket, NULL));
  address = g_socket_get_local_address (socket, NULL);
  for (int i = 0; i < 4; i++)
    {
      GSocket *visitor = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, 0, NULL);

      g_socket_set_blocking (visitor, FALSE);
      g_socket_connect (visitor, address, NULL, NULL);
      g_ptr_array_add (visitors, visitor);
    }

  return socket;
}

static void
test_no_connection_in_time (Fixture       *f,
                            gconstpointer  unused)
{
  g_autoptr(GPtrArray) visitors = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GSocket) full = listen_with_a_full_queue (visitors);
  g_autoptr(GSocketAddress) address = g_socket_get_local_address (full, NULL);
  g_autofree char *url = NULL;
  g_autoptr(KvarHttpTransport) mute = NULL;
  g_autoptr(KvarRequest) request = kvar_request_new ("POST", "/rest/v1/jobs");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;

  url = g_strdup_printf ("http://127.0.0.1:%u",
                         g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
  mute = kvar_http_transport_new (url, "key", f->clock);
  kvar_transport_send_async (KVAR_TRANSPORT (mute), request, NULL,
                             kvar_test_keep_result, &result);
  kvar_test_settle ();
  kvar_clock_advance (f->clock, 19 * KVAR_CLOCK_SECOND);
  kvar_test_settle ();
  g_assert_null (result);

  kvar_clock_advance (f->clock, KVAR_CLOCK_SECOND);
  kvar_test_wait_until (result != NULL);
  reply = kvar_transport_send_finish (KVAR_TRANSPORT (mute), result, &error);
  g_assert_null (reply);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_OFFLINE);
}

static void
test_cut_get (Fixture       *f,
              gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KvarReply) reply = get (f, "/rest/v1/cut", &error);

  g_assert_null (reply);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_OFFLINE);
}

static void
test_cut_post (Fixture       *f,
               gconstpointer  unused)
{
  g_autoptr(KvarRequest) request = kvar_request_new ("POST", "/rest/v1/cut");
  g_autoptr(GError) error = NULL;
  g_autoptr(KvarReply) reply = send (f, request, &error);

  g_assert_null (reply);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_UNKNOWN_OUTCOME);
  g_assert_cmpuint (f->server->n_cut, ==, 1);
}

static void
test_cut_repeatable_post (Fixture       *f,
                          gconstpointer  unused)
{
  g_autoptr(KvarRequest) request = kvar_request_new ("POST", "/rest/v1/cut");
  g_autoptr(GError) error = NULL;
  g_autoptr(KvarReply) reply = NULL;

  kvar_request_set_repeatable (request, TRUE);
  reply = send (f, request, &error);

  g_assert_null (reply);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_OFFLINE);
}

static void
test_silent_get_is_repeated (Fixture       *f,
                             gconstpointer  unused)
{
  g_autoptr(KvarRequest) request = kvar_request_new ("GET", "/rest/v1/hold");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;

  kvar_transport_send_async (KVAR_TRANSPORT (f->transport), request, NULL,
                             kvar_test_keep_result, &result);
  kvar_test_wait_until (f->server->n_seen == 1);
  kvar_clock_advance (f->clock, 59 * KVAR_CLOCK_SECOND);
  kvar_test_settle ();
  g_assert_cmpuint (f->server->n_seen, ==, 1);

  kvar_clock_advance (f->clock, 2 * KVAR_CLOCK_SECOND);
  kvar_test_wait_until (f->server->n_seen == 2);
  g_assert_null (result);
  kvar_test_server_forget (f->server);
  kvar_test_server_release (f->server);
  kvar_test_wait_until (result != NULL);
  reply = kvar_transport_send_finish (KVAR_TRANSPORT (f->transport), result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kvar_reply_get_status (reply), ==, 200);
}

static void
test_silence_ends_as_offline (Fixture       *f,
                              gconstpointer  unused)
{
  g_autoptr(KvarRequest) request = kvar_request_new ("GET", "/rest/v1/hold");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;

  kvar_transport_send_async (KVAR_TRANSPORT (f->transport), request, NULL,
                             kvar_test_keep_result, &result);
  for (guint i = 1; i <= 3; i++)
    {
      kvar_test_wait_until (f->server->n_seen == i);
      kvar_clock_advance (f->clock, 61 * KVAR_CLOCK_SECOND);
    }
  kvar_test_wait_until (result != NULL);
  reply = kvar_transport_send_finish (KVAR_TRANSPORT (f->transport), result, &error);
  g_assert_null (reply);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_OFFLINE);
}

static void
test_silent_post_is_unknown (Fixture       *f,
                             gconstpointer  unused)
{
  g_autoptr(KvarRequest) request = kvar_request_new ("POST", "/rest/v1/hold");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;

  kvar_transport_send_async (KVAR_TRANSPORT (f->transport), request, NULL,
                             kvar_test_keep_result, &result);
  kvar_test_wait_until (f->server->n_seen == 1);
  kvar_clock_advance (f->clock, 61 * KVAR_CLOCK_SECOND);
  kvar_test_wait_until (result != NULL);
  reply = kvar_transport_send_finish (KVAR_TRANSPORT (f->transport), result, &error);
  g_assert_null (reply);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_UNKNOWN_OUTCOME);
  g_assert_cmpuint (f->server->n_seen, ==, 1);
}

static void
test_function_may_take_its_time (Fixture       *f,
                                 gconstpointer  unused)
{
  g_autoptr(KvarRequest) request = kvar_request_new ("POST", "/rest/v1/rpc/report");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;

  kvar_transport_send_async (KVAR_TRANSPORT (f->transport), request, NULL,
                             kvar_test_keep_result, &result);
  kvar_test_wait_until (f->server->n_seen == 1);
  kvar_clock_advance (f->clock, 9 * KVAR_CLOCK_MINUTE);
  kvar_test_server_release (f->server);
  kvar_test_wait_until (result != NULL);
  reply = kvar_transport_send_finish (KVAR_TRANSPORT (f->transport), result, &error);
  g_assert_no_error (error);
}

static void
test_cancel_under_way (Fixture       *f,
                       gconstpointer  unused)
{
  g_autoptr(KvarRequest) request = kvar_request_new ("POST", "/rest/v1/hold");
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;

  kvar_transport_send_async (KVAR_TRANSPORT (f->transport), request, cancellable,
                             kvar_test_keep_result, &result);
  kvar_test_wait_until (f->server->n_seen == 1);
  g_cancellable_cancel (cancellable);
  kvar_test_wait_until (result != NULL);
  reply = kvar_transport_send_finish (KVAR_TRANSPORT (f->transport), result, &error);
  g_assert_null (reply);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
count_done_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  Fixture *f = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(KvarReply) reply = NULL;

  reply = kvar_transport_send_finish (KVAR_TRANSPORT (object), result, &error);
  g_assert_no_error (error);
  f->n_done++;
}

static void
send_many (Fixture    *f,
           const char *path,
           KvarLane    lane,
           guint       n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(KvarRequest) request = kvar_request_new ("GET", path);

      kvar_request_set_lane (request, lane);
      kvar_transport_send_async (KVAR_TRANSPORT (f->transport), request, NULL,
                                 count_done_cb, f);
    }
}

static void
test_fifty_at_once (Fixture       *f,
                    gconstpointer  unused)
{
  send_many (f, "/rest/v1/bulk", KVAR_LANE_BULK, 25);
  send_many (f, "/rest/v1/hold", KVAR_LANE_USER, 25);
  kvar_test_wait_until (f->server->n_now == 6);
  g_assert_cmpuint (f->server->n_bulk, ==, 3);

  while (f->n_done < 50)
    {
      guint before = f->n_done;

      kvar_test_wait_until (f->server->paused->len > 0);
      kvar_test_server_release (f->server);
      kvar_test_wait_until (f->n_done > before);
    }
  g_assert_cmpuint (f->server->n_seen, ==, 50);
  g_assert_cmpuint (f->server->most, ==, 6);
  g_assert_cmpuint (f->server->most_bulk, ==, 3);
}

static void
test_auth_does_not_wait_for_data (Fixture       *f,
                                  gconstpointer  unused)
{
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;

  send_many (f, "/rest/v1/hold", KVAR_LANE_USER, 10);
  kvar_test_wait_until (f->server->n_now == 6);
  reply = get (f, "/auth/v1/echo", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (f->n_done, ==, 0);

  while (f->n_done < 10)
    {
      guint before = f->n_done;

      kvar_test_wait_until (f->server->paused->len > 0);
      kvar_test_server_release (f->server);
      kvar_test_wait_until (f->n_done > before);
    }
}

static void
test_cancel_while_waiting (Fixture       *f,
                           gconstpointer  unused)
{
  g_autoptr(KvarRequest) request = kvar_request_new ("GET", "/rest/v1/hold");
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;

  send_many (f, "/rest/v1/hold", KVAR_LANE_USER, 6);
  kvar_test_wait_until (f->server->n_now == 6);
  kvar_transport_send_async (KVAR_TRANSPORT (f->transport), request, cancellable,
                             kvar_test_keep_result, &result);
  g_cancellable_cancel (cancellable);
  kvar_test_wait_until (result != NULL);
  reply = kvar_transport_send_finish (KVAR_TRANSPORT (f->transport), result, &error);
  g_assert_null (reply);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  while (f->n_done < 6)
    {
      guint before = f->n_done;

      kvar_test_server_release (f->server);
      kvar_test_wait_until (f->n_done > before);
    }
  kvar_test_settle ();
  g_assert_cmpuint (f->server->n_seen, ==, 6);
}

static void
test_goes_on_after_a_sleep (Fixture       *f,
                            gconstpointer  unused)
{
  g_autoptr(KvarReply) before = get (f, "/rest/v1/echo", NULL);
  g_autoptr(KvarReply) after = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (before);
  kvar_clock_suspend (f->clock, 3 * KVAR_CLOCK_HOUR);
  after = get (f, "/rest/v1/echo", &error);
  g_assert_no_error (error);
  g_assert_cmpint (kvar_reply_get_status (after), ==, 200);
}

#define SIMULATED GINT_TO_POINTER (TRUE)

static void
add (const char    *path,
     gconstpointer  simulated,
     void         (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, simulated, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_log_set_writer_func (count_warnings, NULL, NULL);

  add ("/http-transport/send/what-it-is-given", NULL, test_sends_what_it_is_given);
  add ("/http-transport/send/says-who-it-is", NULL, test_says_who_it_is);
  add ("/http-transport/send/keeps-no-cookies", NULL, test_keeps_no_cookies);
  add ("/http-transport/REST-140/notes-a-warning", NULL, test_notes_a_warning);
  add ("/http-transport/read/unpacks", NULL, test_unpacks);
  add ("/http-transport/read/large-body", NULL, test_reads_a_large_body);
  add ("/http-transport/read/html-is-a-reply", NULL, test_html_is_a_reply);
  add ("/http-transport/read/redirect-is-a-reply", NULL, test_redirect_is_a_reply);
  add ("/http-transport/read/learns-the-servers-time", SIMULATED, test_learns_the_servers_time);
  add ("/http-transport/fail/get-refused", NULL, test_get_refused);
  add ("/http-transport/fail/post-refused", NULL, test_post_refused);
  add ("/http-transport/fail/unknown-host", NULL, test_unknown_host);
  add ("/http-transport/fail/cut-get", NULL, test_cut_get);
  add ("/http-transport/fail/cut-post", NULL, test_cut_post);
  add ("/http-transport/fail/cut-repeatable-post", NULL, test_cut_repeatable_post);
  add ("/http-transport/wait/no-connection-in-time", SIMULATED, test_no_connection_in_time);
  add ("/http-transport/wait/silent-get-is-repeated", SIMULATED, test_silent_get_is_repeated);
  add ("/http-transport/wait/silence-ends-as-offline", SIMULATED, test_silence_ends_as_offline);
  add ("/http-transport/wait/silent-post-is-unknown", SIMULATED, test_silent_post_is_unknown);
  add ("/http-transport/wait/function-may-take-its-time", SIMULATED,
       test_function_may_take_its_time);
  add ("/http-transport/cancel/under-way", NULL, test_cancel_under_way);
  add ("/http-transport/cancel/while-waiting", NULL, test_cancel_while_waiting);
  add ("/http-transport/lanes/fifty-at-once", NULL, test_fifty_at_once);
  add ("/http-transport/lanes/auth-does-not-wait", NULL, test_auth_does_not_wait_for_data);
  add ("/http-transport/resume/goes-on", SIMULATED, test_goes_on_after_a_sleep);

  return g_test_run ();
}
