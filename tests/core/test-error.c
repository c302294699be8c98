/* test-error.c: what an error carries besides its words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "kvar-error.h"

static void
test_carries_what_the_server_said (void)
{
  g_autoptr(GError) error = kvar_error_new_full (KVAR_ERROR_INVALID, 409, "23505", "message");

  kvar_error_set_field (error, "email");
  kvar_error_set_details (error, "details");
  kvar_error_set_retry_after (error, 5);

  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "message");
  g_assert_cmpint (kvar_error_get_status (error), ==, 409);
  g_assert_cmpstr (kvar_error_get_provider_code (error), ==, "23505");
  g_assert_cmpstr (kvar_error_get_field (error), ==, "email");
  g_assert_cmpstr (kvar_error_get_details (error), ==, "details");
  g_assert_cmpint (kvar_error_get_retry_after (error), ==, 5);
}

static void
test_copy_carries_all (void)
{
  g_autoptr(GError) error = kvar_error_new_full (KVAR_ERROR_REFUSED, 400, "P0001", "m");
  g_autoptr(GError) copy = NULL;

  kvar_error_set_field (error, "f");
  kvar_error_set_owner_words (error, "words");
  copy = g_error_copy (error);

  g_assert_cmpstr (kvar_error_get_provider_code (copy), ==, "P0001");
  g_assert_cmpstr (kvar_error_get_field (copy), ==, "f");
  g_assert_cmpstr (kvar_error_get_owner_words (copy), ==, "words");
  g_assert_cmpstr (kvar_error_get_reference (copy), ==, kvar_error_get_reference (error));
}

static void
test_every_error_has_a_reference (void)
{
  g_autoptr(GError) first = g_error_new (KVAR_ERROR, KVAR_ERROR_OFFLINE, "plain");
  g_autoptr(GError) second = g_error_new (KVAR_ERROR, KVAR_ERROR_OFFLINE, "plain");

  g_assert_cmpuint (strlen (kvar_error_get_reference (first)), ==, 6);
  g_assert_cmpstr (kvar_error_get_reference (first), !=, kvar_error_get_reference (second));
}

static void
test_others_have_nothing (void)
{
  g_autoptr(GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "other");

  g_assert_cmpint (kvar_error_get_status (error), ==, 0);
  g_assert_null (kvar_error_get_provider_code (error));
  g_assert_null (kvar_error_get_field (error));
  g_assert_null (kvar_error_get_details (error));
  g_assert_null (kvar_error_get_owner_words (error));
  g_assert_null (kvar_error_get_reference (error));
  g_assert_cmpint (kvar_error_get_retry_after (error), ==, -1);
}

static void
test_owner_words_are_plain (void)
{
  g_autofree char *longest = g_strnfill (200, 'x');
  g_autofree char *too_long = g_strnfill (201, 'x');
  const struct { const char *words; gboolean kept; } words[] = {
    { "Månaden är stängd – fråga Eva.", TRUE }, { longest, TRUE }, { too_long, FALSE },
    { "", FALSE }, { NULL, FALSE }, { "two\nlines", FALSE }, { "tab\t", FALSE },
    { "<b>bold</b>", FALSE }, { "{\"a\":1}", FALSE }, { "\xff", FALSE },
    { "back\\slash", FALSE }, { "right-to-left \xe2\x80\xae", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr(GError) error = kvar_error_new_full (KVAR_ERROR_REFUSED, 400, "P0001", "m");

      kvar_error_set_owner_words (error, words[i].words);
      g_assert_cmpstr (kvar_error_get_owner_words (error), ==,
                       words[i].kept ? words[i].words : NULL);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/error/full/carries-what-the-server-said", test_carries_what_the_server_said);
  g_test_add_func ("/error/copy/carries-all", test_copy_carries_all);
  g_test_add_func ("/error/reference/every-error-has-one", test_every_error_has_a_reference);
  g_test_add_func ("/error/get/others-have-nothing", test_others_have_nothing);
  g_test_add_func ("/error/owner-words/are-plain", test_owner_words_are_plain);

  return g_test_run ();
}
