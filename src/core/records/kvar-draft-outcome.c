/* kvar-draft-outcome.c: What became of a draft when it was last saved.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It lives as long as the draft in memory, for whoever looks at the record right after saving.
 */

#define G_LOG_DOMAIN "kvar-draft"

#include "config.h"

#include "records/kvar-draft-outcome.h"
#include "records/kvar-draft-private.h"

/* Before the draft takes over @saved. A column that was not sent and is another one in the
 * answer, or that came back otherwise than it was sent, is the server's doing: a default, a
 * trigger, a rule. */
static gboolean
is_servers (KvarDraft  *self,
            KvarRecord *saved,
            GPtrArray  *sent,
            KvarColumn *column)
{
  KvarChange *change = kvar_draft_find_change (sent, column);
  g_autoptr(KvarValue) now = kvar_record_get_value (saved, column);
  g_autoptr(KvarValue) before = NULL;

  if (now == NULL)
    return FALSE;
  if (change != NULL)
    return !kvar_value_equal (change->value, now);
  if (self->base == NULL)
    return !kvar_value_is_null (now) && !kvar_table_is_key_column (self->table, column);

  before = kvar_record_get_value (self->base, column);

  return before != NULL && !kvar_value_equal (before, now);
}

/* What others had changed between what this save was begun on and what it was sent on. */
static guint
count_combined (KvarDraft  *self,
                KvarRecord *begun_on)
{
  guint n = 0;

  if (begun_on == NULL || self->base == NULL || begun_on == self->base)
    return 0;

  for (guint i = 0; i < kvar_table_get_n_columns (self->table); i++)
    {
      KvarColumn *column = kvar_table_get_column (self->table, i);
      g_autoptr(KvarValue) before = kvar_record_get_value (begun_on, column);
      g_autoptr(KvarValue) now = kvar_record_get_value (self->base, column);

      n += before != NULL && now != NULL && !kvar_value_equal (before, now) &&
           column != kvar_table_get_version_column (self->table) &&
           !kvar_column_get_is_generated (column);
    }

  return n;
}

/**
 * kvar_draft_note_outcome:
 * @begun_on: (nullable): the record as it was when the save began
 * @saved: the record as the server has it now
 * @sent: (element-type KvarChange): what was sent
 * @edit: (nullable) (transfer full): what that has changed
 *
 * To be called before kvar_draft_accept().
 */
void
kvar_draft_note_outcome (KvarDraft   *self,
                         KvarRecord  *begun_on,
                         KvarRecord  *saved,
                         GPtrArray   *sent,
                         KvarOwnEdit *edit)
{
  g_return_if_fail (KVAR_IS_DRAFT (self));
  g_return_if_fail (KVAR_IS_RECORD (saved));

  kvar_draft_forget_outcome (self);
  for (guint i = 0; i < kvar_table_get_n_columns (self->table); i++)
    {
      KvarColumn *column = kvar_table_get_column (self->table, i);

      if (is_servers (self, saved, sent, column))
        g_hash_table_add (self->set_by_server, g_strdup (kvar_column_get_name (column)));
    }
  self->n_combined = count_combined (self, begun_on);
  self->last_edit = edit;
}

/**
 * kvar_draft_forget_outcome:
 *
 * Nobody looks at what was saved any more: another record is shown, or it was taken back.
 */
void
kvar_draft_forget_outcome (KvarDraft *self)
{
  g_return_if_fail (KVAR_IS_DRAFT (self));

  g_hash_table_remove_all (self->set_by_server);
  self->n_combined = 0;
  g_clear_pointer (&self->last_edit, kvar_own_edit_free);
}

/**
 * kvar_draft_is_set_by_server:
 *
 * Returns: whether @column holds what the last save did not ask for, and nobody has typed there
 *   since
 */
gboolean
kvar_draft_is_set_by_server (KvarDraft  *self,
                             KvarColumn *column)
{
  g_return_val_if_fail (KVAR_IS_DRAFT (self), FALSE);
  g_return_val_if_fail (KVAR_IS_COLUMN (column), FALSE);

  return g_hash_table_contains (self->set_by_server, kvar_column_get_name (column)) &&
         !kvar_draft_is_column_changed (self, column);
}

/**
 * kvar_draft_get_n_combined:
 *
 * Returns: in how many columns the last save met somebody else's changes, without a conflict
 */
guint
kvar_draft_get_n_combined (KvarDraft *self)
{
  g_return_val_if_fail (KVAR_IS_DRAFT (self), 0);

  return self->n_combined;
}

/**
 * kvar_draft_get_last_edit:
 *
 * Returns: (nullable): what the last save has changed
 */
const KvarOwnEdit *
kvar_draft_get_last_edit (KvarDraft *self)
{
  g_return_val_if_fail (KVAR_IS_DRAFT (self), NULL);

  return self->last_edit;
}
