/* kvar-merge.h: Puts together what two people did to the same record.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-draft.h"

G_BEGIN_DECLS

typedef enum
{
  KVAR_MERGE_SAME,      /* neither side changed it, or both did alike */
  KVAR_MERGE_MINE,      /* only this side changed it */
  KVAR_MERGE_THEIRS,    /* only the other side changed it */
  KVAR_MERGE_CONFLICT,  /* both did, differently */
} KvarMergeSide;

KvarMergeSide kvar_merge_judge (KvarDraft     *draft,
                                KvarRecord    *theirs,
                                KvarColumn    *column);
guint         kvar_merge_count (KvarDraft     *draft,
                                KvarRecord    *theirs,
                                KvarMergeSide  side);

G_END_DECLS
