/* kvar-demo-row.h: one row written: defaults, generated values, constraints, keys
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-demo-database.h"
#include "kvar-demo-read.h"

G_BEGIN_DECLS

/* A statement that writes rows of one table. Nothing is owned. */
typedef struct
{
  KvarDemoDatabase    *database;
  const KvarDemoTable *table;
  const KvarDemoScope *scope;
  gint64               xid;
} KvarDemoRowWriter;

/* Rows are arrays of KvarDemoValue in the order of the table's columns. */

GArray  *kvar_demo_row_new            (KvarDemoRowWriter    *writer);
GArray  *kvar_demo_row_load           (KvarDemoRowWriter    *writer,
                                       gint64                id);
void     kvar_demo_row_set            (GArray               *row,
                                       guint                 column,
                                       const KvarDemoValue  *value);
void     kvar_demo_row_set_default    (KvarDemoRowWriter    *writer,
                                       GArray               *row,
                                       guint                 column);
gboolean kvar_demo_row_find           (KvarDemoRowWriter    *writer,
                                       GArray               *row,
                                       const KvarDemoKey    *key,
                                       gint64               *id);
gboolean kvar_demo_row_insert         (KvarDemoRowWriter    *writer,
                                       GArray               *row,
                                       gint64               *id,
                                       KvarDemoSqlError    **error);
gboolean kvar_demo_row_update         (KvarDemoRowWriter    *writer,
                                       GArray               *row,
                                       gint64               *id,
                                       KvarDemoSqlError    **error);
gboolean kvar_demo_row_delete         (KvarDemoRowWriter    *writer,
                                       gint64                id,
                                       KvarDemoSqlError    **error);

/* kvar-demo-row-checks.c */
gboolean kvar_demo_row_generate       (KvarDemoRowWriter    *writer,
                                       GArray               *row,
                                       KvarDemoSqlError    **error);
gboolean kvar_demo_row_check          (KvarDemoRowWriter    *writer,
                                       GArray               *row,
                                       KvarDemoSqlError    **error);
gboolean kvar_demo_row_check_targets  (KvarDemoRowWriter    *writer,
                                       GArray               *row,
                                       KvarDemoSqlError    **error);
gboolean kvar_demo_row_check_sources  (KvarDemoRowWriter    *writer,
                                       GArray               *row,
                                       GArray               *instead,
                                       KvarDemoSqlError    **error);
void     kvar_demo_row_refuse_unique  (KvarDemoRowWriter    *writer,
                                       GArray               *row,
                                       const KvarDemoKey    *key,
                                       KvarDemoSqlError    **error);
guint    kvar_demo_row_get_position   (const KvarDemoTable  *table,
                                       const char           *column);

G_END_DECLS
