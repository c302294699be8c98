/* kvar-export-format.h: What every kind of exported file can do: begin, take rows, end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "export/kvar-file-format.h"
#include "schema/kvar-type.h"

G_BEGIN_DECLS

/* What a format has to know of a column. A plain copy, as formats are used in another thread. */
typedef struct
{
  char     *name;
  KvarKind  kind;
  int       scale;     /* digits after the point, -1: as many as there are */
} KvarExportColumn;

typedef struct
{
  const char *text;    /* (nullable): PostgreSQL's text, ended by a zero byte; %NULL for null */
  gsize       length;
} KvarExportCell;

#define KVAR_TYPE_EXPORT_FORMAT (kvar_export_format_get_type ())

G_DECLARE_INTERFACE (KvarExportFormat, kvar_export_format, KVAR, EXPORT_FORMAT, GObject)

/* A format keeps nothing of the rows that went through it, so that a file can be gone on with
 * by another process. What it had to alter is counted by the caller. */
struct _KvarExportFormatInterface
{
  GTypeInterface parent_interface;

  guint    (*begin)      (KvarExportFormat      *self,
                          GString               *out);
  guint    (*append_row) (KvarExportFormat      *self,
                          const KvarExportCell  *cells,
                          guint64                index,
                          GString               *out);
  void     (*end)        (KvarExportFormat      *self,
                          guint64                n_rows,
                          GString               *out);

  /* (nullable) for a file that cannot grow by its end: makes it of what was appended */
  gboolean (*convert)    (KvarExportFormat      *self,
                          const char            *from,
                          const char            *to,
                          guint64               *n_altered,
                          GError               **error);

  /* (nullable) a sentence on what had to be altered */
  char    *(*describe)   (KvarExportFormat      *self,
                          guint64                n_rows,
                          guint64                n_altered);
};

KvarExportFormat *kvar_export_format_new         (KvarFileFormat         format,
                                                  GPtrArray             *columns,
                                                  const char            *title);
guint             kvar_export_format_begin       (KvarExportFormat      *self,
                                                  GString               *out);
guint             kvar_export_format_append_row  (KvarExportFormat      *self,
                                                  const KvarExportCell  *cells,
                                                  guint64                index,
                                                  GString               *out);
void              kvar_export_format_end         (KvarExportFormat      *self,
                                                  guint64                n_rows,
                                                  GString               *out);
gboolean          kvar_export_format_converts    (KvarExportFormat      *self);
gboolean          kvar_export_format_convert     (KvarExportFormat      *self,
                                                  const char            *from,
                                                  const char            *to,
                                                  guint64               *n_altered,
                                                  GError               **error);
char             *kvar_export_format_describe    (KvarExportFormat      *self,
                                                  guint64                n_rows,
                                                  guint64                n_altered);

KvarExportColumn *kvar_export_column_new         (const char            *name,
                                                  KvarKind               kind,
                                                  int                    scale);
void              kvar_export_column_free        (KvarExportColumn      *self);

G_END_DECLS
