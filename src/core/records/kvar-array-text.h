/* kvar-array-text.h: PostgreSQL's array literals taken apart and written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GPtrArray *kvar_array_text_split    (const char *literal);
char      *kvar_array_text_join     (GPtrArray  *elements);
gboolean   kvar_array_text_is_valid (const char *literal);

GPtrArray *kvar_array_list_split    (const char *list,
                                     char        separator);
char      *kvar_array_list_join     (GPtrArray  *elements,
                                     char        separator);

G_END_DECLS
