/* kvar-database.c: one SQLite file, one connection to it, and the one thread that uses it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Work goes into the thread through a queue and comes back as an idle source of the context
 * that asked for it; thread and object share nothing else. What a piece of work holds is freed
 * where it came from.
 */

#define G_LOG_DOMAIN "kvar-database"

#include "config.h"

#include "journal/kvar-database-file.h"
#include "journal/kvar-sql.h"
#include "kvar-error.h"

typedef struct
{
  GTask              *task;          /* (nullable) NULL ends the thread */
  KvarDatabaseAccess  access;
  KvarDatabaseWork    work;
  gpointer            data;
  GDestroyNotify      free_data;
  GDestroyNotify      free_result;

  gpointer            result;
  GError             *error;
  char               *set_aside;     /* (nullable) the damaged file that was met on the way */
} Job;

/* The thread's own. */
typedef struct
{
  GAsyncQueue            *jobs;
  char                   *path;
  const KvarDatabaseKind *kind;
  sqlite3                *connection;   /* (nullable) until the first job, and after damage */
} Worker;

struct _KvarDatabase
{
  GObject                 parent_instance;

  char                   *path;
  const KvarDatabaseKind *kind;
  GAsyncQueue            *jobs;         /* (element-type Job) */
  GThread                *thread;       /* (nullable) until there is something to do */
  gboolean                closed;
  char                   *set_aside;    /* (nullable) */
};

enum {
  PROP_SET_ASIDE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KvarDatabase, kvar_database, G_TYPE_OBJECT)

static void
job_free (Job *job)
{
  if (job->free_data != NULL)
    g_clear_pointer (&job->data, job->free_data);
  if (job->free_result != NULL)
    g_clear_pointer (&job->result, job->free_result);
  g_clear_error (&job->error);
  g_clear_pointer (&job->set_aside, g_free);
  g_clear_object (&job->task);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static void
worker_free (Worker *worker)
{
  g_clear_pointer (&worker->connection, sqlite3_close);
  g_async_queue_unref (worker->jobs);
  g_free (worker->path);
  g_free (worker);
}

static gboolean
is_damage (const GError *error)
{
  return g_strcmp0 (kvar_error_get_provider_code (error), KVAR_DATABASE_DAMAGED) == 0;
}

static gboolean
run_in_transaction (Worker  *worker,
                    Job     *job,
                    GError **error)
{
  g_autoptr(GError) local = NULL;

  if (worker->connection == NULL)
    worker->connection = kvar_database_file_open (worker->path, worker->kind, error);
  if (worker->connection == NULL ||
      !kvar_sql_exec (worker->connection,
                      job->access == KVAR_DATABASE_WRITE ? "BEGIN IMMEDIATE" : "BEGIN", error))
    return FALSE;

  job->result = job->work (worker->connection, job->data, &local);
  if (local == NULL && kvar_sql_exec (worker->connection, "COMMIT", &local))
    return TRUE;

  if (job->free_result != NULL)
    g_clear_pointer (&job->result, job->free_result);
  job->result = NULL;
  if (!sqlite3_get_autocommit (worker->connection))
    sqlite3_exec (worker->connection, "ROLLBACK", NULL, NULL, NULL);
  g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}

/* Damage that is met on the way costs the file its place, not the work its result. */
static void
run_job (Worker *worker,
         Job    *job)
{
  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (job->task), &job->error))
    return;
  if (run_in_transaction (worker, job, &job->error) || !is_damage (job->error))
    return;

  g_warning ("%s is damaged: %s", worker->path, job->error->message);
  g_clear_pointer (&worker->connection, sqlite3_close);
  g_clear_error (&job->error);
  if (kvar_database_file_replace (worker->path, worker->kind, &job->set_aside, &job->error))
    run_in_transaction (worker, job, &job->error);
}

/* Back where the work came from. */
static gboolean
job_done_cb (gpointer user_data)
{
  Job *job = user_data;
  KvarDatabase *self = g_task_get_source_object (job->task);

  if (job->set_aside != NULL)
    {
      g_free (self->set_aside);
      self->set_aside = g_steal_pointer (&job->set_aside);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SET_ASIDE]);
    }

  if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (job->task, g_steal_pointer (&job->result), job->free_result);

  return G_SOURCE_REMOVE;
}

/* An idle source, rather than g_main_context_invoke(), which may run right here. */
static void
hand_back (Job *job)
{
  g_autoptr(GSource) source = g_idle_source_new ();
  GMainContext *context = g_task_get_context (job->task);

  g_source_set_priority (source, g_task_get_priority (job->task));
  g_source_set_callback (source, job_done_cb, job, (GDestroyNotify)job_free);
  g_source_attach (source, context);
}

static gpointer
work_in_thread (gpointer data)
{
  Worker *worker = data;

  for (;;)
    {
      Job *job = g_async_queue_pop (worker->jobs);

      if (job->task == NULL)
        {
          job_free (job);
          break;
        }

      run_job (worker, job);
      hand_back (job);
    }

  worker_free (worker);

  return NULL;
}

