/* kvar-workspace.c: everything of one user in one project, shared by all windows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-workspace"

#include "config.h"

#include "kvar-paths.h"
#include "kvar-workspace.h"

struct _KvarWorkspace
{
  GObject           parent_instance;

  KvarSession      *session;
  char             *user_id;         /* (nullable) until the session knows */
  char             *email;           /* (nullable) who probably signs in */
  KvarSchemaLoader *loader;
  KvarSchema       *schema;          /* (nullable) until loaded */
  GError           *error;           /* (nullable) why the last load gave nothing */
  GCancellable     *cancellable;
  KvarStore        *store;
  KvarDraftStore   *drafts;
  KvarOutbox       *outbox;
  KvarErrandList   *exports;
  KvarPlaces       *places;
  KvarFiles        *files;
  GHashTable       *lists;           /* table name → KvarRecordList, as last looked through */
  KvarFunctionRuns *runs;
  KvarDatabase     *journal_database;   /* (nullable) of all users */
  gboolean          has_journal;     /* this user's part of it is in use */
  KvarDatabase     *cache_database;  /* (nullable) of all users */
  KvarCache        *cache;           /* (nullable) this user's part of it, while signed in */

  gboolean          loading;
  gboolean          retired;
  gboolean          restored;        /* the exports of the time before */
};

enum {
  PROP_SESSION = 1,
  PROP_SCHEMA,
  PROP_LOADING,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KvarWorkspace, kvar_workspace, G_TYPE_OBJECT)

static void
set_loading (KvarWorkspace *self,
             gboolean       loading)
{
  if (self->loading == loading)
    return;

  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/* What was interrupted goes on by itself, once it is known whose it is and what of. */
static void
restore_exports (KvarWorkspace *self)
{
  if (self->restored || self->retired || self->schema == NULL || self->user_id == NULL ||
      g_strcmp0 (self->user_id, kvar_session_get_user_id (self->session)) != 0)
    return;

  self->restored = TRUE;
  kvar_export_restore (self->exports, self->session, self->schema);
}

static void
set_schema (KvarWorkspace *self,
            KvarSchema    *schema)
{
  /* First: pages that hear of a table find its drafts. */
  kvar_draft_store_set_schema (self->drafts, schema);
  if (!g_set_object (&self->schema, schema))
    return;

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCHEMA]);
  restore_exports (self);
}

static void
take_error (KvarWorkspace *self,
            GError        *error)
{
  if (self->error == NULL && error == NULL)
    return;

  g_clear_error (&self->error);
  self->error = error;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

/* A schema that is there stays when a refresh fails: the tables are still good to work with. */
static void
schema_loaded_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(KvarWorkspace) self = user_data;
  g_autoptr(KvarSchema) schema = NULL;
  g_autoptr(GError) error = NULL;

  schema = kvar_schema_loader_load_finish (KVAR_SCHEMA_LOADER (object), result, &error);

  set_loading (self, FALSE);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (schema != NULL)
    set_schema (self, schema);
  take_error (self, g_steal_pointer (&error));
}

/* The loader shows what it has stored before the server has answered. */
static void
loader_schema_cb (KvarSchemaLoader *loader,
                  GParamSpec       *pspec,
                  KvarWorkspace    *self)
{
  KvarSchema *schema = kvar_schema_loader_get_schema (loader);

  if (schema != NULL)
    set_schema (self, schema);
}

static void
open_cache (KvarWorkspace *self)
{
  const char *project = kvar_project_get_id (kvar_workspace_get_project (self));

  if (self->cache_database == NULL || self->cache != NULL || self->user_id == NULL ||
      self->retired || kvar_session_get_signing_out (self->session))
    return;

  self->cache = kvar_cache_new (self->cache_database, project, self->user_id);
  kvar_store_set_cache (self->store, self->cache);
}

/* Somebody who signs out by hand leaves nothing to be looked at; what is typed stays. */
static void
signing_out_cb (KvarSession   *session,
                GParamSpec    *pspec,
                KvarWorkspace *self)
{
  if (!kvar_session_get_signing_out (session) || self->retired || self->user_id == NULL)
    return;

  kvar_schema_loader_forget (self->loader, self->user_id);
  if (self->cache == NULL)
    return;

  kvar_cache_close_and_forget (self->cache);
  kvar_store_set_cache (self->store, NULL);
  g_clear_object (&self->cache);
}

