/* kvar-demo-sql.h: fields, conditions and order of a query as SQLite's SQL with bound values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-demo-query.h"
#include "kvar-demo-schema.h"

G_BEGIN_DECLS

/* A statement in the making: its text, and the values of its question marks in order. */
typedef struct
{
  GString *text;
  GArray  *values;
  gint64   now_usec;
} KvarDemoSql;

/* Where a column stands in the order, so that nulls come where PostgreSQL has them. */
typedef struct
{
  char        *expression;  /* as ORDER BY and the indexes have it */
  char        *column;      /* (nullable): when it is a plain column */
  char        *constant;    /* (nullable): the value that all rows have */
  KvarDemoType type;
  gboolean     nullable;
  gboolean     nulls_high;  /* null counts as more than everything else */
  gboolean     descending;
} KvarDemoSortKey;

KvarDemoSql  *kvar_demo_sql_new               (gint64                 now_usec);
void          kvar_demo_sql_free              (KvarDemoSql           *self);
sqlite3_stmt *kvar_demo_sql_prepare           (KvarDemoSql           *self,
                                               sqlite3               *handle,
                                               KvarDemoSqlError     **error);
void          kvar_demo_sql_add_text          (KvarDemoSql           *self,
                                               const char            *value);
gboolean      kvar_demo_sql_resolve           (const KvarDemoTable   *table,
                                               const char            *alias,
                                               const KvarDemoField   *field,
                                               GString               *out,
                                               KvarDemoType          *type,
                                               KvarDemoSqlError     **error);
gboolean      kvar_demo_sql_append_condition  (KvarDemoSql           *self,
                                               const KvarDemoTable   *table,
                                               const char            *alias,
                                               const KvarDemoCondition *condition,
                                               KvarDemoSqlError     **error);
gboolean      kvar_demo_sql_get_sort_key      (const KvarDemoTable   *table,
                                               const char            *alias,
                                               const KvarDemoOrder   *order,
                                               KvarDemoSortKey       *key,
                                               KvarDemoSqlError     **error);
void          kvar_demo_sort_key_clear        (KvarDemoSortKey       *key);

/* kvar-demo-sql-keyset.c */
void          kvar_demo_sql_append_keyset     (KvarDemoSql           *self,
                                               GPtrArray             *conditions,
                                               GArray                *sort_keys);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarDemoSql, kvar_demo_sql_free)

G_END_DECLS
