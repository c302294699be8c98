/* kvar-function-call.h: calls a database function: once, and by POST
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "functions/kvar-function-result.h"
#include "records/kvar-draft.h"
#include "schema/kvar-schema.h"
#include "session/kvar-session.h"

G_BEGIN_DECLS

KvarTable          *kvar_function_make_parameters (KvarFunction         *function);
KvarTable          *kvar_function_find_results    (KvarFunction         *function,
                                                   KvarSchema           *schema);
KvarRequest        *kvar_function_make_request    (KvarFunction         *function,
                                                   KvarSelection        *selection,
                                                   GPtrArray            *arguments);

void                kvar_function_call_async      (KvarSession          *session,
                                                   KvarFunction         *function,
                                                   KvarTable            *results,
                                                   GPtrArray            *arguments,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
KvarFunctionResult *kvar_function_call_finish     (KvarSession          *session,
                                                   GAsyncResult         *result,
                                                   GError              **error);

G_END_DECLS
