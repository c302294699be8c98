/* kvar-probe.c: asks for a table that nobody described, and what the answers say of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A column's type is asked by comparing it with a text that is no value of any type but text:
 * PostgreSQL's refusal names the type, and no row is read for it.
 */

#define G_LOG_DOMAIN "kvar-schema"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "kvar-error.h"
#include "records/kvar-json-rows.h"
#include "schema/kvar-probe.h"

#define NO_VALUE "eq.¤{"
#define NO_PATTERN "ilike.¤{"

static KvarRequest *
new_request (const char *method,
             const char *table)
{
  g_autofree char *name = g_uri_escape_string (table, NULL, FALSE);
  g_autofree char *path = g_strconcat ("/rest/v1/", name, NULL);

  return kvar_request_new (method, path);
}

/* PostgREST takes a quoted name for a column, whatever is in it. */
static char *
quote_column (const char *column)
{
  g_autofree char *escaped = NULL;
  g_auto(GStrv) parts = g_strsplit (column, "\"", -1);

  escaped = g_strjoinv ("\\\"", parts);
  return g_strconcat ("\"", escaped, "\"", NULL);
}

KvarRequest *
kvar_probe_verbs (const char *table)
{
  KvarRequest *request = new_request ("OPTIONS", table);

  kvar_request_set_repeatable (request, TRUE);
  return request;
}

KvarRequest *
kvar_probe_row (const char *table)
{
  KvarRequest *request = new_request ("GET", table);

  kvar_request_add_query (request, "limit", "1");
  return request;
}

KvarRequest *
kvar_probe_type (const char *table,
                 const char *column)
{
  KvarRequest *request = new_request ("GET", table);
  g_autofree char *quoted = quote_column (column);

  kvar_request_add_query (request, "select", quoted);
  kvar_request_add_query (request, quoted, NO_VALUE);
  kvar_request_add_query (request, "limit", "0");
  return request;
}

/**
 * kvar_probe_text:
 *
 * Asks whether a column that takes any text is one: bytes and search vectors do so too, but have
 * no pattern to be like.
 */
KvarRequest *
kvar_probe_text (const char *table,
                 const char *column)
{
  KvarRequest *request = new_request ("GET", table);
  g_autofree char *quoted = quote_column (column);

  kvar_request_add_query (request, "select", quoted);
  kvar_request_add_query (request, quoted, NO_PATTERN);
  kvar_request_add_query (request, "limit", "0");
  return request;
}

KvarRequest *
kvar_probe_xmin (const char *table)
{
  KvarRequest *request = new_request ("GET", table);

  kvar_request_add_query (request, "select", "xmin");
  kvar_request_add_query (request, "limit", "0");
  return request;
}

static gboolean
has_verb (const char *allow,
          const char *verb)
{
  g_auto(GStrv) verbs = g_strsplit_set (allow, ", ", -1);

  return g_strv_contains ((const char *const *) verbs, verb);
}

