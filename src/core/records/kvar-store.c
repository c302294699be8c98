/* kvar-store.c: Reads, saves and deletes single records, and tells who shows them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-store"

#include "config.h"

#include "kvar-error.h"
#include "records/kvar-draft-refusal.h"
#include "records/kvar-guard.h"
#include "records/kvar-record-load.h"
#include "records/kvar-rest-api.h"
#include "records/kvar-store-save.h"
#include "records/kvar-store-private.h"
#include "routes/kvar-route.h"

enum {
  PROP_SAVING = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum {
  SIGNAL_SAVED,
  SIGNAL_DELETED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KvarStore, kvar_store, G_TYPE_OBJECT)

typedef struct
{
  KvarDraft *draft;
  char      *previous_key;   /* (nullable) */
} Save;

typedef struct
{
  KvarTable *table;
  char      *what;           /* as the cache calls the record */
} Load;

typedef struct
{
  KvarRecord *record;
  char       *user_id;       /* (nullable) who deletes */
  GError     *refusal;       /* (nullable) what the server said at first */
} Delete;

/* Load: read the row → done. */
static void load_read_cb      (GObject *object, GAsyncResult *result, gpointer user_data);

/* Save: see kvar-store-save → tell → the draft's next one, if one waits. */
static void save_done_cb      (GObject *object, GAsyncResult *result, gpointer user_data);

/* Delete: DELETE → hit no row, or the answer was lost: look for it → tell. */
static void delete_replied_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void delete_looked_cb  (GObject *object, GAsyncResult *result, gpointer user_data);

static void
save_free (Save *save)
{
  g_clear_object (&save->draft);
  g_clear_pointer (&save->previous_key, g_free);
  g_free (save);
}

static void
load_free (Load *load)
{
  g_clear_object (&load->table);
  g_clear_pointer (&load->what, g_free);
  g_free (load);
}

static void
delete_free (Delete *delete)
{
  g_clear_object (&delete->record);
  g_clear_pointer (&delete->user_id, g_free);
  g_clear_error (&delete->refusal);
  g_free (delete);
}

/* Takes over what the server has just said of a whole record. */
static void
keep_record (KvarStore  *self,
             KvarRecord *record)
{
  g_autofree char *key = kvar_record_get_key_string (record);
  g_autofree char *what = NULL;
  g_autoptr(GPtrArray) records = NULL;
  KvarCachedRows rows = { .total = 1, .total_is_exact = TRUE };

  if (self->cache == NULL || key == NULL || !kvar_record_is_complete (record))
    return;

  what = kvar_store_what_of (key);
  records = g_ptr_array_new ();
  g_ptr_array_add (records, record);
  rows.records = records;
  rows.loaded_at = kvar_clock_get_wall (kvar_session_get_clock (self->session));
  kvar_cache_keep (self->cache, kvar_record_get_table (record), what, &rows);
}

/* What is gone, or may not be read any more, is not kept either. */
static void
heed_refusal (KvarStore    *self,
              Load         *load,
              const GError *error)
{
  if (self->cache == NULL)
    return;

  if (g_error_matches (error, KVAR_ERROR, KVAR_ERROR_GONE))
    kvar_cache_forget (self->cache, load->table, load->what);
  else if (kvar_cache_is_denial (error))
    kvar_cache_forget_table (self->cache, load->table);
}

