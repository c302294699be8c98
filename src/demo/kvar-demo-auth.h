/* kvar-demo-auth.h: GoTrue's half of the demo: one exchange in, one reply out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-demo-clock.h"
#include "kvar-demo-config.h"
#include "kvar-demo-database.h"
#include "kvar-demo-exchange.h"

G_BEGIN_DECLS

typedef struct _KvarDemoAuth KvarDemoAuth;

KvarDemoAuth *kvar_demo_auth_new     (const KvarDemoConfig *config,
                                      KvarDemoDatabase     *database,
                                      KvarDemoClock        *clock);
void          kvar_demo_auth_free    (KvarDemoAuth         *self);
void          kvar_demo_auth_handle  (KvarDemoAuth         *self,
                                      KvarDemoExchange     *exchange);

/* What an administrator would do. */
int           kvar_demo_auth_revoke  (KvarDemoAuth         *self,
                                      const char           *email,
                                      const char           *session_id);
gboolean      kvar_demo_auth_ban     (KvarDemoAuth         *self,
                                      const char           *email,
                                      gint64                until);
gboolean      kvar_demo_auth_remove  (KvarDemoAuth         *self,
                                      const char           *email);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarDemoAuth, kvar_demo_auth_free)

G_END_DECLS
