/* kvar-record-plan.c: Decides which rows to ask for next, so that what is looked at is there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-record-plan"

#include "config.h"

#include "records/kvar-record-plan.h"

/* What begins within so many pages from rows that are there is reached by going on from them;
 * only what is further away is counted to, which costs the database the more the further. */
#define NEAR_PAGES 2

/* The rows from @start to @end are missing, the one at @wanted first of all. */
static KvarPlan
plan_gap (KvarRecordSet *set,
          guint          start,
          guint          end,
          guint          wanted,
          guint          page_size)
{
  guint size = kvar_record_set_get_size (set);
  guint near = NEAR_PAGES * page_size;
  guint position;

  if (wanted - start <= near)
    return (KvarPlan) { KVAR_PLAN_AFTER, start, end - start };

  if (end < size && end - wanted <= near)
    return (KvarPlan) { KVAR_PLAN_BEFORE, end, end - start };

  /* The end is as near as the start, seen from there. */
  if (end == size && end - wanted <= page_size)
    return (KvarPlan) { KVAR_PLAN_BEFORE, end, end - start };

  position = MAX (wanted, start + page_size / 4) - page_size / 4;
  position = MIN (position, end - MIN (page_size, end - start));

  return (KvarPlan) { KVAR_PLAN_AT, position, end - position };
}

/* What is missing first from @first on: rows, or the certainty that there are none between two
 * runs. */
static KvarPlan
plan_forward (KvarRecordSet *set,
              guint          first,
              guint          end,
              guint          page_size)
{
  guint size = kvar_record_set_get_size (set);
  guint position = first;

  while (position < MIN (end, size))
    {
      guint stretch_start, stretch_end;

      if (!kvar_record_set_get_stretch (set, position, &stretch_start, &stretch_end))
        return plan_gap (set, stretch_start, stretch_end, position, page_size);

      position = stretch_end;
      if (position < MIN (end, size) && kvar_record_set_get (set, position) != NULL)
        return (KvarPlan) { KVAR_PLAN_AFTER, position, 0 };
    }

  if (end >= size && !kvar_record_set_get_ended (set))
    return (KvarPlan) { KVAR_PLAN_AFTER, size, 0 };

  return (KvarPlan) { KVAR_PLAN_NOTHING };
}

/**
 * kvar_record_plan:
 * @first: the first row that is looked at
 * @end: the row behind the last one
 * @page_size: how many rows come at once
 *
 * Those that are looked at come first, then those after them, then those before.
 */
KvarPlan
kvar_record_plan (KvarRecordSet *set,
                  guint          first,
                  guint          end,
                  guint          page_size)
{
  guint size = kvar_record_set_get_size (set);
  guint stretch_start, stretch_end;
  KvarPlan plan;

  g_return_val_if_fail (set != NULL, (KvarPlan) { KVAR_PLAN_NOTHING });
  g_return_val_if_fail (page_size > 0, (KvarPlan) { KVAR_PLAN_NOTHING });

  end = MIN (end, size);
  first = MIN (first, end > 0 ? end - 1 : 0);
  plan = plan_forward (set, first, end + page_size / 2, page_size);
  if (plan.kind != KVAR_PLAN_NOTHING || size == 0)
    return plan;

  /* The row there is loaded, or there would have been a plan. */
  kvar_record_set_get_stretch (set, first, &stretch_start, &stretch_end);
  if (first - stretch_start >= MAX (page_size / 4, 1))
    return (KvarPlan) { KVAR_PLAN_NOTHING };
  if (stretch_start == 0)
    return (KvarPlan) { kvar_record_set_get_begun (set) ? KVAR_PLAN_NOTHING : KVAR_PLAN_AFTER };

  plan = (KvarPlan) { KVAR_PLAN_BEFORE, stretch_start, 0 };
  if (!kvar_record_set_get_stretch (set, stretch_start - 1, &stretch_start, &stretch_end))
    plan.room = stretch_end - stretch_start;

  return plan;
}
