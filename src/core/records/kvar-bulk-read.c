/* kvar-bulk-read.c: What a column holds in many rows, read by their keys.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-bulk"

#include "config.h"

#include "records/kvar-bulk-plan.h"
#include "records/kvar-bulk-read.h"
#include "records/kvar-rest-api.h"

typedef struct
{
  KvarTable  *table;
  KvarColumn *column;
  GPtrArray  *rows;       /* (element-type KvarBulkRow) */
  GQueue     *chunks;     /* (element-type GPtrArray) that are left */
  GPtrArray  *records;    /* as they were given */
  GHashTable *found;      /* their keys → what the server has */
} Read;

/* Read: a chunk → reply → the next one → done. */
static void replied_cb (GObject *object, GAsyncResult *result, gpointer user_data);

static void
read_free (Read *read)
{
  g_queue_free_full (read->chunks, (GDestroyNotify)g_ptr_array_unref);
  g_ptr_array_unref (read->rows);
  g_ptr_array_unref (read->records);
  g_hash_table_unref (read->found);
  g_object_unref (read->column);
  g_object_unref (read->table);
  g_free (read);
}

static KvarSelection *
make_selection (Read *read)
{
  const char *const columns[] = { kvar_column_get_name (read->column), NULL };

  return kvar_selection_new (read->table, columns, KVAR_SELECT_VERSION);
}

/* As they were given, with what was read; those that are gone are left out. */
static GPtrArray *
merge (Read *read)
{
  GPtrArray *merged = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < read->records->len; i++)
    {
      KvarRecord *record = g_ptr_array_index (read->records, i);
      g_autofree char *id = kvar_record_get_key_string (record);
      KvarRecord *found = id != NULL ? g_hash_table_lookup (read->found, id) : NULL;
      KvarRecord *copy;

      if (found == NULL)
        continue;

      copy = kvar_record_dup (record);
      kvar_record_update (copy, found);
      g_ptr_array_add (merged, copy);
    }

  return merged;
}

static void
go_on (KvarSession *session,
       GTask       *task)
{
  Read *read = g_task_get_task_data (task);
  GPtrArray *chunk = g_queue_peek_head (read->chunks);
  g_autoptr(KvarSelection) selection = NULL;
  g_autoptr(GPtrArray) filters = NULL;
  g_autoptr(KvarRequest) request = NULL;

  if (chunk == NULL)
    {
      g_task_return_pointer (task, merge (read), (GDestroyNotify)g_ptr_array_unref);
      g_object_unref (task);
      return;
    }

  selection = make_selection (read);
  filters = kvar_bulk_plan_filters (read->table, NULL, chunk);
  request = kvar_rest_api_select_many (selection, filters);
  kvar_session_send_async (session, request, g_task_get_cancellable (task), replied_cb, task);
}

/* Those of the chunk that have come; a server that cuts replies short is asked for the others. */
static void
take_records (Read      *read,
              GPtrArray *records,
              gboolean   cut)
{
  GPtrArray *chunk = g_queue_peek_head (read->chunks);

  for (guint i = 0; i < records->len; i++)
    {
      KvarRecord *record = g_ptr_array_index (records, i);
      char *id = kvar_record_get_key_string (record);

      if (id != NULL)
        g_hash_table_replace (read->found, id, g_object_ref (record));
    }

  for (guint i = chunk->len; i > 0; i--)
    {
      KvarBulkRow *row = g_ptr_array_index (chunk, i - 1);

      if (!cut || g_hash_table_contains (read->found, row->id))
        g_ptr_array_remove_index (chunk, i - 1);
    }

  if (chunk->len == 0 || records->len == 0)
    g_ptr_array_unref (g_queue_pop_head (read->chunks));
}

static void
replied_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(KvarSelection) selection = NULL;
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GError) error = NULL;
  KvarSession *session = KVAR_SESSION (object);
  Read *read = g_task_get_task_data (task);

  reply = kvar_session_send_finish (session, result, &error);
  if (reply != NULL && kvar_reply_check (reply, KVAR_SERVICE_REST, &error))
    {
      selection = make_selection (read);
      records = kvar_selection_read (selection, kvar_reply_get_body (reply), &error);
    }
  if (records == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  take_records (read, records, kvar_reply_get_total (reply) > (gint64)records->len);
  go_on (session, g_steal_pointer (&task));
}

/**
 * kvar_bulk_read_async:
 * @records: (element-type KvarRecord): at least one; those without a key are left out
 *
 * Reads @column and the versions of @records.
 */
void
kvar_bulk_read_async (KvarSession         *session,
                      KvarColumn          *column,
                      GPtrArray           *records,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr(KvarBulkPlan) plan = NULL;
  g_autoptr(GTask) task = NULL;
  Read *read;

  g_return_if_fail (KVAR_IS_SESSION (session));
  g_return_if_fail (KVAR_IS_COLUMN (column));
  g_return_if_fail (records != NULL && records->len > 0);

  plan = kvar_bulk_plan_new_delete (records);
  read = g_new0 (Read, 1);
  read->table = g_object_ref (kvar_record_get_table (g_ptr_array_index (records, 0)));
  read->column = g_object_ref (column);
  read->rows = g_ptr_array_ref (plan->rows);
  read->chunks = kvar_bulk_plan_chunks (read->table, read->rows);
  read->records = g_ptr_array_ref (records);
  read->found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  task = g_task_new (session, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_bulk_read_async);
  g_task_set_task_data (task, read, (GDestroyNotify)read_free);

  go_on (session, g_steal_pointer (&task));
}

/**
 * kvar_bulk_read_finish:
 *
 * Returns: (transfer full) (nullable) (element-type KvarRecord): copies of the records that are
 *   still there, with what was read
 */
GPtrArray *
kvar_bulk_read_finish (KvarSession   *session,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
