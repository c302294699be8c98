/* kvar-journal-recovery.c: takes out of a damaged journal what can still be read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables are read as far as SQLite can read them. Where it cannot, the leaves of the file
 * tell the rest: what is deleted is overwritten (secure_delete), so that they hold no ghosts.
 */

#define G_LOG_DOMAIN "kvar-journal"

#include "config.h"

#include "journal/kvar-journal-recovery.h"
#include "journal/kvar-page-scan.h"
#include "journal/kvar-sql.h"

/* One table of the new file. */
typedef struct
{
  char          *name;
  char          *columns;     /* as they stand in SQL, the same in both files */
  int            n_columns;   /* which tells a row's table: no two have as many */
  KvarStatement *insert;
  guint          n_saved;
} Table;

typedef struct
{
  sqlite3   *fresh;
  GPtrArray *tables;      /* (element-type Table) */
  GError    *error;       /* (nullable) the new file's: it ends everything */
} Rescue;

static void
table_free (Table *table)
{
  g_free (table->name);
  g_free (table->columns);
  g_clear_pointer (&table->insert, sqlite3_finalize);
  g_free (table);
}

static Table *
table_new (sqlite3     *fresh,
           const char  *name,
           GError     **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s", name);
  g_autofree char *insert = NULL;
  g_autoptr(KvarStatement) all = kvar_sql_prepare (fresh, sql, error);
  g_autoptr(GString) names = g_string_new (NULL);
  g_autoptr(GString) marks = g_string_new (NULL);
  Table *table;

  if (all == NULL)
    return NULL;

  table = g_new0 (Table, 1);
  table->name = g_strdup (name);
  table->n_columns = sqlite3_column_count (all);
  for (int i = 0; i < table->n_columns; i++)
    {
      g_string_append_printf (names, "%s\"%s\"", i > 0 ? ", " : "", sqlite3_column_name (all, i));
      g_string_append (marks, i > 0 ? ", ?" : "?");
    }

  insert = g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s)", name, names->str, marks->str);
  table->columns = g_string_free (g_steal_pointer (&names), FALSE);
  table->insert = kvar_sql_prepare (fresh, insert, error);

  return table;
}

static gboolean
list_tables (Rescue *rescue)
{
  static const char sql[] =
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
  g_autoptr(KvarStatement) statement = kvar_sql_prepare (rescue->fresh, sql, &rescue->error);

  while (statement != NULL && rescue->error == NULL && sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *name = (const char *)sqlite3_column_text (statement, 0);
      Table *table = table_new (rescue->fresh, name, &rescue->error);

      if (table != NULL)
        g_ptr_array_add (rescue->tables, table);
    }

  return rescue->error == NULL;
}

/* A row that is there already, or breaks the table's own rules, is passed over. */
static void
insert_row (Rescue *rescue,
            Table  *table)
{
  int result = sqlite3_step (table->insert);

  if (result == SQLITE_DONE)
    table->n_saved++;
  else if ((result & 0xff) != SQLITE_CONSTRAINT)
    kvar_sql_fail (rescue->fresh, &rescue->error);

  sqlite3_reset (table->insert);
}

/* Returns: whether the table could be read to its end */
static gboolean
copy_table (Rescue  *rescue,
            Table   *table,
            sqlite3 *damaged)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s NOT INDEXED", table->columns,
                                          table->name);
  g_autoptr(KvarStatement) rows = kvar_sql_prepare (damaged, sql, NULL);
  int result = SQLITE_ERROR;

  while (rows != NULL && rescue->error == NULL && (result = sqlite3_step (rows)) == SQLITE_ROW)
    {
      for (int i = 0; i < table->n_columns; i++)
        sqlite3_bind_value (table->insert, i + 1, sqlite3_column_value (rows, i));
      insert_row (rescue, table);
    }

  return result == SQLITE_DONE;
}

