/* kvar-transfer-row.h: one file on its way: its progress, and what can be done with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "storage/kvar-transfer.h"

G_BEGIN_DECLS

#define KVAR_TYPE_TRANSFER_ROW (kvar_transfer_row_get_type ())

G_DECLARE_FINAL_TYPE (KvarTransferRow, kvar_transfer_row, KVAR, TRANSFER_ROW, GtkListBoxRow)

GtkWidget    *kvar_transfer_row_new          (KvarTransfer    *transfer);
KvarTransfer *kvar_transfer_row_get_transfer (KvarTransferRow *self);
void          kvar_transfer_row_open         (KvarTransferRow *self);

G_END_DECLS
