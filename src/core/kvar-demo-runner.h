/* kvar-demo-runner.h: finds the running demo back end, or starts one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "session/kvar-project.h"

G_BEGIN_DECLS

void         kvar_demo_runner_start_async  (GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
KvarProject *kvar_demo_runner_start_finish (GAsyncResult         *result,
                                            GError              **error);

G_END_DECLS
