/* kvar-schema-loader-own.c: the half of the schema loader for what a person knows better
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The names of tables, the columns that tell rows apart, what things are called, and a file with
 * all of it.
 */

#define G_LOG_DOMAIN "kvar-schema"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kvar-error.h"
#include "schema/kvar-schema-cache.h"
#include "schema/kvar-schema-document.h"
#include "schema/kvar-schema-loader-private.h"
#include "schema/kvar-table-probe.h"

static void table_probed_cb (GObject *object, GAsyncResult *result, gpointer user_data);

/**
 * kvar_schema_loader_add_table_async:
 * @name: the name of a table, as a person typed it
 * @columns: (nullable): the names of its columns, typed after the first try asked for them
 *
 * Finds out a table by asking for it, adds it to the schema and remembers it.
 */
void
kvar_schema_loader_add_table_async (KvarSchemaLoader    *self,
                                    const char          *name,
                                    const char *const   *columns,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autofree char *stripped = NULL;

  g_return_if_fail (KVAR_IS_SCHEMA_LOADER (self));
  g_return_if_fail (name != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_schema_loader_add_table_async);

  stripped = g_strstrip (g_strdup (name));
  if (*stripped == '\0')
    {
      g_task_return_new_error (task, KVAR_ERROR, KVAR_ERROR_INVALID, "%s",
                               _("Type the name of a table."));
      return;
    }

  kvar_table_probe_async (self->session, stripped, columns, cancellable, table_probed_cb,
                          g_steal_pointer (&task));
}

static void
table_probed_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  KvarSchemaLoader *self = g_task_get_source_object (task);
  g_autoptr(KvarTable) table = NULL;
  GError *error = NULL;

  table = kvar_table_probe_finish (result, &error);
  if (table == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  kvar_typed_tables_remember (self->typed, table);
  if (self->schema == NULL)
    {
      g_autoptr(KvarSchema) schema = kvar_schema_new (KVAR_SCHEMA_TYPED);

      kvar_schema_loader_set_schema (self, schema, NULL);
    }
  else
    {
      kvar_schema_add_table (self->schema, table);
      if (self->names != NULL)
        kvar_local_names_apply (self->names, self->schema);
    }
  g_task_return_pointer (task, g_steal_pointer (&table), g_object_unref);
}

/**
 * kvar_schema_loader_add_table_finish:
 *
 * Returns: (transfer full): the table; or %NULL with %KVAR_ERROR_INVALID, whose field is "name"
 *   or, where the columns cannot be seen and have to be typed, "columns"
 */
KvarTable *
kvar_schema_loader_add_table_finish (KvarSchemaLoader  *self,
                                     GAsyncResult      *result,
                                     GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * kvar_schema_loader_remove_table:
 * @name: a table that was typed
 *
 * Forgets a typed table.
 */
void
kvar_schema_loader_remove_table (KvarSchemaLoader *self,
                                 const char       *name)
{
  g_return_if_fail (KVAR_IS_SCHEMA_LOADER (self));
  g_return_if_fail (name != NULL);

  kvar_typed_tables_forget (self->typed, name);
  if (self->schema != NULL)
    kvar_schema_remove_table (self->schema, name);
}

/**
 * kvar_schema_loader_can_choose_key:
 *
 * Returns: whether it is for the person to say what tells the rows of @table apart, as the
 *   project does not
 */
gboolean
kvar_schema_loader_can_choose_key (KvarSchemaLoader *self,
                                   KvarTable        *table)
{
  guint n_key = 0;

  g_return_val_if_fail (KVAR_IS_SCHEMA_LOADER (self), FALSE);
  g_return_val_if_fail (KVAR_IS_TABLE (table), FALSE);

  kvar_table_get_key (table, &n_key);
  return n_key == 0 || kvar_table_get_key_guessed (table);
}

/**
 * kvar_schema_loader_set_key:
 * @table: a table or view for which kvar_schema_loader_can_choose_key() holds
 * @columns: the columns that tell its rows apart, as the person says
 *
 * Changes a guessed or missing key, also for later starts. It is a guess still: it finds rows,
 * but no pages are cut by it.
 *
 * Returns: %FALSE with a sentence if @table lacks one of @columns, or it is not kept
 */
gboolean
kvar_schema_loader_set_key (KvarSchemaLoader   *self,
                            KvarTable          *table,
                            const char *const  *columns,
                            GError            **error)
{
  const char *name;

  g_return_val_if_fail (KVAR_IS_SCHEMA_LOADER (self), FALSE);
  g_return_val_if_fail (KVAR_IS_TABLE (table), FALSE);
  g_return_val_if_fail (columns != NULL && columns[0] != NULL, FALSE);
  g_return_val_if_fail (kvar_schema_loader_can_choose_key (self, table), FALSE);

  if (!kvar_table_set_key (table, columns, TRUE))
    {
      g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_INVALID,
                           _("The table has been changed on the server. Refresh, then try again."));
      return FALSE;
    }

  name = kvar_table_get_name (table);
  return kvar_typed_tables_set_key (self->typed, name, columns) ||
         kvar_local_names_set_key (self->names, name, columns, error);
}

