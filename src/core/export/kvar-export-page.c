/* kvar-export-page.c: A page's bytes as rows of a file, and where the next page begins.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-export-page"

#include "config.h"

#include <string.h>

#include "export/kvar-export-page.h"
#include "kvar-error.h"
#include "records/kvar-json-rows.h"

static const char *
skip_string (const char *p,
             const char *end)
{
  const char *quote = p + 1;

  while ((quote = memchr (quote, '"', end - quote)) != NULL)
    {
      const char *slash = quote;

      while (slash[-1] == '\\')
        slash--;
      if ((quote - slash) % 2 == 0)
        return quote;
      quote++;
    }

  return NULL;
}

/* PostgREST begins every row after the first on a line of its own, and a JSON string holds no
 * line break: what stands after the last one is the last row, if it is one object and the
 * array's end. Saves looking through the page; anything else is looked through. */
static gboolean
find_last_line (const char *data,
                gsize       size,
                gsize      *start,
                gsize      *length)
{
  const char *end = data + size;
  const char *line;

  while (end > data && g_ascii_isspace (end[-1]))
    end--;
  if (end - data < 2 || data[0] != '[' || end[-1] != ']')
    return FALSE;

  line = memrchr (data, '\n', end - data);
  if (line == NULL)
    return FALSE;
  while (line < end && g_ascii_isspace (*line))
    line++;

  *start = line - data;
  *length = end - 1 - line;

  return line < end - 1 && *line == '{';
}

/* Looks for brackets only, several times faster than reading the page: the next one can be
 * asked for while this one is read. */
static gboolean
find_last_row (const char *data,
               gsize       size,
               gsize      *start,
               gsize      *length,
               guint      *n_rows)
{
  const char *end = data + size;
  const char *p = data;
  guint depth = 0;

  *length = 0;
  *n_rows = 0;
  while (p < end && g_ascii_isspace (*p))
    p++;
  if (p == end || *p != '[')
    return FALSE;

  for (p++; p < end; p++)
    {
      if (*p == '"')
        {
          p = skip_string (p, end);
          if (p == NULL)
            return FALSE;
        }
      else if (*p == '{' || *p == '[')
        {
          if (depth++ == 0)
            *start = p - data;
        }
      else if (*p == '}' || *p == ']')
        {
          if (depth == 0)
            return *p == ']';
          if (--depth == 0)
            {
              *length = p + 1 - data - *start;
              (*n_rows)++;
            }
        }
    }

  return FALSE;
}

static gboolean
read_terms (GBytes             *row,
            const char *const  *terms,
            GPtrArray          *values,
            GError            **error)
{
  g_autoptr(KvarJsonRows) rows = kvar_json_rows_new (row, error);
  g_autoptr(GError) local_error = NULL;

  if (rows == NULL)
    return FALSE;

  if (!kvar_json_rows_next (rows, &local_error))
    {
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      else
        g_set_error (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY, "The last row is not one");
      return FALSE;
    }

  for (gsize i = 0; terms[i] != NULL; i++)
    {
      int cell = kvar_json_rows_find (rows, terms[i]);

      if (cell < 0)
        {
          g_set_error (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY, "A row without %s", terms[i]);
          return FALSE;
        }
      g_ptr_array_add (values, g_strdup (kvar_json_rows_get_text (rows, cell, NULL)));
    }

  /* That nothing follows is seen only when more is asked for. */
  kvar_json_rows_next (rows, &local_error);
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

/**
 * kvar_export_page_peek_last:
 * @terms: the columns that tell where the next page begins; at least one
 * @values: (out) (element-type utf8): the last row's values of @terms, followed by a %NULL
 *
 * Looks at the page's end only, for which no thread is needed however large the page is.
 *
 * Returns: %FALSE if that is not enough to tell
 */
gboolean
kvar_export_page_peek_last (GBytes             *body,
                            const char *const  *terms,
                            GPtrArray         **values)
{
  g_autoptr(GPtrArray) found = NULL;
  g_autoptr(GBytes) row = NULL;
  const char *data;
  gsize size;
  gsize start;
  gsize length;

  g_return_val_if_fail (body != NULL, FALSE);
  g_return_val_if_fail (terms != NULL, FALSE);

  data = g_bytes_get_data (body, &size);
  if (terms[0] == NULL || !find_last_line (data, size, &start, &length))
    return FALSE;

  found = g_ptr_array_new_with_free_func (g_free);
  row = g_bytes_new_from_bytes (body, start, length);
  if (!read_terms (row, terms, found, NULL))
    return FALSE;

  g_ptr_array_add (found, NULL);
  *values = g_steal_pointer (&found);

  return TRUE;
}

/**
 * kvar_export_page_find_last:
 * @terms: the columns that tell where the next page begins
 * @values: (out) (nullable) (element-type utf8): the last row's values of @terms, followed by
 *   a %NULL; %NULL if the page has no rows
 * @n_rows: (out): how many rows the page has
 *
 * Looks through the whole page.
 *
 * Returns: %FALSE if @body is no whole array of rows
 */
gboolean
kvar_export_page_find_last (GBytes             *body,
                            const char *const  *terms,
                            GPtrArray         **values,
                            guint              *n_rows,
                            GError            **error)
{
  g_autoptr(GPtrArray) found = NULL;
  g_autoptr(GBytes) row = NULL;
  const char *data;
  gsize size;
  gsize start = 0;
  gsize length;

  g_return_val_if_fail (body != NULL, FALSE);
  g_return_val_if_fail (terms != NULL, FALSE);
  g_return_val_if_fail (values != NULL, FALSE);

  *values = NULL;
  data = g_bytes_get_data (body, &size);
  if (!find_last_row (data, size, &start, &length, n_rows))
    {
      g_set_error (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY,
                   "The page is no whole array of rows (%zu bytes)", size);
      return FALSE;
    }
  if (length == 0)
    return TRUE;

  found = g_ptr_array_new_with_free_func (g_free);
  row = g_bytes_new_from_bytes (body, start, length);
  if (!read_terms (row, terms, found, error))
    return FALSE;

  g_ptr_array_add (found, NULL);
  *values = g_steal_pointer (&found);

  return TRUE;
}

/**
 * kvar_export_page_digest_last:
 *
 * Returns: (transfer full) (nullable): what the last row can be recognised by; %NULL if there is
 *   none
 */
char *
kvar_export_page_digest_last (GBytes *body)
{
  const char *data;
  gsize size;
  gsize start = 0;
  gsize length = 0;
  guint n_rows;

  g_return_val_if_fail (body != NULL, NULL);

  data = g_bytes_get_data (body, &size);
  if (!find_last_line (data, size, &start, &length) &&
      !find_last_row (data, size, &start, &length, &n_rows))
    return NULL;
  while (length > 0 && g_ascii_isspace (data[start + length - 1]))
    length--;
  if (length == 0)
    return NULL;

  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)data + start, length);
}

