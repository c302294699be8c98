/* kvar-schema-parser.c: the answer of the function kvar_schema() read into a KvarSchema
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The format is written down in data/supabase/kvar.sql.
 */

#define G_LOG_DOMAIN "kvar-schema"

#include "config.h"

#include "kvar-error.h"
#include "kvar-json.h"
#include "schema/kvar-directive.h"
#include "schema/kvar-schema-json.h"
#include "schema/kvar-schema-parser.h"
#include "schema/kvar-table-guess.h"

static KvarTableKind
parse_kind (const char *kind)
{
  static const struct { const char *name; KvarTableKind kind; } kinds[] = {
    { "partitioned table", KVAR_TABLE_PARTITIONED },
    { "foreign table", KVAR_TABLE_FOREIGN },
    { "view", KVAR_TABLE_VIEW },
    { "materialized view", KVAR_TABLE_MATERIALIZED_VIEW },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_strcmp0 (kind, kinds[i].name) == 0)
        return kinds[i].kind;
    }

  return KVAR_TABLE_ORDINARY;
}

static KvarIdentity
parse_identity (const char *identity)
{
  if (g_strcmp0 (identity, "always") == 0)
    return KVAR_IDENTITY_ALWAYS;

  return g_strcmp0 (identity, "by default") == 0 ? KVAR_IDENTITY_BY_DEFAULT : KVAR_IDENTITY_NONE;
}

static KvarVolatility
parse_volatility (const char *volatility)
{
  if (g_strcmp0 (volatility, "immutable") == 0)
    return KVAR_VOLATILITY_IMMUTABLE;

  return g_strcmp0 (volatility, "stable") == 0 ? KVAR_VOLATILITY_STABLE
                                               : KVAR_VOLATILITY_VOLATILE;
}

static KvarType *
parse_type (JsonObject *object)
{
  g_auto(GStrv) labels = kvar_schema_json_strings (object, "enum");
  const char *name = kvar_schema_json_string (object, "type");
  const char *category = kvar_schema_json_string (object, "type_category");
  const char *base = kvar_schema_json_string (object, "base_type");

  /* The names of a project's own types say nothing of what they are. */
  if (g_strcmp0 (category, "C") == 0)
    base = "record";
  else if (g_strcmp0 (category, "R") == 0)
    base = base != NULL && g_str_has_suffix (base, "multirange") ? "multirange" : "range";

  return kvar_type_new_domain (name != NULL ? name : "text", base,
                               (const char *const *) labels);
}

static KvarColumn *
parse_column (JsonObject *object)
{
  const char *name = kvar_schema_json_string (object, "name");
  g_autoptr(KvarType) type = NULL;
  KvarColumn *self;

  if (name == NULL)
    return NULL;

  type = parse_type (object);
  self = kvar_column_new (name, type);
  kvar_column_set_nullable (self, kvar_schema_json_boolean (object, "nullable", TRUE));
  kvar_column_set_is_generated (self, kvar_schema_json_boolean (object, "generated", FALSE));
  kvar_column_set_identity (self, parse_identity (kvar_schema_json_string (object, "identity")));
  if (!kvar_column_get_is_generated (self))
    kvar_column_set_default (self, kvar_schema_json_string (object, "default"));
  kvar_column_set_privileges (self,
                              kvar_schema_json_boolean (object, "select", TRUE),
                              kvar_schema_json_boolean (object, "insert", FALSE),
                              kvar_schema_json_boolean (object, "update", FALSE));
  kvar_column_apply_comment (self, kvar_schema_json_string (object, "comment"));
  return self;
}

/* A column that can neither be read nor written is not there for this person. */
static void
parse_columns (KvarTable  *table,
               JsonObject *relation)
{
  for (guint i = 0; i < kvar_schema_json_length (relation, "columns"); i++)
    {
      JsonObject *object = kvar_schema_json_element (relation, "columns", i);
      g_autoptr(KvarColumn) column = parse_column (object);

      if (column == NULL ||
          kvar_table_find_column (table, kvar_column_get_name (column)) != NULL)
        continue;
      if (kvar_column_get_can_select (column) || kvar_column_get_can_insert (column) ||
          kvar_column_get_can_update (column))
        kvar_table_add_column (table, column);
    }
}

/* Nulls are never equal, so a unique key is a key only where there can be none. */
static gboolean
try_unique_key (KvarTable         *table,
                const char *const *columns)
{
  if (columns == NULL || columns[0] == NULL)
    return FALSE;

  for (guint i = 0; columns[i] != NULL; i++)
    {
      KvarColumn *column = kvar_table_find_column (table, columns[i]);

      if (column == NULL || kvar_column_get_nullable (column) ||
          !kvar_column_get_can_select (column))
        return FALSE;
    }

  return kvar_table_set_key (table, columns, FALSE);
}

