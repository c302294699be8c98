/* kvar-clean-paste.h: pastes into a text without what no database takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A little less than GTK's entries hold. They cut off the rest without a word. */
#define KVAR_LINE_MAX_BYTES 65000

void kvar_clean_paste_attach (GtkWidget *text);

G_END_DECLS
