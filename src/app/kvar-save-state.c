/* kvar-save-state.c: decides in which words a form says where its text is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-save-state.h"

/**
 * kvar_save_state_choose:
 *
 * "Saved" is said of what the server has and of nothing else.
 */
KvarSaveState
kvar_save_state_choose (const KvarSaveFacts *facts)
{
  if (facts->deletes)
    return KVAR_SAVE_STATE_DELETING;

  switch (facts->draft)
    {
    case KVAR_DRAFT_PARKED:
      return KVAR_SAVE_STATE_ATTENTION;

    case KVAR_DRAFT_QUEUED:
      if (!facts->usable)
        return KVAR_SAVE_STATE_SIGN_IN;

      return facts->held_up ? KVAR_SAVE_STATE_OFFLINE : KVAR_SAVE_STATE_SAVING;

    case KVAR_DRAFT_OPEN:
    default:
      break;
    }

  if (facts->changed)
    return KVAR_SAVE_STATE_DRAFT;

  if (facts->was_saved)
    return KVAR_SAVE_STATE_SAVED;

  return facts->from_cache ? KVAR_SAVE_STATE_AS_OF : KVAR_SAVE_STATE_NONE;
}
