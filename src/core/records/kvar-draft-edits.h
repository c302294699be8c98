/* kvar-draft-edits.h: Makes an own edit of what was saved, and takes one back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "journal/kvar-own-edit.h"
#include "records/kvar-draft.h"

G_BEGIN_DECLS

KvarOwnEdit *kvar_draft_make_edit (KvarDraft         *self,
                                   KvarRecord        *saved,
                                   GPtrArray         *sent);
gboolean     kvar_draft_undo_edit (KvarDraft         *self,
                                   const KvarOwnEdit *edit);

G_END_DECLS
