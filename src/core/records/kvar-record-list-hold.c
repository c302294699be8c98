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

static int
compare_positions (gconstpointer a,
                   gconstpointer b)
{
  guint first = *(const guint *)a;
  guint second = *(const guint *)b;

  return (first > second) - (first < second);
}

/* The place among the shown rows of those that are held. */
static GArray *
list_held (KvarRecordList *self)
{
  GArray *positions = g_array_new (FALSE, FALSE, sizeof (guint));
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->held);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      guint position;

      if (kvar_record_set_find (self->records, key, &position))
        g_array_append_val (positions, position);
    }
  g_array_sort (positions, compare_positions);

  return positions;
}

/**
 * kvar_record_list_is_held:
 *
 * Returns: whether @record stays where it is shown, wherever it belongs
 */
gboolean
kvar_record_list_is_held (KvarRecordList *self,
                          KvarRecord     *record)
{
  g_autofree char *identity = NULL;

  if (g_hash_table_size (self->held) == 0)
    return FALSE;

  identity = kvar_record_get_identity (record);

  return identity != NULL && g_hash_table_contains (self->held, identity) &&
         kvar_record_set_find (self->records, identity, NULL);
}

/**
 * kvar_record_list_take_held:
 * @fresh: (element-type KvarRecord): rows that have come
 *
 * Takes those that are held out of @fresh. What is shown of them is renewed.
 */
void
kvar_record_list_take_held (KvarRecordList *self,
                            GPtrArray      *fresh)
{
  for (guint i = fresh->len; i > 0; i--)
    {
      KvarRecord *newer = g_ptr_array_index (fresh, i - 1);
      g_autofree char *identity = NULL;
      guint position;

      if (!kvar_record_list_is_held (self, newer))
        continue;

      identity = kvar_record_get_identity (newer);
      if (kvar_record_set_find (self->records, identity, &position))
        kvar_record_list_keep_place (self, kvar_record_set_get (self->records, position));
      kvar_record_set_update (self->records, identity, newer);
      g_ptr_array_remove_index (fresh, i - 1);
    }
}

/**
 * kvar_record_list_put_held:
 * @fresh: (element-type KvarRecord): rows that have come, without those that are held
 * @start: where the first of them goes
 * @is_last: whether nothing comes after them
 *
 * Puts the rows that are held and shown there among them, each where it is shown.
 */
void
kvar_record_list_put_held (KvarRecordList *self,
                           GPtrArray      *fresh,
                           guint           start,
                           gboolean        is_last)
{
  g_autoptr(GArray) positions = list_held (self);

  for (guint i = 0; i < positions->len; i++)
    {
      guint position = g_array_index (positions, guint, i);

      if (position >= start && (is_last || position - start <= fresh->len))
        g_ptr_array_insert (fresh, MIN (position - start, fresh->len),
                            kvar_record_dup (kvar_record_set_get (self->records, position)));
    }
}

/**
 * kvar_record_list_put_held_before:
 * @fresh: (element-type KvarRecord): rows that have come, without those that are held
 * @end: of the row that they come before
 *
 * The same, counted from the other side.
 */
void
kvar_record_list_put_held_before (KvarRecordList *self,
                                  GPtrArray      *fresh,
                                  guint           end)
{
  g_autoptr(GArray) positions = list_held (self);

  for (guint i = positions->len; i > 0; i--)
    {
      guint position = g_array_index (positions, guint, i - 1);

      if (position < end && end - 1 - position <= fresh->len)
        g_ptr_array_insert (fresh, fresh->len - (end - 1 - position),
                            kvar_record_dup (kvar_record_set_get (self->records, position)));
    }
}
