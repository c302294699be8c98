/* kvar-bulk-bar.h: how far a change of many records is, and what became of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "records/kvar-bulk-job.h"

G_BEGIN_DECLS

#define KVAR_TYPE_BULK_BAR (kvar_bulk_bar_get_type ())

G_DECLARE_FINAL_TYPE (KvarBulkBar, kvar_bulk_bar, KVAR, BULK_BAR, AdwBin)

KvarBulkJob *kvar_bulk_bar_get_job (KvarBulkBar *self);
void         kvar_bulk_bar_set_job (KvarBulkBar *self,
                                    KvarBulkJob *job);
void         kvar_bulk_bar_set_n_deletes
                                   (KvarBulkBar *self,
                                    guint        n_deletes);

G_END_DECLS
