/* kvar-demo-data.c: sample tables made and filled with believable rows, the same each time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include "kvar-demo-data-private.h"
#include "kvar-demo-data.h"
#include "kvar-demo-schema.h"
#include "kvar-demo-sequence.h"

/* Raised when the tables or their sample rows change: an older file is then filled anew. */
#define DATA_VERSION 2

#define N_REPORTS 40
#define N_LINKS   60

static void
drop_tables (KvarDemoDatabase *database)
{
  guint n_tables;
  const KvarDemoTable *tables = kvar_demo_schema_get_tables (&n_tables);

  /* Last made, first dropped. */
  for (guint i = n_tables; i > 0; i--)
    {
      const KvarDemoTable *table = &tables[i - 1];
      g_autofree char *sql = NULL;

      sql = g_strdup_printf ("DROP %s IF EXISTS \"public.%s\"",
                             table->view_sql != NULL ? "VIEW" : "TABLE", table->name);
      kvar_demo_database_exec (database, sql);
    }
}

static void
create_tables (KvarDemoDatabase *database)
{
  guint n_tables;
  const KvarDemoTable *tables = kvar_demo_schema_get_tables (&n_tables);

  for (guint i = 0; i < n_tables; i++)
    {
      g_autofree char *sql = kvar_demo_table_get_ddl (&tables[i]);

      kvar_demo_database_exec (database, sql);
    }
}

static void
create_indexes (KvarDemoDatabase *database)
{
  guint n_tables;
  const KvarDemoTable *tables = kvar_demo_schema_get_tables (&n_tables);

  for (guint i = 0; i < n_tables; i++)
    {
      g_autofree char *sql = kvar_demo_table_get_indexes (&tables[i]);

      kvar_demo_database_exec (database, sql);
    }
}

static void
add_rows (KvarDemoDatabase *database,
          guint             n_jobs)
{
  guint n_contacts = MAX (n_jobs / 2, 1);
  guint n_objects = MAX (n_jobs / 5, 1);

  kvar_demo_data_add_contacts (database, n_contacts);
  kvar_demo_data_add_objects (database, n_objects);
  kvar_demo_data_add_jobs (database, n_jobs, n_contacts, n_objects);
  if (n_jobs > 0)
    kvar_demo_data_add_reports (database, N_REPORTS, n_jobs);
  kvar_demo_data_add_links (database, MIN (N_LINKS, n_jobs), n_contacts);
  kvar_demo_data_add_articles (database);
  kvar_demo_database_exec (database, "INSERT INTO \"public.secrets\" VALUES ('k', 'v', 742)");

  kvar_demo_sequence_set (database, KVAR_DEMO_SEQUENCE_XID, KVAR_DEMO_DATA_XMIN);
  kvar_demo_sequence_set (database, "contacts", n_contacts);
  kvar_demo_sequence_set (database, "objects", n_objects);
  kvar_demo_sequence_set (database, "reports", n_jobs > 0 ? N_REPORTS : 0);
}

/**
 * kvar_demo_data_ensure:
 * @n_jobs: how many jobs there are to be; half as many contacts, a fifth as many objects
 *
 * Makes and fills the sample tables, unless they are there already.
 */
void
kvar_demo_data_ensure (KvarDemoDatabase *database,
                       guint             n_jobs)
{
  kvar_demo_database_exec (database, "CREATE TABLE IF NOT EXISTS rest_counter "
                           "(name TEXT PRIMARY KEY, value INTEGER NOT NULL)");
  if (kvar_demo_sequence_get (database, "data-version") == DATA_VERSION)
    return;

  kvar_demo_database_exec (database, "BEGIN");
  drop_tables (database);
  create_tables (database);
  add_rows (database, n_jobs);
  create_indexes (database);
  kvar_demo_sequence_set (database, "data-version", DATA_VERSION);
  kvar_demo_database_exec (database, "COMMIT");
  kvar_demo_database_exec (database, "ANALYZE");
}
