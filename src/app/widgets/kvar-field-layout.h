/* kvar-field-layout.h: a field's title beside its editor, or above it where it is narrow
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KVAR_TYPE_FIELD_LAYOUT (kvar_field_layout_get_type ())

G_DECLARE_FINAL_TYPE (KvarFieldLayout, kvar_field_layout, KVAR, FIELD_LAYOUT, GtkLayoutManager)

G_END_DECLS
