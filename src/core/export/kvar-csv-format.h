/* kvar-csv-format.h: Rows as CSV: exact, or as Excel wants it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "export/kvar-export-format.h"

G_BEGIN_DECLS

#define KVAR_TYPE_CSV_FORMAT (kvar_csv_format_get_type ())

G_DECLARE_FINAL_TYPE (KvarCsvFormat, kvar_csv_format, KVAR, CSV_FORMAT, GObject)

KvarExportFormat *kvar_csv_format_new (GPtrArray *columns,
                                       gboolean   for_excel);

G_END_DECLS
