/* kvar-export-seen.h: Remembers which rows an export has met, on disk rather than in memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _KvarExportSeen KvarExportSeen;

KvarExportSeen *kvar_export_seen_new  (GError         **error);
void            kvar_export_seen_free (KvarExportSeen  *self);
gboolean        kvar_export_seen_add  (KvarExportSeen  *self,
                                       const char      *key,
                                       gsize            length,
                                       gboolean        *fresh,
                                       GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarExportSeen, kvar_export_seen_free)

G_END_DECLS
