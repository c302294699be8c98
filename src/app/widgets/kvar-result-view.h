/* kvar-result-view.h: what a function gave, as a table, a document or a value
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "functions/kvar-function-result.h"

G_BEGIN_DECLS

#define KVAR_TYPE_RESULT_VIEW (kvar_result_view_get_type ())

G_DECLARE_FINAL_TYPE (KvarResultView, kvar_result_view, KVAR, RESULT_VIEW, AdwBin)

/* Signals: "record-activated" (record), when a row is opened. */
void kvar_result_view_set_result (KvarResultView     *self,
                                  KvarFunctionResult *result);

G_END_DECLS
