/* kvar-filter.h: One condition on a table's rows, or a group of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  KVAR_FILTER_CONDITION,
  KVAR_FILTER_AND,
  KVAR_FILTER_OR,
} KvarFilterKind;

#define KVAR_TYPE_FILTER (kvar_filter_get_type ())

typedef struct _KvarFilter KvarFilter;

GType           kvar_filter_get_type        (void);
KvarFilter     *kvar_filter_new             (const char   *column,
                                             const char   *op,
                                             const char   *value);
KvarFilter     *kvar_filter_new_group       (KvarFilterKind kind,
                                             GPtrArray    *members);
KvarFilter     *kvar_filter_new_negation    (KvarFilter   *filter);
KvarFilter     *kvar_filter_parse           (const char   *name,
                                             const char   *value,
                                             GError      **error);
KvarFilter     *kvar_filter_ref             (KvarFilter   *self);
void            kvar_filter_unref           (KvarFilter   *self);
KvarFilterKind  kvar_filter_get_kind        (KvarFilter   *self);
gboolean        kvar_filter_get_negated     (KvarFilter   *self);
const char     *kvar_filter_get_column      (KvarFilter   *self);
const char     *kvar_filter_get_path        (KvarFilter   *self);
const char     *kvar_filter_get_op          (KvarFilter   *self);
const char     *kvar_filter_get_value       (KvarFilter   *self);
guint           kvar_filter_get_n_members   (KvarFilter   *self);
KvarFilter     *kvar_filter_get_member      (KvarFilter   *self,
                                             guint         index);
char           *kvar_filter_to_name         (KvarFilter   *self);
char           *kvar_filter_to_value        (KvarFilter   *self);
gboolean        kvar_filter_equal           (KvarFilter   *a,
                                             KvarFilter   *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarFilter, kvar_filter_unref)

G_END_DECLS
