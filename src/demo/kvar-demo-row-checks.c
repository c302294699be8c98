/* kvar-demo-row-checks.c: constraints of a row, refused in PostgreSQL's words and order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the caller is subject to row security, PostgreSQL keeps values out of the details.
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-numeric.h"
#include "kvar-demo-row.h"

/* PostgreSQL shows this many bytes of a value in "Failing row contains". */
#define SHOWN_BYTES 64

/**
 * kvar_demo_row_get_position:
 * @column: exists
 *
 * Returns: where the column stands in a row
 */
guint
kvar_demo_row_get_position (const KvarDemoTable *table,
                            const char          *column)
{
  const KvarDemoColumn *found = kvar_demo_table_find_column (table, column);

  g_assert (found != NULL);

  return found - table->columns;
}

static const KvarDemoValue *
get_value (KvarDemoRowWriter *writer,
           GArray            *row,
           const char        *column)
{
  return &g_array_index (row, KvarDemoValue,
                         kvar_demo_row_get_position (writer->table, column));
}

static char *
get_text (KvarDemoRowWriter *writer,
          GArray            *row,
          const char        *column)
{
  return kvar_demo_type_to_text (&kvar_demo_table_find_column (writer->table, column)->type,
                                 get_value (writer, row, column));
}

static gboolean
hides_values (KvarDemoRowWriter *writer)
{
  return writer->table->row_security && strcmp (writer->scope->role, "service_role") != 0;
}

/* Cuts at a letter's end. */
static void
append_shown (GString    *out,
              const char *text)
{
  gsize length = strlen (text);

  if (length <= SHOWN_BYTES)
    {
      g_string_append (out, text);
      return;
    }

  length = g_utf8_find_prev_char (text, text + SHOWN_BYTES + 1) - text;
  g_string_append_len (out, text, length);
  g_string_append (out, "...");
}

static char *
describe_row (KvarDemoRowWriter *writer,
              GArray            *row)
{
  GString *out;

  if (hides_values (writer))
    return NULL;

  out = g_string_new ("Failing row contains (");
  for (guint i = 0; i < row->len; i++)
    {
      const KvarDemoColumn *column = &writer->table->columns[i];
      g_autofree char *text = get_text (writer, row, column->name);

      if (i > 0)
        g_string_append (out, ", ");
      if (text != NULL && column->type.kind == KVAR_DEMO_KIND_BOOLEAN)
        text[1] = '\0';
      append_shown (out, text != NULL ? text : "null");
    }
  g_string_append (out, ").");

  return g_string_free (out, FALSE);
}

/**
 * kvar_demo_row_generate:
 *
 * Computes the generated column: price × hours, or the price alone.
 */
gboolean
kvar_demo_row_generate (KvarDemoRowWriter  *writer,
                        GArray             *row,
                        KvarDemoSqlError  **error)
{
  for (guint i = 0; i < writer->table->n_columns; i++)
    {
      const KvarDemoColumn *column = &writer->table->columns[i];
      KvarDemoValue total = KVAR_DEMO_VALUE_NULL;
      const KvarDemoValue *price, *hours;
      g_autofree char *product = NULL;

      if (!column->generated)
        continue;

      price = get_value (writer, row, "price");
      hours = get_value (writer, row, "hours");
      if (price->storage == SQLITE_TEXT)
        {
          product = kvar_demo_numeric_multiply (price->text,
                                                hours->storage == SQLITE_TEXT ? hours->text : "1",
                                                column->type.scale);
          if (!kvar_demo_type_parse (&column->type, product != NULL ? product : "1e20", 0, &total,
                                     error))
            return FALSE;
        }

      kvar_demo_row_set (row, i, &total);
      kvar_demo_value_clear (&total);
    }

  return TRUE;
}

