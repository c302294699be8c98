/* kvar-demo-openapi.c: the root document: blocked as the hosted gateway does it, or Swagger 2.0
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "kvar-demo-rest-private.h"

#define SERVER_VERSION "14.12"

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
begin_object (JsonBuilder *builder,
              const char  *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
}

static void
begin_array (JsonBuilder *builder,
             const char  *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
}

/* Since 14.8 integers have their width in place of their name. */
static void
add_type (JsonBuilder        *builder,
          const KvarDemoType *type)
{
  g_autofree char *name = kvar_demo_type_get_name (type, FALSE);
  g_autofree char *format = NULL;
  const char *json;

  switch (type->kind)
    {
    case KVAR_DEMO_KIND_SMALLINT:
    case KVAR_DEMO_KIND_INTEGER:
      format = g_strdup ("int32");
      json = "integer";
      break;

    case KVAR_DEMO_KIND_BIGINT:
      format = g_strdup ("int64");
      json = "integer";
      break;

    case KVAR_DEMO_KIND_NUMERIC:
    case KVAR_DEMO_KIND_DOUBLE:
      json = "number";
      break;

    case KVAR_DEMO_KIND_BOOLEAN:
      json = "boolean";
      break;

    case KVAR_DEMO_KIND_JSON:
    case KVAR_DEMO_KIND_JSONB:
      json = NULL;
      break;

    case KVAR_DEMO_KIND_TEXT_ARRAY:
    case KVAR_DEMO_KIND_INTEGER_ARRAY:
      json = "array";
      break;

    case KVAR_DEMO_KIND_ENUM:
      format = g_strconcat ("public.", name, NULL);
      json = "string";
      break;

    default:
      json = "string";
    }

  add_string (builder, "format", format != NULL ? format : name);
  if (json != NULL)
    add_string (builder, "type", json);
  if (kvar_demo_type_is_array (type))
    {
      begin_object (builder, "items");
      add_string (builder, "type",
                  type->kind == KVAR_DEMO_KIND_INTEGER_ARRAY ? "integer" : "string");
      json_builder_end_object (builder);
    }
}

/* A default that JSON can say; those of arrays and jsonb it leaves out. */
static void
add_default (JsonBuilder          *builder,
             const KvarDemoColumn *column)
{
  g_autofree char *text = kvar_demo_column_get_default (column);
  char category = kvar_demo_type_get_category (&column->type);

  if (text == NULL || category == 'A' || kvar_demo_type_is_json (&column->type))
    return;

  json_builder_set_member_name (builder, "default");
  if (category == 'B')
    json_builder_add_boolean_value (builder, strcmp (text, "true") == 0);
  else if (category == 'N')
    json_builder_add_int_value (builder, g_ascii_strtoll (text, NULL, 10));
  else
    json_builder_add_string_value (builder, column->default_text != NULL ? column->default_text
                                                                        : text);
}

/* The comment, and a note on keys behind it */
static void
add_description (JsonBuilder          *builder,
                 const KvarDemoTable  *table,
                 const KvarDemoColumn *column)
{
  const KvarDemoTable *base = table->view_base != NULL
                              ? kvar_demo_schema_find_table (table->view_base) : table;
  g_autoptr(GString) out = g_string_new (column->comment);
  gboolean key = kvar_demo_table_has_key_column (base, column->name);
  const KvarDemoForeignKey *foreign = NULL;

  for (guint i = 0; i < table->n_foreign_keys; i++)
    if (strcmp (table->foreign_keys[i].column, column->name) == 0)
      foreign = &table->foreign_keys[i];

  if (key || foreign != NULL)
    g_string_append_printf (out, "%sNote:", out->len > 0 ? "\n\n" : "");
  if (key)
    g_string_append (out, "\nThis is a Primary Key.<pk/>");
  if (foreign != NULL)
    g_string_append_printf (out, "\nThis is a Foreign Key to `%s.%s`.<fk table='%s' column='%s'/>",
                            foreign->target, foreign->target_column, foreign->target,
                            foreign->target_column);
  if (out->len > 0)
    add_string (builder, "description", out->str);
}

