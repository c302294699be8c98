/* kvar-json-text.h: JSON as text: its syntax checked, a string quoted, nothing rewritten
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean kvar_json_text_check         (const char *text,
                                       gsize      *error_offset);
gboolean kvar_json_text_is_shallow    (const char *text,
                                       guint       max_depth);
void     kvar_json_text_append_quoted (GString    *string,
                                       const char *text);
char    *kvar_json_text_indent         (const char *text);

G_END_DECLS
