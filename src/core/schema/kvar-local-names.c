/* kvar-local-names.c: what a person calls tables and columns, and by what their rows are told apart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The file:
 * {"version": 1, "tables": {"jobs": {"title": "…", "columns": {"due_on": "…"}, "key": ["id"]}}}.
 */

#define G_LOG_DOMAIN "kvar-schema"

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "kvar-error.h"
#include "kvar-json.h"
#include "schema/kvar-local-names.h"
#include "schema/kvar-schema-json.h"

typedef struct
{
  char       *title;      /* (nullable) */
  GHashTable *columns;    /* name → title */
  char      **key;        /* (nullable) the columns that tell rows apart, as the person says */
} TableNames;

struct _KvarLocalNames
{
  char       *path;
  GHashTable *tables;     /* name → TableNames */
};

static void
table_names_free (TableNames *names)
{
  g_free (names->title);
  g_hash_table_unref (names->columns);
  g_strfreev (names->key);
  g_free (names);
}

static TableNames *
ensure_table (KvarLocalNames *self,
              const char     *table)
{
  TableNames *names = g_hash_table_lookup (self->tables, table);

  if (names == NULL)
    {
      names = g_new0 (TableNames, 1);
      names->columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_hash_table_insert (self->tables, g_strdup (table), names);
    }

  return names;
}

static void
read_columns (TableNames *names,
              JsonObject *columns)
{
  g_autoptr(GList) members = json_object_get_members (columns);

  for (GList *l = members; l != NULL; l = l->next)
    {
      const char *title = kvar_schema_json_string (columns, l->data);

      if (title != NULL)
        g_hash_table_insert (names->columns, g_strdup (l->data), g_strdup (title));
    }
}

/* What cannot be read is no name; the tables have their own. */
static void
read_file (KvarLocalNames *self)
{
  g_autofree char *data = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(JsonObject) root = NULL;
  g_autoptr(GList) members = NULL;
  JsonObject *tables;
  gsize length;

  if (!g_file_get_contents (self->path, &data, &length, NULL))
    return;

  bytes = g_bytes_new_take (g_steal_pointer (&data), length);
  root = kvar_json_parse_object (bytes, NULL);
  tables = root != NULL ? kvar_schema_json_object (root, "tables") : NULL;
  members = tables != NULL ? json_object_get_members (tables) : NULL;
  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonObject *table = kvar_schema_json_object (tables, l->data);
      TableNames *names;

      if (table == NULL)
        continue;

      names = ensure_table (self, l->data);
      names->title = g_strdup (kvar_schema_json_string (table, "title"));
      names->key = kvar_schema_json_strings (table, "key");
      if (kvar_schema_json_object (table, "columns") != NULL)
        read_columns (names, kvar_schema_json_object (table, "columns"));
    }
}

static void
write_table (JsonBuilder *builder,
             const char  *table,
             TableNames  *names)
{
  GHashTableIter iter;
  gpointer column;
  gpointer title;

  json_builder_set_member_name (builder, table);
  json_builder_begin_object (builder);
  if (names->title != NULL)
    {
      json_builder_set_member_name (builder, "title");
      json_builder_add_string_value (builder, names->title);
    }

  json_builder_set_member_name (builder, "columns");
  json_builder_begin_object (builder);
  g_hash_table_iter_init (&iter, names->columns);
  while (g_hash_table_iter_next (&iter, &column, &title))
    {
      json_builder_set_member_name (builder, column);
      json_builder_add_string_value (builder, title);
    }
  json_builder_end_object (builder);

  if (names->key != NULL)
    {
      json_builder_set_member_name (builder, "key");
      json_builder_begin_array (builder);
      for (guint i = 0; names->key[i] != NULL; i++)
        json_builder_add_string_value (builder, names->key[i]);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
}

static char *
to_json (KvarLocalNames *self)
{
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr(JsonNode) root = NULL;
  GHashTableIter iter;
  gpointer table;
  gpointer names;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, 1);
  json_builder_set_member_name (builder, "tables");
  json_builder_begin_object (builder);
  g_hash_table_iter_init (&iter, self->tables);
  while (g_hash_table_iter_next (&iter, &table, &names))
    write_table (builder, table, names);
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  return json_to_string (root, TRUE);
}

static gboolean
write_file (KvarLocalNames  *self,
            GError         **error)
{
  g_autofree char *text = to_json (self);
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autoptr(GError) problem = NULL;

  if (g_mkdir_with_parents (folder, 0700) == 0 &&
      g_file_set_contents_full (self->path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                &problem))
    return TRUE;

  g_warning ("Could not keep names: %s", problem != NULL ? problem->message
                                                          : g_strerror (errno));
  g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_REFUSED,
                       _("This can't be kept: the disk refuses it."));
  return FALSE;
}

