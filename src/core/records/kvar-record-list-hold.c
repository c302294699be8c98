/* kvar-record-list-hold.c: The half of the record list that leaves edited rows where they are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-record-list"

#include "config.h"

#include "records/kvar-record-list-private.h"

/**
 * kvar_record_list_hold:
 * @key: (nullable): of a row that was edited; %NULL lets go of all of them
 *
 * Leaves the row in its place when the list is read again, also if it has come to belong
 * elsewhere, or nowhere in this list.
 */
void
kvar_record_list_hold (KvarRecordList *self,
                       const char     *key)
{
  g_return_if_fail (KVAR_IS_RECORD_LIST (self));

  if (key != NULL)
    g_hash_table_add (self->held, g_strdup (key));
  else
    g_hash_table_remove_all (self->held);
}

static gboolean
find_row (GPtrArray  *records,
          const char *identity,
          guint      *position)
{
  for (guint i = 0; i < records->len; i++)
    {
      g_autofree char *other = kvar_record_get_identity (g_ptr_array_index (records, i));

      if (g_strcmp0 (other, identity) == 0)
        {
          *position = i;
          return TRUE;
        }
    }

  return FALSE;
}

/* Puts the rows that are held among those of @fresh (element-type KvarRecord), each where it is
 * shown. */
void
kvar_record_list_put_held (KvarRecordList *self,
                           GPtrArray      *fresh)
{
  guint n_rows = kvar_record_set_get_size (self->records);

  if (g_hash_table_size (self->held) == 0)
    return;

  for (guint i = 0; i < n_rows; i++)
    {
      KvarRecord *shown = kvar_record_set_get (self->records, i);
      g_autofree char *identity = kvar_record_get_identity (shown);
      g_autoptr(KvarRecord) row = NULL;
      guint position;

      if (identity == NULL || !g_hash_table_contains (self->held, identity))
        continue;

      if (find_row (fresh, identity, &position))
        row = g_ptr_array_steal_index (fresh, position);
      else
        row = g_object_ref (shown);
      g_ptr_array_insert (fresh, MIN (i, fresh->len), g_steal_pointer (&row));
    }
}
