/* kvar-csv-format.c: Rows as CSV: exact, or as Excel wants it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For Excel there is a BOM, semicolons and decimal commas, and moments are shown by the clocks
 * here. Never a "sep=" line: Excel then takes the file for one without a BOM.
 */

#define G_LOG_DOMAIN "kvar-csv-format"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "export/kvar-csv-format.h"
#include "export/kvar-csv.h"
#include "export/kvar-excel-text.h"

#define BOM "\xef\xbb\xbf"

struct _KvarCsvFormat
{
  GObject    parent_instance;

  GPtrArray *columns;    /* (element-type KvarExportColumn) */
  gboolean   for_excel;
  GTimeZone *zone;       /* (nullable) */
};

static void export_format_init (KvarExportFormatInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KvarCsvFormat, kvar_csv_format, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KVAR_TYPE_EXPORT_FORMAT,
                                                      export_format_init))

/* A formula gets an apostrophe before it, which spreadsheets take for "this is text". */
static guint
append_text (GString    *out,
             const char *text,
             gsize       length)
{
  g_autofree char *marked = NULL;

  if (!kvar_excel_text_is_formula (text))
    {
      kvar_csv_append_field (out, ';', text, length);
      return 0;
    }

  marked = g_strconcat ("'", text, NULL);
  kvar_csv_append_field (out, ';', marked, length + 1);

  return 1;
}

static guint
append_number (GString              *out,
               const KvarExportCell *cell)
{
  gsize start = out->len;
  guint n_digits;

  if (!kvar_excel_text_is_number (cell->text, &n_digits))
    return append_text (out, cell->text, cell->length);

  kvar_csv_append_field (out, ';', cell->text, cell->length);
  for (gsize i = start; i < out->len; i++)
    if (out->str[i] == '.')
      out->str[i] = ',';

  return 0;
}

static guint
append_for_excel (KvarCsvFormat        *self,
                  KvarKind              kind,
                  const KvarExportCell *cell,
                  GString              *out)
{
  g_autofree char *time = NULL;

  if (cell->text == NULL)
    return 0;

  switch (kind)
    {
    case KVAR_KIND_INTEGER:
    case KVAR_KIND_DECIMAL:
    case KVAR_KIND_FLOAT:
      return append_number (out, cell);

    case KVAR_KIND_TIMESTAMP:
    case KVAR_KIND_TIMESTAMPTZ:
      time = kvar_excel_text_from_time (cell->text, self->zone);
      if (time == NULL)
        return append_text (out, cell->text, cell->length);
      kvar_csv_append_field (out, ';', time, strlen (time));
      return 0;

    default:
      return append_text (out, cell->text, cell->length);
    }
}

static guint
kvar_csv_format_begin (KvarExportFormat *format,
                       GString          *out)
{
  KvarCsvFormat *self = KVAR_CSV_FORMAT (format);
  char delimiter = self->for_excel ? ';' : ',';
  guint n_altered = 0;

  if (self->for_excel)
    g_string_append (out, BOM);

  for (guint i = 0; i < self->columns->len; i++)
    {
      const char *name = ((KvarExportColumn *)g_ptr_array_index (self->columns, i))->name;

      if (i > 0)
        g_string_append_c (out, delimiter);
      if (self->for_excel)
        n_altered += append_text (out, name, strlen (name));
      else
        kvar_csv_append_field (out, delimiter, name, strlen (name));
    }
  kvar_csv_end_row (out);

  return n_altered;
}

static guint
kvar_csv_format_append_row (KvarExportFormat     *format,
                            const KvarExportCell *cells,
                            guint64               index,
                            GString              *out)
{
  KvarCsvFormat *self = (KvarCsvFormat *)format;
  char delimiter = self->for_excel ? ';' : ',';
  guint n_altered = 0;

  for (guint i = 0; i < self->columns->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, delimiter);
      if (self->for_excel)
        n_altered += append_for_excel (self,
                                       ((KvarExportColumn *)self->columns->pdata[i])->kind,
                                       &cells[i], out);
      else
        kvar_csv_append_field (out, delimiter, cells[i].text, cells[i].length);
    }
  kvar_csv_end_row (out);

  return n_altered;
}

static char *
kvar_csv_format_describe (KvarExportFormat *format,
                          guint64           n_rows,
                          guint64           n_altered)
{
  g_autofree char *number = NULL;

  if (n_altered == 0)
    return NULL;

  number = g_strdup_printf ("%'" G_GUINT64_FORMAT, n_altered);
  /* Translators: %s is a number of cells of a table for a spreadsheet. */
  return g_strdup_printf (ngettext ("%s text that looked like a formula begins with an "
                                    "apostrophe.",
                                    "%s texts that looked like formulas begin with an "
                                    "apostrophe.", n_altered), number);
}

static void
export_format_init (KvarExportFormatInterface *iface)
{
  iface->begin = kvar_csv_format_begin;
  iface->append_row = kvar_csv_format_append_row;
  iface->describe = kvar_csv_format_describe;
}

static void
kvar_csv_format_finalize (GObject *object)
{
  KvarCsvFormat *self = KVAR_CSV_FORMAT (object);

  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);

  G_OBJECT_CLASS (kvar_csv_format_parent_class)->finalize (object);
}

static void
kvar_csv_format_class_init (KvarCsvFormatClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = kvar_csv_format_finalize;
}

static void
kvar_csv_format_init (KvarCsvFormat *self)
{
}

/**
 * kvar_csv_format_new:
 * @columns: (element-type KvarExportColumn)
 * @for_excel: for Excel with a decimal comma, instead of exact and for everybody
 */
KvarExportFormat *
kvar_csv_format_new (GPtrArray *columns,
                     gboolean   for_excel)
{
  KvarCsvFormat *self = g_object_new (KVAR_TYPE_CSV_FORMAT, NULL);

  self->columns = g_ptr_array_ref (columns);
  self->for_excel = for_excel;
  self->zone = for_excel ? g_time_zone_new_local () : NULL;

  return KVAR_EXPORT_FORMAT (self);
}
