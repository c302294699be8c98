/* kvar-number-text.h: numbers as people write them, digit by digit, never as doubles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-locale.h"
#include "schema/kvar-type.h"

G_BEGIN_DECLS

char *kvar_number_text_format (const char  *text,
                               KvarLocale  *locale,
                               gboolean     grouped);
char *kvar_number_text_parse  (KvarType    *type,
                               const char  *typed,
                               KvarLocale  *locale,
                               GError     **error);

G_END_DECLS
