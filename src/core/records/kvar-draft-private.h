/* kvar-draft-private.h: What a draft is made of, shared by its two halves.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "journal/kvar-own-edit.h"
#include "records/kvar-draft.h"

G_BEGIN_DECLS

typedef struct
{
  char      *input;      /* (nullable) exactly as typed; NULL if the value was chosen */
  KvarValue *value;      /* (nullable) NULL if what was typed cannot be read */
  char      *problem;    /* (nullable) a sentence */
} KvarDraftEntry;

struct _KvarDraft
{
  GObject         parent_instance;

  KvarTable      *table;
  KvarRecord     *base;         /* (nullable) an own copy; NULL in the draft of a new record */
  KvarRecord     *theirs;       /* (nullable) what somebody else has saved meanwhile */
  GHashTable     *entries;      /* (element-type utf8 KvarDraftEntry) by column name */
  GVariant       *lost;         /* (nullable) what was typed into columns that have vanished */
  gboolean        changed;
  guint           n_problems;

  /* kvar-draft-queue.c */
  KvarDraftState  state;
  GPtrArray      *queued;       /* (nullable) (element-type KvarChange) */
  gint64          position;
  GError         *attention;    /* (nullable) */
  gboolean        deletes;
  gboolean        delete_queued;  /* it is more than a wish that can be taken back */
  char           *insert_key;   /* (nullable) the key that a new record is sent with */
  gboolean        insert_sent;  /* a new record may have been sent, its answer isn't known */
  gboolean        unseen;       /* it is to be added without being read */

  /* kvar-draft-outcome.c */
  GHashTable     *set_by_server; /* (element-type utf8) names of columns */
  guint           n_combined;
  KvarOwnEdit    *last_edit;    /* (nullable) */

  /* kvar-draft-kept.c */
  char           *id;
  gboolean        kept;
  gboolean        restored;
  gint64          began_at;
  gint64          changed_at;

  /* The draft store's. */
  char           *key;          /* (nullable) its record's, as routes have it */
  gboolean        apart;
  gboolean        on_disk;      /* or on the way there */
  char           *discarded_id; /* (nullable) what was last discarded here, for Undo */
};

enum {
  KVAR_DRAFT_PROP_BASE = 1,
  KVAR_DRAFT_PROP_THEIRS,
  KVAR_DRAFT_PROP_CHANGED,
  KVAR_DRAFT_PROP_N_PROBLEMS,
  KVAR_DRAFT_PROP_STATE,
  KVAR_DRAFT_PROP_KEPT,
  KVAR_DRAFT_PROP_RESTORED,
  KVAR_DRAFT_N_PROPS
};

/* kvar-draft.c */
void            kvar_draft_update_all       (KvarDraft           *self);
KvarDraftEntry *kvar_draft_find_entry       (KvarDraft           *self,
                                             KvarColumn          *column);
gboolean        kvar_draft_is_entry_changed (KvarDraft           *self,
                                             KvarColumn          *column,
                                             KvarDraftEntry      *entry);
void            kvar_draft_put_base         (KvarDraft           *self,
                                             KvarRecord          *base,
                                             GPtrArray           *sent);
void            kvar_draft_notify           (KvarDraft           *self,
                                             guint                property);
void            kvar_draft_touch            (KvarDraft           *self);

/* kvar-draft-changes.c */
KvarChange     *kvar_draft_change_new       (KvarColumn          *column,
                                             KvarValue           *value);
GPtrArray      *kvar_draft_changes_new      (void);

/* kvar-draft-queue.c */
void            kvar_draft_leave_queue      (KvarDraft           *self);

/* kvar-draft-kept.c */
void            kvar_draft_note_time        (KvarDraft           *self,
                                             gint64               now);
void            kvar_draft_set_restored     (KvarDraft           *self,
                                             gboolean             restored);
KvarKeptDraft  *kvar_draft_keep             (KvarDraft           *self);
void            kvar_draft_restore          (KvarDraft           *self,
                                             const KvarKeptDraft *kept);
void            kvar_draft_set_table        (KvarDraft           *self,
                                             KvarTable           *table);

G_END_DECLS
