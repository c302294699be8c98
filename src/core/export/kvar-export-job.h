/* kvar-export-job.h: One export, from the first page to the finished file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "export/kvar-file-format.h"
#include "kvar-errand.h"
#include "records/kvar-query.h"
#include "schema/kvar-table.h"
#include "session/kvar-session.h"

G_BEGIN_DECLS

#define KVAR_TYPE_EXPORT_JOB (kvar_export_job_get_type ())

G_DECLARE_FINAL_TYPE (KvarExportJob, kvar_export_job, KVAR, EXPORT_JOB, GObject)

KvarExportJob   *kvar_export_job_new          (KvarSession          *session,
                                               KvarTable            *table,
                                               KvarQuery            *query,
                                               const char *const    *columns,
                                               KvarFileFormat        format,
                                               GFile                *target);
KvarExportJob   *kvar_export_job_new_for_fd   (KvarSession          *session,
                                               KvarTable            *table,
                                               KvarQuery            *query,
                                               const char *const    *columns,
                                               KvarFileFormat        format,
                                               int                   fd);
KvarExportJob   *kvar_export_job_new_again    (KvarExportJob        *job);
void             kvar_export_job_run_async    (KvarExportJob        *self,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean         kvar_export_job_run_finish   (KvarExportJob        *self,
                                               GAsyncResult         *result,
                                               GError              **error);
void             kvar_export_job_cancel       (KvarExportJob        *self);
void             kvar_export_job_suspend      (KvarExportJob        *self);
void             kvar_export_job_set_origin   (KvarExportJob        *self,
                                               const char           *origin);
void             kvar_export_job_set_resumes  (KvarExportJob        *self,
                                               gboolean              resumes);
void             kvar_export_job_set_keys     (KvarExportJob        *self,
                                               const char *const    *keys);
void             kvar_export_job_set_titled   (KvarExportJob        *self,
                                               gboolean              titled);
void             kvar_export_job_resume_by_name
                                              (KvarExportJob        *self);
void             kvar_export_job_set_commit_every
                                              (KvarExportJob        *self,
                                               gint64                interval);
KvarTable       *kvar_export_job_get_table    (KvarExportJob        *self);
gboolean         kvar_export_job_get_resumed  (KvarExportJob        *self);
KvarErrandState  kvar_export_job_get_state    (KvarExportJob        *self);
guint64          kvar_export_job_get_rows     (KvarExportJob        *self);
gint64           kvar_export_job_get_total    (KvarExportJob        *self);
gint64           kvar_export_job_get_elapsed  (KvarExportJob        *self);
gint64           kvar_export_job_get_time_left
                                              (KvarExportJob        *self);
const char      *kvar_export_job_get_title    (KvarExportJob        *self);
GFile           *kvar_export_job_get_file     (KvarExportJob        *self);
const GError    *kvar_export_job_get_error    (KvarExportJob        *self);
const char      *kvar_export_job_get_note     (KvarExportJob        *self);

G_END_DECLS
