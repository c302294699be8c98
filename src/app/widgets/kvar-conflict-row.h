/* kvar-conflict-row.h: one field that two people have changed, and what it is to become
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kvar-workspace.h"
#include "records/kvar-conflict.h"

G_BEGIN_DECLS

#define KVAR_TYPE_CONFLICT_ROW (kvar_conflict_row_get_type ())

G_DECLARE_FINAL_TYPE (KvarConflictRow, kvar_conflict_row, KVAR, CONFLICT_ROW, GtkWidget)

GtkWidget *kvar_conflict_row_new          (KvarConflict    *conflict,
                                           KvarColumn      *column,
                                           KvarWorkspace   *workspace);
void       kvar_conflict_row_choose       (KvarConflictRow *self,
                                           KvarSide         side);
void       kvar_conflict_row_focus        (KvarConflictRow *self);
void       kvar_conflict_row_edit         (KvarConflictRow *self);
gboolean   kvar_conflict_row_is_edited    (KvarConflictRow *self);
gboolean   kvar_conflict_row_show_problem (KvarConflictRow *self);

G_END_DECLS
