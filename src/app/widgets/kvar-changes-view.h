/* kvar-changes-view.h: what a draft changes, field by field
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "records/kvar-draft.h"

G_BEGIN_DECLS

#define KVAR_TYPE_CHANGES_VIEW (kvar_changes_view_get_type ())

G_DECLARE_FINAL_TYPE (KvarChangesView, kvar_changes_view, KVAR, CHANGES_VIEW, AdwBin)

void kvar_changes_view_set_draft (KvarChangesView *self,
                                  KvarDraft       *draft);

G_END_DECLS
