/* kvar-table-menu.h: what can be done with a table in a list of tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void kvar_table_menu_install (GtkListBox *box);

G_END_DECLS
