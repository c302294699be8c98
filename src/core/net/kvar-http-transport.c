/* kvar-http-transport.c: requests over HTTP: Auth has connections of its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing may stand before a renewal, least of all the pages that wait for it; so Auth's
 * requests never share a queue or a connection with data.
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "net/kvar-http-pool-private.h"
#include "net/kvar-http-transport.h"

#define AUTH_CONNECTIONS 4
#define DATA_CONNECTIONS 6
#define BULK_CONNECTIONS 3

struct _KvarHttpTransport
{
  GObject       parent_instance;

  KvarHttpPool *auth;
  KvarHttpPool *data;
};

static void kvar_http_transport_iface_init (KvarTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KvarHttpTransport, kvar_http_transport, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KVAR_TYPE_TRANSPORT,
                                                      kvar_http_transport_iface_init))

static void
pool_replied_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;

  reply = kvar_http_pool_send_finish (KVAR_HTTP_POOL (object), result, &error);
  if (reply == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&reply), (GDestroyNotify)kvar_reply_unref);
}

static void
kvar_http_transport_send_async (KvarTransport       *transport,
                                KvarRequest         *request,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  KvarHttpTransport *self = KVAR_HTTP_TRANSPORT (transport);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  gboolean is_auth = kvar_request_get_service (request) == KVAR_SERVICE_AUTH;

  g_task_set_source_tag (task, kvar_http_transport_send_async);
  kvar_http_pool_send_async (is_auth ? self->auth : self->data, request, cancellable,
                             pool_replied_cb, g_steal_pointer (&task));
}

static KvarReply *
kvar_http_transport_send_finish (KvarTransport  *transport,
                                 GAsyncResult   *result,
                                 GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, transport), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
kvar_http_transport_iface_init (KvarTransportInterface *iface)
{
  iface->send_async = kvar_http_transport_send_async;
  iface->send_finish = kvar_http_transport_send_finish;
}

static void
kvar_http_transport_dispose (GObject *object)
{
  KvarHttpTransport *self = KVAR_HTTP_TRANSPORT (object);

  g_clear_object (&self->auth);
  g_clear_object (&self->data);

  G_OBJECT_CLASS (kvar_http_transport_parent_class)->dispose (object);
}

static void
kvar_http_transport_class_init (KvarHttpTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kvar_http_transport_dispose;
}

static void
kvar_http_transport_init (KvarHttpTransport *self)
{
}

/**
 * kvar_http_transport_new:
 * @base_url: the project's root, with or without a slash at the end
 * @api_key: the project's public key
 * @clock: from which every wait is taken
 */
KvarHttpTransport *
kvar_http_transport_new (const char *base_url,
                         const char *api_key,
                         KvarClock  *clock)
{
  g_autofree char *root = NULL;
  KvarHttpTransport *self;
  gsize length;

  g_return_val_if_fail (base_url != NULL && api_key != NULL, NULL);
  g_return_val_if_fail (KVAR_IS_CLOCK (clock), NULL);

  root = g_strdup (base_url);
  for (length = strlen (root); length > 0 && root[length - 1] == '/'; length--)
    root[length - 1] = '\0';

  self = g_object_new (KVAR_TYPE_HTTP_TRANSPORT, NULL);
  self->auth = kvar_http_pool_new (root, api_key, clock, AUTH_CONNECTIONS, AUTH_CONNECTIONS);
  self->data = kvar_http_pool_new (root, api_key, clock, DATA_CONNECTIONS, BULK_CONNECTIONS);

  return self;
}
