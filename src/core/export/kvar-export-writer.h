/* kvar-export-writer.h: The thread's side of an export: pages in, a file out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "export/kvar-export-format.h"
#include "export/kvar-export-part.h"

G_BEGIN_DECLS

#define KVAR_TYPE_EXPORT_WRITER (kvar_export_writer_get_type ())

G_DECLARE_FINAL_TYPE (KvarExportWriter, kvar_export_writer, KVAR, EXPORT_WRITER, GObject)

KvarExportWriter *kvar_export_writer_new         (GFile                *target,
                                                  int                   fd,
                                                  KvarExportFormat     *format,
                                                  const char *const    *columns,
                                                  const char *const    *identity,
                                                  gboolean              can_repeat);
gboolean          kvar_export_writer_open        (KvarExportWriter     *self,
                                                  GVariant             *description,
                                                  GError              **error);
gboolean          kvar_export_writer_take_up     (KvarExportWriter     *self,
                                                  KvarExportPart       *part,
                                                  GError              **error);
void              kvar_export_writer_set_commit_every
                                                 (KvarExportWriter     *self,
                                                  gint64                interval);
void              kvar_export_writer_write_async (KvarExportWriter     *self,
                                                  GBytes               *page,
                                                  GVariant             *position,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gssize            kvar_export_writer_write_finish
                                                 (KvarExportWriter     *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
void              kvar_export_writer_close_async (KvarExportWriter     *self,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean          kvar_export_writer_close_finish
                                                 (KvarExportWriter     *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
void              kvar_export_writer_discard     (KvarExportWriter     *self);
void              kvar_export_writer_suspend     (KvarExportWriter     *self);
char             *kvar_export_writer_describe    (KvarExportWriter     *self);

G_END_DECLS