static void
kvar_store_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SAVING:
      g_value_set_boolean (value, kvar_store_get_saving (KVAR_STORE (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_store_finalize (GObject *object)
{
  KvarStore *self = KVAR_STORE (object);

  g_clear_object (&self->cache);
  g_clear_object (&self->session);
  g_clear_object (&self->drafts);

  G_OBJECT_CLASS (kvar_store_parent_class)->finalize (object);
}

static void
kvar_store_class_init (KvarStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = kvar_store_finalize;
  object_class->get_property = kvar_store_get_property;

  /* Whether a save is under way: a bad moment to quit. */
  properties[PROP_SAVING] = g_param_spec_boolean ("saving", NULL, NULL, FALSE,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* A record has been saved, with the key that it had before, or NULL if it is new. */
  signals[SIGNAL_SAVED] =
    g_signal_new ("saved", KVAR_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, KVAR_TYPE_RECORD, G_TYPE_STRING);

  /* The record of a table with a key has been deleted. */
  signals[SIGNAL_DELETED] =
    g_signal_new ("deleted", KVAR_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, KVAR_TYPE_TABLE, G_TYPE_STRING);

  /* Many records of the table have been changed, or deleted, at once. */
  g_signal_new ("outdated", KVAR_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, KVAR_TYPE_TABLE);
}

static void
kvar_store_init (KvarStore *self)
{
  g_queue_init (&self->saves);
}

static void
load_read_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  KvarStore *self = g_task_get_source_object (task);
  KvarRecord *record;

  record = kvar_record_load_finish (KVAR_SESSION (object), result, &error);
  if (record == NULL)
    {
      heed_refusal (self, g_task_get_task_data (task), error);
      g_task_return_error (task, error);
      return;
    }

  keep_record (self, record);
  g_task_return_pointer (task, record, g_object_unref);
}

static KvarDraft *
draft_of (gpointer task)
{
  return ((Save *)g_task_get_task_data (task))->draft;
}

/* Takes @task. */
static void
begin_save (KvarStore *self,
            GTask     *task)
{
  Save *save = g_task_get_task_data (task);

  if (!kvar_draft_is_new (save->draft))
    save->previous_key = kvar_record_get_key_string (kvar_draft_get_base (save->draft));

  kvar_store_save_run_async (self->session, self->drafts, save->draft,
                             g_task_get_cancellable (task), save_done_cb, task);
}

static gboolean
is_being_saved (KvarStore *self,
                KvarDraft *draft)
{
  for (GList *l = self->saves.head; l != NULL; l = l->next)
    if (draft_of (l->data) == draft)
      return TRUE;

  return FALSE;
}

static void
add_save (KvarStore *self,
          GTask     *task)
{
  g_queue_push_tail (&self->saves, g_object_ref (task));
  if (g_queue_get_length (&self->saves) == 1)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SAVING]);
}

static void
notify_if_idle (KvarStore *self)
{
  if (g_queue_is_empty (&self->saves))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SAVING]);
}

/* The first task of a draft is the one under way. The next one sends what is left to send;
 * but after a failure it would only repeat what may have happened. */
static void
next_save (KvarStore    *self,
           KvarDraft    *draft,
           const GError *error)
{
  for (GList *l = self->saves.head, *next; l != NULL; l = next)
    {
      g_autoptr(GTask) task = NULL;

      next = l->next;
      if (draft_of (l->data) != draft)
        continue;
      if (error == NULL)
        {
          begin_save (self, g_object_ref (l->data));
          return;
        }

      task = l->data;
      g_queue_delete_link (&self->saves, l);
      g_task_return_error (task, g_error_copy (error));
    }
}

static void
save_done_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GTask) listed G_GNUC_UNUSED = user_data;
  g_autoptr(KvarRecord) saved = NULL;
  GError *error = NULL;
  KvarStore *self = g_task_get_source_object (task);
  Save *save = g_task_get_task_data (task);

  g_queue_remove (&self->saves, task);
  saved = kvar_store_save_run_finish (KVAR_SESSION (object), result, &error);
  if (saved == NULL)
    {
      /* Beside the field that the server means, in every window that shows the draft. */
      if (g_error_matches (error, KVAR_ERROR, KVAR_ERROR_INVALID))
        kvar_draft_take_refusal (save->draft, error);
      next_save (self, save->draft, error);
      g_task_return_error (task, error);
      notify_if_idle (self);
      return;
    }

  if (save->previous_key != NULL)
    kvar_store_forget_record (self, kvar_record_get_table (saved), save->previous_key);
  keep_record (self, saved);
  g_signal_emit (self, signals[SIGNAL_SAVED], 0, saved, save->previous_key);
  next_save (self, save->draft, NULL);
  g_task_return_pointer (task, g_steal_pointer (&saved), g_object_unref);
  notify_if_idle (self);
}

