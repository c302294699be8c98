/* kvar-test-table.c: a table to test with: jobs, as the sample project has them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-test-table.h"

static KvarColumn *
add_column (KvarTable  *table,
            const char *name,
            const char *type_name,
            gboolean    nullable)
{
  g_autoptr(KvarType) type = kvar_type_new (type_name, NULL);
  g_autoptr(KvarColumn) column = kvar_column_new (name, type);

  kvar_column_set_nullable (column, nullable);
  kvar_column_set_privileges (column, TRUE, TRUE, TRUE);
  kvar_table_add_column (table, column);

  return column;
}

/* Jobs: id uuid, title, price, due_on, contact_id, details, total; only id and title are not
 * null, total is generated, and a contact is called by its full_name. */
KvarTable *
kvar_test_table_new_jobs (void)
{
  static const char *const key[] = { "id", NULL };
  static const char *const from[] = { "contact_id", NULL };
  KvarTable *table = kvar_table_new ("jobs");
  g_autoptr(KvarReference) reference = NULL;
  KvarColumn *column;

  column = add_column (table, "id", "uuid", FALSE);
  kvar_column_set_default (column, "gen_random_uuid()");
  column = add_column (table, "title", "text", FALSE);
  kvar_table_set_label_column (table, column);
  add_column (table, "price", "numeric(12,2)", TRUE);
  add_column (table, "due_on", "date", TRUE);
  column = add_column (table, "contact_id", "bigint", TRUE);
  add_column (table, "details", "json", TRUE);
  add_column (table, "total", "numeric(14,2)", TRUE);
  kvar_column_set_is_generated (kvar_table_find_column (table, "total"), TRUE);

  reference = kvar_reference_new ("jobs_contact_id_fkey", from, "contacts", key);
  kvar_table_add_reference (table, reference);
  kvar_column_set_reference_label (column, "full_name");

  kvar_table_set_key (table, key, FALSE);
  kvar_table_set_privileges (table, TRUE, TRUE, TRUE);
  kvar_table_set_can_use_xmin (table, TRUE);

  return table;
}

/* Logs: at and line, without a key. */
KvarTable *
kvar_test_table_new_logs (void)
{
  KvarTable *table = kvar_table_new ("logs");

  add_column (table, "at", "timestamp with time zone", FALSE);
  add_column (table, "line", "text", TRUE);

  return table;
}
