/* kvar-schema.h: what a project offers the signed-in user: tables, views and functions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "schema/kvar-function.h"
#include "schema/kvar-table.h"

G_BEGIN_DECLS

typedef enum
{
  KVAR_SCHEMA_FUNCTION,    /* kvar_schema() told everything */
  KVAR_SCHEMA_OPENAPI,     /* the root document: no generated columns, no column privileges */
  KVAR_SCHEMA_FILE,        /* a file that the project's owner exported */
  KVAR_SCHEMA_TYPED,       /* table names that a person typed, probed one by one */
} KvarSchemaOrigin;

#define KVAR_TYPE_SCHEMA (kvar_schema_get_type ())

G_DECLARE_FINAL_TYPE (KvarSchema, kvar_schema, KVAR, SCHEMA, GObject)

/* A GListModel of the KvarTables that are not hidden, by title. */
KvarSchema       *kvar_schema_new             (KvarSchemaOrigin  origin);

KvarSchemaOrigin  kvar_schema_get_origin      (KvarSchema       *self);
void              kvar_schema_set_origin      (KvarSchema       *self,
                                               KvarSchemaOrigin  origin);
gint64            kvar_schema_get_as_of       (KvarSchema       *self);
void              kvar_schema_set_as_of       (KvarSchema       *self,
                                               gint64            as_of);
KvarTable        *kvar_schema_find_table      (KvarSchema       *self,
                                               const char       *name);
void              kvar_schema_add_table       (KvarSchema       *self,
                                               KvarTable        *table);
void              kvar_schema_remove_table    (KvarSchema       *self,
                                               const char       *name);
GPtrArray        *kvar_schema_list_tables     (KvarSchema       *self);
void              kvar_schema_sort            (KvarSchema       *self);
void              kvar_schema_keep_tables     (KvarSchema       *self,
                                               KvarSchema       *older);
KvarFunction     *kvar_schema_find_function   (KvarSchema       *self,
                                               const char       *name);
void              kvar_schema_add_function    (KvarSchema       *self,
                                               KvarFunction     *function);
GPtrArray        *kvar_schema_list_reports    (KvarSchema       *self);
GPtrArray        *kvar_schema_list_actions    (KvarSchema       *self,
                                               const char       *table);

const char       *kvar_schema_get_install_sql (void);

G_END_DECLS
