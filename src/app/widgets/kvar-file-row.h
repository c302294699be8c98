/* kvar-file-row.h: one file, folder or bucket in a list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "storage/kvar-file-entry.h"

G_BEGIN_DECLS

#define KVAR_TYPE_FILE_ROW (kvar_file_row_get_type ())

G_DECLARE_FINAL_TYPE (KvarFileRow, kvar_file_row, KVAR, FILE_ROW, GtkListBoxRow)

GtkWidget     *kvar_file_row_new           (KvarFileEntry *entry);
KvarFileEntry *kvar_file_row_get_entry     (KvarFileRow   *self);
void           kvar_file_row_set_removable (KvarFileRow   *self,
                                            gboolean       removable);

G_END_DECLS
