/* kvar-filter-op.h: how a column can be compared, and the conditions that this makes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "records/kvar-filter.h"
#include "records/kvar-value.h"
#include "schema/kvar-column.h"

G_BEGIN_DECLS

typedef enum
{
  KVAR_FILTER_OP_EQUALS,
  KVAR_FILTER_OP_DIFFERS,
  KVAR_FILTER_OP_CONTAINS,
  KVAR_FILTER_OP_AT_LEAST,
  KVAR_FILTER_OP_AT_MOST,
  KVAR_FILTER_OP_NONE,        /* has no value */
  KVAR_FILTER_OP_ANY,         /* has a value */
  KVAR_FILTER_N_OPS,
} KvarFilterOp;

gboolean    kvar_filter_op_suits        (KvarFilterOp   op,
                                         KvarColumn    *column);
gboolean    kvar_filter_op_takes_value  (KvarFilterOp   op);
KvarFilter *kvar_filter_op_build        (KvarFilterOp   op,
                                         KvarColumn    *column,
                                         const char    *typed,
                                         GError       **error);
KvarFilter *kvar_filter_op_compare      (KvarFilterOp   op,
                                         KvarColumn    *column,
                                         KvarValue     *value);
gboolean    kvar_filter_op_read         (KvarFilter    *filter,
                                         KvarColumn    *column,
                                         KvarFilterOp  *op,
                                         char         **typed);

KvarFilter *kvar_filter_new_contains    (KvarColumn    *column,
                                         const char    *text);
char       *kvar_filter_dup_contained   (KvarFilter    *filter);

G_END_DECLS
