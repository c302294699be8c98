/* kvar-test-race.h: two people who count in one record at the same time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *url;          /* of the project */
  const char *key;
  const char *table;
  const char *record;       /* its key, as routes have it */
  const char *column;       /* that holds a whole number */
  guint       n_each;       /* how often each of the two counts; below 1000 */
  guint       min_conflicts;
} KvarTestRace;

void kvar_test_race_run (const KvarTestRace *race);

G_END_DECLS
