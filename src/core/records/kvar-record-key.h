/* kvar-record-key.h: A record's key as one segment of a route, and back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char  *kvar_record_key_join  (const char *const *values);
char **kvar_record_key_split (const char        *key);

G_END_DECLS
