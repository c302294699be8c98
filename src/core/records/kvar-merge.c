/* kvar-merge.c: Puts together what two people did to the same record.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-merge"

#include "config.h"

#include "records/kvar-merge.h"

static gboolean
equal_or_unknown (KvarValue *a,
                  KvarValue *b)
{
  return a == NULL || b == NULL || kvar_value_equal (a, b);
}

/**
 * kvar_merge_judge:
 * @draft: this side: its base and its changes
 * @theirs: the record as the other side has saved it
 *
 * Returns: whose change to @column counts. A value that is not known on one side counts as
 *   unchanged there.
 */
KvarMergeSide
kvar_merge_judge (KvarDraft  *draft,
                  KvarRecord *theirs,
                  KvarColumn *column)
{
  g_autoptr(KvarValue) base = NULL;
  g_autoptr(KvarValue) mine = NULL;
  g_autoptr(KvarValue) other = NULL;
  gboolean i_changed;
  gboolean they_changed;

  g_return_val_if_fail (KVAR_IS_DRAFT (draft), KVAR_MERGE_SAME);
  g_return_val_if_fail (KVAR_IS_RECORD (theirs), KVAR_MERGE_SAME);

  if (kvar_draft_get_base (draft) != NULL)
    base = kvar_record_get_value (kvar_draft_get_base (draft), column);
  mine = kvar_draft_get_value (draft, column);
  other = kvar_record_get_value (theirs, column);
  i_changed = kvar_draft_is_column_changed (draft, column);
  they_changed = !equal_or_unknown (base, other);

  if (!i_changed)
    return they_changed ? KVAR_MERGE_THEIRS : KVAR_MERGE_SAME;
  if (!they_changed)
    return KVAR_MERGE_MINE;
  if (mine != NULL && kvar_value_equal (mine, other))
    return KVAR_MERGE_SAME;

  return KVAR_MERGE_CONFLICT;
}

/**
 * kvar_merge_count:
 *
 * Returns: of how many columns @side is true
 */
guint
kvar_merge_count (KvarDraft     *draft,
                  KvarRecord    *theirs,
                  KvarMergeSide  side)
{
  KvarTable *table;
  guint n = 0;

  g_return_val_if_fail (KVAR_IS_DRAFT (draft), 0);
  g_return_val_if_fail (KVAR_IS_RECORD (theirs), 0);

  table = kvar_draft_get_table (draft);
  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    if (kvar_merge_judge (draft, theirs, kvar_table_get_column (table, i)) == side)
      n++;

  return n;
}
