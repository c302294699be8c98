/* kvar-table-probe.c: finds out a table from its name alone, by asking the server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-schema"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kvar-error.h"
#include "schema/kvar-probe.h"
#include "schema/kvar-table-guess.h"
#include "schema/kvar-table-probe.h"

/* What one probe is about, while its columns are asked all at once. */
typedef struct
{
  KvarTable *table;
  GError    *error;        /* (nullable): the first one */
  guint      n_pending;    /* begins at 1, for the loop that sends */
} Probe;

typedef struct
{
  GTask      *task;
  KvarColumn *column;
} ColumnProbe;

static void
probe_free (Probe *probe)
{
  g_clear_object (&probe->table);
  g_clear_error (&probe->error);
  g_free (probe);
}

static void
column_probe_free (ColumnProbe *probe)
{
  g_clear_object (&probe->task);
  g_clear_object (&probe->column);
  g_free (probe);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ColumnProbe, column_probe_free)

/* Probe: verbs → a row → the types of all columns, and xmin → the guesses. What looks like text
 * is asked once more. */
static void verbs_replied_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void row_replied_cb   (GObject *object, GAsyncResult *result, gpointer user_data);
static void type_replied_cb  (GObject *object, GAsyncResult *result, gpointer user_data);
static void text_replied_cb  (GObject *object, GAsyncResult *result, gpointer user_data);
static void xmin_replied_cb  (GObject *object, GAsyncResult *result, gpointer user_data);
static void finish_op        (GTask *task);

/**
 * kvar_table_probe_async:
 * @name: the name of a table or view, as a person typed it
 * @columns: (nullable): the names of its columns, where a row to read them from may be missing
 *
 * Asks what may be done with the table, for one row, and for the type of every column without
 * reading any row. The key is guessed from the names.
 */
void
kvar_table_probe_async (KvarSession         *session,
                        const char          *name,
                        const char *const   *columns,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(KvarRequest) request = kvar_probe_verbs (name);
  g_autoptr(KvarType) text = kvar_type_new ("text", NULL);
  g_autoptr(GTask) task = NULL;
  Probe *probe;

  g_return_if_fail (KVAR_IS_SESSION (session));
  g_return_if_fail (name != NULL && *name != '\0');

  task = g_task_new (session, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_table_probe_async);
  probe = g_new0 (Probe, 1);
  probe->table = kvar_table_new (name);
  probe->n_pending = 1;
  g_task_set_task_data (task, probe, (GDestroyNotify) probe_free);

  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    {
      g_autoptr(KvarColumn) column = kvar_column_new (columns[i], text);

      if (kvar_table_find_column (probe->table, columns[i]) == NULL)
        kvar_table_add_column (probe->table, column);
    }

  kvar_session_send_async (session, request, cancellable, verbs_replied_cb,
                           g_steal_pointer (&task));
}

