/* kvar-demo-rest.h: PostgREST's half of the demo: one exchange in, one reply out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-demo-clock.h"
#include "kvar-demo-config.h"
#include "kvar-demo-database.h"
#include "kvar-demo-exchange.h"

G_BEGIN_DECLS

typedef struct _KvarDemoRest KvarDemoRest;

KvarDemoRest *kvar_demo_rest_new    (const KvarDemoConfig *config,
                                     KvarDemoDatabase     *database,
                                     KvarDemoClock        *clock);
void          kvar_demo_rest_free   (KvarDemoRest         *self);
void          kvar_demo_rest_handle (KvarDemoRest         *self,
                                     KvarDemoExchange     *exchange);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarDemoRest, kvar_demo_rest_free)

G_END_DECLS
