/* kvar-demo-relation.h: which relation an embed means, found through the foreign keys
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-demo-schema.h"

G_BEGIN_DECLS

typedef struct
{
  const KvarDemoTable      *target;
  const KvarDemoForeignKey *key;      /* of the many-to-one, one-to-many, or first of a junction */
  gboolean                  to_one;
  const KvarDemoTable      *junction; /* (nullable) */
  const KvarDemoForeignKey *onward;   /* (nullable): from the junction to the target */
} KvarDemoRelation;

gboolean kvar_demo_relation_find (const KvarDemoTable  *table,
                                  const char           *name,
                                  const char           *hint,
                                  KvarDemoRelation     *relation,
                                  KvarDemoSqlError    **error);

G_END_DECLS
