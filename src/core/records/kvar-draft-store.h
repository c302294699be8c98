/* kvar-draft-store.h: Every record's one draft in this process, kept on disk while it is changed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "journal/kvar-journal.h"
#include "kvar-clock.h"
#include "records/kvar-draft.h"
#include "schema/kvar-schema.h"

G_BEGIN_DECLS

#define KVAR_TYPE_DRAFT_STORE (kvar_draft_store_get_type ())

G_DECLARE_FINAL_TYPE (KvarDraftStore, kvar_draft_store, KVAR, DRAFT_STORE, GObject)

KvarDraftStore *kvar_draft_store_new            (KvarJournal          *journal,
                                                 KvarClock            *clock);
void            kvar_draft_store_set_journal    (KvarDraftStore       *self,
                                                 KvarJournal          *journal);
void            kvar_draft_store_set_schema     (KvarDraftStore       *self,
                                                 KvarSchema           *schema);

/* Finding a record's draft. */
KvarDraft      *kvar_draft_store_open           (KvarDraftStore       *self,
                                                 KvarTable            *table,
                                                 const char           *key,
                                                 KvarRecord           *base);
KvarDraft      *kvar_draft_store_begin_new      (KvarDraftStore       *self,
                                                 KvarTable            *table);
KvarDraft      *kvar_draft_store_lookup         (KvarDraftStore       *self,
                                                 const char           *table,
                                                 const char           *key);
KvarDraft      *kvar_draft_store_lookup_id      (KvarDraftStore       *self,
                                                 const char           *id);
void            kvar_draft_store_rekey          (KvarDraftStore       *self,
                                                 KvarDraft            *draft,
                                                 const char           *key);

/* What an earlier run of Kvar has left. */
void            kvar_draft_store_load_async     (KvarDraftStore       *self,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean        kvar_draft_store_load_finish    (KvarDraftStore       *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
gboolean        kvar_draft_store_get_loaded     (KvarDraftStore       *self);
GPtrArray      *kvar_draft_store_list_lost      (KvarDraftStore       *self);
GPtrArray      *kvar_draft_store_list_discarded (KvarDraftStore       *self);
KvarDraft      *kvar_draft_store_restore        (KvarDraftStore       *self,
                                                 const char           *id);
gboolean        kvar_draft_store_undo_discard   (KvarDraftStore       *self,
                                                 KvarDraft            *draft);
void            kvar_draft_store_discard_lost   (KvarDraftStore       *self,
                                                 const char           *relation);

/* What was saved. */
void            kvar_draft_store_note_edit      (KvarDraftStore       *self,
                                                 const KvarOwnEdit    *edit);
void            kvar_draft_store_list_edits_async
                                                (KvarDraftStore       *self,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
GPtrArray      *kvar_draft_store_list_edits_finish
                                                (KvarDraftStore       *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

/* Changes of many records, until they have ended. */
void            kvar_draft_store_note_bulk_async
                                                (KvarDraftStore       *self,
                                                 KvarKeptBulk         *bulk,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean        kvar_draft_store_note_bulk_finish
                                                (KvarDraftStore       *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
gboolean        kvar_draft_store_claim_bulk     (KvarDraftStore       *self,
                                                 const char           *id);
void            kvar_draft_store_drop_bulk      (KvarDraftStore       *self,
                                                 const char           *id);
void            kvar_draft_store_list_bulks_async
                                                (KvarDraftStore       *self,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
GPtrArray      *kvar_draft_store_list_bulks_finish
                                                (KvarDraftStore       *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);

/* What goes to the disk. */
void            kvar_draft_store_flush_async    (KvarDraftStore       *self,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean        kvar_draft_store_flush_finish   (KvarDraftStore       *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
const GError   *kvar_draft_store_get_problem    (KvarDraftStore       *self);
const char     *kvar_draft_store_get_set_aside  (KvarDraftStore       *self);

G_END_DECLS
