/* kvar-demo-auth-error.h: GoTrue's errors in the format that the client asks for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-demo-exchange.h"

G_BEGIN_DECLS

void kvar_demo_auth_error      (KvarDemoExchange *exchange,
                                guint             status,
                                const char       *code,
                                const char       *message);
void kvar_demo_auth_error_weak (KvarDemoExchange *exchange,
                                const char       *message);

G_END_DECLS
