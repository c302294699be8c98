/* kvar-query-text.c: Names and values as query strings write them, and how they are read back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-query-text"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "kvar-error.h"
#include "records/kvar-query-text.h"

/* Names that mean something else than a column when they stand unquoted, here or on the server. */
static const char *const reserved_names[] = {
  "and", "columns", "limit", "not", "offset", "on_conflict", "or", "order", "q", "select", "view",
  NULL
};

static void
refuse (GError     **error,
        const char  *what)
{
  g_debug ("Not a name or a value: %s", what);
  g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_INVALID,
                       _("The conditions in this address can't be read."));
}

/**
 * kvar_query_text_take_quoted:
 * @cursor: (inout): at a double quote; left behind the closing one
 */
char *
kvar_query_text_take_quoted (const char **cursor,
                             GError     **error)
{
  g_autoptr(GString) text = g_string_new (NULL);
  const char *p = *cursor + 1;

  for (; *p != '"' && *p != '\0'; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        p++;
      g_string_append_c (text, *p);
    }

  if (*p != '"')
    {
      refuse (error, *cursor);
      return NULL;
    }

  *cursor = p + 1;

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * kvar_query_text_take_name:
 * @cursor: (inout): where to read; left behind the name
 *
 * Reads a column's name, quoted or plain.
 */
char *
kvar_query_text_take_name (const char **cursor,
                           GError     **error)
{
  const char *start = *cursor;
  const char *p;

  if (*start == '"')
    return kvar_query_text_take_quoted (cursor, error);

  for (p = start; *p != '\0' && strchr (".,:()\"", *p) == NULL; p++)
    if (p[0] == '-' && p[1] == '>')
      break;

  if (p == start)
    {
      refuse (error, start);
      return NULL;
    }

  *cursor = p;

  return g_strndup (start, p - start);
}

/**
 * kvar_query_text_take_bracketed:
 * @cursor: (inout): at @open; left behind the @close that belongs to it
 *
 * Reads a list or an array as it stands; quotes hide brackets.
 *
 * Returns: (transfer full) (nullable): %NULL, and nothing read, if it does not end
 */
char *
kvar_query_text_take_bracketed (const char **cursor,
                                char         open,
                                char         close)
{
  const char *p = *cursor;
  gboolean quoted = FALSE;
  guint depth = 0;
  char *text;

  for (; *p != '\0'; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        p++;
      else if (*p == '"')
        quoted = !quoted;
      else if (!quoted && *p == open)
        depth++;
      else if (!quoted && *p == close && --depth == 0)
        break;
    }

  if (*p == '\0')
    return NULL;

  text = g_strndup (*cursor, p + 1 - *cursor);
  *cursor = p + 1;

  return text;
}

static char *
quote (const char *text)
{
  GString *quoted = g_string_new ("\"");

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (quoted, '\\');
      g_string_append_c (quoted, *p);
    }
  g_string_append_c (quoted, '"');

  return g_string_free (quoted, FALSE);
}

/**
 * kvar_query_text_quote_name:
 * @name: a column's or a constraint's plain name
 *
 * Returns: (transfer full): @name as it stands in routes and requests, in double quotes
 *   if it is anything but a plain, unreserved identifier
 */
char *
kvar_query_text_quote_name (const char *name)
{
  gboolean plain;

  g_return_val_if_fail (name != NULL, NULL);

  plain = g_ascii_isalpha (name[0]) || name[0] == '_';
  for (const char *p = name; plain && *p != '\0'; p++)
    plain = g_ascii_isalnum (*p) || *p == '_';

  if (plain && !g_strv_contains (reserved_names, name))
    return g_strdup (name);

  return quote (name);
}

/**
 * kvar_query_text_quote_value:
 * @value: an operand
 *
 * Returns: (transfer full): @value as it stands inside a group or a list
 */
char *
kvar_query_text_quote_value (const char *value)
{
  g_return_val_if_fail (value != NULL, NULL);

  if (*value != '\0' && strpbrk (value, ",.:()\"\\{} \t\r\n") == NULL)
    return g_strdup (value);

  return quote (value);
}
