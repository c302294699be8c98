/* kvar-bulk-dialog.h: one value for many records, and what that will change
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kvar-workspace.h"
#include "records/kvar-bulk-job.h"

G_BEGIN_DECLS

#define KVAR_TYPE_BULK_DIALOG (kvar_bulk_dialog_get_type ())

G_DECLARE_FINAL_TYPE (KvarBulkDialog, kvar_bulk_dialog, KVAR, BULK_DIALOG, AdwWindow)

gboolean        kvar_bulk_dialog_can_change (KvarTable     *table);
KvarBulkDialog *kvar_bulk_dialog_new        (GtkWidget     *parent,
                                             KvarWorkspace *workspace,
                                             KvarTable     *table,
                                             KvarColumn    *column);
void            kvar_bulk_dialog_set_query  (KvarBulkDialog *self,
                                             KvarQuery     *query);
void            kvar_bulk_dialog_set_records
                                            (KvarBulkDialog *self,
                                             GPtrArray     *records);

G_END_DECLS
