/* kvar-focus-memory.h: which widget had the focus, and where its cursor was
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _KvarFocusMemory KvarFocusMemory;

KvarFocusMemory *kvar_focus_memory_new     (GtkWidget       *within);
gboolean         kvar_focus_memory_restore (KvarFocusMemory *self);
void             kvar_focus_memory_free    (KvarFocusMemory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarFocusMemory, kvar_focus_memory_free)

G_END_DECLS
