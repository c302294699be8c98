/* kvar-http-transport.c: requests over HTTP, with Kvar's own waits and lanes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "net/kvar-http-transport.h"

struct _KvarHttpTransport
{
  GObject parent_instance;
};

static void kvar_http_transport_iface_init (KvarTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KvarHttpTransport, kvar_http_transport, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KVAR_TYPE_TRANSPORT,
                                                      kvar_http_transport_iface_init))

static void
kvar_http_transport_iface_init (KvarTransportInterface *iface)
{
}

static void
kvar_http_transport_class_init (KvarHttpTransportClass *klass)
{
}

static void
kvar_http_transport_init (KvarHttpTransport *self)
{
}

KvarHttpTransport *
kvar_http_transport_new (const char *base_url,
                         const char *api_key,
                         KvarClock  *clock)
{
  return g_object_new (KVAR_TYPE_HTTP_TRANSPORT, NULL);
}
