/* kvar-guard.c: What must still hold of a row for a change to it to be no lost update.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-guard"

#include "config.h"

#include <string.h>

#include "records/kvar-guard.h"

/* Longer values would make the address too long. */
#define MAX_VALUE_BYTES 2048

/* And so would many of them. */
#define MAX_VALUES_BYTES 3072

static KvarFilter *
equals (const char *column,
        const char *text)
{
  return text != NULL ? kvar_filter_new (column, "eq", text)
                      : kvar_filter_new (column, "is", "null");
}

static gboolean
add_version (GPtrArray  *guard,
             KvarRecord *base)
{
  KvarTable *table = kvar_record_get_table (base);
  KvarColumn *version = kvar_table_get_version_column (table);
  int index;

  if (kvar_record_get_xmin (base) != NULL && kvar_table_can_use_xmin (table))
    {
      g_ptr_array_add (guard, equals ("xmin", kvar_record_get_xmin (base)));
      return TRUE;
    }

  if (version == NULL)
    return FALSE;

  index = kvar_table_find_column_index (table, kvar_column_get_name (version));
  if (index < 0 || !kvar_record_has_column (base, index))
    return FALSE;

  g_ptr_array_add (guard, equals (kvar_column_get_name (version),
                                  kvar_record_get_text (base, index)));

  return TRUE;
}

/**
 * kvar_guard_new:
 * @base: the row as it was loaded
 * @changes: (nullable) (element-type KvarChange): what is to be changed
 * @whole: (out): whether the guard holds everything that is changed; if not, the row has to
 *   be read again right before
 *
 * The row's version where the server tells one, else the original values of what is changed.
 *
 * Returns: (transfer full) (element-type KvarFilter): conditions for the change's address
 */
GPtrArray *
kvar_guard_new (KvarRecord *base,
                GPtrArray  *changes,
                gboolean   *whole)
{
  GPtrArray *guard = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_filter_unref);
  KvarTable *table;
  gsize n_bytes = 0;

  g_return_val_if_fail (KVAR_IS_RECORD (base), guard);
  g_return_val_if_fail (whole != NULL, guard);

  *whole = TRUE;
  if (add_version (guard, base))
    return guard;

  table = kvar_record_get_table (base);
  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      KvarColumn *column = ((KvarChange *)g_ptr_array_index (changes, i))->column;
      const char *name = kvar_column_get_name (column);
      int index = kvar_table_find_column_index (table, name);
      const char *text = index >= 0 ? kvar_record_get_text (base, index) : NULL;
      gsize length = text != NULL ? strlen (text) : 0;

      if (index < 0 || !kvar_record_has_column (base, index) || length > MAX_VALUE_BYTES ||
          n_bytes + length > MAX_VALUES_BYTES ||
          (text != NULL && !kvar_type_has_equality (kvar_column_get_column_type (column))))
        {
          *whole = FALSE;
          continue;
        }

      n_bytes += length;
      g_ptr_array_add (guard, equals (name, text));
    }

  return guard;
}
