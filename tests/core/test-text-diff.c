/* test-text-diff.c: Which words of a text are kept, which are deleted, which are new.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "records/kvar-text-diff.h"

/* "kept [-deleted-] [+inserted+]" */
static char *
to_string (GPtrArray *pieces)
{
  GString *string = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      const KvarTextPiece *piece = g_ptr_array_index (pieces, i);
      static const char *const marks[][2] = { { "", "" }, { "[-", "-]" }, { "[+", "+]" } };

      g_string_append_printf (string, "%s%s%s", marks[piece->change][0], piece->text,
                              marks[piece->change][1]);
    }

  return g_string_free (string, FALSE);
}

static char *
join (GPtrArray      *pieces,
      KvarTextChange  other)
{
  GString *string = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      const KvarTextPiece *piece = g_ptr_array_index (pieces, i);

      if (piece->change == KVAR_TEXT_KEPT || piece->change == other)
        g_string_append (string, piece->text);
    }

  return g_string_free (string, FALSE);
}

static void
test_words (void)
{
  static const struct
  {
    const char *before;
    const char *after;
    const char *expected;
  } cases[] = {
    { "", "", "" },
    { "the roof", "the roof", "the roof" },
    { "", "new", "[+new+]" },
    { "old", "", "[-old-]" },
    { "the old roof", "the new roof", "the [-old-][+new+] roof" },
    { "call Anna", "call Anna on Monday", "call Anna[+ on Monday+]" },
    { "call Anna on Monday", "on Monday", "[-call Anna -]on Monday" },
    { "an old boat leaks", "a red house leaks", "[-an old boat-][+a red house+] leaks" },
    { "one\ntwo\nthree", "one\nthree", "one\n[-two\n-]three" },
    { "Umeå, 12 kr.", "Umeå, 13 kr.", "Umeå, [-12-][+13+] kr." },
    { "日本語", "日本人", "日本[-語-][+人+]" },
    /* Marks belong to their letter, whether or not it is one sign with it. */
    { "cafe\xcc\x81 au lait", "cafe au lait", "[-cafe\xcc\x81-][+cafe+] au lait" },
    { "a b a b", "b a b a", "[-a -]b a b[+ a+]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) pieces = kvar_text_diff (cases[i].before, cases[i].after);
      g_autofree char *found = to_string (pieces);

      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

static char *
make_text (guint words,
           guint kinds)
{
  static const char *const parts[] = { "roof", " ", "å", "\n", "日", ", ", "12", "e\xcc\x81", "—" };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < words; i++)
    g_string_append (text, parts[g_test_rand_int_range (0, MIN (kinds, G_N_ELEMENTS (parts)))]);

  return g_string_free (text, FALSE);
}

/* Whatever is found, the pieces are the two texts. */
static void
test_pieces_are_the_texts (void)
{
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *before = make_text (i % 40, 2 + i % 8);
      g_autofree char *after = make_text (i * 7 % 40, 2 + i % 8);
      g_autoptr(GPtrArray) pieces = kvar_text_diff (before, after);
      g_autofree char *first = join (pieces, KVAR_TEXT_DELETED);
      g_autofree char *second = join (pieces, KVAR_TEXT_INSERTED);

      g_assert_cmpstr (first, ==, before);
      g_assert_cmpstr (second, ==, after);
    }
}

/* Long texts with nothing in common are not searched through. */
static void
test_strangers_are_quick (void)
{
  g_autoptr(GString) before = g_string_new (NULL);
  g_autoptr(GString) after = g_string_new (NULL);
  g_autoptr(GPtrArray) pieces = NULL;

  for (guint i = 0; i < 20000; i++)
    {
      g_string_append_printf (before, "a%u/", i);
      g_string_append_printf (after, "b%u\\", i);
    }

  pieces = kvar_text_diff (before->str, after->str);
  g_assert_cmpuint (pieces->len, ==, 2);
}

static void
test_shorten (void)
{
  g_autoptr(GPtrArray) pieces =
    kvar_text_diff ("0123456789 0123456789 0123456789 old 0123456789 0123456789",
                    "0123456789 0123456789 0123456789 new 0123456789 0123456789");
  g_autoptr(GPtrArray) shortened = kvar_text_diff_shorten (pieces, 6, 100);
  g_autofree char *text = to_string (shortened);

  g_assert_cmpstr (text, ==, "… 56789 [-old-][+new+] 01234 … ");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/text-diff/words", test_words);
  g_test_add_func ("/text-diff/pieces-are-the-texts", test_pieces_are_the_texts);
  g_test_add_func ("/text-diff/strangers-are-quick", test_strangers_are_quick);
  g_test_add_func ("/text-diff/shorten", test_shorten);

  return g_test_run ();
}
