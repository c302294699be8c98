/* kvar-outbox.h: Saves that wait for a server or a session, sent in order and once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-draft-store.h"
#include "records/kvar-store.h"

G_BEGIN_DECLS

/* How long a delete can be taken back, in microseconds. */
#define KVAR_OUTBOX_DELETE_AFTER (30 * G_USEC_PER_SEC)

#define KVAR_TYPE_OUTBOX (kvar_outbox_get_type ())

G_DECLARE_FINAL_TYPE (KvarOutbox, kvar_outbox, KVAR, OUTBOX, GObject)

KvarOutbox *kvar_outbox_new             (KvarSession          *session,
                                         KvarStore            *store,
                                         KvarDraftStore       *drafts);
void        kvar_outbox_set_user        (KvarOutbox           *self,
                                         const char           *user_id);

guint       kvar_outbox_get_n_waiting   (KvarOutbox           *self);
guint       kvar_outbox_get_n_parked    (KvarOutbox           *self);
KvarDraft  *kvar_outbox_get_sending     (KvarOutbox           *self);
gboolean    kvar_outbox_get_held_up     (KvarOutbox           *self);

void        kvar_outbox_save_async      (KvarOutbox           *self,
                                         KvarDraft            *draft,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
KvarRecord *kvar_outbox_save_finish     (KvarOutbox           *self,
                                         GAsyncResult         *result,
                                         GError              **error);

void        kvar_outbox_begin_deletes   (KvarOutbox           *self,
                                         GPtrArray            *drafts);
guint       kvar_outbox_undo_deletes    (KvarOutbox           *self);
gboolean    kvar_outbox_undo_delete     (KvarOutbox           *self,
                                         KvarDraft            *draft);
void        kvar_outbox_commit_deletes  (KvarOutbox           *self);

void        kvar_outbox_retry           (KvarOutbox           *self,
                                         KvarDraft            *draft);
void        kvar_outbox_discard         (KvarOutbox           *self,
                                         KvarDraft            *draft);
guint       kvar_outbox_send_all        (KvarOutbox           *self);
void        kvar_outbox_hurry           (KvarOutbox           *self);

G_END_DECLS
