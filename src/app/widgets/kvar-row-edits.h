/* kvar-row-edits.h: what is typed into the rows of a list, saved row by row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-cell-field.h"
#include "kvar-row-mark.h"
#include "kvar-workspace.h"
#include "records/kvar-query.h"

G_BEGIN_DECLS

/* KvarRowEdits: a cursor's row is edited in the draft that a form would show of it, and saved
 * when the cursor leaves it. Rows are KvarRecords; one that has never been saved is a record of
 * which nothing is loaded, and lies in the list that kvar_row_edits_get_new_rows() gives.
 *
 * Signals: "changed" (draft): what it says of a row is not as it was, with %NULL of any row;
 * "told" (sentence): something for the person to read; "saved" (key): a row has arrived;
 * "conflict": the row's record is to be opened, where both versions are shown; "sign-in": a save
 * that somebody asked for waits for them to sign in. */

#define KVAR_TYPE_ROW_EDITS (kvar_row_edits_get_type ())

G_DECLARE_FINAL_TYPE (KvarRowEdits, kvar_row_edits, KVAR, ROW_EDITS, GObject)

KvarRowEdits   *kvar_row_edits_new              (KvarWorkspace     *workspace,
                                                 KvarTable         *table);
KvarWorkspace  *kvar_row_edits_get_workspace    (KvarRowEdits      *self);
void            kvar_row_edits_set_query        (KvarRowEdits      *self,
                                                 KvarQuery         *query);

/* The row of the cursor. */
void            kvar_row_edits_enter            (KvarRowEdits      *self,
                                                 KvarRecord        *row);
void            kvar_row_edits_leave            (KvarRowEdits      *self);
void            kvar_row_edits_save             (KvarRowEdits      *self);
gboolean        kvar_row_edits_can_save         (KvarRowEdits      *self);

/* Its cells. */
KvarCellReason  kvar_row_edits_judge            (KvarRowEdits      *self,
                                                 KvarRecord        *row,
                                                 KvarColumn        *column);
GtkWidget      *kvar_row_edits_begin_cell       (KvarRowEdits      *self,
                                                 KvarRecord        *row,
                                                 KvarColumn        *column);
void            kvar_row_edits_end_cell         (KvarRowEdits      *self,
                                                 GtkWidget         *editor,
                                                 gboolean           committed);
void            kvar_row_edits_clear_cell       (KvarRowEdits      *self,
                                                 KvarRecord        *row,
                                                 KvarColumn        *column);
void            kvar_row_edits_fill_cell        (KvarRowEdits      *self,
                                                 KvarRecord        *row,
                                                 KvarColumn        *column,
                                                 KvarRecord        *above);

/* Rows that have never been saved: kvar-row-edits-new.c */
GListModel     *kvar_row_edits_get_new_rows     (KvarRowEdits      *self);
KvarRecord     *kvar_row_edits_add_row          (KvarRowEdits      *self);
KvarRecord     *kvar_row_edits_find_new_row     (KvarRowEdits      *self,
                                                 KvarDraft         *draft);
gboolean        kvar_row_edits_settle           (KvarRowEdits      *self,
                                                 KvarRecordList    *list);
void            kvar_row_edits_forget_saved     (KvarRowEdits      *self);

/* What is seen of a row: kvar-row-edits-state.c */
KvarDraft      *kvar_row_edits_find_draft       (KvarRowEdits      *self,
                                                 KvarRecord        *row);
char           *kvar_row_edits_dup_text         (KvarRowEdits      *self,
                                                 KvarRecord        *row,
                                                 KvarColumn        *column,
                                                 gboolean           plain);
KvarRowMark     kvar_row_edits_get_mark         (KvarRowEdits      *self,
                                                 KvarRecord        *row);
char           *kvar_row_edits_describe         (KvarRowEdits      *self,
                                                 KvarRecord        *row);

/* One step back: kvar-row-edits-undo.c */
gboolean        kvar_row_edits_can_undo         (KvarRowEdits      *self);
gboolean        kvar_row_edits_can_redo         (KvarRowEdits      *self);
void            kvar_row_edits_undo             (KvarRowEdits      *self);
void            kvar_row_edits_redo             (KvarRowEdits      *self);

G_END_DECLS
