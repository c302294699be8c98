/* kvar-xlsx-book.c: One workbook under way: sheets with typed cells.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libxlsxwriter holds one row in memory and the others in temporary files, in Kvar's cache. It
 * does not tell when those find no room: that is looked after here.
 */

#define G_LOG_DOMAIN "kvar-xlsx-book"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "export/kvar-excel-text.h"
#include "export/kvar-export-error.h"
#include "export/kvar-xlsx-book.h"
#include "kvar-paths.h"

/* More would come out of Excel with other digits. */
#define MAX_DIGITS 15
/* In UTF-16, as Excel counts. */
#define MAX_CELL_UNITS 32767
#define MAX_SHEET_NAME 31

struct _KvarXlsxBook
{
  lxw_workbook   *workbook;     /* (nullable) once it is closed */
  lxw_worksheet  *sheet;        /* (nullable) before the first row */
  char           *temporary;    /* the folder */
  GPtrArray      *columns;      /* (element-type KvarExportColumn) */
  char           *title;
  guint           max_rows;
  GTimeZone      *zone;
  lxw_format     *bold;
  lxw_format    **formats;      /* a column's; NULL for Excel's own choice */
  guint           n_sheets;
  guint           n_rows;       /* of the sheet, without its header */
  guint64         n_cut;
};

static lxw_format *
add_format (KvarXlsxBook     *self,
            KvarExportColumn *column)
{
  lxw_format *format;
  g_autofree char *number = NULL;

  switch (column->kind)
    {
    case KVAR_KIND_INTEGER:
      number = g_strdup ("0");
      break;

    case KVAR_KIND_DECIMAL:
      if (column->scale < 0 || column->scale > MAX_DIGITS)
        return NULL;
      number = g_strdup_printf ("0%s%.*s", column->scale > 0 ? "." : "", column->scale,
                                "000000000000000");
      break;

    case KVAR_KIND_DATE:
      number = g_strdup ("yyyy-mm-dd");
      break;

    case KVAR_KIND_TIME:
      number = g_strdup ("hh:mm:ss");
      break;

    case KVAR_KIND_TIMESTAMP:
    case KVAR_KIND_TIMESTAMPTZ:
      number = g_strdup ("yyyy-mm-dd hh:mm:ss");
      break;

    default:
      return NULL;
    }

  format = workbook_add_format (self->workbook);
  format_set_num_format (format, number);

  return format;
}

static double
choose_width (KvarExportColumn *column)
{
  double title = g_utf8_strlen (column->name, -1) + 2;

  switch (column->kind)
    {
    case KVAR_KIND_TEXT:
    case KVAR_KIND_JSON:
    case KVAR_KIND_ARRAY:
      return MAX (title, 30);

    case KVAR_KIND_UUID:
      return MAX (title, 38);

    case KVAR_KIND_TIMESTAMP:
    case KVAR_KIND_TIMESTAMPTZ:
      return MAX (title, 20);

    default:
      return MAX (title, 12);
    }
}

/* "jobs", "jobs 2", without what the name of a sheet must not have. */
static char *
dup_sheet_name (KvarXlsxBook *self)
{
  g_autofree char *name = g_utf8_normalize (self->title, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  g_autofree char *end = self->n_sheets > 0 ? g_strdup_printf (" %u", self->n_sheets + 1)
                                            : g_strdup ("");
  g_autofree char *cut = NULL;

  g_strdelimit (name, "[]:*?/\\'", '_');
  cut = g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1),
                                        MAX_SHEET_NAME - (glong)strlen (end)));

  return g_strconcat (cut, end, NULL);
}

static void
begin_sheet (KvarXlsxBook *self)
{
  g_autofree char *name = dup_sheet_name (self);

  self->sheet = NULL;
  if (workbook_validate_sheet_name (self->workbook, name) == LXW_NO_ERROR)
    self->sheet = workbook_add_worksheet (self->workbook, name);
  if (self->sheet == NULL)
    self->sheet = workbook_add_worksheet (self->workbook, NULL);

  self->n_sheets++;
  self->n_rows = 0;
  worksheet_freeze_panes (self->sheet, 1, 0);
  for (guint i = 0; i < self->columns->len; i++)
    worksheet_set_column (self->sheet, i, i,
                          choose_width (g_ptr_array_index (self->columns, i)), NULL);
  for (guint i = 0; i < self->columns->len; i++)
    worksheet_write_string (self->sheet, 0, i,
                            ((KvarExportColumn *)g_ptr_array_index (self->columns, i))->name,
                            self->bold);
}

