/* kvar-export-page.h: A page's bytes as rows of a file, and where the next page begins.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "export/kvar-export-format.h"
#include "export/kvar-export-journal.h"

G_BEGIN_DECLS

gboolean kvar_export_page_peek_last (GBytes             *body,
                                     const char *const  *terms,
                                     GPtrArray         **values);
gboolean kvar_export_page_find_last (GBytes             *body,
                                     const char *const  *terms,
                                     GPtrArray         **values,
                                     guint              *n_rows,
                                     GError            **error);
char    *kvar_export_page_digest_last
                                    (GBytes             *body);
gboolean kvar_export_page_write     (GBytes             *body,
                                     const char *const  *columns,
                                     const char *const  *identity,
                                     KvarExportJournal  *seen,
                                     KvarExportFormat   *format,
                                     guint64             index,
                                     GString            *out,
                                     guint              *n_written,
                                     guint64            *n_altered,
                                     GError            **error);

G_END_DECLS
