/* kvar-file-icon.h: the icon of a kind of file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GIcon *kvar_file_icon_new (const char *content_type);

G_END_DECLS
