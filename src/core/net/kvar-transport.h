/* kvar-transport.h: the seam with the wire: a request goes out, a reply comes back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "net/kvar-reply.h"
#include "net/kvar-request.h"

G_BEGIN_DECLS

#define KVAR_TYPE_TRANSPORT (kvar_transport_get_type ())

G_DECLARE_INTERFACE (KvarTransport, kvar_transport, KVAR, TRANSPORT, GObject)

struct _KvarTransportInterface
{
  GTypeInterface parent_interface;

  void       (*send_async)  (KvarTransport        *self,
                             KvarRequest          *request,
                             GCancellable         *cancellable,
                             GAsyncReadyCallback   callback,
                             gpointer              user_data);
  KvarReply *(*send_finish) (KvarTransport        *self,
                             GAsyncResult         *result,
                             GError              **error);
};

void       kvar_transport_send_async  (KvarTransport        *self,
                                       KvarRequest          *request,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
KvarReply *kvar_transport_send_finish (KvarTransport        *self,
                                       GAsyncResult         *result,
                                       GError              **error);

G_END_DECLS
