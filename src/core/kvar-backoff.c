/* kvar-backoff.c: how long to wait before trying again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "kvar-backoff.h"

#define FIRST_US       (G_GINT64_CONSTANT (1) * G_USEC_PER_SEC)
#define LONGEST_US     (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define SHORTEST_US    (G_GINT64_CONSTANT (100000))
#define RETRY_AFTER_MAX_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

/**
 * kvar_backoff_delay:
 * @attempt: how many tries have failed before, from 0
 * @retry_after_us: what the server asked for, or -1
 * @rand: (nullable): where chance comes from; tests give a seeded one
 *
 * Full jitter: anything up to 1, 2, 4 … 60 s, so that an office that lost its network
 * together does not come back together. A server's wish is the least we wait, and gets
 * the jitter on top; one of more than an hour is not believed.
 *
 * Returns: the wait in µs
 */
gint64
kvar_backoff_delay (guint   attempt,
                    gint64  retry_after_us,
                    GRand  *rand)
{
  gint64 ceiling = MIN (FIRST_US << MIN (attempt, 10), LONGEST_US);
  double chance = rand != NULL ? g_rand_double (rand) : g_random_double ();
  gint64 jitter = (gint64)(chance * ceiling);

  if (retry_after_us >= 0)
    return MIN (retry_after_us, RETRY_AFTER_MAX_US) + MIN (jitter, FIRST_US);

  return MAX (jitter, SHORTEST_US);
}
