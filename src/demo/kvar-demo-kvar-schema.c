/* kvar-demo-kvar-schema.c: the function kvar_schema(), as data/supabase/kvar.sql defines it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * {"version": 1,
 *  "relations": [
 *    {"schema", "name", "kind": "table" | "view", "comment",
 *     "insertable", "updatable", "deletable",  -- by the relation's nature and the privileges
 *     "select_all": bool,                      -- the caller may SELECT the whole table
 *     "primary_key": ["id"],
 *     "unique_keys": [{"name", "columns": []}],
 *     "foreign_keys": [{"name", "columns": [], "foreign_schema", "foreign_table",
 *                       "foreign_columns": []}],
 *     "columns": [{"name", "type", "base_type", "type_category", "nullable", "default",
 *                  "identity": "always" | "by default" | null, "generated": bool,
 *                  "max_length", "precision", "scale", "enum": [] | null, "comment",
 *                  "select", "insert", "update"}]}],
 *  "functions": [{"schema", "name",
 *                 "arguments": [{"name", "type", "base_type", "enum", "has_default",
 *                                "mode": "in" | "table"}],
 *                 "result", "returns_set", "volatility", "comment"}],
 *  "settings": {"date_style", "interval_style", "time_zone"}}
 *
 * Only what the caller may use is in it.
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "kvar-demo-kvar-schema.h"
#include "kvar-demo-schema.h"

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_boolean (JsonBuilder *builder,
             const char  *name,
             gboolean     value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

/* A number, or null for none. */
static void
add_size (JsonBuilder *builder,
          const char  *name,
          gboolean     has,
          int          value)
{
  json_builder_set_member_name (builder, name);
  if (has)
    json_builder_add_int_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_list (JsonBuilder        *builder,
          const char         *name,
          const char * const *words,
          guint               most)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < most && words[i] != NULL; i++)
    json_builder_add_string_value (builder, words[i]);
  json_builder_end_array (builder);
}

static void
add_labels (JsonBuilder        *builder,
            const KvarDemoType *type)
{
  if (type->kind == KVAR_DEMO_KIND_ENUM)
    add_list (builder, "enum", type->labels->labels, G_MAXUINT);
  else
    add_string (builder, "enum", NULL);
}

static void
add_column (JsonBuilder          *builder,
            const KvarDemoColumn *column,
            KvarDemoPrivileges    privileges)
{
  const KvarDemoType *type = &column->type;
  g_autofree char *name = kvar_demo_type_get_name (type, TRUE);
  g_autofree char *value = kvar_demo_column_get_default (column);
  const char category[] = { kvar_demo_type_get_category (type), '\0' };
  gboolean numeric = type->kind == KVAR_DEMO_KIND_NUMERIC && type->size > 0;

  json_builder_begin_object (builder);
  add_string (builder, "name", column->name);
  add_string (builder, "type", name);
  add_string (builder, "base_type", name);
  add_string (builder, "type_category", category);
  add_boolean (builder, "nullable", !column->not_null);
  add_string (builder, "default", value);
  add_string (builder, "identity", column->identity == KVAR_DEMO_IDENTITY_ALWAYS ? "always" :
              column->identity == KVAR_DEMO_IDENTITY_BY_DEFAULT ? "by default" : NULL);
  add_boolean (builder, "generated", column->generated);
  add_size (builder, "max_length", type->kind == KVAR_DEMO_KIND_VARCHAR && type->size > 0,
            type->size);
  add_size (builder, "precision", numeric, type->size);
  add_size (builder, "scale", numeric, type->scale);
  add_labels (builder, type);
  add_string (builder, "comment", column->comment);
  add_boolean (builder, "select", (privileges & KVAR_DEMO_MAY_SELECT) != 0);
  add_boolean (builder, "insert", (privileges & KVAR_DEMO_MAY_INSERT) != 0);
  add_boolean (builder, "update", (privileges & KVAR_DEMO_MAY_UPDATE) != 0);
  json_builder_end_object (builder);
}

