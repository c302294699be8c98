/* kvar-paste-text.c: a table as spreadsheets put it on the clipboard
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-paste"

#include "config.h"

#include <string.h>

#include "records/kvar-clean-text.h"
#include "records/kvar-paste-text.h"

/* How often @line is cut by @sign; 0 if that also stands in it as people write it: before a blank,
 * as in "Smith, John", or only inside numbers, as in "1,5". */
static guint
count_cuts (const char *line,
            gsize       length,
            char        sign)
{
  gboolean only_numbers = sign == ',';
  guint n = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (line[i] != sign)
        continue;
      if (i + 1 < length && line[i + 1] == ' ')
        return 0;

      only_numbers = only_numbers && i > 0 && i + 1 < length &&
                     g_ascii_isdigit (line[i - 1]) && g_ascii_isdigit (line[i + 1]);
      n++;
    }

  return only_numbers ? 0 : n;
}

/* Tabs if there are any; else what the first line has most of. */
static char
find_separator (const char *text)
{
  const char *const signs = ";,";
  gsize length = strcspn (text, "\n");
  guint most = 0;
  char separator = '\t';

  if (memchr (text, '\t', length) != NULL)
    return '\t';

  for (const char *sign = signs; *sign != '\0'; sign++)
    {
      guint n = count_cuts (text, length, *sign);

      if (n > most)
        {
          most = n;
          separator = *sign;
        }
    }

  return separator;
}

/* Where the quotes that are open before @p are closed, with nothing behind them in the cell;
 * NULL if they are only part of what somebody wrote. */
static const char *
find_closing_quote (const char *p,
                    char        separator)
{
  for (; (p = strchr (p, '"')) != NULL && p[1] == '"'; p += 2)
    ;

  return p != NULL && (p[1] == separator || p[1] == '\n' || p[1] == '\0') ? p : NULL;
}

/* In quotes it may hold everything, and its own quotes twice. */
static char *
take_cell (const char **cursor,
           char         separator)
{
  const char *start = *cursor;
  const char *end = *start == '"' ? find_closing_quote (start + 1, separator) : NULL;
  GString *cell;

  if (end != NULL)
    {
      *cursor = end + 1;
      cell = g_string_new_len (start + 1, end - start - 1);
      g_string_replace (cell, "\"\"", "\"", 0);
      return g_string_free (cell, FALSE);
    }

  for (end = start; *end != '\0' && *end != separator && *end != '\n'; end++)
    ;
  *cursor = end;

  return g_strndup (start, end - start);
}

static gboolean
is_empty (char **row)
{
  for (guint i = 0; row[i] != NULL; i++)
    if (*row[i] != '\0')
      return FALSE;

  return TRUE;
}

/**
 * kvar_paste_text_read:
 * @bytes: tab-separated lines, or CSV
 * @n_removed: (out): how many signs were left out because no database takes them
 *
 * Returns: (transfer full) (element-type GStrv): the rows that hold anything
 */
GPtrArray *
kvar_paste_text_read (GBytes *bytes,
                      guint  *n_removed)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  g_autofree char *raw = NULL;
  g_autoptr(GString) text = NULL;
  const char *cursor;
  char separator;

  g_return_val_if_fail (bytes != NULL, rows);
  g_return_val_if_fail (n_removed != NULL, rows);

  raw = kvar_clean_text (bytes, n_removed);
  text = g_string_new (g_str_has_prefix (raw, "\xef\xbb\xbf") ? raw + 3 : raw);
  g_string_replace (text, "\r\n", "\n", 0);
  g_string_replace (text, "\r", "\n", 0);
  separator = find_separator (text->str);
  cursor = text->str;
  while (*cursor != '\0')
    {
      g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
      char **row;

      for (;;)
        {
          g_autofree char *cell = take_cell (&cursor, separator);

          g_strv_builder_add (builder, cell);
          if (*cursor != separator)
            break;
          cursor++;
        }
      if (*cursor == '\n')
        cursor++;

      row = g_strv_builder_end (builder);
      if (is_empty (row))
        g_strfreev (row);
      else
        g_ptr_array_add (rows, row);
    }

  return rows;
}
