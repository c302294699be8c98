/* kvar-format-text.h: the kinds of file, as people call them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "export/kvar-file-format.h"

G_BEGIN_DECLS

const char *kvar_format_text_get_title       (KvarFileFormat format);
const char *kvar_format_text_get_description (KvarFileFormat format);

G_END_DECLS
