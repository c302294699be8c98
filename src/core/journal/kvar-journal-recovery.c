/* kvar-journal-recovery.c: takes out of a damaged journal what can still be read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table is read from its beginning until a page cannot be, then from its end, and what lies
 * between row by row: each row is found from the top, so that one bad page costs its own rows
 * only. A file whose first page is bad is tried again with the first page of a new file, which
 * names the same tables at the same places.
 */

#define G_LOG_DOMAIN "kvar-journal"

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "journal/kvar-journal-recovery.h"
#include "journal/kvar-sql.h"

/* Rows beyond the last one that was read are looked for one by one: so many at most. */
#define MAX_PROBES 20000

typedef struct
{
  const char    *table;
  char          *columns;     /* as they stand in SQL, and in the same order in both files */
  int            n_columns;
  sqlite3       *damaged;
  KvarStatement *insert;      /* into the new file */
  guint          n_saved;
  GError        *error;       /* (nullable) the new file's: it ends everything */
} Rescue;

/* Copies rows while they can be read; gives back the last rowid, or @last if there was none. */
static gint64
copy_rows (Rescue     *rescue,
           const char *where,
           gint64      from,
           gint64      last)
{
  g_autofree char *sql = g_strdup_printf ("SELECT rowid, %s FROM %s WHERE %s", rescue->columns,
                                          rescue->table, where);
  g_autoptr(KvarStatement) rows = kvar_sql_prepare (rescue->damaged, sql, NULL);

  if (rows == NULL)
    return last;

  sqlite3_bind_int64 (rows, 1, from);
  while (rescue->error == NULL && sqlite3_step (rows) == SQLITE_ROW)
    {
      last = sqlite3_column_int64 (rows, 0);
      for (int i = 0; i < rescue->n_columns; i++)
        sqlite3_bind_value (rescue->insert, i + 1, sqlite3_column_value (rows, i + 1));

      /* A row that breaks the table's own rules is not one. */
      if (sqlite3_step (rescue->insert) == SQLITE_DONE)
        rescue->n_saved++;
      else if ((sqlite3_errcode (sqlite3_db_handle (rescue->insert)) & 0xff) !=
               SQLITE_CONSTRAINT)
        kvar_sql_fail (sqlite3_db_handle (rescue->insert), &rescue->error);
      sqlite3_reset (rescue->insert);
    }

  return last;
}

static void
rescue_rows (Rescue *rescue)
{
  gint64 first = copy_rows (rescue, "rowid > ? ORDER BY rowid", G_MININT64, 0);
  gint64 last = copy_rows (rescue, "rowid < ? ORDER BY rowid DESC", G_MAXINT64, G_MAXINT64);

  if (last - first > MAX_PROBES || last - first < 0)
    last = first + MAX_PROBES;
  for (gint64 rowid = first + 1; rowid < last && rescue->error == NULL; rowid++)
    copy_rows (rescue, "rowid = ?", rowid, 0);
}

/* The columns that the new file has: a damaged one may no longer name its own. */
static gboolean
describe_table (Rescue   *rescue,
                sqlite3  *fresh,
                GError  **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s", rescue->table);
  g_autofree char *insert = NULL;
  g_autoptr(KvarStatement) all = kvar_sql_prepare (fresh, sql, error);
  g_autoptr(GString) names = g_string_new (NULL);
  g_autoptr(GString) marks = g_string_new (NULL);

  if (all == NULL)
    return FALSE;

  rescue->n_columns = sqlite3_column_count (all);
  for (int i = 0; i < rescue->n_columns; i++)
    {
      g_string_append_printf (names, "%s\"%s\"", i > 0 ? ", " : "", sqlite3_column_name (all, i));
      g_string_append (marks, i > 0 ? ", ?" : "?");
    }

  insert = g_strdup_printf ("INSERT OR IGNORE INTO %s (%s) VALUES (%s)", rescue->table,
                            names->str, marks->str);
  rescue->columns = g_string_free (g_steal_pointer (&names), FALSE);
  rescue->insert = kvar_sql_prepare (fresh, insert, error);

  return rescue->insert != NULL;
}

static gboolean
rescue_table (const char  *table,
              sqlite3     *damaged,
              sqlite3     *fresh,
              GError     **error)
{
  Rescue rescue = { .table = table, .damaged = damaged };

  if (describe_table (&rescue, fresh, error))
    {
      rescue_rows (&rescue);
      g_message ("%u rows of %s could still be read", rescue.n_saved, table);
    }

  g_clear_pointer (&rescue.insert, sqlite3_finalize);
  g_free (rescue.columns);
  if (rescue.error == NULL)
    return *error == NULL;

  g_propagate_error (error, rescue.error);

  return FALSE;
}

static GStrv
list_tables (sqlite3  *fresh,
             GError  **error)
{
  static const char sql[] =
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
  g_autoptr(KvarStatement) statement = kvar_sql_prepare (fresh, sql, error);
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

  if (statement == NULL)
    return NULL;
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_strv_builder_add (names, (const char *)sqlite3_column_text (statement, 0));

  return g_strv_builder_end (names);
}

/* What cannot be opened at all holds nothing. */
static gboolean
rescue_file (const char  *path,
             sqlite3     *fresh,
             GError     **error)
{
  g_auto(GStrv) tables = list_tables (fresh, error);
  GError *local = NULL;
  sqlite3 *damaged = NULL;

  if (tables == NULL)
    return FALSE;

  if (sqlite3_open_v2 (path, &damaged, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                       NULL) == SQLITE_OK)
    {
      sqlite3_db_config (damaged, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
      for (guint i = 0; tables[i] != NULL && local == NULL; i++)
        rescue_table (tables[i], damaged, fresh, &local);
    }
  sqlite3_close (damaged);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);

  return FALSE;
}

/**
 * kvar_journal_salvage:
 * @damaged: a file that nobody has open
 * @fresh: has the same tables, and a transaction begun
 *
 * Copies what can still be read. Fails only where @fresh cannot be written.
 */
gboolean
kvar_journal_salvage (const char  *damaged,
                      sqlite3     *fresh,
                      GError     **error)
{
  return rescue_file (damaged, fresh, error);
}
