/* kvar-export-seen.c: Remembers which rows an export has met, on disk rather than in memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-export-seen"

#include "config.h"

#include <sqlite3.h>

#include "export/kvar-export-error.h"
#include "export/kvar-export-seen.h"

struct _KvarExportSeen
{
  sqlite3      *database;   /* temporary: SQLite deletes it when it is closed */
  sqlite3_stmt *insert;
};

static gboolean
fail (KvarExportSeen  *self,
      int              result,
      GError         **error)
{
  g_propagate_error (error, kvar_export_error_new (result == SQLITE_FULL
                                                   ? KVAR_EXPORT_NO_SPACE
                                                   : KVAR_EXPORT_WRITE_FAILED,
                                                   sqlite3_errmsg (self->database)));

  return FALSE;
}

KvarExportSeen *
kvar_export_seen_new (GError **error)
{
  static const char setup[] =
    "PRAGMA journal_mode = OFF;"
    "PRAGMA synchronous = OFF;"
    "PRAGMA locking_mode = EXCLUSIVE;"
    "PRAGMA cache_size = -8192;"
    "CREATE TABLE seen (key BLOB PRIMARY KEY) WITHOUT ROWID;"
    "BEGIN;";
  g_autoptr(KvarExportSeen) self = g_new0 (KvarExportSeen, 1);
  int result;

  result = sqlite3_open ("", &self->database);
  if (result == SQLITE_OK)
    result = sqlite3_exec (self->database, setup, NULL, NULL, NULL);
  if (result == SQLITE_OK)
    result = sqlite3_prepare_v2 (self->database, "INSERT OR IGNORE INTO seen VALUES (?1)", -1,
                                 &self->insert, NULL);
  if (result == SQLITE_OK)
    return g_steal_pointer (&self);

  fail (self, result, error);

  return NULL;
}

void
kvar_export_seen_free (KvarExportSeen *self)
{
  g_clear_pointer (&self->insert, sqlite3_finalize);
  g_clear_pointer (&self->database, sqlite3_close);
  g_free (self);
}

/**
 * kvar_export_seen_add:
 * @fresh: (out): whether @key has not been met before
 */
gboolean
kvar_export_seen_add (KvarExportSeen  *self,
                      const char      *key,
                      gsize            length,
                      gboolean        *fresh,
                      GError         **error)
{
  int result;

  g_return_val_if_fail (self != NULL, FALSE);

  sqlite3_bind_blob64 (self->insert, 1, key, length, SQLITE_STATIC);
  result = sqlite3_step (self->insert);
  *fresh = sqlite3_changes (self->database) > 0;
  sqlite3_reset (self->insert);

  return result == SQLITE_DONE ? TRUE : fail (self, result, error);
}
