/* kvar-journal-tables.h: the journal's tables, and the statements that read and write them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only for what runs in a database's thread, or on a file that nobody else has open.
 */

#pragma once

#include "journal/kvar-kept-draft.h"

G_BEGIN_DECLS

struct sqlite3;

extern const char *const kvar_journal_steps[];

gboolean   kvar_journal_put_draft    (struct sqlite3       *database,
                                      const KvarKeptDraft  *draft,
                                      GError              **error);
gboolean   kvar_journal_drop_draft   (struct sqlite3       *database,
                                      const char           *id,
                                      GError              **error);
GPtrArray *kvar_journal_read_drafts  (struct sqlite3       *database,
                                      const char           *project,
                                      const char           *user,
                                      GError              **error);
gboolean   kvar_journal_purge_before (struct sqlite3       *database,
                                      gint64                time,
                                      GError              **error);

G_END_DECLS
