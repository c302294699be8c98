/* kvar-demo-schema.c: looking things up in the sample schema, and its tables as SQLite's DDL
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-schema.h"

/**
 * kvar_demo_schema_find_table:
 *
 * Returns: (transfer none) (nullable): the table or view called @name
 */
const KvarDemoTable *
kvar_demo_schema_find_table (const char *name)
{
  guint n_tables;
  const KvarDemoTable *tables = kvar_demo_schema_get_tables (&n_tables);

  for (guint i = 0; i < n_tables; i++)
    if (strcmp (tables[i].name, name) == 0)
      return &tables[i];

  return NULL;
}

/**
 * kvar_demo_schema_find_function:
 *
 * Returns: (transfer none) (nullable): the function called @name
 */
const KvarDemoFunction *
kvar_demo_schema_find_function (const char *name)
{
  guint n_functions;
  const KvarDemoFunction *functions = kvar_demo_schema_get_functions (&n_functions);

  for (guint i = 0; i < n_functions; i++)
    if (strcmp (functions[i].name, name) == 0)
      return &functions[i];

  return NULL;
}

const KvarDemoColumn *
kvar_demo_table_find_column (const KvarDemoTable *self,
                             const char          *name)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (strcmp (self->columns[i].name, name) == 0)
      return &self->columns[i];

  return NULL;
}

/**
 * kvar_demo_table_has_key_column:
 *
 * Returns: whether @name is part of the primary key
 */
gboolean
kvar_demo_table_has_key_column (const KvarDemoTable *self,
                                const char          *name)
{
  for (guint i = 0; i < KVAR_DEMO_KEY_COLUMNS && self->primary_key.columns[i] != NULL; i++)
    if (strcmp (self->primary_key.columns[i], name) == 0)
      return TRUE;

  return FALSE;
}

/**
 * kvar_demo_table_get_privileges:
 *
 * Returns: what @role was granted on the table
 */
KvarDemoPrivileges
kvar_demo_table_get_privileges (const KvarDemoTable *self,
                                const char          *role)
{
  if (strcmp (role, "service_role") == 0)
    return KVAR_DEMO_MAY_ALL;

  return strcmp (role, "authenticated") == 0 ? self->authenticated : self->anon;
}

/**
 * kvar_demo_column_get_default:
 *
 * Returns: (transfer full) (nullable): the default as pg_get_expr() shows it
 */
char *
kvar_demo_column_get_default (const KvarDemoColumn *self)
{
  g_autofree char *type = kvar_demo_type_get_name (&self->type, FALSE);
  char category = kvar_demo_type_get_category (&self->type);

  switch (self->has_default)
    {
    case KVAR_DEMO_DEFAULT_UUID:
      return g_strdup ("gen_random_uuid()");

    case KVAR_DEMO_DEFAULT_NOW:
      return g_strdup ("now()");

    case KVAR_DEMO_DEFAULT_CALLER:
      return g_strdup ("auth.uid()");

    case KVAR_DEMO_DEFAULT_LITERAL:
      if (category == 'N' || category == 'B')
        return g_strdup (self->default_text);
      return g_strdup_printf ("'%s'::%s", self->default_text, type);

    case KVAR_DEMO_DEFAULT_NONE:
    default:
      return NULL;
    }
}

/* How many letters must change, within reason. */
static guint
distance (const char *a,
          const char *b)
{
  gsize n = strlen (b);
  g_autofree guint *row = g_new (guint, n + 1);

  for (gsize j = 0; j <= n; j++)
    row[j] = j;

  for (gsize i = 1; i <= strlen (a); i++)
    {
      guint diagonal = row[0];

      row[0] = i;
      for (gsize j = 1; j <= n; j++)
        {
          guint above = row[j];
          guint best = MIN (above, row[j - 1]) + 1;

          row[j] = MIN (best, diagonal + (a[i - 1] != b[j - 1]));
          diagonal = above;
        }
    }

  return row[n];
}

/**
 * kvar_demo_schema_suggest:
 *
 * Returns: (transfer full) (nullable): the hint for an unknown relation, only when one is close
 */
char *
kvar_demo_schema_suggest (const char *name)
{
  guint n_tables;
  const KvarDemoTable *tables = kvar_demo_schema_get_tables (&n_tables);

  for (guint i = 0; i < n_tables; i++)
    if (tables[i].authenticated != 0 && strlen (name) < 64 &&
        distance (name, tables[i].name) <= 2)
      return g_strdup_printf ("Perhaps you meant the table 'public.%s'", tables[i].name);

  return NULL;
}

