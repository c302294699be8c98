/* kvar-openapi-parser.c: PostgREST's OpenAPI root document read into a KvarSchema
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The document does not tell identity and generated columns, privileges of columns, keys of
 * several columns that refer elsewhere, or what functions return: the server says so later.
 */

#define G_LOG_DOMAIN "kvar-schema"

#include "config.h"

#include <stdio.h>
#include <string.h>

#include "kvar-error.h"
#include "kvar-json.h"
#include "schema/kvar-directive.h"
#include "schema/kvar-openapi-parser.h"
#include "schema/kvar-schema-json.h"
#include "schema/kvar-table-guess.h"

#define RPC "/rpc/"

/* The owner's words in a description: what comes before PostgREST's own note, which is last. */
static char *
cut_note (const char *description)
{
  const char *note = NULL;

  if (description == NULL)
    return NULL;

  if (strstr (description, "<pk/>") != NULL || strstr (description, "<fk ") != NULL)
    note = g_strrstr (description, "Note:\n");

  return note != NULL ? g_strchomp (g_strndup (description, (gsize) (note - description)))
                      : g_strdup (description);
}

/* An attribute of PostgREST's <fk table='…' column='…'/>. */
static char *
read_attribute (const char *tag,
                const char *name)
{
  g_autofree char *opening = g_strconcat (name, "='", NULL);
  const char *begin = strstr (tag, opening);
  const char *end;

  if (begin == NULL)
    return NULL;

  begin += strlen (opening);
  end = strchr (begin, '\'');
  return end != NULL ? g_strndup (begin, (gsize) (end - begin)) : NULL;
}

static void
read_reference (KvarTable  *table,
                const char *column,
                const char *description)
{
  const char *tag = description != NULL ? strstr (description, "<fk ") : NULL;
  g_autofree char *foreign_table = tag != NULL ? read_attribute (tag, "table") : NULL;
  g_autofree char *foreign_column = tag != NULL ? read_attribute (tag, "column") : NULL;
  const char *const columns[] = { column, NULL };
  const char *const foreign[] = { foreign_column, NULL };
  g_autoptr(KvarReference) reference = NULL;

  if (foreign_table == NULL || foreign_column == NULL)
    return;

  reference = kvar_reference_new (NULL, columns, foreign_table, foreign);
  kvar_table_add_reference (table, reference);
}

/* A type's name with its length, and without the schema that is prefixed to enums. */
static KvarType *
parse_type (JsonObject *property)
{
  g_auto(GStrv) labels = kvar_schema_json_strings (property, "enum");
  const char *format = kvar_schema_json_string (property, "format");
  gint64 length = kvar_schema_json_int (property, "maxLength", 0);
  g_autofree char *name = NULL;

  if (format == NULL)
    format = "text";
  if (g_str_has_prefix (format, "public."))
    format += strlen ("public.");
  name = length > 0 && strchr (format, '(') == NULL
           ? g_strdup_printf ("%s(%" G_GINT64_FORMAT ")", format, length) : g_strdup (format);

  return kvar_type_new (name, (const char *const *) labels);
}

/* The default is any JSON; only that there is one matters, and its text for people to read. */
static void
read_default (KvarColumn *column,
              JsonObject *property)
{
  JsonNode *node = json_object_get_member (property, "default");
  g_autofree char *text = NULL;

  if (node == NULL)
    return;

  text = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_dup_string (node) : json_to_string (node, FALSE);
  kvar_column_set_default (column, text);
}

static KvarColumn *
parse_column (const char *name,
              JsonObject *property)
{
  const char *description = kvar_schema_json_string (property, "description");
  g_autofree char *comment = cut_note (description);
  g_autoptr(KvarType) type = parse_type (property);
  KvarColumn *self = kvar_column_new (name, type);

  read_default (self, property);
  kvar_column_apply_comment (self, comment);
  return self;
}

