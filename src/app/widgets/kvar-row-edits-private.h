/* kvar-row-edits-private.h: shared by the parts of what is typed into the rows of a list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-row-edits.h"
#include "records/kvar-draft-edits.h"

G_BEGIN_DECLS

/* What can be taken back, or done again: one row. */
typedef struct
{
  KvarDraft    *draft;
  KvarOwnEdit  *edit;        /* (nullable) while it is not saved */
} KvarRowStep;

struct _KvarRowEdits
{
  GObject         parent_instance;

  KvarWorkspace  *workspace;
  KvarDraftStore *drafts;
  KvarOutbox     *outbox;
  KvarTable      *table;
  KvarQuery      *query;         /* (nullable) what the list asks for */
  GCancellable   *cancellable;   /* of looking whether rows still match */

  KvarRecord     *row;           /* (nullable) the cursor's */
  KvarDraft      *draft;         /* (nullable) until something is edited in it */
  gboolean        edited;        /* since it was saved, or left as it was */

  /* The cell that is being edited, and what it held before. */
  KvarColumn     *cell;          /* (nullable) */
  gboolean        cell_changed;
  KvarValue      *cell_value;    /* (nullable) when what stood there could not be read */
  char           *cell_input;

  GHashTable     *under_way;     /* of KvarDraft → what is sent of it */
  GHashTable     *saved;         /* the keys of rows that were saved here */
  GHashTable     *unmatched;     /* those of them that no longer match */
  GHashTable     *labels;        /* of links that were chosen here, by column and key */

  /* kvar-row-edits-new.c */
  GListStore     *new_rows;
  GHashTable     *new_drafts;    /* of KvarRecord → KvarDraft */

  /* kvar-row-edits-undo.c */
  KvarRowStep    *undo;          /* (nullable) */
  KvarRowStep    *redo;          /* (nullable) */
  KvarDraft      *undoing;       /* (nullable) whose save takes something back */
  gboolean        redoing;       /* rather than taking it back */
};

/* kvar-row-edits.c */
void         kvar_row_edits_emit_changed (KvarRowEdits *self,
                                          KvarDraft    *draft);
void         kvar_row_edits_tell         (KvarRowEdits *self,
                                          const char   *sentence);
void         kvar_row_edits_send         (KvarRowEdits *self,
                                          KvarDraft    *draft,
                                          gboolean      asked);

/* kvar-row-edits-new.c */
void         kvar_row_edits_remove_row   (KvarRowEdits *self,
                                          KvarRecord   *row);

/* kvar-row-edits-state.c */
void         kvar_row_edits_note_saved   (KvarRowEdits *self,
                                          KvarDraft    *draft);
void         kvar_row_edits_note_label   (KvarRowEdits *self,
                                          KvarColumn   *column,
                                          const char   *key,
                                          const char   *label);

/* kvar-row-edits-undo.c */
void         kvar_row_step_free          (KvarRowStep  *step);
void         kvar_row_edits_note_begun   (KvarRowEdits *self,
                                          KvarDraft    *draft);
void         kvar_row_edits_note_edit    (KvarRowEdits *self,
                                          KvarDraft    *draft,
                                          KvarOwnEdit  *edit);
gboolean     kvar_row_edits_undo_failed  (KvarRowEdits *self,
                                          KvarDraft    *draft);

G_END_DECLS
