/* kvar-record-print.h: a record on paper, or in a PDF
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "records/kvar-draft.h"

G_BEGIN_DECLS

typedef struct _KvarRecordPrint KvarRecordPrint;

KvarRecordPrint   *kvar_record_print_new           (KvarDraft       *draft,
                                                    const char      *printed_at);
void               kvar_record_print_free          (KvarRecordPrint *self);

guint              kvar_record_print_lay_out       (KvarRecordPrint *self,
                                                    PangoContext    *context,
                                                    double           width,
                                                    double           height);
char              *kvar_record_print_dup_page_text (KvarRecordPrint *self,
                                                    guint            page);
void               kvar_record_print_draw_page     (KvarRecordPrint *self,
                                                    cairo_t         *cr,
                                                    guint            page);

GtkPrintOperation *kvar_record_print_new_operation (KvarDraft       *draft,
                                                    const char      *printed_at);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarRecordPrint, kvar_record_print_free)

G_END_DECLS
