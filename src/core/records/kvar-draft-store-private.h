/* kvar-draft-store-private.h: What a draft store is made of, shared by its parts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-draft-private.h"
#include "records/kvar-draft-store.h"

G_BEGIN_DECLS

struct _KvarDraftStore
{
  GObject      parent_instance;

  KvarJournal *journal;     /* (nullable) without one, drafts live as long as the process */
  KvarClock   *clock;
  KvarSchema  *schema;      /* (nullable) until it is known */
  GHashTable  *drafts;      /* (element-type utf8 KvarDraft) by place; not owned */
  GPtrArray   *kept;        /* (element-type KvarDraft) the newest last; these are kept alive */
  gboolean     restoring;   /* what changes now is on the disk already */

  /* kvar-draft-store-bulks.c */
  GHashTable  *bulks;       /* (element-type utf8) ids of those that this process has begun */

  /* kvar-draft-store-load.c */
  gboolean     loaded;      /* there is nothing, or nothing more, to wait for */
  GPtrArray   *waiting;     /* (element-type KvarKeptDraft) until their tables are known */
  GPtrArray   *discarded;   /* (element-type KvarKeptDraft) the newest last */

  /* kvar-draft-store-write.c */
  GHashTable  *dirty;       /* (element-type KvarDraft) whose state is not on the disk */
  GHashTable  *gone;        /* (element-type utf8) ids that are still on the disk */
  GPtrArray   *edits;       /* (element-type KvarOwnEdit) that are not yet on the disk */
  GPtrArray   *discards;    /* (element-type KvarKeptDraft) that are not yet on the disk */
  guint        n_writes;    /* under way */
  guint        timer;
  gint64       deadline;    /* by boot time: when what is dirty must be on its way */
  guint        n_failures;  /* one after the other */
  GError      *problem;     /* (nullable) why the last write has failed */
};

/* kvar-draft-store.c */
void       kvar_draft_store_list          (KvarDraftStore      *self,
                                           KvarDraft           *draft);
void       kvar_draft_store_place         (KvarDraftStore      *self,
                                           KvarDraft           *draft,
                                           const char          *key,
                                           gboolean             apart);
void       kvar_draft_store_notify_loaded (KvarDraftStore      *self);
void       kvar_draft_store_notify_problem
                                          (KvarDraftStore      *self);

/* kvar-draft-store-write.c */
void       kvar_draft_store_mark_dirty    (KvarDraftStore      *self,
                                           KvarDraft           *draft);
void       kvar_draft_store_mark_gone     (KvarDraftStore      *self,
                                           const char          *id);
void       kvar_draft_store_mark_discard  (KvarDraftStore      *self,
                                           const KvarKeptDraft *kept);
void       kvar_draft_store_stop_writing  (KvarDraftStore      *self);

G_END_DECLS
