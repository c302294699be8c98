/* kvar-error-columns.h: which columns of a table an error of the server is about
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "schema/kvar-table.h"

G_BEGIN_DECLS

KvarColumn *kvar_error_find_column  (const GError *error,
                                     KvarTable    *table);
GPtrArray  *kvar_error_list_columns (const GError *error,
                                     KvarTable    *table);

G_END_DECLS
