/* kvar-migrations.h: brings a database file to the version that this Kvar works with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

struct sqlite3;

gboolean kvar_migrations_check (struct sqlite3     *database,
                                const char *const  *steps,
                                GError            **error);
gboolean kvar_migrations_compare
                               (struct sqlite3     *database,
                                const char *const  *steps,
                                GError            **error);
gboolean kvar_migrations_run   (struct sqlite3     *database,
                                const char *const  *steps,
                                GError            **error);

G_END_DECLS
