/* kvar-demo-storage.h: Storage's half of the demo: one exchange in, one reply out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-demo-clock.h"
#include "kvar-demo-config.h"
#include "kvar-demo-database.h"
#include "kvar-demo-exchange.h"

G_BEGIN_DECLS

typedef struct _KvarDemoStorage KvarDemoStorage;

KvarDemoStorage *kvar_demo_storage_new    (const KvarDemoConfig *config,
                                           KvarDemoDatabase     *database,
                                           KvarDemoClock        *clock);
void             kvar_demo_storage_free   (KvarDemoStorage      *self);
void             kvar_demo_storage_handle (KvarDemoStorage      *self,
                                           KvarDemoExchange     *exchange);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarDemoStorage, kvar_demo_storage_free)

G_END_DECLS
