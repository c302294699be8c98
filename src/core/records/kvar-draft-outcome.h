/* kvar-draft-outcome.h: What became of a draft when it was last saved.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "journal/kvar-own-edit.h"
#include "records/kvar-draft.h"

G_BEGIN_DECLS

void               kvar_draft_note_outcome       (KvarDraft   *self,
                                                  KvarRecord  *begun_on,
                                                  KvarRecord  *saved,
                                                  GPtrArray   *sent,
                                                  KvarOwnEdit *edit);
void               kvar_draft_forget_outcome     (KvarDraft   *self);
gboolean           kvar_draft_is_set_by_server   (KvarDraft   *self,
                                                  KvarColumn  *column);
guint              kvar_draft_get_n_combined     (KvarDraft   *self);
const KvarOwnEdit *kvar_draft_get_last_edit      (KvarDraft   *self);

G_END_DECLS