static void
parse_key (KvarTable  *table,
           JsonObject *relation)
{
  g_auto(GStrv) primary = kvar_schema_json_strings (relation, "primary_key");

  /* "key_guessed" is in Kvar's own files only, of tables that a person typed. */
  if (primary != NULL && primary[0] != NULL &&
      kvar_table_set_key (table, (const char *const *) primary,
                          kvar_schema_json_boolean (relation, "key_guessed", FALSE)))
    return;

  for (guint i = 0; i < kvar_schema_json_length (relation, "unique_keys"); i++)
    {
      JsonObject *key = kvar_schema_json_element (relation, "unique_keys", i);
      g_auto(GStrv) columns = kvar_schema_json_strings (key, "columns");

      if (try_unique_key (table, (const char *const *) columns))
        return;
    }
}

/* Keys of several columns say nothing of any one of them. */
static void
parse_unique (KvarTable  *table,
              JsonObject *relation)
{
  for (guint i = 0; i < kvar_schema_json_length (relation, "unique_keys"); i++)
    {
      JsonObject *key = kvar_schema_json_element (relation, "unique_keys", i);
      g_auto(GStrv) columns = kvar_schema_json_strings (key, "columns");
      KvarColumn *column = NULL;

      if (columns != NULL && g_strv_length (columns) == 1)
        column = kvar_table_find_column (table, columns[0]);
      if (column != NULL)
        kvar_column_set_is_unique (column, TRUE);
    }
}

/* Only keys into the same schema: nothing else can be embedded or opened. */
static void
parse_references (KvarTable  *table,
                  JsonObject *relation)
{
  const char *schema = kvar_schema_json_string (relation, "schema");

  for (guint i = 0; i < kvar_schema_json_length (relation, "foreign_keys"); i++)
    {
      JsonObject *key = kvar_schema_json_element (relation, "foreign_keys", i);
      g_auto(GStrv) columns = kvar_schema_json_strings (key, "columns");
      g_auto(GStrv) foreign = kvar_schema_json_strings (key, "foreign_columns");
      const char *foreign_table = kvar_schema_json_string (key, "foreign_table");
      g_autoptr(KvarReference) reference = NULL;

      if (columns == NULL || foreign == NULL || foreign_table == NULL ||
          g_strv_length (columns) != g_strv_length (foreign) ||
          g_strcmp0 (schema, kvar_schema_json_string (key, "foreign_schema")) != 0)
        continue;

      reference = kvar_reference_new (kvar_schema_json_string (key, "name"),
                                      (const char *const *) columns, foreign_table,
                                      (const char *const *) foreign);
      kvar_table_add_reference (table, reference);
    }
}

static void
keep_source (KvarTable  *table,
             JsonObject *relation)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), relation);
  g_autofree char *text = json_to_string (node, FALSE);

  kvar_table_set_source (table, text);
}

static KvarTable *
parse_relation (JsonObject *relation)
{
  const char *name = kvar_schema_json_string (relation, "name");
  KvarTable *self;
  gboolean has_system_columns;

  if (name == NULL)
    return NULL;

  self = kvar_table_new (name);
  keep_source (self, relation);
  kvar_table_set_kind (self, parse_kind (kvar_schema_json_string (relation, "kind")));
  parse_columns (self, relation);
  parse_references (self, relation);
  parse_key (self, relation);
  parse_unique (self, relation);
  kvar_table_apply_comment (self, kvar_schema_json_string (relation, "comment"));
  kvar_table_guess_titles (self);
  kvar_table_guess_label (self);

  kvar_table_set_privileges (self,
                             kvar_schema_json_boolean (relation, "insertable", FALSE),
                             kvar_schema_json_boolean (relation, "updatable", FALSE),
                             kvar_schema_json_boolean (relation, "deletable", FALSE));
  has_system_columns = kvar_table_get_kind (self) == KVAR_TABLE_ORDINARY ||
                       kvar_table_get_kind (self) == KVAR_TABLE_PARTITIONED;
  kvar_table_set_can_use_xmin (self, has_system_columns &&
                               kvar_schema_json_boolean (relation, "select_all", FALSE));
  return self;
}

