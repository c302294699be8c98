/* kvar-function-bind.c: hands a record to a function that acts on it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-functions"

#include "config.h"

#include "functions/kvar-function-bind.h"

static gboolean
is_open (KvarColumn *parameter)
{
  return kvar_column_get_can_insert (parameter);
}

/* "id", "p_id" and "_id" are all the column "id". */
static KvarColumn *
find_by_name (KvarTable  *parameters,
              const char *name)
{
  static const char *const prefixes[] = { "", "p_", "_" };

  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      g_autofree char *prefixed = g_strconcat (prefixes[i], name, NULL);
      KvarColumn *found = kvar_table_find_column (parameters, prefixed);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* "p_job" of a function that acts on "jobs": the first that must be given and can take the key. */
static KvarColumn *
find_by_kind (KvarTable *parameters,
              KvarKind   kind)
{
  for (guint i = 0; i < kvar_table_get_n_columns (parameters); i++)
    {
      KvarColumn *parameter = kvar_table_get_column (parameters, i);

      if (!kvar_column_get_has_default (parameter) && kvar_column_get_kind (parameter) == kind)
        return parameter;
    }

  return NULL;
}

/**
 * kvar_function_bind_record:
 * @parameters: a new record of what kvar_function_make_parameters() gave
 *
 * Fills in the key of @record, and takes those parameters out of what a person may type.
 *
 * Returns: %FALSE if the function has no place for the key
 */
gboolean
kvar_function_bind_record (KvarDraft  *parameters,
                           KvarRecord *record)
{
  KvarTable *asked;
  KvarTable *table;
  const guint *key;
  guint n_key;

  g_return_val_if_fail (KVAR_IS_DRAFT (parameters), FALSE);
  g_return_val_if_fail (KVAR_IS_RECORD (record), FALSE);

  asked = kvar_draft_get_table (parameters);
  table = kvar_record_get_table (record);
  key = kvar_table_get_key (table, &n_key);
  for (guint i = 0; i < n_key; i++)
    {
      KvarColumn *column = kvar_table_get_column (table, key[i]);
      KvarColumn *parameter = find_by_name (asked, kvar_column_get_name (column));
      const char *text = kvar_record_get_text (record, key[i]);
      g_autoptr(KvarValue) value = NULL;

      if (parameter == NULL && n_key == 1)
        parameter = find_by_kind (asked, kvar_column_get_kind (column));
      if (parameter == NULL || text == NULL)
        return FALSE;

      value = kvar_value_new (kvar_column_get_column_type (parameter), text);
      kvar_draft_set_value (parameters, parameter, value);
      kvar_column_set_privileges (parameter, FALSE, FALSE, FALSE);
    }

  return n_key > 0;
}

/**
 * kvar_function_count_open:
 *
 * Returns: how many of @parameters a person may type
 */
guint
kvar_function_count_open (KvarDraft *parameters)
{
  KvarTable *table;
  guint n = 0;

  g_return_val_if_fail (KVAR_IS_DRAFT (parameters), 0);

  table = kvar_draft_get_table (parameters);
  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    n += is_open (kvar_table_get_column (table, i));

  return n;
}

/**
 * kvar_function_is_ready:
 *
 * Returns: whether everything that must be given is there and can be read
 */
gboolean
kvar_function_is_ready (KvarDraft *parameters)
{
  KvarTable *table;

  g_return_val_if_fail (KVAR_IS_DRAFT (parameters), FALSE);

  table = kvar_draft_get_table (parameters);
  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    {
      KvarColumn *parameter = kvar_table_get_column (table, i);
      g_autoptr(KvarValue) value = kvar_draft_get_value (parameters, parameter);

      if (kvar_draft_get_problem (parameters, parameter) != NULL ||
          (!kvar_column_get_nullable (parameter) &&
           (value == NULL || kvar_value_is_null (value))))
        return FALSE;
    }

  return TRUE;
}
