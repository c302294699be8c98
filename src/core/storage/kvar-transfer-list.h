/* kvar-transfer-list.h: the files on their way in this process, the newest first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "storage/kvar-transfer.h"

G_BEGIN_DECLS

#define KVAR_TYPE_TRANSFER_LIST (kvar_transfer_list_get_type ())

G_DECLARE_FINAL_TYPE (KvarTransferList, kvar_transfer_list, KVAR, TRANSFER_LIST, GObject)

KvarTransferList *kvar_transfer_list_new           (void);
void              kvar_transfer_list_restore       (KvarTransferList *self,
                                                    KvarSession      *session);
void              kvar_transfer_list_start         (KvarTransferList *self,
                                                    KvarTransfer     *transfer);
void              kvar_transfer_list_remove        (KvarTransferList *self,
                                                    KvarTransfer     *transfer);
void              kvar_transfer_list_suspend       (KvarTransferList *self);
guint             kvar_transfer_list_get_n_running (KvarTransferList *self);

G_END_DECLS
