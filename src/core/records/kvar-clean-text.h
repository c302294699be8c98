/* kvar-clean-text.h: Bytes that are meant as text, without what no database takes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *kvar_clean_text (GBytes *bytes,
                       guint  *n_removed);

G_END_DECLS
