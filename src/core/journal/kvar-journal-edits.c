/* kvar-journal-edits.c: the journal's table of what was saved, and its statements
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-journal"

#include "config.h"

#include "journal/kvar-journal-edits.h"
#include "journal/kvar-sql.h"

#define COLUMNS "id, project, user, relation, key, title, changes, is_new, old_version, " \
                "new_version, made_at"

gboolean
kvar_journal_put_edit (sqlite3            *database,
                       const char         *project,
                       const char         *user,
                       const KvarOwnEdit  *edit,
                       GError            **error)
{
  static const char sql[] = "INSERT OR REPLACE INTO edits (" COLUMNS ") VALUES "
                            "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  g_autoptr(KvarStatement) statement = kvar_sql_prepare (database, sql, error);
  int i = 1;

  if (statement == NULL)
    return FALSE;

  kvar_sql_bind_text (statement, i++, edit->id);
  kvar_sql_bind_text (statement, i++, project);
  kvar_sql_bind_text (statement, i++, user);
  kvar_sql_bind_text (statement, i++, edit->relation);
  kvar_sql_bind_text (statement, i++, edit->key);
  kvar_sql_bind_text (statement, i++, edit->title);
  kvar_sql_bind_data (statement, i++, edit->changes);
  sqlite3_bind_int (statement, i++, edit->is_new);
  kvar_sql_bind_text (statement, i++, edit->old_version);
  kvar_sql_bind_text (statement, i++, edit->new_version);
  sqlite3_bind_int64 (statement, i++, edit->made_at);

  return kvar_sql_run (statement, error);
}

static KvarOwnEdit *
read_edit (KvarStatement *statement)
{
  KvarOwnEdit *edit = g_new0 (KvarOwnEdit, 1);
  int i = 0;

  edit->id = kvar_sql_dup_text (statement, i++);
  edit->relation = kvar_sql_dup_text (statement, i++);
  edit->key = kvar_sql_dup_text (statement, i++);
  edit->title = kvar_sql_dup_text (statement, i++);
  edit->changes = kvar_sql_dup_data (statement, i++, KVAR_OWN_EDIT_CHANGES_TYPE);
  edit->is_new = sqlite3_column_int (statement, i++) != 0;
  edit->old_version = kvar_sql_dup_text (statement, i++);
  edit->new_version = kvar_sql_dup_text (statement, i++);
  edit->made_at = sqlite3_column_int64 (statement, i++);
  if (edit->changes == NULL)
    edit->changes = g_variant_ref_sink (
      g_variant_new_array (G_VARIANT_TYPE ("{s(msms)}"), NULL, 0));

  return edit;
}

/**
 * kvar_journal_read_edits:
 *
 * Returns: (transfer full) (nullable) (element-type KvarOwnEdit): the newest first
 */
GPtrArray *
kvar_journal_read_edits (sqlite3     *database,
                         const char  *project,
                         const char  *user,
                         GError     **error)
{
  static const char sql[] =
    "SELECT id, relation, key, title, changes, is_new, old_version, new_version, made_at "
    "FROM edits WHERE project = ? AND user = ? ORDER BY made_at DESC, rowid DESC";
  g_autoptr(KvarStatement) statement = kvar_sql_prepare (database, sql, error);
  g_autoptr(GPtrArray) edits = NULL;
  gboolean has_row;

  if (statement == NULL)
    return NULL;

  kvar_sql_bind_text (statement, 1, project);
  kvar_sql_bind_text (statement, 2, user);
  edits = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_own_edit_free);
  for (;;)
    {
      if (!kvar_sql_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&edits);

      g_ptr_array_add (edits, read_edit (statement));
    }
}

gboolean
kvar_journal_purge_edits_before (sqlite3  *database,
                                 gint64    time,
                                 GError  **error)
{
  g_autoptr(KvarStatement) statement = NULL;

  statement = kvar_sql_prepare (database, "DELETE FROM edits WHERE made_at < ?", error);
  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, time);

  return kvar_sql_run (statement, error);
}
