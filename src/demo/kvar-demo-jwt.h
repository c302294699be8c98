/* kvar-demo-jwt.h: access tokens: JWTs signed and read with HS256
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-demo-exchange.h"

G_BEGIN_DECLS

char               *kvar_demo_jwt_sign        (JsonObject  *claims,
                                               const char  *secret);
KvarDemoTokenState  kvar_demo_jwt_read        (const char  *token,
                                               const char  *secret,
                                               JsonObject **claims);
KvarDemoTokenState  kvar_demo_jwt_check_times (JsonObject  *claims,
                                               gint64       now,
                                               gint64       leeway);

G_END_DECLS
