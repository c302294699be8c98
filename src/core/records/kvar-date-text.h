/* kvar-date-text.h: dates and times as people write them, exact to the microsecond
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-locale.h"
#include "schema/kvar-type.h"

G_BEGIN_DECLS

char *kvar_date_text_format (KvarType    *type,
                             const char  *text,
                             KvarLocale  *locale,
                             gboolean     shortened);
char *kvar_date_text_parse  (KvarType    *type,
                             const char  *typed,
                             KvarLocale  *locale,
                             GError     **error);

G_END_DECLS
