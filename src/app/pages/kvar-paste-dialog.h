/* kvar-paste-dialog.h: what pasted rows will become
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kvar-workspace.h"
#include "records/kvar-paste-plan.h"

G_BEGIN_DECLS

#define KVAR_TYPE_PASTE_DIALOG (kvar_paste_dialog_get_type ())

G_DECLARE_FINAL_TYPE (KvarPasteDialog, kvar_paste_dialog, KVAR, PASTE_DIALOG, AdwWindow)

KvarPasteDialog *kvar_paste_dialog_new (GtkWidget     *parent,
                                        KvarWorkspace *workspace,
                                        KvarTable     *table,
                                        GPtrArray     *shown,
                                        GBytes        *bytes);

G_END_DECLS