/* Import: the document is read → kept → shown where the project tells nothing. */
static void import_parsed_cb (GObject *object, GAsyncResult *result, gpointer user_data);

/**
 * kvar_schema_loader_import_async:
 * @document: what kvar_schema() or the root document says, as the project's owner saved it
 *
 * Takes a project's schema from a file, for a project that tells nothing itself, and keeps it.
 * What the project tells goes before it.
 */
void
kvar_schema_loader_import_async (KvarSchemaLoader    *self,
                                 GBytes              *document,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (KVAR_IS_SCHEMA_LOADER (self));
  g_return_if_fail (document != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_schema_loader_import_async);
  g_task_set_task_data (task, g_bytes_ref (document), (GDestroyNotify) g_bytes_unref);
  kvar_schema_document_parse_async (document, kvar_schema_document_parse, cancellable,
                                    import_parsed_cb, g_steal_pointer (&task));
}

static void
show_imported (KvarSchemaLoader *self,
               KvarSchema       *schema,
               GBytes           *document)
{
  if (self->schema != NULL && !self->blocked &&
      kvar_schema_get_origin (self->schema) <= KVAR_SCHEMA_OPENAPI)
    return;

  kvar_schema_cache_remove (self->session, kvar_session_get_user_id (self->session),
                            self->cache_dir, "schema");
  kvar_schema_set_origin (schema, KVAR_SCHEMA_FILE);
  kvar_schema_set_as_of (schema,
                         kvar_clock_get_server_time (kvar_session_get_clock (self->session)));
  kvar_schema_loader_set_blocked (self, FALSE);
  kvar_schema_loader_set_schema (self, schema, document);
}

static void
import_parsed_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  KvarSchemaLoader *self = g_task_get_source_object (task);
  GBytes *document = g_task_get_task_data (task);
  g_autoptr(KvarSchema) schema = kvar_schema_document_parse_finish (result, NULL);

  if (g_task_return_error_if_cancelled (task))
    return;

  if (schema == NULL || g_list_model_get_n_items (G_LIST_MODEL (schema)) == 0)
    {
      g_task_return_new_error (task, KVAR_ERROR, KVAR_ERROR_INVALID, "%s",
                               _("This file doesn't describe the tables of a project."));
      return;
    }

  kvar_schema_cache_write (self->session, self->cache_dir, "file", document);
  show_imported (self, schema, document);
  g_task_return_boolean (task, TRUE);
}

/**
 * kvar_schema_loader_import_finish:
 *
 * Returns: %FALSE with a sentence if the document is something else
 */
gboolean
kvar_schema_loader_import_finish (KvarSchemaLoader  *self,
                                  GAsyncResult      *result,
                                  GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * kvar_schema_loader_rename:
 * @column: (nullable): a column of @table, %NULL for the table itself
 * @title: (nullable): what the person wants to call it; nothing for the project's own name
 *
 * Changes what a table or a column is called for this person on this computer.
 *
 * Returns: %FALSE with a sentence if it is not kept
 */
gboolean
kvar_schema_loader_rename (KvarSchemaLoader  *self,
                           const char        *table,
                           const char        *column,
                           const char        *title,
                           GError           **error)
{
  gboolean kept;

  g_return_val_if_fail (KVAR_IS_SCHEMA_LOADER (self), FALSE);
  g_return_val_if_fail (table != NULL, FALSE);
  g_return_val_if_fail (self->schema != NULL, FALSE);

  kept = kvar_local_names_set (self->names, table, column, title, error);
  kvar_local_names_apply (self->names, self->schema);
  return kept;
}
