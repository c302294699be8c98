/* kvar-clean-paste.h: pastes into a text without what no database takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void kvar_clean_paste_attach (GtkWidget *text);

G_END_DECLS
