/* kvar-sides-layout.h: children side by side, or one below the other where it is narrow
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KVAR_TYPE_SIDES_LAYOUT (kvar_sides_layout_get_type ())

G_DECLARE_FINAL_TYPE (KvarSidesLayout, kvar_sides_layout, KVAR, SIDES_LAYOUT, GtkLayoutManager)

void kvar_sides_layout_set_stacked (KvarSidesLayout *self,
                                    gboolean         stacked);

G_END_DECLS
