/* kvar-schema-loader-private.h: shared by the halves of the schema loader
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "schema/kvar-local-names.h"
#include "schema/kvar-schema-loader.h"
#include "schema/kvar-typed-tables.h"
#include "session/kvar-session.h"

G_BEGIN_DECLS

struct _KvarSchemaLoader
{
  GObject          parent_instance;

  KvarSession     *session;
  char            *cache_dir;
  KvarSchema      *schema;   /* (nullable): not known yet */
  GBytes          *source;   /* (nullable): the document that it was read from */
  KvarTypedTables *typed;
  KvarLocalNames  *names;    /* (nullable): of the user whose schema it is */
  gboolean         blocked;
};

void kvar_schema_loader_set_schema  (KvarSchemaLoader *self,
                                     KvarSchema       *schema,
                                     GBytes           *source);
void kvar_schema_loader_set_blocked (KvarSchemaLoader *self,
                                     gboolean          blocked);

G_END_DECLS
