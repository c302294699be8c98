/* kvar-record-columns.h: the columns of a list of records, made from their table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "records/kvar-draft-store.h"
#include "records/kvar-query.h"

G_BEGIN_DECLS

char     **kvar_record_columns_choose      (KvarTable         *table,
                                            KvarQuery         *query);
void       kvar_record_columns_fill        (GtkColumnView     *view,
                                            KvarTable         *table,
                                            const char *const *names,
                                            KvarDraftStore    *drafts);
void       kvar_record_columns_show_order  (GtkColumnView     *view,
                                            KvarQuery         *query);
char      *kvar_record_columns_read_order  (GtkColumnView     *view,
                                            gboolean          *descending);
GVariant  *kvar_record_columns_save_widths (GtkColumnView     *view);
void       kvar_record_columns_restore_widths
                                           (GtkColumnView     *view,
                                            GVariant          *widths);
void       kvar_record_columns_scroll_to   (GtkColumnView     *view,
                                            guint              position);

G_END_DECLS
