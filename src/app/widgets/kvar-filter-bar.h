/* kvar-filter-bar.h: the conditions of a list, each of which can be taken away
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "records/kvar-query.h"
#include "schema/kvar-table.h"

G_BEGIN_DECLS

#define KVAR_TYPE_FILTER_BAR (kvar_filter_bar_get_type ())

G_DECLARE_FINAL_TYPE (KvarFilterBar, kvar_filter_bar, KVAR, FILTER_BAR, AdwBin)

void kvar_filter_bar_show_query (KvarFilterBar *self,
                                 KvarTable     *table,
                                 KvarQuery     *query);

G_END_DECLS
