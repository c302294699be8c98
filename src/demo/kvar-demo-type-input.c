/* kvar-demo-type-input.c: text into a typed value, refused with PostgreSQL's own words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "kvar-demo-array.h"
#include "kvar-demo-datetime.h"
#include "kvar-demo-json.h"
#include "kvar-demo-numeric.h"
#include "kvar-demo-type.h"

static gboolean
refuse (const KvarDemoType *type,
        const char         *code,
        const char         *text,
        KvarDemoSqlError  **error)
{
  g_autofree char *name = kvar_demo_type_get_name (type, FALSE);

  kvar_demo_sql_error_set (error, code, "invalid input syntax for type %s: \"%s\"", name, text);

  return FALSE;
}

static void
take_text (KvarDemoValue *value,
           char          *text)
{
  value->storage = SQLITE_TEXT;
  value->text = text;
}

static void
take_integer (KvarDemoValue *value,
              gint64         integer)
{
  value->storage = SQLITE_INTEGER;
  value->integer = integer;
}

static gboolean
parse_varchar (const KvarDemoType *type,
               const char         *text,
               KvarDemoValue      *value,
               KvarDemoSqlError  **error)
{
  if (type->size > 0 && g_utf8_strlen (text, -1) > type->size)
    {
      kvar_demo_sql_error_set (error, "22001", "value too long for type character varying(%d)",
                               type->size);
      return FALSE;
    }

  take_text (value, g_strdup (text));

  return TRUE;
}

/* Groups of four digits, with or without hyphens and braces, as uuid_in reads them. */
static gboolean
parse_uuid (const KvarDemoType *type,
            const char         *text,
            KvarDemoValue      *value,
            KvarDemoSqlError  **error)
{
  g_autoptr(GString) out = g_string_sized_new (36);
  gboolean braces = *text == '{';
  const char *p = braces ? text + 1 : text;
  int n = 0;

  while (n < 32 && *p != '\0')
    {
      if (*p == '-' && n > 0 && n % 4 == 0 && p[-1] != '-')
        {
          p++;
          continue;
        }
      if (!g_ascii_isxdigit (*p))
        break;
      if (n == 8 || n == 12 || n == 16 || n == 20)
        g_string_append_c (out, '-');
      g_string_append_c (out, g_ascii_tolower (*p++));
      n++;
    }

  if (n < 32 || strcmp (p, braces ? "}" : "") != 0)
    return refuse (type, "22P02", text, error);

  take_text (value, g_string_free (g_steal_pointer (&out), FALSE));

  return TRUE;
}

static gboolean
parse_boolean (const KvarDemoType *type,
               const char         *text,
               KvarDemoValue      *value,
               KvarDemoSqlError  **error)
{
  static const char * const yes[] = { "true", "tru", "tr", "t", "yes", "ye", "y", "on", "1", NULL };
  static const char * const no[] = { "false", "fals", "fal", "fa", "f", "no", "n", "off", "of", "0",
                                     NULL };
  g_autofree char *word = g_strstrip (g_ascii_strdown (text, -1));

  if (!g_strv_contains (yes, word) && !g_strv_contains (no, word))
    return refuse (type, "22P02", text, error);

  take_integer (value, g_strv_contains (yes, word));

  return TRUE;
}

static gboolean
parse_integer (const KvarDemoType *type,
               const char         *text,
               KvarDemoValue      *value,
               KvarDemoSqlError  **error)
{
  g_autofree char *name = kvar_demo_type_get_name (type, FALSE);
  gint64 limit = type->kind == KVAR_DEMO_KIND_SMALLINT ? G_MAXINT16 :
                 type->kind == KVAR_DEMO_KIND_INTEGER ? G_MAXINT32 : G_MAXINT64;
  const char *digits = text;
  char *end;
  gint64 number;

  while (g_ascii_isspace (*digits))
    digits++;
  if (!g_ascii_isdigit (digits[*digits == '-' || *digits == '+' ? 1 : 0]))
    return refuse (type, "22P02", text, error);

  errno = 0;
  number = g_ascii_strtoll (digits, &end, 10);
  while (g_ascii_isspace (*end))
    end++;
  if (*end != '\0')
    return refuse (type, "22P02", text, error);

  if (errno == ERANGE || number > limit || number < -limit - 1)
    {
      kvar_demo_sql_error_set (error, "22003", "value \"%s\" is out of range for type %s", text,
                               name);
      return FALSE;
    }

  take_integer (value, number);

  return TRUE;
}