static void
append_constraint (GString           *out,
                   const char        *kind,
                   const KvarDemoKey *key)
{
  g_string_append_printf (out, ",\n  %s (", kind);
  for (guint i = 0; i < KVAR_DEMO_KEY_COLUMNS && key->columns[i] != NULL; i++)
    g_string_append_printf (out, "%s\"%s\"", i > 0 ? ", " : "", key->columns[i]);
  g_string_append_c (out, ')');
}

/* Whether the column is the rowid itself, which makes pages by key as fast as they can be. */
static gboolean
is_rowid (const KvarDemoTable  *table,
          const KvarDemoColumn *column)
{
  return column->identity != KVAR_DEMO_IDENTITY_NONE && table->primary_key.columns[1] == NULL &&
         kvar_demo_table_has_key_column (table, column->name);
}

/**
 * kvar_demo_table_get_ddl:
 *
 * Returns: (transfer full): CREATE TABLE or CREATE VIEW; beside the columns a table has _xmin.
 *   Foreign keys that restrict are checked by the demo itself, which can name them.
 */
char *
kvar_demo_table_get_ddl (const KvarDemoTable *self)
{
  GString *out = g_string_new (NULL);
  gboolean has_rowid = FALSE;

  if (self->view_sql != NULL)
    {
      g_string_printf (out, "CREATE VIEW \"public.%s\" AS %s;\n", self->name, self->view_sql);
      return g_string_free (out, FALSE);
    }

  g_string_printf (out, "CREATE TABLE \"public.%s\" (\n", self->name);
  for (guint i = 0; i < self->n_columns; i++)
    {
      const KvarDemoColumn *column = &self->columns[i];
      gboolean rowid = is_rowid (self, column);

      g_string_append_printf (out, "  \"%s\" %s%s,\n", column->name,
                              kvar_demo_type_get_declaration (&column->type),
                              rowid ? " PRIMARY KEY" : column->not_null ? " NOT NULL" : "");
      has_rowid = has_rowid || rowid;
    }
  g_string_append (out, "  _xmin INTEGER NOT NULL");

  if (self->primary_key.name != NULL && !has_rowid)
    append_constraint (out, "PRIMARY KEY", &self->primary_key);
  for (guint i = 0; i < self->n_unique_keys; i++)
    append_constraint (out, "UNIQUE", &self->unique_keys[i]);

  for (guint i = 0; i < self->n_foreign_keys; i++)
    if (self->foreign_keys[i].cascade)
      g_string_append_printf (out, ",\n  FOREIGN KEY (\"%s\") REFERENCES \"public.%s\" (\"%s\") "
                              "ON DELETE CASCADE", self->foreign_keys[i].column,
                              self->foreign_keys[i].target, self->foreign_keys[i].target_column);

  g_string_append (out, "\n);\n");

  return g_string_free (out, FALSE);
}

/**
 * kvar_demo_table_get_indexes:
 *
 * The indexes end with the key, so that they also serve pages by (column, key). A column that may
 * be null gets one for each place the nulls can have; kvar-demo-sql writes the same expressions.
 * One with few values gets one downward too, or a page would sort all rows with the same value.
 *
 * Returns: (transfer full): CREATE INDEX statements, to run when the rows are in
 */
char *
kvar_demo_table_get_indexes (const KvarDemoTable *self)
{
  GString *out = g_string_new (NULL);
  const char *key = self->primary_key.columns[0];

  for (guint i = 0; i < self->n_foreign_keys && self->view_sql == NULL; i++)
    g_string_append_printf (out, "CREATE INDEX \"%s\" ON \"public.%s\" (\"%s\");\n",
                            self->foreign_keys[i].name, self->name,
                            self->foreign_keys[i].column);

  for (guint i = 0; self->sort_columns != NULL && self->sort_columns[i] != NULL; i++)
    {
      const char *name = self->sort_columns[i];
      const KvarDemoColumn *column = kvar_demo_table_find_column (self, name);

      g_string_append_printf (out, "CREATE INDEX \"%s_%s\" ON \"public.%s\" (\"%s\", \"%s\");\n",
                              self->name, name, self->name, name, key);
      if (column->type.kind == KVAR_DEMO_KIND_ENUM)
        g_string_append_printf (out, "CREATE INDEX \"%s_%s_down\" ON \"public.%s\" "
                                "(\"%s\" DESC, \"%s\");\n", self->name, name, self->name, name,
                                key);
      if (!column->not_null)
        g_string_append_printf (out, "CREATE INDEX \"%s_%s_last\" ON \"public.%s\" "
                                "(ifnull(\"%s\", x'ff'), \"%s\");\n"
                                "CREATE INDEX \"%s_%s_first\" ON \"public.%s\" "
                                "(ifnull(\"%s\", -9e999), \"%s\");\n",
                                self->name, name, self->name, name, key,
                                self->name, name, self->name, name, key);
    }

  return g_string_free (out, FALSE);
}
