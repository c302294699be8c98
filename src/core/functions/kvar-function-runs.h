/* kvar-function-runs.h: what one person has run, and what is running
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "functions/kvar-report.h"

G_BEGIN_DECLS

#define KVAR_TYPE_FUNCTION_RUNS (kvar_function_runs_get_type ())

G_DECLARE_FINAL_TYPE (KvarFunctionRuns, kvar_function_runs, KVAR, FUNCTION_RUNS, GObject)

KvarFunctionRuns *kvar_function_runs_new        (KvarSession      *session,
                                                 const char       *state_dir);
KvarReport       *kvar_function_runs_get_report (KvarFunctionRuns *self,
                                                 KvarSchema       *schema,
                                                 KvarFunction     *function);
gboolean          kvar_function_runs_claim      (KvarFunctionRuns *self,
                                                 const char       *table,
                                                 const char       *key);
void              kvar_function_runs_release    (KvarFunctionRuns *self,
                                                 const char       *table,
                                                 const char       *key);
gboolean          kvar_function_runs_is_claimed (KvarFunctionRuns *self,
                                                 const char       *table,
                                                 const char       *key);
void              kvar_function_runs_cancel     (KvarFunctionRuns *self);

G_END_DECLS
