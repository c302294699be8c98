/* kvar-csv.c: Writes RFC 4180 CSV.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-csv"

#include "config.h"

#include <string.h>

#include "export/kvar-csv.h"

static gboolean
needs_quotes (const char *text,
              gsize       length,
              char        delimiter)
{
  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];

      /* One comparison lets most letters pass. */
      if (c <= delimiter && (c == delimiter || c == '"' || c == '\n' || c == '\r'))
        return TRUE;
    }

  return length == 0;
}

/**
 * kvar_csv_append_field:
 * @delimiter: what the caller puts between fields
 * @text: (nullable): the field; %NULL for null
 * @length: the bytes of @text
 *
 * Null is written as nothing and the empty text as two quotes, so that they differ.
 */
void
kvar_csv_append_field (GString    *csv,
                       char        delimiter,
                       const char *text,
                       gsize       length)
{
  const char *end;
  const char *quote;

  g_return_if_fail (csv != NULL);

  if (text == NULL)
    return;

  if (!needs_quotes (text, length, delimiter))
    {
      g_string_append_len (csv, text, length);
      return;
    }

  end = text + length;
  g_string_append_c (csv, '"');
  while (text < end && (quote = memchr (text, '"', end - text)) != NULL)
    {
      g_string_append_len (csv, text, quote + 1 - text);
      g_string_append_c (csv, '"');
      text = quote + 1;
    }
  g_string_append_len (csv, text, end - text);
  g_string_append_c (csv, '"');
}

void
kvar_csv_end_row (GString *csv)
{
  g_return_if_fail (csv != NULL);

  g_string_append_len (csv, "\r\n", 2);
}
