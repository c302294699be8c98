/* kvar-draft-others.h: the records that keep a draft from being saved or deleted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-draft.h"
#include "routes/kvar-route.h"
#include "schema/kvar-schema.h"

G_BEGIN_DECLS

KvarRoute *kvar_draft_new_route_to_others  (KvarDraft  *self,
                                            KvarSchema *schema);
KvarTable *kvar_draft_find_referring_table (KvarDraft  *self,
                                            KvarSchema *schema);

G_END_DECLS