static gboolean
check_owner (KvarDemoRowWriter  *writer,
             GArray             *row,
             KvarDemoSqlError  **error)
{
  const KvarDemoValue *owner;

  if (!kvar_demo_scope_owns_rows (writer->scope, writer->table))
    return TRUE;

  owner = get_value (writer, row, writer->table->owner_column);
  if (owner->storage == SQLITE_TEXT && g_strcmp0 (owner->text, writer->scope->user_id) == 0)
    return TRUE;

  kvar_demo_sql_error_set (error, "42501", "new row violates row-level security policy for table "
                           "\"%s\"", writer->table->name);

  return FALSE;
}

static gboolean
check_not_null (KvarDemoRowWriter  *writer,
                GArray             *row,
                KvarDemoSqlError  **error)
{
  g_autofree char *details = NULL;

  for (guint i = 0; i < row->len; i++)
    {
      if (!writer->table->columns[i].not_null ||
          g_array_index (row, KvarDemoValue, i).storage != SQLITE_NULL)
        continue;

      details = describe_row (writer, row);
      kvar_demo_sql_error_set (error, "23502", "null value in column \"%s\" of relation \"%s\" "
                               "violates not-null constraint", writer->table->columns[i].name,
                               writer->table->name);
      kvar_demo_sql_error_explain (error, details, NULL);
      return FALSE;
    }

  return TRUE;
}

/* Null meets every check. */
static gboolean
meets (const KvarDemoCheck *check,
       const KvarDemoType  *type,
       const KvarDemoValue *value)
{
  gint64 measured;

  if (value->storage == SQLITE_NULL)
    return TRUE;

  if (kvar_demo_type_is_textual (type))
    measured = g_utf8_strlen (value->text, -1);
  else if (type->kind == KVAR_DEMO_KIND_NUMERIC)
    return value->text[0] != '-' || check->least < 0;
  else
    measured = value->integer;

  return measured >= check->least && measured <= check->most;
}

static gboolean
check_checks (KvarDemoRowWriter  *writer,
              GArray             *row,
              KvarDemoSqlError  **error)
{
  g_autofree char *details = NULL;

  for (guint i = 0; i < writer->table->n_checks; i++)
    {
      const KvarDemoCheck *check = &writer->table->checks[i];

      if (meets (check, &kvar_demo_table_find_column (writer->table, check->column)->type,
                 get_value (writer, row, check->column)))
        continue;

      details = describe_row (writer, row);
      kvar_demo_sql_error_set (error, "23514", "new row for relation \"%s\" violates check "
                               "constraint \"%s\"", writer->table->name, check->name);
      kvar_demo_sql_error_explain (error, details, NULL);
      return FALSE;
    }

  return TRUE;
}

/**
 * kvar_demo_row_check:
 *
 * Checks what can be said of the row alone.
 */
gboolean
kvar_demo_row_check (KvarDemoRowWriter  *writer,
                     GArray             *row,
                     KvarDemoSqlError  **error)
{
  return check_owner (writer, row, error) && check_not_null (writer, row, error) &&
         check_checks (writer, row, error);
}

static gboolean
has_row (KvarDemoRowWriter   *writer,
         const char          *table,
         const char          *column,
         const KvarDemoValue *value)
{
  g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM \"public.%s\" WHERE \"%s\" = ? LIMIT 1",
                                          table, column);
  g_autoptr(sqlite3_stmt) statement = kvar_demo_database_prepare (writer->database, sql, "");

  kvar_demo_value_bind (value, statement, 1);

  return sqlite3_step (statement) == SQLITE_ROW;
}

/**
 * kvar_demo_row_check_targets:
 *
 * Checks that what the row's foreign keys point to is there.
 */
