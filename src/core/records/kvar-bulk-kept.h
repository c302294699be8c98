/* kvar-bulk-kept.h: A bulk job as it is written to the disk, and how it comes back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-bulk-job.h"

G_BEGIN_DECLS

const char      *kvar_bulk_kept_state_word (const KvarBulkRow   *row);
KvarBulkOutcome  kvar_bulk_kept_read_state (const char          *word,
                                            gboolean            *sent);
KvarKeptBulk    *kvar_bulk_kept_new        (KvarBulkJob         *job);
void             kvar_bulk_kept_mark_sent  (GPtrArray           *rows);
void             kvar_bulk_kept_note_edit  (KvarBulkJob         *job,
                                            const KvarBulkRow   *row);
KvarBulkJob     *kvar_bulk_job_new_kept    (KvarSession         *session,
                                            KvarTable           *table,
                                            const KvarKeptBulk  *kept);

G_END_DECLS