static gboolean
parse_double (const KvarDemoType *type,
              const char         *text,
              KvarDemoValue      *value,
              KvarDemoSqlError  **error)
{
  g_autofree char *numeric = kvar_demo_numeric_parse (text);

  if (numeric == NULL)
    return refuse (type, "22P02", text, error);

  value->storage = SQLITE_FLOAT;
  value->real = g_ascii_strtod (numeric, NULL);

  /* SQLite would store NaN as null. */
  if (isnan (value->real))
    return refuse (type, "22P02", text, error);

  return TRUE;
}

static gboolean
parse_numeric (const KvarDemoType *type,
               const char         *text,
               KvarDemoValue      *value,
               KvarDemoSqlError  **error)
{
  g_autofree char *numeric = kvar_demo_numeric_parse (text);
  g_autofree char *details = NULL;
  char *rounded;

  if (numeric == NULL)
    return refuse (type, "22P02", text, error);

  if (type->size == 0)
    {
      take_text (value, g_steal_pointer (&numeric));
      return TRUE;
    }

  rounded = kvar_demo_numeric_round (numeric, type->size, type->scale);
  if (rounded == NULL)
    {
      details = g_strdup_printf ("A field with precision %d, scale %d must round to an absolute "
                                 "value less than 10^%d.", type->size, type->scale,
                                 type->size - type->scale);
      kvar_demo_sql_error_set (error, "22003", "numeric field overflow");
      kvar_demo_sql_error_explain (error, details, NULL);
      return FALSE;
    }

  take_text (value, rounded);

  return TRUE;
}

static gboolean
parse_datetime (const KvarDemoType *type,
                const char         *text,
                gint64              now_usec,
                KvarDemoValue      *value,
                KvarDemoSqlError  **error)
{
  KvarDemoDatetimeResult result;

  if (type->kind == KVAR_DEMO_KIND_DATE)
    result = kvar_demo_date_parse (text, now_usec, &value->integer);
  else
    result = kvar_demo_timestamp_parse (text, now_usec, &value->integer);

  if (result == KVAR_DEMO_DATETIME_SYNTAX)
    return refuse (type, "22007", text, error);

  if (result == KVAR_DEMO_DATETIME_OUT_OF_RANGE)
    {
      kvar_demo_sql_error_set (error, "22008", "date/time field value out of range: \"%s\"", text);
      return FALSE;
    }

  value->storage = SQLITE_INTEGER;

  return TRUE;
}

static gboolean
parse_json (const KvarDemoType *type,
            const char         *text,
            KvarDemoValue      *value,
            KvarDemoSqlError  **error)
{
  const char *error_at = text;
  g_autoptr(KvarDemoJson) json = kvar_demo_json_parse (text, -1, &error_at);

  if (json == NULL)
    {
      g_autofree char *token = NULL;
      g_autofree char *details = NULL;

      token = g_utf8_substring (error_at, 0, MIN (1, g_utf8_strlen (error_at, -1)));
      details = *token != '\0' ? g_strdup_printf ("Token \"%s\" is invalid.", token)
                               : g_strdup ("The input string ended unexpectedly.");
      kvar_demo_sql_error_set (error, "22P02", "invalid input syntax for type json");
      kvar_demo_sql_error_explain (error, details, NULL);
      return FALSE;
    }

  if (type->kind == KVAR_DEMO_KIND_JSON)
    take_text (value, g_strdup (text));
  else
    take_text (value, kvar_demo_json_to_jsonb (json));

  return TRUE;
}

static gboolean
parse_enum (const KvarDemoType *type,
            const char         *text,
            KvarDemoValue      *value,
            KvarDemoSqlError  **error)
{
  for (guint i = 0; type->labels->labels[i] != NULL; i++)
    if (strcmp (type->labels->labels[i], text) == 0)
      {
        take_integer (value, i);
        return TRUE;
      }

  kvar_demo_sql_error_set (error, "22P02", "invalid input value for enum %s: \"%s\"",
                           type->labels->name, text);

  return FALSE;
}

