/* kvar-debug-info.h: what a window knows of its own troubles, to be shown and saved
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kvar-workspace.h"

G_BEGIN_DECLS

char *kvar_debug_info_write (KvarWorkspace *workspace);

G_END_DECLS
