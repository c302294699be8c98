/* kvar-export-dialog.h: which records, which columns, and where to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "export/kvar-file-format.h"
#include "kvar-workspace.h"
#include "records/kvar-query.h"

G_BEGIN_DECLS

#define KVAR_TYPE_EXPORT_DIALOG (kvar_export_dialog_get_type ())

G_DECLARE_FINAL_TYPE (KvarExportDialog, kvar_export_dialog, KVAR, EXPORT_DIALOG, AdwWindow)

void kvar_export_dialog_present (GtkWidget         *parent,
                                 KvarWorkspace     *workspace,
                                 KvarTable         *table,
                                 KvarQuery         *query,
                                 const char *const *columns,
                                 const char *const *keys,
                                 gint64             total);

G_END_DECLS
