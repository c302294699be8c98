/* kvar-record-count.h: Counts the rows that answer a query, or has them estimated.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-query.h"
#include "schema/kvar-table.h"
#include "session/kvar-session.h"

G_BEGIN_DECLS

void   kvar_record_count_async  (KvarSession          *session,
                                 KvarTable            *table,
                                 KvarQuery            *query,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
gint64 kvar_record_count_finish (KvarSession          *session,
                                 GAsyncResult         *result,
                                 gboolean             *exact,
                                 GError              **error);

G_END_DECLS
