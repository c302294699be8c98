/* kvar-demo-gate.h: who may come in: the gateway's key check and the reading of bearer tokens
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-demo-clock.h"
#include "kvar-demo-config.h"
#include "kvar-demo-exchange.h"

G_BEGIN_DECLS

gboolean kvar_demo_gate_check_key   (KvarDemoExchange     *exchange);
void     kvar_demo_gate_read_bearer (const KvarDemoConfig *config,
                                     KvarDemoClock        *clock,
                                     KvarDemoExchange     *exchange);
gboolean kvar_demo_gate_check_rest  (KvarDemoExchange     *exchange);

G_END_DECLS