static void
add_property (JsonBuilder          *builder,
              const KvarDemoTable  *table,
              const KvarDemoColumn *column)
{
  begin_object (builder, column->name);
  add_default (builder, column);
  add_description (builder, table, column);
  if (column->type.kind == KVAR_DEMO_KIND_ENUM)
    {
      begin_array (builder, "enum");
      for (guint i = 0; column->type.labels->labels[i] != NULL; i++)
        json_builder_add_string_value (builder, column->type.labels->labels[i]);
      json_builder_end_array (builder);
    }
  add_type (builder, &column->type);
  if (column->type.kind == KVAR_DEMO_KIND_VARCHAR)
    {
      json_builder_set_member_name (builder, "maxLength");
      json_builder_add_int_value (builder, column->type.size);
    }
  json_builder_end_object (builder);
}

static void
add_definition (JsonBuilder         *builder,
                const KvarDemoTable *table)
{
  begin_object (builder, table->name);
  if (table->comment != NULL)
    add_string (builder, "description", table->comment);

  begin_array (builder, "required");
  for (guint i = 0; i < table->n_columns; i++)
    if (table->columns[i].not_null)
      json_builder_add_string_value (builder, table->columns[i].name);
  json_builder_end_array (builder);

  begin_object (builder, "properties");
  for (guint i = 0; i < table->n_columns; i++)
    add_property (builder, table, &table->columns[i]);
  json_builder_end_object (builder);

  add_string (builder, "type", "object");
  json_builder_end_object (builder);
}

static void
add_reference (JsonBuilder *builder,
               const char  *name)
{
  g_autofree char *path = g_strconcat ("#/parameters/", name, NULL);

  json_builder_begin_object (builder);
  add_string (builder, "$ref", path);
  json_builder_end_object (builder);
}

static void
add_summary (JsonBuilder *builder,
             const char  *comment)
{
  const char *rest = comment != NULL ? strchr (comment, '\n') : NULL;
  g_autofree char *first = NULL;

  if (comment == NULL)
    return;

  first = rest != NULL ? g_strndup (comment, rest - comment) : g_strdup (comment);
  add_string (builder, "summary", first);
  if (rest != NULL)
    add_string (builder, "description", rest + strspn (rest, "\n"));
}

