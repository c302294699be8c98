/* kvar-date-picker.h: a calendar below a field
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KVAR_TYPE_DATE_PICKER (kvar_date_picker_get_type ())

G_DECLARE_FINAL_TYPE (KvarDatePicker, kvar_date_picker, KVAR, DATE_PICKER, GtkPopover)

GtkWidget *kvar_date_picker_new  (void);
void       kvar_date_picker_open (KvarDatePicker *self,
                                  const char     *date);

G_END_DECLS
