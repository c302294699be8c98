/* kvar-cli-schema.c: The verbs tables and schema.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-cli"

#include "config.h"

#include "kvar-cli-schema.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "kvar-cli-command.h"
#include "kvar-paths.h"
#include "records/kvar-body.h"
#include "records/kvar-json-text.h"
#include "schema/kvar-function-table.h"

/* Finds out what the session's project holds; whoever wants the loader too is given it. */
static KvarSchema *
load_schema (KvarSession       *session,
             KvarSchemaLoader **loader,
             GError           **error)
{
  g_autoptr(KvarSchemaLoader) made =
    kvar_schema_loader_new (session, kvar_paths_get_cache_dir ());
  g_autoptr(GAsyncResult) result = NULL;
  KvarSchema *schema;

  kvar_schema_loader_load_async (made, NULL, kvar_cli_keep_result, &result);
  kvar_cli_await (&result);
  schema = kvar_schema_loader_load_finish (made, result, error);
  if (schema != NULL && loader != NULL)
    *loader = g_steal_pointer (&made);

  return schema;
}

static KvarTable *
find_table (KvarSchema        *schema,
            KvarSchemaLoader  *loader,
            const char        *name,
            GError           **error)
{
  KvarTable *table = kvar_schema_find_table (schema, name);
  g_autoptr(GAsyncResult) result = NULL;

  if (table != NULL)
    return g_object_ref (table);

  kvar_schema_loader_add_table_async (loader, name, NULL, NULL, kvar_cli_keep_result, &result);
  kvar_cli_await (&result);

  return kvar_schema_loader_add_table_finish (loader, result, error);
}

/**
 * kvar_cli_load_table:
 *
 * Finds one table, asking the project for it by name where it does not list its tables.
 *
 * Returns: (transfer full) (nullable): the table, or %NULL with an error
 */
KvarTable *
kvar_cli_load_table (KvarSession  *session,
                     const char   *name,
                     GError      **error)
{
  g_autoptr(KvarSchemaLoader) loader = NULL;
  g_autoptr(KvarSchema) schema = load_schema (session, &loader, error);

  return schema != NULL ? find_table (schema, loader, name, error) : NULL;
}

/* The words "name=value" as a JSON object. */
static char *
read_arguments (KvarFunction        *function,
                const char *const   *words,
                GError             **error)
{
  g_autoptr(KvarBody) body = kvar_body_new ();
  g_autoptr(GBytes) bytes = NULL;

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      const char *equals = strchr (words[i], '=');
      g_autofree char *name = g_strndup (words[i], equals != NULL ? equals - words[i] : 0);
      g_autoptr(KvarValue) value = NULL;
      KvarColumn *argument = NULL;

      for (guint j = 0; j < kvar_function_get_n_arguments (function); j++)
        if (g_str_equal (kvar_column_get_name (kvar_function_get_argument (function, j)), name))
          argument = kvar_function_get_argument (function, j);
      if (argument == NULL)
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       /* Translators: the name of a function, and what somebody typed. */
                       _("The function %s has no such argument: “%s”."),
                       kvar_function_get_name (function), words[i]);
          return NULL;
        }

      value = kvar_value_new (kvar_column_get_column_type (argument), equals + 1);
      kvar_body_add (body, name, value);
    }

  bytes = kvar_body_to_bytes (body);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/**
 * kvar_cli_load_rows:
 * @name: of a table, a view, or a function that returns rows
 * @arguments: (nullable): "name=value" for each argument of the function
 *
 * Returns: (transfer full) (nullable): what can be read like a table, or %NULL with an error;
 *   %G_OPTION_ERROR if @arguments make no sense
 */
KvarTable *
kvar_cli_load_rows (KvarSession        *session,
                    const char         *name,
                    const char *const  *arguments,
                    GError            **error)
{
  g_autoptr(KvarSchemaLoader) loader = NULL;
  g_autoptr(KvarSchema) schema = load_schema (session, &loader, error);
  g_autofree char *body = NULL;
  KvarFunction *function;
  KvarTable *table = NULL;

  if (schema == NULL)
    return NULL;

  function = kvar_schema_find_function (schema, name);
  if (kvar_schema_find_table (schema, name) != NULL || function == NULL)
    return find_table (schema, loader, name, error);

  body = read_arguments (function, arguments, error);
  if (body != NULL)
    table = kvar_function_table_new (function, body);
  if (body != NULL && table == NULL)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 /* Translators: %s is the name of a function. */
                 _("The function %s returns no rows."), name);

  return table;
}

static void
append_member (GString    *json,
               const char *name,
               const char *text)
{
  g_string_append_printf (json, "%s\"%s\":", json->str[json->len - 1] == '{' ? "" : ",", name);
  if (text != NULL)
    kvar_json_text_append_quoted (json, text);
  else
    g_string_append (json, "null");
}

static void
append_flag (GString    *json,
             const char *name,
             gboolean    value)
{
  g_string_append_printf (json, ",\"%s\":%s", name, value ? "true" : "false");
}