static void
return_deleted (KvarStore *self,
                GTask     *task)
{
  KvarRecord *record = ((Delete *)g_task_get_task_data (task))->record;
  g_autofree char *key = kvar_record_get_key_string (record);

  if (key != NULL)
    kvar_store_forget_record (self, kvar_record_get_table (record), key);
  g_signal_emit (self, signals[SIGNAL_DELETED], 0, kvar_record_get_table (record), key);
  g_task_return_boolean (task, TRUE);
}

static void
delete_replied_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) key = NULL;
  KvarStore *self = g_task_get_source_object (task);
  Delete *delete = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  reply = kvar_session_send_finish (KVAR_SESSION (object), result, &error);
  if (reply != NULL && kvar_reply_check (reply, KVAR_SERVICE_REST, &error))
    {
      return_deleted (self, task);
      return;
    }

  /* Somebody else who has signed in meanwhile may not see what is there all the same. */
  if ((!g_error_matches (error, KVAR_ERROR, KVAR_ERROR_UNKNOWN_OUTCOME) &&
       !g_error_matches (error, KVAR_ERROR, KVAR_ERROR_GONE)) ||
      g_strcmp0 (kvar_session_get_user_id (self->session), delete->user_id) != 0)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  key = kvar_record_dup_key (delete->record);
  delete->refusal = g_steal_pointer (&error);
  kvar_record_load_async (self->session, kvar_record_get_table (delete->record),
                          (const char *const *)key, cancellable,
                          delete_looked_cb, g_steal_pointer (&task));
}

/* No longer there is what was wanted. Still there, it is another one now, or not ours to
 * delete; after a lost answer it can be tried again. */
static void
delete_looked_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(KvarRecord) row = NULL;
  g_autoptr(GError) error = NULL;
  KvarStore *self = g_task_get_source_object (task);
  Delete *delete = g_task_get_task_data (task);

  row = kvar_record_load_finish (KVAR_SESSION (object), result, &error);
  if (g_error_matches (error, KVAR_ERROR, KVAR_ERROR_GONE))
    return_deleted (self, task);
  else if (row == NULL || g_error_matches (delete->refusal, KVAR_ERROR,
                                           KVAR_ERROR_UNKNOWN_OUTCOME))
    g_task_return_error (task, row == NULL ? g_steal_pointer (&error)
                                           : g_steal_pointer (&delete->refusal));
  else if (g_strcmp0 (kvar_record_get_xmin (row), kvar_record_get_xmin (delete->record)) != 0)
    g_task_return_new_error (task, KVAR_ERROR, KVAR_ERROR_CONFLICT, "Somebody has changed the row");
  else
    g_task_return_new_error (task, KVAR_ERROR, KVAR_ERROR_DENIED, "The row may not be deleted");
}

KvarStore *
kvar_store_new (KvarSession *session)
{
  KvarStore *self;

  g_return_val_if_fail (KVAR_IS_SESSION (session), NULL);

  self = g_object_new (KVAR_TYPE_STORE, NULL);
  self->session = g_object_ref (session);

  return self;
}

/**
 * kvar_store_set_cache:
 * @cache: (nullable): where the records that come are kept
 */
void
kvar_store_set_cache (KvarStore *self,
                      KvarCache *cache)
{
  g_return_if_fail (KVAR_IS_STORE (self));
  g_return_if_fail (cache == NULL || KVAR_IS_CACHE (cache));

  g_set_object (&self->cache, cache);
}

/**
 * kvar_store_set_drafts:
 * @drafts: where drafts are kept on disk, before anything is asked of the server for them
 */
void
kvar_store_set_drafts (KvarStore      *self,
                       KvarDraftStore *drafts)
{
  g_return_if_fail (KVAR_IS_STORE (self));
  g_return_if_fail (KVAR_IS_DRAFT_STORE (drafts));

  g_set_object (&self->drafts, drafts);
}

/**
 * kvar_store_get_saving:
 *
 * Returns: whether a save is under way
 */
