/* kvar-query-private.h: shared by the halves of the query
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-query.h"

G_BEGIN_DECLS

struct _KvarQuery
{
  gatomicrefcount  ref_count;

  GPtrArray       *orders;    /* (element-type KvarOrder) */
  GPtrArray       *filters;   /* (element-type KvarFilter) */
  char            *search;    /* (nullable) */
  char            *view;      /* (nullable) the name of a kept view */
  char           **columns;   /* (nullable) those to show */
};

KvarOrder *kvar_order_new          (const char  *column,
                                    gboolean     descending,
                                    gboolean     nulls_first);
KvarQuery *kvar_query_copy         (KvarQuery   *self);
GPtrArray *kvar_query_parse_orders (const char  *text,
                                    GError     **error);

G_END_DECLS
