/* kvar-export-columns.h: the columns of an export, to be chosen and put in order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "schema/kvar-table.h"

G_BEGIN_DECLS

#define KVAR_TYPE_EXPORT_COLUMNS (kvar_export_columns_get_type ())

G_DECLARE_FINAL_TYPE (KvarExportColumns, kvar_export_columns, KVAR, EXPORT_COLUMNS,
                      AdwExpanderRow)

void      kvar_export_columns_set_table  (KvarExportColumns *self,
                                          KvarTable         *table);
void      kvar_export_columns_choose     (KvarExportColumns *self,
                                          const char *const *names);
char    **kvar_export_columns_dup_chosen (KvarExportColumns *self);
guint     kvar_export_columns_get_n_chosen
                                         (KvarExportColumns *self);
gboolean  kvar_export_columns_move_focus (KvarExportColumns *self,
                                          int                step);

G_END_DECLS
