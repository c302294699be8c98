/* kvar-inner-name.h: names for what GTK builds inside its own widgets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

void kvar_inner_name_set         (GtkWidget  *outer,
                                  GType       type,
                                  const char *name);
void kvar_inner_name_use_tooltip (GtkWidget  *outer,
                                  GType       type);
void kvar_inner_name_use_labels  (GtkWidget  *outer);
