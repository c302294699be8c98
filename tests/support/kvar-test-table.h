/* kvar-test-table.h: a table to test with: jobs, as the sample project has them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "schema/kvar-table.h"

G_BEGIN_DECLS

KvarTable *kvar_test_table_new_jobs (void);
KvarTable *kvar_test_table_new_logs (void);

G_END_DECLS
