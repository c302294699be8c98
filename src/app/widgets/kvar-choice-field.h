/* kvar-choice-field.h: one of an enum's labels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-field.h"

G_BEGIN_DECLS

#define KVAR_TYPE_CHOICE_FIELD (kvar_choice_field_get_type ())

G_DECLARE_FINAL_TYPE (KvarChoiceField, kvar_choice_field, KVAR, CHOICE_FIELD, KvarField)

KvarField *kvar_choice_field_new (KvarDraft  *draft,
                                  KvarColumn *column);

G_END_DECLS
