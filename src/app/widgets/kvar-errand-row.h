/* kvar-errand-row.h: an export or a file on its way: its progress, and what can be done with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kvar-errand.h"

G_BEGIN_DECLS

#define KVAR_TYPE_ERRAND_ROW (kvar_errand_row_get_type ())

G_DECLARE_FINAL_TYPE (KvarErrandRow, kvar_errand_row, KVAR, ERRAND_ROW, GtkListBoxRow)

GtkWidget  *kvar_errand_row_new        (KvarErrand    *errand);
KvarErrand *kvar_errand_row_get_errand (KvarErrandRow *self);
void        kvar_errand_row_open       (KvarErrandRow *self);

G_END_DECLS
