/* kvar-demo-rest-private.h: what the parts of REST share: one request, read and judged
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-demo-prefer.h"
#include "kvar-demo-read.h"
#include "kvar-demo-rest.h"

G_BEGIN_DECLS

typedef enum
{
  KVAR_DEMO_MEDIA_JSON,
  KVAR_DEMO_MEDIA_OBJECT,   /* exactly one row, or nothing happens */
  KVAR_DEMO_MEDIA_CSV,
  KVAR_DEMO_MEDIA_OPENAPI,
} KvarDemoMedia;

/* One request. The rest, the database and the exchange are not owned. */
typedef struct
{
  KvarDemoRest         *rest;
  const KvarDemoConfig *config;
  KvarDemoDatabase     *database;
  sqlite3              *handle;
  KvarDemoExchange     *exchange;
  KvarDemoPrefer       *prefer;
  KvarDemoQuery        *query;
  KvarDemoScope         scope;
  KvarDemoMedia         media;
} KvarDemoRequest;

/* kvar-demo-reply.c */
void     kvar_demo_request_refuse       (KvarDemoRequest         *self,
                                         KvarDemoSqlError        *error);
gboolean kvar_demo_request_reply_rows   (KvarDemoRequest         *self,
                                         guint                    status,
                                         GString                 *rows,
                                         guint                    n_rows,
                                         KvarDemoSqlError       **error);
gboolean kvar_demo_request_read         (KvarDemoRequest         *self,
                                         const KvarDemoSource    *source,
                                         gboolean                 locate,
                                         KvarDemoSqlError       **error);
void     kvar_demo_request_add_applied  (KvarDemoRequest         *self,
                                         gboolean                 write);
guint    kvar_demo_request_append_rows  (KvarDemoRequest         *self,
                                         KvarDemoReader          *reader,
                                         GString                 *rows);

/* kvar-demo-write.c */
gboolean kvar_demo_request_write        (KvarDemoRequest         *self,
                                         const KvarDemoTable     *table,
                                         KvarDemoSqlError       **error);

/* kvar-demo-rpc.c */
gboolean kvar_demo_request_call         (KvarDemoRequest         *self,
                                         const char              *name,
                                         KvarDemoSqlError       **error);

/* kvar-demo-openapi.c */
gboolean kvar_demo_request_describe     (KvarDemoRequest         *self,
                                         KvarDemoSqlError       **error);

G_END_DECLS
