/* kvar-demo-scope.c: who asks, what they may do, and under what settings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-scope.h"

/**
 * kvar_demo_scope_check:
 *
 * Returns: whether the caller was granted @privilege on @table; if not, @error says so
 */
gboolean
kvar_demo_scope_check (const KvarDemoScope  *self,
                       const KvarDemoTable  *table,
                       KvarDemoPrivileges    privilege,
                       KvarDemoSqlError    **error)
{
  if (table->oid == 0 || (kvar_demo_table_get_privileges (table, self->role) & privilege) != 0)
    return TRUE;

  kvar_demo_sql_error_set (error, "42501", "permission denied for %s %s",
                           table->view_sql != NULL ? "view" : "table", table->name);

  return FALSE;
}

/**
 * kvar_demo_scope_owns_rows:
 *
 * Returns: whether the caller sees and writes only their own rows of @table
 */
gboolean
kvar_demo_scope_owns_rows (const KvarDemoScope *self,
                           const KvarDemoTable *table)
{
  return table->owner_column != NULL && strcmp (self->role, "service_role") != 0;
}
