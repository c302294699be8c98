/* kvar-field-value.c: what a field says of its value: whether it can be typed, or is none
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-field"

#include "config.h"

#include <glib/gi18n.h>

#include "kvar-field.h"
#include "records/kvar-draft-refusal.h"
#include "records/kvar-value-words.h"

/* Typed, or, where they are bytes, taken from a file. */
static gboolean
can_be_given (KvarColumn *column)
{
  return kvar_column_get_kind (column) == KVAR_KIND_BYTES ||
         kvar_type_is_writable (kvar_column_get_column_type (column));
}

/**
 * kvar_field_is_unknown:
 *
 * Returns: whether nobody here has seen yet what the record of @draft holds in @column, nor has
 *     typed something there
 */
gboolean
kvar_field_is_unknown (KvarDraft  *draft,
                       KvarColumn *column)
{
  KvarRecord *base;
  g_autoptr(KvarValue) value = NULL;

  g_return_val_if_fail (KVAR_IS_DRAFT (draft), FALSE);
  g_return_val_if_fail (KVAR_IS_COLUMN (column), FALSE);

  base = kvar_draft_get_base (draft);
  if (base == NULL || !kvar_column_get_can_select (column) ||
      kvar_draft_is_column_changed (draft, column))
    return FALSE;

  value = kvar_record_get_value (base, column);

  return value == NULL;
}

/**
 * kvar_field_can_edit:
 *
 * Returns: whether a person may type into @column of @draft. The keys of records that exist
 *     stay: links and routes are made of them. What is not loaded looks empty, and would be
 *     overwritten unseen.
 */
gboolean
kvar_field_can_edit (KvarDraft  *draft,
                     KvarColumn *column)
{
  KvarTable *table;

  g_return_val_if_fail (KVAR_IS_DRAFT (draft), FALSE);
  g_return_val_if_fail (KVAR_IS_COLUMN (column), FALSE);

  table = kvar_draft_get_table (draft);
  if (!can_be_given (column) ||
      kvar_column_get_is_generated (column) ||
      kvar_column_get_identity (column) == KVAR_IDENTITY_ALWAYS)
    return FALSE;

  if (kvar_draft_is_denied (draft))
    return FALSE;

  if (kvar_draft_is_new (draft))
    return kvar_table_can_insert (table) && kvar_column_get_can_insert (column);

  return kvar_table_can_update (table) && kvar_column_get_can_update (column) &&
         !kvar_table_is_key_column (table, column) && !kvar_field_is_unknown (draft, column);
}

gboolean
kvar_field_is_editable (KvarField *self)
{
  g_return_val_if_fail (KVAR_IS_FIELD (self), FALSE);

  return kvar_field_can_edit (kvar_field_get_draft (self), kvar_field_get_column (self));
}

/**
 * kvar_field_can_default:
 *
 * Returns: whether the server has a default for the column, and a person may put it there. A
 *   number that the server counts up has none that could be put twice.
 */
gboolean
kvar_field_can_default (KvarField *self)
{
  KvarColumn *column;

  g_return_val_if_fail (KVAR_IS_FIELD (self), FALSE);

  column = kvar_field_get_column (self);

  return kvar_field_is_editable (self) && kvar_column_get_default (column) != NULL &&
         kvar_column_get_identity (column) == KVAR_IDENTITY_NONE;
}

/**
 * kvar_field_commit_default:
 *
 * Leaves it to the server what the column is to hold.
 */
void
kvar_field_commit_default (KvarField *self)
{
  KvarColumn *column;
  g_autoptr(KvarValue) value = NULL;

  g_return_if_fail (KVAR_IS_FIELD (self));

  column = kvar_field_get_column (self);
  value = kvar_value_new_default (kvar_column_get_column_type (column));
  kvar_draft_set_value (kvar_field_get_draft (self), column, value);
}

gboolean
kvar_field_has_problem (KvarField *self)
{
  g_return_val_if_fail (KVAR_IS_FIELD (self), FALSE);

  return kvar_draft_get_problem (kvar_field_get_draft (self), kvar_field_get_column (self)) != NULL;
}

/**
 * kvar_field_commit_value:
 * @text: (nullable): PostgreSQL text, %NULL for no value
 */
void
kvar_field_commit_value (KvarField  *self,
                         const char *text)
{
  KvarColumn *column;
  g_autoptr(KvarValue) value = NULL;

  g_return_if_fail (KVAR_IS_FIELD (self));

  column = kvar_field_get_column (self);
  value = kvar_value_new (kvar_column_get_column_type (column), text);
  kvar_draft_set_value (kvar_field_get_draft (self), column, value);
}

/**
 * kvar_field_get_empty_text:
 *
 * Returns: what an editor says while it is empty: that there is no value, that the server
 *     fills it in, or nothing
 */
const char *
kvar_field_get_empty_text (KvarField *self)
{
  KvarDraft *draft;
  KvarColumn *column;
  g_autoptr(KvarValue) value = NULL;

  g_return_val_if_fail (KVAR_IS_FIELD (self), "");

  draft = kvar_field_get_draft (self);
  column = kvar_field_get_column (self);
  value = kvar_draft_get_value (draft, column);
  if (value != NULL && kvar_value_is_default (value))
    return kvar_default_in_words ();
  if (value != NULL && !kvar_value_is_null (value))
    return "";
  if (kvar_draft_is_new (draft) && kvar_column_get_has_default (column) &&
      !kvar_draft_is_column_changed (draft, column))
    return _("Set by the server");

  return kvar_column_get_nullable (column) ? _("No value") : "";
}
