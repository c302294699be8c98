/* kvar-list-place.h: where somebody was in a list: how far down, and in which row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-page.h"

G_BEGIN_DECLS

void     kvar_list_place_follow  (GtkListBox   *list,
                                  KvarPage     *page);
void     kvar_list_place_save    (GtkListBox   *list,
                                  GVariantDict *state);
gboolean kvar_list_place_restore (GtkListBox   *list,
                                  GVariant     *state);

G_END_DECLS
