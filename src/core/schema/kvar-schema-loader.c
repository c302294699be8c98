/* kvar-schema-loader.c: finds out a project's schema, keeps it, and remembers typed tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-schema"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kvar-error.h"
#include "kvar-paths.h"
#include "schema/kvar-local-names.h"
#include "schema/kvar-openapi-parser.h"
#include "schema/kvar-schema-cache.h"
#include "schema/kvar-schema-loader.h"
#include "schema/kvar-schema-parser.h"
#include "schema/kvar-table-probe.h"
#include "schema/kvar-typed-tables.h"
#include "session/kvar-session.h"

/* A thousand tables of fifty columns are some 20 MiB. */
#define DOCUMENT_MAX (64 * 1024 * 1024)

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

enum {
  PROP_SESSION = 1,
  PROP_CACHE_DIR,
  PROP_SCHEMA,
  PROP_BLOCKED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KvarSchemaLoader, kvar_schema_loader, G_TYPE_OBJECT)

/* A document of either kind. */
static KvarSchema *
parse_any (GBytes  *source,
           GError **error)
{
  KvarSchema *schema = kvar_schema_parse (source, NULL);

  return schema != NULL ? schema : kvar_openapi_parse (source, error);
}

static void
set_schema (KvarSchemaLoader *self,
            KvarSchema       *schema,
            GBytes           *source)
{
  g_clear_pointer (&self->source, g_bytes_unref);
  self->source = source != NULL ? g_bytes_ref (source) : NULL;
  if (self->schema != NULL)
    kvar_schema_keep_tables (schema, self->schema);
  kvar_typed_tables_add_to (self->typed, schema);
  if (self->names != NULL)
    kvar_local_names_apply (self->names, schema);
  if (g_set_object (&self->schema, schema))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCHEMA]);
}

static void
set_blocked (KvarSchemaLoader *self,
             gboolean          blocked)
{
  if (self->blocked == blocked)
    return;

  self->blocked = blocked;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BLOCKED]);
}

/* "names <project> <user>.json": what somebody named is no cache. */
static void
read_names (KvarSchemaLoader *self)
{
  const char *user_id = kvar_session_get_user_id (self->session);
  g_autofree char *path =
    kvar_schema_cache_build_path (self->session, user_id, kvar_paths_get_data_dir (), "names");

  g_clear_pointer (&self->names, kvar_local_names_free);
  self->names = kvar_local_names_new (path);
}

/* What was known the last time is there before the network answers; what the project's owner
 * handed out as a file stands in where it tells nothing itself. */
static void
read_cache (KvarSchemaLoader *self)
{
  gint64 as_of = 0;
  g_autoptr(GBytes) source = NULL;
  g_autoptr(KvarSchema) schema = NULL;
  gboolean has_typed = kvar_typed_tables_read (self->typed);

  read_names (self);
  source = kvar_schema_cache_read (self->session, self->cache_dir, "schema", &as_of);
  if (source != NULL)
    schema = parse_any (source, NULL);
  if (schema == NULL)
    {
      g_clear_pointer (&source, g_bytes_unref);
      source = kvar_schema_cache_read (self->session, self->cache_dir, "file", &as_of);
      schema = source != NULL ? parse_any (source, NULL) : NULL;
      if (schema != NULL)
        kvar_schema_set_origin (schema, KVAR_SCHEMA_FILE);
    }
  if (schema == NULL && has_typed)
    schema = kvar_schema_new (KVAR_SCHEMA_TYPED);

  if (schema == NULL)
    return;

  kvar_schema_set_as_of (schema, as_of);
  set_schema (self, schema, source);
}

/* The same document makes no new objects: pages keep theirs. */
static void
accept_document (KvarSchemaLoader *self,
                 KvarSchema       *schema,
                 GBytes           *source)
{
  KvarClock *clock = kvar_session_get_clock (self->session);
  gint64 now = kvar_clock_get_server_time (clock);

  set_blocked (self, FALSE);
  if (self->schema != NULL && self->source != NULL && g_bytes_equal (self->source, source))
    {
      kvar_schema_set_as_of (self->schema, now);
      return;
    }

  kvar_schema_set_as_of (schema, now);
  kvar_schema_cache_write (self->session, self->cache_dir, "schema", source);
  set_schema (self, schema, source);
}

