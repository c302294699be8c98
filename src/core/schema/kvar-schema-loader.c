/* kvar-schema-loader.c: finds out a project's schema, keeps it, and remembers typed tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-schema"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kvar-error.h"
#include "kvar-paths.h"
#include "schema/kvar-openapi-parser.h"
#include "schema/kvar-schema-cache.h"
#include "schema/kvar-schema-document.h"
#include "schema/kvar-schema-loader-private.h"
#include "schema/kvar-schema-parser.h"

/* A thousand tables of fifty columns are some 20 MiB. */
#define DOCUMENT_MAX (64 * 1024 * 1024)

enum {
  PROP_SESSION = 1,
  PROP_CACHE_DIR,
  PROP_SCHEMA,
  PROP_BLOCKED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KvarSchemaLoader, kvar_schema_loader, G_TYPE_OBJECT)

void
kvar_schema_loader_set_schema (KvarSchemaLoader *self,
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

void
kvar_schema_loader_set_blocked (KvarSchemaLoader *self,
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

static gint64
get_now (KvarSchemaLoader *self)
{
  return kvar_clock_get_server_time (kvar_session_get_clock (self->session));
}

/* The same document makes no new objects: pages keep theirs. */
static gboolean
is_known (KvarSchemaLoader *self,
          GBytes           *source)
{
  return self->schema != NULL && self->source != NULL && g_bytes_equal (self->source, source) &&
         kvar_schema_get_origin (self->schema) != KVAR_SCHEMA_FILE;
}

static void
accept_document (KvarSchemaLoader *self,
                 KvarSchema       *schema,
                 GBytes           *source)
{
  kvar_schema_loader_set_blocked (self, FALSE);
  kvar_schema_set_as_of (schema, get_now (self));
  kvar_schema_cache_write (self->session, self->cache_dir, "schema", source);
  kvar_schema_loader_set_schema (self, schema, source);
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

/* Load: what is kept → kvar_schema() → the root document → what was typed. */
static void kept_parsed_cb      (GObject *object, GAsyncResult *result, gpointer user_data);
static void ask_function        (GTask *task);
static void function_replied_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void function_parsed_cb  (GObject *object, GAsyncResult *result, gpointer user_data);
static void root_replied_cb     (GObject *object, GAsyncResult *result, gpointer user_data);
static void root_parsed_cb      (GObject *object, GAsyncResult *result, gpointer user_data);

/* What the project told goes before what its owner handed out as a file. */
static const char *const kept_documents[] = { "schema", "file" };

typedef struct
{
  guint   n_kept;    /* of the kept documents, the one that is being read */
  GBytes *source;    /* (nullable) what is being read */
  gint64  as_of;     /* when it was kept */
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_clear_pointer (&load->source, g_bytes_unref);
  g_free (load);
}

static void
load_set_source (Load   *load,
                 GBytes *source)
{
  g_clear_pointer (&load->source, g_bytes_unref);
  load->source = source != NULL ? g_bytes_ref (source) : NULL;
}

static void
show_kept (KvarSchemaLoader *self,
           Load             *load,
           KvarSchema       *schema)
{
  if (g_str_equal (kept_documents[load->n_kept], "file"))
    kvar_schema_set_origin (schema, KVAR_SCHEMA_FILE);
  kvar_schema_set_as_of (schema, load->as_of);
  kvar_schema_loader_set_schema (self, schema, load->source);
}

/* Shows the newest kept document that can be read, then asks the project. A short one is there
 * at once; nothing takes the place of what has come meanwhile. */
static void
read_kept (GTask *task)
{
  KvarSchemaLoader *self = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);

  for (; self->schema == NULL && load->n_kept < G_N_ELEMENTS (kept_documents); load->n_kept++)
    {
      g_autoptr(GBytes) source = kvar_schema_cache_read (self->session, self->cache_dir,
                                                         kept_documents[load->n_kept],
                                                         &load->as_of);
      g_autoptr(KvarSchema) schema = NULL;

      load_set_source (load, source);
      if (source != NULL && kvar_schema_document_is_long (source))
        {
          kvar_schema_document_parse_async (source, kvar_schema_document_parse,
                                            g_task_get_cancellable (task), kept_parsed_cb,
                                            g_object_ref (task));
          return;
        }

      schema = source != NULL ? kvar_schema_document_parse (source, NULL) : NULL;
      if (schema != NULL)
        show_kept (self, load, schema);
    }

  if (self->schema == NULL && kvar_typed_tables_get_n (self->typed) > 0)
    {
      g_autoptr(KvarSchema) schema = kvar_schema_new (KVAR_SCHEMA_TYPED);

      kvar_schema_loader_set_schema (self, schema, NULL);
    }
  ask_function (task);
}

static void
kept_parsed_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  KvarSchemaLoader *self = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);
  g_autoptr(KvarSchema) schema = kvar_schema_document_parse_finish (result, NULL);

  if (g_task_return_error_if_cancelled (task))
    return;

  if (schema != NULL && self->schema == NULL)
    show_kept (self, load, schema);
  load->n_kept++;
  read_kept (task);
}

