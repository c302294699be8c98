/* kvar-function-table.c: The rows that a function returns, as if they were a table's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-schema"

#include "config.h"

#include "schema/kvar-function-table.h"

/**
 * kvar_function_table_new:
 * @arguments: a JSON object
 *
 * Returns: (transfer full) (nullable): a table without a key, which is read by calling
 *   @function; %NULL if that returns no set of rows with columns
 */
KvarTable *
kvar_function_table_new (KvarFunction *function,
                         const char   *arguments)
{
  KvarTable *table;

  g_return_val_if_fail (KVAR_IS_FUNCTION (function), NULL);
  g_return_val_if_fail (arguments != NULL, NULL);

  if (!kvar_function_get_returns_set (function) || kvar_function_get_n_results (function) == 0)
    return NULL;

  table = kvar_table_new (kvar_function_get_name (function));
  kvar_table_set_kind (table, KVAR_TABLE_VIEW);
  kvar_table_set_title (table, kvar_function_get_title (function));
  for (guint i = 0; i < kvar_function_get_n_results (function); i++)
    kvar_table_add_column (table, kvar_function_get_result (function, i));
  kvar_table_set_call (table, arguments,
                       kvar_function_get_volatility (function) == KVAR_VOLATILITY_VOLATILE);

  return table;
}
