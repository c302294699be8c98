/* kvar-long-text-field.h: a field that grows with its text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-field.h"

G_BEGIN_DECLS

#define KVAR_TYPE_LONG_TEXT_FIELD (kvar_long_text_field_get_type ())

G_DECLARE_FINAL_TYPE (KvarLongTextField, kvar_long_text_field, KVAR, LONG_TEXT_FIELD, KvarField)

KvarField *kvar_long_text_field_new (KvarDraft  *draft,
                                     KvarColumn *column);

G_END_DECLS
