/* kvar-bulk-text.h: what is done to many records, and what became of it, in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-bulk-job.h"

G_BEGIN_DECLS

char *kvar_bulk_text_progress (KvarBulkJob *job);
char *kvar_bulk_text_result   (KvarBulkJob *job);
char *kvar_bulk_text_cut_off  (KvarBulkJob *job);

G_END_DECLS
