/* kvar-function-result.h: what a function gave back: nothing, rows, one value, or a document
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "net/kvar-reply.h"
#include "records/kvar-selection.h"
#include "schema/kvar-function.h"

G_BEGIN_DECLS

typedef enum
{
  KVAR_RESULT_NOTHING,     /* it has run, and has nothing to say */
  KVAR_RESULT_ROWS,        /* the model's items */
  KVAR_RESULT_VALUE,       /* one value, perhaps null */
  KVAR_RESULT_DOCUMENT,    /* a JSON document, as text that people can read */
} KvarResultKind;

#define KVAR_TYPE_FUNCTION_RESULT (kvar_function_result_get_type ())

G_DECLARE_FINAL_TYPE (KvarFunctionResult, kvar_function_result, KVAR, FUNCTION_RESULT, GObject)

/* A GListModel of KvarRecords, empty unless the result is rows. */
KvarFunctionResult *kvar_function_result_new       (KvarFunction        *function,
                                                    KvarSelection       *selection,
                                                    GBytes              *body,
                                                    gint64               total,
                                                    GError             **error);
KvarResultKind      kvar_function_result_get_kind  (KvarFunctionResult  *self);
KvarTable          *kvar_function_result_get_table (KvarFunctionResult  *self);
gint64              kvar_function_result_get_total (KvarFunctionResult  *self);
KvarValue          *kvar_function_result_get_value (KvarFunctionResult  *self);
const char         *kvar_function_result_get_text  (KvarFunctionResult  *self);

G_END_DECLS
