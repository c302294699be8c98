/* kvar-typed-tables.c: the tables that a person named, kept for each user of a project
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-schema"

#include "config.h"

#include <string.h>

#include "schema/kvar-schema-cache.h"
#include "schema/kvar-schema-parser.h"
#include "schema/kvar-schema-writer.h"
#include "schema/kvar-typed-tables.h"

struct _KvarTypedTables
{
  KvarSession *session;
  char        *cache_dir;
  GPtrArray   *tables;       /* of KvarTable, found out by probing */
};

KvarTypedTables *
kvar_typed_tables_new (KvarSession *session,
                       const char  *cache_dir)
{
  KvarTypedTables *self = g_new0 (KvarTypedTables, 1);

  self->session = g_object_ref (session);
  self->cache_dir = g_strdup (cache_dir);
  self->tables = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

void
kvar_typed_tables_free (KvarTypedTables *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->session);
  g_clear_pointer (&self->cache_dir, g_free);
  g_clear_pointer (&self->tables, g_ptr_array_unref);
  g_free (self);
}

static void
write_down (KvarTypedTables *self)
{
  g_autofree char *text = kvar_schema_write (self->tables);
  g_autoptr(GBytes) document = g_bytes_new (text, strlen (text));

  kvar_schema_cache_write (self->session, self->cache_dir, "typed", document);
}

/**
 * kvar_typed_tables_read:
 *
 * Reads what was kept for the session's user.
 */
void
kvar_typed_tables_read (KvarTypedTables *self)
{
  gint64 as_of;
  g_autoptr(GBytes) source = NULL;
  g_autoptr(KvarSchema) schema = NULL;

  g_return_if_fail (self != NULL);

  source = kvar_schema_cache_read (self->session, self->cache_dir, "typed", &as_of);
  schema = source != NULL ? kvar_schema_parse (source, NULL) : NULL;
  g_ptr_array_set_size (self->tables, 0);
  for (guint i = 0; schema != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (schema)); i++)
    g_ptr_array_add (self->tables, g_list_model_get_item (G_LIST_MODEL (schema), i));
}

guint
kvar_typed_tables_get_n (KvarTypedTables *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->tables->len;
}

/**
 * kvar_typed_tables_add_to:
 *
 * Adds the tables that @schema does not know by itself.
 */
void
kvar_typed_tables_add_to (KvarTypedTables *self,
                          KvarSchema      *schema)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (KVAR_IS_SCHEMA (schema));

  for (guint i = 0; i < self->tables->len; i++)
    {
      KvarTable *table = g_ptr_array_index (self->tables, i);

      if (kvar_schema_find_table (schema, kvar_table_get_name (table)) == NULL)
        kvar_schema_add_table (schema, table);
    }
}

static gboolean
drop (KvarTypedTables *self,
      const char      *name)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      if (g_strcmp0 (kvar_table_get_name (g_ptr_array_index (self->tables, i)), name) == 0)
        {
          g_ptr_array_remove_index (self->tables, i);
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * kvar_typed_tables_remember:
 * @table: takes the place of one with the same name
 */
void
kvar_typed_tables_remember (KvarTypedTables *self,
                            KvarTable       *table)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (KVAR_IS_TABLE (table));

  drop (self, kvar_table_get_name (table));
  g_ptr_array_add (self->tables, g_object_ref (table));
  write_down (self);
}

void
kvar_typed_tables_forget (KvarTypedTables *self,
                          const char      *name)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);

  if (drop (self, name))
    write_down (self);
}

/**
 * kvar_typed_tables_set_key:
 * @columns: the columns that tell the table's rows apart, as the person says
 *
 * Returns: %FALSE if there is no such table, or it lacks one of @columns
 */
gboolean
kvar_typed_tables_set_key (KvarTypedTables   *self,
                           const char        *name,
                           const char *const *columns)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->tables->len; i++)
    {
      KvarTable *table = g_ptr_array_index (self->tables, i);

      if (g_strcmp0 (kvar_table_get_name (table), name) == 0 &&
          kvar_table_set_key (table, columns, TRUE))
        {
          write_down (self);
          return TRUE;
        }
    }

  return FALSE;
}
