/* kvar-json-format.h: Rows as JSON: one array, or an object a line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "export/kvar-export-format.h"

G_BEGIN_DECLS

#define KVAR_TYPE_JSON_FORMAT (kvar_json_format_get_type ())

G_DECLARE_FINAL_TYPE (KvarJsonFormat, kvar_json_format, KVAR, JSON_FORMAT, GObject)

KvarExportFormat *kvar_json_format_new (GPtrArray *columns,
                                        gboolean   lines);

G_END_DECLS
