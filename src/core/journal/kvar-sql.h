/* kvar-sql.h: SQLite's calls with GLib's errors and cleanups
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only for what runs in a database's thread: no header of app or cli may come here.
 */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef sqlite3_stmt KvarStatement;

gboolean       kvar_sql_fail      (sqlite3        *database,
                                   GError        **error);
gboolean       kvar_sql_exec      (sqlite3        *database,
                                   const char     *sql,
                                   GError        **error);
gboolean       kvar_sql_read_int  (sqlite3        *database,
                                   const char     *sql,
                                   int            *value,
                                   GError        **error);
KvarStatement *kvar_sql_prepare   (sqlite3        *database,
                                   const char     *sql,
                                   GError        **error);
void           kvar_sql_bind_text (KvarStatement  *statement,
                                   int             index,
                                   const char     *text);
void           kvar_sql_bind_data (KvarStatement  *statement,
                                   int             index,
                                   GVariant       *value);
char          *kvar_sql_dup_text  (KvarStatement  *statement,
                                   int             column);
GVariant      *kvar_sql_dup_data  (KvarStatement  *statement,
                                   int             column,
                                   const char     *type);
gboolean       kvar_sql_step      (KvarStatement  *statement,
                                   gboolean       *has_row,
                                   GError        **error);
gboolean       kvar_sql_run       (KvarStatement  *statement,
                                   GError        **error);

static inline void
kvar_statement_finalize (KvarStatement *statement)
{
  sqlite3_finalize (statement);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarStatement, kvar_statement_finalize)

G_END_DECLS
