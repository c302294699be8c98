/* kvar-bulk-job.h: Many rows changed, or deleted, in a few requests.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-bulk-plan.h"
#include "records/kvar-draft-store.h"
#include "records/kvar-store.h"
#include "session/kvar-session.h"

G_BEGIN_DECLS

typedef enum
{
  KVAR_BULK_READY,
  KVAR_BULK_RUNNING,
  KVAR_BULK_WAITING,     /* for the server, or for somebody to sign in; goes on by itself */
  KVAR_BULK_FINISHED,    /* all rows, or as many as there were until it was stopped */
  KVAR_BULK_CUT_OFF,     /* an earlier run of Kvar has ended in its midst; can be started again */
} KvarBulkState;

#define KVAR_TYPE_BULK_JOB (kvar_bulk_job_get_type ())

G_DECLARE_FINAL_TYPE (KvarBulkJob, kvar_bulk_job, KVAR, BULK_JOB, GObject)

KvarBulkJob   *kvar_bulk_job_new         (KvarSession     *session,
                                          KvarTable       *table,
                                          KvarColumn      *column,
                                          GPtrArray       *rows);
void           kvar_bulk_job_set_drafts  (KvarBulkJob     *self,
                                          KvarDraftStore  *drafts);
void           kvar_bulk_job_set_store   (KvarBulkJob     *self,
                                          KvarStore       *store);
KvarBulkJob   *kvar_bulk_job_new_undo    (KvarBulkJob     *self);
KvarTable     *kvar_bulk_job_get_table   (KvarBulkJob     *self);
gboolean       kvar_bulk_job_get_deletes (KvarBulkJob     *self);
gboolean       kvar_bulk_job_get_undoes  (KvarBulkJob     *self);
KvarBulkState  kvar_bulk_job_get_state   (KvarBulkJob     *self);
const char    *kvar_bulk_job_get_note_id (KvarBulkJob     *self);
GPtrArray     *kvar_bulk_job_get_rows    (KvarBulkJob     *self);
guint          kvar_bulk_job_count       (KvarBulkJob     *self,
                                          KvarBulkOutcome  outcome);
const GError  *kvar_bulk_job_get_refusal (KvarBulkJob     *self);
void           kvar_bulk_job_start       (KvarBulkJob     *self);
void           kvar_bulk_job_look        (KvarBulkJob     *self);
void           kvar_bulk_job_cancel      (KvarBulkJob     *self);

G_END_DECLS
