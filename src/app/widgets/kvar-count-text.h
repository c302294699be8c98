/* kvar-count-text.h: how many, as people of this country write it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *kvar_count_text (guint64 count);

G_END_DECLS