gboolean
kvar_store_get_saving (KvarStore *self)
{
  g_return_val_if_fail (KVAR_IS_STORE (self), FALSE);

  return !g_queue_is_empty (&self->saves);
}

/**
 * kvar_store_load_async:
 * @key: a route's key
 *
 * Reads one record with all its columns. %KVAR_ERROR_GONE if there is none with that key.
 */
void
kvar_store_load_async (KvarStore           *self,
                       KvarTable           *table,
                       const char          *key,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_auto(GStrv) values = NULL;
  guint n_key;
  Load *load;

  g_return_if_fail (KVAR_IS_STORE (self));
  g_return_if_fail (KVAR_IS_TABLE (table));
  g_return_if_fail (key != NULL);

  load = g_new0 (Load, 1);
  load->table = g_object_ref (table);
  load->what = kvar_store_what_of (key);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_store_load_async);
  g_task_set_task_data (task, load, (GDestroyNotify)load_free);

  kvar_table_get_key (table, &n_key);
  values = kvar_route_split_key (key);
  if (n_key == 0 || values == NULL || g_strv_length (values) != n_key)
    {
      g_task_return_new_error (task, KVAR_ERROR, KVAR_ERROR_GONE, "No key of this table");
      return;
    }

  kvar_record_load_async (self->session, table, (const char *const *)values, cancellable,
                          load_read_cb, g_steal_pointer (&task));
}

/**
 * kvar_store_load_finish:
 *
 * Returns: (transfer full) (nullable): the record
 */
KvarRecord *
kvar_store_load_finish (KvarStore     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * kvar_store_save_async:
 * @draft: what to save; its changes are dropped as they are saved
 *
 * Inserts a new record, or updates the changed columns of one that nobody else has changed
 * there. %KVAR_ERROR_CONFLICT if somebody has: kvar_draft_get_theirs() is their record then.
 * While the draft is being saved already, waits for that, and saves what is left.
 */
void
kvar_store_save_async (KvarStore           *self,
                       KvarDraft           *draft,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  gboolean under_way;
  Save *save;

  g_return_if_fail (KVAR_IS_STORE (self));
  g_return_if_fail (KVAR_IS_DRAFT (draft));

  save = g_new0 (Save, 1);
  save->draft = g_object_ref (draft);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_store_save_async);
  g_task_set_task_data (task, save, (GDestroyNotify)save_free);

  under_way = is_being_saved (self, draft);
  add_save (self, task);
  if (!under_way)
    begin_save (self, g_steal_pointer (&task));
}

/**
 * kvar_store_save_finish:
 *
 * Returns: (transfer full) (nullable): the record as the server has it now
 */
KvarRecord *
kvar_store_save_finish (KvarStore     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * kvar_store_delete_async:
 * @record: the record as it was seen; not deleted if somebody has changed it since
 */
void
kvar_store_delete_async (KvarStore           *self,
                         KvarRecord          *record,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(KvarRequest) request = NULL;
  g_autoptr(GPtrArray) guard = NULL;
  g_auto(GStrv) key = NULL;
  gboolean whole;
  Delete *delete;

  g_return_if_fail (KVAR_IS_STORE (self));
  g_return_if_fail (KVAR_IS_RECORD (record));

  delete = g_new0 (Delete, 1);
  delete->record = kvar_record_dup (record);
  delete->user_id = g_strdup (kvar_session_get_user_id (self->session));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_store_delete_async);
  g_task_set_task_data (task, delete, (GDestroyNotify)delete_free);

  key = kvar_record_dup_key (record);
  if (key == NULL)
    {
      g_task_return_new_error (task, KVAR_ERROR, KVAR_ERROR_DENIED,
                               "A row without a key cannot be deleted");
      return;
    }

  guard = kvar_guard_new (record, NULL, &whole);
  request = kvar_rest_api_delete (kvar_record_get_table (record), (const char *const *)key,
                                  guard);
  kvar_session_send_async (self->session, request, cancellable, delete_replied_cb,
                           g_steal_pointer (&task));
}

gboolean
kvar_store_delete_finish (KvarStore     *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