/* Excel takes "_x0041_" in a text for "A". */
static char *
escape (const char *text)
{
  GString *out = g_string_new (NULL);
  const char *p;

  for (p = text; *p != '\0'; p++)
    {
      if (p[0] == '_' && p[1] == 'x' && strspn (p + 2, "0123456789abcdefABCDEF") >= 4 &&
          p[6] == '_')
        g_string_append (out, "_x005F");
      g_string_append_c (out, *p);
    }

  return g_string_free (out, FALSE);
}

/* (nullable): the text that fits, if @text is too long. */
static char *
cut (const char *text)
{
  gsize n_units = 0;
  const char *last = text;

  if (strlen (text) <= MAX_CELL_UNITS)
    return NULL;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      n_units += g_utf8_get_char (p) >= 0x10000 ? 2 : 1;
      if (n_units < MAX_CELL_UNITS)
        last = g_utf8_next_char (p);
    }
  if (n_units <= MAX_CELL_UNITS)
    return NULL;

  return g_strdup_printf ("%.*s…", (int)(last - text), text);
}

static void
write_text (KvarXlsxBook *self,
            guint         column,
            const char   *text)
{
  g_autofree char *shorter = cut (text);
  g_autofree char *escaped = NULL;

  if (shorter != NULL)
    self->n_cut++;
  if (strstr (text, "_x") != NULL)
    escaped = escape (shorter != NULL ? shorter : text);

  worksheet_write_string (self->sheet, self->n_rows, column,
                          escaped != NULL ? escaped : shorter != NULL ? shorter : text, NULL);
}

/* Makes sure of room for what closing writes, as it would go unnoticed if there were none. */
static gboolean
has_room (KvarXlsxBook  *self,
          off_t          n_bytes,
          GError       **error)
{
  int fd = open (self->temporary, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  int result;

  if (fd < 0)
    {
      g_autofree char *path = g_build_filename (self->temporary, "roomXXXXXX", NULL);

      fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
      if (fd >= 0)
        unlink (path);
    }
  if (fd < 0)
    {
      g_propagate_error (error, kvar_export_error_from_errno (errno));
      return FALSE;
    }

  result = n_bytes > 0 ? posix_fallocate (fd, 0, n_bytes) : 0;
  close (fd);
  if (result != ENOSPC && result != EDQUOT && result != EFBIG)
    return TRUE;

  g_propagate_error (error, kvar_export_error_from_errno (result));

  return FALSE;
}

static gboolean
check_sheets (KvarXlsxBook  *self,
              GError       **error)
{
  lxw_worksheet *sheet;
  off_t n_bytes = 0;

  STAILQ_FOREACH (sheet, self->workbook->worksheets, list_pointers)
    {
      if (sheet->optimize_tmpfile == NULL)
        continue;
      if (fflush (sheet->optimize_tmpfile) != 0 || ferror (sheet->optimize_tmpfile))
        {
          g_propagate_error (error, kvar_export_error_from_errno (ENOSPC));
          return FALSE;
        }
      n_bytes += ftello (sheet->optimize_tmpfile) + 64 * 1024;
    }

  return has_room (self, n_bytes, error);
}

/**
 * kvar_xlsx_book_new:
 * @path: the file to be, when it is closed
 * @columns: (element-type KvarExportColumn)
 * @title: of the sheet
 * @max_rows: after how many rows another sheet begins
 * @large: whether a sheet may pass 4 GiB, which old programs do not read
 */
KvarXlsxBook *
kvar_xlsx_book_new (const char *path,
                    GPtrArray  *columns,
                    const char *title,
                    guint       max_rows,
                    gboolean    large)
{
  KvarXlsxBook *self = g_new0 (KvarXlsxBook, 1);
  lxw_workbook_options options = { .constant_memory = LXW_TRUE, .use_zip64 = large };

  self->temporary = g_build_filename (kvar_paths_get_cache_dir (), "exports", NULL);
  g_mkdir_with_parents (self->temporary, 0700);
  options.tmpdir = self->temporary;
  self->workbook = workbook_new_opt (path, &options);
  self->columns = g_ptr_array_ref (columns);
  self->title = g_strdup (title);
  self->max_rows = max_rows;
  self->zone = g_time_zone_new_local ();
  self->bold = workbook_add_format (self->workbook);
  format_set_bold (self->bold);
  self->formats = g_new0 (lxw_format *, columns->len + 1);
  for (guint i = 0; i < columns->len; i++)
    self->formats[i] = add_format (self, g_ptr_array_index (columns, i));
  begin_sheet (self);

  return self;
}

void
kvar_xlsx_book_free (KvarXlsxBook *self)
{
  g_clear_pointer (&self->workbook, lxw_workbook_free);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self->temporary);
  g_free (self->title);
  g_free (self->formats);
  g_free (self);
}

