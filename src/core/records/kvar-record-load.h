/* kvar-record-load.h: Reads one whole record by its key.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-record.h"
#include "session/kvar-session.h"

G_BEGIN_DECLS

void        kvar_record_load_async  (KvarSession          *session,
                                     KvarTable            *table,
                                     const char *const    *key,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
KvarRecord *kvar_record_load_finish (KvarSession          *session,
                                     GAsyncResult         *result,
                                     GError              **error);

G_END_DECLS
