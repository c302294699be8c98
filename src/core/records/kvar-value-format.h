/* kvar-value-format.h: values written for people, to read and to edit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-locale.h"
#include "records/kvar-value.h"

G_BEGIN_DECLS

char *kvar_value_format_display (KvarValue  *value,
                                 KvarLocale *locale);
char *kvar_value_format_input   (KvarValue  *value,
                                 KvarLocale *locale);

G_END_DECLS
