/* kvar-query-text.h: Names and values as query strings write them, and how they are read back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *kvar_query_text_quote_name     (const char  *name);
char *kvar_query_text_quote_value    (const char  *value);
char *kvar_query_text_take_name      (const char **cursor,
                                      GError     **error);
char *kvar_query_text_take_quoted    (const char **cursor,
                                      GError     **error);
char *kvar_query_text_take_bracketed (const char **cursor,
                                      char         open,
                                      char         close);

G_END_DECLS
