/* kvar-grid-find.h: finds as you type in the column of a grid's cursor
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-clock.h"
#include "kvar-grid.h"

G_BEGIN_DECLS

#define KVAR_TYPE_GRID_FIND (kvar_grid_find_get_type ())

G_DECLARE_FINAL_TYPE (KvarGridFind, kvar_grid_find, KVAR, GRID_FIND, GObject)

KvarGridFind *kvar_grid_find_new       (KvarGrid     *grid,
                                        KvarClock    *clock);
const char   *kvar_grid_find_get_text  (KvarGridFind *self);
gboolean      kvar_grid_find_get_found (KvarGridFind *self);
void          kvar_grid_find_type      (KvarGridFind *self,
                                        const char   *text);
void          kvar_grid_find_stop      (KvarGridFind *self);

G_END_DECLS
