/* kvar-letter-fold.c: texts compared letter by letter, as a language tells letters apart
 *
 * Who looks for "andre" means André too. But in Swedish å is a letter of its own, and no a: who
 * types an a there does not want Åsa.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar"

#include "config.h"

#include <locale.h>
#include <string.h>

#include "kvar-letter-fold.h"

typedef struct
{
  const char *language;
  const char *letters;    /* lower case, one code point each */
} Alphabet;

/* Letters that only look like another one with a mark. */
static const Alphabet alphabets[] = {
  { "cs", "čřšž" }, { "da", "åæø" }, { "es", "ñ" },   { "et", "äöõüšž" }, { "fi", "åäö" },
  { "fo", "áíóúýæø" }, { "hu", "öőüű" }, { "is", "áéíóúýæö" }, { "lv", "āčēģīķļņšūž" },
  { "nb", "åæø" },  { "nn", "åæø" }, { "no", "åæø" }, { "pl", "ąćęłńóśźż" }, { "sk", "äčšžô" },
  { "sv", "åäö" },  { "tr", "çğıöşü" },
};

static const char *
find_alphabet (const char *language)
{
  gsize length = strcspn (language, "_.@-");

  for (gsize i = 0; i < G_N_ELEMENTS (alphabets); i++)
    if (strlen (alphabets[i].language) == length &&
        strncmp (alphabets[i].language, language, length) == 0)
      return alphabets[i].letters;

  return "";
}

/* The letter without its marks. */
static gunichar
get_base (gunichar letter)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];

  g_unichar_fully_decompose (letter, FALSE, parts, G_N_ELEMENTS (parts));

  return parts[0];
}

/**
 * kvar_letter_fold:
 * @language: such as "sv", or a locale's name
 *
 * Returns: (transfer full): @text in a form in which equal letters are equal bytes: without
 *   case, and without marks that make no letter of its own in @language
 */
char *
kvar_letter_fold (const char *text,
                  const char *language)
{
  const char *letters;
  g_autofree char *small = NULL;
  g_autofree char *whole = NULL;
  GString *folded;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (language != NULL, NULL);

  letters = find_alphabet (language);
  small = g_utf8_casefold (text, -1);
  whole = g_utf8_normalize (small, -1, G_NORMALIZE_ALL_COMPOSE);
  folded = g_string_new (NULL);
  /* What is no UTF-8 has no letters. */
  for (const char *p = whole != NULL ? whole : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);

      if (g_unichar_ismark (letter))
        continue;

      g_string_append_unichar (folded, g_utf8_strchr (letters, -1, letter) != NULL
                                         ? letter : get_base (letter));
    }

  return g_string_free (folded, FALSE);
}

/**
 * kvar_letter_fold_get_language:
 *
 * Returns: (transfer none): the locale by which this person sorts
 */
const char *
kvar_letter_fold_get_language (void)
{
  const char *locale = setlocale (LC_COLLATE, NULL);

  return locale != NULL ? locale : "C";
}
