/* kvar-demo-upstream.h: passes REST requests on to a real PostgREST, as the gateway would
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "kvar-demo-clock.h"
#include "kvar-demo-config.h"
#include "kvar-demo-exchange.h"

G_BEGIN_DECLS

#define KVAR_DEMO_TYPE_UPSTREAM (kvar_demo_upstream_get_type ())

G_DECLARE_FINAL_TYPE (KvarDemoUpstream, kvar_demo_upstream, KVAR_DEMO, UPSTREAM, GObject)

KvarDemoUpstream *kvar_demo_upstream_new         (const KvarDemoConfig  *config,
                                                  KvarDemoClock         *clock,
                                                  GError               **error);
void              kvar_demo_upstream_send_async  (KvarDemoUpstream      *self,
                                                  KvarDemoExchange      *exchange,
                                                  GCancellable          *cancellable,
                                                  GAsyncReadyCallback    callback,
                                                  gpointer               user_data);
GInputStream     *kvar_demo_upstream_send_finish (KvarDemoUpstream      *self,
                                                  GAsyncResult          *result,
                                                  KvarDemoExchange      *exchange,
                                                  GError               **error);

G_END_DECLS