static void
start_thread (KvarDatabase *self)
{
  Worker *worker = g_new0 (Worker, 1);

  worker->jobs = g_async_queue_ref (self->jobs);
  worker->path = g_strdup (self->path);
  worker->kind = self->kind;
  self->thread = g_thread_new ("kvar-database", work_in_thread, worker);
}

static void
kvar_database_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SET_ASIDE:
      g_value_set_string (value, kvar_database_get_set_aside (KVAR_DATABASE (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_database_dispose (GObject *object)
{
  kvar_database_close (KVAR_DATABASE (object));

  G_OBJECT_CLASS (kvar_database_parent_class)->dispose (object);
}

static void
kvar_database_finalize (GObject *object)
{
  KvarDatabase *self = KVAR_DATABASE (object);

  g_clear_pointer (&self->jobs, g_async_queue_unref);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->set_aside, g_free);

  G_OBJECT_CLASS (kvar_database_parent_class)->finalize (object);
}

static void
kvar_database_class_init (KvarDatabaseClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kvar_database_dispose;
  object_class->finalize = kvar_database_finalize;
  object_class->get_property = kvar_database_get_property;

  /* Where the last damaged file that was met lies; NULL while all is well. */
  properties[PROP_SET_ASIDE] = g_param_spec_string ("set-aside", NULL, NULL, NULL,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kvar_database_init (KvarDatabase *self)
{
  self->jobs = g_async_queue_new_full ((GDestroyNotify)job_free);
}

/**
 * kvar_database_new:
 * @path: the file; it and its folder are made, and the file is opened, when there is
 *   something to do
 * @kind: (not nullable): static
 *
 * One object for each file and process.
 */
KvarDatabase *
kvar_database_new (const char             *path,
                   const KvarDatabaseKind *kind)
{
  KvarDatabase *self;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (kind != NULL && kind->steps != NULL, NULL);

  self = g_object_new (KVAR_TYPE_DATABASE, NULL);
  self->path = g_strdup (path);
  self->kind = kind;

  return self;
}

const char *
kvar_database_get_path (KvarDatabase *self)
{
  g_return_val_if_fail (KVAR_IS_DATABASE (self), NULL);

  return self->path;
}

/**
 * kvar_database_get_set_aside:
 *
 * Returns: (nullable): where the damaged file lies that was met in this process;
 *   "notify::set-aside" tells of it
 */
const char *
kvar_database_get_set_aside (KvarDatabase *self)
{
  g_return_val_if_fail (KVAR_IS_DATABASE (self), NULL);

  return self->set_aside;
}

/**
 * kvar_database_run_async:
 * @access: whether @work writes
 * @work: runs in the thread, after all that was asked for before
 * @data: (nullable): given to @work, then freed here by @free_data
 * @free_result: (nullable): frees a result that nobody fetches
 *
 * Runs @work in a transaction of its own. What it has written is on the disk, synced, when
 * @callback is called. Errors are %KVAR_ERROR_REFUSED with one of the codes above. Cancelled
 * work that has not begun is not begun.
 */
void
kvar_database_run_async (KvarDatabase        *self,
                         KvarDatabaseAccess   access,
                         KvarDatabaseWork     work,
                         gpointer             data,
                         GDestroyNotify       free_data,
                         GDestroyNotify       free_result,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(Job) job = NULL;

  g_return_if_fail (KVAR_IS_DATABASE (self));
  g_return_if_fail (work != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  job = g_new0 (Job, 1);
  job->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (job->task, kvar_database_run_async);
  job->access = access;
  job->work = work;
  job->data = data;
  job->free_data = free_data;
  job->free_result = free_result;

  if (self->closed)
    {
      g_task_return_error (job->task, kvar_error_new_full (KVAR_ERROR_REFUSED, 0,
                                                           KVAR_DATABASE_FAILED, "Closed"));
      return;
    }

  if (self->thread == NULL)
    start_thread (self);
  g_async_queue_push (self->jobs, g_steal_pointer (&job));
}

/**
 * kvar_database_run_finish:
 *
 * Returns: (transfer full) (nullable): what the work gave; %NULL with @error set if it failed,
 *   and then nothing of it was written
 */
gpointer
kvar_database_run_finish (KvarDatabase  *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * kvar_database_close:
 *
 * Waits until all that was asked for is done, and closes the file. For the end of the program:
 * nothing can be asked for afterwards.
 */
void
kvar_database_close (KvarDatabase *self)
{
  g_return_if_fail (KVAR_IS_DATABASE (self));

  self->closed = TRUE;
  if (self->thread == NULL)
    return;

  g_async_queue_push (self->jobs, g_new0 (Job, 1));
  g_thread_join (g_steal_pointer (&self->thread));
}
