/* kvar-paste-text.h: a table as spreadsheets put it on the clipboard
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GPtrArray *kvar_paste_text_read (GBytes *bytes,
                                 guint  *n_removed);

G_END_DECLS
