/* kvar-demo-sql-functions.c: what SQLite lacks of PostgreSQL: collations, patterns, arrays, jsonb
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All of them answer null for a null argument.
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <glib.h>
#include <string.h>

#include "kvar-demo-array.h"
#include "kvar-demo-json.h"
#include "kvar-demo-numeric.h"
#include "kvar-demo-sql-functions.h"

static int
collate_numeric (gpointer      unused,
                 int           a_length,
                 gconstpointer a,
                 int           b_length,
                 gconstpointer b)
{
  return kvar_demo_numeric_compare (a, a_length, b, b_length);
}

static int
collate_jsonb (gpointer      unused,
               int           a_length,
               gconstpointer a,
               int           b_length,
               gconstpointer b)
{
  g_autoptr(KvarDemoJson) json_a = kvar_demo_json_parse (a, a_length, NULL);
  g_autoptr(KvarDemoJson) json_b = kvar_demo_json_parse (b, b_length, NULL);

  if (json_a == NULL || json_b == NULL)
    return json_a != NULL ? 1 : json_b != NULL ? -1 : 0;

  return kvar_demo_json_compare (json_a, json_b);
}

static const char *
text_of (sqlite3_value *value)
{
  return (const char *)sqlite3_value_text (value);
}

static gunichar
next_char (const char **p,
           gboolean     fold)
{
  gunichar c = g_utf8_get_char (*p);

  *p = g_utf8_next_char (*p);

  return fold ? g_unichar_tolower (c) : c;
}

/* LIKE: % and _ are wild, a backslash takes the next sign as it is. */
static gboolean
like (const char *text,
      const char *pattern,
      gboolean    fold)
{
  const char *star = NULL, *retry = NULL;

  while (*text != '\0')
    {
      const char *p = pattern, *t = text;

      if (*p == '%')
        {
          star = ++pattern;
          retry = text;
          continue;
        }

      if (*p == '_')
        {
          pattern++;
          text = g_utf8_next_char (text);
          continue;
        }

      if (*p == '\\' && p[1] != '\0')
        p++;

      if (*p != '\0' && next_char (&p, fold) == next_char (&t, fold))
        {
          pattern = p;
          text = t;
          continue;
        }

      if (star == NULL)
        return FALSE;
      pattern = star;
      retry = g_utf8_next_char (retry);
      text = retry;
    }

  while (*pattern == '%')
    pattern++;

  return *pattern == '\0';
}

/* kvar_like (text, pattern, fold) */
static void
call_like (sqlite3_context  *context,
           int               n_args,
           sqlite3_value   **args)
{
  const char *text = text_of (args[0]), *pattern = text_of (args[1]);

  if (text != NULL && pattern != NULL)
    sqlite3_result_int (context, like (text, pattern, sqlite3_value_int (args[2])));
}

/* kvar_match (text, pattern, fold); the pattern was checked when the statement was made */
static void
call_match (sqlite3_context  *context,
            int               n_args,
            sqlite3_value   **args)
{
  const char *text = text_of (args[0]), *pattern = text_of (args[1]);
  GRegex *regex = sqlite3_get_auxdata (context, 1);
  gboolean keep = regex == NULL;

  if (text == NULL || pattern == NULL)
    return;

  if (keep)
    regex = g_regex_new (pattern, sqlite3_value_int (args[2]) ? G_REGEX_CASELESS : 0, 0, NULL);
  if (regex == NULL)
    return;

  sqlite3_result_int (context, g_regex_match (regex, text, 0, NULL));
  if (keep)
    sqlite3_set_auxdata (context, 1, regex, (GDestroyNotify)g_regex_unref);
}

/* kvar_words (text, query): whether every word of the query is in the text */
static void
call_words (sqlite3_context  *context,
            int               n_args,
            sqlite3_value   **args)
{
  g_autofree char *text = NULL;
  g_autofree char *query = NULL;
  g_auto(GStrv) words = NULL;
  gboolean found = TRUE;

  if (text_of (args[0]) == NULL || text_of (args[1]) == NULL)
    return;

  text = g_utf8_strdown (text_of (args[0]), -1);
  query = g_utf8_strdown (text_of (args[1]), -1);
  words = g_strsplit_set (query, " &|'\"", -1);
  for (guint i = 0; words[i] != NULL; i++)
    found = found && strstr (text, words[i]) != NULL;

  sqlite3_result_int (context, found);
}

static gboolean
array_has (GPtrArray  *array,
           const char *element)
{
  for (guint i = 0; i < array->len; i++)
    if (array->pdata[i] != NULL && strcmp (array->pdata[i], element) == 0)
      return TRUE;

  return FALSE;
}

