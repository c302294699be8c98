/* kvar-demo-database.c: the one SQLite database that accounts and sample tables live in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <gio/gio.h>

#include "kvar-demo-database.h"

struct _KvarDemoDatabase
{
  sqlite3 *handle;
};

static sqlite3_stmt *
prepare_va (KvarDemoDatabase *self,
            const char       *sql,
            const char       *types,
            va_list           values)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (self->handle, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s\n%s", sqlite3_errmsg (self->handle), sql);

  for (int i = 0; types[i] != '\0'; i++)
    {
      if (types[i] == 's')
        sqlite3_bind_text (statement, i + 1, va_arg (values, const char *), -1,
                           SQLITE_TRANSIENT);
      else
        sqlite3_bind_int64 (statement, i + 1, va_arg (values, gint64));
    }

  return statement;
}

/**
 * kvar_demo_database_open:
 * @path: a file, made when it is missing, or ":memory:"
 *
 * Returns: (transfer full): the open database, or %NULL with @error set
 */
KvarDemoDatabase *
kvar_demo_database_open (const char  *path,
                         GError     **error)
{
  g_autoptr(KvarDemoDatabase) self = g_new0 (KvarDemoDatabase, 1);
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX;
  const char *setup = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                      "PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000;"
                      "PRAGMA cache_size = -65536;";

  if (sqlite3_open_v2 (path, &self->handle, flags, NULL) != SQLITE_OK ||
      sqlite3_exec (self->handle, setup, NULL, NULL, NULL) != SQLITE_OK)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Cannot open the database “%s”: %s",
                   path, sqlite3_errmsg (self->handle));
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
kvar_demo_database_free (KvarDemoDatabase *self)
{
  if (self == NULL)
    return;

  sqlite3_close_v2 (self->handle);
  g_free (self);
}

/**
 * kvar_demo_database_get_handle:
 *
 * Returns: (transfer none): the connection; used on the main thread only
 */
sqlite3 *
kvar_demo_database_get_handle (KvarDemoDatabase *self)
{
  return self->handle;
}

/**
 * kvar_demo_database_exec:
 *
 * Runs @sql, which is the demo's own text and therefore must work.
 */
void
kvar_demo_database_exec (KvarDemoDatabase *self,
                         const char       *sql)
{
  g_autofree char *copy = NULL;
  char *message = NULL;

  if (sqlite3_exec (self->handle, sql, NULL, NULL, &message) == SQLITE_OK)
    return;

  copy = g_strdup (message);
  sqlite3_free (message);
  g_error ("%s\n%s", copy, sql);
}

/**
 * kvar_demo_database_prepare:
 * @types: one letter for each parameter: s text (nullable), i gint64
 *
 * Prepares the demo's own @sql, which must be right, and binds its parameters.
 *
 * Returns: (transfer full): the statement, before its first step
 */
sqlite3_stmt *
kvar_demo_database_prepare (KvarDemoDatabase *self,
                            const char       *sql,
                            const char       *types,
                            ...)
{
  sqlite3_stmt *statement;
  va_list values;

  va_start (values, types);
  statement = prepare_va (self, sql, types, values);
  va_end (values);

  return statement;
}

/**
 * kvar_demo_database_run:
 * @types: as for kvar_demo_database_prepare()
 *
 * Runs one statement without rows that must work.
 *
 * Returns: how many rows it changed
 */
int
kvar_demo_database_run (KvarDemoDatabase *self,
                        const char       *sql,
                        const char       *types,
                        ...)
{
  g_autoptr(sqlite3_stmt) statement = NULL;
  va_list values;

  va_start (values, types);
  statement = prepare_va (self, sql, types, values);
  va_end (values);

  if (sqlite3_step (statement) != SQLITE_DONE)
    g_error ("%s\n%s", sqlite3_errmsg (self->handle), sql);

  return sqlite3_changes (self->handle);
}
