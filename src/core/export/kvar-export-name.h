/* kvar-export-name.h: Suggests what an exported file is called.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "export/kvar-file-format.h"
#include "schema/kvar-table.h"

G_BEGIN_DECLS

char *kvar_export_name_suggest (KvarTable      *table,
                                KvarFileFormat  format,
                                gint64          wall_time);

gboolean kvar_export_name_is_suggested (KvarTable      *table,
                                        KvarFileFormat  format,
                                        const char     *name);

G_END_DECLS
