/* kvar-grid-selection.h: which rows of a grid are selected
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KVAR_TYPE_GRID_SELECTION (kvar_grid_selection_get_type ())

G_DECLARE_FINAL_TYPE (KvarGridSelection, kvar_grid_selection, KVAR, GRID_SELECTION, GObject)

KvarGridSelection *kvar_grid_selection_new              (void);
const GtkBitset   *kvar_grid_selection_get_rows         (KvarGridSelection *self);
guint              kvar_grid_selection_get_n_rows       (KvarGridSelection *self);
gboolean           kvar_grid_selection_contains         (KvarGridSelection *self,
                                                         guint              row);
gboolean           kvar_grid_selection_get_all_matching (KvarGridSelection *self);
void               kvar_grid_selection_set_all_matching (KvarGridSelection *self,
                                                         gboolean           all_matching);
void               kvar_grid_selection_select_range     (KvarGridSelection *self,
                                                         guint              first,
                                                         guint              n_rows);
void               kvar_grid_selection_select_rows      (KvarGridSelection *self,
                                                         const GtkBitset   *rows);
void               kvar_grid_selection_select_matching  (KvarGridSelection *self,
                                                         const GtkBitset   *rows);
void               kvar_grid_selection_toggle           (KvarGridSelection *self,
                                                         guint              row);
void               kvar_grid_selection_clear            (KvarGridSelection *self);
void               kvar_grid_selection_splice           (KvarGridSelection *self,
                                                         guint              position,
                                                         guint              removed,
                                                         guint              added);

G_END_DECLS