static gboolean
parse_array (const KvarDemoType *type,
             const char         *text,
             KvarDemoValue      *value,
             KvarDemoSqlError  **error)
{
  g_autoptr(GPtrArray) elements = kvar_demo_array_parse (text);
  const KvarDemoType integer = { .kind = KVAR_DEMO_KIND_INTEGER };

  if (elements == NULL)
    {
      kvar_demo_sql_error_set (error, "22P02", "malformed array literal: \"%s\"", text);
      if (*text != '{')
        kvar_demo_sql_error_explain (error, "Array value must start with \"{\" or dimension "
                                     "information.", NULL);
      return FALSE;
    }

  for (guint i = 0; type->kind == KVAR_DEMO_KIND_INTEGER_ARRAY && i < elements->len; i++)
    {
      KvarDemoValue number = KVAR_DEMO_VALUE_NULL;

      if (elements->pdata[i] == NULL)
        continue;
      if (!parse_integer (&integer, elements->pdata[i], &number, error))
        return FALSE;
      g_free (elements->pdata[i]);
      elements->pdata[i] = g_strdup_printf ("%" G_GINT64_FORMAT, number.integer);
    }

  take_text (value, kvar_demo_array_to_text (elements));

  return TRUE;
}

/* "(block,offset)" → the rowid; see kvar_demo_type_append_text() */
static gboolean
parse_tid (const KvarDemoType *type,
           const char         *text,
           KvarDemoValue      *value,
           KvarDemoSqlError  **error)
{
  guint64 block, offset = 0;
  char *end;

  if (*text != '(' || !g_ascii_isdigit (text[1]))
    return refuse (type, "22P02", text, error);

  block = g_ascii_strtoull (text + 1, &end, 10);
  if (*end == ',' && g_ascii_isdigit (end[1]))
    offset = g_ascii_strtoull (end + 1, &end, 10);
  if (strcmp (end, ")") != 0 || offset == 0)
    return refuse (type, "22P02", text, error);

  take_integer (value, block * 64 + offset - 1);

  return TRUE;
}

/**
 * kvar_demo_type_parse:
 * @now_usec: what the word "now" means
 * @value: (out): null before
 *
 * Reads @text as PostgreSQL's input function of this type does.
 *
 * Returns: whether it could be read
 */
gboolean
kvar_demo_type_parse (const KvarDemoType *self,
                      const char         *text,
                      gint64              now_usec,
                      KvarDemoValue      *value,
                      KvarDemoSqlError  **error)
{
  switch (self->kind)
    {
    case KVAR_DEMO_KIND_TEXT:
    case KVAR_DEMO_KIND_VARCHAR:
      return parse_varchar (self, text, value, error);

    case KVAR_DEMO_KIND_UUID:
      return parse_uuid (self, text, value, error);

    case KVAR_DEMO_KIND_BOOLEAN:
      return parse_boolean (self, text, value, error);

    case KVAR_DEMO_KIND_SMALLINT:
    case KVAR_DEMO_KIND_INTEGER:
    case KVAR_DEMO_KIND_BIGINT:
    case KVAR_DEMO_KIND_XID:
    case KVAR_DEMO_KIND_OID:
      return parse_integer (self, text, value, error);

    case KVAR_DEMO_KIND_DOUBLE:
      return parse_double (self, text, value, error);

    case KVAR_DEMO_KIND_NUMERIC:
      return parse_numeric (self, text, value, error);

    case KVAR_DEMO_KIND_DATE:
    case KVAR_DEMO_KIND_TIMESTAMPTZ:
      return parse_datetime (self, text, now_usec, value, error);

    case KVAR_DEMO_KIND_JSON:
    case KVAR_DEMO_KIND_JSONB:
      return parse_json (self, text, value, error);

    case KVAR_DEMO_KIND_ENUM:
      return parse_enum (self, text, value, error);

    case KVAR_DEMO_KIND_TEXT_ARRAY:
    case KVAR_DEMO_KIND_INTEGER_ARRAY:
      return parse_array (self, text, value, error);

    case KVAR_DEMO_KIND_TID:
      return parse_tid (self, text, value, error);

    case KVAR_DEMO_KIND_NONE:
    default:
      g_assert_not_reached ();
    }
}