/* Drafts are a user's: until one is known there are none to be had. */
static void
open_journal (KvarWorkspace *self)
{
  KvarProject *project = kvar_session_get_project (self->session);
  g_autoptr(KvarJournal) journal = NULL;

  if (self->journal_database == NULL || self->has_journal || self->user_id == NULL)
    return;

  self->has_journal = TRUE;
  journal = kvar_journal_new (self->journal_database, kvar_project_get_id (project),
                              self->user_id);
  kvar_draft_store_set_journal (self->drafts, journal);
  kvar_draft_store_load_async (self->drafts, NULL, NULL, NULL);
}

/* Also somebody who comes back after another user. */
static void
welcome_user (KvarWorkspace *self)
{
  kvar_workspace_set_email (self, kvar_session_get_email (self->session));
  if (self->retired)
    {
      self->retired = FALSE;
      g_clear_object (&self->cancellable);
      self->cancellable = g_cancellable_new ();
    }
  open_journal (self);
  open_cache (self);
}

/* Stops everything that would go on by itself: somebody else uses the session now. The drafts
 * and what was exported stay for when this user is back. */
static void
retire (KvarWorkspace *self)
{
  if (self->retired)
    return;

  self->retired = TRUE;
  self->restored = FALSE;
  kvar_store_set_cache (self->store, NULL);
  g_clear_object (&self->cache);
  g_cancellable_cancel (self->cancellable);
  g_hash_table_remove_all (self->lists);
  kvar_function_runs_cancel (self->runs);

  kvar_errand_list_suspend (self->exports);
}

/* Also for somebody who has to sign in again: what was seen can be read until then. */
static gboolean
may_read (KvarWorkspace *self)
{
  return kvar_session_is_usable (self->session) ||
         (self->user_id != NULL && !kvar_session_get_signing_out (self->session) &&
          kvar_session_get_state (self->session) != KVAR_SESSION_SIGNED_OUT);
}

static void
session_changed_cb (KvarSession   *session,
                    GParamSpec    *pspec,
                    KvarWorkspace *self)
{
  const char *user_id = kvar_session_get_user_id (session);

  if (self->user_id == NULL)
    {
      self->user_id = g_strdup (user_id);
      kvar_outbox_set_user (self->outbox, user_id);
    }
  else if (user_id != NULL && g_strcmp0 (self->user_id, user_id) != 0)
    retire (self);

  if (user_id != NULL && g_strcmp0 (self->user_id, user_id) == 0)
    welcome_user (self);
  restore_exports (self);

  if (!self->retired && may_read (self) &&
      (self->schema == NULL || (self->error != NULL && kvar_session_is_usable (session))))
    kvar_workspace_load_schema (self);
}

static void
kvar_workspace_constructed (GObject *object)
{
  KvarWorkspace *self = KVAR_WORKSPACE (object);

  G_OBJECT_CLASS (kvar_workspace_parent_class)->constructed (object);

  self->loader = kvar_schema_loader_new (self->session, kvar_paths_get_cache_dir ());
  self->store = kvar_store_new (self->session);
  self->drafts = kvar_draft_store_new (NULL, kvar_session_get_clock (self->session));
  kvar_store_set_drafts (self->store, self->drafts);
  self->outbox = kvar_outbox_new (self->session, self->store, self->drafts);
  self->places = kvar_places_new (self->session);
  self->exports = kvar_errand_list_new ();
  self->files = kvar_files_new (self->session, kvar_paths_get_state_dir ());
  self->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->runs = kvar_function_runs_new (self->session, kvar_paths_get_state_dir ());

  g_signal_connect_object (self->loader, "notify::schema",
                           G_CALLBACK (loader_schema_cb), self, 0);

  /* Connected before any page or export can be, so that a change of user is noticed here
   * before they could go on as somebody else. */
  g_signal_connect_object (self->session, "notify::user-id",
                           G_CALLBACK (session_changed_cb), self, 0);
  g_signal_connect_object (self->session, "notify::state",
                           G_CALLBACK (session_changed_cb), self, 0);
  g_signal_connect_object (self->session, "notify::signing-out",
                           G_CALLBACK (signing_out_cb), self, 0);
  session_changed_cb (self->session, NULL, self);
}

