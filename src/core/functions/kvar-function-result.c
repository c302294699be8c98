/* kvar-function-result.c: what a function gave back: nothing, rows, one value, or a document
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-functions"

#include "config.h"

#include <string.h>

#include "functions/kvar-function-result.h"
#include "kvar-error.h"
#include "records/kvar-json-rows.h"
#include "records/kvar-json-text.h"

/* What a value without a column is called, here and nowhere else. */
#define VALUE_NAME "value"

struct _KvarFunctionResult
{
  GObject         parent_instance;

  KvarResultKind  kind;
  KvarTable      *table;      /* (nullable) the rows' */
  GPtrArray      *records;    /* (nullable) of KvarRecord */
  gint64          total;      /* how many rows there are in all, -1: not known */
  KvarValue      *value;      /* (nullable) */
  char           *text;       /* (nullable) */
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KvarFunctionResult, kvar_function_result, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static GType
kvar_function_result_get_item_type (GListModel *model)
{
  return KVAR_TYPE_RECORD;
}

static guint
kvar_function_result_get_n_items (GListModel *model)
{
  KvarFunctionResult *self = KVAR_FUNCTION_RESULT (model);

  return self->records != NULL ? self->records->len : 0;
}

static gpointer
kvar_function_result_get_item (GListModel *model,
                               guint       position)
{
  KvarFunctionResult *self = KVAR_FUNCTION_RESULT (model);

  if (self->records == NULL || position >= self->records->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->records, position));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = kvar_function_result_get_item_type;
  iface->get_n_items = kvar_function_result_get_n_items;
  iface->get_item = kvar_function_result_get_item;
}

static void
kvar_function_result_finalize (GObject *object)
{
  KvarFunctionResult *self = KVAR_FUNCTION_RESULT (object);

  g_clear_object (&self->table);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->value, kvar_value_unref);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (kvar_function_result_parent_class)->finalize (object);
}

static void
kvar_function_result_class_init (KvarFunctionResultClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kvar_function_result_finalize;
}

static void
kvar_function_result_init (KvarFunctionResult *self)
{
  self->total = -1;
}

static gboolean
is_json_type (const char *type)
{
  return g_strcmp0 (type, "json") == 0 || g_strcmp0 (type, "jsonb") == 0;
}

/* The place after one value, whose syntax is known to be right. */
static const char *
skip_value (const char *p)
{
  guint depth = 0;

  do
    {
      if (*p == '"')
        {
          for (p++; *p != '"'; p++)
            if (*p == '\\')
              p++;
          p++;
        }
      else if (*p == '[' || *p == '{')
        {
          depth++;
          p++;
        }
      else if (*p == ']' || *p == '}')
        {
          depth--;
          p++;
        }
      else
        p += MAX (1, strcspn (p, "\"[]{}, \t\r\n"));
    }
  while (depth > 0);

  return p;
}

/* Values without a name, one or an array of them, as the rows that KvarJsonRows reads. */
static GBytes *
wrap_values (const char *json)
{
  g_autoptr(GString) rows = g_string_sized_new (strlen (json) + 64);
  gboolean many = *json == '[';
  const char *p = many ? json + 1 : json;

  g_string_append_c (rows, '[');
  for (;;)
    {
      const char *end;

      p += strspn (p, ", \t\r\n");
      if (*p == ']' || *p == '\0')
        break;

      end = skip_value (p);
      if (rows->len > 1)
        g_string_append_c (rows, ',');
      g_string_append (rows, "{\"" VALUE_NAME "\":");
      g_string_append_len (rows, p, end - p);
      g_string_append_c (rows, '}');
      p = end;
    }
  g_string_append_c (rows, ']');

  return g_string_free_to_bytes (g_steal_pointer (&rows));
}

/* What a column holds that nobody has described, from the first row. */
static KvarType *
guess_type (KvarJsonRows *rows,
            guint         cell)
{
  const char *text = kvar_json_rows_get_text (rows, cell, NULL);

  if (text == NULL || !kvar_json_rows_get_is_raw (rows, cell))
    return kvar_type_new ("text", NULL);

  switch (*text)
    {
    case '{':
    case '[':
      return kvar_type_new ("jsonb", NULL);

    case 't':
    case 'f':
      return kvar_type_new ("boolean", NULL);

    default:
      return kvar_type_new ("numeric", NULL);
    }
}

static KvarTable *
guess_table (KvarFunction  *function,
             GBytes        *body,
             GError       **error)
{
  g_autoptr(KvarJsonRows) rows = kvar_json_rows_new (body, error);
  g_autoptr(KvarTable) table = kvar_table_new (kvar_function_get_name (function));
  g_autoptr(GError) local_error = NULL;

  if (rows == NULL)
    return NULL;

  if (kvar_json_rows_next (rows, &local_error))
    for (guint i = 0; i < kvar_json_rows_get_n_cells (rows); i++)
      {
        g_autoptr(KvarType) type = guess_type (rows, i);
        g_autoptr(KvarColumn) column = kvar_column_new (kvar_json_rows_get_name (rows, i), type);

        kvar_table_add_column (table, column);
      }

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_steal_pointer (&table);
}

/* One column, of the type that the function says it gives. */
static KvarTable *
new_value_table (KvarFunction *function,
                 GBytes       *rows,
                 GError      **error)
{
  const char *type_name = kvar_function_get_result_type (function);
  g_autoptr(KvarTable) table = NULL;
  g_autoptr(KvarType) type = NULL;
  g_autoptr(KvarColumn) column = NULL;

  if (type_name == NULL)
    return guess_table (function, rows, error);

  if (g_ascii_strncasecmp (type_name, "SETOF ", 6) == 0)
    type_name += 6;
  table = kvar_table_new (kvar_function_get_name (function));
  type = kvar_type_new (type_name, NULL);
  column = kvar_column_new (VALUE_NAME, type);
  kvar_column_set_title (column, kvar_function_get_title (function));
  kvar_table_add_column (table, column);

  return g_steal_pointer (&table);
}

