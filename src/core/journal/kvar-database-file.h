/* kvar-database-file.h: a database's file: made, opened, and replaced when it is damaged
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "journal/kvar-database.h"

G_BEGIN_DECLS

struct sqlite3 *kvar_database_file_open    (const char              *path,
                                            const KvarDatabaseKind  *kind,
                                            GError                 **error);
gboolean        kvar_database_file_replace (const char              *path,
                                            const KvarDatabaseKind  *kind,
                                            char                   **set_aside,
                                            GError                 **error);

G_END_DECLS
