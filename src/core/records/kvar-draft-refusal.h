/* kvar-draft-refusal.h: what the server has against a draft, placed at its fields
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-draft.h"

G_BEGIN_DECLS

KvarColumn *kvar_draft_take_refusal  (KvarDraft    *self,
                                      const GError *error);
gboolean    kvar_draft_may_be_unseen (KvarDraft    *self);
gboolean    kvar_draft_is_denied     (KvarDraft    *self);

G_END_DECLS