/**
 * kvar_xlsx_book_begin_row:
 *
 * The cells that are written next stand in a row of their own.
 */
gboolean
kvar_xlsx_book_begin_row (KvarXlsxBook  *self,
                          GError       **error)
{
  g_return_val_if_fail (self != NULL && self->workbook != NULL, FALSE);

  if (self->n_rows == self->max_rows)
    {
      if (!check_sheets (self, error))
        return FALSE;
      begin_sheet (self);
    }
  self->n_rows++;

  return TRUE;
}

/**
 * kvar_xlsx_book_write:
 * @text: PostgreSQL's text
 *
 * Writes a cell: a number if Excel keeps all its digits, a date if its calendar has it, yes or
 * no; else the text, which is never calculated.
 */
void
kvar_xlsx_book_write (KvarXlsxBook *self,
                      guint         column,
                      const char   *text)
{
  KvarKind kind = ((KvarExportColumn *)g_ptr_array_index (self->columns, column))->kind;
  guint n_digits;
  double number;

  switch (kind)
    {
    case KVAR_KIND_INTEGER:
    case KVAR_KIND_DECIMAL:
    case KVAR_KIND_FLOAT:
      if (!kvar_excel_text_is_number (text, &n_digits) || n_digits > MAX_DIGITS)
        break;
      worksheet_write_number (self->sheet, self->n_rows, column, g_ascii_strtod (text, NULL),
                              self->formats[column]);
      return;

    case KVAR_KIND_DATE:
    case KVAR_KIND_TIME:
    case KVAR_KIND_TIMESTAMP:
    case KVAR_KIND_TIMESTAMPTZ:
      if (!kvar_excel_text_to_days (text, kind, self->zone, &number))
        break;
      worksheet_write_number (self->sheet, self->n_rows, column, number,
                              self->formats[column]);
      return;

    case KVAR_KIND_BOOLEAN:
      if (!g_str_equal (text, "true") && !g_str_equal (text, "false"))
        break;
      worksheet_write_boolean (self->sheet, self->n_rows, column, *text == 't', NULL);
      return;

    default:
      break;
    }

  write_text (self, column, text);
}

/**
 * kvar_xlsx_book_close:
 *
 * Writes the file. Nothing else can be done with @self afterwards but free it.
 */
gboolean
kvar_xlsx_book_close (KvarXlsxBook  *self,
                      GError       **error)
{
  lxw_error result;

  g_return_val_if_fail (self != NULL && self->workbook != NULL, FALSE);

  if (!check_sheets (self, error))
    return FALSE;

  errno = 0;
  result = workbook_close (g_steal_pointer (&self->workbook));
  if (result == LXW_NO_ERROR)
    return TRUE;

  g_warning ("The workbook could not be written: %s", lxw_strerror (result));
  g_propagate_error (error, kvar_export_error_from_errno (errno != 0 ? errno : EIO));

  return FALSE;
}

/**
 * kvar_xlsx_book_get_n_cut:
 *
 * Returns: how many texts were too long for a cell
 */
guint64
kvar_xlsx_book_get_n_cut (KvarXlsxBook *self)
{
  return self->n_cut;
}
