/* kvar-cell-field.h: the field with which a cell of a list is edited
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-field.h"
#include "kvar-workspace.h"

G_BEGIN_DECLS

/* Why nothing can be typed into a cell. */
typedef enum
{
  KVAR_CELL_FREE,         /* it can */
  KVAR_CELL_KEY,          /* links and routes are made of it */
  KVAR_CELL_GENERATED,    /* the server fills it in */
  KVAR_CELL_TYPE,         /* Kvar cannot write values of its type */
  KVAR_CELL_ROW,          /* the person may not change, or add, records of the table */
  KVAR_CELL_COLUMN,       /* nor this column */
  KVAR_CELL_NO_KEY,       /* the table has none by which the row could be found again */
  KVAR_CELL_NOT_LOADED,   /* its value is not there yet */
  KVAR_CELL_DELETED,      /* the row is about to be deleted */
} KvarCellReason;

KvarCellReason  kvar_cell_field_judge   (KvarTable      *table,
                                         KvarColumn     *column,
                                         KvarRecord     *record,
                                         gboolean        is_new);
const char     *kvar_cell_field_explain (KvarCellReason  reason);
KvarField      *kvar_cell_field_new     (KvarDraft      *draft,
                                         KvarColumn     *column,
                                         KvarWorkspace  *workspace);

G_END_DECLS
