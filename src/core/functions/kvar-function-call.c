/* kvar-function-call.c: calls a database function: once, and by POST
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-functions"

#include "config.h"

#include <string.h>

#include "functions/kvar-function-call.h"
#include "records/kvar-body.h"
#include "schema/kvar-title.h"

/* Larger results are parsed on a thread, so that no frame is late for them. */
#define MAX_INLINE_BYTES (64 * 1024)

typedef struct
{
  KvarFunction  *function;
  KvarSelection *selection;    /* (nullable) */
  GBytes        *body;         /* (nullable) until the reply is there */
  gint64         total;
} Call;

/* Call: send → read the result, here or on a thread. */
static void call_replied_cb (GObject *object, GAsyncResult *result, gpointer user_data);

static void
call_free (Call *call)
{
  g_clear_object (&call->function);
  g_clear_pointer (&call->selection, kvar_selection_unref);
  g_clear_pointer (&call->body, g_bytes_unref);
  g_free (call);
}

/* "p_job" is how functions keep their arguments apart from columns; people read "Job". */
static char *
dup_title (KvarFunction *function,
           KvarColumn   *argument)
{
  const char *name = kvar_column_get_name (argument);

  if (g_str_has_prefix (name, "p_") && name[2] != '\0')
    name += 2;
  else if (*name == '_' && name[1] != '\0')
    name++;

  return *name != '\0' ? kvar_title_from_name (name)
                       : g_strdup (kvar_function_get_title (function));
}

/* What no field can take apart is typed as PostgreSQL reads it. */
static KvarType *
dup_type (KvarColumn *argument)
{
  KvarKind kind = kvar_column_get_kind (argument);

  if (kind == KVAR_KIND_OTHER || kind == KVAR_KIND_BYTES)
    return kvar_type_new ("text", NULL);

  return kvar_type_ref (kvar_column_get_column_type (argument));
}

/**
 * kvar_function_make_parameters:
 *
 * Returns: (transfer full): what @function wants to be told, as a table whose new record can be
 *   typed: one column an argument, those without a default needing a value
 */
KvarTable *
kvar_function_make_parameters (KvarFunction *function)
{
  g_autoptr(KvarTable) table = NULL;

  g_return_val_if_fail (KVAR_IS_FUNCTION (function), NULL);

  table = kvar_table_new (kvar_function_get_name (function));
  kvar_table_set_title (table, kvar_function_get_title (function));
  kvar_table_set_privileges (table, TRUE, TRUE, FALSE);
  for (guint i = 0; i < kvar_function_get_n_arguments (function); i++)
    {
      KvarColumn *argument = kvar_function_get_argument (function, i);
      g_autofree char *title = dup_title (function, argument);
      g_autoptr(KvarType) type = dup_type (argument);
      g_autoptr(KvarColumn) column = kvar_column_new (kvar_column_get_name (argument), type);

      kvar_column_set_title (column, title);
      kvar_column_set_help (column, kvar_column_get_help (argument));
      kvar_column_set_nullable (column, kvar_column_get_has_default (argument));
      kvar_column_set_default (column, kvar_column_get_default (argument));
      kvar_column_set_privileges (column, TRUE, TRUE, TRUE);
      kvar_table_add_column (table, column);
    }

  return g_steal_pointer (&table);
}

static gboolean
has_named_results (KvarFunction *function)
{
  for (guint i = 0; i < kvar_function_get_n_results (function); i++)
    if (*kvar_column_get_name (kvar_function_get_result (function, i)) == '\0')
      return FALSE;

  return kvar_function_get_n_results (function) > 0;
}

/**
 * kvar_function_find_results:
 * @schema: (nullable): where a table may be found whose rows @function gives
 *
 * Returns: (transfer full) (nullable): what @function's rows are rows of; %NULL where nobody
 *   has described them, or it gives none
 */
KvarTable *
kvar_function_find_results (KvarFunction *function,
                            KvarSchema   *schema)
{
  const char *type;
  g_autoptr(KvarTable) table = NULL;

  g_return_val_if_fail (KVAR_IS_FUNCTION (function), NULL);

  type = kvar_function_get_result_type (function);
  if (type != NULL && g_ascii_strncasecmp (type, "SETOF ", 6) == 0)
    type += 6;
  if (schema != NULL && type != NULL && kvar_schema_find_table (schema, type) != NULL)
    return g_object_ref (kvar_schema_find_table (schema, type));

  if (!has_named_results (function))
    return NULL;

  table = kvar_table_new (kvar_function_get_name (function));
  kvar_table_set_title (table, kvar_function_get_title (function));
  for (guint i = 0; i < kvar_function_get_n_results (function); i++)
    kvar_table_add_column (table, kvar_function_get_result (function, i));
  kvar_table_set_label_column (table, kvar_table_get_column (table, 0));

  return g_steal_pointer (&table);
}