static void
add_keys (JsonBuilder         *builder,
          const KvarDemoTable *table)
{
  const KvarDemoTable *base = table->view_base != NULL
                              ? kvar_demo_schema_find_table (table->view_base) : table;

  add_list (builder, "primary_key", base->primary_key.columns, KVAR_DEMO_KEY_COLUMNS);

  json_builder_set_member_name (builder, "unique_keys");
  json_builder_begin_array (builder);
  for (guint i = 0; i < table->n_unique_keys; i++)
    {
      json_builder_begin_object (builder);
      add_string (builder, "name", table->unique_keys[i].name);
      add_list (builder, "columns", table->unique_keys[i].columns, KVAR_DEMO_KEY_COLUMNS);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  /* What a view inherits for embedding is no constraint of its own. */
  json_builder_set_member_name (builder, "foreign_keys");
  json_builder_begin_array (builder);
  for (guint i = 0; i < table->n_foreign_keys && table->view_sql == NULL; i++)
    {
      const KvarDemoForeignKey *key = &table->foreign_keys[i];

      json_builder_begin_object (builder);
      add_string (builder, "name", key->name);
      add_list (builder, "columns", &key->column, 1);
      add_string (builder, "foreign_schema", "public");
      add_string (builder, "foreign_table", key->target);
      add_list (builder, "foreign_columns", &key->target_column, 1);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_relation (JsonBuilder         *builder,
              const KvarDemoTable *table,
              KvarDemoPrivileges   privileges)
{
  json_builder_begin_object (builder);
  add_string (builder, "schema", "public");
  add_string (builder, "name", table->name);
  add_string (builder, "kind", table->view_sql != NULL ? "view" : "table");
  add_string (builder, "comment", table->comment);
  add_boolean (builder, "insertable", (privileges & KVAR_DEMO_MAY_INSERT) != 0);
  add_boolean (builder, "updatable", (privileges & KVAR_DEMO_MAY_UPDATE) != 0);
  add_boolean (builder, "deletable", (privileges & KVAR_DEMO_MAY_DELETE) != 0);
  add_boolean (builder, "select_all", (privileges & KVAR_DEMO_MAY_SELECT) != 0);
  add_keys (builder, table);

  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  for (guint i = 0; i < table->n_columns; i++)
    add_column (builder, &table->columns[i], privileges);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_argument (JsonBuilder        *builder,
              const char         *name,
              const KvarDemoType *type,
              gboolean            has_default,
              const char         *mode)
{
  g_autofree char *type_name = kvar_demo_type_get_name (type, FALSE);

  json_builder_begin_object (builder);
  add_string (builder, "name", name);
  add_string (builder, "type", type_name);
  add_string (builder, "base_type", type_name);
  add_labels (builder, type);
  add_boolean (builder, "has_default", has_default);
  add_string (builder, "mode", mode);
  json_builder_end_object (builder);
}

static void
add_function (JsonBuilder            *builder,
              const KvarDemoFunction *function)
{
  json_builder_begin_object (builder);
  add_string (builder, "schema", "public");
  add_string (builder, "name", function->name);
  json_builder_set_member_name (builder, "arguments");
  json_builder_begin_array (builder);
  for (guint i = 0; i < function->n_arguments; i++)
    add_argument (builder, function->arguments[i].name, &function->arguments[i].type,
                  function->arguments[i].has_default, "in");
  if (function->rows != NULL && function->rows->oid == 0)
    for (guint i = 0; i < function->rows->n_columns; i++)
      add_argument (builder, function->rows->columns[i].name, &function->rows->columns[i].type,
                    FALSE, "table");
  json_builder_end_array (builder);
  add_string (builder, "result", function->result);
  add_boolean (builder, "returns_set", function->returns == KVAR_DEMO_RETURNS_SET);
  add_string (builder, "volatility", function->volatility);
  add_string (builder, "comment", function->comment);
  json_builder_end_object (builder);
}

static void
add_relations (JsonBuilder *builder,
               const char  *role)
{
  guint n_tables;
  const KvarDemoTable *tables = kvar_demo_schema_get_tables (&n_tables);

  json_builder_set_member_name (builder, "relations");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n_tables; i++)
    {
      KvarDemoPrivileges privileges = kvar_demo_table_get_privileges (&tables[i], role);

      if (privileges != 0)
        add_relation (builder, &tables[i], privileges);
    }
  json_builder_end_array (builder);
}

static void
add_functions (JsonBuilder *builder,
               const char  *role)
{
  guint n_functions;
  const KvarDemoFunction *functions = kvar_demo_schema_get_functions (&n_functions);

  json_builder_set_member_name (builder, "functions");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n_functions; i++)
    if (strcmp (functions[i].name, "kvar_schema") != 0 &&
        (functions[i].anonymous || strcmp (role, "anon") != 0))
      add_function (builder, &functions[i]);
  json_builder_end_array (builder);
}

/**
 * kvar_demo_kvar_schema_write:
 * @role: whose privileges count
 *
 * Returns: (transfer full): the document
 */
char *
kvar_demo_kvar_schema_write (const char *role)
{
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr(JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, 1);
  add_relations (builder, role);
  add_functions (builder, role);

  json_builder_set_member_name (builder, "settings");
  json_builder_begin_object (builder);
  add_string (builder, "date_style", "ISO, MDY");
  add_string (builder, "interval_style", "postgres");
  add_string (builder, "time_zone", "UTC");
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}
