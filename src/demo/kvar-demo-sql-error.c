/* kvar-demo-sql-error.c: an error as PostgREST words it: code, message, details and hint
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-json.h"
#include "kvar-demo-sql-error.h"

/* The first row whose prefix fits decides. */
static const struct
{
  const char *prefix;
  guint       status;
} statuses[] = {
  { "PGRST100", 400 }, { "PGRST101", 405 }, { "PGRST102", 400 }, { "PGRST103", 416 },
  { "PGRST105", 405 }, { "PGRST106", 406 }, { "PGRST107", 406 }, { "PGRST114", 400 },
  { "PGRST115", 400 }, { "PGRST116", 406 }, { "PGRST117", 405 }, { "PGRST118", 400 },
  { "PGRST122", 400 }, { "PGRST123", 400 }, { "PGRST124", 400 }, { "PGRST125", 404 },
  { "PGRST126", 404 }, { "PGRST127", 400 }, { "PGRST200", 400 }, { "PGRST201", 300 },
  { "PGRST202", 404 }, { "PGRST203", 300 }, { "PGRST204", 400 }, { "PGRST205", 404 },
  { "PGRST3", 401 },   { "PGRST", 500 },
  { "23503", 409 },    { "23505", 409 },    { "25006", 405 },    { "42883", 404 },
  { "42P01", 404 },    { "42P17", 500 },    { "42501", 403 },    { "57P01", 503 },
  { "08", 503 },       { "09", 500 },       { "0L", 403 },       { "0P", 403 },
  { "21", 500 },       { "25", 500 },       { "28", 403 },       { "2D", 500 },
  { "38", 500 },       { "39", 500 },       { "3B", 500 },       { "40", 500 },
  { "53400", 500 },    { "53", 503 },       { "54", 500 },       { "55", 500 },
  { "57", 500 },       { "58", 500 },       { "P0001", 400 },    { "P0", 500 },
  { "XX", 500 },
};

/**
 * kvar_demo_sql_error_set:
 * @error: (nullable): where to put it; must not hold one already
 * @code: a SQLSTATE or a PGRST code
 */
void
kvar_demo_sql_error_set (KvarDemoSqlError **error,
                         const char        *code,
                         const char        *format,
                         ...)
{
  va_list args;

  if (error == NULL)
    return;

  g_assert (*error == NULL);

  *error = g_new0 (KvarDemoSqlError, 1);
  (*error)->code = g_strdup (code);

  va_start (args, format);
  (*error)->message = g_strdup_vprintf (format, args);
  va_end (args);
}

/**
 * kvar_demo_sql_error_explain:
 * @details: (nullable)
 * @hint: (nullable)
 *
 * Adds what PostgreSQL says besides the message to the error that was just set.
 */
void
kvar_demo_sql_error_explain (KvarDemoSqlError **error,
                             const char        *details,
                             const char        *hint)
{
  if (error == NULL || *error == NULL)
    return;

  g_free ((*error)->details);
  g_free ((*error)->hint);
  (*error)->details = g_strdup (details);
  (*error)->hint = g_strdup (hint);
}

/**
 * kvar_demo_sql_error_propagate:
 * @source: (transfer full)
 */
void
kvar_demo_sql_error_propagate (KvarDemoSqlError **error,
                               KvarDemoSqlError  *source)
{
  if (error == NULL)
    kvar_demo_sql_error_free (source);
  else
    *error = source;
}

/**
 * kvar_demo_sql_error_get_status:
 * @anonymous: whether the caller came without a token
 *
 * Returns: the HTTP status PostgREST answers with
 */
guint
kvar_demo_sql_error_get_status (const KvarDemoSqlError *self,
                                gboolean                anonymous)
{
  if (self->status != 0)
    return self->status;

  if (anonymous && strcmp (self->code, "42501") == 0)
    return 401;

  if (g_str_has_prefix (self->code, "PT") && strlen (self->code) == 5)
    return g_ascii_strtoull (self->code + 2, NULL, 10);

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (g_str_has_prefix (self->code, statuses[i].prefix))
      return statuses[i].status;

  return 400;
}

static void
append_member (GString    *out,
               const char *key,
               const char *value)
{
  g_string_append_printf (out, "%s\"%s\":", out->len > 1 ? "," : "", key);
  if (value != NULL)
    kvar_demo_json_append_string (out, value, -1);
  else
    g_string_append (out, "null");
}

/**
 * kvar_demo_sql_error_to_json:
 *
 * Returns: (transfer full): the body
 */
char *
kvar_demo_sql_error_to_json (const KvarDemoSqlError *self)
{
  GString *out = g_string_new ("{");

  append_member (out, "code", self->code);
  if (self->details_json != NULL)
    g_string_append_printf (out, ",\"details\":%s", self->details_json);
  else
    append_member (out, "details", self->details);
  append_member (out, "hint", self->hint);
  append_member (out, "message", self->message);
  g_string_append_c (out, '}');

  return g_string_free (out, FALSE);
}

void
kvar_demo_sql_error_free (KvarDemoSqlError *self)
{
  if (self == NULL)
    return;

  g_free (self->code);
  g_free (self->message);
  g_free (self->details);
  g_free (self->hint);
  g_free (self->details_json);
  g_free (self);
}
