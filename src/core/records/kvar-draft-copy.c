/* kvar-draft-copy.c: A new record begun with another one's values.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-draft"

#include "config.h"

#include <string.h>

#include "records/kvar-draft-copy.h"
#include "records/kvar-draft-private.h"
#include "records/kvar-value-words.h"

/* "now()", "gen_random_uuid()", "nextval('…')": what the server makes anew for each row. A plain
 * value, 'open'::status say, is what people choose instead of. */
static gboolean
has_made_default (KvarColumn *column)
{
  const char *text = kvar_column_get_default (column);

  return text != NULL && (strchr (text, '(') != NULL || strstr (text, "CURRENT_") != NULL ||
                          strstr (text, "LOCALTIME") != NULL);
}

static gboolean
is_written (KvarColumn *column)
{
  return kvar_column_get_can_insert (column) && !kvar_column_get_is_generated (column) &&
         kvar_column_get_identity (column) != KVAR_IDENTITY_ALWAYS &&
         kvar_type_is_writable (kvar_column_get_column_type (column));
}

/* Whether a new record like that one says the same in @column. */
static gboolean
is_copied (KvarTable  *table,
           KvarColumn *column,
           KvarCopy    how)
{
  gboolean key = kvar_table_is_key_column (table, column);

  if (!is_written (column))
    return FALSE;

  if (how == KVAR_COPY_AGAIN)
    return !key || (!kvar_column_get_has_default (column) &&
                    kvar_column_get_identity (column) == KVAR_IDENTITY_NONE);

  return !key && !kvar_column_get_is_unique (column) && !has_made_default (column) &&
         column != kvar_table_get_version_column (table);
}

/**
 * kvar_draft_copy_column:
 * @from: a draft in the same table
 *
 * Takes over what @from holds in @column, as it was typed; not what the server is to fill in.
 *
 * Returns: whether there was anything to take over
 */
gboolean
kvar_draft_copy_column (KvarDraft  *self,
                        KvarDraft  *from,
                        KvarColumn *column)
{
  KvarDraftEntry *entry;
  g_autoptr(KvarValue) value = NULL;

  g_return_val_if_fail (KVAR_IS_DRAFT (self), FALSE);
  g_return_val_if_fail (KVAR_IS_DRAFT (from), FALSE);
  g_return_val_if_fail (KVAR_IS_COLUMN (column), FALSE);

  value = kvar_draft_get_value (from, column);
  entry = kvar_draft_find_entry (from, column);
  if (value != NULL)
    {
      /* A new record is empty where another one has no value. */
      if (self->base != NULL || !kvar_value_is_null (value) ||
          kvar_column_get_has_default (column))
        kvar_draft_set_value (self, column, value);
      return TRUE;
    }
  if (entry == NULL || entry->input == NULL)
    return FALSE;

  kvar_draft_set_input (self, column, entry->input);

  return TRUE;
}

/**
 * kvar_draft_copy_from:
 * @self: of a new record
 * @from: a draft in the same table, with its changes
 */
void
kvar_draft_copy_from (KvarDraft *self,
                      KvarDraft *from,
                      KvarCopy   how)
{
  g_return_if_fail (KVAR_IS_DRAFT (self));
  g_return_if_fail (KVAR_IS_DRAFT (from));
  g_return_if_fail (self->base == NULL);

  for (guint i = 0; i < kvar_table_get_n_columns (self->table); i++)
    {
      KvarColumn *column = kvar_table_get_column (self->table, i);

      if (is_copied (self->table, column, how))
        kvar_draft_copy_column (self, from, column);
    }
}

/**
 * kvar_draft_copy_to_text:
 *
 * Returns: (transfer full): what is typed, as lines that can be pasted anywhere
 */
char *
kvar_draft_copy_to_text (KvarDraft *self)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (KVAR_IS_DRAFT (self), g_string_free (text, FALSE));

  for (guint i = 0; i < kvar_table_get_n_columns (self->table); i++)
    {
      KvarColumn *column = kvar_table_get_column (self->table, i);
      g_autoptr(KvarValue) value = NULL;
      g_autofree char *input = NULL;

      if (!kvar_draft_is_column_changed (self, column))
        continue;

      value = kvar_draft_get_value (self, column);
      if (value != NULL && kvar_value_is_default (value))
        input = g_strdup (kvar_default_in_words ());
      else
        input = kvar_draft_get_input (self, column);
      g_string_append_printf (text, "%s: %s\n", kvar_column_get_title (column), input);
    }

  return g_string_free (text, FALSE);
}
