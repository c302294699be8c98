/* kvar-demo-sql-error.h: an error as PostgREST words it: code, message, details and hint
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char  *code;         /* a SQLSTATE or PGRST… */
  char  *message;
  char  *details;      /* (nullable) */
  char  *hint;         /* (nullable) */
  char  *details_json; /* (nullable): stands raw in place of @details */
  guint  status;       /* 0: what the code says */
} KvarDemoSqlError;

void     kvar_demo_sql_error_set        (KvarDemoSqlError      **error,
                                         const char             *code,
                                         const char             *format,
                                         ...) G_GNUC_PRINTF (3, 4);
void     kvar_demo_sql_error_explain    (KvarDemoSqlError      **error,
                                         const char             *details,
                                         const char             *hint);
void     kvar_demo_sql_error_propagate  (KvarDemoSqlError      **error,
                                         KvarDemoSqlError       *source);
guint    kvar_demo_sql_error_get_status (const KvarDemoSqlError *self,
                                         gboolean                anonymous);
char    *kvar_demo_sql_error_to_json    (const KvarDemoSqlError *self);
void     kvar_demo_sql_error_free       (KvarDemoSqlError       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarDemoSqlError, kvar_demo_sql_error_free)

G_END_DECLS
