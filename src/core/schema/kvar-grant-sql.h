/* kvar-grant-sql.h: what lets people read a table that they have no privilege for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean  kvar_grant_sql_helps (const GError *error,
                                const char   *table);
char     *kvar_grant_sql_new   (const char   *schema,
                                const char   *table,
                                const char   *role);

G_END_DECLS
