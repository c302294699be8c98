/* kvar-transfer.h: one file on its way to this computer, or from it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-errand-list.h"
#include "session/kvar-session.h"

G_BEGIN_DECLS

#define KVAR_TYPE_TRANSFER (kvar_transfer_get_type ())

G_DECLARE_FINAL_TYPE (KvarTransfer, kvar_transfer, KVAR, TRANSFER, GObject)

KvarTransfer *kvar_transfer_new_download     (KvarSession    *session,
                                              const char     *bucket,
                                              const char     *key,
                                              GFile          *target);
KvarTransfer *kvar_transfer_new_upload       (KvarSession    *session,
                                              const char     *bucket,
                                              const char     *key,
                                              GFile          *source,
                                              gboolean        replace);
gboolean      kvar_transfer_is_upload        (KvarTransfer   *self);
const char   *kvar_transfer_get_bucket       (KvarTransfer   *self);
const char   *kvar_transfer_get_key          (KvarTransfer   *self);
gint64        kvar_transfer_get_done         (KvarTransfer   *self);
gint64        kvar_transfer_get_size         (KvarTransfer   *self);
const char   *kvar_transfer_get_content_type (KvarTransfer   *self);
void          kvar_transfer_restore          (KvarErrandList *list,
                                              KvarSession    *session);

G_END_DECLS
