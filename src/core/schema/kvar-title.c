/* kvar-title.c: database names made readable: "due_on" becomes "Due on"
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-schema"

#include "config.h"

#include <string.h>

#include "schema/kvar-title.h"

static const char *const acronyms[] = {
  "id", "url", "uri", "uuid", "ip", "sms", "vat", "iban", "bic", "gps", "pdf", "sku", NULL
};

/* One word per piece: at underscores, hyphens and blanks, and before a capital after a small
 * letter, so that camelCase reads too. */
static GPtrArray *
split_words (const char *name)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GString) word = g_string_new (NULL);
  gunichar before = 0;

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean is_break = c == '_' || c == '-' || g_unichar_isspace (c);

      if (word->len > 0 && (is_break || (g_unichar_isupper (c) && g_unichar_islower (before))))
        {
          g_ptr_array_add (words, g_strdup (word->str));
          g_string_truncate (word, 0);
        }
      if (!is_break)
        g_string_append_unichar (word, c);
      before = c;
    }

  if (word->len > 0)
    g_ptr_array_add (words, g_strdup (word->str));

  return words;
}

static gboolean
is_all_upper (const char *word)
{
  g_autofree char *upper = g_utf8_strup (word, -1);

  return g_utf8_strlen (word, -1) > 1 && g_str_equal (upper, word);
}

static char *
write_word (const char *word,
            gboolean    first)
{
  g_autofree char *lower = g_utf8_strdown (word, -1);
  g_autofree char *capital = NULL;

  if (g_strv_contains (acronyms, lower))
    return g_utf8_strup (lower, -1);

  if (is_all_upper (word))
    return g_strdup (word);

  if (!first)
    return g_steal_pointer (&lower);

  capital = g_utf8_strup (lower, g_utf8_next_char (lower) - lower);
  return g_strconcat (capital, g_utf8_next_char (lower), NULL);
}

/**
 * kvar_title_from_name:
 * @name: a table's, column's or function's name
 *
 * Returns: (transfer full): @name as words with a capital first: "due_on" becomes "Due on",
 *   "contactId" "Contact ID"; a name without any letter stays as it is
 */
char *
kvar_title_from_name (const char *name)
{
  g_autoptr(GPtrArray) words = NULL;
  g_autoptr(GString) title = g_string_new (NULL);

  g_return_val_if_fail (name != NULL, NULL);

  words = split_words (name);
  for (guint i = 0; i < words->len; i++)
    {
      g_autofree char *word = write_word (g_ptr_array_index (words, i), i == 0);

      if (i > 0)
        g_string_append_c (title, ' ');
      g_string_append (title, word);
    }

  return title->len > 0 ? g_string_free (g_steal_pointer (&title), FALSE) : g_strdup (name);
}

/**
 * kvar_title_from_label:
 * @label: an enum's label
 *
 * Returns: (transfer full): "in_progress" as "In progress"; a label with a capital or a blank
 *   was written for people and stays as it is
 */
char *
kvar_title_from_label (const char *label)
{
  g_autofree char *lower = NULL;

  g_return_val_if_fail (label != NULL, NULL);

  lower = g_utf8_strdown (label, -1);
  if (!g_str_equal (lower, label) || strchr (label, ' ') != NULL || strchr (label, '-') != NULL)
    return g_strdup (label);

  return kvar_title_from_name (label);
}