static gboolean
read_rows (KvarFunctionResult  *self,
           KvarSelection       *selection,
           GBytes              *body,
           GError             **error)
{
  self->kind = KVAR_RESULT_ROWS;
  self->table = g_object_ref (kvar_selection_get_table (selection));
  self->records = kvar_selection_read (selection, body, error);

  return self->records != NULL;
}

static gboolean
read_values (KvarFunctionResult  *self,
             KvarFunction        *function,
             const char          *json,
             GError             **error)
{
  g_autoptr(GBytes) rows = wrap_values (json);
  g_autoptr(KvarTable) table = new_value_table (function, rows, error);
  g_autoptr(KvarSelection) selection = NULL;

  if (table == NULL)
    return FALSE;

  selection = kvar_selection_new (table, NULL, KVAR_SELECT_VALUES);
  if (!read_rows (self, selection, rows, error))
    return FALSE;

  if (*json != '[' && self->records->len == 1)
    {
      self->kind = KVAR_RESULT_VALUE;
      self->value = kvar_record_get_value (g_ptr_array_index (self->records, 0),
                                           kvar_table_get_column (table, 0));
      g_clear_pointer (&self->records, g_ptr_array_unref);
      g_clear_object (&self->table);
    }

  return TRUE;
}

/* Columns that nobody has described. */
static gboolean
read_objects (KvarFunctionResult  *self,
              KvarFunction        *function,
              GBytes              *body,
              GError             **error)
{
  g_autoptr(KvarTable) table = guess_table (function, body, error);
  g_autoptr(KvarSelection) selection = NULL;

  if (table == NULL)
    return FALSE;

  selection = kvar_selection_new (table, NULL, KVAR_SELECT_VALUES);

  return read_rows (self, selection, body, error);
}

static gboolean
read_result (KvarFunctionResult  *self,
             KvarFunction        *function,
             KvarSelection       *selection,
             GBytes              *body,
             GError             **error)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  g_autofree char *text = g_strndup (data != NULL ? data : "", size);
  const char *json = text + strspn (text, " \t\r\n");
  gsize wrong;

  if (*json == '\0')
    return TRUE;

  if (!g_utf8_validate (json, -1, NULL) || !kvar_json_text_check (json, &wrong))
    {
      g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY, "The result is no JSON");
      return FALSE;
    }

  if (selection != NULL && (*json == '[' || *json == '{'))
    return read_rows (self, selection, body, error);

  if (*json == '{' || is_json_type (kvar_function_get_result_type (function)))
    {
      self->kind = KVAR_RESULT_DOCUMENT;
      self->text = kvar_json_text_indent (json);
      return TRUE;
    }

  if (*json == '[' && json[1 + strspn (json + 1, " \t\r\n")] == '{')
    return read_objects (self, function, body, error);

  return read_values (self, function, json, error);
}

/**
 * kvar_function_result_new:
 * @selection: (nullable): the columns that were asked for, where they are known
 * @body: of a reply that says that the function has run
 * @total: how many rows there are in all, -1 if not known
 *
 * Reads what @function gave. May be called in any thread.
 *
 * Returns: (transfer full): the result; or %NULL with %KVAR_ERROR_BAD_REPLY
 */
KvarFunctionResult *
kvar_function_result_new (KvarFunction   *function,
                          KvarSelection  *selection,
                          GBytes         *body,
                          gint64          total,
                          GError        **error)
{
  g_autoptr(KvarFunctionResult) self = NULL;

  g_return_val_if_fail (KVAR_IS_FUNCTION (function), NULL);
  g_return_val_if_fail (body != NULL, NULL);

  self = g_object_new (KVAR_TYPE_FUNCTION_RESULT, NULL);
  self->total = total;
  if (!read_result (self, function, selection, body, error))
    return NULL;

  return g_steal_pointer (&self);
}

KvarResultKind
kvar_function_result_get_kind (KvarFunctionResult *self)
{
  g_return_val_if_fail (KVAR_IS_FUNCTION_RESULT (self), KVAR_RESULT_NOTHING);

  return self->kind;
}

/**
 * kvar_function_result_get_table:
 *
 * Returns: (transfer none) (nullable): what the rows are rows of: a table of the project where
 *   the function gives its rows, else one with the function's name
 */
KvarTable *
kvar_function_result_get_table (KvarFunctionResult *self)
{
  g_return_val_if_fail (KVAR_IS_FUNCTION_RESULT (self), NULL);

  return self->table;
}

/**
 * kvar_function_result_get_total:
 *
 * Returns: how many rows there are in all, of which the server sends no more than it wants to
 *   at once; -1 if it did not say
 */
gint64
kvar_function_result_get_total (KvarFunctionResult *self)
{
  g_return_val_if_fail (KVAR_IS_FUNCTION_RESULT (self), -1);

  return self->total;
}

/**
 * kvar_function_result_get_value:
 *
 * Returns: (transfer none) (nullable): the one value of a result that is one
 */
KvarValue *
kvar_function_result_get_value (KvarFunctionResult *self)
{
  g_return_val_if_fail (KVAR_IS_FUNCTION_RESULT (self), NULL);

  return self->value;
}

/**
 * kvar_function_result_get_text:
 *
 * Returns: (nullable): a document's text, indented, with every digit as the server wrote it
 */
const char *
kvar_function_result_get_text (KvarFunctionResult *self)
{
  g_return_val_if_fail (KVAR_IS_FUNCTION_RESULT (self), NULL);

  return self->text;
}
