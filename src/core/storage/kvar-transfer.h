/* kvar-transfer.h: one file on its way to this computer, or from it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "session/kvar-session.h"

G_BEGIN_DECLS

typedef enum
{
  KVAR_TRANSFER_RUNNING,
  KVAR_TRANSFER_HELD,      /* until somebody has signed in */
  KVAR_TRANSFER_PAUSED,    /* until the server can be reached */
  KVAR_TRANSFER_DONE,
  KVAR_TRANSFER_FAILED,
  KVAR_TRANSFER_CANCELLED,
} KvarTransferState;

#define KVAR_TYPE_TRANSFER_STATE (kvar_transfer_state_get_type ())
#define KVAR_TYPE_TRANSFER (kvar_transfer_get_type ())

GType kvar_transfer_state_get_type (void);

G_DECLARE_FINAL_TYPE (KvarTransfer, kvar_transfer, KVAR, TRANSFER, GObject)

KvarTransfer      *kvar_transfer_new_download  (KvarSession  *session,
                                                const char   *bucket,
                                                const char   *key,
                                                GFile        *target);
KvarTransfer      *kvar_transfer_new_upload    (KvarSession  *session,
                                                const char   *bucket,
                                                const char   *key,
                                                GFile        *source,
                                                gboolean      replace);
void               kvar_transfer_start         (KvarTransfer *self);
void               kvar_transfer_cancel        (KvarTransfer *self);
void               kvar_transfer_suspend       (KvarTransfer *self);
gboolean           kvar_transfer_is_upload     (KvarTransfer *self);
gboolean           kvar_transfer_is_over       (KvarTransfer *self);
KvarTransferState  kvar_transfer_get_state     (KvarTransfer *self);
const char        *kvar_transfer_get_bucket    (KvarTransfer *self);
const char        *kvar_transfer_get_key       (KvarTransfer *self);
const char        *kvar_transfer_get_title     (KvarTransfer *self);
GFile             *kvar_transfer_get_file      (KvarTransfer *self);
gint64             kvar_transfer_get_done      (KvarTransfer *self);
gint64             kvar_transfer_get_size      (KvarTransfer *self);
const char        *kvar_transfer_get_content_type (KvarTransfer *self);
const GError      *kvar_transfer_get_error     (KvarTransfer *self);

G_END_DECLS
