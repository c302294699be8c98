/* kvar-pin-button.h: keeps what a field holds for the next new record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "schema/kvar-column.h"

G_BEGIN_DECLS

GtkWidget *kvar_pin_button_new (KvarColumn *column);

G_END_DECLS
