/* kvar-outbox-private.h: shared by the line and the deletes that may join it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-bulk-job.h"
#include "records/kvar-outbox.h"

G_BEGIN_DECLS

struct _KvarOutbox
{
  GObject         parent_instance;

  KvarSession    *session;
  KvarStore      *store;
  KvarDraftStore *drafts;
  char           *user_id;       /* (nullable) whose line this is; nobody's is not sent */

  KvarDraft      *sending;       /* (nullable) */
  GPtrArray      *snapshot;      /* (nullable) its changes, as they are being sent */
  GQueue          waiters;       /* (element-type GTask) of those who saved; data: the draft */
  GPtrArray      *deletes;       /* (element-type KvarDraft) that can be taken back */
  guint           delete_timer;  /* 0: there are none */
  KvarBulkJob    *delete_job;    /* (nullable) several deletes under way */
  GPtrArray      *batch;         /* (nullable) (element-type KvarDraft) what it is about */
  GRand          *rand;
  guint           retry_timer;   /* 0: the line is not held up */
  guint           n_failures;    /* in a row */

  guint           n_waiting;
  guint           n_parked;
};

/* kvar-outbox.c */
gint64     kvar_outbox_next_position  (KvarOutbox   *self);
void       kvar_outbox_send_next      (KvarOutbox   *self);
KvarDraft *kvar_outbox_end_sending    (KvarOutbox   *self);
void       kvar_outbox_sent           (KvarOutbox   *self,
                                       KvarRecord   *saved);
void       kvar_outbox_not_sent       (KvarOutbox   *self,
                                       const GError *error);
void       kvar_outbox_emit_deleted   (KvarOutbox   *self,
                                       KvarBulkJob  *job);

/* kvar-outbox-deletes.c */
void       kvar_outbox_forget_deletes (KvarOutbox   *self);
void       kvar_outbox_drop_job       (KvarOutbox   *self);
gboolean   kvar_outbox_is_sending     (KvarOutbox   *self,
                                       KvarDraft    *draft);
void       kvar_outbox_send_deletes   (KvarOutbox   *self);

G_END_DECLS
