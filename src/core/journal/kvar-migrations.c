/* kvar-migrations.c: brings a database file to the version that this Kvar works with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-database"

#include "config.h"

#include "journal/kvar-database.h"
#include "journal/kvar-migrations.h"
#include "journal/kvar-sql.h"
#include "kvar-error.h"

static gboolean
read_version (sqlite3  *database,
              guint    *version,
              GError  **error)
{
  int value;

  if (!kvar_sql_read_int (database, "PRAGMA user_version", &value, error))
    return FALSE;

  *version = MAX (value, 0);

  return TRUE;
}

/**
 * kvar_migrations_check:
 * @steps: NULL-terminated: the n-th leads to version n
 *
 * Returns: whether @database is of a version that is known here. A later Kvar's file is not
 *   touched: it holds what this one cannot understand.
 */
gboolean
kvar_migrations_check (sqlite3            *database,
                       const char *const  *steps,
                       GError            **error)
{
  guint version;

  if (!read_version (database, &version, error))
    return FALSE;
  if (version <= g_strv_length ((char **)steps))
    return TRUE;

  g_propagate_error (error, kvar_error_new_full (KVAR_ERROR_REFUSED, 0, KVAR_DATABASE_NEWER,
                                                 "The file is a later Kvar's"));

  return FALSE;
}

static gboolean
run_until (sqlite3            *database,
           const char *const  *steps,
           guint               end,
           GError            **error)
{
  guint version;

  if (!read_version (database, &version, error))
    return FALSE;

  for (; steps[version] != NULL && version < end; version++)
    {
      g_autofree char *sql = g_strdup_printf ("BEGIN IMMEDIATE; %s; PRAGMA user_version = %u; "
                                              "COMMIT", steps[version], version + 1);

      if (!kvar_sql_exec (database, sql, error))
        {
          sqlite3_exec (database, "ROLLBACK", NULL, NULL, NULL);
          return FALSE;
        }
    }

  return TRUE;
}

/* Returns: (nullable): every table and index, as it was made */
static char *
describe (sqlite3  *database,
          GError  **error)
{
  static const char sql[] = "SELECT name, sql FROM sqlite_schema "
                            "WHERE sql IS NOT NULL ORDER BY name";
  g_autoptr(KvarStatement) statement = kvar_sql_prepare (database, sql, error);
  g_autoptr(GString) text = g_string_new (NULL);
  gboolean has_row;

  if (statement == NULL)
    return NULL;

  for (;;)
    {
      if (!kvar_sql_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_string_free (g_steal_pointer (&text), FALSE);

      g_string_append_printf (text, "%s: %s\n",
                              (const char *)sqlite3_column_text (statement, 0),
                              (const char *)sqlite3_column_text (statement, 1));
    }
}

/**
 * kvar_migrations_compare:
 *
 * Returns: whether @database has the tables that the steps up to its version make, and no
 *   others: damage may lie in their very names
 */
gboolean
kvar_migrations_compare (sqlite3            *database,
                         const char *const  *steps,
                         GError            **error)
{
  g_autofree char *found = NULL;
  g_autofree char *expected = NULL;
  sqlite3 *memory = NULL;
  guint version;

  if (!read_version (database, &version, error))
    return FALSE;

  if (sqlite3_open (":memory:", &memory) != SQLITE_OK)
    kvar_sql_fail (memory, error);
  else if (run_until (memory, steps, version, error))
    expected = describe (memory, error);
  sqlite3_close (memory);

  found = expected != NULL ? describe (database, error) : NULL;
  if (found == NULL || g_str_equal (found, expected))
    return found != NULL;

  g_propagate_error (error, kvar_error_new_full (KVAR_ERROR_REFUSED, 0, KVAR_DATABASE_DAMAGED,
                                                 "The tables are not those that were made"));

  return FALSE;
}

/**
 * kvar_migrations_run:
 *
 * Takes the steps that @database lacks, each of them whole or not at all.
 */
gboolean
kvar_migrations_run (sqlite3            *database,
                     const char *const  *steps,
                     GError            **error)
{
  return run_until (database, steps, G_MAXUINT, error);
}
