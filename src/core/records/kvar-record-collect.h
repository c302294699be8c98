/* kvar-record-collect.h: All rows that answer a query, at once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-query.h"
#include "records/kvar-record.h"
#include "session/kvar-session.h"

G_BEGIN_DECLS

/* More than so many are not held in memory at once: they are exported instead. */
#define KVAR_RECORD_COLLECT_MAX 100000

void       kvar_record_collect_async  (KvarSession          *session,
                                       KvarTable            *table,
                                       KvarQuery            *query,
                                       const char *const    *columns,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
GPtrArray *kvar_record_collect_finish (KvarSession          *session,
                                       GAsyncResult         *result,
                                       GError              **error);

G_END_DECLS
