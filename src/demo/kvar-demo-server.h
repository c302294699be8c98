/* kvar-demo-server.h: the demo's HTTP server: listens, routes, delays, breaks on request, logs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-demo-config.h"

G_BEGIN_DECLS

typedef struct _KvarDemoServer KvarDemoServer;

KvarDemoServer *kvar_demo_server_new  (KvarDemoConfig  *config,
                                       GError         **error);
void            kvar_demo_server_free (KvarDemoServer  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarDemoServer, kvar_demo_server_free)

G_END_DECLS