/* "in", "inout" and "variadic" are given; "out", "inout" and "table" come back. */
static void
parse_arguments (KvarFunction *function,
                 JsonObject   *object)
{
  for (guint i = 0; i < kvar_schema_json_length (object, "arguments"); i++)
    {
      JsonObject *argument = kvar_schema_json_element (object, "arguments", i);
      const char *name = kvar_schema_json_string (argument, "name");
      const char *mode = kvar_schema_json_string (argument, "mode");
      g_autoptr(KvarType) type = parse_type (argument);
      g_autoptr(KvarColumn) column = kvar_column_new (name != NULL ? name : "", type);

      if (kvar_schema_json_boolean (argument, "has_default", FALSE))
        kvar_column_set_default (column, "DEFAULT");
      if (g_strcmp0 (mode, "out") == 0 || g_strcmp0 (mode, "table") == 0 ||
          g_strcmp0 (mode, "inout") == 0)
        kvar_function_add_result (function, column);
      if (g_strcmp0 (mode, "out") != 0 && g_strcmp0 (mode, "table") != 0)
        kvar_function_add_argument (function, column);
    }
}

/* A function that returns a table's rows returns its columns. */
static void
borrow_results (KvarFunction *function,
                KvarSchema   *schema)
{
  const char *type = kvar_function_get_result_type (function);
  KvarTable *table;

  if (type == NULL || kvar_function_get_n_results (function) > 0)
    return;

  if (g_ascii_strncasecmp (type, "SETOF ", 6) == 0)
    type += 6;
  table = kvar_schema_find_table (schema, type);

  for (guint i = 0; table != NULL && i < kvar_table_get_n_columns (table); i++)
    kvar_function_add_result (function, kvar_table_get_column (table, i));
}

static void
apply_function_comment (KvarFunction *self,
                        const char   *comment)
{
  g_autoptr(KvarDirective) directive = kvar_directive_parse (comment);
  const char *title = kvar_directive_get_localized (directive, "title");
  const char *help = kvar_directive_get_localized (directive, "help");
  const char *action = kvar_directive_get_string (directive, "action");
  gboolean reads = kvar_function_get_volatility (self) != KVAR_VOLATILITY_VOLATILE;

  if (title != NULL)
    kvar_function_set_title (self, title);
  kvar_function_set_help (self, help != NULL ? help : kvar_directive_get_rest (directive));
  kvar_function_set_action (self, action,
                            kvar_directive_get_boolean (directive, "confirm", FALSE));
  kvar_function_set_is_report (self,
                               kvar_directive_get_boolean (directive, "report",
                                                           action == NULL && reads &&
                                                           kvar_function_get_returns_set (self)));
}

static KvarFunction *
parse_function (JsonObject *object,
                KvarSchema *schema)
{
  const char *name = kvar_schema_json_string (object, "name");
  const char *result = kvar_schema_json_string (object, "result");
  KvarFunction *self;

  if (name == NULL || g_str_equal (name, "kvar_schema") || g_strcmp0 (result, "trigger") == 0)
    return NULL;

  self = kvar_function_new (name);
  kvar_function_set_result_type (self, result,
                                 kvar_schema_json_boolean (object, "returns_set", FALSE));
  kvar_function_set_volatility (self,
                                parse_volatility (kvar_schema_json_string (object, "volatility")));
  parse_arguments (self, object);
  borrow_results (self, schema);
  apply_function_comment (self, kvar_schema_json_string (object, "comment"));
  return self;
}

/**
 * kvar_schema_parse:
 * @json: what kvar_schema() answered
 *
 * Reads what the caller may see: tables with their columns and keys, and functions. Members that
 * are missing or odd are taken as unknown; only a document that is none of this fails.
 *
 * Returns: (transfer full): the schema, or %NULL with %KVAR_ERROR_BAD_REPLY
 */
KvarSchema *
kvar_schema_parse (GBytes  *json,
                   GError **error)
{
  g_autoptr(JsonObject) root = NULL;
  g_autoptr(KvarSchema) self = NULL;

  g_return_val_if_fail (json != NULL, NULL);

  root = kvar_json_parse_object (json, error);
  if (root == NULL)
    return NULL;

  if (!json_object_has_member (root, "version") || !json_object_has_member (root, "relations"))
    {
      g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY,
                           "This is not what kvar_schema() answers");
      return NULL;
    }

  self = kvar_schema_new (KVAR_SCHEMA_FUNCTION);
  for (guint i = 0; i < kvar_schema_json_length (root, "relations"); i++)
    {
      g_autoptr(KvarTable) table =
        parse_relation (kvar_schema_json_element (root, "relations", i));

      if (table != NULL && kvar_table_get_n_columns (table) > 0)
        kvar_schema_add_table (self, table);
    }
  for (guint i = 0; i < kvar_schema_json_length (root, "functions"); i++)
    {
      g_autoptr(KvarFunction) function =
        parse_function (kvar_schema_json_element (root, "functions", i), self);

      if (function != NULL)
        kvar_schema_add_function (self, function);
    }

  return g_steal_pointer (&self);
}
