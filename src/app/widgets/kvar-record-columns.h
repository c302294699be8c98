/* kvar-record-columns.h: the columns of a list of records, made from their table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "grid/kvar-grid.h"
#include "records/kvar-query.h"
#include "schema/kvar-table.h"

G_BEGIN_DECLS

char **kvar_record_columns_choose     (KvarTable         *table,
                                       KvarQuery         *query);
void   kvar_record_columns_fill       (KvarGrid          *grid,
                                       KvarTable         *table,
                                       const char *const *names);
void   kvar_record_columns_show_order (KvarGrid          *grid,
                                       KvarQuery         *query);

G_END_DECLS
