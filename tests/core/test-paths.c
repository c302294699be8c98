/* test-paths.c: Kvar's folders are there and nobody else's business
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <sys/stat.h>

#include "kvar-paths.h"

static void
test_folders_are_private (void)
{
  g_autofree char *expected = g_build_filename (g_get_user_state_dir (), "kvar", NULL);
  const char *const dirs[] = { kvar_paths_get_state_dir (), kvar_paths_get_config_dir (),
                               kvar_paths_get_data_dir (), kvar_paths_get_cache_dir () };

  g_assert_cmpstr (dirs[0], ==, expected);
  for (gsize i = 0; i < G_N_ELEMENTS (dirs); i++)
    {
      struct stat info;

      g_assert_true (g_str_has_suffix (dirs[i], "/kvar"));
      g_assert_cmpint (stat (dirs[i], &info), ==, 0);
      g_assert_true (S_ISDIR (info.st_mode));
      g_assert_cmpint (info.st_mode & 0777, ==, 0700);
      for (gsize k = 0; k < i; k++)
        g_assert_cmpstr (dirs[i], !=, dirs[k]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  /* The folders stay what they were at the first question: one test, one environment. */
  g_test_add_func ("/paths/folders/are-private", test_folders_are_private);

  return g_test_run ();
}
