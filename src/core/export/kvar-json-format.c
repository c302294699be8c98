/* kvar-json-format.c: Rows as JSON: one array, or an object a line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * json and jsonb stand as PostgreSQL wrote them. A number stands as a number, digit for digit, if
 * every reader keeps it, a reader with doubles too: up to 15 significant digits. What has more,
 * and NaN and the infinities, are strings of PostgreSQL's text, as is everything else.
 */

#define G_LOG_DOMAIN "kvar-json-format"

#include "config.h"

#include <string.h>

#include "export/kvar-excel-text.h"
#include "export/kvar-json-format.h"
#include "records/kvar-json-text.h"

#define MAX_DIGITS 15

struct _KvarJsonFormat
{
  GObject    parent_instance;

  GPtrArray *columns;    /* (element-type KvarExportColumn) */
  char     **names;      /* of the columns, quoted, with what stands before and after */
  gboolean   lines;
};

static void export_format_init (KvarExportFormatInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KvarJsonFormat, kvar_json_format, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KVAR_TYPE_EXPORT_FORMAT,
                                                      export_format_init))

/* Line breaks stand only between the parts of a JSON text, where a blank is as good. */
static void
append_raw (KvarJsonFormat       *self,
            const KvarExportCell *cell,
            GString              *out)
{
  gsize start = out->len;

  g_string_append_len (out, cell->text, cell->length);
  for (gsize i = start; self->lines && i < out->len; i++)
    if (out->str[i] == '\n' || out->str[i] == '\r')
      out->str[i] = ' ';
}

/* A guessed type may be wrong: nothing is spliced that has not been looked at. */
static gboolean
is_json (KvarKind    kind,
         const char *text)
{
  guint n_digits;

  switch (kind)
    {
    case KVAR_KIND_BOOLEAN:
      return g_str_equal (text, "true") || g_str_equal (text, "false");

    case KVAR_KIND_INTEGER:
    case KVAR_KIND_DECIMAL:
    case KVAR_KIND_FLOAT:
      return kvar_excel_text_is_number (text, &n_digits) && n_digits <= MAX_DIGITS;

    case KVAR_KIND_JSON:
      return kvar_json_text_check (text, NULL);

    default:
      return FALSE;
    }
}

static guint
kvar_json_format_begin (KvarExportFormat *format,
                        GString          *out)
{
  if (!KVAR_JSON_FORMAT (format)->lines)
    g_string_append_c (out, '[');

  return 0;
}

static guint
kvar_json_format_append_row (KvarExportFormat     *format,
                             const KvarExportCell *cells,
                             guint64               index,
                             GString              *out)
{
  KvarJsonFormat *self = (KvarJsonFormat *)format;

  if (!self->lines)
    g_string_append (out, index > 0 ? ",\n" : "\n");
  g_string_append_c (out, '{');

  for (guint i = 0; i < self->columns->len; i++)
    {
      KvarExportColumn *column = self->columns->pdata[i];

      g_string_append (out, self->names[i]);
      if (cells[i].text == NULL)
        g_string_append (out, "null");
      else if (is_json (column->kind, cells[i].text))
        append_raw (self, &cells[i], out);
      else
        kvar_json_text_append_quoted (out, cells[i].text);
    }
  g_string_append (out, self->lines ? "}\n" : "}");

  return 0;
}

static void
kvar_json_format_end (KvarExportFormat *format,
                      guint64           n_rows,
                      GString          *out)
{
  if (!KVAR_JSON_FORMAT (format)->lines)
    g_string_append (out, "\n]\n");
}

static void
export_format_init (KvarExportFormatInterface *iface)
{
  iface->begin = kvar_json_format_begin;
  iface->append_row = kvar_json_format_append_row;
  iface->end = kvar_json_format_end;
}

static void
kvar_json_format_finalize (GObject *object)
{
  KvarJsonFormat *self = KVAR_JSON_FORMAT (object);

  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_strfreev);

  G_OBJECT_CLASS (kvar_json_format_parent_class)->finalize (object);
}

static void
kvar_json_format_class_init (KvarJsonFormatClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = kvar_json_format_finalize;
}

static void
kvar_json_format_init (KvarJsonFormat *self)
{
}

/**
 * kvar_json_format_new:
 * @columns: (element-type KvarExportColumn)
 * @lines: an object a line (NDJSON), instead of one array
 */
KvarExportFormat *
kvar_json_format_new (GPtrArray *columns,
                      gboolean   lines)
{
  KvarJsonFormat *self = g_object_new (KVAR_TYPE_JSON_FORMAT, NULL);

  self->columns = g_ptr_array_ref (columns);
  self->lines = lines;
  self->names = g_new0 (char *, columns->len + 1);
  for (guint i = 0; i < columns->len; i++)
    {
      GString *name = g_string_new (i == 0 ? NULL : ",");

      kvar_json_text_append_quoted (name,
                                    ((KvarExportColumn *)g_ptr_array_index (columns, i))->name);
      g_string_append_c (name, ':');
      self->names[i] = g_string_free (name, FALSE);
    }

  return KVAR_EXPORT_FORMAT (self);
}
