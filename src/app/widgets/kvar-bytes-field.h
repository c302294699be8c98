/* kvar-bytes-field.h: a field that holds a file or the like: saved as one, or taken from one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-field.h"

G_BEGIN_DECLS

#define KVAR_TYPE_BYTES_FIELD (kvar_bytes_field_get_type ())

G_DECLARE_FINAL_TYPE (KvarBytesField, kvar_bytes_field, KVAR, BYTES_FIELD, KvarField)

KvarField *kvar_bytes_field_new  (KvarDraft      *draft,
                                  KvarColumn     *column);
void       kvar_bytes_field_save (KvarBytesField *self,
                                  GFile          *file);
void       kvar_bytes_field_take (KvarBytesField *self,
                                  GFile          *file);

G_END_DECLS
