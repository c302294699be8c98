/* test-bytes-text.c: bytes of a column read, written, and told apart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <string.h>

#include "records/kvar-bytes-text.h"

static void
test_reads_what_postgresql_writes (void)
{
  static const struct { const char *text; const char *bytes; gssize size; } cases[] = {
    { "\\x", "", 0 },
    { "\\x00ff41", "\0\xff" "A", 3 },
    { "\\xDEad", "\xde\xad", 2 },
    { "", "", 0 },
    { "abc\\\\d\\000\\377", "abc\\d\0\xff", 7 },
    { "\\x0", NULL, -1 },
    { "\\xzz", NULL, -1 },
    { "a\\4", NULL, -1 },
    { "a\\477", NULL, -1 },
    { "a\\", NULL, -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GBytes) bytes = kvar_bytes_text_decode (cases[i].text);
      gsize size;
      const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (bytes != NULL, ==, cases[i].size >= 0);
      if (bytes != NULL)
        g_assert_cmpmem (data, size, cases[i].bytes, (gsize)cases[i].size);
    }
}

static void
test_writes_what_it_reads (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (20261125);

  for (int i = 0; i < 200; i++)
    {
      g_autoptr(GByteArray) array = g_byte_array_new ();
      g_autoptr(GBytes) bytes = NULL;
      g_autoptr(GBytes) again = NULL;
      g_autofree char *text = NULL;

      for (int n = g_rand_int_range (rand, 0, 50); n > 0; n--)
        {
          guint8 byte = (guint8)g_rand_int_range (rand, 0, 256);

          g_byte_array_append (array, &byte, 1);
        }
      bytes = g_bytes_new (array->data, array->len);
      text = kvar_bytes_text_encode (bytes);
      again = kvar_bytes_text_decode (text);
      g_assert_true (g_bytes_equal (bytes, again));
    }
}

static void
test_previews (void)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static ("\x89PNG\r\n", 6);
  g_autofree char *whole = kvar_bytes_text_preview (bytes, 6);
  g_autofree char *part = kvar_bytes_text_preview (bytes, 4);

  g_assert_cmpstr (whole, ==, "89 50 4e 47 0d 0a");
  g_assert_cmpstr (part, ==, "89 50 4e 47 …");
}

static void
test_names_the_kind (void)
{
  g_autoptr(GBytes) picture = g_bytes_new_static ("\x89PNG\r\n\x1a\n....", 12);
  g_autoptr(GBytes) unknown = g_bytes_new_static ("....", 4);
  g_autofree char *what = kvar_bytes_text_describe (picture);
  g_autofree char *nothing = kvar_bytes_text_describe (unknown);
  g_autofree char *name = kvar_bytes_text_suggest_name (picture, "Photo");
  g_autofree char *plain = kvar_bytes_text_suggest_name (unknown, "../a/b");

  g_assert_cmpstr (what, ==, "PNG image, 12 bytes");
  g_assert_cmpstr (nothing, ==, "4 bytes");
  g_assert_cmpstr (name, ==, "Photo.png");
  g_assert_null (strchr (plain, '/'));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/bytes-text/reads-what-postgresql-writes", test_reads_what_postgresql_writes);
  g_test_add_func ("/bytes-text/writes-what-it-reads", test_writes_what_it_reads);
  g_test_add_func ("/bytes-text/previews", test_previews);
  g_test_add_func ("/bytes-text/names-the-kind", test_names_the_kind);

  return g_test_run ();
}
