/* kvar-demo-row.c: one row written: defaults, and the statements that insert, update and delete
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-row.h"
#include "kvar-demo-sequence.h"

/**
 * kvar_demo_row_new:
 *
 * Returns: (transfer full): a row of nulls
 */
GArray *
kvar_demo_row_new (KvarDemoRowWriter *writer)
{
  GArray *row = kvar_demo_values_new ();

  g_array_set_size (row, writer->table->n_columns);
  for (guint i = 0; i < row->len; i++)
    g_array_index (row, KvarDemoValue, i).storage = SQLITE_NULL;

  return row;
}

static void
append_columns (GString             *out,
                const KvarDemoTable *table,
                const char          *format)
{
  for (guint i = 0; i < table->n_columns; i++)
    g_string_append_printf (out, format, i > 0 ? ", " : "", table->columns[i].name);
}

static sqlite3_stmt *
prepare (KvarDemoRowWriter *writer,
         GString           *sql)
{
  return kvar_demo_database_prepare (writer->database, sql->str, "");
}

/**
 * kvar_demo_row_load:
 *
 * Returns: (transfer full): the row as it is stored; it is there
 */
GArray *
kvar_demo_row_load (KvarDemoRowWriter *writer,
                    gint64             id)
{
  g_autoptr(GString) sql = g_string_new ("SELECT ");
  g_autoptr(sqlite3_stmt) statement = NULL;
  GArray *row = kvar_demo_row_new (writer);

  append_columns (sql, writer->table, "%s\"%s\"");
  g_string_append_printf (sql, " FROM \"public.%s\" WHERE rowid = ?", writer->table->name);
  statement = prepare (writer, sql);
  sqlite3_bind_int64 (statement, 1, id);

  if (sqlite3_step (statement) == SQLITE_ROW)
    for (guint i = 0; i < row->len; i++)
      {
        KvarDemoValue value = kvar_demo_value_borrow (statement, i);

        g_array_index (row, KvarDemoValue, i) = kvar_demo_value_copy (&value);
      }

  return row;
}

void
kvar_demo_row_set (GArray              *row,
                   guint                column,
                   const KvarDemoValue *value)
{
  KvarDemoValue copy = kvar_demo_value_copy (value);

  kvar_demo_value_clear (&g_array_index (row, KvarDemoValue, column));
  g_array_index (row, KvarDemoValue, column) = copy;
}

/**
 * kvar_demo_row_set_default:
 *
 * Gives a column what PostgreSQL gives it when the statement does not name it.
 */
void
kvar_demo_row_set_default (KvarDemoRowWriter *writer,
                           GArray            *row,
                           guint              column)
{
  const KvarDemoColumn *about = &writer->table->columns[column];
  KvarDemoValue value = KVAR_DEMO_VALUE_NULL;

  if (about->identity != KVAR_DEMO_IDENTITY_NONE)
    {
      value.storage = SQLITE_INTEGER;
      value.integer = kvar_demo_sequence_next (writer->database, writer->table->name);
    }
  else if (about->has_default == KVAR_DEMO_DEFAULT_LITERAL)
    kvar_demo_type_parse (&about->type, about->default_text, 0, &value, NULL);
  else if (about->has_default == KVAR_DEMO_DEFAULT_NOW)
    {
      value.storage = SQLITE_INTEGER;
      value.integer = writer->scope->now_usec;
    }
  else if (about->has_default == KVAR_DEMO_DEFAULT_UUID)
    {
      value.storage = SQLITE_TEXT;
      value.text = g_uuid_string_random ();
    }
  else if (about->has_default == KVAR_DEMO_DEFAULT_CALLER && writer->scope->user_id != NULL)
    {
      value.storage = SQLITE_TEXT;
      value.text = g_strdup (writer->scope->user_id);
    }

  kvar_demo_row_set (row, column, &value);
  kvar_demo_value_clear (&value);
}

/**
 * kvar_demo_row_find:
 * @id: (inout): set when there is one; a row with this id does not count when it is not -1
 *
 * Returns: whether another row has the same values in the columns of @key
 */
gboolean
kvar_demo_row_find (KvarDemoRowWriter *writer,
                    GArray            *row,
                    const KvarDemoKey *key,
                    gint64            *id)
{
  g_autoptr(GString) sql = g_string_new (NULL);
  g_autoptr(sqlite3_stmt) statement = NULL;

  g_string_printf (sql, "SELECT rowid FROM \"public.%s\" WHERE rowid IS NOT ?",
                   writer->table->name);
  for (guint i = 0; i < KVAR_DEMO_KEY_COLUMNS && key->columns[i] != NULL; i++)
    g_string_append_printf (sql, " AND \"%s\" = ?", key->columns[i]);

  statement = prepare (writer, sql);
  if (*id != -1)
    sqlite3_bind_int64 (statement, 1, *id);
  for (guint i = 0; i < KVAR_DEMO_KEY_COLUMNS && key->columns[i] != NULL; i++)
    {
      guint at = kvar_demo_row_get_position (writer->table, key->columns[i]);

      kvar_demo_value_bind (&g_array_index (row, KvarDemoValue, at), statement, i + 2);
    }

  if (sqlite3_step (statement) != SQLITE_ROW)
    return FALSE;

  *id = sqlite3_column_int64 (statement, 0);

  return TRUE;
}

