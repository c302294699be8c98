/* kvar-demo-type.c: names and traits of the demo's PostgreSQL types, and values bound to SQLite
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-type.h"

static const struct
{
  const char *name;        /* as format_type has it */
  const char *alias;       /* (nullable): the short name a cast may use */
  char        category;    /* pg_type.typcategory */
  const char *declaration; /* of the SQLite column */
} kinds[] = {
  [KVAR_DEMO_KIND_TEXT]          = { "text", NULL, 'S', "TEXT" },
  [KVAR_DEMO_KIND_VARCHAR]       = { "character varying", "varchar", 'S', "TEXT" },
  [KVAR_DEMO_KIND_UUID]          = { "uuid", NULL, 'U', "TEXT" },
  [KVAR_DEMO_KIND_BOOLEAN]       = { "boolean", "bool", 'B', "INTEGER" },
  [KVAR_DEMO_KIND_SMALLINT]      = { "smallint", "int2", 'N', "INTEGER" },
  [KVAR_DEMO_KIND_INTEGER]       = { "integer", "int4", 'N', "INTEGER" },
  [KVAR_DEMO_KIND_BIGINT]        = { "bigint", "int8", 'N', "INTEGER" },
  [KVAR_DEMO_KIND_DOUBLE]        = { "double precision", "float8", 'N', "REAL" },
  [KVAR_DEMO_KIND_NUMERIC]       = { "numeric", "decimal", 'N', "TEXT COLLATE kvar_numeric" },
  [KVAR_DEMO_KIND_DATE]          = { "date", NULL, 'D', "INTEGER" },
  [KVAR_DEMO_KIND_TIMESTAMPTZ]   = { "timestamp with time zone", "timestamptz", 'D', "INTEGER" },
  [KVAR_DEMO_KIND_JSON]          = { "json", NULL, 'U', "TEXT" },
  [KVAR_DEMO_KIND_JSONB]         = { "jsonb", NULL, 'U', "TEXT" },
  [KVAR_DEMO_KIND_ENUM]          = { "", NULL, 'E', "INTEGER" },
  [KVAR_DEMO_KIND_TEXT_ARRAY]    = { "text[]", "_text", 'A', "TEXT" },
  [KVAR_DEMO_KIND_INTEGER_ARRAY] = { "integer[]", "_int4", 'A', "TEXT" },
  [KVAR_DEMO_KIND_XID]           = { "xid", NULL, 'U', "INTEGER" },
  [KVAR_DEMO_KIND_TID]           = { "tid", NULL, 'U', "INTEGER" },
  [KVAR_DEMO_KIND_OID]           = { "oid", NULL, 'N', "INTEGER" },
};

void
kvar_demo_value_clear (KvarDemoValue *self)
{
  g_clear_pointer (&self->text, g_free);
  self->storage = SQLITE_NULL;
}

/**
 * kvar_demo_value_bind:
 * @index: counted from 1
 *
 * Binds a copy.
 */
void
kvar_demo_value_bind (const KvarDemoValue *self,
                      sqlite3_stmt        *statement,
                      int                  index)
{
  switch (self->storage)
    {
    case SQLITE_INTEGER:
      sqlite3_bind_int64 (statement, index, self->integer);
      break;

    case SQLITE_FLOAT:
      sqlite3_bind_double (statement, index, self->real);
      break;

    case SQLITE_TEXT:
      sqlite3_bind_text (statement, index, self->text, -1, SQLITE_TRANSIENT);
      break;

    default:
      sqlite3_bind_null (statement, index);
    }
}

/**
 * kvar_demo_value_borrow:
 *
 * Returns: the value of a column, good until the next step; never cleared
 */
KvarDemoValue
kvar_demo_value_borrow (sqlite3_stmt *statement,
                        int           column)
{
  KvarDemoValue value = { .storage = sqlite3_column_type (statement, column) };

  if (value.storage == SQLITE_INTEGER)
    value.integer = sqlite3_column_int64 (statement, column);
  else if (value.storage == SQLITE_FLOAT)
    value.real = sqlite3_column_double (statement, column);
  else if (value.storage == SQLITE_TEXT)
    value.text = (char *)sqlite3_column_text (statement, column);

  return value;
}

KvarDemoValue
kvar_demo_value_copy (const KvarDemoValue *self)
{
  KvarDemoValue copy = *self;

  copy.text = self->storage == SQLITE_TEXT ? g_strdup (self->text) : NULL;

  return copy;
}

/**
 * kvar_demo_values_new:
 *
 * Returns: (transfer full) (element-type KvarDemoValue): an empty array that owns its values
 */
GArray *
kvar_demo_values_new (void)
{
  GArray *values = g_array_new (FALSE, TRUE, sizeof (KvarDemoValue));

  g_array_set_clear_func (values, (GDestroyNotify)kvar_demo_value_clear);

  return values;
}

/**
 * kvar_demo_type_get_name:
 * @with_size: "numeric(12,2)" instead of "numeric"
 *
 * Returns: (transfer full): the name as format_type() gives it
 */
char *
kvar_demo_type_get_name (const KvarDemoType *self,
                         gboolean            with_size)
{
  const char *name = kinds[self->kind].name;

  if (self->kind == KVAR_DEMO_KIND_ENUM)
    return g_strdup (self->labels->name);

  if (with_size && self->size > 0 && self->kind == KVAR_DEMO_KIND_NUMERIC)
    return g_strdup_printf ("%s(%d,%d)", name, self->size, self->scale);

  if (with_size && self->size > 0)
    return g_strdup_printf ("%s(%d)", name, self->size);

  return g_strdup (name);
}

char
kvar_demo_type_get_category (const KvarDemoType *self)
{
  return kinds[self->kind].category;
}

/**
 * kvar_demo_type_get_declaration:
 *
 * Returns: how SQLite declares a column of this type
 */
const char *
kvar_demo_type_get_declaration (const KvarDemoType *self)
{
  return kinds[self->kind].declaration;
}

gboolean
kvar_demo_type_is_array (const KvarDemoType *self)
{
  return self->kind == KVAR_DEMO_KIND_TEXT_ARRAY || self->kind == KVAR_DEMO_KIND_INTEGER_ARRAY;
}

gboolean
kvar_demo_type_is_json (const KvarDemoType *self)
{
  return self->kind == KVAR_DEMO_KIND_JSON || self->kind == KVAR_DEMO_KIND_JSONB;
}

gboolean
kvar_demo_type_is_textual (const KvarDemoType *self)
{
  return self->kind == KVAR_DEMO_KIND_TEXT || self->kind == KVAR_DEMO_KIND_VARCHAR;
}

/**
 * kvar_demo_type_find:
 * @name: what stands behind "::" in select
 * @type: (out)
 *
 * Returns: whether there is such a type
 */
gboolean
kvar_demo_type_find (const char   *name,
                     KvarDemoType *type)
{
  if (strcmp (name, "int") == 0)
    name = "integer";

  for (guint i = KVAR_DEMO_KIND_TEXT; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].name, name) == 0 || g_strcmp0 (kinds[i].alias, name) == 0)
      {
        *type = (KvarDemoType) { .kind = i };
        return TRUE;
      }

  return FALSE;
}
