/* kvar-route-spelling.c: how values, keys and queries are spelled in a route
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include <string.h>

#include "routes/kvar-route-private.h"

/* In a query these may stand as they are; all else is written %XX. */
#define QUERY_SIGNS "!$&'()*+,/:;=?@-._~"

gboolean
kvar_route_has_control (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return TRUE;

  return FALSE;
}

gboolean
kvar_route_is_dots (const char *segment)
{
  return g_str_equal (segment, ".") || g_str_equal (segment, "..");
}

/* A value that no segment can be ("", ".", "..") gets a quotation mark before it, and so
 * does one that begins with such a mark, so that every value has exactly one spelling. */
void
kvar_route_append_value (GString    *string,
                         const char *value)
{
  if (*value == '\0' || *value == '"' || kvar_route_is_dots (value))
    g_string_append (string, "%22");
  g_string_append_uri_escaped (string, value, NULL, FALSE);
}

char *
kvar_route_dup_value (const char *segment)
{
  char *value = g_uri_unescape_string (segment, NULL);

  if (value == NULL || !g_utf8_validate (value, -1, NULL) || kvar_route_is_dots (value))
    {
      g_free (value);
      return NULL;
    }

  if (*value == '"')
    memmove (value, value + 1, strlen (value));

  return value;
}

/* As it is written when everything that has to be encoded is. */
char *
kvar_route_dup_query (const char *raw)
{
  GString *query = g_string_new (NULL);

  for (const char *c = raw; *c != '\0'; c++)
    {
      if (*c == '%' && g_ascii_isxdigit (c[1]) && g_ascii_isxdigit (c[2]))
        {
          g_string_append_printf (query, "%%%c%c", g_ascii_toupper (c[1]),
                                  g_ascii_toupper (c[2]));
          c += 2;
        }
      else if (*c == '%')
        {
          g_string_free (query, TRUE);
          return NULL;
        }
      else if (g_ascii_isalnum (*c) || strchr (QUERY_SIGNS, *c) != NULL)
        g_string_append_c (query, *c);
      else
        g_string_append_printf (query, "%%%02X", (guchar)*c);
    }

  return g_string_free (query, FALSE);
}

char *
kvar_route_dup_parameter (const char *query,
                          const char *name)
{
  g_auto(GStrv) pairs = g_strsplit (query, "&", -1);
  gsize length = strlen (name);

  for (guint i = 0; pairs[i] != NULL; i++)
    if (strncmp (pairs[i], name, length) == 0 && pairs[i][length] == '=')
      return g_uri_unescape_string (pairs[i] + length + 1, NULL);

  return NULL;
}

char *
kvar_route_dup_canonical_key (const char *segment)
{
  g_auto(GStrv) values = kvar_route_split_key (segment);

  return values != NULL ? kvar_route_join_key ((const char *const *)values) : NULL;
}

/**
 * kvar_route_join_key:
 * @values: the primary key's values, in the key's order, plain
 *
 * Returns: (transfer full): the segment of a route that means this key
 */
char *
kvar_route_join_key (const char *const *values)
{
  GString *key;

  g_return_val_if_fail (values != NULL && values[0] != NULL, NULL);

  /* The raw word is the form for a new record. */
  if (values[1] == NULL && g_str_equal (values[0], "new"))
    return g_strdup ("%6Eew");

  key = g_string_new (NULL);
  for (guint i = 0; values[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (key, ',');
      kvar_route_append_value (key, values[i]);
    }

  return g_string_free (key, FALSE);
}

/**
 * kvar_route_split_key:
 * @key: a segment that kvar_route_join_key() made, or that came from outside
 *
 * Returns: (transfer full) (nullable): the values, plain; %NULL when it is no key
 */
char **
kvar_route_split_key (const char *key)
{
  g_auto(GStrv) segments = NULL;
  g_autoptr(GPtrArray) values = NULL;

  g_return_val_if_fail (key != NULL, NULL);

  segments = g_strsplit (key, ",", -1);
  if (segments[0] == NULL)
    return NULL;

  values = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; segments[i] != NULL; i++)
    {
      char *value = kvar_route_dup_value (segments[i]);

      if (value == NULL)
        return NULL;
      g_ptr_array_add (values, value);
    }
  g_ptr_array_add (values, NULL);

  return (char **)g_ptr_array_free (g_steal_pointer (&values), FALSE);
}
