/* kvar-transport.c: the seam with the wire: a request goes out, a reply comes back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "net/kvar-transport.h"

G_DEFINE_INTERFACE (KvarTransport, kvar_transport, G_TYPE_OBJECT)

static void
kvar_transport_default_init (KvarTransportInterface *iface)
{
}

/**
 * kvar_transport_send_async:
 * @request: what to ask; sent as it is, with nobody's credentials but its own
 *
 * Sends @request. Whatever the server answers is a reply, an error status or a page of
 * HTML too.
 */
void
kvar_transport_send_async (KvarTransport       *self,
                           KvarRequest         *request,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (KVAR_IS_TRANSPORT (self));
  g_return_if_fail (request != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  KVAR_TRANSPORT_GET_IFACE (self)->send_async (self, request, cancellable, callback, user_data);
}

/**
 * kvar_transport_send_finish:
 *
 * Fails with %KVAR_ERROR_OFFLINE when the request surely was not processed or may be
 * repeated, with %KVAR_ERROR_UNKNOWN_OUTCOME when it may have been processed, with
 * %G_IO_ERROR_CANCELLED when the caller did not want to know any more.
 *
 * Returns: (transfer full): the reply, or %NULL with @error set
 */
KvarReply *
kvar_transport_send_finish (KvarTransport  *self,
                            GAsyncResult   *result,
                            GError        **error)
{
  g_return_val_if_fail (KVAR_IS_TRANSPORT (self), NULL);
  g_return_val_if_fail (G_IS_ASYNC_RESULT (result), NULL);

  return KVAR_TRANSPORT_GET_IFACE (self)->send_finish (self, result, error);
}