gboolean
kvar_demo_row_check_targets (KvarDemoRowWriter  *writer,
                             GArray             *row,
                             KvarDemoSqlError  **error)
{
  for (guint i = 0; i < writer->table->n_foreign_keys; i++)
    {
      const KvarDemoForeignKey *key = &writer->table->foreign_keys[i];
      const KvarDemoValue *value = get_value (writer, row, key->column);
      g_autofree char *text = NULL;
      g_autofree char *details = NULL;

      if (value->storage == SQLITE_NULL ||
          has_row (writer, key->target, key->target_column, value))
        continue;

      text = get_text (writer, row, key->column);
      if (hides_values (writer))
        details = g_strdup_printf ("Key is not present in table \"%s\".", key->target);
      else
        details = g_strdup_printf ("Key (%s)=(%s) is not present in table \"%s\".", key->column,
                                   text, key->target);
      kvar_demo_sql_error_set (error, "23503", "insert or update on table \"%s\" violates foreign "
                               "key constraint \"%s\"", writer->table->name, key->name);
      kvar_demo_sql_error_explain (error, details, NULL);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_source (KvarDemoRowWriter         *writer,
              GArray                    *row,
              GArray                    *instead,
              const KvarDemoTable       *source,
              const KvarDemoForeignKey  *key,
              KvarDemoSqlError         **error)
{
  const KvarDemoValue *value = get_value (writer, row, key->target_column);
  g_autofree char *text = get_text (writer, row, key->target_column);
  g_autofree char *after = NULL;
  g_autofree char *details = NULL;

  if (instead != NULL)
    after = get_text (writer, instead, key->target_column);

  if (g_strcmp0 (text, after) == 0 || (key->cascade && instead == NULL) ||
      !has_row (writer, source->name, key->column, value))
    return TRUE;

  if (hides_values (writer))
    details = g_strdup_printf ("Key is still referenced from table \"%s\".", source->name);
  else
    details = g_strdup_printf ("Key (%s)=(%s) is still referenced from table \"%s\".",
                               key->target_column, text, source->name);
  kvar_demo_sql_error_set (error, "23503", "update or delete on table \"%s\" violates foreign key "
                           "constraint \"%s\" on table \"%s\"", writer->table->name, key->name,
                           source->name);
  kvar_demo_sql_error_explain (error, details, NULL);

  return FALSE;
}

/**
 * kvar_demo_row_check_sources:
 * @row: as it is stored
 * @instead: (nullable): as it is to be; %NULL when it is to be deleted
 *
 * Checks that nothing points to what goes away.
 */
gboolean
kvar_demo_row_check_sources (KvarDemoRowWriter  *writer,
                             GArray             *row,
                             GArray             *instead,
                             KvarDemoSqlError  **error)
{
  guint n_tables;
  const KvarDemoTable *tables = kvar_demo_schema_get_tables (&n_tables);

  for (guint t = 0; t < n_tables; t++)
    for (guint i = 0; i < tables[t].n_foreign_keys && tables[t].view_sql == NULL; i++)
      if (strcmp (tables[t].foreign_keys[i].target, writer->table->name) == 0 &&
          !check_source (writer, row, instead, &tables[t], &tables[t].foreign_keys[i], error))
        return FALSE;

  return TRUE;
}

/**
 * kvar_demo_row_refuse_unique:
 *
 * Says that another row has the same values in the columns of @key.
 */
void
kvar_demo_row_refuse_unique (KvarDemoRowWriter  *writer,
                             GArray             *row,
                             const KvarDemoKey  *key,
                             KvarDemoSqlError  **error)
{
  g_autoptr(GString) names = g_string_new (NULL);
  g_autoptr(GString) values = g_string_new (NULL);
  g_autofree char *details = NULL;

  for (guint i = 0; i < KVAR_DEMO_KEY_COLUMNS && key->columns[i] != NULL; i++)
    {
      g_autofree char *text = get_text (writer, row, key->columns[i]);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", key->columns[i]);
      g_string_append_printf (values, "%s%s", i > 0 ? ", " : "", text);
    }

  if (!hides_values (writer))
    details = g_strdup_printf ("Key (%s)=(%s) already exists.", names->str, values->str);
  kvar_demo_sql_error_set (error, "23505", "duplicate key value violates unique constraint \"%s\"",
                           key->name);
  kvar_demo_sql_error_explain (error, details, NULL);
}
