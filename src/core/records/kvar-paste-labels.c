/* kvar-paste-labels.c: The records that pasted labels stand for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A list shows a link by its record's label, and copies that. Pasted again, what is no key is
 * looked up as a label, and becomes the key where exactly one record bears it.
 */

#define G_LOG_DOMAIN "kvar-paste"

#include "config.h"

#include <string.h>

#include "records/kvar-paste-labels.h"
#include "records/kvar-query-text.h"
#include "records/kvar-record-collect.h"

/* As long as the labels of one request may be. */
#define MAX_BYTES 1500

typedef struct
{
  KvarSchema    *schema;
  KvarPastePlan *plan;      /* (not owned) by the caller, until it is called */
  guint          index;     /* of the column */
  GPtrArray     *labels;    /* (nullable) of the column */
  guint          next;      /* of the labels, to be asked for */
} Labels;

/* Look up: the labels of a column, some at a time → their records' keys → the next column. */
static void collected_cb (GObject *object, GAsyncResult *result, gpointer user_data);

static void
labels_free (Labels *labels)
{
  g_object_unref (labels->schema);
  g_clear_pointer (&labels->labels, g_ptr_array_unref);
  g_free (labels);
}

/* The table that @column links to by itself; %NULL where labels mean nothing. */
static KvarTable *
find_table (KvarSchema *schema,
            KvarColumn *column)
{
  KvarReference *reference = column != NULL ? kvar_column_get_reference (column) : NULL;
  KvarTable *table;

  if (reference == NULL || kvar_column_get_reference_label (column) == NULL ||
      g_strv_length ((GStrv)kvar_reference_get_foreign_columns (reference)) != 1)
    return NULL;

  table = kvar_schema_find_table (schema, kvar_reference_get_foreign_table (reference));
  if (table == NULL ||
      kvar_table_find_column (table, kvar_column_get_reference_label (column)) == NULL ||
      kvar_table_find_column (table, kvar_reference_get_foreign_columns (reference)[0]) == NULL)
    return NULL;

  return table;
}

static gboolean
is_no_key (KvarTable  *table,
           KvarColumn *column,
           const char *cell)
{
  g_autoptr(KvarDraft) draft = kvar_draft_new (table, NULL);

  kvar_draft_set_input (draft, column, cell);
  kvar_draft_check (draft, NULL);

  return kvar_draft_get_problem (draft, column) != NULL;
}

static GPtrArray *
list_labels (KvarSchema    *schema,
             KvarPastePlan *plan,
             guint          index)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  KvarColumn *column = g_ptr_array_index (plan->columns, index);
  GPtrArray *labels = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < plan->rows->len && find_table (schema, column) != NULL; i++)
    {
      char **cells = g_ptr_array_index (plan->rows, i);
      char *label;

      if (g_strv_length (cells) <= index || *cells[index] == '\0' ||
          g_hash_table_contains (seen, cells[index]) ||
          !is_no_key (plan->table, column, cells[index]))
        continue;

      label = g_strdup (cells[index]);
      g_ptr_array_add (labels, label);
      g_hash_table_add (seen, label);
    }

  return labels;
}

/**
 * kvar_paste_labels_are_there:
 *
 * Returns: whether there is anything to be looked up
 */
gboolean
kvar_paste_labels_are_there (KvarSchema    *schema,
                             KvarPastePlan *plan)
{
  g_return_val_if_fail (KVAR_IS_SCHEMA (schema), FALSE);
  g_return_val_if_fail (plan != NULL, FALSE);

  for (guint i = 0; i < plan->columns->len; i++)
    {
      g_autoptr(GPtrArray) labels = list_labels (schema, plan, i);

      if (labels->len > 0)
        return TRUE;
    }

  return FALSE;
}

static KvarQuery *
make_query (Labels     *labels,
            KvarColumn *column)
{
  g_autoptr(KvarQuery) all = kvar_query_new ();
  g_autoptr(GString) list = g_string_new ("(");

  while (labels->next < labels->labels->len && list->len < MAX_BYTES)
    {
      g_autofree char *quoted =
        kvar_query_text_quote_value (g_ptr_array_index (labels->labels, labels->next++));

      g_string_append_printf (list, "%s%s", list->len > 1 ? "," : "", quoted);
    }
  g_string_append_c (list, ')');

  return kvar_query_with_filter (all, kvar_column_get_reference_label (column), "in", list->str);
}

