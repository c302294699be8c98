/* kvar-reference.h: a foreign key, by which one table's rows point at another's
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define KVAR_TYPE_REFERENCE (kvar_reference_get_type ())

typedef struct _KvarReference KvarReference;

GType              kvar_reference_get_type            (void) G_GNUC_CONST;
KvarReference     *kvar_reference_new                 (const char         *constraint,
                                                       const char *const  *columns,
                                                       const char         *foreign_table,
                                                       const char *const  *foreign_columns);
KvarReference     *kvar_reference_ref                 (KvarReference      *self);
void               kvar_reference_unref               (KvarReference      *self);

const char        *kvar_reference_get_constraint      (KvarReference      *self);
const char *const *kvar_reference_get_columns         (KvarReference      *self);
const char        *kvar_reference_get_foreign_table   (KvarReference      *self);
const char *const *kvar_reference_get_foreign_columns (KvarReference      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarReference, kvar_reference_unref)

G_END_DECLS
