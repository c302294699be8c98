/* kvar-row-mark.h: what a list says of a row that was edited
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-save-state.h"

G_BEGIN_DECLS

typedef enum
{
  KVAR_ROW_MARK_NONE,
  KVAR_ROW_MARK_DRAFT,       /* typed some other time, and kept here */
  KVAR_ROW_MARK_EDITED,      /* being typed, saved when the row is left */
  KVAR_ROW_MARK_PROBLEM,     /* something in it cannot be saved as it is */
  KVAR_ROW_MARK_CONFLICT,    /* somebody else has changed the same */
  KVAR_ROW_MARK_ATTENTION,   /* the server did not take it */
  KVAR_ROW_MARK_SAVING,
  KVAR_ROW_MARK_OFFLINE,
  KVAR_ROW_MARK_SIGN_IN,
  KVAR_ROW_MARK_DELETING,
  KVAR_ROW_MARK_NO_MATCH,    /* saved, and no longer among what the list asks for */
  KVAR_ROW_MARK_SAVED,
} KvarRowMark;

typedef struct
{
  KvarSaveState save;
  gboolean      here;        /* it was edited in this list, since it was saved */
  gboolean      conflict;
  guint         n_problems;
  gboolean      no_match;
} KvarRowFacts;

KvarRowMark  kvar_row_mark_choose   (const KvarRowFacts *facts);
const char  *kvar_row_mark_get_word (KvarRowMark         mark);
const char  *kvar_row_mark_get_icon (KvarRowMark         mark);

G_END_DECLS
