/* kvar-demo-type-output.c: a stored value as PostgreSQL's text or JSON, with all its digits
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <math.h>
#include <string.h>

#include "kvar-demo-array.h"
#include "kvar-demo-datetime.h"
#include "kvar-demo-json.h"
#include "kvar-demo-type.h"

static void
append_integer (GString *out,
                gint64   value)
{
  char digits[24];
  int n = sizeof digits;
  guint64 rest = value < 0 ? -(guint64)value : (guint64)value;

  do
    digits[--n] = '0' + rest % 10;
  while ((rest /= 10) > 0);

  if (value < 0)
    digits[--n] = '-';

  g_string_append_len (out, digits + n, sizeof digits - n);
}

/* The shortest digits that read back as the same double. */
static void
append_double (GString *out,
               double   value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (isinf (value))
    {
      g_string_append (out, value < 0 ? "-Infinity" : "Infinity");
      return;
    }

  for (int digits = 15; digits <= 17; digits++)
    {
      char format[8] = "%.15g";

      format[3] = '0' + digits % 10;
      g_ascii_formatd (text, sizeof text, format, value);
      if (g_ascii_strtod (text, NULL) == value)
        break;
    }

  g_string_append (out, text);
}

/**
 * kvar_demo_type_append_text:
 * @value: not null
 * @zone: (nullable): the session's time zone
 *
 * Appends what a cast to text gives. A row's place is made from its rowid: 64 rows a block.
 */
void
kvar_demo_type_append_text (const KvarDemoType  *self,
                            const KvarDemoValue *value,
                            GTimeZone           *zone,
                            GString             *out)
{
  switch (self->kind)
    {
    case KVAR_DEMO_KIND_BOOLEAN:
      g_string_append (out, value->integer ? "true" : "false");
      break;

    case KVAR_DEMO_KIND_SMALLINT:
    case KVAR_DEMO_KIND_INTEGER:
    case KVAR_DEMO_KIND_BIGINT:
    case KVAR_DEMO_KIND_XID:
    case KVAR_DEMO_KIND_OID:
      append_integer (out, value->integer);
      break;

    case KVAR_DEMO_KIND_DOUBLE:
      append_double (out, value->real);
      break;

    case KVAR_DEMO_KIND_DATE:
      kvar_demo_date_append (out, value->integer);
      break;

    case KVAR_DEMO_KIND_TIMESTAMPTZ:
      kvar_demo_timestamp_append (out, value->integer, zone, FALSE);
      break;

    case KVAR_DEMO_KIND_ENUM:
      g_string_append (out, self->labels->labels[value->integer]);
      break;

    case KVAR_DEMO_KIND_TID:
      g_string_append_printf (out, "(%" G_GINT64_FORMAT ",%d)", value->integer / 64,
                              (int)(value->integer % 64) + 1);
      break;

    default:
      g_string_append (out, value->text);
    }
}

/**
 * kvar_demo_type_to_text:
 *
 * Returns: (transfer full) (nullable): PostgreSQL's text, or %NULL for null
 */
char *
kvar_demo_type_to_text (const KvarDemoType  *self,
                        const KvarDemoValue *value)
{
  GString *out;

  if (value->storage == SQLITE_NULL)
    return NULL;

  out = g_string_new (NULL);
  kvar_demo_type_append_text (self, value, NULL, out);

  return g_string_free (out, FALSE);
}

static void
append_quoted (const KvarDemoType  *type,
               const KvarDemoValue *value,
               GTimeZone           *zone,
               GString             *out)
{
  g_string_append_c (out, '"');
  kvar_demo_type_append_text (type, value, zone, out);
  g_string_append_c (out, '"');
}

/* NaN and the infinities are strings in JSON, other numbers stand raw. */
static void
append_number (const KvarDemoType  *type,
               const KvarDemoValue *value,
               GString             *out)
{
  gsize start = out->len;

  kvar_demo_type_append_text (type, value, NULL, out);
  if (strpbrk (out->str + start, "NI") != NULL)
    {
      g_string_insert_c (out, start, '"');
      g_string_append_c (out, '"');
    }
}

/**
 * kvar_demo_type_append_json:
 * @zone: (nullable): the session's time zone
 *
 * Appends what to_json() gives.
 */
void
kvar_demo_type_append_json (const KvarDemoType  *self,
                            const KvarDemoValue *value,
                            GTimeZone           *zone,
                            GString             *out)
{
  if (value->storage == SQLITE_NULL)
    {
      g_string_append (out, "null");
      return;
    }

  switch (self->kind)
    {
    case KVAR_DEMO_KIND_TEXT:
    case KVAR_DEMO_KIND_VARCHAR:
      kvar_demo_json_append_string (out, value->text, -1);
      break;

    case KVAR_DEMO_KIND_DOUBLE:
    case KVAR_DEMO_KIND_NUMERIC:
      append_number (self, value, out);
      break;

    case KVAR_DEMO_KIND_BOOLEAN:
    case KVAR_DEMO_KIND_SMALLINT:
    case KVAR_DEMO_KIND_INTEGER:
    case KVAR_DEMO_KIND_BIGINT:
    case KVAR_DEMO_KIND_JSON:
    case KVAR_DEMO_KIND_JSONB:
      kvar_demo_type_append_text (self, value, zone, out);
      break;

    case KVAR_DEMO_KIND_TEXT_ARRAY:
    case KVAR_DEMO_KIND_INTEGER_ARRAY:
      kvar_demo_array_append_json (out, value->text, self->kind == KVAR_DEMO_KIND_INTEGER_ARRAY);
      break;

    case KVAR_DEMO_KIND_TIMESTAMPTZ:
      g_string_append_c (out, '"');
      kvar_demo_timestamp_append (out, value->integer, zone, TRUE);
      g_string_append_c (out, '"');
      break;

    case KVAR_DEMO_KIND_ENUM:
      kvar_demo_json_append_string (out, self->labels->labels[value->integer], -1);
      break;

    default:
      append_quoted (self, value, zone, out);
    }
}
