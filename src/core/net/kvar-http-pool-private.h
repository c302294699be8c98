/* kvar-http-pool-private.h: a few connections, and who may use them next
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "kvar-clock.h"
#include "net/kvar-reply.h"
#include "net/kvar-request.h"

G_BEGIN_DECLS

#define KVAR_TYPE_HTTP_POOL (kvar_http_pool_get_type ())

G_DECLARE_FINAL_TYPE (KvarHttpPool, kvar_http_pool, KVAR, HTTP_POOL, GObject)

KvarHttpPool *kvar_http_pool_new         (const char           *base_url,
                                          const char           *api_key,
                                          KvarClock            *clock,
                                          guint                 n_connections,
                                          guint                 n_bulk);

void          kvar_http_pool_send_async  (KvarHttpPool         *self,
                                          KvarRequest          *request,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
KvarReply    *kvar_http_pool_send_finish (KvarHttpPool         *self,
                                          GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
