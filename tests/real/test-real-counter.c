/* test-real-counter.c: two people save one record again and again on PostgreSQL itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * test-real-counter.py starts the servers and makes the tables.
 */

#include "config.h"

#include "kvar-test-race.h"

static void
test_loses_none (gconstpointer table)
{
  KvarTestRace race = {
    .url = g_getenv ("KVAR_REAL_URL"),
    .key = g_getenv ("KVAR_REAL_KEY"),
    .table = table,
    .record = "1",
    .column = "n",
    .n_each = 25,
    .min_conflicts = 1,
  };

  kvar_test_race_run (&race);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_data_func ("/real/counter/by-xmin", "counters", test_loses_none);
  g_test_add_data_func ("/real/counter/by-value", "granted_counters", test_loses_none);
  g_test_add_data_func ("/real/counter/by-version", "versioned_counters", test_loses_none);
  g_test_add_data_func ("/real/counter/in-a-view", "counters_seen", test_loses_none);

  return g_test_run ();
}