static void
kvar_schema_loader_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  KvarSchemaLoader *self = KVAR_SCHEMA_LOADER (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_CACHE_DIR:
      g_value_set_string (value, self->cache_dir);
      break;
    case PROP_SCHEMA:
      g_value_set_object (value, self->schema);
      break;
    case PROP_BLOCKED:
      g_value_set_string (value, kvar_schema_loader_get_blocked (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_schema_loader_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  KvarSchemaLoader *self = KVAR_SCHEMA_LOADER (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      self->session = g_value_dup_object (value);
      break;
    case PROP_CACHE_DIR:
      self->cache_dir = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_schema_loader_constructed (GObject *object)
{
  KvarSchemaLoader *self = KVAR_SCHEMA_LOADER (object);

  G_OBJECT_CLASS (kvar_schema_loader_parent_class)->constructed (object);

  self->typed = kvar_typed_tables_new (self->session, self->cache_dir);
}

static void
kvar_schema_loader_finalize (GObject *object)
{
  KvarSchemaLoader *self = KVAR_SCHEMA_LOADER (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->cache_dir, g_free);
  g_clear_object (&self->schema);
  g_clear_pointer (&self->source, g_bytes_unref);
  g_clear_pointer (&self->typed, kvar_typed_tables_free);
  g_clear_pointer (&self->names, kvar_local_names_free);

  G_OBJECT_CLASS (kvar_schema_loader_parent_class)->finalize (object);
}

static void
kvar_schema_loader_class_init (KvarSchemaLoaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = kvar_schema_loader_constructed;
  object_class->finalize = kvar_schema_loader_finalize;
  object_class->get_property = kvar_schema_loader_get_property;
  object_class->set_property = kvar_schema_loader_set_property;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, KVAR_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CACHE_DIR] =
    g_param_spec_string ("cache-dir", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SCHEMA] =
    g_param_spec_object ("schema", NULL, NULL, KVAR_TYPE_SCHEMA,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_BLOCKED] =
    g_param_spec_string ("blocked", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kvar_schema_loader_init (KvarSchemaLoader *self)
{
}

/**
 * kvar_schema_loader_new:
 * @session: whose project and user the schema is of
 * @cache_dir: where schemas are kept
 */
KvarSchemaLoader *
kvar_schema_loader_new (KvarSession *session,
                        const char  *cache_dir)
{
  g_return_val_if_fail (KVAR_IS_SESSION (session), NULL);
  g_return_val_if_fail (cache_dir != NULL, NULL);

  return g_object_new (KVAR_TYPE_SCHEMA_LOADER,
                       "session", session,
                       "cache-dir", cache_dir,
                       NULL);
}

/**
 * kvar_schema_loader_get_schema:
 *
 * Returns: (transfer none) (nullable): what is known by now; from the cache as soon as a load
 *   has begun
 */
KvarSchema *
kvar_schema_loader_get_schema (KvarSchemaLoader *self)
{
  g_return_val_if_fail (KVAR_IS_SCHEMA_LOADER (self), NULL);

  return self->schema;
}

/**
 * kvar_schema_loader_get_blocked:
 *
 * Returns: (nullable): a sentence, if the project does not tell its tables to people who sign
 *   in. That says nothing about the key.
 */
const char *
kvar_schema_loader_get_blocked (KvarSchemaLoader *self)
{
  g_return_val_if_fail (KVAR_IS_SCHEMA_LOADER (self), NULL);

  if (!self->blocked)
    return NULL;

  return _("This project doesn't list its tables. Type the names of the ones you work with, or "
           "ask your administrator to let Kvar see the list.");
}

/**
 * kvar_schema_loader_forget:
 * @user_id: who has signed out
 *
 * Removes what is kept of the schema, but for the tables that the user typed.
 */
void
kvar_schema_loader_forget (KvarSchemaLoader *self,
                           const char       *user_id)
{
  g_return_if_fail (KVAR_IS_SCHEMA_LOADER (self));
  g_return_if_fail (user_id != NULL);

  kvar_schema_cache_remove (self->session, user_id, self->cache_dir, "schema");
}

/* Load: kvar_schema() → the root document → what was typed. */
static void function_replied_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void root_replied_cb     (GObject *object, GAsyncResult *result, gpointer user_data);

/**
 * kvar_schema_loader_load_async:
 *
 * Finds out the schema. The last known one is in place at once, and replaced when the project
 * has answered something else.
 */
void
kvar_schema_loader_load_async (KvarSchemaLoader    *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(KvarRequest) request = kvar_request_new ("GET", "/rest/v1/rpc/kvar_schema");

  g_return_if_fail (KVAR_IS_SCHEMA_LOADER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_schema_loader_load_async);

  if (self->schema == NULL)
    read_cache (self);

  kvar_request_set_answer_max (request, DOCUMENT_MAX);
  kvar_session_send_async (self->session, request, cancellable, function_replied_cb,
                           g_steal_pointer (&task));
}

/* The server said no for good, so that the next way is worth trying. */
static gboolean
is_refusal (KvarReply *reply)
{
  int status = kvar_reply_get_status (reply);

  return status >= 400 && status < 500 && status != 408 && status != 429;
}

/* A schema that is already there is good enough for everything but a session that is over. */
static void
return_known (GTask  *task,
              GError *error)
{
  KvarSchemaLoader *self = g_task_get_source_object (task);
  gboolean is_over = g_error_matches (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT) ||
                     g_error_matches (error, KVAR_ERROR, KVAR_ERROR_BLOCKED) ||
                     g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  if (self->schema == NULL || is_over)
    {
      g_task_return_error (task, error);
      return;
    }

  g_info ("The schema stays as it was: %s", error->message);
  g_error_free (error);
  g_task_return_pointer (task, g_object_ref (self->schema), g_object_unref);
}

static void
function_replied_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  KvarSchemaLoader *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(KvarSchema) schema = NULL;
  g_autoptr(KvarRequest) request = NULL;
  GError *error = NULL;

  reply = kvar_session_send_finish (self->session, result, &error);
  if (reply != NULL && is_refusal (reply))
    {
      request = kvar_request_new ("GET", "/rest/v1/");
      kvar_request_set_header (request, "Accept", "application/openapi+json");
      kvar_request_set_answer_max (request, DOCUMENT_MAX);
      kvar_session_send_async (self->session, request, cancellable, root_replied_cb,
                               g_steal_pointer (&task));
      return;
    }

  if (reply != NULL && kvar_reply_check (reply, KVAR_SERVICE_REST, &error))
    schema = kvar_schema_parse (kvar_reply_get_body (reply), &error);
  if (schema == NULL)
    {
      return_known (task, error);
      return;
    }

  accept_document (self, schema, kvar_reply_get_body (reply));
  g_task_return_pointer (task, g_object_ref (self->schema), g_object_unref);
}

/* The list of tables is closed: what people typed is all there is. */
static void
fall_back_to_typed (KvarSchemaLoader *self)
{
  g_autoptr(KvarSchema) schema = NULL;

  set_blocked (self, self->schema == NULL ||
                     kvar_schema_get_origin (self->schema) != KVAR_SCHEMA_FILE);

  /* A list from before it was closed still tells more than names do. */
  if (self->schema != NULL)
    return;

  schema = kvar_schema_new (KVAR_SCHEMA_TYPED);
  kvar_schema_set_as_of (schema,
                         kvar_clock_get_server_time (kvar_session_get_clock (self->session)));
  set_schema (self, schema, NULL);
}

static void
root_replied_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  KvarSchemaLoader *self = g_task_get_source_object (task);
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(KvarSchema) schema = NULL;
  GError *error = NULL;

  reply = kvar_session_send_finish (self->session, result, &error);
  if (reply == NULL || (!is_refusal (reply) &&
                        !kvar_reply_check (reply, KVAR_SERVICE_REST, &error)))
    {
      return_known (task, error);
      return;
    }

  /* Whatever else is at the root, such as a function of the owner's, is no list of tables. */
  if (!is_refusal (reply))
    schema = kvar_openapi_parse (kvar_reply_get_body (reply), NULL);

  if (schema != NULL)
    accept_document (self, schema, kvar_reply_get_body (reply));
  else
    fall_back_to_typed (self);
  g_task_return_pointer (task, g_object_ref (self->schema), g_object_unref);
}

/**
 * kvar_schema_loader_load_finish:
 *
 * Returns: (transfer full): the schema; one without tables, and kvar_schema_loader_get_blocked()
 *   saying why, if the project tells nothing; or %NULL with an error, if nothing was known yet
 */
KvarSchema *
kvar_schema_loader_load_finish (KvarSchemaLoader  *self,
                                GAsyncResult      *result,
                                GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

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

      set_schema (self, schema, NULL);
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
 * kvar_schema_loader_set_key:
 * @table: a table that was typed
 * @columns: the columns that tell its rows apart, as the person says
 *
 * Changes a guessed key, for now and for later. It is a guess still: it finds rows, but no pages
 * are cut by it.
 *
 * Returns: %FALSE if the table was not typed or lacks one of @columns
 */
gboolean
kvar_schema_loader_set_key (KvarSchemaLoader  *self,
                            const char        *table,
                            const char *const *columns)
{
  g_return_val_if_fail (KVAR_IS_SCHEMA_LOADER (self), FALSE);

  return kvar_typed_tables_set_key (self->typed, table, columns);
}

/**
 * kvar_schema_loader_import:
 * @document: what kvar_schema() or the root document says, as the project's owner saved it
 *
 * Takes a project's schema from a file, for a project that tells nothing itself, and keeps it.
 * What the project tells goes before it.
 *
 * Returns: %FALSE with a sentence if @document is something else
 */
gboolean
kvar_schema_loader_import (KvarSchemaLoader  *self,
                           GBytes            *document,
                           GError           **error)
{
  g_autoptr(KvarSchema) schema = NULL;

  g_return_val_if_fail (KVAR_IS_SCHEMA_LOADER (self), FALSE);
  g_return_val_if_fail (document != NULL, FALSE);

  schema = parse_any (document, NULL);
  if (schema == NULL || g_list_model_get_n_items (G_LIST_MODEL (schema)) == 0)
    {
      g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_INVALID,
                           _("This file doesn't describe the tables of a project."));
      return FALSE;
    }

  kvar_schema_cache_write (self->session, self->cache_dir, "file", document);
  if (self->schema != NULL && !self->blocked &&
      kvar_schema_get_origin (self->schema) <= KVAR_SCHEMA_OPENAPI)
    return TRUE;

  kvar_schema_cache_remove (self->session, kvar_session_get_user_id (self->session),
                            self->cache_dir, "schema");
  kvar_schema_set_origin (schema, KVAR_SCHEMA_FILE);
  kvar_schema_set_as_of (schema,
                         kvar_clock_get_server_time (kvar_session_get_clock (self->session)));
  set_blocked (self, FALSE);
  set_schema (self, schema, document);
  return TRUE;
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
