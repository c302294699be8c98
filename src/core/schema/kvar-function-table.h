/* kvar-function-table.h: The rows that a function returns, as if they were a table's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "schema/kvar-function.h"
#include "schema/kvar-table.h"

G_BEGIN_DECLS

KvarTable *kvar_function_table_new (KvarFunction *function,
                                    const char   *arguments);

G_END_DECLS
