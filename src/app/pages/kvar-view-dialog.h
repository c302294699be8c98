/* kvar-view-dialog.h: asks what a view is to be called
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "routes/kvar-bookmark-list.h"

G_BEGIN_DECLS

typedef void (*KvarViewNamedFunc) (const char *name,
                                   gpointer    user_data);

void kvar_view_dialog_present (GtkWidget         *parent,
                               const char        *heading,
                               const char        *name,
                               const char        *table,
                               KvarBookmarkList  *views,
                               KvarViewNamedFunc  named,
                               GObject           *owner);

G_END_DECLS
