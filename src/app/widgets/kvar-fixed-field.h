/* kvar-fixed-field.h: a value that can be read and copied, not changed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-field.h"

G_BEGIN_DECLS

#define KVAR_TYPE_FIXED_FIELD (kvar_fixed_field_get_type ())

G_DECLARE_FINAL_TYPE (KvarFixedField, kvar_fixed_field, KVAR, FIXED_FIELD, KvarField)

KvarField *kvar_fixed_field_new (KvarDraft  *draft,
                                 KvarColumn *column);

G_END_DECLS