static void
append_table (GString   *json,
              KvarTable *table)
{
  g_string_append_c (json, '{');
  append_member (json, "name", kvar_table_get_name (table));
  append_member (json, "title", kvar_table_get_title (table));
  append_member (json, "help", kvar_table_get_help (table));
  append_flag (json, "view", kvar_table_get_is_view (table));
  append_flag (json, "insert", kvar_table_can_insert (table));
  append_flag (json, "update", kvar_table_can_update (table));
  append_flag (json, "delete", kvar_table_can_delete (table));
}

static void
append_column (GString    *json,
               KvarTable  *table,
               KvarColumn *column)
{
  KvarReference *reference = kvar_column_get_reference (column);

  g_string_append_c (json, '{');
  append_member (json, "name", kvar_column_get_name (column));
  append_member (json, "title", kvar_column_get_title (column));
  append_member (json, "type", kvar_type_get_name (kvar_column_get_column_type (column)));
  append_member (json, "help", kvar_column_get_help (column));
  append_member (json, "references",
                 reference != NULL ? kvar_reference_get_foreign_table (reference) : NULL);
  append_flag (json, "key", kvar_table_is_key_column (table, column));
  append_flag (json, "nullable", kvar_column_get_nullable (column));
  append_flag (json, "generated", kvar_column_get_is_generated (column));
  append_flag (json, "insert", kvar_column_get_can_insert (column));
  append_flag (json, "update", kvar_column_get_can_update (column));
  g_string_append_c (json, '}');
}

static void
print_tables (KvarSchema *schema,
              gboolean    as_json)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (schema));
  g_autoptr(GString) json = g_string_new ("[");

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(KvarTable) table = g_list_model_get_item (G_LIST_MODEL (schema), i);

      if (!as_json)
        {
          if (!kvar_table_get_hidden (table))
            g_print ("%s\t%s\n", kvar_table_get_name (table), kvar_table_get_title (table));
          continue;
        }
      if (i > 0)
        g_string_append_c (json, ',');
      append_table (json, table);
      g_string_append_c (json, '}');
    }

  if (as_json)
    g_print ("%s]\n", json->str);
}

static void
print_table (KvarTable *table,
             gboolean   as_json)
{
  guint n = kvar_table_get_n_columns (table);
  g_autoptr(GString) json = g_string_new (NULL);

  append_table (json, table);
  g_string_append (json, ",\"columns\":[");
  for (guint i = 0; i < n; i++)
    {
      KvarColumn *column = kvar_table_get_column (table, i);

      if (as_json)
        {
          if (i > 0)
            g_string_append_c (json, ',');
          append_column (json, table, column);
          continue;
        }
      g_print ("%s\t%s\t%s%s\n", kvar_column_get_name (column),
               kvar_type_get_name (kvar_column_get_column_type (column)),
               kvar_column_get_title (column),
               kvar_table_is_key_column (table, column) ? "\tkey" : "");
    }

  if (as_json)
    g_print ("%s]}\n", json->str);
}

KvarCliExit
kvar_cli_tables (KvarCliContext  *context,
                 int              argc,
                 char           **argv)
{
  gboolean as_json = FALSE;
  g_autoptr(KvarSession) session = NULL;
  g_autoptr(KvarSchemaLoader) loader = NULL;
  g_autoptr(KvarSchema) schema = NULL;
  g_autoptr(GError) error = NULL;
  KvarCliExit exit_code;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Answer in JSON"), NULL },
    { NULL }
  };

  if (!kvar_cli_command_parse ("tables", entries, &argc, &argv, &exit_code))
    return exit_code;
  if (argc > 1)
    return kvar_cli_usage ("tables", _("It takes no other words."));

  session = kvar_cli_context_open_session (context, &error);
  if (session != NULL)
    schema = load_schema (session, &loader, &error);
  if (schema == NULL)
    return kvar_cli_report (error);

  print_tables (schema, as_json);
  if (kvar_schema_loader_get_blocked (loader) != NULL)
    g_printerr ("%s\n", kvar_schema_loader_get_blocked (loader));
  return KVAR_CLI_DONE;
}

KvarCliExit
kvar_cli_schema (KvarCliContext  *context,
                 int              argc,
                 char           **argv)
{
  gboolean as_json = FALSE;
  g_autoptr(KvarSession) session = NULL;
  g_autoptr(KvarTable) table = NULL;
  g_autoptr(GError) error = NULL;
  KvarCliExit exit_code;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Answer in JSON"), NULL },
    { NULL }
  };

  if (!kvar_cli_command_parse ("schema", entries, &argc, &argv, &exit_code))
    return exit_code;
  if (argc != 2)
    return kvar_cli_usage ("schema", _("It takes the name of one table."));

  session = kvar_cli_context_open_session (context, &error);
  if (session != NULL)
    table = kvar_cli_load_table (session, argv[1], &error);
  if (table == NULL)
    return kvar_cli_report (error);

  print_table (table, as_json);
  return KVAR_CLI_DONE;
}
