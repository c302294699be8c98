/* kvar-lost-text.c: What was typed into a column or a table that no longer exists.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-draft"

#include "config.h"

#include "journal/kvar-kept-draft.h"
#include "records/kvar-lost-text.h"

static void
lost_text_free (KvarLostText *text)
{
  g_free (text->relation);
  g_free (text->key);
  g_free (text->column);
  g_free (text->text);
  g_free (text);
}

static int
compare_columns (gconstpointer a,
                 gconstpointer b)
{
  const KvarLostText *const *one = a;
  const KvarLostText *const *other = b;

  return g_strcmp0 ((*one)->column, (*other)->column);
}

/* Returns: (transfer full) (element-type KvarLostText) */
GPtrArray *
kvar_lost_texts_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)lost_text_free);
}

/* Adds what @typed holds, of the type KVAR_KEPT_TYPED_TYPE, by the columns' names. */
void
kvar_lost_texts_add (GPtrArray  *texts,
                     const char *relation,
                     const char *key,
                     GVariant   *typed)
{
  g_autoptr(GPtrArray) more = g_ptr_array_new ();
  GVariantIter iter;
  const char *name;
  const char *input;
  const char *value;

  g_variant_iter_init (&iter, typed);
  while (g_variant_iter_loop (&iter, "{&s(m&sm&s)}", &name, &input, &value))
    {
      KvarLostText *text = NULL;

      /* Nobody has typed that. */
      if (g_str_equal (name, KVAR_KEPT_DEFAULT))
        continue;

      text = g_new0 (KvarLostText, 1);
      text->relation = g_strdup (relation);
      text->key = g_strdup (key);
      text->column = g_strdup (name);
      text->text = g_strdup (input != NULL ? input : value);
      g_ptr_array_add (more, text);
    }

  g_ptr_array_sort (more, compare_columns);
  g_ptr_array_extend_and_steal (texts, g_steal_pointer (&more));
}
