/* kvar-file-info.h: asks what is known of one file: its size, and its first name
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "session/kvar-session.h"
#include "storage/kvar-file-entry.h"

G_BEGIN_DECLS

void           kvar_file_info_ask_async  (KvarSession          *session,
                                          const char           *bucket,
                                          const char           *key,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
KvarFileEntry *kvar_file_info_ask_finish (KvarSession          *session,
                                          GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
