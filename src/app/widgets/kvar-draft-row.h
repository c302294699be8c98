/* kvar-draft-row.h: one draft: whose it is, what became of it, and what can be done with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "records/kvar-outbox.h"

G_BEGIN_DECLS

#define KVAR_TYPE_DRAFT_ROW (kvar_draft_row_get_type ())

G_DECLARE_FINAL_TYPE (KvarDraftRow, kvar_draft_row, KVAR, DRAFT_ROW, GtkListBoxRow)

GtkWidget *kvar_draft_row_new       (KvarDraft    *draft,
                                     KvarOutbox   *outbox);
KvarDraft *kvar_draft_row_get_draft (KvarDraftRow *self);

char      *kvar_draft_row_dup_title (KvarDraft    *draft);

G_END_DECLS
