/* kvar-key-filter.c: Names rows of a table by their keys, as many as an address holds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-key-filter"

#include "config.h"

#include <string.h>

#include "records/kvar-key-filter.h"
#include "records/kvar-query-text.h"
#include "routes/kvar-route.h"

static const char *
get_name (KvarTable *table,
          guint      part)
{
  guint n_parts;
  const guint *key = kvar_table_get_key (table, &n_parts);

  return kvar_column_get_name (kvar_table_get_column (table, key[part]));
}

/* "(1,2)": what may mean something else there stands in quotes. */
static KvarFilter *
filter_by_list (KvarTable         *table,
                const char *const *keys,
                guint              n_keys)
{
  g_autoptr(GString) list = g_string_new ("(");

  for (guint i = 0; i < n_keys; i++)
    {
      g_auto(GStrv) values = kvar_route_split_key (keys[i]);
      g_autofree char *quoted = kvar_query_text_quote_value (values[0]);

      g_string_append_printf (list, "%s%s", i > 0 ? "," : "", quoted);
    }
  g_string_append_c (list, ')');

  return kvar_filter_new (get_name (table, 0), "in", list->str);
}

static KvarFilter *
filter_by_parts (KvarTable  *table,
                 const char *key,
                 guint       n_parts)
{
  g_autoptr(GPtrArray) parts = NULL;
  g_auto(GStrv) values = kvar_route_split_key (key);

  parts = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_filter_unref);
  for (guint i = 0; i < n_parts; i++)
    g_ptr_array_add (parts, kvar_filter_new (get_name (table, i), "eq", values[i]));

  return kvar_filter_new_group (KVAR_FILTER_AND, g_steal_pointer (&parts));
}

/**
 * kvar_key_filter_new:
 * @table: that has a key
 * @keys: keys of its rows, as routes write them
 * @n_keys: at least one
 *
 * Returns: (transfer full): the condition that leaves exactly those rows
 */
KvarFilter *
kvar_key_filter_new (KvarTable         *table,
                     const char *const *keys,
                     guint              n_keys)
{
  g_autoptr(GPtrArray) members = NULL;
  guint n_parts;

  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);
  g_return_val_if_fail (keys != NULL && n_keys > 0, NULL);

  kvar_table_get_key (table, &n_parts);
  g_return_val_if_fail (n_parts > 0, NULL);

  if (n_parts == 1)
    return filter_by_list (table, keys, n_keys);

  members = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_filter_unref);
  for (guint i = 0; i < n_keys; i++)
    g_ptr_array_add (members, filter_by_parts (table, keys[i], n_parts));

  return kvar_filter_new_group (KVAR_FILTER_OR, g_steal_pointer (&members));
}

/* How long one of several keys makes the address. */
static gsize
measure (KvarTable  *table,
         const char *key)
{
  g_autoptr(KvarFilter) filter = kvar_key_filter_new (table, &key, 1);
  g_autofree char *value = kvar_filter_to_value (filter);
  g_autofree char *escaped = g_uri_escape_string (value, NULL, FALSE);

  return strlen (escaped);
}

/**
 * kvar_key_filter_fit:
 * @keys: keys of rows, as routes write them; ended by a %NULL
 * @max_bytes: how long the condition may be in an address
 *
 * Returns: for how many of @keys there is room; one at least, if there is one
 */
guint
kvar_key_filter_fit (KvarTable         *table,
                     const char *const *keys,
                     gsize              max_bytes)
{
  gsize length = 0;
  guint n = 0;

  g_return_val_if_fail (KVAR_IS_TABLE (table), 0);
  g_return_val_if_fail (keys != NULL, 0);

  for (; keys[n] != NULL; n++)
    {
      length += measure (table, keys[n]);
      if (n > 0 && length > max_bytes)
        break;
    }

  return n;
}
