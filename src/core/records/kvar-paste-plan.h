/* kvar-paste-plan.h: What pasted rows will become, before anything is kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-draft.h"

G_BEGIN_DECLS

typedef struct
{
  guint       row;        /* as it was pasted, from 1 */
  KvarColumn *column;
  char       *sentence;
} KvarPasteProblem;

typedef struct
{
  KvarTable *table;
  GPtrArray *columns;     /* (element-type KvarColumn) of the cells; NULL for what is left out */
  GPtrArray *rows;        /* (element-type GStrv) */
  GPtrArray *problems;    /* (element-type KvarPasteProblem) */
  guint      n_bad;       /* how many rows have problems */
  gboolean   has_titles;  /* the first row names the columns, and is none of rows */
} KvarPastePlan;

KvarPastePlan *kvar_paste_plan_new    (KvarTable      *table,
                                       GPtrArray      *shown,
                                       GPtrArray      *rows);
void           kvar_paste_plan_free   (KvarPastePlan  *self);
void           kvar_paste_plan_check  (KvarPastePlan  *self);
gboolean       kvar_paste_plan_fill   (KvarPastePlan  *self,
                                       guint           row,
                                       KvarDraft      *draft);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarPastePlan, kvar_paste_plan_free)

G_END_DECLS
