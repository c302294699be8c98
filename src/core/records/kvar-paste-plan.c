/* kvar-paste-plan.c: What pasted rows will become, before anything is kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-paste"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "records/kvar-paste-plan.h"

static void
problem_free (KvarPasteProblem *problem)
{
  g_object_unref (problem->column);
  g_free (problem->sentence);
  g_free (problem);
}

void
kvar_paste_plan_free (KvarPastePlan *self)
{
  g_clear_object (&self->table);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_free (self);
}

/* A key that the server gives is never the one of the row that was copied. */
static gboolean
takes_text (KvarTable  *table,
            KvarColumn *column)
{
  return kvar_column_get_can_insert (column) && !kvar_column_get_is_generated (column) &&
         kvar_type_is_writable (kvar_column_get_column_type (column)) &&
         kvar_column_get_identity (column) != KVAR_IDENTITY_ALWAYS &&
         !(kvar_table_is_key_column (table, column) &&
           (kvar_column_get_has_default (column) ||
            kvar_column_get_identity (column) != KVAR_IDENTITY_NONE));
}

static KvarColumn *
find_named (KvarTable  *table,
            const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    {
      KvarColumn *column = kvar_table_get_column (table, i);
      g_autofree char *name = g_utf8_casefold (kvar_column_get_name (column), -1);
      g_autofree char *title = g_utf8_casefold (kvar_column_get_title (column), -1);

      if (g_str_equal (folded, name) || g_str_equal (folded, title))
        return column;
    }

  return NULL;
}

/* Whether the row names columns, and nothing else. */
static gboolean
is_titles (KvarTable  *table,
           char      **row)
{
  for (guint i = 0; row[i] != NULL; i++)
    if (find_named (table, row[i]) == NULL)
      return FALSE;

  return TRUE;
}

static void
add_column (KvarPastePlan *self,
            KvarColumn    *column)
{
  if (column != NULL && (!takes_text (self->table, column) ||
                         g_ptr_array_find (self->columns, column, NULL)))
    column = NULL;
  g_ptr_array_add (self->columns, column);
}

static void
map_columns (KvarPastePlan *self,
             GPtrArray     *shown)
{
  char **first = self->rows->len > 0 ? g_ptr_array_index (self->rows, 0) : NULL;

  self->has_titles = first != NULL && is_titles (self->table, first);
  if (self->has_titles)
    {
      for (guint i = 0; first[i] != NULL; i++)
        add_column (self, find_named (self->table, first[i]));
      g_ptr_array_remove_index (self->rows, 0);
      return;
    }

  for (guint i = 0; i < shown->len; i++)
    add_column (self, g_ptr_array_index (shown, i));
}

/* A list shows links by their labels: what is no key was meant as one. */
static char *
choose_sentence (KvarPastePlan *self,
                 guint          row,
                 KvarColumn    *column,
                 const char    *sentence)
{
  char **cells = g_ptr_array_index (self->rows, row);
  guint index;

  if (kvar_column_get_reference (column) == NULL ||
      !g_ptr_array_find (self->columns, column, &index) ||
      index >= g_strv_length (cells) || *cells[index] == '\0')
    return g_strdup (sentence);

  /* Translators: %s is what was pasted where another record is to be linked. */
  return g_strdup_printf (_("There is not exactly one record called “%s”."), cells[index]);
}

static void
add_problem (KvarPastePlan *self,
             guint          row,
             KvarColumn    *column,
             const char    *sentence)
{
  KvarPasteProblem *problem = g_new0 (KvarPasteProblem, 1);

  problem->row = row + 1 + self->has_titles;
  problem->column = g_object_ref (column);
  problem->sentence = choose_sentence (self, row, column, sentence);
  g_ptr_array_add (self->problems, problem);
}

static void
check_row (KvarPastePlan *self,
           guint          row)
{
  g_autoptr(KvarDraft) draft = kvar_draft_new (self->table, NULL);

  if (kvar_paste_plan_fill (self, row, draft))
    return;

  self->n_bad++;
  for (guint i = 0; i < kvar_table_get_n_columns (self->table); i++)
    {
      KvarColumn *column = kvar_table_get_column (self->table, i);
      const char *sentence = kvar_draft_get_problem (draft, column);

      if (sentence != NULL)
        add_problem (self, row, column, sentence);
    }
}

/**
 * kvar_paste_plan_new:
 * @shown: (element-type KvarColumn): those that cells go to, in order, unless the first row
 *   names others
 * @rows: (element-type GStrv): as they were pasted; taken apart
 */
KvarPastePlan *
kvar_paste_plan_new (KvarTable *table,
                     GPtrArray *shown,
                     GPtrArray *rows)
{
  KvarPastePlan *self;

  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);
  g_return_val_if_fail (shown != NULL && rows != NULL, NULL);

  self = g_new0 (KvarPastePlan, 1);
  self->table = g_object_ref (table);
  self->columns = g_ptr_array_new ();
  self->rows = g_ptr_array_ref (rows);
  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify)problem_free);
  map_columns (self, shown);
  kvar_paste_plan_check (self);

  return self;
}

/**
 * kvar_paste_plan_check:
 *
 * Looks for problems, also once more when cells were changed.
 */
void
kvar_paste_plan_check (KvarPastePlan *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_set_size (self->problems, 0);
  self->n_bad = 0;
  for (guint i = 0; i < self->rows->len; i++)
    check_row (self, i);
}

/**
 * kvar_paste_plan_fill:
 * @draft: of a new record
 *
 * Types the row's cells into @draft, as a person would.
 *
 * Returns: whether it can be saved as it is
 */
gboolean
kvar_paste_plan_fill (KvarPastePlan *self,
                      guint          row,
                      KvarDraft     *draft)
{
  char **cells;

  g_return_val_if_fail (self != NULL && row < self->rows->len, FALSE);
  g_return_val_if_fail (KVAR_IS_DRAFT (draft), FALSE);

  cells = g_ptr_array_index (self->rows, row);
  for (guint i = 0; cells[i] != NULL && i < self->columns->len; i++)
    {
      KvarColumn *column = g_ptr_array_index (self->columns, i);

      if (column != NULL && *cells[i] != '\0')
        kvar_draft_set_input (draft, column, cells[i]);
    }

  return kvar_draft_check (draft, NULL);
}
