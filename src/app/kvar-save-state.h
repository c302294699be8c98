/* kvar-save-state.h: in which words a form says where its text is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-draft.h"

G_BEGIN_DECLS

typedef enum
{
  KVAR_SAVE_STATE_NONE,       /* nothing was typed, nothing was saved */
  KVAR_SAVE_STATE_DRAFT,      /* typed and kept here */
  KVAR_SAVE_STATE_SAVING,     /* on its way */
  KVAR_SAVE_STATE_OFFLINE,    /* kept here until there is a server */
  KVAR_SAVE_STATE_SIGN_IN,    /* kept here until somebody has signed in */
  KVAR_SAVE_STATE_ATTENTION,  /* refused, and kept here */
  KVAR_SAVE_STATE_DELETING,   /* waits to be deleted, can be taken back */
  KVAR_SAVE_STATE_SAVED,      /* the server has it */
  KVAR_SAVE_STATE_AS_OF,      /* as the server had it some time ago */
} KvarSaveState;

typedef struct
{
  KvarDraftState draft;
  gboolean       changed;
  gboolean       deletes;
  gboolean       usable;      /* somebody is signed in */
  gboolean       held_up;     /* the line waits for a server */
  gboolean       was_saved;   /* since the page showed the record */
  gboolean       from_cache;  /* the server has not been heard yet */
} KvarSaveFacts;

KvarSaveState kvar_save_state_choose (const KvarSaveFacts *facts);

G_END_DECLS
