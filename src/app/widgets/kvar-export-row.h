/* kvar-export-row.h: one export: its progress, and what can be done with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "export/kvar-export-job.h"

G_BEGIN_DECLS

#define KVAR_TYPE_EXPORT_ROW (kvar_export_row_get_type ())

G_DECLARE_FINAL_TYPE (KvarExportRow, kvar_export_row, KVAR, EXPORT_ROW, GtkListBoxRow)

GtkWidget     *kvar_export_row_new           (KvarExportJob *job);
char          *kvar_export_row_describe_done (KvarExportJob *job);
KvarExportJob *kvar_export_row_get_job       (KvarExportRow *self);
void           kvar_export_row_open          (KvarExportRow *self);

G_END_DECLS
