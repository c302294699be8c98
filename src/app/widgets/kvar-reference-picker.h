/* kvar-reference-picker.h: the records a field can link to, found by typing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kvar-workspace.h"
#include "records/kvar-record.h"

G_BEGIN_DECLS

#define KVAR_TYPE_REFERENCE_PICKER (kvar_reference_picker_get_type ())

G_DECLARE_FINAL_TYPE (KvarReferencePicker, kvar_reference_picker,
                      KVAR, REFERENCE_PICKER, GtkPopover)

GtkWidget *kvar_reference_picker_new  (KvarWorkspace       *workspace,
                                       KvarTable           *table,
                                       const char          *column);
void       kvar_reference_picker_open (KvarReferencePicker *self,
                                       const char          *typed,
                                       gboolean             can_create);

G_END_DECLS
