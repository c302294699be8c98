/* kvar-file-name.h: what a file is called here, what it may be called there, and what it may do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *kvar_file_name_for_disk (const char *key);
char     *kvar_file_name_for_key  (const char *name);
gboolean  kvar_file_name_is_key   (const char *name);
gboolean  kvar_file_name_may_open (const char *name,
                                   const char *content_type);

G_END_DECLS
