/* kvar-export-errand.h: An export as an errand, and those that an earlier process left.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "export/kvar-export-job.h"
#include "kvar-errand-list.h"
#include "schema/kvar-schema.h"

G_BEGIN_DECLS

void kvar_export_restore (KvarErrandList *list,
                          KvarSession    *session,
                          KvarSchema     *schema);

G_END_DECLS