/* PostgREST's hint for a name that is nearly right: Perhaps you meant the table 'public.jobs' */
static char *
find_suggestion (KvarReply *reply)
{
  GBytes *body = kvar_reply_get_body (reply);
  gsize length = 0;
  const char *text = body != NULL ? g_bytes_get_data (body, &length) : NULL;
  g_autofree char *copy = text != NULL ? g_strndup (text, length) : g_strdup ("");
  g_autoptr(GRegex) regex =
    g_regex_new ("Perhaps you meant the table '(?:[^'.]*\\.)?([^']+)'", 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;

  return g_regex_match (regex, copy, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}

static void
set_no_such_table (KvarReply   *reply,
                   const char  *name,
                   GError     **error)
{
  g_autofree char *suggestion = find_suggestion (reply);

  if (suggestion != NULL)
    g_set_error (error, KVAR_ERROR, KVAR_ERROR_INVALID,
                 /* Translators: names of tables, the typed one and one that exists. */
                 _("There is no table “%s” here. Did you mean “%s”?"), name, suggestion);
  else
    g_set_error (error, KVAR_ERROR, KVAR_ERROR_INVALID,
                 /* Translators: the name of a table that a person typed. */
                 _("There is no table “%s” here, or you may not see it."), name);
  if (error != NULL)
    kvar_error_set_field (*error, "name");
}

/**
 * kvar_probe_read_verbs:
 * @reply: the answer to kvar_probe_verbs()
 * @table: learns what may be done with its rows
 *
 * Without `Allow` (some gateways answer by themselves) everything is taken as possible, and the
 * server refuses what is not.
 *
 * Returns: %FALSE if there is no such table
 */
gboolean
kvar_probe_read_verbs (KvarReply  *reply,
                       KvarTable  *table,
                       GError    **error)
{
  const char *allow = kvar_reply_get_header (reply, "Allow");
  int status = kvar_reply_get_status (reply);

  if (status == 404)
    {
      set_no_such_table (reply, kvar_table_get_name (table), error);
      return FALSE;
    }
  if (status >= 300 && !kvar_reply_check (reply, KVAR_SERVICE_REST, error))
    return FALSE;

  if (allow == NULL || !has_verb (allow, "GET"))
    allow = "POST,PATCH,DELETE";
  kvar_table_set_privileges (table, has_verb (allow, "POST"), has_verb (allow, "PATCH"),
                             has_verb (allow, "DELETE"));
  return TRUE;
}

/**
 * kvar_probe_read_row:
 * @reply: the answer to kvar_probe_row()
 * @table: is given a column for every member of the row, unless it has columns already
 *
 * Returns: %FALSE if the columns cannot be told: the error's field is "columns" where naming
 *   them would help
 */
gboolean
kvar_probe_read_row (KvarReply  *reply,
                     KvarTable  *table,
                     GError    **error)
{
  g_autoptr(KvarJsonRows) rows = NULL;
  g_autoptr(KvarType) text = kvar_type_new ("text", NULL);
  gboolean is_known = kvar_table_get_n_columns (table) > 0;
  GError *problem = NULL;

  if (kvar_reply_get_status (reply) == 404)
    {
      set_no_such_table (reply, kvar_table_get_name (table), error);
      return FALSE;
    }
  if (!kvar_reply_check (reply, KVAR_SERVICE_REST, error))
    return FALSE;

  rows = kvar_json_rows_new (kvar_reply_get_body (reply), error);
  if (rows == NULL)
    return FALSE;

  if (!kvar_json_rows_next (rows, &problem))
    {
      if (problem != NULL)
        {
          g_propagate_error (error, problem);
          return FALSE;
        }
      if (is_known)
        return TRUE;
      g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_INVALID,
                           _("This table has no rows that you may see, so its columns are "
                             "unknown. Type their names."));
      if (error != NULL)
        kvar_error_set_field (*error, "columns");
      return FALSE;
    }

  for (guint i = 0; !is_known && i < kvar_json_rows_get_n_cells (rows); i++)
    {
      const char *name = kvar_json_rows_get_name (rows, i);
      g_autoptr(KvarColumn) column = kvar_column_new (name, text);

      if (kvar_table_find_column (table, name) == NULL)
        kvar_table_add_column (table, column);
    }
  return TRUE;
}

/* The type that a refusal names; "unknown" if it names none. */
static KvarType *
type_from_message (const char *message)
{
  static const struct { const char *pattern; const char *type; } patterns[] = {
    /* jsonb says so itself; json has no "=" at all and is found by the operator. */
    { "^invalid input syntax for type json$", "jsonb" },
    { "^invalid input syntax for type ([^:]+):", NULL },
    { "^invalid input value for enum ([^:]+):", "enum" },
    { "^malformed array literal", "text[]" },
    { "^malformed (range) literal", "range" },
    { "^malformed (multirange) literal", "multirange" },
    { "is not a valid binary digit", "varbit" },
    { "^operator does not exist: (.+) (?:=|~~\\*) ", NULL },
  };

  for (gsize i = 0; message != NULL && i < G_N_ELEMENTS (patterns); i++)
    {
      g_autoptr(GRegex) regex = g_regex_new (patterns[i].pattern, 0, 0, NULL);
      g_autoptr(GMatchInfo) match = NULL;
      g_autofree char *name = NULL;

      if (!g_regex_match (regex, message, 0, &match))
        continue;

      name = g_match_info_get_match_count (match) > 1 ? g_match_info_fetch (match, 1) : NULL;
      return kvar_type_new_domain (name != NULL ? name : patterns[i].type, patterns[i].type,
                                   NULL);
    }

  return kvar_type_new ("unknown", NULL);
}

/**
 * kvar_probe_read_type:
 * @reply: the answer to kvar_probe_type()
 *
 * Returns: (transfer full): the type, which may be "unknown"; or %NULL if the column is not there
 *   or the server could not be asked
 */
KvarType *
kvar_probe_read_type (KvarReply  *reply,
                      GError    **error)
{
  const char *code = kvar_reply_get_code (reply);
  int status = kvar_reply_get_status (reply);

  if (status >= 200 && status < 300)
    return kvar_type_new ("text", NULL);

  /* 42883: there is no "="; 0A000: there is one, but none with text. */
  if (code != NULL && (g_str_has_prefix (code, "22") || g_str_equal (code, "42883") ||
                       g_str_equal (code, "0A000")))
    return type_from_message (kvar_reply_get_message (reply));

  if (kvar_reply_check (reply, KVAR_SERVICE_REST, error))
    g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY, "A probe has no answer");
  return NULL;
}

/**
 * kvar_probe_read_xmin:
 * @reply: the answer to kvar_probe_xmin()
 * @table: learns whether it is a table, and may be guarded by xmin
 *
 * A view has no system columns, unless they may only be asked by who may read all of it.
 */
void
kvar_probe_read_xmin (KvarReply *reply,
                      KvarTable *table)
{
  int status = kvar_reply_get_status (reply);

  kvar_table_set_can_use_xmin (table, status >= 200 && status < 300);
  if (g_strcmp0 (kvar_reply_get_code (reply), "42703") == 0)
    kvar_table_set_kind (table, KVAR_TABLE_VIEW);
}
