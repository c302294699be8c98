/* kvar-demo-auth-private.h: what the files of the demo's Auth share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-demo-accounts.h"
#include "kvar-demo-auth.h"
#include "kvar-demo-bucket.h"
#include "kvar-demo-sessions.h"

G_BEGIN_DECLS

struct _KvarDemoAuth
{
  const KvarDemoConfig *config;
  KvarDemoClock        *clock;
  KvarDemoAccounts     *accounts;
  KvarDemoSessions     *sessions;
  KvarDemoBucket        bucket;     /* of all grants and all callers together */
};

JsonObject *kvar_demo_auth_parse_body    (KvarDemoExchange *exchange);
void        kvar_demo_auth_token         (KvarDemoAuth     *self,
                                          KvarDemoExchange *exchange);
void        kvar_demo_auth_signup        (KvarDemoAuth     *self,
                                          KvarDemoExchange *exchange);
gboolean    kvar_demo_auth_is_banned     (KvarDemoAuth     *self,
                                          KvarDemoUser     *user);

G_END_DECLS
