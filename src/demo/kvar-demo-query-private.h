/* kvar-demo-query-private.h: the grammar of single parameters, used by kvar-demo-query
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-demo-query.h"

G_BEGIN_DECLS

KvarDemoQuery     *kvar_demo_query_new               (void);
void               kvar_demo_condition_free          (KvarDemoCondition *self);
void               kvar_demo_order_free              (KvarDemoOrder     *self);
void               kvar_demo_item_free               (KvarDemoItem      *self);

gboolean           kvar_demo_query_parse_select      (const char        *text,
                                                      KvarDemoQuery     *query,
                                                      KvarDemoSqlError **error);
gboolean           kvar_demo_query_parse_order       (const char        *text,
                                                      KvarDemoQuery     *query,
                                                      KvarDemoSqlError **error);
KvarDemoCondition *kvar_demo_query_parse_filter      (const char        *field,
                                                      const char        *text,
                                                      KvarDemoSqlError **error);
KvarDemoCondition *kvar_demo_query_parse_logic       (gboolean           negated,
                                                      gboolean           any,
                                                      const char        *text,
                                                      KvarDemoSqlError **error);
GPtrArray         *kvar_demo_query_parse_names       (const char        *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarDemoCondition, kvar_demo_condition_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarDemoOrder, kvar_demo_order_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarDemoItem, kvar_demo_item_free)

G_END_DECLS
