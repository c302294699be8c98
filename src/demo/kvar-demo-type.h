/* kvar-demo-type.h: PostgreSQL's types as the demo knows them, and a value as SQLite stores it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SQLite holds integers for whole numbers, booleans, enums (the label's position), dates (days)
 * and timestamps (microseconds), so that they sort as PostgreSQL sorts them; doubles as doubles;
 * everything else, numeric above all, as PostgreSQL's own text.
 */

#pragma once

#include <glib.h>
#include <sqlite3.h>

#include "kvar-demo-sql-error.h"

G_BEGIN_DECLS

typedef enum
{
  KVAR_DEMO_KIND_NONE,
  KVAR_DEMO_KIND_TEXT,
  KVAR_DEMO_KIND_VARCHAR,
  KVAR_DEMO_KIND_UUID,
  KVAR_DEMO_KIND_BOOLEAN,
  KVAR_DEMO_KIND_SMALLINT,
  KVAR_DEMO_KIND_INTEGER,
  KVAR_DEMO_KIND_BIGINT,
  KVAR_DEMO_KIND_DOUBLE,
  KVAR_DEMO_KIND_NUMERIC,
  KVAR_DEMO_KIND_DATE,
  KVAR_DEMO_KIND_TIMESTAMPTZ,
  KVAR_DEMO_KIND_JSON,
  KVAR_DEMO_KIND_JSONB,
  KVAR_DEMO_KIND_ENUM,
  KVAR_DEMO_KIND_TEXT_ARRAY,
  KVAR_DEMO_KIND_INTEGER_ARRAY,
  KVAR_DEMO_KIND_XID,
  KVAR_DEMO_KIND_TID,
  KVAR_DEMO_KIND_OID,
} KvarDemoKind;

typedef struct
{
  const char         *name;
  const char * const *labels; /* ended by NULL */
} KvarDemoEnum;

typedef struct
{
  KvarDemoKind        kind;
  int                 size;   /* length of varchar, precision of numeric; 0: any */
  int                 scale;
  const KvarDemoEnum *labels; /* (nullable): of an enum */
} KvarDemoType;

/* What SQLite stores; the text is owned unless the value was borrowed from a statement. */
typedef struct
{
  int     storage;  /* SQLITE_NULL, SQLITE_INTEGER, SQLITE_FLOAT or SQLITE_TEXT */
  gint64  integer;
  double  real;
  char   *text;
} KvarDemoValue;

#define KVAR_DEMO_VALUE_NULL { .storage = SQLITE_NULL }

void        kvar_demo_value_clear          (KvarDemoValue       *self);
void        kvar_demo_value_bind           (const KvarDemoValue *self,
                                            sqlite3_stmt        *statement,
                                            int                  index);
KvarDemoValue kvar_demo_value_borrow       (sqlite3_stmt        *statement,
                                            int                  column);
KvarDemoValue kvar_demo_value_copy         (const KvarDemoValue *self);
GArray     *kvar_demo_values_new           (void);

char       *kvar_demo_type_get_name        (const KvarDemoType  *self,
                                            gboolean             with_size);
char        kvar_demo_type_get_category    (const KvarDemoType  *self);
const char *kvar_demo_type_get_declaration (const KvarDemoType  *self);
gboolean    kvar_demo_type_is_array        (const KvarDemoType  *self);
gboolean    kvar_demo_type_is_json         (const KvarDemoType  *self);
gboolean    kvar_demo_type_is_textual      (const KvarDemoType  *self);
gboolean    kvar_demo_type_find            (const char          *name,
                                            KvarDemoType        *type);

/* kvar-demo-type-input.c */
gboolean    kvar_demo_type_parse           (const KvarDemoType  *self,
                                            const char          *text,
                                            gint64               now_usec,
                                            KvarDemoValue       *value,
                                            KvarDemoSqlError   **error);

/* kvar-demo-type-output.c */
void        kvar_demo_type_append_text     (const KvarDemoType  *self,
                                            const KvarDemoValue *value,
                                            GTimeZone           *zone,
                                            GString             *out);
char       *kvar_demo_type_to_text         (const KvarDemoType  *self,
                                            const KvarDemoValue *value);
void        kvar_demo_type_append_json     (const KvarDemoType  *self,
                                            const KvarDemoValue *value,
                                            GTimeZone           *zone,
                                            GString             *out);

G_END_DECLS
