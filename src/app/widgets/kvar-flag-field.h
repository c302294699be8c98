/* kvar-flag-field.h: a yes or no
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-field.h"

G_BEGIN_DECLS

#define KVAR_TYPE_FLAG_FIELD (kvar_flag_field_get_type ())

G_DECLARE_FINAL_TYPE (KvarFlagField, kvar_flag_field, KVAR, FLAG_FIELD, KvarField)

KvarField *kvar_flag_field_new (KvarDraft  *draft,
                                KvarColumn *column);

G_END_DECLS
