/* kvar-match.c: how well a name answers what somebody types to find it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar"

#include "config.h"

#include <string.h>

#include "kvar-match.h"

/* Where @length bytes of @word begin a word of @name. */
static gboolean
begins_a_word (const char *name,
               const char *word,
               gsize       length)
{
  gunichar before = ' ';

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (!g_unichar_isalnum (before) && strncmp (p, word, length) == 0)
        return TRUE;

      before = g_utf8_get_char (p);
    }

  return FALSE;
}

static gboolean
has_words (const char *typed,
           const char *name)
{
  const char *p = typed;

  while (TRUE)
    {
      gsize length;

      p += strspn (p, " ");
      length = strcspn (p, " ");
      if (length == 0)
        return TRUE;
      if (!begins_a_word (name, p, length))
        return FALSE;

      p += length;
    }
}

/**
 * kvar_match_name:
 * @typed: folded by kvar_letter_fold(); nothing typed matches everything
 * @name: folded too
 */
KvarMatch
kvar_match_name (const char *typed,
                 const char *name)
{
  g_return_val_if_fail (typed != NULL, KVAR_MATCH_NONE);
  g_return_val_if_fail (name != NULL, KVAR_MATCH_NONE);

  if (strcmp (typed, name) == 0)
    return KVAR_MATCH_WHOLE;
  if (g_str_has_prefix (name, typed))
    return KVAR_MATCH_BEGINNING;
  if (has_words (typed, name))
    return KVAR_MATCH_WORDS;

  return strstr (name, typed) != NULL ? KVAR_MATCH_INSIDE : KVAR_MATCH_NONE;
}
