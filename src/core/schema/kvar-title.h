/* kvar-title.h: database names made readable
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *kvar_title_from_name  (const char *name);
char *kvar_title_from_label (const char *label);

G_END_DECLS
