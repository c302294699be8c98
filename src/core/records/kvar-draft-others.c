/* kvar-draft-others.c: the records that keep a draft from being saved or deleted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-draft"

#include "config.h"

#include <string.h>

#include "kvar-error-columns.h"
#include "kvar-error.h"
#include "records/kvar-draft-others.h"
#include "records/kvar-filter-op.h"
#include "records/kvar-query.h"

/* The name in quotes after the last @before. */
static char *
dup_quoted (const char *message,
            const char *before)
{
  const char *start = g_strrstr (message, before);
  const char *end = NULL;

  if (start != NULL)
    {
      start += strlen (before);
      end = strchr (start, '"');
    }

  return end != NULL ? g_strndup (start, end - start) : NULL;
}

static gboolean
is_of_code (KvarDraft  *self,
            const char *code)
{
  const GError *error = kvar_draft_get_attention (self);

  return kvar_draft_get_state (self) == KVAR_DRAFT_PARKED && error != NULL &&
         g_strcmp0 (kvar_error_get_provider_code (error), code) == 0;
}

/* Takes @value. FALSE, and no condition, where nothing is known that others could have too. */
static gboolean
add_condition (KvarQuery  **query,
               KvarColumn  *column,
               KvarValue   *value)
{
  g_autoptr(KvarFilter) filter = NULL;
  g_autoptr(KvarQuery) before = *query;
  g_autoptr(KvarValue) owned = value;

  if (column != NULL && value != NULL && !kvar_value_is_null (value))
    filter = kvar_filter_op_compare (KVAR_FILTER_OP_EQUALS, column, value);
  *query = filter != NULL ? kvar_query_with_condition (before, filter) : NULL;

  return *query != NULL;
}

static KvarRoute *
new_route (KvarTable *table,
           KvarQuery *query)
{
  g_autofree char *text = kvar_query_to_string (query);

  return kvar_route_new_table (kvar_table_get_name (table), text);
}

/* As long as all of the values stand that somebody has already. */
static KvarRoute *
new_route_to_same (KvarDraft *self)
{
  KvarTable *table = kvar_draft_get_table (self);
  g_autoptr(GPtrArray) columns =
    kvar_error_list_columns (kvar_draft_get_attention (self), table);
  g_autoptr(KvarQuery) query = kvar_query_new ();

  if (columns->len == 0)
    return NULL;

  for (guint i = 0; i < columns->len; i++)
    {
      KvarColumn *column = g_ptr_array_index (columns, i);

      if (kvar_draft_get_problem (self, column) == NULL &&
          kvar_draft_is_column_changed (self, column))
        return NULL;
      if (!add_condition (&query, column, kvar_draft_get_value (self, column)))
        return NULL;
    }

  return new_route (table, query);
}

static KvarReference *
find_reference (KvarTable  *from,
                const char *constraint)
{
  for (guint i = 0; constraint != NULL && i < kvar_table_get_n_columns (from); i++)
    {
      KvarReference *reference =
        kvar_column_get_reference (kvar_table_get_column (from, i));

      if (reference != NULL &&
          g_strcmp0 (kvar_reference_get_constraint (reference), constraint) == 0)
        return reference;
    }

  return NULL;
}

static KvarRoute *
new_route_to_referring (KvarDraft *self,
                        KvarTable *from)
{
  const GError *error = kvar_draft_get_attention (self);
  g_autofree char *constraint = dup_quoted (error->message, "constraint \"");
  KvarReference *reference = find_reference (from, constraint);
  KvarRecord *base = kvar_draft_get_base (self);
  g_autoptr(KvarQuery) query = kvar_query_new ();

  if (reference == NULL || base == NULL)
    return NULL;

  for (guint i = 0; kvar_reference_get_columns (reference)[i] != NULL; i++)
    {
      const char *foreign = kvar_reference_get_foreign_columns (reference)[i];
      KvarColumn *ours = kvar_table_find_column (kvar_draft_get_table (self), foreign);
      KvarColumn *theirs = kvar_table_find_column (from,
                                                   kvar_reference_get_columns (reference)[i]);

      if (ours == NULL ||
          !add_condition (&query, theirs, kvar_record_get_value (base, ours)))
        return NULL;
    }

  return new_route (from, query);
}

/**
 * kvar_draft_find_referring_table:
 *
 * Returns: (transfer none) (nullable): the table whose records still point to the one that was
 *   to be deleted; %NULL if it is not that, or not a table that this person knows of
 */
KvarTable *
kvar_draft_find_referring_table (KvarDraft  *self,
                                 KvarSchema *schema)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (KVAR_IS_DRAFT (self), NULL);
  g_return_val_if_fail (KVAR_IS_SCHEMA (schema), NULL);

  if (!kvar_draft_get_deletes (self) ||
      (!is_of_code (self, "23503") && !is_of_code (self, "23001")))
    return NULL;

  name = dup_quoted (kvar_draft_get_attention (self)->message, "on table \"");

  return kvar_schema_find_table (schema, name);
}

/**
 * kvar_draft_new_route_to_others:
 *
 * Returns: (transfer full) (nullable): where the records are that have @self's values already,
 *   or that still point to it; %NULL if none are in the way, or nobody can tell which
 */
KvarRoute *
kvar_draft_new_route_to_others (KvarDraft  *self,
                                KvarSchema *schema)
{
  KvarTable *from = NULL;

  g_return_val_if_fail (KVAR_IS_DRAFT (self), NULL);
  g_return_val_if_fail (KVAR_IS_SCHEMA (schema), NULL);

  if (is_of_code (self, "23505") && !kvar_draft_get_deletes (self))
    return new_route_to_same (self);

  from = kvar_draft_find_referring_table (self, schema);

  return from != NULL ? new_route_to_referring (self, from) : NULL;
}
