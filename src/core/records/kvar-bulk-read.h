/* kvar-bulk-read.h: What a column holds in many rows, read by their keys.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-record.h"
#include "session/kvar-session.h"

G_BEGIN_DECLS

void       kvar_bulk_read_async  (KvarSession          *session,
                                  KvarColumn           *column,
                                  GPtrArray            *records,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
GPtrArray *kvar_bulk_read_finish (KvarSession          *session,
                                  GAsyncResult         *result,
                                  GError              **error);

G_END_DECLS
