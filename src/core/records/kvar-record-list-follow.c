/* kvar-record-list-follow.c: The half of the record list that shows what is saved and deleted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-record-list"

#include "config.h"

#include "records/kvar-record-list-private.h"

static gboolean
is_of_table (KvarRecordList *self,
             KvarTable      *table)
{
  return g_str_equal (kvar_table_get_name (table), kvar_table_get_name (self->table));
}

static void
store_saved_cb (KvarRecordList *self,
                KvarRecord     *saved,
                const char     *previous_key,
                KvarStore      *store)
{
  guint position;

  if (!is_of_table (self, kvar_record_get_table (saved)))
    return;

  if (previous_key != NULL && kvar_record_set_find (self->records, previous_key, &position))
    kvar_record_list_keep_place (self, kvar_record_set_get (self->records, position));
  if (previous_key == NULL || !kvar_record_set_update (self->records, previous_key, saved))
    kvar_record_list_reload (self);
  else
    kvar_record_list_keep_soon (self);
}

static void
store_deleted_cb (KvarRecordList *self,
                  KvarTable      *table,
                  const char     *key,
                  KvarStore      *store)
{
  guint position;

  if (!is_of_table (self, table) || !kvar_record_list_find_key (self, key, &position))
    return;

  kvar_record_set_remove (self->records, position, 1);
  if (self->total > 0)
    kvar_record_list_set_total (self, self->total - 1, self->total_is_exact);
  kvar_record_list_keep_soon (self);
}

static void
store_outdated_cb (KvarRecordList *self,
                   KvarTable      *table,
                   KvarStore      *store)
{
  if (is_of_table (self, table) && kvar_record_set_get_size (self->records) > 0)
    kvar_record_list_reload (self);
}

/**
 * kvar_record_list_follow:
 * @store: where records are saved and deleted
 *
 * Shows at once what @store saves and deletes.
 */
void
kvar_record_list_follow (KvarRecordList *self,
                         KvarStore      *store)
{
  g_return_if_fail (KVAR_IS_RECORD_LIST (self));
  g_return_if_fail (KVAR_IS_STORE (store));

  g_signal_connect_object (store, "saved", G_CALLBACK (store_saved_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "deleted", G_CALLBACK (store_deleted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "outdated", G_CALLBACK (store_outdated_cb), self,
                           G_CONNECT_SWAPPED);
}
