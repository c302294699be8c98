/* kvar-filter-popover.h: where a condition is put together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "records/kvar-query.h"
#include "schema/kvar-table.h"

G_BEGIN_DECLS

#define KVAR_TYPE_FILTER_POPOVER (kvar_filter_popover_get_type ())

G_DECLARE_FINAL_TYPE (KvarFilterPopover, kvar_filter_popover, KVAR, FILTER_POPOVER, GtkPopover)

void kvar_filter_popover_set_table (KvarFilterPopover *self,
                                    KvarTable         *table);
void kvar_filter_popover_set_query (KvarFilterPopover *self,
                                    KvarQuery         *query);
void kvar_filter_popover_change    (KvarFilterPopover *self,
                                    guint              index,
                                    guint              member);

G_END_DECLS
