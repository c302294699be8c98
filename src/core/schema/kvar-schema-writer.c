/* kvar-schema-writer.c: tables that were typed, written in the format of kvar_schema()
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-schema"

#include "config.h"

#include <json-glib/json-glib.h>

#include "schema/kvar-schema-writer.h"

static void
write_boolean (JsonBuilder *builder,
               const char  *name,
               gboolean     value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
write_string (JsonBuilder *builder,
              const char  *name,
              const char  *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
write_column (JsonBuilder *builder,
              KvarColumn  *column)
{
  KvarType *type = kvar_column_get_column_type (column);

  json_builder_begin_object (builder);
  write_string (builder, "name", kvar_column_get_name (column));
  write_string (builder, "type", kvar_type_get_name (type));
  write_string (builder, "base_type", kvar_type_get_base_name (type));
  write_boolean (builder, "nullable", kvar_column_get_nullable (column));
  write_boolean (builder, "select", kvar_column_get_can_select (column));
  write_boolean (builder, "insert", kvar_column_get_can_insert (column));
  write_boolean (builder, "update", kvar_column_get_can_update (column));
  json_builder_end_object (builder);
}

static void
write_key (JsonBuilder *builder,
           KvarTable   *table)
{
  guint n;
  const guint *key = kvar_table_get_key (table, &n);

  json_builder_set_member_name (builder, "primary_key");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    json_builder_add_string_value (builder,
                                   kvar_column_get_name (kvar_table_get_column (table, key[i])));
  json_builder_end_array (builder);
  write_boolean (builder, "key_guessed", kvar_table_get_key_guessed (table));
}

static void
write_table (JsonBuilder *builder,
             KvarTable   *table)
{
  json_builder_begin_object (builder);
  write_string (builder, "name", kvar_table_get_name (table));
  write_string (builder, "kind", kvar_table_get_is_view (table) ? "view" : "table");
  write_boolean (builder, "insertable", kvar_table_can_insert (table));
  write_boolean (builder, "updatable", kvar_table_can_update (table));
  write_boolean (builder, "deletable", kvar_table_can_delete (table));
  write_boolean (builder, "select_all", kvar_table_can_use_xmin (table));
  write_key (builder, table);

  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    write_column (builder, kvar_table_get_column (table, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/**
 * kvar_schema_write:
 * @tables: of KvarTable
 *
 * Returns: (transfer full): what kvar_schema_parse() makes the same tables of
 */
char *
kvar_schema_write (GPtrArray *tables)
{
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr(JsonNode) root = NULL;

  g_return_val_if_fail (tables != NULL, NULL);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, 1);
  json_builder_set_member_name (builder, "relations");
  json_builder_begin_array (builder);
  for (guint i = 0; i < tables->len; i++)
    write_table (builder, g_ptr_array_index (tables, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  return json_to_string (root, TRUE);
}
