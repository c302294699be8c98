/* kvar-xlsx-format.h: Rows as an Excel workbook.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "export/kvar-export-format.h"

G_BEGIN_DECLS

#define KVAR_TYPE_XLSX_FORMAT (kvar_xlsx_format_get_type ())

G_DECLARE_FINAL_TYPE (KvarXlsxFormat, kvar_xlsx_format, KVAR, XLSX_FORMAT, GObject)

KvarExportFormat *kvar_xlsx_format_new           (GPtrArray      *columns,
                                                  const char     *title);
void              kvar_xlsx_format_set_max_rows  (KvarXlsxFormat *self,
                                                  guint           max_rows);

G_END_DECLS