static void
kvar_workspace_dispose (GObject *object)
{
  KvarWorkspace *self = KVAR_WORKSPACE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->runs);
  g_clear_pointer (&self->lists, g_hash_table_unref);
  g_clear_object (&self->cache);
  g_clear_object (&self->cache_database);
  g_clear_object (&self->exports);
  g_clear_object (&self->files);
  g_clear_object (&self->outbox);
  g_clear_object (&self->places);
  g_clear_object (&self->drafts);
  g_clear_object (&self->store);
  g_clear_object (&self->schema);
  g_clear_object (&self->loader);
  g_clear_object (&self->journal_database);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (kvar_workspace_parent_class)->dispose (object);
}

static void
kvar_workspace_finalize (GObject *object)
{
  KvarWorkspace *self = KVAR_WORKSPACE (object);

  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_clear_pointer (&self->user_id, g_free);
  g_clear_pointer (&self->email, g_free);

  G_OBJECT_CLASS (kvar_workspace_parent_class)->finalize (object);
}

static void
kvar_workspace_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  KvarWorkspace *self = KVAR_WORKSPACE (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;

    case PROP_SCHEMA:
      g_value_set_object (value, self->schema);
      break;

    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;

    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_workspace_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  KvarWorkspace *self = KVAR_WORKSPACE (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      self->session = g_value_dup_object (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_workspace_class_init (KvarWorkspaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = kvar_workspace_constructed;
  object_class->dispose = kvar_workspace_dispose;
  object_class->finalize = kvar_workspace_finalize;
  object_class->get_property = kvar_workspace_get_property;
  object_class->set_property = kvar_workspace_set_property;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, KVAR_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SCHEMA] =
    g_param_spec_object ("schema", NULL, NULL, KVAR_TYPE_SCHEMA,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ERROR] =
    g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kvar_workspace_init (KvarWorkspace *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * kvar_workspace_new:
 *
 * One workspace belongs to one user: the first one that @session tells of. It loads the
 * schema by itself as soon as somebody is signed in.
 */
KvarWorkspace *
kvar_workspace_new (KvarSession *session)
{
  g_return_val_if_fail (KVAR_IS_SESSION (session), NULL);

  return g_object_new (KVAR_TYPE_WORKSPACE, "session", session, NULL);
}

KvarSession *
kvar_workspace_get_session (KvarWorkspace *self)
{
  g_return_val_if_fail (KVAR_IS_WORKSPACE (self), NULL);

  return self->session;
}

KvarProject *
kvar_workspace_get_project (KvarWorkspace *self)
{
  g_return_val_if_fail (KVAR_IS_WORKSPACE (self), NULL);

  return kvar_session_get_project (self->session);
}

/**
 * kvar_workspace_get_user_id:
 *
 * Returns: (nullable): whose workspace it is; %NULL until somebody has signed in
 */
const char *
kvar_workspace_get_user_id (KvarWorkspace *self)
{
  g_return_val_if_fail (KVAR_IS_WORKSPACE (self), NULL);

  return self->user_id;
}

/**
 * kvar_workspace_get_email:
 *
 * Returns: (nullable): the address of who is, was or probably will be signed in
 */
const char *
kvar_workspace_get_email (KvarWorkspace *self)
{
  g_return_val_if_fail (KVAR_IS_WORKSPACE (self), NULL);

  return self->email;
}

/**
 * kvar_workspace_set_email:
 * @email: (nullable): what the login page suggests before anybody has signed in
 */
void
kvar_workspace_set_email (KvarWorkspace *self,
                          const char    *email)
{
  g_autofree char *copy = g_strdup (email);

  g_return_if_fail (KVAR_IS_WORKSPACE (self));

  g_free (self->email);
  self->email = g_steal_pointer (&copy);
}

KvarSchemaLoader *
kvar_workspace_get_loader (KvarWorkspace *self)
{
  g_return_val_if_fail (KVAR_IS_WORKSPACE (self), NULL);

  return self->loader;
}

/**
 * kvar_workspace_get_schema:
 *
 * Returns: (transfer none) (nullable): %NULL until it is loaded; "notify::schema" tells
 */
KvarSchema *
kvar_workspace_get_schema (KvarWorkspace *self)
{
  g_return_val_if_fail (KVAR_IS_WORKSPACE (self), NULL);

  return self->schema;
}

/**
 * kvar_workspace_get_error:
 *
 * Returns: (nullable): why the schema could not be loaded, as long as that is so
 */
const GError *
kvar_workspace_get_error (KvarWorkspace *self)
{
  g_return_val_if_fail (KVAR_IS_WORKSPACE (self), NULL);

  return self->error;
}

gboolean
kvar_workspace_get_loading (KvarWorkspace *self)
{
  g_return_val_if_fail (KVAR_IS_WORKSPACE (self), FALSE);

  return self->loading;
}

/**
 * kvar_workspace_set_journal_database:
 * @database: from kvar_journal_new_database()
 *
 * From now on drafts are kept there, and what was left there comes back.
 */
void
kvar_workspace_set_journal_database (KvarWorkspace *self,
                                     KvarDatabase  *database)
{
  g_return_if_fail (KVAR_IS_WORKSPACE (self));
  g_return_if_fail (KVAR_IS_DATABASE (database));

  g_set_object (&self->journal_database, database);
  open_journal (self);
}

/**
 * kvar_workspace_set_cache_database:
 * @database: from kvar_cache_open_database()
 *
 * Keeps there what this user sees, from now on. To be set before there are pages.
 */
void
kvar_workspace_set_cache_database (KvarWorkspace *self,
                                   KvarDatabase  *database)
{
  g_return_if_fail (KVAR_IS_WORKSPACE (self));
  g_return_if_fail (KVAR_IS_DATABASE (database));

  g_set_object (&self->cache_database, database);
  open_cache (self);
}

/**
 * kvar_workspace_get_cache:
 *
 * Returns: (transfer none) (nullable): where what this user sees is kept
 */
KvarCache *
kvar_workspace_get_cache (KvarWorkspace *self)
{
  g_return_val_if_fail (KVAR_IS_WORKSPACE (self), NULL);

  return self->cache;
}

KvarStore *
kvar_workspace_get_store (KvarWorkspace *self)
{
  g_return_val_if_fail (KVAR_IS_WORKSPACE (self), NULL);

  return self->store;
}

KvarDraftStore *
kvar_workspace_get_drafts (KvarWorkspace *self)
{
  g_return_val_if_fail (KVAR_IS_WORKSPACE (self), NULL);

  return self->drafts;
}

KvarOutbox *
kvar_workspace_get_outbox (KvarWorkspace *self)
{
  g_return_val_if_fail (KVAR_IS_WORKSPACE (self), NULL);

  return self->outbox;
}

KvarErrandList *
kvar_workspace_get_exports (KvarWorkspace *self)
{
  g_return_val_if_fail (KVAR_IS_WORKSPACE (self), NULL);

  return self->exports;
}

KvarFiles *
kvar_workspace_get_files (KvarWorkspace *self)
{
  g_return_val_if_fail (KVAR_IS_WORKSPACE (self), NULL);

  return self->files;
}

/**
 * kvar_workspace_get_list:
 * @table: a table's name
 *
 * Returns: (transfer none) (nullable): the records as somebody last looked through them, for
 *     the next and the previous one
 */
KvarRecordList *
kvar_workspace_get_list (KvarWorkspace *self,
                         const char    *table)
{
  g_return_val_if_fail (KVAR_IS_WORKSPACE (self), NULL);
  g_return_val_if_fail (table != NULL, NULL);

  return g_hash_table_lookup (self->lists, table);
}

void
kvar_workspace_set_list (KvarWorkspace  *self,
                         KvarRecordList *list)
{
  g_return_if_fail (KVAR_IS_WORKSPACE (self));
  g_return_if_fail (KVAR_IS_RECORD_LIST (list));

  g_hash_table_replace (self->lists,
                        g_strdup (kvar_table_get_name (kvar_record_list_get_table (list))),
                        g_object_ref (list));
}

KvarPlaces *
kvar_workspace_get_places (KvarWorkspace *self)
{
  g_return_val_if_fail (KVAR_IS_WORKSPACE (self), NULL);

  return self->places;
}

KvarFunctionRuns *
kvar_workspace_get_runs (KvarWorkspace *self)
{
  g_return_val_if_fail (KVAR_IS_WORKSPACE (self), NULL);

  return self->runs;
}

/**
 * kvar_workspace_load_schema:
 *
 * Loads the schema, or loads it anew. Does nothing while that is under way.
 */
void
kvar_workspace_load_schema (KvarWorkspace *self)
{
  g_return_if_fail (KVAR_IS_WORKSPACE (self));

  if (self->loading || self->retired)
    return;

  set_loading (self, TRUE);
  kvar_schema_loader_load_async (self->loader, self->cancellable, schema_loaded_cb,
                                 g_object_ref (self));
}
