/* kvar-grant-sql.c: what lets people read a table that they have no privilege for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-schema"

#include "config.h"

#include <string.h>

#include "kvar-error.h"
#include "schema/kvar-grant-sql.h"

/* Always quoted: a name may be a word of SQL, or have signs and capitals. */
static void
append_identifier (GString    *sql,
                   const char *name)
{
  g_string_append_c (sql, '"');
  for (const char *c = name; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (sql, '"');
      g_string_append_c (sql, *c);
    }
  g_string_append_c (sql, '"');
}

/**
 * kvar_grant_sql_helps:
 * @error: of a request that reads
 * @table: the name of the table that it reads
 *
 * Returns: whether a privilege on @table is what is missing, and not one on the schema, or on
 *   another table behind a view or a policy. PostgreSQL ends its message with the name of what
 *   is refused, in any language, and without quotation marks.
 */
gboolean
kvar_grant_sql_helps (const GError *error,
                      const char   *table)
{
  g_autofree char *end = NULL;

  g_return_val_if_fail (error != NULL, FALSE);
  g_return_val_if_fail (table != NULL, FALSE);

  if (!g_error_matches (error, KVAR_ERROR, KVAR_ERROR_DENIED) ||
      g_strcmp0 (kvar_error_get_provider_code (error), "42501") != 0 ||
      strstr (error->message, "permission denied for schema ") != NULL)
    return FALSE;

  end = g_strconcat (" ", table, NULL);

  return g_str_has_suffix (error->message, end);
}

/**
 * kvar_grant_sql_new:
 * @role: who is to read it
 *
 * Returns: (transfer full): the statement for the project's owner
 */
char *
kvar_grant_sql_new (const char *schema,
                    const char *table,
                    const char *role)
{
  g_autoptr(GString) sql = g_string_new ("GRANT SELECT ON ");

  g_return_val_if_fail (schema != NULL, NULL);
  g_return_val_if_fail (table != NULL, NULL);
  g_return_val_if_fail (role != NULL, NULL);

  append_identifier (sql, schema);
  g_string_append_c (sql, '.');
  append_identifier (sql, table);
  g_string_append (sql, " TO ");
  append_identifier (sql, role);
  g_string_append (sql, ";\n");

  return g_string_free (g_steal_pointer (&sql), FALSE);
}
