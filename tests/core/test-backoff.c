/* test-backoff.c: waits grow, are spread, and respect what the server asked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-backoff.h"

static void
test_grows_to_a_minute (void)
{
  static const struct { guint attempt; gint64 most; } steps[] = {
    { 0, 1 }, { 1, 2 }, { 2, 4 }, { 5, 32 }, { 6, 60 }, { 100, 60 }, { G_MAXUINT, 60 },
  };
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      gint64 longest = 0;

      for (int n = 0; n < 2000; n++)
        {
          gint64 delay = kvar_backoff_delay (steps[i].attempt, -1, rand);

          g_assert_cmpint (delay, >, 0);
          g_assert_cmpint (delay, <=, steps[i].most * G_USEC_PER_SEC);
          longest = MAX (longest, delay);
        }
      g_assert_cmpint (longest, >, steps[i].most * G_USEC_PER_SEC * 9 / 10);
    }
}

/* An office that lost its network together must not come back together. */
static void
test_is_spread (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);
  guint tenths[10] = { 0 };

  for (int n = 0; n < 10000; n++)
    tenths[kvar_backoff_delay (4, -1, rand) * 10 / (16 * G_USEC_PER_SEC + 1)]++;
  for (gsize i = 0; i < G_N_ELEMENTS (tenths); i++)
    g_assert_cmpuint (tenths[i], >, 800);
}

static void
test_waits_as_long_as_asked (void)
{
  for (int n = 0; n < 1000; n++)
    {
      gint64 delay = kvar_backoff_delay (n % 8, 30 * G_USEC_PER_SEC, NULL);

      g_assert_cmpint (delay, >=, 30 * G_USEC_PER_SEC);
      g_assert_cmpint (delay, <=, 31 * G_USEC_PER_SEC);
    }
}

static void
test_does_not_believe_years (void)
{
  g_assert_cmpint (kvar_backoff_delay (0, G_MAXINT64, NULL), <=,
                   (G_GINT64_CONSTANT (3600) + 1) * G_USEC_PER_SEC);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/backoff/delay/grows-to-a-minute", test_grows_to_a_minute);
  g_test_add_func ("/backoff/delay/is-spread", test_is_spread);
  g_test_add_func ("/backoff/retry-after/waits-as-long-as-asked", test_waits_as_long_as_asked);
  g_test_add_func ("/backoff/retry-after/does-not-believe-years", test_does_not_believe_years);

  return g_test_run ();
}
