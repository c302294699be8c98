/* kvar-table-sidebar.h: the project's tables, reports and exports, at the side of the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kvar-workspace.h"
#include "routes/kvar-route.h"

G_BEGIN_DECLS

#define KVAR_TYPE_TABLE_SIDEBAR (kvar_table_sidebar_get_type ())

G_DECLARE_FINAL_TYPE (KvarTableSidebar, kvar_table_sidebar, KVAR, TABLE_SIDEBAR, AdwBin)

void              kvar_table_sidebar_set_workspace (KvarTableSidebar *self,
                                                    KvarWorkspace    *workspace);
void              kvar_table_sidebar_set_route     (KvarTableSidebar *self,
                                                    KvarRoute        *route);

G_END_DECLS
