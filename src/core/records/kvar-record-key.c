/* kvar-record-key.c: A record's key as one segment of a route, and back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-record-key"

#include "config.h"

#include "records/kvar-record-key.h"

/**
 * kvar_record_key_join:
 * @values: the key's values in the key's order
 *
 * Returns: (transfer full): the values percent-encoded and joined by commas. A key "new" is
 *   written "%6Eew", as the plain segment means the form for a new record.
 */
char *
kvar_record_key_join (const char *const *values)
{
  g_autoptr(GString) key = g_string_new (NULL);

  g_return_val_if_fail (values != NULL, NULL);

  for (gsize i = 0; values[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (key, ',');
      g_string_append_uri_escaped (key, values[i], NULL, FALSE);
    }

  if (g_str_equal (key->str, "new"))
    return g_strdup ("%6Eew");

  return g_string_free (g_steal_pointer (&key), FALSE);
}

/**
 * kvar_record_key_split:
 * @key: a route's segment as it stands
 *
 * Returns: (transfer full) (nullable): the key's values; %NULL if @key is not one
 */
char **
kvar_record_key_split (const char *key)
{
  g_auto(GStrv) values = NULL;

  g_return_val_if_fail (key != NULL, NULL);

  if (*key == '\0' || g_str_equal (key, "new"))
    return NULL;

  values = g_strsplit (key, ",", -1);
  for (gsize i = 0; values[i] != NULL; i++)
    {
      char *decoded = g_uri_unescape_string (values[i], NULL);

      if (decoded == NULL || !g_utf8_validate (decoded, -1, NULL))
        {
          g_free (decoded);
          return NULL;
        }

      g_free (values[i]);
      values[i] = decoded;
    }

  return g_steal_pointer (&values);
}
