/* kvar-http-transport.h: requests over HTTP, with Kvar's own waits and lanes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-clock.h"
#include "net/kvar-transport.h"

G_BEGIN_DECLS

#define KVAR_TYPE_HTTP_TRANSPORT (kvar_http_transport_get_type ())

G_DECLARE_FINAL_TYPE (KvarHttpTransport, kvar_http_transport, KVAR, HTTP_TRANSPORT, GObject)

KvarHttpTransport *kvar_http_transport_new (const char *base_url,
                                            const char *api_key,
                                            KvarClock  *clock);

G_END_DECLS
