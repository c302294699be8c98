/* kvar-journal.h: the drafts of one user in one project, on disk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "journal/kvar-database.h"
#include "journal/kvar-kept-bulk.h"
#include "journal/kvar-kept-draft.h"
#include "journal/kvar-own-edit.h"

G_BEGIN_DECLS

/* How long what was discarded can be brought back, and what was saved can be looked up. */
#define KVAR_JOURNAL_DAYS 30

#define KVAR_TYPE_JOURNAL (kvar_journal_get_type ())

G_DECLARE_FINAL_TYPE (KvarJournal, kvar_journal, KVAR, JOURNAL, GObject)

KvarDatabase *kvar_journal_new_database     (const char           *folder);

char         *kvar_journal_dup_path         (const char           *folder);
GPtrArray    *kvar_journal_read_file        (const char           *path,
                                             const char           *project,
                                             const char           *user,
                                             GError              **error);

KvarJournal  *kvar_journal_new              (KvarDatabase         *database,
                                             const char           *project,
                                             const char           *user);
KvarDatabase *kvar_journal_get_database     (KvarJournal          *self);
void          kvar_journal_write_async      (KvarJournal          *self,
                                             GPtrArray            *drafts,
                                             const char *const    *gone,
                                             GPtrArray            *edits,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean      kvar_journal_write_finish     (KvarJournal          *self,
                                             GAsyncResult         *result,
                                             GError              **error);
void          kvar_journal_load_async       (KvarJournal          *self,
                                             gint64                now,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
GPtrArray    *kvar_journal_load_finish      (KvarJournal          *self,
                                             GAsyncResult         *result,
                                             GError              **error);
void          kvar_journal_list_edits_async (KvarJournal          *self,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
GPtrArray    *kvar_journal_list_edits_finish (KvarJournal         *self,
                                             GAsyncResult         *result,
                                             GError              **error);
void          kvar_journal_write_bulk_async (KvarJournal          *self,
                                             KvarKeptBulk         *bulk,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean      kvar_journal_write_bulk_finish (KvarJournal         *self,
                                             GAsyncResult         *result,
                                             GError              **error);
void          kvar_journal_drop_bulk        (KvarJournal          *self,
                                             const char           *id);
void          kvar_journal_list_bulks_async (KvarJournal          *self,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
GPtrArray    *kvar_journal_list_bulks_finish (KvarJournal         *self,
                                             GAsyncResult         *result,
                                             GError              **error);

G_END_DECLS
