/* kvar-export-journal.c: How far an export has come, and which rows it has met.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both change in one transaction: after a crash, no row is taken for written that is not in the
 * part of the file that counts, and none is written twice.
 */

#define G_LOG_DOMAIN "kvar-export-journal"

#include "config.h"

#include <errno.h>
#include <sqlite3.h>

#include "export/kvar-export-error.h"
#include "export/kvar-export-journal.h"

struct _KvarExportJournal
{
  sqlite3      *database;
  sqlite3_stmt *add_key;
  sqlite3_stmt *put;
  sqlite3_stmt *get;
};

static gboolean
fail (KvarExportJournal  *self,
      int                 result,
      GError            **error)
{
  int extended = sqlite3_extended_errcode (self->database);
  int saved_errno = sqlite3_system_errno (self->database);

  /* A quota and a limit are no full disk to SQLite. */
  if (result == SQLITE_FULL || extended == SQLITE_IOERR_WRITE)
    saved_errno = ENOSPC;

  g_message ("The export's journal: %s", sqlite3_errmsg (self->database));
  g_propagate_error (error, kvar_export_error_from_errno (saved_errno));

  return FALSE;
}

static int
prepare (KvarExportJournal *self)
{
  int result;

  result = sqlite3_prepare_v2 (self->database, "INSERT OR IGNORE INTO seen VALUES (?1)", -1,
                               &self->add_key, NULL);
  if (result == SQLITE_OK)
    result = sqlite3_prepare_v2 (self->database, "INSERT OR REPLACE INTO state VALUES (?1, ?2)",
                                 -1, &self->put, NULL);
  if (result == SQLITE_OK)
    result = sqlite3_prepare_v2 (self->database, "SELECT value FROM state WHERE name = ?1", -1,
                                 &self->get, NULL);

  return result;
}

/**
 * kvar_export_journal_open:
 * @path: (nullable): its file; %NULL for one that is gone with the process, which only
 *   remembers rows
 */
KvarExportJournal *
kvar_export_journal_open (const char  *path,
                          GError     **error)
{
  static const char lasting[] = "PRAGMA locking_mode = EXCLUSIVE;"
                                "PRAGMA journal_mode = WAL;"
                                "PRAGMA synchronous = NORMAL;";
  static const char passing[] = "PRAGMA journal_mode = OFF;"
                                "PRAGMA synchronous = OFF;"
                                "PRAGMA locking_mode = EXCLUSIVE;";
  static const char setup[] =
    "PRAGMA cache_size = -8192;"
    "CREATE TABLE IF NOT EXISTS seen (key BLOB PRIMARY KEY) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value BLOB);"
    "BEGIN;";
  g_autoptr(KvarExportJournal) self = g_new0 (KvarExportJournal, 1);
  int result;

  result = sqlite3_open (path != NULL ? path : "", &self->database);
  if (result == SQLITE_OK)
    result = sqlite3_exec (self->database, path != NULL ? lasting : passing, NULL, NULL, NULL);
  if (result == SQLITE_OK)
    result = sqlite3_exec (self->database, setup, NULL, NULL, NULL);
  if (result == SQLITE_OK)
    result = prepare (self);
  if (result == SQLITE_OK)
    return g_steal_pointer (&self);

  fail (self, result, error);

  return NULL;
}

/* What was not committed is forgotten. */
void
kvar_export_journal_free (KvarExportJournal *self)
{
  g_clear_pointer (&self->add_key, sqlite3_finalize);
  g_clear_pointer (&self->put, sqlite3_finalize);
  g_clear_pointer (&self->get, sqlite3_finalize);
  g_clear_pointer (&self->database, sqlite3_close);
  g_free (self);
}

/**
 * kvar_export_journal_add_key:
 * @fresh: (out): whether @key has not been met before
 */
gboolean
kvar_export_journal_add_key (KvarExportJournal  *self,
                             const char         *key,
                             gsize               length,
                             gboolean           *fresh,
                             GError            **error)
{
  int result;

  g_return_val_if_fail (self != NULL, FALSE);

  sqlite3_bind_blob64 (self->add_key, 1, key, length, SQLITE_STATIC);
  result = sqlite3_step (self->add_key);
  *fresh = sqlite3_changes (self->database) > 0;
  sqlite3_reset (self->add_key);

  return result == SQLITE_DONE ? TRUE : fail (self, result, error);
}

/**
 * kvar_export_journal_put:
 * @value: a vardict; not to be seen by another process before kvar_export_journal_commit()
 */
gboolean
kvar_export_journal_put (KvarExportJournal  *self,
                         const char         *name,
                         GVariant           *value,
                         GError            **error)
{
  g_autoptr(GBytes) bytes = NULL;
  gconstpointer data;
  gsize size;
  int result;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (g_variant_is_of_type (value, G_VARIANT_TYPE_VARDICT), FALSE);

  bytes = g_variant_get_data_as_bytes (value);
  data = g_bytes_get_data (bytes, &size);
  sqlite3_bind_text (self->put, 1, name, -1, SQLITE_STATIC);
  sqlite3_bind_blob64 (self->put, 2, data, size, SQLITE_STATIC);
  result = sqlite3_step (self->put);
  sqlite3_reset (self->put);

  return result == SQLITE_DONE ? TRUE : fail (self, result, error);
}

/**
 * kvar_export_journal_get:
 *
 * Returns: (transfer full) (nullable): what was put there under @name
 */
GVariant *
kvar_export_journal_get (KvarExportJournal *self,
                         const char        *name)
{
  GVariant *value = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  sqlite3_bind_text (self->get, 1, name, -1, SQLITE_STATIC);
  if (sqlite3_step (self->get) == SQLITE_ROW)
    {
      g_autoptr(GBytes) bytes = g_bytes_new (sqlite3_column_blob (self->get, 0),
                                             sqlite3_column_bytes (self->get, 0));

      value = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_VARDICT, bytes,
                                                            FALSE));
    }
  sqlite3_reset (self->get);

  return value;
}

/**
 * kvar_export_journal_commit:
 *
 * From here on, all that was put and added outlives the process.
 */
gboolean
kvar_export_journal_commit (KvarExportJournal  *self,
                            GError            **error)
{
  int result;

  g_return_val_if_fail (self != NULL, FALSE);

  result = sqlite3_exec (self->database, "COMMIT; BEGIN;", NULL, NULL, NULL);

  return result == SQLITE_OK ? TRUE : fail (self, result, error);
}
