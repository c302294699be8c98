/* kvar-journal-bulks.h: the journal's tables of changes under way, and their statements
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only for what runs in a database's thread, or on a file that nobody else has open.
 */

#pragma once

#include "journal/kvar-kept-bulk.h"

G_BEGIN_DECLS

struct sqlite3;

/* A step of the journal's. No two tables have as many columns: see kvar-journal-recovery.c. */
#define KVAR_JOURNAL_BULKS_TABLES \
  "CREATE TABLE bulks (" \
  "  id TEXT NOT NULL PRIMARY KEY," \
  "  project TEXT NOT NULL," \
  "  user TEXT NOT NULL," \
  "  relation TEXT NOT NULL," \
  "  field TEXT NOT NULL," \
  "  undoes INTEGER NOT NULL," \
  "  began_at INTEGER NOT NULL" \
  ");" \
  "CREATE TABLE bulk_rows (" \
  "  id TEXT NOT NULL PRIMARY KEY," \
  "  bulk TEXT NOT NULL," \
  "  position INTEGER NOT NULL," \
  "  state TEXT NOT NULL," \
  "  data BLOB NOT NULL" \
  ");" \
  "CREATE INDEX rows_of_bulk ON bulk_rows (bulk)"

gboolean   kvar_journal_put_bulk           (struct sqlite3      *database,
                                            const char          *project,
                                            const char          *user,
                                            const KvarKeptBulk  *bulk,
                                            GError             **error);
gboolean   kvar_journal_drop_bulk_rows     (struct sqlite3      *database,
                                            const char          *id,
                                            GError             **error);
GPtrArray *kvar_journal_read_bulks         (struct sqlite3      *database,
                                            const char          *project,
                                            const char          *user,
                                            GError             **error);
gboolean   kvar_journal_purge_bulks_before (struct sqlite3      *database,
                                            gint64               time,
                                            GError             **error);

G_END_DECLS
