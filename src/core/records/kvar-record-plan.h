/* kvar-record-plan.h: Decides which rows to ask for next, so that what is looked at is there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-record-set.h"

G_BEGIN_DECLS

typedef enum
{
  KVAR_PLAN_NOTHING,
  KVAR_PLAN_AFTER,    /* those behind the row before @position; the first ones at 0 */
  KVAR_PLAN_BEFORE,   /* those before the row at @position; the last ones at the end */
  KVAR_PLAN_AT,       /* those from @position on, by counting */
} KvarPlanKind;

typedef struct
{
  KvarPlanKind kind;
  guint        position;
  guint        room;      /* how many rows are missing there, as far as anybody knows */
} KvarPlan;

KvarPlan kvar_record_plan (KvarRecordSet *set,
                           guint          first,
                           guint          end,
                           guint          page_size);

G_END_DECLS
