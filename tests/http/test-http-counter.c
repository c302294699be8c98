/* test-http-counter.c: two people who save one record again and again lose nothing of each other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-test-demo.h"
#include "kvar-test-race.h"

static void
test_loses_none (void)
{
  static const char *const options[] = { "--rows", "20", NULL };
  g_autoptr(KvarTestDemo) demo = kvar_test_demo_new (options);
  KvarTestRace race = {
    .url = kvar_test_demo_get_url (demo),
    .key = kvar_test_demo_get_key (demo),
    .table = "objects",
    .record = "1",
    .column = "area",
    .n_each = 40,
    .min_conflicts = 1,
  };

  kvar_test_race_run (&race);
  kvar_test_demo_check_log (demo);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/http-counter/DRF-4/loses-none", test_loses_none);

  return g_test_run ();
}
