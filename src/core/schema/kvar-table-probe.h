/* kvar-table-probe.h: finds out a table from its name alone, by asking the server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "schema/kvar-table.h"
#include "session/kvar-session.h"

G_BEGIN_DECLS

void       kvar_table_probe_async  (KvarSession          *session,
                                    const char           *name,
                                    const char *const    *columns,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
KvarTable *kvar_table_probe_finish (GAsyncResult         *result,
                                    GError              **error);

G_END_DECLS
