/* kvar-jwt.h: reads the claims of a token without checking who signed it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *kvar_jwt_get_string (const char *token,
                               const char *claim);
gboolean  kvar_jwt_get_time   (const char *token,
                               const char *claim,
                               gint64     *seconds);

G_END_DECLS
