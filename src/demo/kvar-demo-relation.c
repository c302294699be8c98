/* kvar-demo-relation.c: which relation an embed means, found through the foreign keys
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-json.h"
#include "kvar-demo-relation.h"

static gboolean
matches (const char *name,
         const char *a,
         const char *b,
         const char *c)
{
  return g_strcmp0 (name, a) == 0 || g_strcmp0 (name, b) == 0 || g_strcmp0 (name, c) == 0;
}

/* Relations that lead out of @table by one of its own foreign keys. */
static void
add_to_one (const KvarDemoTable *table,
            const char          *name,
            const char          *hint,
            GArray              *found)
{
  for (guint i = 0; i < table->n_foreign_keys; i++)
    {
      const KvarDemoForeignKey *key = &table->foreign_keys[i];
      KvarDemoRelation relation = { kvar_demo_schema_find_table (key->target), key, TRUE };

      if (matches (name, key->target, key->name, key->column) &&
          (hint == NULL || matches (hint, key->name, key->column, key->target_column)))
        g_array_append_val (found, relation);
    }
}

/* Relations by which other tables point to @table. */
static void
add_to_many (const KvarDemoTable *table,
             const char          *name,
             const char          *hint,
             GArray              *found)
{
  guint n_tables;
  const KvarDemoTable *tables = kvar_demo_schema_get_tables (&n_tables);

  for (guint t = 0; t < n_tables; t++)
    for (guint i = 0; i < tables[t].n_foreign_keys; i++)
      {
        const KvarDemoForeignKey *key = &tables[t].foreign_keys[i];
        KvarDemoRelation relation = { &tables[t], key, FALSE };

        if (strcmp (key->target, table->name) == 0 && matches (name, tables[t].name, NULL, NULL) &&
            (hint == NULL || matches (hint, key->name, key->column, key->target_column)))
          g_array_append_val (found, relation);
      }
}

/* Relations through a table whose primary key is made of two foreign keys. */
static void
add_many_to_many (const KvarDemoTable *table,
                  const char          *name,
                  const char          *hint,
                  GArray              *found)
{
  guint n_tables;
  const KvarDemoTable *tables = kvar_demo_schema_get_tables (&n_tables);

  for (guint t = 0; t < n_tables; t++)
    for (guint i = 0; i < tables[t].n_foreign_keys; i++)
      for (guint j = 0; j < tables[t].n_foreign_keys; j++)
        {
          const KvarDemoForeignKey *key = &tables[t].foreign_keys[i];
          const KvarDemoForeignKey *onward = &tables[t].foreign_keys[j];
          KvarDemoRelation relation = {
            kvar_demo_schema_find_table (onward->target), key, FALSE, &tables[t], onward
          };

          if (i != j && strcmp (key->target, table->name) == 0 &&
              kvar_demo_table_has_key_column (&tables[t], key->column) &&
              kvar_demo_table_has_key_column (&tables[t], onward->column) &&
              matches (name, onward->target, NULL, NULL) &&
              (hint == NULL || matches (hint, tables[t].name, NULL, NULL)))
            g_array_append_val (found, relation);
        }
}

static char *
describe (const KvarDemoTable    *table,
          const KvarDemoRelation *relation)
{
  if (relation->junction != NULL)
    return g_strdup_printf ("%s using %s(%s) and %s(%s)", relation->junction->name,
                            relation->key->name, relation->key->column,
                            relation->onward->name, relation->onward->column);

  return g_strdup_printf ("%s using %s(%s) and %s(%s)", relation->key->name, table->name,
                          relation->to_one ? relation->key->column : relation->key->target_column,
                          relation->target->name,
                          relation->to_one ? relation->key->target_column : relation->key->column);
}

static void
refuse_ambiguous (const KvarDemoTable  *table,
                  const char           *name,
                  GArray               *found,
                  KvarDemoSqlError    **error)
{
  g_autoptr(GString) details = g_string_new ("[");
  g_autoptr(GString) hint = g_string_new (NULL);

  g_string_printf (hint, "Try changing '%s' to one of the following: ", name);
  for (guint i = 0; i < found->len; i++)
    {
      const KvarDemoRelation *relation = &g_array_index (found, KvarDemoRelation, i);
      g_autofree char *how = describe (table, relation);

      g_string_append_printf (details, "%s{\"cardinality\":\"%s\",\"embedding\":\"%s with %s\","
                              "\"relationship\":", i > 0 ? "," : "",
                              relation->to_one ? "many-to-one" :
                              relation->junction != NULL ? "many-to-many" : "one-to-many",
                              table->name, relation->target->name);
      kvar_demo_json_append_string (details, how, -1);
      g_string_append_c (details, '}');
      g_string_append_printf (hint, "%s'%s!%s'", i > 0 ? ", " : "", name,
                              relation->junction != NULL ? relation->junction->name
                                                         : relation->key->name);
    }
  g_string_append_c (details, ']');
  g_string_append (hint, ". Find the desired relationship in the 'details' key.");

  kvar_demo_sql_error_set (error, "PGRST201", "Could not embed because more than one relationship "
                           "was found for '%s' and '%s'", table->name, name);
  kvar_demo_sql_error_explain (error, NULL, hint->str);
  if (error != NULL)
    (*error)->details_json = g_string_free (g_steal_pointer (&details), FALSE);
}

/**
 * kvar_demo_relation_find:
 * @name: a table, a constraint, or a column of @table with a foreign key
 * @hint: (nullable): what stands behind the exclamation mark
 * @relation: (out)
 */
gboolean
kvar_demo_relation_find (const KvarDemoTable  *table,
                         const char           *name,
                         const char           *hint,
                         KvarDemoRelation     *relation,
                         KvarDemoSqlError    **error)
{
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (KvarDemoRelation));
  g_autofree char *details = NULL;

  add_to_one (table, name, hint, found);
  add_to_many (table, name, hint, found);
  add_many_to_many (table, name, hint, found);

  if (found->len == 1)
    {
      *relation = g_array_index (found, KvarDemoRelation, 0);
      return TRUE;
    }

  if (found->len > 1)
    {
      refuse_ambiguous (table, name, found, error);
      return FALSE;
    }

  details = g_strdup_printf ("Searched for a foreign key relationship between '%s' and '%s'%s%s%s "
                             "in the schema 'public', but no matches were found.", table->name,
                             name, hint != NULL ? " using the hint '" : "",
                             hint != NULL ? hint : "", hint != NULL ? "'" : "");
  kvar_demo_sql_error_set (error, "PGRST200", "Could not find a relationship between '%s' and '%s' "
                           "in the schema cache", table->name, name);
  kvar_demo_sql_error_explain (error, details, NULL);

  return FALSE;
}