static void
verbs_replied_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  KvarSession *session = KVAR_SESSION (object);
  g_autoptr(GTask) task = user_data;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(KvarRequest) request = NULL;
  Probe *probe = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  reply = kvar_session_send_finish (session, result, &error);
  if (reply == NULL || !kvar_probe_read_verbs (reply, probe->table, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  request = kvar_probe_row (kvar_table_get_name (probe->table));
  kvar_session_send_async (session, request, cancellable, row_replied_cb,
                           g_steal_pointer (&task));
}

static void
send_type (KvarSession *session,
           GTask       *task,
           KvarColumn  *column)
{
  Probe *probe = g_task_get_task_data (task);
  ColumnProbe *column_probe = g_new0 (ColumnProbe, 1);
  g_autoptr(KvarRequest) request = NULL;

  column_probe->task = g_object_ref (task);
  column_probe->column = g_object_ref (column);
  probe->n_pending++;
  request = kvar_probe_type (kvar_table_get_name (probe->table), kvar_column_get_name (column));
  kvar_session_send_async (session, request, g_task_get_cancellable (task), type_replied_cb,
                           column_probe);
}

static void
row_replied_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  KvarSession *session = KVAR_SESSION (object);
  g_autoptr(GTask) task = user_data;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(KvarRequest) request = NULL;
  Probe *probe = g_task_get_task_data (task);
  GError *error = NULL;

  reply = kvar_session_send_finish (session, result, &error);
  if (reply == NULL || !kvar_probe_read_row (reply, probe->table, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  for (guint i = 0; i < kvar_table_get_n_columns (probe->table); i++)
    send_type (session, task, kvar_table_get_column (probe->table, i));

  probe->n_pending++;
  request = kvar_probe_xmin (kvar_table_get_name (probe->table));
  kvar_session_send_async (session, request, g_task_get_cancellable (task), xmin_replied_cb,
                           g_object_ref (task));
  finish_op (task);
}

static void
take_error (Probe  *probe,
            GError *error)
{
  if (probe->error == NULL)
    probe->error = error;
  else
    g_error_free (error);
}

/* Of a type whose values nobody can write, they are shown. */
static void
take_type (KvarColumn *column,
           KvarType   *type)
{
  gboolean writable = kvar_type_is_writable (type);

  kvar_column_set_column_type (column, type);
  kvar_column_set_privileges (column, TRUE, writable, writable);
}

/* Returns the type that a reply tells, or NULL, with the error noted for the whole probe. */
static KvarType *
read_type (KvarSession  *session,
           GAsyncResult *result,
           ColumnProbe  *column_probe)
{
  g_autoptr(KvarReply) reply = NULL;
  KvarType *type = NULL;
  GError *error = NULL;

  reply = kvar_session_send_finish (session, result, &error);
  if (reply != NULL && g_strcmp0 (kvar_reply_get_code (reply), "42703") == 0)
    {
      g_set_error (&error, KVAR_ERROR, KVAR_ERROR_INVALID,
                   /* Translators: the name of a table's column that a person typed. */
                   _("There is no column “%s” in this table."),
                   kvar_column_get_name (column_probe->column));
      kvar_error_set_field (error, "columns");
    }
  else if (reply != NULL)
    type = kvar_probe_read_type (reply, &error);

  if (type == NULL)
    take_error (g_task_get_task_data (column_probe->task), error);
  return type;
}

static void
type_replied_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  KvarSession *session = KVAR_SESSION (object);
  g_autoptr(ColumnProbe) column_probe = user_data;
  g_autoptr(KvarType) type = read_type (session, result, column_probe);
  GTask *task = column_probe->task;
  g_autoptr(KvarRequest) request = NULL;

  if (type != NULL && kvar_type_get_kind (type) == KVAR_KIND_TEXT)
    {
      Probe *probe = g_task_get_task_data (task);

      request = kvar_probe_text (kvar_table_get_name (probe->table),
                                 kvar_column_get_name (column_probe->column));
      kvar_session_send_async (session, request, g_task_get_cancellable (task),
                               text_replied_cb, g_steal_pointer (&column_probe));
      return;
    }

  if (type != NULL)
    take_type (column_probe->column, type);
  finish_op (task);
}

static void
text_replied_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(ColumnProbe) column_probe = user_data;
  g_autoptr(KvarType) type = read_type (KVAR_SESSION (object), result, column_probe);

  if (type != NULL)
    take_type (column_probe->column, type);
  finish_op (column_probe->task);
}

static void
xmin_replied_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Probe *probe = g_task_get_task_data (task);
  g_autoptr(KvarReply) reply = NULL;
  GError *error = NULL;

  reply = kvar_session_send_finish (KVAR_SESSION (object), result, &error);
  if (reply == NULL)
    take_error (probe, error);
  else
    kvar_probe_read_xmin (reply, probe->table);
  finish_op (task);
}

static void
finish_op (GTask *task)
{
  Probe *probe = g_task_get_task_data (task);

  if (--probe->n_pending > 0)
    return;

  if (probe->error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&probe->error));
      return;
    }

  kvar_table_guess_key (probe->table);
  kvar_table_guess_label (probe->table);
  g_task_return_pointer (task, g_object_ref (probe->table), g_object_unref);
}

/**
 * kvar_table_probe_finish:
 *
 * Returns: (transfer full): the table; or %NULL with %KVAR_ERROR_INVALID, whose field is "name"
 *   or "columns", or with what the server or the network said
 */
KvarTable *
kvar_table_probe_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
