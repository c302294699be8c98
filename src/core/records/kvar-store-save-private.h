/* kvar-store-save-private.h: What updates and inserts share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-body.h"
#include "records/kvar-record-load.h"
#include "records/kvar-selection.h"
#include "records/kvar-store-save.h"

G_BEGIN_DECLS

/* How often a row that changed underneath, or an answer that was lost, is tried again. */
#define KVAR_SAVE_MAX_TRIES 3

typedef void (*KvarSaveStep) (GTask *task);

typedef struct
{
  KvarDraftStore *drafts;           /* (nullable) where the draft is kept on disk */
  char           *user_id;          /* (nullable) who saves */
  KvarSaveStep    next;             /* what comes when it is there */
  KvarDraft      *draft;
  GPtrArray      *sent;             /* (element-type KvarChange) of the request under way */
  char          **key;              /* (nullable) of the row that is read again */
  guint           n_tries;
  gboolean        answer_was_lost;  /* of an earlier request of this save, or of the one before */
  gboolean        lost_before;      /* an answer to an earlier save, which may have sent less */
  gboolean        rebased;          /* on a row that was read again: what it has is saved */
  gboolean        hears_whole;      /* the answer brings the whole row */
  gboolean        key_is_typed;     /* by a person: a row that bears it may be somebody else's */
  KvarRecord     *begun_on;         /* (nullable) what the draft was based on at first */
  KvarRecord     *so_far;           /* (nullable) what is known of a wide row that is saved */
  KvarRecord     *saved;            /* (nullable) what the server has, when all is done */
  GError         *lost;             /* (nullable) what to say if the truth cannot be found out */
} KvarSave;

/* kvar-store-save.c */
void          kvar_save_next              (GTask               *task);
KvarSession  *kvar_save_get_session       (GTask               *task);
gboolean      kvar_save_return_if_left    (GTask               *task);
void          kvar_save_to_disk           (GTask               *task,
                                           KvarSaveStep         next);
void          kvar_save_read_row          (GTask               *task,
                                           GAsyncReadyCallback  callback);
void          kvar_save_finish            (GTask               *task,
                                           KvarRecord          *saved);
void          kvar_save_finish_unseen     (GTask               *task);
KvarBody     *kvar_save_make_body         (KvarSave            *save);
KvarSelection *
              kvar_save_make_selection    (KvarSave            *save,
                                           KvarSelectFlags      flags);
gboolean      kvar_save_has_our_values    (KvarSave            *save,
                                           KvarRecord          *row);
gboolean      kvar_save_may_have_happened (const GError        *error);
void          kvar_save_complete          (GTask               *task,
                                           KvarRecord          *part);
KvarRecord   *kvar_save_read_saved        (KvarSave            *save,
                                           KvarSession         *session,
                                           GAsyncResult        *result,
                                           KvarSelectFlags      flags,
                                           GError             **error);

/* kvar-store-default.c */
void          kvar_save_try_defaults      (GTask               *task,
                                           KvarSaveStep         next);
gboolean      kvar_save_check_defaults    (KvarSave            *save,
                                           KvarReply           *reply,
                                           GError             **error);

/* kvar-store-insert.c */
void          kvar_save_begin_insert      (GTask               *task);

G_END_DECLS
