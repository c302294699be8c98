/* kvar-typed-tables.h: the tables that a person named, kept for each user of a project
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "schema/kvar-schema.h"
#include "session/kvar-session.h"

G_BEGIN_DECLS

typedef struct _KvarTypedTables KvarTypedTables;

KvarTypedTables *kvar_typed_tables_new      (KvarSession        *session,
                                             const char         *cache_dir);
void             kvar_typed_tables_free     (KvarTypedTables    *self);

void             kvar_typed_tables_read     (KvarTypedTables    *self);
guint            kvar_typed_tables_get_n    (KvarTypedTables    *self);
void             kvar_typed_tables_add_to   (KvarTypedTables    *self,
                                             KvarSchema         *schema);
void             kvar_typed_tables_remember (KvarTypedTables    *self,
                                             KvarTable          *table);
void             kvar_typed_tables_forget   (KvarTypedTables    *self,
                                             const char         *name);
gboolean         kvar_typed_tables_set_key  (KvarTypedTables    *self,
                                             const char         *name,
                                             const char *const  *columns);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarTypedTables, kvar_typed_tables_free)

G_END_DECLS
