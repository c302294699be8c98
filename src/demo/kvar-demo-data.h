/* kvar-demo-data.h: sample tables made and filled with believable rows, the same each time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-demo-database.h"

G_BEGIN_DECLS

void kvar_demo_data_ensure (KvarDemoDatabase *database,
                            guint             n_jobs);

G_END_DECLS
