/* kvar-record-collect.c: All rows that answer a query, at once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-record-collect"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kvar-error.h"
#include "records/kvar-record-collect.h"
#include "records/kvar-record-pager.h"

typedef struct
{
  KvarRecordPager *pager;
  GHashTable      *identities;   /* of the rows that are there */
  GPtrArray       *records;
} Collect;

/* Collect: a page → the next one → an empty one: done. */
static void page_cb (GObject *object, GAsyncResult *result, gpointer user_data);

static void
collect_free (Collect *collect)
{
  g_clear_object (&collect->pager);
  g_clear_pointer (&collect->identities, g_hash_table_unref);
  g_clear_pointer (&collect->records, g_ptr_array_unref);
  g_free (collect);
}

/* A row that moves meanwhile may come twice. */
static void
take_page (Collect   *collect,
           GPtrArray *page)
{
  for (guint i = 0; i < page->len; i++)
    {
      KvarRecord *record = g_ptr_array_index (page, i);
      char *identity = kvar_record_get_identity (record);

      if (identity == NULL || g_hash_table_add (collect->identities, identity))
        g_ptr_array_add (collect->records, g_object_ref (record));
    }
}

static void
page_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GPtrArray) page = NULL;
  g_autoptr(GError) error = NULL;
  KvarRecordPager *pager = KVAR_RECORD_PAGER (object);
  Collect *collect = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  page = kvar_record_pager_next_finish (pager, result, &error);
  if (page == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  take_page (collect, page);
  if (kvar_record_pager_get_complete (pager))
    g_task_return_pointer (task, g_steal_pointer (&collect->records),
                           (GDestroyNotify)g_ptr_array_unref);
  else if (collect->records->len > KVAR_RECORD_COLLECT_MAX)
    g_task_return_new_error (task, KVAR_ERROR, KVAR_ERROR_REFUSED, "%s",
                             _("These are too many records to work with at once."));
  else
    kvar_record_pager_next_async (pager, cancellable, page_cb, g_steal_pointer (&task));
}

/**
 * kvar_record_collect_async:
 * @columns: (nullable): the names of the columns to load beside the key; %NULL for all
 *
 * Loads every row of @table that answers @query, up to %KVAR_RECORD_COLLECT_MAX.
 */
void
kvar_record_collect_async (KvarSession         *session,
                           KvarTable           *table,
                           KvarQuery           *query,
                           const char *const   *columns,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Collect *collect;

  g_return_if_fail (KVAR_IS_SESSION (session));
  g_return_if_fail (KVAR_IS_TABLE (table));
  g_return_if_fail (query != NULL);

  collect = g_new0 (Collect, 1);
  collect->pager = kvar_record_pager_new (session, table, query, columns);
  collect->identities = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  collect->records = g_ptr_array_new_with_free_func (g_object_unref);
  task = g_task_new (session, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_record_collect_async);
  g_task_set_task_data (task, collect, (GDestroyNotify)collect_free);

  kvar_record_pager_next_async (collect->pager, cancellable, page_cb, g_steal_pointer (&task));
}

/**
 * kvar_record_collect_finish:
 *
 * Returns: (transfer full) (nullable) (element-type KvarRecord): in the query's order
 */
GPtrArray *
kvar_record_collect_finish (KvarSession   *session,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
