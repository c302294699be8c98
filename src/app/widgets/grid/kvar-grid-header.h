/* kvar-grid-header.h: the titles of a grid's columns
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kvar-grid-column.h"

G_BEGIN_DECLS

typedef struct _KvarGrid KvarGrid;

#define KVAR_TYPE_GRID_HEADER (kvar_grid_header_get_type ())

G_DECLARE_FINAL_TYPE (KvarGridHeader, kvar_grid_header, KVAR, GRID_HEADER, GtkWidget)

KvarGridHeader *kvar_grid_header_new        (KvarGrid       *grid);
void            kvar_grid_header_sync       (KvarGridHeader *self);
gboolean        kvar_grid_header_focus      (KvarGridHeader *self,
                                             KvarGridColumn *column);
void            kvar_grid_header_popup_menu (KvarGridHeader *self,
                                             KvarGridColumn *column);

G_END_DECLS
