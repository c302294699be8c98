/* kvar-query-match.h: which records a query would find, judged without the server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-query.h"
#include "records/kvar-record.h"

G_BEGIN_DECLS

GPtrArray *kvar_query_match (KvarQuery *query,
                             KvarTable *table,
                             GPtrArray *records);

G_END_DECLS
