/* kvar-export-format.c: What every kind of exported file can do: begin, take rows, end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-export-format"

#include "config.h"

#include "export/kvar-csv-format.h"
#include "export/kvar-export-format.h"
#include "export/kvar-json-format.h"
#include "export/kvar-xlsx-format.h"

G_DEFINE_INTERFACE (KvarExportFormat, kvar_export_format, G_TYPE_OBJECT)

static void
kvar_export_format_default_init (KvarExportFormatInterface *iface)
{
}

/**
 * kvar_export_format_new:
 * @columns: (element-type KvarExportColumn): in their order
 * @title: what the rows are called, for formats that give it a place
 *
 * Returns: (transfer full): what writes files of @format; to be used in one thread at a time
 */
KvarExportFormat *
kvar_export_format_new (KvarFileFormat  format,
                        GPtrArray      *columns,
                        const char     *title)
{
  g_return_val_if_fail (columns != NULL, NULL);
  g_return_val_if_fail (title != NULL, NULL);

  switch (format)
    {
    case KVAR_FILE_EXCEL_CSV:
      return kvar_csv_format_new (columns, TRUE);

    case KVAR_FILE_XLSX:
      return kvar_xlsx_format_new (columns, title);

    case KVAR_FILE_JSON:
      return kvar_json_format_new (columns, FALSE);

    case KVAR_FILE_NDJSON:
      return kvar_json_format_new (columns, TRUE);

    case KVAR_FILE_CSV:
    default:
      return kvar_csv_format_new (columns, FALSE);
    }
}

/**
 * kvar_export_format_begin:
 *
 * Appends to @out what stands before the first row.
 *
 * Returns: how many names were altered
 */
guint
kvar_export_format_begin (KvarExportFormat *self,
                          GString          *out)
{
  g_return_val_if_fail (KVAR_IS_EXPORT_FORMAT (self), 0);

  return KVAR_EXPORT_FORMAT_GET_IFACE (self)->begin (self, out);
}

/**
 * kvar_export_format_append_row:
 * @cells: one for every column
 * @index: how many rows stand before it
 *
 * Returns: how many values were altered
 */
guint
kvar_export_format_append_row (KvarExportFormat     *self,
                               const KvarExportCell *cells,
                               guint64               index,
                               GString              *out)
{
  return KVAR_EXPORT_FORMAT_GET_IFACE (self)->append_row (self, cells, index, out);
}

/**
 * kvar_export_format_end:
 *
 * Appends to @out what stands after the last row.
 */
void
kvar_export_format_end (KvarExportFormat *self,
                        guint64           n_rows,
                        GString          *out)
{
  KvarExportFormatInterface *iface;

  g_return_if_fail (KVAR_IS_EXPORT_FORMAT (self));

  iface = KVAR_EXPORT_FORMAT_GET_IFACE (self);
  if (iface->end != NULL)
    iface->end (self, n_rows, out);
}

/**
 * kvar_export_format_converts:
 *
 * Returns: whether what is appended is not the file yet: kvar_export_format_convert() makes it
 */
gboolean
kvar_export_format_converts (KvarExportFormat *self)
{
  g_return_val_if_fail (KVAR_IS_EXPORT_FORMAT (self), FALSE);

  return KVAR_EXPORT_FORMAT_GET_IFACE (self)->convert != NULL;
}

/**
 * kvar_export_format_convert:
 * @from: the path of a file that holds all that was appended
 * @to: the path of the file to make
 * @n_altered: (inout): what is altered now is added to it
 */
gboolean
kvar_export_format_convert (KvarExportFormat  *self,
                            const char        *from,
                            const char        *to,
                            guint64           *n_altered,
                            GError           **error)
{
  g_return_val_if_fail (kvar_export_format_converts (self), FALSE);

  return KVAR_EXPORT_FORMAT_GET_IFACE (self)->convert (self, from, to, n_altered, error);
}

/**
 * kvar_export_format_describe:
 *
 * Returns: (transfer full) (nullable): a sentence on how the file differs from the rows
 */
char *
kvar_export_format_describe (KvarExportFormat *self,
                             guint64           n_rows,
                             guint64           n_altered)
{
  KvarExportFormatInterface *iface;

  g_return_val_if_fail (KVAR_IS_EXPORT_FORMAT (self), NULL);

  iface = KVAR_EXPORT_FORMAT_GET_IFACE (self);

  return iface->describe != NULL ? iface->describe (self, n_rows, n_altered) : NULL;
}

KvarExportColumn *
kvar_export_column_new (const char *name,
                        KvarKind    kind,
                        int         scale)
{
  KvarExportColumn *self = g_new0 (KvarExportColumn, 1);

  self->name = g_strdup (name);
  self->kind = kind;
  self->scale = scale;

  return self;
}

void
kvar_export_column_free (KvarExportColumn *self)
{
  g_free (self->name);
  g_free (self);
}
