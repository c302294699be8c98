/* kvar-bulk-job-private.h: shared by a bulk job and what runs it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-bulk-job.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *rows;       /* (element-type KvarBulkRow) borrowed from the job */
  gboolean   reads;      /* what has become of it has to be read */
  gboolean   lost;       /* since its answer is lost */
  gboolean   unheard;    /* the server may not name the rows that it changes */
  guint      n_tries;
} KvarBulkChunk;

struct _KvarBulkJob
{
  GObject         parent_instance;

  KvarSession    *session;
  KvarDraftStore *drafts;        /* (nullable) where what was changed is noted */
  KvarStore      *store;         /* (nullable) that tells who shows the rows */
  KvarTable      *table;
  KvarColumn     *column;        /* (nullable) the rows are deleted */
  GPtrArray      *rows;
  char           *user_id;       /* as whom it is done */
  char           *note_id;       /* (nullable) a uuid: by which the disk knows it */
  gint64          began_at;      /* µs since 1970 */
  GQueue          chunks;        /* (element-type KvarBulkChunk) that are left */
  KvarBulkChunk  *chunk;         /* (nullable) under way */
  GError         *refusal;       /* (nullable) the first one */
  KvarBulkState   state;
  guint           counts[KVAR_BULK_N_OUTCOMES];
  guint           n_refusals;    /* in a row */
  guint           n_failures;
  guint           retry_timer;
  gboolean        undoes;
  gboolean        looks;         /* only at what became of what was sent before it was cut off */
  gboolean        cancelled;
  gboolean        lenient;       /* the server knows no max-affected */
};

/* kvar-bulk-job.c */
void kvar_bulk_job_set_state       (KvarBulkJob   *self,
                                    KvarBulkState  state);
void kvar_bulk_job_notify_progress (KvarBulkJob   *self);

/* kvar-bulk-run.c */
void kvar_bulk_run_begin           (KvarBulkJob   *self);
void kvar_bulk_run_look            (KvarBulkJob   *self);
void kvar_bulk_run_hurry           (KvarBulkJob   *self);
void kvar_bulk_run_cancel          (KvarBulkJob   *self);
void kvar_bulk_run_clear           (KvarBulkJob   *self);

G_END_DECLS
