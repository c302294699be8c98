/* kvar-conflict-view.h: what somebody else saved beside what was typed here
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "records/kvar-draft.h"

G_BEGIN_DECLS

#define KVAR_TYPE_CONFLICT_VIEW (kvar_conflict_view_get_type ())

G_DECLARE_FINAL_TYPE (KvarConflictView, kvar_conflict_view, KVAR, CONFLICT_VIEW, AdwBin)

void     kvar_conflict_view_show  (KvarConflictView *self,
                                   KvarDraft        *draft,
                                   KvarRecord       *theirs);
void     kvar_conflict_view_clear (KvarConflictView *self);
gboolean kvar_conflict_view_apply (KvarConflictView *self);

G_END_DECLS
