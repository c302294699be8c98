/* kvar-rename-dialog.h: asks what a person wants to call a table or a column
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kvar-workspace.h"

G_BEGIN_DECLS

void kvar_rename_dialog_present (GtkWidget     *parent,
                                 KvarWorkspace *workspace,
                                 const char    *table,
                                 const char    *column);

G_END_DECLS