/* Returns: whether all of it could be read */
static gboolean
copy_file (Rescue     *rescue,
           const char *path)
{
  sqlite3 *damaged = NULL;
  gboolean whole = FALSE;

  if (sqlite3_open_v2 (path, &damaged, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                       NULL) == SQLITE_OK)
    {
      whole = TRUE;
      sqlite3_db_config (damaged, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
      for (guint i = 0; i < rescue->tables->len; i++)
        whole = copy_table (rescue, g_ptr_array_index (rescue->tables, i), damaged) && whole;
    }
  sqlite3_close (damaged);

  return whole;
}

static void
bind_value (KvarStatement       *statement,
            int                  index,
            const KvarScanValue *value)
{
  switch (value->type)
    {
    case KVAR_SCAN_NUMBER:
      sqlite3_bind_int64 (statement, index, value->number);
      break;

    case KVAR_SCAN_TEXT:
      sqlite3_bind_text64 (statement, index, (const char *)value->data, value->size,
                           SQLITE_STATIC, SQLITE_UTF8);
      break;

    case KVAR_SCAN_BLOB:
      if (value->size > 0)
        sqlite3_bind_blob64 (statement, index, value->data, value->size, SQLITE_STATIC);
      else
        sqlite3_bind_zeroblob (statement, index, 0);
      break;

    case KVAR_SCAN_NULL:
    default:
      sqlite3_bind_null (statement, index);
      break;
    }
}

/* The pages hold other rows too: SQLite's own, and those of the indexes. */
static gboolean
is_row_of (Table  *table,
           GArray *values)
{
  KvarScanValue *id = &g_array_index (values, KvarScanValue, 0);
  g_autofree char *text = NULL;

  if (values->len != (guint)table->n_columns || id->type != KVAR_SCAN_TEXT)
    return FALSE;

  text = g_strndup ((const char *)id->data, id->size);

  return g_uuid_string_is_valid (text);
}

static void
row_found (GArray   *values,
           gpointer  user_data)
{
  Rescue *rescue = user_data;

  for (guint i = 0; i < rescue->tables->len && rescue->error == NULL && values->len > 0; i++)
    {
      Table *table = g_ptr_array_index (rescue->tables, i);

      if (!is_row_of (table, values))
        continue;

      for (guint j = 0; j < values->len; j++)
        bind_value (table->insert, j + 1, &g_array_index (values, KvarScanValue, j));
      insert_row (rescue, table);
      sqlite3_clear_bindings (table->insert);
    }
}

static gboolean
rescue_end (Rescue  *rescue,
            GError **error)
{
  GError *failure = g_steal_pointer (&rescue->error);

  for (guint i = 0; i < rescue->tables->len; i++)
    {
      Table *table = g_ptr_array_index (rescue->tables, i);

      g_message ("%u rows of %s could still be read", table->n_saved, table->name);
    }
  g_ptr_array_unref (rescue->tables);
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, failure);

  return FALSE;
}

static gboolean
rescue_file (const char  *path,
             sqlite3     *fresh,
             gboolean     only_look,
             GError     **error)
{
  g_autoptr(KvarPageScan) scan = NULL;
  Rescue rescue = { .fresh = fresh };

  /* First of all: SQLite throws away the log of a file that has been cut off. */
  scan = kvar_page_scan_new (path);
  rescue.tables = g_ptr_array_new_with_free_func ((GDestroyNotify)table_free);
  if (list_tables (&rescue) && (only_look || !copy_file (&rescue, path)))
    kvar_page_scan_run (scan, row_found, &rescue);

  return rescue_end (&rescue, error);
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
  return rescue_file (damaged, fresh, FALSE, error);
}

/**
 * kvar_journal_look:
 *
 * As kvar_journal_salvage(), but does nothing at all to the damaged file.
 */
gboolean
kvar_journal_look (const char  *damaged,
                   sqlite3     *fresh,
                   GError     **error)
{
  return rescue_file (damaged, fresh, TRUE, error);
}
