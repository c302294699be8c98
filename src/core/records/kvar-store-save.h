/* kvar-store-save.h: Saves one draft, whatever comes in between.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-draft-store.h"
#include "session/kvar-session.h"

G_BEGIN_DECLS

void        kvar_store_save_run_async  (KvarSession          *session,
                                        KvarDraftStore       *drafts,
                                        KvarDraft            *draft,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
KvarRecord *kvar_store_save_run_finish (KvarSession          *session,
                                        GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