/* SQLite refused the row: finds out which key it was. */
static gboolean
refuse_row (KvarDemoRowWriter  *writer,
            GArray             *row,
            gint64              id,
            KvarDemoSqlError  **error)
{
  const KvarDemoTable *table = writer->table;
  gint64 other = id;

  if (table->primary_key.name != NULL &&
      kvar_demo_row_find (writer, row, &table->primary_key, &other))
    {
      kvar_demo_row_refuse_unique (writer, row, &table->primary_key, error);
      return FALSE;
    }

  for (guint i = 0; i < table->n_unique_keys; i++)
    {
      other = id;
      if (kvar_demo_row_find (writer, row, &table->unique_keys[i], &other))
        {
          kvar_demo_row_refuse_unique (writer, row, &table->unique_keys[i], error);
          return FALSE;
        }
    }

  kvar_demo_sql_error_set (error, "XX000", "%s",
                           sqlite3_errmsg (kvar_demo_database_get_handle (writer->database)));

  return FALSE;
}

static void
bind_row (KvarDemoRowWriter *writer,
          GArray            *row,
          sqlite3_stmt      *statement)
{
  for (guint i = 0; i < row->len; i++)
    kvar_demo_value_bind (&g_array_index (row, KvarDemoValue, i), statement, i + 1);

  sqlite3_bind_int64 (statement, row->len + 1, writer->xid);
}

/**
 * kvar_demo_row_insert:
 * @id: (out): the new row's
 */
gboolean
kvar_demo_row_insert (KvarDemoRowWriter  *writer,
                      GArray             *row,
                      gint64             *id,
                      KvarDemoSqlError  **error)
{
  g_autoptr(GString) sql = g_string_new (NULL);
  g_autoptr(sqlite3_stmt) statement = NULL;

  if (!kvar_demo_row_generate (writer, row, error) || !kvar_demo_row_check (writer, row, error))
    return FALSE;

  g_string_printf (sql, "INSERT INTO \"public.%s\" (", writer->table->name);
  append_columns (sql, writer->table, "%s\"%s\"");
  g_string_append (sql, ", _xmin) VALUES (?");
  for (guint i = 0; i < row->len; i++)
    g_string_append (sql, ",?");
  g_string_append_c (sql, ')');

  statement = prepare (writer, sql);
  bind_row (writer, row, statement);

  /* Keys that point to nothing are found after unique ones, as PostgreSQL's triggers do it; a
   * cascading one SQLite would refuse by itself, without a name. */
  if (sqlite3_step (statement) != SQLITE_DONE)
    {
      g_autoptr(KvarDemoSqlError) local_error = NULL;

      if (refuse_row (writer, row, -1, &local_error) ||
          (strcmp (local_error->code, "XX000") == 0 &&
           !kvar_demo_row_check_targets (writer, row, error)))
        return FALSE;
      kvar_demo_sql_error_propagate (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  *id = sqlite3_last_insert_rowid (kvar_demo_database_get_handle (writer->database));

  return kvar_demo_row_check_targets (writer, row, error);
}

/* The rowid of a row that has just been written: the key itself where it is an identity. */
static gint64
get_id (KvarDemoRowWriter *writer,
        GArray            *row,
        gint64             before)
{
  const char *key = writer->table->primary_key.columns[0];
  guint at;

  if (key == NULL)
    return before;

  at = kvar_demo_row_get_position (writer->table, key);
  if (writer->table->columns[at].identity == KVAR_DEMO_IDENTITY_NONE)
    return before;

  return g_array_index (row, KvarDemoValue, at).integer;
}

/**
 * kvar_demo_row_update:
 * @row: as it is to be
 * @id: (inout): the row's
 */
gboolean
kvar_demo_row_update (KvarDemoRowWriter  *writer,
                      GArray             *row,
                      gint64             *id,
                      KvarDemoSqlError  **error)
{
  const char *touch = writer->table->touch_column;
  KvarDemoValue now = { .storage = SQLITE_INTEGER, .integer = writer->scope->now_usec };
  g_autoptr(GArray) before = kvar_demo_row_load (writer, *id);
  g_autoptr(GString) sql = g_string_new (NULL);
  g_autoptr(sqlite3_stmt) statement = NULL;

  if (touch != NULL)
    kvar_demo_row_set (row, kvar_demo_row_get_position (writer->table, touch), &now);
  if (!kvar_demo_row_generate (writer, row, error) || !kvar_demo_row_check (writer, row, error))
    return FALSE;

  g_string_printf (sql, "UPDATE \"public.%s\" SET ", writer->table->name);
  append_columns (sql, writer->table, "%s\"%s\" = ?");
  g_string_append (sql, ", _xmin = ? WHERE rowid = ?");

  statement = prepare (writer, sql);
  bind_row (writer, row, statement);
  sqlite3_bind_int64 (statement, row->len + 2, *id);

  if (!kvar_demo_row_check_sources (writer, before, row, error))
    return FALSE;
  if (sqlite3_step (statement) != SQLITE_DONE)
    {
      g_autoptr(KvarDemoSqlError) local_error = NULL;

      if (refuse_row (writer, row, *id, &local_error) ||
          (strcmp (local_error->code, "XX000") == 0 &&
           !kvar_demo_row_check_targets (writer, row, error)))
        return FALSE;
      kvar_demo_sql_error_propagate (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  *id = get_id (writer, row, *id);

  return kvar_demo_row_check_targets (writer, row, error);
}

gboolean
kvar_demo_row_delete (KvarDemoRowWriter  *writer,
                      gint64              id,
                      KvarDemoSqlError  **error)
{
  g_autoptr(GArray) before = kvar_demo_row_load (writer, id);
  g_autofree char *sql = NULL;
  g_autoptr(sqlite3_stmt) statement = NULL;

  if (!kvar_demo_row_check_sources (writer, before, NULL, error))
    return FALSE;

  sql = g_strdup_printf ("DELETE FROM \"public.%s\" WHERE rowid = ?", writer->table->name);
  statement = kvar_demo_database_prepare (writer->database, sql, "i", id);
  sqlite3_step (statement);

  return TRUE;
}
