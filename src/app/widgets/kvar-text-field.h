/* kvar-text-field.h: a field typed on one line: text, numbers, dates, times
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-field.h"

G_BEGIN_DECLS

#define KVAR_TYPE_TEXT_FIELD (kvar_text_field_get_type ())

G_DECLARE_FINAL_TYPE (KvarTextField, kvar_text_field, KVAR, TEXT_FIELD, KvarField)

gboolean   kvar_text_field_can_hold (KvarDraft  *draft,
                                     KvarColumn *column);
KvarField *kvar_text_field_new (KvarDraft  *draft,
                                KvarColumn *column);

G_END_DECLS
