/* kvar-journal-bulks.c: the journal's tables of changes under way, and their statements
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-journal"

#include "config.h"

#include "journal/kvar-journal-bulks.h"
#include "journal/kvar-sql.h"

static gboolean
put_head (sqlite3             *database,
          const char          *project,
          const char          *user,
          const KvarKeptBulk  *bulk,
          GError             **error)
{
  static const char sql[] =
    "INSERT OR REPLACE INTO bulks (id, project, user, relation, field, undoes, began_at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)";
  g_autoptr(KvarStatement) statement = kvar_sql_prepare (database, sql, error);
  int i = 1;

  if (statement == NULL)
    return FALSE;

  kvar_sql_bind_text (statement, i++, bulk->id);
  kvar_sql_bind_text (statement, i++, project);
  kvar_sql_bind_text (statement, i++, user);
  kvar_sql_bind_text (statement, i++, bulk->relation);
  kvar_sql_bind_text (statement, i++, bulk->column);
  sqlite3_bind_int (statement, i++, bulk->undoes);
  sqlite3_bind_int64 (statement, i++, bulk->began_at);

  return kvar_sql_run (statement, error);
}

/**
 * kvar_journal_put_bulk:
 * @bulk: with those of its rows that are new, or have changed
 */
gboolean
kvar_journal_put_bulk (sqlite3             *database,
                       const char          *project,
                       const char          *user,
                       const KvarKeptBulk  *bulk,
                       GError             **error)
{
  static const char sql[] =
    "INSERT OR REPLACE INTO bulk_rows (id, bulk, position, state, data) VALUES (?, ?, ?, ?, ?)";
  g_autoptr(KvarStatement) statement = NULL;

  if (!put_head (database, project, user, bulk, error))
    return FALSE;

  statement = kvar_sql_prepare (database, sql, error);
  if (statement == NULL)
    return FALSE;

  for (guint i = 0; i < bulk->rows->len; i++)
    {
      KvarKeptBulkRow *row = g_ptr_array_index (bulk->rows, i);

      kvar_sql_bind_text (statement, 1, row->id);
      kvar_sql_bind_text (statement, 2, bulk->id);
      sqlite3_bind_int64 (statement, 3, row->position);
      kvar_sql_bind_text (statement, 4, row->state);
      kvar_sql_bind_data (statement, 5, row->data);
      if (!kvar_sql_run (statement, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
run_with_text (sqlite3     *database,
               const char  *sql,
               const char  *text,
               GError     **error)
{
  g_autoptr(KvarStatement) statement = kvar_sql_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;

  kvar_sql_bind_text (statement, 1, text);

  return kvar_sql_run (statement, error);
}

gboolean
kvar_journal_drop_bulk_rows (sqlite3     *database,
                             const char  *id,
                             GError     **error)
{
  return run_with_text (database, "DELETE FROM bulk_rows WHERE bulk = ?", id, error) &&
         run_with_text (database, "DELETE FROM bulks WHERE id = ?", id, error);
}

static gboolean
read_rows (sqlite3       *database,
           KvarKeptBulk  *bulk,
           GError       **error)
{
  static const char sql[] =
    "SELECT id, position, state, data FROM bulk_rows WHERE bulk = ? ORDER BY position, id";
  g_autoptr(KvarStatement) statement = kvar_sql_prepare (database, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;

  kvar_sql_bind_text (statement, 1, bulk->id);
  for (;;)
    {
      KvarKeptBulkRow *row;

      if (!kvar_sql_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;

      row = g_new0 (KvarKeptBulkRow, 1);
      row->id = kvar_sql_dup_text (statement, 0);
      row->position = (guint)sqlite3_column_int64 (statement, 1);
      row->state = kvar_sql_dup_text (statement, 2);
      row->data = kvar_sql_dup_data (statement, 3, KVAR_KEPT_BULK_ROW_TYPE);
      if (row->data != NULL)
        g_ptr_array_add (bulk->rows, row);
      else
        kvar_kept_bulk_row_free (row);
    }
}

/**
 * kvar_journal_read_bulks:
 *
 * Returns: (transfer full) (nullable) (element-type KvarKeptBulk): the oldest first
 */
GPtrArray *
kvar_journal_read_bulks (sqlite3     *database,
                         const char  *project,
                         const char  *user,
                         GError     **error)
{
  static const char sql[] =
    "SELECT id, relation, field, undoes, began_at FROM bulks WHERE project = ? AND user = ? "
    "ORDER BY began_at, id";
  g_autoptr(KvarStatement) statement = kvar_sql_prepare (database, sql, error);
  g_autoptr(GPtrArray) bulks = NULL;
  gboolean has_row;

  if (statement == NULL)
    return NULL;

  kvar_sql_bind_text (statement, 1, project);
  kvar_sql_bind_text (statement, 2, user);
  bulks = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_kept_bulk_free);
  for (;;)
    {
      KvarKeptBulk *bulk;

      if (!kvar_sql_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&bulks);

      bulk = kvar_kept_bulk_new ();
      g_ptr_array_add (bulks, bulk);
      bulk->id = kvar_sql_dup_text (statement, 0);
      bulk->relation = kvar_sql_dup_text (statement, 1);
      bulk->column = kvar_sql_dup_text (statement, 2);
      bulk->undoes = sqlite3_column_int (statement, 3) != 0;
      bulk->began_at = sqlite3_column_int64 (statement, 4);
      if (!read_rows (database, bulk, error))
        return NULL;
    }
}

gboolean
kvar_journal_purge_bulks_before (sqlite3  *database,
                                 gint64    time,
                                 GError  **error)
{
  g_autoptr(KvarStatement) statement = NULL;

  statement = kvar_sql_prepare (database, "DELETE FROM bulks WHERE began_at < ?", error);
  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, time);

  return kvar_sql_run (statement, error) &&
         kvar_sql_exec (database, "DELETE FROM bulk_rows WHERE bulk NOT IN "
                                  "(SELECT id FROM bulks)", error);
}