/**
 * kvar_schema_loader_load_async:
 *
 * Finds out the schema. The last known one is in place at once, or soon if it is long, and
 * replaced when the project has answered something else.
 */
void
kvar_schema_loader_load_async (KvarSchemaLoader    *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (KVAR_IS_SCHEMA_LOADER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_schema_loader_load_async);
  g_task_set_task_data (task, g_new0 (Load, 1), load_free);

  if (self->schema == NULL)
    {
      read_names (self);
      kvar_typed_tables_read (self->typed);
    }
  read_kept (task);
}

static void
ask_function (GTask *task)
{
  KvarSchemaLoader *self = g_task_get_source_object (task);
  g_autoptr(KvarRequest) request = kvar_request_new ("GET", "/rest/v1/rpc/kvar_schema");

  kvar_request_set_answer_max (request, DOCUMENT_MAX);
  kvar_session_send_async (self->session, request, g_task_get_cancellable (task),
                           function_replied_cb, g_object_ref (task));
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

/* What is as it was is not read again. */
static void
read_reply (GTask               *task,
            KvarReply           *reply,
            KvarSchemaParseFunc  parse,
            GAsyncReadyCallback  callback)
{
  KvarSchemaLoader *self = g_task_get_source_object (task);
  GBytes *source = kvar_reply_get_body (reply);

  if (is_known (self, source))
    {
      kvar_schema_loader_set_blocked (self, FALSE);
      kvar_schema_set_as_of (self->schema, get_now (self));
      g_task_return_pointer (task, g_object_ref (self->schema), g_object_unref);
      return;
    }

  load_set_source (g_task_get_task_data (task), source);
  kvar_schema_document_parse_async (source, parse, g_task_get_cancellable (task), callback,
                                    g_object_ref (task));
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

  if (reply == NULL || !kvar_reply_check (reply, KVAR_SERVICE_REST, &error))
    {
      return_known (task, error);
      return;
    }

  read_reply (task, reply, kvar_schema_parse, function_parsed_cb);
}

static void
function_parsed_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  KvarSchemaLoader *self = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);
  g_autoptr(KvarSchema) schema = NULL;
  GError *error = NULL;

  schema = kvar_schema_document_parse_finish (result, &error);
  if (schema == NULL)
    {
      return_known (task, error);
      return;
    }

  accept_document (self, schema, load->source);
  g_task_return_pointer (task, g_object_ref (self->schema), g_object_unref);
}

/* The list of tables is closed: what people typed is all there is. */
static void
fall_back_to_typed (KvarSchemaLoader *self)
{
  g_autoptr(KvarSchema) schema = NULL;

  kvar_schema_loader_set_blocked (self, self->schema == NULL ||
                     kvar_schema_get_origin (self->schema) != KVAR_SCHEMA_FILE);

  /* A list from before it was closed still tells more than names do. */
  if (self->schema != NULL)
    return;

  schema = kvar_schema_new (KVAR_SCHEMA_TYPED);
  kvar_schema_set_as_of (schema, get_now (self));
  kvar_schema_loader_set_schema (self, schema, NULL);
}

static void
root_replied_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  KvarSchemaLoader *self = g_task_get_source_object (task);
  g_autoptr(KvarReply) reply = NULL;
  GError *error = NULL;

  reply = kvar_session_send_finish (self->session, result, &error);
  if (reply != NULL && is_refusal (reply))
    {
      fall_back_to_typed (self);
      g_task_return_pointer (task, g_object_ref (self->schema), g_object_unref);
      return;
    }
  if (reply == NULL || !kvar_reply_check (reply, KVAR_SERVICE_REST, &error))
    {
      return_known (task, error);
      return;
    }

  read_reply (task, reply, kvar_openapi_parse, root_parsed_cb);
}

/* Whatever else is at the root, such as a function of the owner's, is no list of tables. */
static void
root_parsed_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  KvarSchemaLoader *self = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);
  g_autoptr(KvarSchema) schema = NULL;
  g_autoptr(GError) error = NULL;

  schema = kvar_schema_document_parse_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      return_known (task, g_steal_pointer (&error));
      return;
    }

  if (schema != NULL)
    accept_document (self, schema, load->source);
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
