/* kvar-demo-scope.h: who asks, what they may do, and under what settings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-demo-schema.h"

G_BEGIN_DECLS

/* Who asks, and under what settings. */
typedef struct
{
  const char *role;
  const char *user_id;   /* (nullable) */
  gint64      now_usec;
  GTimeZone  *zone;      /* (nullable): UTC */
  guint       max_rows;  /* 0: no limit */
} KvarDemoScope;

gboolean kvar_demo_scope_check     (const KvarDemoScope  *self,
                                    const KvarDemoTable  *table,
                                    KvarDemoPrivileges    privilege,
                                    KvarDemoSqlError    **error);
gboolean kvar_demo_scope_owns_rows (const KvarDemoScope  *self,
                                    const KvarDemoTable  *table);

G_END_DECLS
