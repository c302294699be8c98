/* kvar-demo-read.h: a query over one relation and its embeds, read out row by row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-demo-query.h"
#include "kvar-demo-schema.h"
#include "kvar-demo-scope.h"

G_BEGIN_DECLS

/* What is read: a relation, or a part of it that a function or a write has chosen. */
typedef struct
{
  const KvarDemoTable *table;
  const char          *from;   /* (nullable): SQL in place of the relation; its alias is t0 */
  const char          *where;  /* (nullable): a further condition on t0 */
  const char          *order;  /* (nullable): the order when the query has none */
  GArray              *values; /* (nullable) (element-type KvarDemoValue): of from and where */
} KvarDemoSource;

typedef struct _KvarDemoReader KvarDemoReader;

KvarDemoReader *kvar_demo_reader_new         (sqlite3               *handle,
                                              const KvarDemoSource  *source,
                                              const KvarDemoQuery   *query,
                                              const KvarDemoScope   *scope,
                                              KvarDemoSqlError     **error);
void            kvar_demo_reader_free        (KvarDemoReader        *self);
guint           kvar_demo_reader_append_json (KvarDemoReader        *self,
                                              GString               *out);
guint           kvar_demo_reader_append_csv  (KvarDemoReader        *self,
                                              GString               *out);
gint64          kvar_demo_read_count         (sqlite3               *handle,
                                              const KvarDemoSource  *source,
                                              const KvarDemoQuery   *query,
                                              const KvarDemoScope   *scope,
                                              KvarDemoSqlError     **error);
GArray         *kvar_demo_read_row_ids       (sqlite3               *handle,
                                              const KvarDemoSource  *source,
                                              const KvarDemoQuery   *query,
                                              const KvarDemoScope   *scope,
                                              KvarDemoSqlError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarDemoReader, kvar_demo_reader_free)

G_END_DECLS