static void
add_responses (JsonBuilder *builder,
               const char  *status,
               const char  *description)
{
  begin_object (builder, "responses");
  begin_object (builder, status);
  add_string (builder, "description", description);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
add_verb (JsonBuilder         *builder,
          const KvarDemoTable *table,
          const char          *verb)
{
  static const char * const reading[] = {
    "select", "order", "range", "rangeUnit", "offset", "limit", "preferCount", NULL
  };
  gboolean get = strcmp (verb, "get") == 0;
  gboolean post = strcmp (verb, "post") == 0;
  g_autofree char *body = g_strconcat ("body.", table->name, NULL);

  begin_object (builder, verb);
  begin_array (builder, "tags");
  json_builder_add_string_value (builder, table->name);
  json_builder_end_array (builder);
  add_summary (builder, table->comment);

  begin_array (builder, "parameters");
  for (guint i = 0; !post && i < table->n_columns; i++)
    {
      g_autofree char *filter = g_strdup_printf ("rowFilter.%s.%s", table->name,
                                                 table->columns[i].name);

      add_reference (builder, filter);
    }
  for (guint i = 0; get && reading[i] != NULL; i++)
    add_reference (builder, reading[i]);
  if (post || strcmp (verb, "patch") == 0)
    add_reference (builder, body);
  if (!get)
    add_reference (builder, post ? "preferPost" : "preferReturn");
  json_builder_end_array (builder);

  add_responses (builder, get ? "200" : post ? "201" : "204",
                 get ? "OK" : post ? "Created" : "No Content");
  json_builder_end_object (builder);
}

static void
add_call (JsonBuilder            *builder,
          const KvarDemoFunction *function,
          const char             *verb)
{
  g_autofree char *tag = g_strconcat ("(rpc) ", function->name, NULL);
  gboolean get = strcmp (verb, "get") == 0;

  begin_object (builder, verb);
  begin_array (builder, "tags");
  json_builder_add_string_value (builder, tag);
  json_builder_end_array (builder);
  add_summary (builder, function->comment);

  begin_array (builder, "parameters");
  if (!get)
    {
      json_builder_begin_object (builder);
      add_string (builder, "in", "body");
      add_string (builder, "name", "args");
      json_builder_set_member_name (builder, "required");
      json_builder_add_boolean_value (builder, TRUE);
      begin_object (builder, "schema");
      begin_array (builder, "required");
      for (guint i = 0; i < function->n_arguments; i++)
        if (!function->arguments[i].has_default)
          json_builder_add_string_value (builder, function->arguments[i].name);
      json_builder_end_array (builder);
      begin_object (builder, "properties");
    }
  for (guint i = 0; i < function->n_arguments; i++)
    {
      const KvarDemoArgument *argument = &function->arguments[i];

      if (get)
        {
          json_builder_begin_object (builder);
          add_string (builder, "in", "query");
          add_string (builder, "name", argument->name);
          json_builder_set_member_name (builder, "required");
          json_builder_add_boolean_value (builder, !argument->has_default);
        }
      else
        begin_object (builder, argument->name);
      add_type (builder, &argument->type);
      json_builder_end_object (builder);
    }
  if (!get)
    {
      json_builder_end_object (builder);
      add_string (builder, "type", "object");
      json_builder_end_object (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  add_responses (builder, "200", "OK");
  json_builder_end_object (builder);
}

static gboolean
is_shown (const KvarDemoRequest *request,
          const KvarDemoTable   *table)
{
  return kvar_demo_table_get_privileges (table, request->scope.role) != 0;
}

static void
add_paths (JsonBuilder     *builder,
           KvarDemoRequest *request)
{
  static const char * const verbs[] = { "get", "post", "delete", "patch" };
  guint n_tables, n_functions;
  const KvarDemoTable *tables = kvar_demo_schema_get_tables (&n_tables);
  const KvarDemoFunction *functions = kvar_demo_schema_get_functions (&n_functions);

  begin_object (builder, "paths");
  for (guint i = 0; i < n_tables; i++)
    {
      g_autofree char *path = g_strconcat ("/", tables[i].name, NULL);

      if (!is_shown (request, &tables[i]))
        continue;
      begin_object (builder, path);
      for (guint j = 0; j < G_N_ELEMENTS (verbs); j++)
        add_verb (builder, &tables[i], verbs[j]);
      json_builder_end_object (builder);
    }

  for (guint i = 0; i < n_functions; i++)
    {
      g_autofree char *path = g_strconcat ("/rpc/", functions[i].name, NULL);

      if ((!functions[i].anonymous && strcmp (request->scope.role, "anon") == 0) ||
          (strcmp (functions[i].name, "kvar_schema") == 0 && !request->config->kvar_schema))
        continue;
      begin_object (builder, path);
      if (strcmp (functions[i].volatility, "volatile") != 0)
        add_call (builder, &functions[i], "get");
      add_call (builder, &functions[i], "post");
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

static void
add_parameter (JsonBuilder *builder,
               const char  *key,
               const char  *name,
               const char  *in)
{
  begin_object (builder, key);
  add_string (builder, "name", name);
  add_string (builder, "in", in);
  json_builder_set_member_name (builder, "required");
  json_builder_add_boolean_value (builder, FALSE);
  add_string (builder, "type", "string");
  json_builder_end_object (builder);
}

static void
add_parameters (JsonBuilder     *builder,
                KvarDemoRequest *request)
{
  static const char * const shared[][3] = {
    { "preferReturn", "Prefer", "header" }, { "preferCount", "Prefer", "header" },
    { "preferPost", "Prefer", "header" },   { "select", "select", "query" },
    { "on_conflict", "on_conflict", "query" }, { "order", "order", "query" },
    { "range", "Range", "header" },         { "rangeUnit", "Range-Unit", "header" },
    { "offset", "offset", "query" },        { "limit", "limit", "query" },
  };
  guint n_tables;
  const KvarDemoTable *tables = kvar_demo_schema_get_tables (&n_tables);

  begin_object (builder, "parameters");
  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    add_parameter (builder, shared[i][0], shared[i][1], shared[i][2]);

  for (guint i = 0; i < n_tables; i++)
    {
      g_autofree char *body = g_strconcat ("body.", tables[i].name, NULL);
      g_autofree char *definition = g_strconcat ("#/definitions/", tables[i].name, NULL);

      if (!is_shown (request, &tables[i]))
        continue;

      begin_object (builder, body);
      add_string (builder, "name", tables[i].name);
      add_string (builder, "in", "body");
      begin_object (builder, "schema");
      add_string (builder, "$ref", definition);
      json_builder_end_object (builder);
      json_builder_end_object (builder);

      for (guint j = 0; j < tables[i].n_columns; j++)
        {
          g_autofree char *filter = g_strdup_printf ("rowFilter.%s.%s", tables[i].name,
                                                     tables[i].columns[j].name);

          add_parameter (builder, filter, tables[i].columns[j].name, "query");
        }
    }
  json_builder_end_object (builder);
}

static char *
write_document (KvarDemoRequest *request)
{
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr(JsonNode) root = NULL;
  guint n_tables;
  const KvarDemoTable *tables = kvar_demo_schema_get_tables (&n_tables);

  json_builder_begin_object (builder);
  add_string (builder, "swagger", "2.0");
  begin_object (builder, "info");
  add_string (builder, "title", "standard public schema");
  add_string (builder, "description", "");
  add_string (builder, "version", SERVER_VERSION);
  json_builder_end_object (builder);
  add_string (builder, "host", "0.0.0.0:3000");
  add_string (builder, "basePath", "/");
  add_paths (builder, request);

  begin_object (builder, "definitions");
  for (guint i = 0; i < n_tables; i++)
    if (is_shown (request, &tables[i]))
      add_definition (builder, &tables[i]);
  json_builder_end_object (builder);

  add_parameters (builder, request);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

/* The gateway looks at the key, never at the person's token. */
static gboolean
is_blocked (KvarDemoRequest *request)
{
  const char *body = NULL;
  guint status = 401;

  if (strcmp (request->scope.role, "service_role") == 0)
    return FALSE;

  if (request->config->openapi_mode == KVAR_DEMO_OPENAPI_HOSTED)
    body = "{\"message\":\"Secret API key required\","
           "\"hint\":\"Only secret API keys can be used for this endpoint.\"}";
  else if (request->config->openapi_mode == KVAR_DEMO_OPENAPI_SELFHOSTED)
    {
      body = "{\"message\":\"You cannot consume this service\"}";
      status = 403;
    }

  if (body != NULL)
    kvar_demo_exchange_reply (request->exchange, status, "application/json; charset=utf-8", body,
                              -1);

  return body != NULL;
}

/**
 * kvar_demo_request_describe:
 *
 * Replies to a request for the root, as the configured mode has it.
 */
gboolean
kvar_demo_request_describe (KvarDemoRequest   *self,
                            KvarDemoSqlError **error)
{
  const char *method = self->exchange->method;
  g_autofree char *document = NULL;

  if (is_blocked (self))
    return TRUE;

  if (self->config->openapi_mode == KVAR_DEMO_OPENAPI_DISABLED)
    {
      kvar_demo_sql_error_set (error, "PGRST126", "Root endpoint metadata is disabled");
      return FALSE;
    }

  if (strcmp (method, "GET") != 0 && strcmp (method, "HEAD") != 0)
    {
      kvar_demo_sql_error_set (error, "PGRST117", "Unsupported HTTP method: %s", method);
      return FALSE;
    }

  document = write_document (self);
  kvar_demo_exchange_reply (self->exchange, 200, "application/openapi+json; charset=utf-8",
                            strcmp (method, "HEAD") == 0 ? NULL : document, -1);

  return TRUE;
}
