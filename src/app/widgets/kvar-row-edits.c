/* kvar-row-edits.c: what is typed into the rows of a list, saved row by row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-row-edits"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-error.h"
#include "kvar-reference-field.h"
#include "kvar-row-edits-private.h"
#include "records/kvar-draft-refusal.h"

enum {
  CHANGED,
  TOLD,
  SAVED,
  CONFLICT,
  SIGN_IN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What is sent of a row, and what it was before: an edit to be taken back is made of them. */
typedef struct
{
  KvarRecord *before;    /* (nullable) there was no such row */
  GPtrArray  *changes;
} Sent;

/* Send: to the outbox → arrived, or refused. What waits is noticed when it has arrived. */
typedef struct
{
  KvarRowEdits *edits;
  KvarDraft    *draft;
  gboolean      asked;   /* for it, with a key for saving */
} Save;

static void saved_cb (GObject *object, GAsyncResult *result, gpointer user_data);

G_DEFINE_FINAL_TYPE (KvarRowEdits, kvar_row_edits, G_TYPE_OBJECT)

static void
sent_free (Sent *sent)
{
  g_clear_object (&sent->before);
  g_ptr_array_unref (sent->changes);
  g_free (sent);
}

static void
save_free (Save *save)
{
  g_object_unref (save->edits);
  g_object_unref (save->draft);
  g_free (save);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Save, save_free)

void
kvar_row_edits_emit_changed (KvarRowEdits *self,
                             KvarDraft    *draft)
{
  g_signal_emit (self, signals[CHANGED], 0, draft);
}

void
kvar_row_edits_tell (KvarRowEdits *self,
                     const char   *sentence)
{
  g_signal_emit (self, signals[TOLD], 0, sentence);
}

static gboolean
is_ours (KvarRowEdits *self,
         KvarDraft    *draft)
{
  return g_str_equal (kvar_table_get_name (kvar_draft_get_table (draft)),
                      kvar_table_get_name (self->table));
}

static void
draft_changed_cb (KvarRowEdits *self,
                  KvarDraft    *draft)
{
  if (is_ours (self, draft))
    kvar_row_edits_emit_changed (self, draft);
}

static void
all_changed_cb (KvarRowEdits *self)
{
  kvar_row_edits_emit_changed (self, NULL);
}

static void
arrived_cb (KvarRowEdits *self,
            KvarDraft    *draft)
{
  Sent *sent = g_hash_table_lookup (self->under_way, draft);
  g_autoptr(KvarDraft) before = NULL;
  g_autofree char *key = NULL;
  KvarRecord *base = kvar_draft_get_base (draft);

  if (sent == NULL)
    return;
  if (base == NULL)
    {
      /* Saved without being read: there is no row of it. */
      g_hash_table_remove (self->under_way, draft);
      kvar_row_edits_emit_changed (self, draft);
      return;
    }

  before = kvar_draft_new (self->table, sent->before);
  kvar_row_edits_note_edit (self, draft, kvar_draft_make_edit (before, base, sent->changes));
  g_hash_table_remove (self->under_way, draft);

  kvar_row_edits_note_saved (self, draft);
  key = kvar_record_get_key_string (base);
  if (key != NULL)
    g_signal_emit (self, signals[SAVED], 0, key);
  kvar_row_edits_emit_changed (self, draft);
}

static void
kvar_row_edits_dispose (GObject *object)
{
  KvarRowEdits *self = KVAR_ROW_EDITS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->row);
  g_clear_object (&self->draft);
  g_clear_object (&self->cell);
  g_clear_object (&self->undoing);
  g_clear_pointer (&self->cell_value, kvar_value_unref);
  g_clear_pointer (&self->cell_input, g_free);
  g_clear_pointer (&self->undo, kvar_row_step_free);
  g_clear_pointer (&self->redo, kvar_row_step_free);
  g_clear_pointer (&self->query, kvar_query_unref);
  g_clear_object (&self->table);
  g_clear_object (&self->drafts);
  g_clear_object (&self->outbox);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (kvar_row_edits_parent_class)->dispose (object);
}

