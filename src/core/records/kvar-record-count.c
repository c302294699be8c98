/* kvar-record-count.c: Counts the rows that answer a query, or has them estimated.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-record-count"

#include "config.h"

#include "records/kvar-record-count.h"
#include "records/kvar-rest-api.h"

typedef struct
{
  KvarTable *table;
  KvarQuery *query;
  gboolean   exact;
  gint64     total;
} Count;

/* Count: ask → reply → taken too long: ask the planner → done. */
static void replied_cb (GObject *object, GAsyncResult *result, gpointer user_data);

static void
count_free (Count *count)
{
  g_clear_object (&count->table);
  g_clear_pointer (&count->query, kvar_query_unref);
  g_free (count);
}

static void
ask (KvarSession *session,
     GTask       *task)
{
  Count *count = g_task_get_task_data (task);
  g_autoptr(KvarRequest) request = NULL;

  request = kvar_rest_api_count (count->table, count->query, count->exact);
  kvar_session_send_async (session, request, g_task_get_cancellable (task), replied_cb, task);
}

static void
replied_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  KvarSession *session = KVAR_SESSION (object);
  g_autoptr(GTask) task = user_data;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;
  Count *count = g_task_get_task_data (task);

  reply = kvar_session_send_finish (session, result, &error);
  if (reply != NULL && kvar_reply_check (reply, KVAR_SERVICE_REST, &error))
    {
      count->total = kvar_reply_get_total (reply);
      g_task_return_boolean (task, TRUE);
    }
  else if (reply != NULL && count->exact)
    {
      count->exact = FALSE;
      ask (session, g_steal_pointer (&task));
    }
  else
    {
      g_task_return_error (task, g_steal_pointer (&error));
    }
}

/**
 * kvar_record_count_async:
 *
 * Counts the rows of @table that answer @query. A count that takes the database too long is
 * left to its planner.
 */
void
kvar_record_count_async (KvarSession         *session,
                         KvarTable           *table,
                         KvarQuery           *query,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Count *count;

  g_return_if_fail (KVAR_IS_SESSION (session));
  g_return_if_fail (KVAR_IS_TABLE (table));
  g_return_if_fail (query != NULL);

  count = g_new0 (Count, 1);
  count->table = g_object_ref (table);
  count->query = kvar_query_ref (query);
  count->exact = TRUE;
  task = g_task_new (session, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_record_count_async);
  g_task_set_task_data (task, count, (GDestroyNotify)count_free);

  ask (session, g_steal_pointer (&task));
}

/**
 * kvar_record_count_finish:
 * @exact: (out): %FALSE if the total is the planner's guess
 *
 * Returns: the total; -1 if it could not be learned
 */
gint64
kvar_record_count_finish (KvarSession   *session,
                          GAsyncResult  *result,
                          gboolean      *exact,
                          GError       **error)
{
  Count *count;

  g_return_val_if_fail (g_task_is_valid (result, session), -1);

  count = g_task_get_task_data (G_TASK (result));
  *exact = count->exact;

  return g_task_propagate_boolean (G_TASK (result), error) ? count->total : -1;
}