/* kvar_array (a, b, all): whether a has all of b's elements, or any */
static void
call_array (sqlite3_context  *context,
            int               n_args,
            sqlite3_value   **args)
{
  gboolean all = sqlite3_value_int (args[2]);
  g_autoptr(GPtrArray) a = NULL;
  g_autoptr(GPtrArray) b = NULL;
  gboolean result = all;

  if (text_of (args[0]) == NULL || text_of (args[1]) == NULL)
    return;

  a = kvar_demo_array_parse (text_of (args[0]));
  b = kvar_demo_array_parse (text_of (args[1]));
  for (guint i = 0; a != NULL && b != NULL && i < b->len; i++)
    {
      gboolean has = b->pdata[i] != NULL && array_has (a, b->pdata[i]);

      result = all ? result && has : result || has;
    }

  sqlite3_result_int (context, result);
}

/* kvar_array_json (array, numbers): to_jsonb() of an array */
static void
call_array_json (sqlite3_context  *context,
                 int               n_args,
                 sqlite3_value   **args)
{
  g_autoptr(GString) out = g_string_new (NULL);

  if (text_of (args[0]) == NULL)
    return;

  kvar_demo_array_append_json (out, text_of (args[0]), sqlite3_value_int (args[1]));
  sqlite3_result_text (context, out->str, out->len, SQLITE_TRANSIENT);
}

/* kvar_json_contains (a, b) */
static void
call_json_contains (sqlite3_context  *context,
                    int               n_args,
                    sqlite3_value   **args)
{
  g_autoptr(KvarDemoJson) a = NULL;
  g_autoptr(KvarDemoJson) b = NULL;

  if (text_of (args[0]) == NULL || text_of (args[1]) == NULL)
    return;

  a = kvar_demo_json_parse (text_of (args[0]), -1, NULL);
  b = kvar_demo_json_parse (text_of (args[1]), -1, NULL);
  if (a != NULL && b != NULL)
    sqlite3_result_int (context, kvar_demo_json_contains (a, b));
}

/* kvar_json (value, as_text, step, …): the arrows -> and ->> */
static void
call_json (sqlite3_context  *context,
           int               n_args,
           sqlite3_value   **args)
{
  const char *text = text_of (args[0]);
  g_autoptr(KvarDemoJson) json = NULL;
  const KvarDemoJson *found;

  if (text == NULL)
    return;

  json = kvar_demo_json_parse (text, -1, NULL);
  found = json;
  for (int i = 2; i < n_args && found != NULL; i++)
    found = kvar_demo_json_get_step (found, text_of (args[i]));

  if (found == NULL || (sqlite3_value_int (args[1]) && found->kind == KVAR_DEMO_JSON_NULL))
    return;

  if (sqlite3_value_int (args[1]) && found->children == NULL)
    sqlite3_result_text (context, found->text, -1, SQLITE_TRANSIENT);
  else
    sqlite3_result_text (context, found->start, found->length, SQLITE_TRANSIENT);
}

/* kvar_scaled (numeric, scale) → an integer that can be summed exactly */
static void
call_scaled (sqlite3_context  *context,
             int               n_args,
             sqlite3_value   **args)
{
  gint64 scaled;

  if (text_of (args[0]) != NULL &&
      kvar_demo_numeric_to_scaled (text_of (args[0]), sqlite3_value_int (args[1]), &scaled))
    sqlite3_result_int64 (context, scaled);
}

/* kvar_unscaled (integer, scale) → numeric */
static void
call_unscaled (sqlite3_context  *context,
               int               n_args,
               sqlite3_value   **args)
{
  g_autofree char *numeric = NULL;

  if (sqlite3_value_type (args[0]) == SQLITE_NULL)
    return;

  numeric = kvar_demo_numeric_from_scaled (sqlite3_value_int64 (args[0]),
                                           sqlite3_value_int (args[1]));
  sqlite3_result_text (context, numeric, -1, SQLITE_TRANSIENT);
}

/**
 * kvar_demo_sql_functions_register:
 *
 * Adds the demo's collations and functions to a connection.
 */
void
kvar_demo_sql_functions_register (sqlite3 *handle)
{
  static const struct
  {
    const char *name;
    int         n_args;
    void      (*call) (sqlite3_context *, int, sqlite3_value **);
  } functions[] = {
    { "kvar_like", 3, call_like },
    { "kvar_match", 3, call_match },
    { "kvar_words", 2, call_words },
    { "kvar_array", 3, call_array },
    { "kvar_array_json", 2, call_array_json },
    { "kvar_json_contains", 2, call_json_contains },
    { "kvar_json", -1, call_json },
    { "kvar_scaled", 2, call_scaled },
    { "kvar_unscaled", 2, call_unscaled },
  };

  sqlite3_create_collation (handle, "kvar_numeric", SQLITE_UTF8, NULL, collate_numeric);
  sqlite3_create_collation (handle, "kvar_jsonb", SQLITE_UTF8, NULL, collate_jsonb);

  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    sqlite3_create_function (handle, functions[i].name, functions[i].n_args,
                             SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, functions[i].call, NULL,
                             NULL);
}
