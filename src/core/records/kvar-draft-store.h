/* kvar-draft-store.h: Every record's one draft in this process, and a list of the changed ones.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "records/kvar-draft.h"

G_BEGIN_DECLS

#define KVAR_TYPE_DRAFT_STORE (kvar_draft_store_get_type ())

G_DECLARE_FINAL_TYPE (KvarDraftStore, kvar_draft_store, KVAR, DRAFT_STORE, GObject)

KvarDraftStore *kvar_draft_store_new    (void);
KvarDraft      *kvar_draft_store_open   (KvarDraftStore *self,
                                         KvarTable      *table,
                                         const char     *key,
                                         KvarRecord     *base);
KvarDraft      *kvar_draft_store_lookup (KvarDraftStore *self,
                                         const char     *table,
                                         const char     *key);
void            kvar_draft_store_rekey  (KvarDraftStore *self,
                                         KvarDraft      *draft,
                                         const char     *key);

G_END_DECLS