/* PostgREST lists all three verbs as soon as one of them is possible, so this is an upper bound. */
static void
read_privileges (KvarTable  *table,
                 JsonObject *paths)
{
  g_autofree char *name = g_strconcat ("/", kvar_table_get_name (table), NULL);
  JsonObject *path = kvar_schema_json_object (paths, name);

  if (path == NULL)
    return;

  kvar_table_set_privileges (table, json_object_has_member (path, "post"),
                             json_object_has_member (path, "patch"),
                             json_object_has_member (path, "delete"));
}

/* "required" is every column that is NOT NULL, whether or not the database fills it in. A bigint
 * key without a default that can be told is filled in by a sequence as good as always. */
static void
read_required (KvarTable  *table,
               JsonObject *definition)
{
  g_auto(GStrv) required = kvar_schema_json_strings (definition, "required");

  for (guint i = 0; required != NULL && required[i] != NULL; i++)
    {
      KvarColumn *column = kvar_table_find_column (table, required[i]);

      if (column != NULL)
        kvar_column_set_nullable (column, FALSE);
    }
}

static void
assume_sequence (KvarTable *table)
{
  guint n;
  const guint *key = kvar_table_get_key (table, &n);
  KvarColumn *column = n == 1 ? kvar_table_get_column (table, key[0]) : NULL;

  if (column != NULL && kvar_column_get_kind (column) == KVAR_KIND_INTEGER &&
      !kvar_column_get_has_default (column) && kvar_column_get_reference (column) == NULL)
    kvar_column_set_identity (column, KVAR_IDENTITY_BY_DEFAULT);
}

static KvarTable *
parse_definition (const char *name,
                  JsonObject *definition,
                  JsonObject *paths)
{
  JsonObject *properties = kvar_schema_json_object (definition, "properties");
  g_autoptr(GStrvBuilder) key = g_strv_builder_new ();
  g_auto(GStrv) key_columns = NULL;
  g_autoptr(GList) members = properties != NULL ? json_object_get_members (properties) : NULL;
  KvarTable *self = kvar_table_new (name);

  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonObject *property = kvar_schema_json_object (properties, l->data);
      const char *description = kvar_schema_json_string (property, "description");
      g_autoptr(KvarColumn) column = NULL;

      if (property == NULL)
        continue;

      column = parse_column (l->data, property);
      kvar_table_add_column (self, column);
      read_reference (self, l->data, description);
      if (description != NULL && strstr (description, "<pk/>") != NULL)
        g_strv_builder_add (key, l->data);
    }

  key_columns = g_strv_builder_end (key);
  kvar_table_set_key (self, (const char *const *) key_columns, FALSE);
  read_required (self, definition);
  read_privileges (self, paths);
  assume_sequence (self);
  kvar_table_apply_comment (self, kvar_schema_json_string (definition, "description"));
  kvar_table_guess_titles (self);
  kvar_table_guess_label (self);

  /* Views have no NOT NULL columns as far as PostgREST knows, and tables with a key always do. */
  if (!json_object_has_member (definition, "required"))
    kvar_table_set_kind (self, KVAR_TABLE_VIEW);
  return self;
}

static void
read_arguments (KvarFunction *function,
                JsonObject   *post)
{
  JsonObject *parameter = kvar_schema_json_element (post, "parameters", 0);
  JsonObject *schema = kvar_schema_json_object (parameter, "schema");
  JsonObject *properties = kvar_schema_json_object (schema, "properties");
  g_auto(GStrv) required = kvar_schema_json_strings (schema, "required");
  g_autoptr(GList) members = properties != NULL ? json_object_get_members (properties) : NULL;

  for (GList *l = members; l != NULL; l = l->next)
    {
      g_autoptr(KvarType) type = parse_type (kvar_schema_json_object (properties, l->data));
      g_autoptr(KvarColumn) argument = kvar_column_new (l->data, type);

      if (required == NULL || !g_strv_contains ((const char *const *) required, l->data))
        kvar_column_set_default (argument, "DEFAULT");
      kvar_function_add_argument (function, argument);
    }
}

