/* kvar-edit-bar.h: whether a list is edited, and where what was typed into it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KVAR_TYPE_EDIT_BAR (kvar_edit_bar_get_type ())

G_DECLARE_FINAL_TYPE (KvarEditBar, kvar_edit_bar, KVAR, EDIT_BAR, AdwBin)

void        kvar_edit_bar_show     (KvarEditBar *self,
                                    gboolean     editing,
                                    const char  *sentence,
                                    gboolean     can_undo);
const char *kvar_edit_bar_get_text (KvarEditBar *self);

G_END_DECLS