/**
 * kvar_local_names_new:
 * @path: the file of one user of one project, which need not exist
 */
KvarLocalNames *
kvar_local_names_new (const char *path)
{
  KvarLocalNames *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (KvarLocalNames, 1);
  self->path = g_strdup (path);
  self->tables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify)table_names_free);
  read_file (self);
  return self;
}

void
kvar_local_names_free (KvarLocalNames *self)
{
  if (self == NULL)
    return;

  g_free (self->path);
  g_hash_table_unref (self->tables);
  g_free (self);
}

/**
 * kvar_local_names_get:
 * @column: (nullable): a column of @table, %NULL for the table itself
 *
 * Returns: (nullable): what the person calls it
 */
const char *
kvar_local_names_get (KvarLocalNames *self,
                      const char     *table,
                      const char     *column)
{
  TableNames *names;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (table != NULL, NULL);

  names = g_hash_table_lookup (self->tables, table);
  if (names == NULL)
    return NULL;

  return column != NULL ? g_hash_table_lookup (names->columns, column) : names->title;
}

/**
 * kvar_local_names_set:
 * @column: (nullable): a column of @table, %NULL for the table itself
 * @title: (nullable): what to call it; nothing to go back to the project's own name
 *
 * Returns: %FALSE with a sentence if it holds only until the program ends
 */
gboolean
kvar_local_names_set (KvarLocalNames  *self,
                      const char      *table,
                      const char      *column,
                      const char      *title,
                      GError         **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (title != NULL ? title : ""));
  TableNames *names;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (table != NULL, FALSE);

  names = ensure_table (self, table);
  if (column == NULL)
    {
      g_free (names->title);
      names->title = *stripped != '\0' ? g_steal_pointer (&stripped) : NULL;
    }
  else if (*stripped != '\0')
    g_hash_table_insert (names->columns, g_strdup (column), g_steal_pointer (&stripped));
  else
    g_hash_table_remove (names->columns, column);

  return write_file (self, error);
}

/**
 * kvar_local_names_set_key:
 * @columns: the columns that tell @table's rows apart
 *
 * Returns: %FALSE with a sentence if it holds only until the program ends
 */
gboolean
kvar_local_names_set_key (KvarLocalNames     *self,
                          const char         *table,
                          const char *const  *columns,
                          GError            **error)
{
  TableNames *names;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (table != NULL, FALSE);
  g_return_val_if_fail (columns != NULL && columns[0] != NULL, FALSE);

  names = ensure_table (self, table);
  g_strfreev (names->key);
  names->key = g_strdupv ((char **) columns);

  return write_file (self, error);
}

/* Only where the project itself knows no key. Nobody says that it is unique, so it counts as a
 * guess. */
static void
apply_key (KvarLocalNames *self,
           KvarTable      *table)
{
  TableNames *names = g_hash_table_lookup (self->tables, kvar_table_get_name (table));
  guint n_key = 0;

  kvar_table_get_key (table, &n_key);
  if (names != NULL && names->key != NULL &&
      (n_key == 0 || kvar_table_get_key_guessed (table)))
    kvar_table_set_key (table, (const char *const *) names->key, TRUE);
}

/* Whether anything goes by another title now. */
static gboolean
apply_to_table (KvarLocalNames *self,
                KvarTable      *table)
{
  const char *name = kvar_table_get_name (table);
  g_autofree char *before = g_strdup (kvar_table_get_title (table));
  gboolean changed;

  kvar_table_set_local_title (table, kvar_local_names_get (self, name, NULL));
  changed = !g_str_equal (before, kvar_table_get_title (table));
  apply_key (self, table);
  for (guint i = 0; i < kvar_table_get_n_columns (table); i++)
    {
      KvarColumn *column = kvar_table_get_column (table, i);

      kvar_column_set_local_title (column, kvar_local_names_get (self, name,
                                                                 kvar_column_get_name (column)));
    }

  return changed;
}

/**
 * kvar_local_names_apply:
 *
 * Makes @schema's tables and columns go by these names, and those that have none by their own.
 * Tables without a key get the one that the person chose.
 */
void
kvar_local_names_apply (KvarLocalNames *self,
                        KvarSchema     *schema)
{
  g_autoptr(GPtrArray) tables = NULL;
  gboolean changed = FALSE;

  g_return_if_fail (self != NULL);
  g_return_if_fail (KVAR_IS_SCHEMA (schema));

  tables = kvar_schema_list_tables (schema);
  for (guint i = 0; i < tables->len; i++)
    changed |= apply_to_table (self, g_ptr_array_index (tables, i));
  if (changed)
    kvar_schema_sort (schema);
}