/* Before 13.0.5 the document offered GET for volatile functions as well. */
static gboolean
tells_volatility (JsonObject *root)
{
  const char *version = kvar_schema_json_string (kvar_schema_json_object (root, "info"),
                                                 "version");
  int numbers[3] = { 0 };

  if (version == NULL || sscanf (version, "%4d.%4d.%4d", &numbers[0], &numbers[1], &numbers[2]) < 1)
    return FALSE;

  return numbers[0] > 13 ||
         (numbers[0] == 13 && (numbers[1] > 0 || numbers[2] >= 5));
}

/* Whether it is a report cannot be told from the document: only the owner's directive says so. */
static KvarFunction *
parse_function (const char *name,
                JsonObject *path,
                gboolean    get_means_stable)
{
  JsonObject *post = kvar_schema_json_object (path, "post");
  const char *summary = kvar_schema_json_string (post, "summary");
  const char *description = kvar_schema_json_string (post, "description");
  g_autofree char *comment = g_strconcat (summary != NULL ? summary : "",
                                          description != NULL ? "\n" : "", description, NULL);
  g_autoptr(KvarDirective) directive = kvar_directive_parse (comment);
  const char *title = kvar_directive_get_localized (directive, "title");
  KvarFunction *self = kvar_function_new (name);

  if (title != NULL)
    kvar_function_set_title (self, title);
  kvar_function_set_help (self, kvar_directive_get_rest (directive));
  kvar_function_set_is_report (self, kvar_directive_get_boolean (directive, "report", FALSE));
  kvar_function_set_action (self, kvar_directive_get_string (directive, "action"),
                            kvar_directive_get_boolean (directive, "confirm", FALSE));
  if (get_means_stable && json_object_has_member (path, "get"))
    kvar_function_set_volatility (self, KVAR_VOLATILITY_STABLE);
  read_arguments (self, post);
  return self;
}

static void
parse_functions (KvarSchema *schema,
                 JsonObject *root)
{
  JsonObject *paths = kvar_schema_json_object (root, "paths");
  g_autoptr(GList) members = paths != NULL ? json_object_get_members (paths) : NULL;

  for (GList *l = members; l != NULL; l = l->next)
    {
      const char *name = l->data;
      JsonObject *path = kvar_schema_json_object (paths, name);
      g_autoptr(KvarFunction) function = NULL;

      if (path == NULL || !g_str_has_prefix (name, RPC) ||
          g_str_equal (name, RPC "kvar_schema"))
        continue;

      function = parse_function (name + strlen (RPC), path, tells_volatility (root));
      kvar_schema_add_function (schema, function);
    }
}

/**
 * kvar_openapi_parse:
 * @json: the root document of a project, or a file with it
 *
 * Reads what PostgREST tells of one schema, in the order of the document, which is the tables'.
 *
 * Returns: (transfer full): the schema, or %NULL with %KVAR_ERROR_BAD_REPLY
 */
KvarSchema *
kvar_openapi_parse (GBytes  *json,
                    GError **error)
{
  g_autoptr(JsonObject) root = NULL;
  g_autoptr(KvarSchema) self = NULL;
  g_autoptr(GList) members = NULL;
  JsonObject *definitions;
  JsonObject *paths;

  g_return_val_if_fail (json != NULL, NULL);

  root = kvar_json_parse_object (json, error);
  if (root == NULL)
    return NULL;

  definitions = kvar_schema_json_object (root, "definitions");
  paths = kvar_schema_json_object (root, "paths");
  if (definitions == NULL || kvar_schema_json_string (root, "swagger") == NULL)
    {
      g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY,
                           "This is not PostgREST's description of a schema");
      return NULL;
    }

  self = kvar_schema_new (KVAR_SCHEMA_OPENAPI);
  members = json_object_get_members (definitions);
  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonObject *definition = kvar_schema_json_object (definitions, l->data);
      g_autoptr(KvarTable) table = NULL;

      if (definition == NULL)
        continue;

      table = parse_definition (l->data, definition, paths);
      if (kvar_table_get_n_columns (table) > 0)
        kvar_schema_add_table (self, table);
    }
  parse_functions (self, root);

  return g_steal_pointer (&self);
}