static void
find_cells (KvarJsonRows      *rows,
            const char *const *names,
            int               *cells)
{
  for (gsize i = 0; names[i] != NULL; i++)
    cells[i] = kvar_json_rows_find (rows, names[i]);
}

/* Whether the row has not been met before. */
static gboolean
is_new (KvarJsonRows    *rows,
        const int       *cells,
        gsize            n_cells,
        KvarExportJournal *seen,
        GString         *key,
        gboolean        *fresh,
        GError         **error)
{
  g_string_truncate (key, 0);
  for (gsize i = 0; i < n_cells; i++)
    {
      gsize length = 0;
      const char *text = NULL;

      if (cells[i] >= 0)
        text = kvar_json_rows_get_text (rows, cells[i], &length);
      g_string_append_printf (key, "%zd:", text != NULL ? (gssize)length : -1);
      if (text != NULL)
        g_string_append_len (key, text, length);
    }

  return kvar_export_journal_add_key (seen, key->str, key->len, fresh, error);
}

static void
read_cells (KvarJsonRows   *rows,
            const int      *cells,
            gsize           n_cells,
            KvarExportCell *values)
{
  for (gsize i = 0; i < n_cells; i++)
    {
      values[i] = (KvarExportCell) { NULL, 0 };
      if (cells[i] >= 0)
        values[i].text = kvar_json_rows_get_text (rows, cells[i], &values[i].length);
    }
}

/**
 * kvar_export_page_write:
 * @columns: the columns to write, in their order
 * @identity: the columns that tell rows apart
 * @seen: (nullable): where rows are remembered, if one could come twice
 * @index: how many rows the file has
 * @out: what the rows are appended to; of no use after an error
 * @n_written: (out): how many of the page's rows were new
 * @n_altered: (inout): to which is added what @format had to alter
 */
gboolean
kvar_export_page_write (GBytes             *body,
                        const char *const  *columns,
                        const char *const  *identity,
                        KvarExportJournal  *seen,
                        KvarExportFormat   *format,
                        guint64             index,
                        GString            *out,
                        guint              *n_written,
                        guint64            *n_altered,
                        GError            **error)
{
  g_autoptr(KvarJsonRows) rows = NULL;
  g_autoptr(GString) key = g_string_new (NULL);
  g_autoptr(GError) local_error = NULL;
  gsize n_columns = g_strv_length ((char **)columns);
  gsize n_identity = g_strv_length ((char **)identity);
  g_autofree int *cells = g_new (int, n_columns + 1);
  g_autofree int *identity_cells = g_new (int, n_identity + 1);
  g_autofree KvarExportCell *values = g_new (KvarExportCell, n_columns + 1);
  guint shape = G_MAXUINT;

  *n_written = 0;
  rows = kvar_json_rows_new (body, error);
  if (rows == NULL)
    return FALSE;

  while (kvar_json_rows_next (rows, &local_error))
    {
      gboolean fresh = TRUE;

      if (shape != kvar_json_rows_get_shape (rows))
        {
          shape = kvar_json_rows_get_shape (rows);
          find_cells (rows, columns, cells);
          find_cells (rows, identity, identity_cells);
        }

      if (seen != NULL &&
          !is_new (rows, identity_cells, n_identity, seen, key, &fresh, &local_error))
        break;
      if (!fresh)
        continue;

      read_cells (rows, cells, n_columns, values);
      *n_altered += kvar_export_format_append_row (format, values, index + *n_written, out);
      (*n_written)++;
    }

  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}
