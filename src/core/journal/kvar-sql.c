/* kvar-sql.c: SQLite's calls with GLib's errors and cleanups
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-database"

#include "config.h"

#include "journal/kvar-database.h"
#include "journal/kvar-sql.h"
#include "kvar-error.h"

static const char *
code_of (int result)
{
  switch (result & 0xff)
    {
    case SQLITE_FULL:
      return KVAR_DATABASE_NO_SPACE;

    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return KVAR_DATABASE_DAMAGED;

    default:
      return KVAR_DATABASE_FAILED;
    }
}

/**
 * kvar_sql_fail:
 * @database: (nullable): where a call has just failed; %NULL if there was no room even for it
 *
 * Returns: %FALSE, with @error set
 */
gboolean
kvar_sql_fail (sqlite3  *database,
               GError  **error)
{
  int result = database != NULL ? sqlite3_extended_errcode (database) : SQLITE_NOMEM;

  g_propagate_error (error, kvar_error_new_full (KVAR_ERROR_REFUSED, 0, code_of (result),
                                                 database != NULL ? sqlite3_errmsg (database)
                                                                  : sqlite3_errstr (result)));

  return FALSE;
}

gboolean
kvar_sql_exec (sqlite3     *database,
               const char  *sql,
               GError     **error)
{
  if (sqlite3_exec (database, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;

  return kvar_sql_fail (database, error);
}

/**
 * kvar_sql_read_int:
 * @sql: what gives one number in one row
 */
gboolean
kvar_sql_read_int (sqlite3     *database,
                   const char  *sql,
                   int         *value,
                   GError     **error)
{
  g_autoptr(KvarStatement) statement = kvar_sql_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;
  if (sqlite3_step (statement) != SQLITE_ROW)
    return kvar_sql_fail (database, error);

  *value = sqlite3_column_int (statement, 0);

  return TRUE;
}

KvarStatement *
kvar_sql_prepare (sqlite3     *database,
                  const char  *sql,
                  GError     **error)
{
  KvarStatement *statement = NULL;

  if (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL) != SQLITE_OK)
    kvar_sql_fail (database, error);

  return statement;
}

/**
 * kvar_sql_bind_text:
 * @text: (nullable): stays the caller's, who keeps it until the statement has run
 */
void
kvar_sql_bind_text (KvarStatement *statement,
                    int            index,
                    const char    *text)
{
  sqlite3_bind_text (statement, index, text, -1, SQLITE_STATIC);
}

/**
 * kvar_sql_bind_data:
 * @value: (nullable): of a type without numbers, so that its bytes mean the same everywhere
 */
void
kvar_sql_bind_data (KvarStatement *statement,
                    int            index,
                    GVariant      *value)
{
  if (value == NULL)
    sqlite3_bind_null (statement, index);
  else if (g_variant_get_size (value) == 0)
    sqlite3_bind_zeroblob (statement, index, 0);
  else
    sqlite3_bind_blob64 (statement, index, g_variant_get_data (value),
                         g_variant_get_size (value), SQLITE_STATIC);
}

/**
 * kvar_sql_dup_text:
 *
 * Returns: (transfer full) (nullable): the text, with anything that is no text replaced: a
 *   damaged file may hold whatever it likes
 */
char *
kvar_sql_dup_text (KvarStatement *statement,
                   int            column)
{
  const char *text = (const char *)sqlite3_column_text (statement, column);

  return text != NULL ? g_utf8_make_valid (text, -1) : NULL;
}

/**
 * kvar_sql_dup_data:
 *
 * Returns: (transfer full) (nullable): what kvar_sql_bind_data() bound, brought into its
 *   normal form
 */
GVariant *
kvar_sql_dup_data (KvarStatement *statement,
                   int            column,
                   const char    *type)
{
  const void *data = sqlite3_column_blob (statement, column);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GVariant) value = NULL;

  if (sqlite3_column_type (statement, column) != SQLITE_BLOB)
    return NULL;

  bytes = g_bytes_new (data, sqlite3_column_bytes (statement, column));
  value = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (type), bytes, FALSE));

  return g_variant_get_normal_form (value);
}

/**
 * kvar_sql_step:
 * @has_row: (out): whether there is another row
 */
gboolean
kvar_sql_step (KvarStatement  *statement,
               gboolean       *has_row,
               GError        **error)
{
  int result = sqlite3_step (statement);

  *has_row = result == SQLITE_ROW;
  if (result == SQLITE_ROW || result == SQLITE_DONE)
    return TRUE;

  return kvar_sql_fail (sqlite3_db_handle (statement), error);
}

/**
 * kvar_sql_run:
 *
 * Runs a statement that gives no rows, and makes it ready for its next values.
 */
gboolean
kvar_sql_run (KvarStatement  *statement,
              GError        **error)
{
  gboolean has_row;
  gboolean done = kvar_sql_step (statement, &has_row, error);

  sqlite3_reset (statement);

  return done;
}
