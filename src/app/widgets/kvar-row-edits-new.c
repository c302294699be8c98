/* kvar-row-edits-new.c: rows that are typed in a list and were never saved
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-row-edits"

#include "config.h"

#include "kvar-row-edits-private.h"

/**
 * kvar_row_edits_get_new_rows:
 *
 * Returns: (transfer none): of KvarRecord, to be shown below the list's own; those that have
 *   been saved stay until they are found there, or forgotten
 */
GListModel *
kvar_row_edits_get_new_rows (KvarRowEdits *self)
{
  g_return_val_if_fail (KVAR_IS_ROW_EDITS (self), NULL);

  return G_LIST_MODEL (self->new_rows);
}

/* The row that is being typed into, if nothing is typed yet. */
static KvarRecord *
find_empty_row (KvarRowEdits *self)
{
  GHashTableIter iter;
  gpointer row;
  gpointer draft;

  g_hash_table_iter_init (&iter, self->new_drafts);
  while (g_hash_table_iter_next (&iter, &row, &draft))
    {
      if (kvar_draft_is_new (draft) && !kvar_draft_get_kept (draft))
        return row;
    }

  return NULL;
}

/**
 * kvar_row_edits_add_row:
 *
 * Returns: (transfer none): a row for a new record, at the end of the new rows
 */
KvarRecord *
kvar_row_edits_add_row (KvarRowEdits *self)
{
  g_autoptr(KvarRecord) row = NULL;
  KvarRecord *empty;

  g_return_val_if_fail (KVAR_IS_ROW_EDITS (self), NULL);

  empty = find_empty_row (self);
  if (empty != NULL)
    return empty;

  row = kvar_record_new (self->table);
  g_hash_table_insert (self->new_drafts, g_object_ref (row),
                       kvar_draft_store_begin_new (self->drafts, self->table));
  g_list_store_append (self->new_rows, row);

  return row;
}

/**
 * kvar_row_edits_find_new_row:
 *
 * Returns: (transfer none) (nullable): the row that @draft is typed in
 */
KvarRecord *
kvar_row_edits_find_new_row (KvarRowEdits *self,
                             KvarDraft    *draft)
{
  GHashTableIter iter;
  gpointer row;
  gpointer other;

  g_hash_table_iter_init (&iter, self->new_drafts);
  while (g_hash_table_iter_next (&iter, &row, &other))
    {
      if (other == draft)
        return row;
    }

  return NULL;
}

void
kvar_row_edits_remove_row (KvarRowEdits *self,
                           KvarRecord   *row)
{
  g_autoptr(KvarRecord) keep = g_object_ref (row);
  guint position;

  if (self->row == row)
    {
      self->edited = FALSE;
      g_clear_object (&self->row);
      g_clear_object (&self->draft);
    }
  g_hash_table_remove (self->new_drafts, row);
  if (g_list_store_find (self->new_rows, row, &position))
    g_list_store_remove (self->new_rows, position);
}

static gboolean
is_saved (KvarRowEdits *self,
          KvarRecord   *row)
{
  KvarDraft *draft = g_hash_table_lookup (self->new_drafts, row);

  return draft == NULL || !kvar_draft_is_new (draft);
}

/**
 * kvar_row_edits_settle:
 * @list: the rows that are shown above the new ones
 *
 * Takes new rows away that have been saved and are in @list by now, but not from under the
 * cursor.
 *
 * Returns: whether there were any
 */
gboolean
kvar_row_edits_settle (KvarRowEdits   *self,
                       KvarRecordList *list)
{
  gboolean any = FALSE;

  g_return_val_if_fail (KVAR_IS_ROW_EDITS (self), FALSE);

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->new_rows)); i > 0; i--)
    {
      g_autoptr(KvarRecord) row = g_list_model_get_item (G_LIST_MODEL (self->new_rows), i - 1);
      g_autofree char *key = kvar_record_get_key_string (row);
      guint position;

      if (row == self->row || key == NULL || !is_saved (self, row) ||
          !kvar_record_list_find_key (list, key, &position))
        continue;

      kvar_row_edits_remove_row (self, row);
      any = TRUE;
    }

  return any;
}

/**
 * kvar_row_edits_forget_saved:
 *
 * The list is read anew: what was saved is where it belongs now, or is no part of it.
 */
void
kvar_row_edits_forget_saved (KvarRowEdits *self)
{
  g_return_if_fail (KVAR_IS_ROW_EDITS (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_hash_table_remove_all (self->saved);
  g_hash_table_remove_all (self->unmatched);
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->new_rows)); i > 0; i--)
    {
      g_autoptr(KvarRecord) row = g_list_model_get_item (G_LIST_MODEL (self->new_rows), i - 1);

      if (is_saved (self, row))
        kvar_row_edits_remove_row (self, row);
    }
  kvar_row_edits_emit_changed (self, NULL);
}
