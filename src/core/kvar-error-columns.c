/* kvar-error-columns.c: which columns of a table an error of the server is about
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Details name them, but PostgreSQL withholds details from who is under row-level security; then
 * the name of the constraint has to do.
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include <string.h>

#include "kvar-error-columns.h"
#include "kvar-error.h"

static void
add_named (GPtrArray  *columns,
           KvarTable  *table,
           const char *name)
{
  KvarColumn *column = kvar_table_find_column (table, name);

  if (column != NULL && !g_ptr_array_find (columns, column, NULL))
    g_ptr_array_add (columns, column);
}

/* "Key (job_id, \"Mixed Case\")=(1, 2) already exists." */
static void
add_from_details (GPtrArray  *columns,
                  KvarTable  *table,
                  const char *details)
{
  const char *start = details != NULL ? strstr (details, "Key (") : NULL;
  const char *end = start != NULL ? strstr (start, ")=(") : NULL;
  g_autofree char *list = NULL;
  g_auto(GStrv) names = NULL;

  if (end == NULL)
    return;

  start += strlen ("Key (");
  list = g_strndup (start, end - start);
  names = g_strsplit (list, ", ", -1);
  for (guint i = 0; names[i] != NULL; i++)
    {
      gsize length = strlen (names[i]);

      if (length > 2 && names[i][0] == '"')
        {
          names[i][length - 1] = '\0';
          add_named (columns, table, names[i] + 1);
        }
      else
        add_named (columns, table, names[i]);
    }
}

/* A foreign key is known with its columns, whatever it is called. */
static void
add_from_references (GPtrArray  *columns,
                     KvarTable  *table,
                     const char *constraint)
{
  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    {
      KvarColumn *column = kvar_table_get_column (table, i);
      KvarReference *reference = kvar_column_get_reference (column);

      if (reference != NULL &&
          g_strcmp0 (kvar_reference_get_constraint (reference), constraint) == 0)
        g_ptr_array_add (columns, column);
    }
}

/* PostgreSQL calls a constraint after table, column and kind: jobs_contact_id_fkey. */
static void
add_from_given_name (GPtrArray  *columns,
                     KvarTable  *table,
                     const char *constraint)
{
  static const char *const suffixes[] = { "_key", "_fkey", "_check", "_excl" };
  g_autofree char *prefix = g_strconcat (kvar_table_get_name (table), "_", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = NULL;

      if (!g_str_has_prefix (constraint, prefix) || !g_str_has_suffix (constraint, suffixes[i]))
        continue;

      name = g_strdup (constraint + strlen (prefix));
      name[MAX (strlen (name), strlen (suffixes[i])) - strlen (suffixes[i])] = '\0';
      add_named (columns, table, name);
    }
}

/* People who choose a name for what is checked mostly begin with the column: jobs_price_nonneg,
 * price_positive. The longest one is meant. Unique keys may be of more columns than they say. */
static void
add_from_chosen_name (GPtrArray  *columns,
                      KvarTable  *table,
                      const char *constraint)
{
  g_autofree char *prefix = g_strconcat (kvar_table_get_name (table), "_", NULL);
  const char *rest = g_str_has_prefix (constraint, prefix) ? constraint + strlen (prefix)
                                                           : constraint;
  KvarColumn *found = NULL;
  gsize longest = 0;

  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    {
      KvarColumn *column = kvar_table_get_column (table, i);
      const char *name = kvar_column_get_name (column);
      gsize length = strlen (name);

      if (length > longest && g_str_has_prefix (rest, name) &&
          (rest[length] == '_' || rest[length] == '\0'))
        {
          found = column;
          longest = length;
        }
    }

  if (found != NULL)
    g_ptr_array_add (columns, found);
}

/* The last name in quotes: 'insert or update on table "a" violates … constraint "b"'. */
static char *
find_constraint (const char *message)
{
  const char *start = g_strrstr (message, "constraint \"");
  const char *end;

  if (start == NULL)
    return NULL;

  start += strlen ("constraint \"");
  end = strchr (start, '"');
  return end != NULL ? g_strndup (start, end - start) : NULL;
}

/**
 * kvar_error_list_columns:
 * @table: the table that the request was about
 *
 * Returns: (transfer container) (element-type KvarColumn): the columns that @error is about, as
 *   far as the server gave them away
 */
GPtrArray *
kvar_error_list_columns (const GError *error,
                         KvarTable    *table)
{
  g_autoptr(GPtrArray) columns = g_ptr_array_new ();
  g_autofree char *constraint = NULL;
  const char *code;

  g_return_val_if_fail (error != NULL, NULL);
  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);

  code = kvar_error_get_provider_code (error);
  if (kvar_error_get_field (error) != NULL)
    add_named (columns, table, kvar_error_get_field (error));
  if (columns->len > 0 || code == NULL || !g_str_has_prefix (code, "23"))
    return g_steal_pointer (&columns);

  add_from_details (columns, table, kvar_error_get_details (error));
  constraint = find_constraint (error->message);
  if (columns->len == 0 && constraint != NULL)
    add_from_references (columns, table, constraint);
  if (columns->len == 0 && constraint != NULL)
    add_from_given_name (columns, table, constraint);
  if (columns->len == 0 && constraint != NULL && g_str_equal (code, "23514"))
    add_from_chosen_name (columns, table, constraint);

  return g_steal_pointer (&columns);
}

/**
 * kvar_error_find_column:
 * @table: the table that the request was about
 *
 * Returns: (transfer none) (nullable): the one column that @error is about; %NULL if there are
 *   several, or the server did not give it away
 */
KvarColumn *
kvar_error_find_column (const GError *error,
                        KvarTable    *table)
{
  g_autoptr(GPtrArray) columns = kvar_error_list_columns (error, table);

  return columns != NULL && columns->len == 1 ? g_ptr_array_index (columns, 0) : NULL;
}
