/* kvar-storage-place.h: where a file lies: what the value of a column says of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean  kvar_storage_place_read     (const char  *text,
                                       const char  *project_url,
                                       const char  *usual_bucket,
                                       char       **bucket,
                                       char       **key);
gboolean  kvar_storage_place_is_sound (const char  *key);
char     *kvar_storage_place_dup_name (const char  *text);

G_END_DECLS
