/* kvar-value-parse.h: what people type read into values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-locale.h"
#include "records/kvar-value.h"

G_BEGIN_DECLS

KvarValue *kvar_value_parse_typed (KvarType    *type,
                                   const char  *typed,
                                   KvarLocale  *locale,
                                   GError     **error);

G_END_DECLS
