/* kvar-cell-field.c: the field with which a cell of a list is edited
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-cell-field"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-cell-field.h"
#include "kvar-choice-field.h"
#include "kvar-long-text-field.h"
#include "kvar-reference-field.h"
#include "kvar-text-field.h"

static KvarCellReason
judge_new (KvarTable  *table,
           KvarColumn *column)
{
  if (!kvar_table_can_insert (table))
    return KVAR_CELL_ROW;

  return kvar_column_get_can_insert (column) ? KVAR_CELL_FREE : KVAR_CELL_COLUMN;
}

static KvarCellReason
judge_known (KvarTable  *table,
             KvarColumn *column,
             KvarRecord *record)
{
  int index = kvar_table_find_column_index (table, kvar_column_get_name (column));
  g_auto(GStrv) key = kvar_record_dup_key (record);

  if (kvar_table_is_key_column (table, column))
    return KVAR_CELL_KEY;
  if (!kvar_table_can_update (table))
    return KVAR_CELL_ROW;
  if (!kvar_column_get_can_update (column))
    return KVAR_CELL_COLUMN;
  if (key == NULL)
    return KVAR_CELL_NO_KEY;

  /* What nobody has seen cannot be guarded. */
  return kvar_record_has_column (record, index) ? KVAR_CELL_FREE : KVAR_CELL_NOT_LOADED;
}

/**
 * kvar_cell_field_judge:
 * @record: the row, as far as it is loaded
 * @is_new: whether the row has never been saved
 *
 * Returns: why @column cannot be edited in the list, or that it can: the same columns as in the
 *   form, as far as kvar_field_can_edit() goes
 */
KvarCellReason
kvar_cell_field_judge (KvarTable  *table,
                       KvarColumn *column,
                       KvarRecord *record,
                       gboolean    is_new)
{
  g_return_val_if_fail (KVAR_IS_TABLE (table), KVAR_CELL_ROW);
  g_return_val_if_fail (KVAR_IS_COLUMN (column), KVAR_CELL_ROW);
  g_return_val_if_fail (is_new || KVAR_IS_RECORD (record), KVAR_CELL_ROW);

  if (kvar_column_get_is_generated (column) ||
      kvar_column_get_identity (column) == KVAR_IDENTITY_ALWAYS)
    return KVAR_CELL_GENERATED;
  if (!kvar_type_is_writable (kvar_column_get_column_type (column)))
    return KVAR_CELL_TYPE;

  return is_new ? judge_new (table, column) : judge_known (table, column, record);
}

/**
 * kvar_cell_field_explain:
 *
 * Returns: (nullable): the sentence for a person; %NULL where there is nothing to explain
 */
const char *
kvar_cell_field_explain (KvarCellReason reason)
{
  switch (reason)
    {
    case KVAR_CELL_KEY:
      return _("The key of a record stays as it is.");

    case KVAR_CELL_GENERATED:
      return _("The server fills this field in.");

    case KVAR_CELL_TYPE:
      return _("Values of this type can only be read here.");

    case KVAR_CELL_ROW:
      return _("You don't have permission to change records here.");

    case KVAR_CELL_COLUMN:
      return _("You don't have permission to change this field.");

    case KVAR_CELL_NO_KEY:
      return _("These records have no key, so they can only be read here. You can choose one in "
               "the menu of the list.");

    case KVAR_CELL_NOT_LOADED:
      return _("This value isn't loaded yet.");

    case KVAR_CELL_DELETED:
      return _("This record will be deleted.");

    case KVAR_CELL_FREE:
    default:
      return NULL;
    }
}

static gboolean
has_lines (KvarDraft  *draft,
           KvarColumn *column)
{
  g_autofree char *input = kvar_draft_get_input (draft, column);

  return input != NULL && strchr (input, '\n') != NULL;
}

/**
 * kvar_cell_field_new:
 * @column: one that kvar_cell_field_judge() finds free
 *
 * Returns: (transfer floating): the form's own field, without what stands around it there
 */
KvarField *
kvar_cell_field_new (KvarDraft     *draft,
                     KvarColumn    *column,
                     KvarWorkspace *workspace)
{
  KvarKind kind;
  KvarField *field;

  g_return_val_if_fail (KVAR_IS_DRAFT (draft), NULL);
  g_return_val_if_fail (KVAR_IS_COLUMN (column), NULL);

  kind = kvar_column_get_kind (column);
  if (kvar_reference_field_find_table (workspace, column) != NULL)
    field = kvar_reference_field_new (draft, column, workspace);
  else if (kind == KVAR_KIND_BOOLEAN || kind == KVAR_KIND_ENUM)
    field = kvar_choice_field_new (draft, column);
  else if (has_lines (draft, column) || !kvar_text_field_can_hold (draft, column))
    field = kvar_long_text_field_new (draft, column);
  else
    field = kvar_text_field_new (draft, column);
  kvar_field_set_compact (field);

  return field;
}
