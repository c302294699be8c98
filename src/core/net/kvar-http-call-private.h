/* kvar-http-call-private.h: one request under way over HTTP
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "kvar-clock.h"
#include "net/kvar-reply.h"
#include "net/kvar-request.h"

G_BEGIN_DECLS

void       kvar_http_call_send_async  (SoupSession          *session,
                                       KvarClock            *clock,
                                       const char           *base_url,
                                       const char           *api_key,
                                       KvarRequest          *request,
                                       gboolean              fresh_connection,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
KvarReply *kvar_http_call_send_finish (GAsyncResult         *result,
                                       GError              **error);

G_END_DECLS
