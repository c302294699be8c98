/* kvar-export-page.h: A page's bytes as CSV, and where the next page begins.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "export/kvar-export-seen.h"

G_BEGIN_DECLS

gboolean kvar_export_page_peek_last (GBytes             *body,
                                     const char *const  *terms,
                                     GPtrArray         **values);
gboolean kvar_export_page_find_last (GBytes             *body,
                                     const char *const  *terms,
                                     GPtrArray         **values,
                                     guint              *n_rows,
                                     GError            **error);
gboolean kvar_export_page_to_csv    (GBytes             *body,
                                     const char *const  *columns,
                                     const char *const  *identity,
                                     KvarExportSeen     *seen,
                                     GString            *csv,
                                     guint              *n_rows,
                                     guint              *n_written,
                                     GError            **error);

G_END_DECLS
