/* kvar-journal-edits.h: the journal's table of what was saved, and its statements
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only for what runs in a database's thread, or on a file that nobody else has open.
 */

#pragma once

#include "journal/kvar-own-edit.h"

G_BEGIN_DECLS

struct sqlite3;

/* A step of the journal's. */
#define KVAR_JOURNAL_EDITS_TABLE \
  "CREATE TABLE edits (" \
  "  id TEXT NOT NULL PRIMARY KEY," \
  "  project TEXT NOT NULL," \
  "  user TEXT NOT NULL," \
  "  relation TEXT NOT NULL," \
  "  key TEXT NOT NULL," \
  "  title TEXT NOT NULL," \
  "  changes BLOB NOT NULL," \
  "  is_new INTEGER NOT NULL," \
  "  old_version TEXT," \
  "  new_version TEXT," \
  "  made_at INTEGER NOT NULL" \
  ");" \
  "CREATE INDEX edits_of_user ON edits (project, user, made_at)"

gboolean   kvar_journal_put_edit           (struct sqlite3     *database,
                                            const char         *project,
                                            const char         *user,
                                            const KvarOwnEdit  *edit,
                                            GError            **error);
GPtrArray *kvar_journal_read_edits         (struct sqlite3     *database,
                                            const char         *project,
                                            const char         *user,
                                            GError            **error);
gboolean   kvar_journal_purge_edits_before (struct sqlite3     *database,
                                            gint64              time,
                                            GError            **error);

G_END_DECLS
