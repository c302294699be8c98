/* kvar-plain-text.h: the form of what people write as PostgreSQL does: addresses, ranges, bits
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "schema/kvar-type.h"

G_BEGIN_DECLS

char *kvar_plain_text_parse (KvarType    *type,
                             const char  *typed,
                             GError     **error);

G_END_DECLS
