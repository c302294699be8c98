/* kvar-demo-base64url.h: bytes as unpadded URL-safe base64, as tokens carry them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char   *kvar_demo_base64url_encode (const guint8 *data,
                                    gsize         length);
guint8 *kvar_demo_base64url_decode (const char   *text,
                                    gsize         length,
                                    gsize        *n_bytes);

G_END_DECLS