static void
kvar_row_edits_finalize (GObject *object)
{
  KvarRowEdits *self = KVAR_ROW_EDITS (object);

  g_hash_table_unref (self->under_way);
  g_hash_table_unref (self->saved);
  g_hash_table_unref (self->unmatched);
  g_hash_table_unref (self->labels);
  g_hash_table_unref (self->new_drafts);
  g_object_unref (self->new_rows);

  G_OBJECT_CLASS (kvar_row_edits_parent_class)->finalize (object);
}

static void
kvar_row_edits_class_init (KvarRowEditsClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kvar_row_edits_dispose;
  object_class->finalize = kvar_row_edits_finalize;

  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, KVAR_TYPE_DRAFT);
  signals[TOLD] = g_signal_new ("told", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SAVED] = g_signal_new ("saved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CONFLICT] = g_signal_new ("conflict", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
  signals[SIGN_IN] = g_signal_new ("sign-in", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
kvar_row_edits_init (KvarRowEdits *self)
{
  self->cancellable = g_cancellable_new ();
  self->under_way = g_hash_table_new_full (NULL, NULL, g_object_unref,
                                           (GDestroyNotify)sent_free);
  self->saved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->unmatched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->new_rows = g_list_store_new (KVAR_TYPE_RECORD);
  self->new_drafts = g_hash_table_new_full (NULL, NULL, g_object_unref, g_object_unref);
}

KvarRowEdits *
kvar_row_edits_new (KvarWorkspace *workspace,
                    KvarTable     *table)
{
  KvarRowEdits *self;

  g_return_val_if_fail (KVAR_IS_WORKSPACE (workspace), NULL);
  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);

  self = g_object_new (KVAR_TYPE_ROW_EDITS, NULL);
  self->workspace = g_object_ref (workspace);
  self->drafts = g_object_ref (kvar_workspace_get_drafts (workspace));
  self->outbox = g_object_ref (kvar_workspace_get_outbox (workspace));
  self->table = g_object_ref (table);
  g_signal_connect_object (self->drafts, "draft-touched", G_CALLBACK (draft_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->drafts, "state-changed", G_CALLBACK (draft_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->outbox, "sent", G_CALLBACK (arrived_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->outbox, "notify::held-up", G_CALLBACK (all_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->outbox, "notify::sending", G_CALLBACK (all_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

KvarWorkspace *
kvar_row_edits_get_workspace (KvarRowEdits *self)
{
  g_return_val_if_fail (KVAR_IS_ROW_EDITS (self), NULL);

  return self->workspace;
}

/**
 * kvar_row_edits_set_query:
 *
 * The list asks for something else: what did not match before may do so now.
 */
void
kvar_row_edits_set_query (KvarRowEdits *self,
                          KvarQuery    *query)
{
  KvarQuery *before;

  g_return_if_fail (KVAR_IS_ROW_EDITS (self));

  before = self->query;
  self->query = kvar_query_ref (query);
  g_clear_pointer (&before, kvar_query_unref);
  kvar_row_edits_forget_saved (self);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Save) save = user_data;
  g_autoptr(KvarRecord) record = NULL;
  g_autoptr(GError) error = NULL;

  record = kvar_outbox_save_finish (KVAR_OUTBOX (object), result, &error);
  /* Disposed of; what is in line goes on without. */
  if (save->edits->workspace == NULL)
    return;

  if (kvar_draft_get_state (save->draft) == KVAR_DRAFT_PARKED)
    {
      g_hash_table_remove (save->edits->under_way, save->draft);
      if (!kvar_row_edits_undo_failed (save->edits, save->draft) &&
          g_error_matches (error, KVAR_ERROR, KVAR_ERROR_INVALID))
        kvar_draft_take_refusal (save->draft, error);
    }
  if (save->asked && g_error_matches (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT))
    g_signal_emit (save->edits, signals[SIGN_IN], 0);
  kvar_row_edits_emit_changed (save->edits, save->draft);
}

/* Puts @draft in line, with what it changes. */
void
kvar_row_edits_send (KvarRowEdits *self,
                     KvarDraft    *draft,
                     gboolean      asked)
{
  KvarRecord *base = kvar_draft_get_base (draft);
  Sent *sent = g_new0 (Sent, 1);
  Save *save = g_new0 (Save, 1);

  sent->before = base != NULL ? kvar_record_dup (base) : NULL;
  sent->changes = kvar_draft_list_changes (draft);
  g_hash_table_insert (self->under_way, g_object_ref (draft), sent);

  save->edits = g_object_ref (self);
  save->draft = g_object_ref (draft);
  save->asked = asked;
  kvar_outbox_save_async (self->outbox, draft, saved_cb, save);
}

/* The first problem, and where it is. What was typed stays, as a draft. */
static void
tell_problem (KvarRowEdits *self,
              KvarColumn   *column)
{
  /* Translators: the name of a field, and what is wrong with what it holds. */
  g_autofree char *text = g_strdup_printf (_("%1$s: %2$s"), kvar_column_get_title (column),
                                           kvar_draft_get_problem (self->draft, column));

  kvar_row_edits_tell (self, text);
  kvar_row_edits_emit_changed (self, self->draft);
}

static void
save_row (KvarRowEdits *self,
          gboolean      asked)
{
  KvarColumn *problem = NULL;

  if (!kvar_draft_get_changed (self->draft) &&
      kvar_draft_get_state (self->draft) == KVAR_DRAFT_OPEN)
    {
      self->edited = FALSE;
      return;
    }

  if (!kvar_draft_validate (self->draft, &problem))
    {
      tell_problem (self, problem);
      return;
    }

  self->edited = FALSE;
  kvar_row_edits_send (self, self->draft, asked);
}

/**
 * kvar_row_edits_save:
 *
 * Saves the cursor's row because somebody asked for it, also a draft that was there before.
 */
void
kvar_row_edits_save (KvarRowEdits *self)
{
  g_return_if_fail (KVAR_IS_ROW_EDITS (self));

  if (self->row == NULL)
    return;

  if (self->draft == NULL)
    g_set_object (&self->draft, kvar_row_edits_find_draft (self, self->row));
  if (self->draft != NULL && !kvar_draft_get_deletes (self->draft))
    save_row (self, TRUE);
}

gboolean
kvar_row_edits_can_save (KvarRowEdits *self)
{
  KvarDraft *draft;

  g_return_val_if_fail (KVAR_IS_ROW_EDITS (self), FALSE);

  draft = self->row != NULL ? kvar_row_edits_find_draft (self, self->row) : NULL;

  return draft != NULL && kvar_draft_get_changed (draft) && !kvar_draft_get_deletes (draft);
}

/**
 * kvar_row_edits_leave:
 *
 * Saves what was typed into the cursor's row. What cannot be saved stays a draft.
 */
void
kvar_row_edits_leave (KvarRowEdits *self)
{
  g_autoptr(KvarRecord) row = NULL;
  g_autoptr(KvarDraft) draft = NULL;

  g_return_if_fail (KVAR_IS_ROW_EDITS (self));

  if (self->draft != NULL && self->edited)
    save_row (self, FALSE);
  self->edited = FALSE;
  row = g_steal_pointer (&self->row);
  draft = g_steal_pointer (&self->draft);

  /* A new row into which nothing was typed is none. */
  if (row != NULL && draft == NULL)
    g_set_object (&draft, g_hash_table_lookup (self->new_drafts, row));
  if (row != NULL && draft != NULL && kvar_draft_is_new (draft) && !kvar_draft_get_kept (draft))
    kvar_row_edits_remove_row (self, row);
}

/**
 * kvar_row_edits_enter:
 * @row: (nullable): where the cursor is now
 */
void
kvar_row_edits_enter (KvarRowEdits *self,
                      KvarRecord   *row)
{
  g_return_if_fail (KVAR_IS_ROW_EDITS (self));

  if (self->row == row)
    return;

  kvar_row_edits_leave (self);
  g_set_object (&self->row, row);
}

static gboolean
is_conflict (KvarDraft *draft)
{
  return kvar_draft_get_state (draft) == KVAR_DRAFT_PARKED && !kvar_draft_get_deletes (draft) &&
         g_error_matches (kvar_draft_get_attention (draft), KVAR_ERROR, KVAR_ERROR_CONFLICT);
}

KvarCellReason
kvar_row_edits_judge (KvarRowEdits *self,
                      KvarRecord   *row,
                      KvarColumn   *column)
{
  KvarDraft *draft;

  g_return_val_if_fail (KVAR_IS_ROW_EDITS (self), KVAR_CELL_ROW);

  draft = kvar_row_edits_find_draft (self, row);
  if (draft != NULL && kvar_draft_get_deletes (draft))
    return KVAR_CELL_DELETED;

  return kvar_cell_field_judge (self->table, column, row,
                                draft != NULL && kvar_draft_is_new (draft));
}

/* The draft of @row to change @column in; %NULL, with a word to the person, where that can't be. */
static KvarDraft *
open_draft (KvarRowEdits *self,
            KvarRecord   *row,
            KvarColumn   *column)
{
  KvarCellReason reason = kvar_row_edits_judge (self, row, column);
  KvarDraft *known = kvar_row_edits_find_draft (self, row);
  g_autofree char *key = NULL;

  if (known != NULL && is_conflict (known))
    {
      g_signal_emit (self, signals[CONFLICT], 0);
      return NULL;
    }
  if (reason != KVAR_CELL_FREE)
    {
      kvar_row_edits_tell (self, kvar_cell_field_explain (reason));
      return NULL;
    }

  kvar_row_edits_enter (self, row);
  if (self->draft == NULL && known != NULL && kvar_draft_is_new (known))
    {
      self->draft = g_object_ref (known);
    }
  else if (self->draft == NULL)
    {
      key = kvar_record_get_key_string (row);
      self->draft = kvar_draft_store_open (self->drafts, self->table, key, row);
    }

  return self->draft;
}

static void
remember_cell (KvarRowEdits *self,
               KvarColumn   *column)
{
  g_set_object (&self->cell, column);
  self->cell_changed = kvar_draft_is_column_changed (self->draft, column);
  g_clear_pointer (&self->cell_value, kvar_value_unref);
  self->cell_value = kvar_draft_get_value (self->draft, column);
  g_free (self->cell_input);
  self->cell_input = kvar_draft_get_input (self->draft, column);
}

static gboolean
is_cell_as_before (KvarRowEdits *self)
{
  g_autoptr(KvarValue) value = kvar_draft_get_value (self->draft, self->cell);
  g_autofree char *input = kvar_draft_get_input (self->draft, self->cell);

  if (self->cell_changed != kvar_draft_is_column_changed (self->draft, self->cell))
    return FALSE;

  return value != NULL && self->cell_value != NULL
           ? kvar_value_equal (value, self->cell_value)
           : value == self->cell_value && g_strcmp0 (input, self->cell_input) == 0;
}

static void
note_cell (KvarRowEdits *self)
{
  if (is_cell_as_before (self))
    return;

  self->edited = TRUE;
  kvar_row_edits_note_begun (self, self->draft);
}

/**
 * kvar_row_edits_begin_cell:
 *
 * Returns: (transfer floating) (nullable): a field to edit the cell with; %NULL where it cannot
 *   be edited, which the person has been told
 */
GtkWidget *
kvar_row_edits_begin_cell (KvarRowEdits *self,
                           KvarRecord   *row,
                           KvarColumn   *column)
{
  g_return_val_if_fail (KVAR_IS_ROW_EDITS (self), NULL);

  if (open_draft (self, row, column) == NULL)
    return NULL;

  remember_cell (self, column);

  return GTK_WIDGET (kvar_cell_field_new (self->draft, column, self->workspace));
}

/* As it was when the editor was opened, be it saved or typed before. */
static void
restore_cell (KvarRowEdits *self)
{
  if (is_cell_as_before (self))
    return;

  if (!self->cell_changed)
    kvar_draft_reset_column (self->draft, self->cell);
  else if (self->cell_value != NULL)
    kvar_draft_set_value (self->draft, self->cell, self->cell_value);
  else
    kvar_draft_set_input (self->draft, self->cell, self->cell_input);
}

/* The field knows what the record is called that was chosen in it. */
static void
note_chosen (KvarRowEdits *self,
             GtkWidget    *editor)
{
  g_autoptr(KvarValue) value = kvar_draft_get_value (self->draft, self->cell);
  const char *label;

  if (!KVAR_IS_REFERENCE_FIELD (editor) || value == NULL || kvar_value_is_null (value))
    return;

  label = kvar_reference_field_get_label (KVAR_REFERENCE_FIELD (editor));
  if (label != NULL)
    kvar_row_edits_note_label (self, self->cell, kvar_value_get_text (value), label);
}

/**
 * kvar_row_edits_end_cell:
 * @editor: what kvar_row_edits_begin_cell() gave
 * @committed: %FALSE to give the cell back what it held
 */
void
kvar_row_edits_end_cell (KvarRowEdits *self,
                         GtkWidget    *editor,
                         gboolean      committed)
{
  g_return_if_fail (KVAR_IS_ROW_EDITS (self));

  if (self->cell == NULL || self->draft == NULL)
    return;

  if (committed)
    {
      note_chosen (self, editor);
      note_cell (self);
    }
  else
    {
      restore_cell (self);
    }
  g_clear_object (&self->cell);
  kvar_row_edits_emit_changed (self, self->draft);
}

/* What is in a cell without an editor. */
static void
put_value (KvarRowEdits *self,
           KvarRecord   *row,
           KvarColumn   *column,
           KvarValue    *value)
{
  if (open_draft (self, row, column) == NULL)
    return;

  remember_cell (self, column);
  kvar_draft_set_value (self->draft, column, value);
  note_cell (self);
  g_clear_object (&self->cell);
  kvar_row_edits_emit_changed (self, self->draft);
}

/**
 * kvar_row_edits_clear_cell:
 *
 * Leaves no value, or the empty text where there has to be one.
 */
void
kvar_row_edits_clear_cell (KvarRowEdits *self,
                           KvarRecord   *row,
                           KvarColumn   *column)
{
  gboolean empty = !kvar_column_get_nullable (column) &&
                   kvar_column_get_kind (column) == KVAR_KIND_TEXT;
  g_autoptr(KvarValue) value = NULL;

  g_return_if_fail (KVAR_IS_ROW_EDITS (self));

  value = kvar_value_new (kvar_column_get_column_type (column), empty ? "" : NULL);
  put_value (self, row, column, value);
}

/**
 * kvar_row_edits_fill_cell:
 * @above: the row whose value of @column is taken, as it is seen there
 */
void
kvar_row_edits_fill_cell (KvarRowEdits *self,
                          KvarRecord   *row,
                          KvarColumn   *column,
                          KvarRecord   *above)
{
  KvarDraft *draft;
  g_autoptr(KvarValue) value = NULL;
  const char *label;

  g_return_if_fail (KVAR_IS_ROW_EDITS (self));

  draft = kvar_row_edits_find_draft (self, above);
  value = draft != NULL && kvar_draft_is_column_changed (draft, column)
            ? kvar_draft_get_value (draft, column)
            : kvar_record_get_value (above, column);
  if (value == NULL)
    {
      kvar_row_edits_tell (self, _("The cell above holds no value that could be taken over."));
      return;
    }

  label = kvar_record_get_label_of (above, column);
  if (label != NULL && kvar_value_get_text (value) != NULL)
    kvar_row_edits_note_label (self, column, kvar_value_get_text (value), label);
  put_value (self, row, column, value);
}
