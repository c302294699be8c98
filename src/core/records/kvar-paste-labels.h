/* kvar-paste-labels.h: The records that pasted labels stand for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-paste-plan.h"
#include "schema/kvar-schema.h"
#include "session/kvar-session.h"

G_BEGIN_DECLS

gboolean kvar_paste_labels_are_there (KvarSchema           *schema,
                                      KvarPastePlan        *plan);
void     kvar_paste_labels_async     (KvarSession          *session,
                                      KvarSchema           *schema,
                                      KvarPastePlan        *plan,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean kvar_paste_labels_finish    (KvarSession          *session,
                                      GAsyncResult         *result,
                                      GError              **error);

G_END_DECLS
