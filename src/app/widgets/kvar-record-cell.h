/* kvar-record-cell.h: one column of one record in a list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "records/kvar-draft-store.h"

G_BEGIN_DECLS

#define KVAR_TYPE_RECORD_CELL (kvar_record_cell_get_type ())

G_DECLARE_FINAL_TYPE (KvarRecordCell, kvar_record_cell, KVAR, RECORD_CELL, GtkWidget)

GtkWidget *kvar_record_cell_new        (KvarColumn     *column,
                                        KvarDraftStore *drafts);
void       kvar_record_cell_set_record (KvarRecordCell *self,
                                        KvarRecord     *record);

G_END_DECLS