/* A function with one argument that has no name takes the whole body for it. */
static gboolean
set_unnamed_body (KvarRequest  *request,
                  KvarFunction *function,
                  GPtrArray    *arguments)
{
  KvarChange *change;
  const char *text;
  g_autoptr(GBytes) body = NULL;

  if (kvar_function_get_n_arguments (function) != 1 || arguments->len != 1)
    return FALSE;

  change = g_ptr_array_index (arguments, 0);
  text = kvar_value_get_text (change->value);
  if (*kvar_column_get_name (change->column) != '\0' || text == NULL)
    return FALSE;

  body = g_bytes_new (text, strlen (text));
  kvar_request_set_body (request, kvar_column_get_kind (change->column) == KVAR_KIND_JSON
                                  ? "application/json" : "text/plain", body);

  return TRUE;
}

static void
set_named_body (KvarRequest *request,
                GPtrArray   *arguments)
{
  g_autoptr(KvarBody) body = kvar_body_new ();
  g_autoptr(GBytes) bytes = NULL;

  for (guint i = 0; i < arguments->len; i++)
    {
      KvarChange *change = g_ptr_array_index (arguments, i);

      kvar_body_add (body, kvar_column_get_name (change->column), change->value);
    }

  bytes = kvar_body_to_bytes (body);
  kvar_request_set_body (request, "application/json", bytes);
}

/**
 * kvar_function_make_request:
 * @selection: (nullable): the columns of its rows, where they are known
 * @arguments: (element-type KvarChange): what was typed; what is left out has its default
 *
 * Always a POST: by GET an argument that looks like an operator would be taken for a condition.
 * Only what reads alone may be sent again when its answer is lost.
 */
KvarRequest *
kvar_function_make_request (KvarFunction  *function,
                            KvarSelection *selection,
                            GPtrArray     *arguments)
{
  g_autoptr(GString) path = g_string_new ("/rest/v1/rpc/");
  g_autoptr(KvarRequest) request = NULL;
  gboolean reads;

  g_return_val_if_fail (KVAR_IS_FUNCTION (function), NULL);
  g_return_val_if_fail (arguments != NULL, NULL);

  g_string_append_uri_escaped (path, kvar_function_get_name (function), NULL, FALSE);
  request = kvar_request_new ("POST", path->str);
  reads = kvar_function_get_volatility (function) != KVAR_VOLATILITY_VOLATILE;
  kvar_request_set_repeatable (request, reads);

  if (selection != NULL)
    {
      g_autofree char *select = kvar_selection_to_string (selection);

      kvar_request_add_query (request, "select", select);
    }
  if (selection != NULL && reads && kvar_function_get_returns_set (function))
    kvar_request_set_header (request, "Prefer", "count=exact");

  if (!set_unnamed_body (request, function, arguments))
    set_named_body (request, arguments);

  return g_steal_pointer (&request);
}

/**
 * kvar_function_call_async:
 * @results: (nullable): as kvar_function_find_results() gave it
 * @arguments: (element-type KvarChange): as for kvar_function_make_request()
 *
 * Calls @function as the signed-in person. A function that changes something is never sent
 * again by itself: what nobody can know is %KVAR_ERROR_UNKNOWN_OUTCOME.
 */
void
kvar_function_call_async (KvarSession         *session,
                          KvarFunction        *function,
                          KvarTable           *results,
                          GPtrArray           *arguments,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(KvarRequest) request = NULL;
  Call *call;

  g_return_if_fail (KVAR_IS_SESSION (session));
  g_return_if_fail (KVAR_IS_FUNCTION (function));

  call = g_new0 (Call, 1);
  call->function = g_object_ref (function);
  if (results != NULL)
    call->selection = kvar_selection_new (results, NULL, KVAR_SELECT_LABELS);
  request = kvar_function_make_request (function, call->selection, arguments);

  task = g_task_new (session, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_function_call_async);
  g_task_set_task_data (task, call, (GDestroyNotify)call_free);

  kvar_session_send_async (session, request, cancellable, call_replied_cb,
                           g_steal_pointer (&task));
}

static void
read_result (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Call *call = task_data;
  KvarFunctionResult *result;
  GError *error = NULL;

  result = kvar_function_result_new (call->function, call->selection, call->body, call->total,
                                     &error);
  if (result == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, g_object_unref);
}

static void
call_replied_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  KvarSession *session = KVAR_SESSION (object);
  g_autoptr(GTask) task = user_data;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;
  Call *call = g_task_get_task_data (task);

  reply = kvar_session_send_finish (session, result, &error);
  if (reply == NULL || !kvar_reply_check (reply, KVAR_SERVICE_REST, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  call->body = g_bytes_ref (kvar_reply_get_body (reply));
  call->total = kvar_reply_get_total (reply);
  if (g_bytes_get_size (call->body) <= MAX_INLINE_BYTES)
    read_result (task, session, call, NULL);
  else
    g_task_run_in_thread (task, read_result);
}

/**
 * kvar_function_call_finish:
 *
 * Returns: (transfer full): what it gave; or %NULL with an error of kvar_session_send_finish(),
 *   of kvar_reply_check(), or %KVAR_ERROR_BAD_REPLY
 */
KvarFunctionResult *
kvar_function_call_finish (KvarSession   *session,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
