/* kvar-demo-array.h: one-dimensional PostgreSQL arrays as text: {a,"b c",NULL}
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GPtrArray *kvar_demo_array_parse          (const char *text);
void       kvar_demo_array_append_element (GString    *out,
                                           const char *element);
char      *kvar_demo_array_to_text        (GPtrArray  *elements);
void       kvar_demo_array_append_json    (GString    *out,
                                           const char *text,
                                           gboolean    raw_elements);

G_END_DECLS
