/* kvar-batch-dialog.h: runs a function for the selected records, and says what came of each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "functions/kvar-function-batch.h"
#include "kvar-workspace.h"

G_BEGIN_DECLS

#define KVAR_TYPE_BATCH_DIALOG (kvar_batch_dialog_get_type ())

G_DECLARE_FINAL_TYPE (KvarBatchDialog, kvar_batch_dialog, KVAR, BATCH_DIALOG, AdwWindow)

GtkWindow *kvar_batch_dialog_present (GtkWidget         *parent,
                                      KvarWorkspace     *workspace,
                                      KvarTable         *table,
                                      KvarFunctionBatch *batch);

G_END_DECLS
