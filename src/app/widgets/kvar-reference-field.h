/* kvar-reference-field.h: a link to a record of another table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-field.h"
#include "kvar-workspace.h"

G_BEGIN_DECLS

#define KVAR_TYPE_REFERENCE_FIELD (kvar_reference_field_get_type ())

G_DECLARE_FINAL_TYPE (KvarReferenceField, kvar_reference_field, KVAR, REFERENCE_FIELD, KvarField)

KvarTable *kvar_reference_field_find_table (KvarWorkspace *workspace,
                                            KvarColumn    *column);
KvarField *kvar_reference_field_new        (KvarDraft     *draft,
                                            KvarColumn    *column,
                                            KvarWorkspace *workspace);

const char *kvar_reference_field_get_label  (KvarReferenceField *self);

G_END_DECLS
