/* kvar-export-part.h: The file that an export grows in Kvar's own folder, and what is left of one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "export/kvar-export-journal.h"

G_BEGIN_DECLS

typedef struct _KvarExportPart KvarExportPart;

KvarExportPart    *kvar_export_part_new          (GVariant        *description,
                                                  GError         **error);
KvarExportPart    *kvar_export_part_find         (GVariant        *description);
GPtrArray         *kvar_export_part_list         (void);
void               kvar_export_part_free         (KvarExportPart  *self);
int                kvar_export_part_get_fd       (KvarExportPart  *self);
const char        *kvar_export_part_get_path     (KvarExportPart  *self);
KvarExportJournal *kvar_export_part_get_journal  (KvarExportPart  *self);
GVariant          *kvar_export_part_get_progress (KvarExportPart  *self);
gboolean           kvar_export_part_commit       (KvarExportPart  *self,
                                                  GVariant        *progress,
                                                  GError         **error);
void               kvar_export_part_discard      (KvarExportPart  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarExportPart, kvar_export_part_free)

G_END_DECLS
