/* kvar-demo-relay.c: hands a stream on as the body of a reply, piece by piece
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include "kvar-demo-relay.h"

#define PIECE (64 * 1024)

typedef struct
{
  SoupServerMessage   *message;
  GInputStream        *stream;
  GCancellable        *cancellable;
  KvarDemoRelayBroken  broken;
  gpointer             user_data;
  gboolean             reading;
} Relay;

/* Relay: read → append → wrote → read …, until the stream ends. */
static void read_next (Relay             *relay);
static void read_cb   (GObject           *object,
                       GAsyncResult      *result,
                       gpointer           user_data);
static void wrote_cb  (SoupServerMessage *message,
                       gpointer           user_data);

static void
relay_free (Relay *relay)
{
  g_signal_handlers_disconnect_by_data (relay->message, relay);
  g_object_unref (relay->message);
  g_object_unref (relay->stream);
  g_object_unref (relay->cancellable);
  g_free (relay);
}

static void
read_next (Relay *relay)
{
  relay->reading = TRUE;
  g_input_stream_read_bytes_async (relay->stream, PIECE, G_PRIORITY_DEFAULT,
                                   relay->cancellable, read_cb, relay);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Relay *relay = user_data;
  SoupMessageBody *body = soup_server_message_get_response_body (relay->message);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;

  bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);
  relay->reading = FALSE;

  if (bytes == NULL)
    {
      KvarDemoRelayBroken broken = relay->broken;
      gpointer data = relay->user_data;

      relay_free (relay);
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        broken (data);
    }
  else if (g_bytes_get_size (bytes) == 0)
    {
      soup_message_body_complete (body);
      soup_server_message_unpause (relay->message);
      relay_free (relay);
    }
  else
    {
      soup_message_body_append_bytes (body, bytes);
      soup_server_message_unpause (relay->message);
    }
}

static void
wrote_cb (SoupServerMessage *message,
          gpointer           user_data)
{
  read_next (user_data);
}

/* The client went away. A reading under way is cancelled by our owner and ends the relay. */
static void
finished_cb (SoupServerMessage *message,
             gpointer           user_data)
{
  Relay *relay = user_data;

  if (!relay->reading)
    relay_free (relay);
}

/**
 * kvar_demo_relay_start:
 * @message: paused, with status and headers set
 * @stream: what its body will be
 * @cancellable: cancelled when the client goes away
 * @broken: called at most once, and not after a cancellation
 *
 * Writes a piece, and reads the next one only when it is written.
 */
void
kvar_demo_relay_start (SoupServerMessage   *message,
                       GInputStream        *stream,
                       GCancellable        *cancellable,
                       KvarDemoRelayBroken  broken,
                       gpointer             user_data)
{
  Relay *relay = g_new0 (Relay, 1);

  relay->message = g_object_ref (message);
  relay->stream = g_object_ref (stream);
  relay->cancellable = g_object_ref (cancellable);
  relay->broken = broken;
  relay->user_data = user_data;

  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (wrote_cb), relay);
  g_signal_connect (message, "finished", G_CALLBACK (finished_cb), relay);
  read_next (relay);
}