/* Takes @task. */
static void
go_on (KvarSession *session,
       GTask       *task)
{
  Labels *labels = g_task_get_task_data (task);

  for (; labels->index < labels->plan->columns->len; labels->index++)
    {
      KvarColumn *column = g_ptr_array_index (labels->plan->columns, labels->index);
      g_autoptr(KvarQuery) query = NULL;

      if (labels->labels == NULL)
        labels->labels = list_labels (labels->schema, labels->plan, labels->index);
      if (labels->next < labels->labels->len)
        {
          const char *columns[] = {
            kvar_column_get_reference_label (column),
            kvar_reference_get_foreign_columns (kvar_column_get_reference (column))[0], NULL
          };

          query = make_query (labels, column);
          kvar_record_collect_async (session, find_table (labels->schema, column), query, columns,
                                     g_task_get_cancellable (task), collected_cb, task);
          return;
        }
      g_clear_pointer (&labels->labels, g_ptr_array_unref);
      labels->next = 0;
    }

  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* What more than one record is called stays as it is. */
static GHashTable *
index_keys (Labels    *labels,
            GPtrArray *records)
{
  GHashTable *keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  KvarColumn *column = g_ptr_array_index (labels->plan->columns, labels->index);
  KvarReference *reference = kvar_column_get_reference (column);
  KvarTable *table = find_table (labels->schema, column);
  int label = kvar_table_find_column_index (table, kvar_column_get_reference_label (column));
  int key = kvar_table_find_column_index (table,
                                          kvar_reference_get_foreign_columns (reference)[0]);

  for (guint i = 0; i < records->len; i++)
    {
      KvarRecord *record = g_ptr_array_index (records, i);
      const char *text = kvar_record_get_text (record, label);

      if (text == NULL || kvar_record_get_text (record, key) == NULL)
        continue;

      g_hash_table_replace (keys, g_strdup (text), g_hash_table_contains (keys, text)
                              ? NULL : g_strdup (kvar_record_get_text (record, key)));
    }

  return keys;
}

static void
put_keys (Labels    *labels,
          GPtrArray *records)
{
  g_autoptr(GHashTable) keys = index_keys (labels, records);

  for (guint i = 0; i < labels->plan->rows->len; i++)
    {
      char **cells = g_ptr_array_index (labels->plan->rows, i);
      const char *key = NULL;

      if (g_strv_length (cells) > labels->index)
        key = g_hash_table_lookup (keys, cells[labels->index]);
      if (key == NULL)
        continue;

      g_free (cells[labels->index]);
      cells[labels->index] = g_strdup (key);
    }
}

static void
collected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GError) error = NULL;

  records = kvar_record_collect_finish (KVAR_SESSION (object), result, &error);
  if (records == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  put_keys (g_task_get_task_data (task), records);
  go_on (KVAR_SESSION (object), g_steal_pointer (&task));
}

/**
 * kvar_paste_labels_async:
 * @plan: whose cells become keys; it has to stay, and to be checked afterwards
 *
 * Asks the server which records the labels among the pasted cells stand for.
 */
void
kvar_paste_labels_async (KvarSession         *session,
                         KvarSchema          *schema,
                         KvarPastePlan       *plan,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Labels *labels;

  g_return_if_fail (KVAR_IS_SESSION (session));
  g_return_if_fail (KVAR_IS_SCHEMA (schema));
  g_return_if_fail (plan != NULL);

  labels = g_new0 (Labels, 1);
  labels->schema = g_object_ref (schema);
  labels->plan = plan;
  task = g_task_new (session, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_paste_labels_async);
  g_task_set_task_data (task, labels, (GDestroyNotify)labels_free);

  go_on (session, g_steal_pointer (&task));
}

gboolean
kvar_paste_labels_finish (KvarSession   *session,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
