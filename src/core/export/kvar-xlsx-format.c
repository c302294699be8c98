/* kvar-xlsx-format.c: Rows as an Excel workbook.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A workbook cannot grow by its end, nor be gone on with by another process: what is appended are
 * plain cells, each its length and its bytes, and the workbook is made of them once all are there.
 */

#define G_LOG_DOMAIN "kvar-xlsx-format"

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "export/kvar-export-error.h"
#include "export/kvar-xlsx-book.h"
#include "export/kvar-xlsx-format.h"

/* What a sheet has below its header. */
#define MAX_ROWS 1048575

/* Of cells, which may grow to several times as much in a sheet. */
#define LARGE_BYTES (512 * 1024 * 1024)

struct _KvarXlsxFormat
{
  GObject    parent_instance;

  GPtrArray *columns;    /* (element-type KvarExportColumn) */
  char      *title;
  guint      max_rows;
};

static void export_format_init (KvarExportFormatInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KvarXlsxFormat, kvar_xlsx_format, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KVAR_TYPE_EXPORT_FORMAT,
                                                      export_format_init))

static guint
kvar_xlsx_format_begin (KvarExportFormat *format,
                        GString          *out)
{
  return 0;
}

static guint
kvar_xlsx_format_append_row (KvarExportFormat     *format,
                             const KvarExportCell *cells,
                             guint64               index,
                             GString              *out)
{
  KvarXlsxFormat *self = (KvarXlsxFormat *)format;

  for (guint i = 0; i < self->columns->len; i++)
    {
      gint64 length = cells[i].text != NULL ? (gint64)cells[i].length : -1;

      g_string_append_len (out, (const char *)&length, sizeof length);
      if (cells[i].text != NULL)
        g_string_append_len (out, cells[i].text, cells[i].length + 1);
    }

  return 0;
}

/* Reads a cell into @buffer, which grows as needed. */
static gboolean
read_cell (FILE       *file,
           GByteArray *buffer,
           gboolean   *is_null)
{
  gint64 length;

  if (fread (&length, sizeof length, 1, file) != 1)
    return FALSE;

  *is_null = length < 0;
  if (*is_null)
    return TRUE;

  g_byte_array_set_size (buffer, length + 1);

  return fread (buffer->data, length + 1, 1, file) == 1;
}

static gboolean
copy_cells (KvarXlsxFormat  *self,
            FILE            *file,
            KvarXlsxBook    *book,
            GError         **error)
{
  g_autoptr(GByteArray) buffer = g_byte_array_new ();
  guint64 n_cells = 0;
  gboolean is_null;

  while (self->columns->len > 0 && read_cell (file, buffer, &is_null))
    {
      guint column = n_cells++ % self->columns->len;

      if (column == 0 && !kvar_xlsx_book_begin_row (book, error))
        return FALSE;
      if (!is_null)
        kvar_xlsx_book_write (book, column, (const char *)buffer->data);
    }

  if (!ferror (file))
    return TRUE;

  g_propagate_error (error, kvar_export_error_from_errno (errno));

  return FALSE;
}

static gboolean
kvar_xlsx_format_convert (KvarExportFormat  *format,
                          const char        *from,
                          const char        *to,
                          guint64           *n_altered,
                          GError           **error)
{
  KvarXlsxFormat *self = KVAR_XLSX_FORMAT (format);
  g_autoptr(KvarXlsxBook) book = NULL;
  FILE *file = g_fopen (from, "rbe");
  struct stat info;
  gboolean large;
  gboolean made;

  if (file == NULL)
    {
      g_propagate_error (error, kvar_export_error_from_errno (errno));
      return FALSE;
    }

  large = fstat (fileno (file), &info) == 0 && info.st_size > LARGE_BYTES;
  book = kvar_xlsx_book_new (to, self->columns, self->title, self->max_rows, large);
  made = copy_cells (self, file, book, error) && kvar_xlsx_book_close (book, error);
  fclose (file);
  *n_altered += kvar_xlsx_book_get_n_cut (book);

  return made;
}

static void
add_sentence (GString *text,
              char    *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
  g_free (sentence);
}

static char *
kvar_xlsx_format_describe (KvarExportFormat *format,
                           guint64           n_rows,
                           guint64           n_altered)
{
  KvarXlsxFormat *self = KVAR_XLSX_FORMAT (format);
  guint64 n_sheets = (n_rows + self->max_rows - 1) / self->max_rows;
  g_autoptr(GString) text = g_string_new (NULL);

  if (n_sheets > 1)
    {
      g_autofree char *number = g_strdup_printf ("%'" G_GUINT64_FORMAT, n_sheets);

      /* Translators: of a workbook; %s is how many, 2 or more. */
      add_sentence (text, g_strdup_printf (ngettext ("The rows are on %s sheet.",
                                                     "The rows are on %s sheets.", n_sheets),
                                           number));
    }
  if (n_altered > 0)
    {
      g_autofree char *number = g_strdup_printf ("%'" G_GUINT64_FORMAT, n_altered);

      /* Translators: %s is how many texts were too long for the cell of a workbook. */
      add_sentence (text, g_strdup_printf (ngettext ("%s text was too long for its cell and "
                                                     "was cut.",
                                                     "%s texts were too long for their cells "
                                                     "and were cut.", n_altered), number));
    }

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static void
export_format_init (KvarExportFormatInterface *iface)
{
  iface->begin = kvar_xlsx_format_begin;
  iface->append_row = kvar_xlsx_format_append_row;
  iface->convert = kvar_xlsx_format_convert;
  iface->describe = kvar_xlsx_format_describe;
}

static void
kvar_xlsx_format_finalize (GObject *object)
{
  KvarXlsxFormat *self = KVAR_XLSX_FORMAT (object);

  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->title, g_free);

  G_OBJECT_CLASS (kvar_xlsx_format_parent_class)->finalize (object);
}

static void
kvar_xlsx_format_class_init (KvarXlsxFormatClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = kvar_xlsx_format_finalize;
}

static void
kvar_xlsx_format_init (KvarXlsxFormat *self)
{
  self->max_rows = MAX_ROWS;
}

/**
 * kvar_xlsx_format_new:
 * @columns: (element-type KvarExportColumn)
 * @title: of the sheet
 */
KvarExportFormat *
kvar_xlsx_format_new (GPtrArray  *columns,
                      const char *title)
{
  KvarXlsxFormat *self = g_object_new (KVAR_TYPE_XLSX_FORMAT, NULL);

  self->columns = g_ptr_array_ref (columns);
  self->title = g_strdup (title);

  return KVAR_EXPORT_FORMAT (self);
}

/**
 * kvar_xlsx_format_set_max_rows:
 *
 * Begins another sheet after fewer rows than Excel's own limit.
 */
void
kvar_xlsx_format_set_max_rows (KvarXlsxFormat *self,
                               guint           max_rows)
{
  g_return_if_fail (KVAR_IS_XLSX_FORMAT (self));
  g_return_if_fail (max_rows > 0 && max_rows <= MAX_ROWS);

  self->max_rows = max_rows;
}
