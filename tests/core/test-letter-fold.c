/* test-letter-fold.c: which letters are the same, language by language
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-letter-fold.h"

typedef struct
{
  const char *language;
  const char *text;
  const char *folded;
} Fold;

static const Fold folds[] = {
  { "sv", "Åsa", "åsa" },          { "sv_SE.UTF-8", "ÖRN", "örn" },
  { "sv", "A\xcc\x8asa", "åsa" },  { "sv", "André", "andre" },
  { "sv", "Müller", "muller" },    { "en", "Åsa", "asa" },
  { "en_GB.UTF-8", "NAÏVE", "naive" }, { "C", "Ärlig", "arlig" },
  { "da", "Ærø", "ærø" },          { "de", "Straße", "strasse" },
  { "en", "Straße", "strasse" },   { "es", "Año", "año" },
  { "en", "año", "ano" },          { "sv", "", "" },
  { "sv", "日本 123", "日本 123" }, { "en", "ﬁn", "fin" },
};

static void
test_letter_fold_by_language (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (folds); i++)
    {
      g_autofree char *folded = kvar_letter_fold (folds[i].text, folds[i].language);

      g_assert_cmpstr (folded, ==, folds[i].folded);
    }
}

/* A name that only begins like a language is another one. */
static void
test_letter_fold_knows_languages_whole (void)
{
  g_autofree char *folded = kvar_letter_fold ("å", "svx_SE");

  g_assert_cmpstr (folded, ==, "a");
}

static void
test_letter_fold_takes_any_bytes (void)
{
  g_autofree char *folded = kvar_letter_fold ("a\xff", "sv");

  g_assert_nonnull (folded);
  g_assert_true (g_utf8_validate (folded, -1, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/letter-fold/SRCH-1/by-language", test_letter_fold_by_language);
  g_test_add_func ("/letter-fold/knows-languages-whole", test_letter_fold_knows_languages_whole);
  g_test_add_func ("/letter-fold/takes-any-bytes", test_letter_fold_takes_any_bytes);

  return g_test_run ();
}
