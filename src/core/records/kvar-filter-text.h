/* kvar-filter-text.h: a condition in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-filter.h"
#include "schema/kvar-table.h"

G_BEGIN_DECLS

char *kvar_filter_text (KvarFilter *filter,
                        KvarTable  *table);

G_END_DECLS
