/* kvar-store-kept.c: The half of the store that finds and forgets what was kept of records.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-store"

#include "config.h"

#include "records/kvar-store-private.h"

/* Find: ask the cache → done. */
static void find_kept_cb (GObject *object, GAsyncResult *result, gpointer user_data);

/* As the cache calls the record. */
char *
kvar_store_what_of (const char *key)
{
  return g_strconcat ("record ", key, NULL);
}

void
kvar_store_forget_record (KvarStore  *self,
                          KvarTable  *table,
                          const char *key)
{
  g_autofree char *what = kvar_store_what_of (key);

  if (self->cache != NULL)
    kvar_cache_forget (self->cache, table, what);
}

static void
find_kept_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(KvarCachedRows) rows = NULL;
  GError *error = NULL;

  rows = kvar_cache_find_finish (KVAR_CACHE (object), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (rows != NULL && rows->records->len == 1)
    g_task_return_pointer (task, g_steal_pointer (&rows), (GDestroyNotify)kvar_cached_rows_free);
  else
    g_task_return_pointer (task, NULL, NULL);
}

/**
 * kvar_store_find_kept_async:
 * @key: a route's key
 *
 * Looks for the record as it was when the server last told it.
 */
void
kvar_store_find_kept_async (KvarStore           *self,
                            KvarTable           *table,
                            const char          *key,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autofree char *what = NULL;

  g_return_if_fail (KVAR_IS_STORE (self));
  g_return_if_fail (KVAR_IS_TABLE (table));
  g_return_if_fail (key != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_store_find_kept_async);
  if (self->cache == NULL)
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }

  what = kvar_store_what_of (key);
  kvar_cache_find_async (self->cache, table, what, cancellable, find_kept_cb,
                         g_steal_pointer (&task));
}

/**
 * kvar_store_find_kept_finish:
 *
 * Returns: (transfer full) (nullable): the one record, and of when it is; %NULL without an
 *   error if it is not kept
 */
KvarCachedRows *
kvar_store_find_kept_finish (KvarStore     *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * kvar_store_note_many:
 * @keys: (nullable) (element-type utf8): of records that were deleted
 *
 * Many records of @table were changed, or deleted, in a way of their own. What was kept of the
 * deleted ones goes, and every list of the table reads its rows anew.
 */
void
kvar_store_note_many (KvarStore *self,
                      KvarTable *table,
                      GPtrArray *keys)
{
  g_return_if_fail (KVAR_IS_STORE (self));
  g_return_if_fail (KVAR_IS_TABLE (table));

  for (guint i = 0; keys != NULL && i < keys->len; i++)
    kvar_store_forget_record (self, table, g_ptr_array_index (keys, i));
  g_signal_emit_by_name (self, "outdated", table);
}
