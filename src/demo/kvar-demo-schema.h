/* kvar-demo-schema.h: the sample schema: relations, keys, checks, privileges and functions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One static description drives the DDL, type checks, errors, kvar_schema() and OpenAPI.
 */

#pragma once

#include "kvar-demo-type.h"

G_BEGIN_DECLS

typedef enum
{
  KVAR_DEMO_IDENTITY_NONE,
  KVAR_DEMO_IDENTITY_BY_DEFAULT,
  KVAR_DEMO_IDENTITY_ALWAYS,
} KvarDemoIdentity;

typedef enum
{
  KVAR_DEMO_DEFAULT_NONE,
  KVAR_DEMO_DEFAULT_LITERAL, /* default_text, read by the column's type */
  KVAR_DEMO_DEFAULT_UUID,    /* gen_random_uuid() */
  KVAR_DEMO_DEFAULT_NOW,     /* now() */
  KVAR_DEMO_DEFAULT_CALLER,  /* auth.uid() */
} KvarDemoDefault;

typedef struct
{
  const char       *name;
  KvarDemoType      type;
  gboolean          not_null;
  KvarDemoDefault   has_default;
  const char       *default_text; /* (nullable): of a literal */
  KvarDemoIdentity  identity;
  gboolean          generated;    /* price × hours: the one rule there is */
  const char       *comment;      /* (nullable) */
} KvarDemoColumn;

#define KVAR_DEMO_KEY_COLUMNS 3

typedef struct
{
  const char *name;
  const char *columns[KVAR_DEMO_KEY_COLUMNS]; /* ended by NULL */
} KvarDemoKey;

typedef struct
{
  const char *name;
  const char *column;        /* all foreign keys of the sample have one column */
  const char *target;
  const char *target_column;
  gboolean    cascade;
} KvarDemoForeignKey;

/* A number's bounds, or a text's bounds of length in characters. */
typedef struct
{
  const char *name;
  const char *column;
  gint64      least;
  gint64      most;
} KvarDemoCheck;

typedef enum
{
  KVAR_DEMO_MAY_SELECT = 1 << 0,
  KVAR_DEMO_MAY_INSERT = 1 << 1,
  KVAR_DEMO_MAY_UPDATE = 1 << 2,
  KVAR_DEMO_MAY_DELETE = 1 << 3,
  KVAR_DEMO_MAY_ALL    = 0xf,
} KvarDemoPrivileges;

typedef struct
{
  const char               *name;
  guint                     oid;
  const char               *view_sql;      /* (nullable): the SELECT of a view */
  const char               *view_base;     /* (nullable): the table a view shows */
  const char               *comment;       /* (nullable) */
  const KvarDemoColumn     *columns;
  guint                     n_columns;
  KvarDemoKey               primary_key;   /* name NULL: none */
  const KvarDemoKey        *unique_keys;
  guint                     n_unique_keys;
  const KvarDemoForeignKey *foreign_keys;
  guint                     n_foreign_keys;
  const KvarDemoCheck      *checks;
  guint                     n_checks;
  gboolean                  row_security;  /* details of errors are withheld */
  const char               *owner_column;  /* (nullable): rows belong to their owner */
  const char               *touch_column;  /* (nullable): a trigger sets it at each update */
  KvarDemoPrivileges        anon;
  KvarDemoPrivileges        authenticated;
  const char * const       *sort_columns;  /* (nullable): those that get an index */
} KvarDemoTable;

typedef struct
{
  const char   *name;
  KvarDemoType  type;
  gboolean      has_default;
} KvarDemoArgument;

typedef enum
{
  KVAR_DEMO_RETURNS_VOID,
  KVAR_DEMO_RETURNS_SCALAR,
  KVAR_DEMO_RETURNS_SET,
} KvarDemoReturns;

typedef struct
{
  const char             *name;
  const KvarDemoArgument *arguments;
  guint                   n_arguments;
  KvarDemoReturns         returns;
  KvarDemoType            scalar;
  const KvarDemoTable    *rows;       /* (nullable): what a set's rows look like */
  const char             *result;     /* as pg_get_function_result() has it */
  const char             *volatility;
  gboolean                anonymous;  /* anon may call it */
  const char             *comment;    /* (nullable) */
} KvarDemoFunction;

const KvarDemoTable    *kvar_demo_schema_get_tables     (guint                *n_tables);
const KvarDemoTable    *kvar_demo_schema_find_table     (const char           *name);
const KvarDemoTable    *kvar_demo_schema_get_stats      (void);
const KvarDemoFunction *kvar_demo_schema_get_functions  (guint                *n_functions);
const KvarDemoFunction *kvar_demo_schema_find_function  (const char           *name);

const KvarDemoColumn   *kvar_demo_table_find_column     (const KvarDemoTable  *self,
                                                         const char           *name);
gboolean                kvar_demo_table_has_key_column  (const KvarDemoTable  *self,
                                                         const char           *name);
KvarDemoPrivileges      kvar_demo_table_get_privileges  (const KvarDemoTable  *self,
                                                         const char           *role);
char                   *kvar_demo_column_get_default    (const KvarDemoColumn *self);
char                   *kvar_demo_schema_suggest        (const char           *name);
char                   *kvar_demo_table_get_ddl         (const KvarDemoTable  *self);
char                   *kvar_demo_table_get_indexes     (const KvarDemoTable  *self);

G_END_DECLS
