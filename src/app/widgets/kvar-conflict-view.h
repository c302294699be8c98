/* kvar-conflict-view.h: what somebody else saved beside what was typed here
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kvar-workspace.h"

G_BEGIN_DECLS

/* So often a record may change underneath before that is worth a word of its own. */
#define KVAR_CONFLICT_VIEW_MAX_ROUNDS 3

#define KVAR_TYPE_CONFLICT_VIEW (kvar_conflict_view_get_type ())

G_DECLARE_FINAL_TYPE (KvarConflictView, kvar_conflict_view, KVAR, CONFLICT_VIEW, AdwBin)

void     kvar_conflict_view_show          (KvarConflictView *self,
                                           KvarDraft        *draft,
                                           KvarWorkspace    *workspace,
                                           guint             n_rounds);
void     kvar_conflict_view_focus         (KvarConflictView *self);
gboolean kvar_conflict_view_show_problems (KvarConflictView *self);
gboolean kvar_conflict_view_apply         (KvarConflictView *self);
void     kvar_conflict_view_clear         (KvarConflictView *self);

G_END_DECLS
