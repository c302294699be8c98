/* kvar-go-dialog.h: goes anywhere by a few letters of its name
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kvar-go-index.h"

G_BEGIN_DECLS

#define KVAR_TYPE_GO_DIALOG (kvar_go_dialog_get_type ())

G_DECLARE_FINAL_TYPE (KvarGoDialog, kvar_go_dialog, KVAR, GO_DIALOG, AdwWindow)

GtkWidget   *kvar_go_dialog_new       (GtkWindow    *transient_for,
                                       KvarGoIndex  *index);
KvarGoIndex *kvar_go_dialog_get_index (KvarGoDialog *self);
void         kvar_go_dialog_refresh   (KvarGoDialog *self);

G_END_DECLS
