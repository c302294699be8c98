/* kvar-export-journal.h: How far an export has come, and which rows it has met.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _KvarExportJournal KvarExportJournal;

KvarExportJournal *kvar_export_journal_open    (const char         *path,
                                                GError            **error);
void               kvar_export_journal_free    (KvarExportJournal  *self);
gboolean           kvar_export_journal_add_key (KvarExportJournal  *self,
                                                const char         *key,
                                                gsize               length,
                                                gboolean           *fresh,
                                                GError            **error);
gboolean           kvar_export_journal_put     (KvarExportJournal  *self,
                                                const char         *name,
                                                GVariant           *value,
                                                GError            **error);
GVariant          *kvar_export_journal_get     (KvarExportJournal  *self,
                                                const char         *name);
gboolean           kvar_export_journal_commit  (KvarExportJournal  *self,
                                                GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarExportJournal, kvar_export_journal_free)

G_END_DECLS
