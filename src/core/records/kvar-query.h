/* kvar-query.h: What is asked of a table: its order, its conditions, a searched text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-filter.h"

G_BEGIN_DECLS

/* One column of an order. Nulls stand where PostgreSQL puts them unless said otherwise: last
 * when ascending, first when descending. */
typedef struct
{
  char     *column;
  gboolean  descending;
  gboolean  nulls_first;
} KvarOrder;

#define KVAR_TYPE_QUERY (kvar_query_get_type ())

typedef struct _KvarQuery KvarQuery;

GType             kvar_query_get_type        (void);
KvarQuery        *kvar_query_new             (void);
KvarQuery        *kvar_query_parse           (const char  *query_string,
                                              GError     **error);
KvarQuery        *kvar_query_ref             (KvarQuery   *self);
void              kvar_query_unref           (KvarQuery   *self);
KvarQuery        *kvar_query_with_order      (KvarQuery   *self,
                                              const char  *order);
KvarQuery        *kvar_query_with_column_order
                                             (KvarQuery   *self,
                                              const char  *column,
                                              gboolean     descending);
KvarQuery        *kvar_query_with_added_order
                                             (KvarQuery   *self,
                                              const char  *column,
                                              gboolean     descending);
KvarQuery        *kvar_query_with_filter     (KvarQuery   *self,
                                              const char  *column,
                                              const char  *op,
                                              const char  *value);
KvarQuery        *kvar_query_with_condition  (KvarQuery   *self,
                                              KvarFilter  *filter);
KvarQuery        *kvar_query_without_filter  (KvarQuery   *self,
                                              guint        index);
KvarQuery        *kvar_query_without_filters (KvarQuery   *self);
KvarQuery        *kvar_query_with_search     (KvarQuery   *self,
                                              const char  *text);
KvarQuery        *kvar_query_with_changed_filter
                                             (KvarQuery   *self,
                                              guint        index,
                                              KvarFilter  *filter);
guint             kvar_query_get_n_members   (KvarQuery   *self,
                                              guint        index);
KvarFilter       *kvar_query_get_member      (KvarQuery   *self,
                                              guint        index,
                                              guint        member);
KvarQuery        *kvar_query_put_member      (KvarQuery   *self,
                                              guint        index,
                                              guint        member,
                                              KvarFilter  *filter);
KvarQuery        *kvar_query_take_member     (KvarQuery   *self,
                                              guint        index,
                                              guint        member);
KvarQuery        *kvar_query_with_view       (KvarQuery   *self,
                                              const char  *name,
                                              const char *const *columns);
guint             kvar_query_get_n_orders    (KvarQuery   *self);
const KvarOrder  *kvar_query_get_order       (KvarQuery   *self,
                                              guint        index);
guint             kvar_query_get_n_filters   (KvarQuery   *self);
KvarFilter       *kvar_query_get_filter      (KvarQuery   *self,
                                              guint        index);
const char       *kvar_query_get_search      (KvarQuery   *self);
const char       *kvar_query_get_view        (KvarQuery   *self);
const char *const *kvar_query_get_columns    (KvarQuery   *self);
char             *kvar_query_to_string       (KvarQuery   *self);
gboolean          kvar_query_equal           (KvarQuery   *a,
                                              KvarQuery   *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarQuery, kvar_query_unref)

G_END_DECLS
