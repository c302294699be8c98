/* kvar-key-filter.h: Names rows of a table by their keys, as many as an address holds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-filter.h"
#include "schema/kvar-table.h"

G_BEGIN_DECLS

KvarFilter *kvar_key_filter_new (KvarTable         *table,
                                 const char *const *keys,
                                 guint              n_keys);
guint       kvar_key_filter_fit (KvarTable         *table,
                                 const char *const *keys,
                                 gsize              max_bytes);

G_END_DECLS
