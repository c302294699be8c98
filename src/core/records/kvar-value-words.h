/* kvar-value-words.h: what somebody typed said back, so that a slip is seen before it is saved
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-locale.h"
#include "records/kvar-value.h"

G_BEGIN_DECLS

char       *kvar_value_to_words   (KvarValue  *value,
                                   KvarLocale *locale);
char       *kvar_zone_to_words    (KvarType   *type,
                                   KvarLocale *locale);
const char *kvar_default_in_words (void);

G_END_DECLS
