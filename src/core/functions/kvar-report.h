/* kvar-report.h: a function that people run to read what it gives
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "functions/kvar-function-call.h"

G_BEGIN_DECLS

typedef enum
{
  KVAR_REPORT_IDLE,         /* not run yet */
  KVAR_REPORT_RUNNING,
  KVAR_REPORT_HELD,         /* runs by itself when somebody has signed in */
  KVAR_REPORT_DONE,
  KVAR_REPORT_FAILED,
  KVAR_REPORT_CANCELLED,
} KvarReportState;

#define KVAR_TYPE_REPORT_STATE (kvar_report_state_get_type ())

GType kvar_report_state_get_type (void);

#define KVAR_TYPE_REPORT (kvar_report_get_type ())

G_DECLARE_FINAL_TYPE (KvarReport, kvar_report, KVAR, REPORT, GObject)

KvarReport         *kvar_report_new            (KvarSession  *session,
                                                KvarSchema   *schema,
                                                KvarFunction *function,
                                                const char   *state_dir);
KvarFunction       *kvar_report_get_function   (KvarReport   *self);
KvarDraft          *kvar_report_get_parameters (KvarReport   *self);
KvarReportState     kvar_report_get_state      (KvarReport   *self);
KvarFunctionResult *kvar_report_get_result     (KvarReport   *self);
const GError       *kvar_report_get_error      (KvarReport   *self);
gint64              kvar_report_get_elapsed    (KvarReport   *self);
gint64              kvar_report_get_as_of      (KvarReport   *self);
gboolean            kvar_report_run            (KvarReport   *self);
void                kvar_report_cancel         (KvarReport   *self);

G_END_DECLS
