/* kvar-xlsx-book.h: One workbook under way: sheets with typed cells.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "export/kvar-export-format.h"

G_BEGIN_DECLS

typedef struct _KvarXlsxBook KvarXlsxBook;

KvarXlsxBook *kvar_xlsx_book_new       (const char    *path,
                                        GPtrArray     *columns,
                                        const char    *title,
                                        guint          max_rows,
                                        gboolean       large);
void          kvar_xlsx_book_free      (KvarXlsxBook  *self);
gboolean      kvar_xlsx_book_begin_row (KvarXlsxBook  *self,
                                        GError       **error);
void          kvar_xlsx_book_write     (KvarXlsxBook  *self,
                                        guint          column,
                                        const char    *text);
gboolean      kvar_xlsx_book_close     (KvarXlsxBook  *self,
                                        GError       **error);
guint64       kvar_xlsx_book_get_n_cut (KvarXlsxBook  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarXlsxBook, kvar_xlsx_book_free)

G_END_DECLS
