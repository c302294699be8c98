/* kvar-column.h: one column of a table, as the signed-in user may see it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "schema/kvar-reference.h"
#include "schema/kvar-type.h"

G_BEGIN_DECLS

typedef enum
{
  KVAR_IDENTITY_NONE,
  KVAR_IDENTITY_BY_DEFAULT,
  KVAR_IDENTITY_ALWAYS,
} KvarIdentity;

/* Its KvarType is "column type" here: get_type () is taken by GObject. */
#define KVAR_TYPE_COLUMN (kvar_column_get_type ())

G_DECLARE_FINAL_TYPE (KvarColumn, kvar_column, KVAR, COLUMN, GObject)

KvarColumn    *kvar_column_new                 (const char    *name,
                                                KvarType      *type);

const char    *kvar_column_get_name            (KvarColumn    *self);
const char    *kvar_column_get_title           (KvarColumn    *self);
void           kvar_column_set_title           (KvarColumn    *self,
                                                const char    *title);
void           kvar_column_set_local_title     (KvarColumn    *self,
                                                const char    *title);
const char    *kvar_column_get_help            (KvarColumn    *self);
void           kvar_column_set_help            (KvarColumn    *self,
                                                const char    *help);
KvarType      *kvar_column_get_column_type     (KvarColumn    *self);
void           kvar_column_set_column_type     (KvarColumn    *self,
                                                KvarType      *type);
KvarKind       kvar_column_get_kind            (KvarColumn    *self);
gboolean       kvar_column_get_nullable        (KvarColumn    *self);
void           kvar_column_set_nullable        (KvarColumn    *self,
                                                gboolean       nullable);
gboolean       kvar_column_get_has_default     (KvarColumn    *self);
const char    *kvar_column_get_default         (KvarColumn    *self);
void           kvar_column_set_default         (KvarColumn    *self,
                                                const char    *expression);
KvarIdentity   kvar_column_get_identity        (KvarColumn    *self);
void           kvar_column_set_identity        (KvarColumn    *self,
                                                KvarIdentity   identity);
gboolean       kvar_column_get_is_generated    (KvarColumn    *self);
void           kvar_column_set_is_generated    (KvarColumn    *self,
                                                gboolean       generated);
gboolean       kvar_column_get_is_unique       (KvarColumn    *self);
void           kvar_column_set_is_unique       (KvarColumn    *self,
                                                gboolean       unique);
gboolean       kvar_column_get_can_select      (KvarColumn    *self);
gboolean       kvar_column_get_can_insert      (KvarColumn    *self);
gboolean       kvar_column_get_can_update      (KvarColumn    *self);
void           kvar_column_set_privileges      (KvarColumn    *self,
                                                gboolean       can_select,
                                                gboolean       can_insert,
                                                gboolean       can_update);
const char    *kvar_column_get_bucket          (KvarColumn    *self);
void           kvar_column_set_bucket          (KvarColumn    *self,
                                                const char    *bucket);
KvarReference *kvar_column_get_reference       (KvarColumn    *self);
void           kvar_column_set_reference       (KvarColumn    *self,
                                                KvarReference *reference);
const char    *kvar_column_get_reference_label (KvarColumn    *self);
void           kvar_column_set_reference_label (KvarColumn    *self,
                                                const char    *column);

G_END_DECLS
