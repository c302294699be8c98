/* kvar-record-set-private.h: what the halves of the record set share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-record-set.h"

G_BEGIN_DECLS

/* Rows of which each is known to follow the one before it. */
typedef struct
{
  guint      start;
  GPtrArray *records;   /* (element-type KvarRecord), at least one */
} KvarRecordRun;

struct _KvarRecordSet
{
  KvarTable         *table;
  KvarRecordSetFunc  spliced;
  gpointer           user_data;

  guint              size;
  guint              n_loaded;
  gboolean           begun;         /* the first row is loaded, and none comes before it */
  gboolean           ended;         /* the same of the last */
  GPtrArray         *runs;          /* (element-type KvarRecordRun) in their order; whatever is
                                     * between two of them, there may be more than it seems */
  GHashTable        *by_identity;   /* (element-type utf8 KvarRecord) rows without one are not
                                     * in it */
  GHashTable        *awaited;       /* (element-type KvarRecord guint) weak: those handed out
                                     * for rows that have not come yet */
  GHashTable        *awaited_at;    /* (element-type guint KvarRecord) the same */
};

guint          kvar_record_set_find_run     (KvarRecordSet *self,
                                             guint          position);
KvarRecordRun *kvar_record_set_get_run      (KvarRecordSet *self,
                                             guint          index);
gboolean       kvar_record_set_find_record  (KvarRecordSet *self,
                                             KvarRecord    *record,
                                             guint         *position);
gboolean       kvar_record_set_is_gap       (KvarRecordSet *self,
                                             guint          position,
                                             guint          n_rows);
void           kvar_record_set_open         (KvarRecordSet *self,
                                             guint          position,
                                             guint          n_rows);
void           kvar_record_set_cut          (KvarRecordSet *self,
                                             guint          position,
                                             guint          n_rows);
void           kvar_record_set_fill         (KvarRecordSet *self,
                                             guint          position,
                                             gpointer      *records,
                                             guint          n_records);
void           kvar_record_set_join         (KvarRecordSet *self,
                                             guint          first,
                                             guint          last);
KvarRecord    *kvar_record_set_get_awaited  (KvarRecordSet *self,
                                             guint          position);
void           kvar_record_set_note_identity
                                            (KvarRecordSet *self,
                                             KvarRecord    *record);
KvarRecord    *kvar_record_set_lookup       (KvarRecordSet *self,
                                             const char    *identity);

static inline guint
kvar_record_run_get_end (KvarRecordRun *run)
{
  return run->start + run->records->len;
}

static inline void
kvar_record_set_emit (KvarRecordSet *self,
                      guint          position,
                      guint          n_removed,
                      guint          n_added)
{
  if (n_removed > 0 || n_added > 0)
    self->spliced (position, n_removed, n_added, self->user_data);
}

G_END_DECLS
