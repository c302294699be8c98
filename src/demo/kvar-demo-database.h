/* kvar-demo-database.h: the one SQLite database that accounts and sample tables live in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct _KvarDemoDatabase KvarDemoDatabase;

KvarDemoDatabase *kvar_demo_database_open       (const char        *path,
                                                 GError           **error);
void              kvar_demo_database_free       (KvarDemoDatabase  *self);
sqlite3          *kvar_demo_database_get_handle (KvarDemoDatabase  *self);
void              kvar_demo_database_exec       (KvarDemoDatabase  *self,
                                                 const char        *sql);
sqlite3_stmt     *kvar_demo_database_prepare    (KvarDemoDatabase  *self,
                                                 const char        *sql,
                                                 const char        *types,
                                                 ...);
int               kvar_demo_database_run        (KvarDemoDatabase  *self,
                                                 const char        *sql,
                                                 const char        *types,
                                                 ...);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarDemoDatabase, kvar_demo_database_free)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

G_END_DECLS
