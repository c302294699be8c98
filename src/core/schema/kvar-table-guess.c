/* kvar-table-guess.c: what the owner's directives say of a table, and guesses for the rest
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-schema"

#include "config.h"

#include <string.h>

#include "schema/kvar-directive.h"
#include "schema/kvar-table-guess.h"
#include "schema/kvar-title.h"

/* In this order: what people call a thing comes before what it is filed under. */
static const char *const label_names[] = {
  "title", "name", "full_name", "fullname", "display_name", "label", "subject", "headline",
  "company", "company_name", "username", "email", "ref", "reference", "number", "code", "slug",
  NULL
};

/**
 * kvar_column_apply_comment:
 * @comment: (nullable): the column's comment
 *
 * Takes title, help and file bucket from the comment.
 */
void
kvar_column_apply_comment (KvarColumn *self,
                           const char *comment)
{
  g_autoptr(KvarDirective) directive = kvar_directive_parse (comment);
  const char *title;
  const char *help;

  g_return_if_fail (KVAR_IS_COLUMN (self));

  title = kvar_directive_get_localized (directive, "title");
  help = kvar_directive_get_localized (directive, "help");
  if (title != NULL)
    kvar_column_set_title (self, title);
  kvar_column_set_help (self, help != NULL ? help : kvar_directive_get_rest (directive));
  kvar_column_set_bucket (self, kvar_directive_get_string (directive, "file"));
}

/* A column that the owner names wrongly is worth a line in the log, and no more. */
static KvarColumn *
find_named (KvarTable     *self,
            KvarDirective *directive,
            const char    *member)
{
  const char *name = kvar_directive_get_string (directive, member);
  KvarColumn *column = kvar_table_find_column (self, name);

  if (name != NULL && column == NULL)
    g_info ("%s has no column \"%s\", which its directive calls its %s",
            kvar_table_get_name (self), name, member);
  return column;
}

/**
 * kvar_table_apply_comment:
 * @comment: (nullable): the table's comment
 *
 * Takes everything that a directive may say of a table; its columns must be there. The version
 * column is never guessed: a column that nothing moves along guards nothing, and only the owner
 * knows.
 */
void
kvar_table_apply_comment (KvarTable  *self,
                          const char *comment)
{
  g_autoptr(KvarDirective) directive = kvar_directive_parse (comment);
  g_auto(GStrv) key = kvar_directive_get_strings (directive, "key");
  const char *title;
  const char *help;

  g_return_if_fail (KVAR_IS_TABLE (self));

  title = kvar_directive_get_localized (directive, "title");
  help = kvar_directive_get_localized (directive, "help");
  if (title != NULL)
    kvar_table_set_title (self, title);
  kvar_table_set_help (self, help != NULL ? help : kvar_directive_get_rest (directive));
  kvar_table_set_hidden (self, kvar_directive_get_boolean (directive, "hidden", FALSE));

  kvar_table_set_label_column (self, find_named (self, directive, "label"));
  kvar_table_set_body_column (self, find_named (self, directive, "read"));
  kvar_table_set_version_column (self, find_named (self, directive, "version"));
  if (key != NULL && !kvar_table_set_key (self, (const char *const *) key, FALSE))
    g_info ("%s lacks a column of the key in its directive", kvar_table_get_name (self));
}

/**
 * kvar_table_guess_titles:
 *
 * Calls columns that refer to other tables by what they mean: "contact_id" becomes "Contact".
 * Titles that the owner gave stay.
 */
void
kvar_table_guess_titles (KvarTable *self)
{
  g_return_if_fail (KVAR_IS_TABLE (self));

  for (guint i = 0; i < kvar_table_get_n_columns (self); i++)
    {
      KvarColumn *column = kvar_table_get_column (self, i);
      const char *name = kvar_column_get_name (column);
      g_autofree char *plain = kvar_title_from_name (name);
      g_autofree char *shorter = NULL;
      g_autofree char *title = NULL;

      if (kvar_column_get_reference (column) == NULL || strlen (name) <= 3 ||
          !g_str_has_suffix (name, "_id") ||
          !g_str_equal (kvar_column_get_title (column), plain))
        continue;

      shorter = g_strndup (name, strlen (name) - strlen ("_id"));
      title = kvar_title_from_name (shorter);
      kvar_column_set_title (column, title);
    }
}

static gboolean
may_be_label (KvarColumn *column)
{
  return kvar_column_get_can_select (column) && kvar_column_get_reference (column) == NULL &&
         kvar_column_get_kind (column) == KVAR_KIND_TEXT;
}

/**
 * kvar_table_guess_label:
 *
 * Finds the column by which people know the rows, unless the owner said which: one with a telling
 * name, else the first text that must be filled in, else the first text.
 */
void
kvar_table_guess_label (KvarTable *self)
{
  KvarColumn *first = NULL;
  KvarColumn *required = NULL;

  g_return_if_fail (KVAR_IS_TABLE (self));

  if (kvar_table_get_label_column (self) != NULL)
    return;

  for (guint i = 0; label_names[i] != NULL; i++)
    {
      KvarColumn *column = kvar_table_find_column (self, label_names[i]);

      if (column != NULL && may_be_label (column))
        {
          kvar_table_set_label_column (self, column);
          return;
        }
    }

  for (guint i = 0; i < kvar_table_get_n_columns (self); i++)
    {
      KvarColumn *column = kvar_table_get_column (self, i);

      if (!may_be_label (column))
        continue;
      if (first == NULL)
        first = column;
      if (required == NULL && !kvar_column_get_nullable (column))
        required = column;
    }

  kvar_table_set_label_column (self, required != NULL ? required : first);
}

/* "jobs" and "job" both have a job_id. */
static gboolean
is_own_id (const char *table,
           const char *column)
{
  gsize length = strlen (table);

  if (g_str_has_prefix (column, table) && g_str_equal (column + length, "_id"))
    return TRUE;

  return length > 1 && table[length - 1] == 's' && strncmp (column, table, length - 1) == 0 &&
         g_str_equal (column + length - 1, "_id");
}

/**
 * kvar_table_guess_key:
 *
 * Guesses the key from the names of the columns: `id`, `uuid`, or the table's name with `_id`.
 *
 * Returns: whether there is such a column
 */
gboolean
kvar_table_guess_key (KvarTable *self)
{
  static const char *const names[] = { "id", "uuid" };

  g_return_val_if_fail (KVAR_IS_TABLE (self), FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *const key[] = { names[i], NULL };

      if (kvar_table_set_key (self, key, TRUE))
        return TRUE;
    }

  for (guint i = 0; i < kvar_table_get_n_columns (self); i++)
    {
      const char *const key[] = {
        kvar_column_get_name (kvar_table_get_column (self, i)), NULL
      };

      if (is_own_id (kvar_table_get_name (self), key[0]))
        return kvar_table_set_key (self, key, TRUE);
    }

  return FALSE;
}
