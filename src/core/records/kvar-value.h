/* kvar-value.h: null, PostgreSQL's text of a value with its column's type, or the default
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "schema/kvar-type.h"

G_BEGIN_DECLS

#define KVAR_TYPE_VALUE (kvar_value_get_type ())

typedef struct _KvarValue KvarValue;

GType       kvar_value_get_type    (void) G_GNUC_CONST;
KvarValue  *kvar_value_new         (KvarType    *type,
                                    const char  *text);
KvarValue  *kvar_value_new_default (KvarType    *type);
KvarValue  *kvar_value_ref         (KvarValue   *self);
void        kvar_value_unref       (KvarValue   *self);

const char *kvar_value_get_text    (KvarValue   *self);
gboolean    kvar_value_is_null     (KvarValue   *self);
gboolean    kvar_value_is_default  (KvarValue   *self);
gboolean    kvar_value_equal       (KvarValue   *self,
                                    KvarValue   *other);
KvarType   *kvar_value_get_type_of (KvarValue   *self);

char       *kvar_value_to_display  (KvarValue   *self);
char       *kvar_value_to_input    (KvarValue   *self);
KvarValue  *kvar_value_parse       (KvarType    *type,
                                    const char  *typed,
                                    GError     **error);
KvarValue  *kvar_value_parse_over  (KvarValue   *base,
                                    const char  *typed,
                                    GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarValue, kvar_value_unref)

G_END_DECLS
