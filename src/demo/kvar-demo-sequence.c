/* kvar-demo-sequence.c: counters kept in the database: identities and transaction numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A rolled-back transaction gives its numbers back, which PostgreSQL would not do; nobody can
 * have seen them.
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include "kvar-demo-sequence.h"

void
kvar_demo_sequence_set (KvarDemoDatabase *database,
                        const char       *name,
                        gint64            value)
{
  g_autoptr(sqlite3_stmt) statement = NULL;

  statement = kvar_demo_database_prepare (database, "INSERT OR REPLACE INTO rest_counter "
                                          "VALUES (?, ?)", "si", name, value);
  sqlite3_step (statement);
}

/**
 * kvar_demo_sequence_get:
 *
 * Returns: the last number given, or 0
 */
gint64
kvar_demo_sequence_get (KvarDemoDatabase *database,
                        const char       *name)
{
  g_autoptr(sqlite3_stmt) statement = NULL;

  statement = kvar_demo_database_prepare (database, "SELECT value FROM rest_counter "
                                          "WHERE name = ?", "s", name);

  return sqlite3_step (statement) == SQLITE_ROW ? sqlite3_column_int64 (statement, 0) : 0;
}

gint64
kvar_demo_sequence_next (KvarDemoDatabase *database,
                         const char       *name)
{
  gint64 next = kvar_demo_sequence_get (database, name) + 1;

  kvar_demo_sequence_set (database, name, next);

  return next;
}
