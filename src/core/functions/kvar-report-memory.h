/* kvar-report-memory.h: what each person last asked of each report
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "session/kvar-session.h"

G_BEGIN_DECLS

GVariant *kvar_report_memory_read  (KvarSession *session,
                                    const char  *state_dir,
                                    const char  *report);
gboolean  kvar_report_memory_write (KvarSession  *session,
                                    const char   *state_dir,
                                    const char   *report,
                                    GVariant     *values,
                                    GError      **error);

G_END_DECLS
