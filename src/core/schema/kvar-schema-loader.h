/* kvar-schema-loader.h: finds out a project's schema, keeps it, and remembers typed tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "schema/kvar-schema.h"

G_BEGIN_DECLS

typedef struct _KvarSession KvarSession;

#define KVAR_TYPE_SCHEMA_LOADER (kvar_schema_loader_get_type ())

G_DECLARE_FINAL_TYPE (KvarSchemaLoader, kvar_schema_loader, KVAR, SCHEMA_LOADER, GObject)

KvarSchemaLoader *kvar_schema_loader_new              (KvarSession          *session,
                                                       const char           *cache_dir);

KvarSchema       *kvar_schema_loader_get_schema       (KvarSchemaLoader     *self);
const char       *kvar_schema_loader_get_blocked      (KvarSchemaLoader     *self);
void              kvar_schema_loader_forget           (KvarSchemaLoader     *self,
                                                       const char           *user_id);

void              kvar_schema_loader_load_async       (KvarSchemaLoader     *self,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
KvarSchema       *kvar_schema_loader_load_finish      (KvarSchemaLoader     *self,
                                                       GAsyncResult         *result,
                                                       GError              **error);

void              kvar_schema_loader_add_table_async  (KvarSchemaLoader     *self,
                                                       const char           *name,
                                                       const char *const    *columns,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
KvarTable        *kvar_schema_loader_add_table_finish (KvarSchemaLoader     *self,
                                                       GAsyncResult         *result,
                                                       GError              **error);
void              kvar_schema_loader_remove_table     (KvarSchemaLoader     *self,
                                                       const char           *name);
gboolean          kvar_schema_loader_can_choose_key   (KvarSchemaLoader     *self,
                                                       KvarTable            *table);
gboolean          kvar_schema_loader_set_key          (KvarSchemaLoader     *self,
                                                       KvarTable            *table,
                                                       const char *const    *columns,
                                                       GError              **error);
void              kvar_schema_loader_import_async     (KvarSchemaLoader     *self,
                                                       GBytes               *document,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
gboolean          kvar_schema_loader_import_finish    (KvarSchemaLoader     *self,
                                                       GAsyncResult         *result,
                                                       GError              **error);
gboolean          kvar_schema_loader_rename           (KvarSchemaLoader     *self,
                                                       const char           *table,
                                                       const char           *column,
                                                       const char           *title,
                                                       GError              **error);

G_END_DECLS
