/* kvar-draft-private.h: What a draft is made of, shared by its two halves.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

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
  GObject      parent_instance;

  KvarTable   *table;
  KvarRecord  *base;         /* (nullable) an own copy; NULL in the draft of a new record */
  KvarRecord  *theirs;       /* (nullable) what somebody else has saved meanwhile */
  GHashTable  *entries;      /* (element-type utf8 KvarDraftEntry) by column name */
  char        *insert_key;   /* (nullable) the key that a new record was sent with */
  gboolean     changed;
  guint        n_problems;
};

KvarDraftEntry *kvar_draft_find_entry       (KvarDraft      *self,
                                             KvarColumn     *column);
gboolean        kvar_draft_is_entry_changed (KvarDraft      *self,
                                             KvarColumn     *column,
                                             KvarDraftEntry *entry);

G_END_DECLS
