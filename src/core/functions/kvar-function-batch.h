/* kvar-function-batch.h: runs a function for many records, one after the other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "functions/kvar-batch-item.h"
#include "functions/kvar-function-runs.h"
#include "records/kvar-draft.h"
#include "schema/kvar-function.h"
#include "session/kvar-session.h"

G_BEGIN_DECLS

typedef enum
{
  KVAR_BATCH_ASKING,     /* not started */
  KVAR_BATCH_RUNNING,
  KVAR_BATCH_HELD,       /* until somebody has signed in */
  KVAR_BATCH_PAUSED,     /* until the server can be reached */
  KVAR_BATCH_ENDED,
} KvarBatchState;

#define KVAR_TYPE_BATCH_STATE (kvar_batch_state_get_type ())

GType kvar_batch_state_get_type (void);

#define KVAR_TYPE_FUNCTION_BATCH (kvar_function_batch_get_type ())

G_DECLARE_FINAL_TYPE (KvarFunctionBatch, kvar_function_batch, KVAR, FUNCTION_BATCH, GObject)

KvarFunctionBatch *kvar_function_batch_new            (KvarSession       *session,
                                                       KvarFunctionRuns  *runs,
                                                       KvarFunction      *function,
                                                       GPtrArray         *records);
void               kvar_function_batch_start          (KvarFunctionBatch *self);
void               kvar_function_batch_stop           (KvarFunctionBatch *self);
gboolean           kvar_function_batch_fits           (KvarFunctionBatch *self);
KvarFunction      *kvar_function_batch_get_function   (KvarFunctionBatch *self);
KvarDraft         *kvar_function_batch_get_parameters (KvarFunctionBatch *self);
GListModel        *kvar_function_batch_get_items      (KvarFunctionBatch *self);
KvarBatchState     kvar_function_batch_get_state      (KvarFunctionBatch *self);
guint              kvar_function_batch_count          (KvarFunctionBatch *self,
                                                       KvarBatchItemState state);

G_END_DECLS
