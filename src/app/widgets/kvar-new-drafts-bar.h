/* kvar-new-drafts-bar.h: new records of a table that are typed and not saved yet
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kvar-row-edits.h"
#include "records/kvar-draft-store.h"

G_BEGIN_DECLS

#define KVAR_TYPE_NEW_DRAFTS_BAR (kvar_new_drafts_bar_get_type ())

G_DECLARE_FINAL_TYPE (KvarNewDraftsBar, kvar_new_drafts_bar, KVAR, NEW_DRAFTS_BAR, AdwBin)

void kvar_new_drafts_bar_set_table (KvarNewDraftsBar *self,
                                    KvarDraftStore   *drafts,
                                    KvarTable        *table);
void kvar_new_drafts_bar_set_edits (KvarNewDraftsBar *self,
                                    KvarRowEdits     *edits);

G_END_DECLS
