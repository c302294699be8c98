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
  guint version;

  if (!read_version (database, &version, error))
    return FALSE;

  for (; steps[version] != NULL; version++)
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
