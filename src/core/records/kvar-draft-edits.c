/* kvar-draft-edits.c: Makes an own edit of what was saved, and takes one back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-draft"

#include "config.h"

#include "records/kvar-draft-edits.h"

/* Nobody has seen what was there: it can't be put back, and was not null for all we know. */
static gboolean
is_unknown (KvarRecord *record,
            KvarColumn *column)
{
  g_autoptr(KvarValue) value = kvar_record_get_value (record, column);

  return value == NULL;
}

static const char *
text_of (KvarRecord *record,
         KvarColumn *column)
{
  int index = kvar_table_find_column_index (kvar_record_get_table (record),
                                            kvar_column_get_name (column));

  return index >= 0 ? kvar_record_get_text (record, index) : NULL;
}

/**
 * kvar_draft_make_edit:
 * @saved: the record as the server has it now
 * @sent: (element-type KvarChange): what was sent
 *
 * To be called before kvar_draft_accept(), which forgets what was there before.
 *
 * Returns: (transfer full) (nullable): what was changed; %NULL if nothing was, or if the record
 *   has no key by which it could be found again
 */
KvarOwnEdit *
kvar_draft_make_edit (KvarDraft  *self,
                      KvarRecord *saved,
                      GPtrArray  *sent)
{
  KvarRecord *base;
  GVariantBuilder changes;
  g_autoptr(GVariant) made = NULL;
  g_autofree char *key = NULL;
  KvarOwnEdit *edit;

  g_return_val_if_fail (KVAR_IS_DRAFT (self), NULL);
  g_return_val_if_fail (KVAR_IS_RECORD (saved), NULL);
  g_return_val_if_fail (sent != NULL, NULL);

  base = kvar_draft_get_base (self);
  key = kvar_record_get_key_string (saved);
  if (key == NULL || sent->len == 0)
    return NULL;

  g_variant_builder_init (&changes, G_VARIANT_TYPE (KVAR_OWN_EDIT_CHANGES_TYPE));
  for (guint i = 0; i < sent->len; i++)
    {
      KvarChange *change = g_ptr_array_index (sent, i);
      const char *before = base != NULL ? text_of (base, change->column) : NULL;
      const char *after = text_of (saved, change->column);

      /* What had arrived before and was found again is no change once more. */
      if (base == NULL ||
          (!is_unknown (base, change->column) && g_strcmp0 (before, after) != 0))
        g_variant_builder_add (&changes, "{s(msms)}", kvar_column_get_name (change->column),
                               before, after);
    }
  made = g_variant_ref_sink (g_variant_builder_end (&changes));
  if (g_variant_n_children (made) == 0)
    return NULL;

  edit = g_new0 (KvarOwnEdit, 1);
  edit->id = g_uuid_string_random ();
  edit->relation = g_strdup (kvar_table_get_name (kvar_draft_get_table (self)));
  edit->key = g_steal_pointer (&key);
  edit->title = kvar_record_get_title (saved);
  edit->changes = g_steal_pointer (&made);
  edit->is_new = base == NULL;
  edit->old_version = g_strdup (base != NULL ? kvar_record_get_xmin (base) : NULL);
  edit->new_version = g_strdup (kvar_record_get_xmin (saved));

  return edit;
}

/* Only where the record still says what was saved then. */
static gboolean
undo_column (KvarDraft  *draft,
             KvarColumn *column,
             const char *before,
             const char *after)
{
  KvarType *type = kvar_column_get_column_type (column);
  g_autoptr(KvarValue) now = kvar_draft_get_value (draft, column);
  g_autoptr(KvarValue) saved = kvar_value_new (type, after);
  g_autoptr(KvarValue) value = kvar_value_new (type, before);

  if (now == NULL || !kvar_value_equal (now, saved))
    return FALSE;

  kvar_draft_set_value (draft, column, value);

  return TRUE;
}

/**
 * kvar_draft_undo_edit:
 * @edit: of the same record
 *
 * Puts what was there before into the draft, for a person to look at and to save. Columns
 * that have been changed again since are left alone.
 *
 * Returns: whether all of @edit could be taken back; never so for the making of a record
 */
gboolean
kvar_draft_undo_edit (KvarDraft         *self,
                      const KvarOwnEdit *edit)
{
  gboolean whole = TRUE;
  GVariantIter iter;
  const char *name;
  const char *before;
  const char *after;

  g_return_val_if_fail (KVAR_IS_DRAFT (self), FALSE);
  g_return_val_if_fail (edit != NULL, FALSE);

  if (edit->is_new)
    return FALSE;

  g_variant_iter_init (&iter, edit->changes);
  while (g_variant_iter_loop (&iter, "{&s(m&sm&s)}", &name, &before, &after))
    {
      KvarColumn *column = kvar_table_find_column (kvar_draft_get_table (self), name);

      whole = column != NULL && undo_column (self, column, before, after) && whole;
    }

  return whole;
}
