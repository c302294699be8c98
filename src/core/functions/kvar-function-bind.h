/* kvar-function-bind.h: hands a record to a function that acts on it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-draft.h"
#include "schema/kvar-function.h"

G_BEGIN_DECLS

gboolean kvar_function_bind_record (KvarDraft  *parameters,
                                    KvarRecord *record);
guint    kvar_function_count_open  (KvarDraft  *parameters);
gboolean kvar_function_is_ready    (KvarDraft  *parameters);

G_END_DECLS
