/* kvar-key-dialog.h: asks which columns tell the records of a table apart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "schema/kvar-table.h"

G_BEGIN_DECLS

typedef void (*KvarKeyChosenFunc) (const char *const *columns,
                                   gpointer           user_data);

void kvar_key_dialog_present (GtkWidget         *parent,
                              KvarTable         *table,
                              KvarKeyChosenFunc  chosen,
                              GObject           *owner);

G_END_DECLS
