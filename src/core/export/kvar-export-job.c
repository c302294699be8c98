/* kvar-export-job.c: One export, from the first page to the finished file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-export-job"

#include "config.h"

#include "export/kvar-export-job-private.h"

/* How long it has to have gone before it can be told how long it will go. */
#define FORESIGHT (5 * KVAR_CLOCK_SECOND)

enum {
  PROP_ROWS = 1,
  PROP_TOTAL,
  PROP_TITLE,
  PROP_FILE,
  PROP_ERROR,
  PROP_NOTE,
  N_PROPS,

  /* of KvarErrand */
  PROP_STATE
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE_WITH_CODE (KvarExportJob, kvar_export_job, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KVAR_TYPE_ERRAND,
                                                      kvar_export_job_init_errand))

static void
notify (KvarExportJob *self,
        guint          property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
kvar_export_job_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  KvarExportJob *self = KVAR_EXPORT_JOB (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;

    case PROP_ROWS:
      g_value_set_uint64 (value, self->rows);
      break;

    case PROP_TOTAL:
      g_value_set_int64 (value, self->total);
      break;

    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;

    case PROP_FILE:
      g_value_set_object (value, self->target);
      break;

    case PROP_ERROR:
      g_value_set_boxed (value, kvar_export_job_get_error (self));
      break;

    case PROP_NOTE:
      g_value_set_string (value, self->note);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_export_job_finalize (GObject *object)
{
  KvarExportJob *self = KVAR_EXPORT_JOB (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->writer);
  g_clear_pointer (&self->keyset, kvar_keyset_unref);
  g_clear_pointer (&self->selection, kvar_selection_unref);
  g_clear_pointer (&self->terms, g_strfreev);
  g_clear_pointer (&self->after, g_ptr_array_unref);
  g_clear_pointer (&self->pending, g_bytes_unref);
  g_clear_pointer (&self->position, g_variant_unref);
  g_clear_pointer (&self->route, g_variant_unref);
  g_clear_pointer (&self->digest, g_free);
  g_clear_pointer (&self->origin, g_free);
  g_clear_pointer (&self->query, kvar_query_unref);
  g_clear_pointer (&self->columns, g_strfreev);
  g_clear_pointer (&self->keys, g_strfreev);
  g_clear_pointer (&self->user_id, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->note, g_free);
  g_clear_error (&self->failure);
  g_clear_object (&self->target);
  g_clear_object (&self->table);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (kvar_export_job_parent_class)->finalize (object);
}

static void
kvar_export_job_class_init (KvarExportJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = kvar_export_job_finalize;
  object_class->get_property = kvar_export_job_get_property;

  properties[PROP_ROWS] =
    g_param_spec_uint64 ("rows", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_TOTAL] =
    g_param_spec_int64 ("total", NULL, NULL, -1, G_MAXINT64, -1, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_object_class_override_property (object_class, PROP_STATE, "state");
}

static void
kvar_export_job_init (KvarExportJob *self)
{
  self->fd = -1;
  self->total = -1;
  self->commit_every = -1;
  self->page_size = KVAR_EXPORT_PAGE_SIZE;
  self->cancellable = g_cancellable_new ();
}

static KvarExportJob *
job_new (KvarSession       *session,
         KvarTable         *table,
         KvarQuery         *query,
         const char *const *columns,
         KvarFileFormat     format)
{
  KvarExportJob *self = g_object_new (KVAR_TYPE_EXPORT_JOB, NULL);

  self->session = g_object_ref (session);
  self->table = g_object_ref (table);
  self->query = kvar_query_ref (query);
  self->format = format;
  self->columns = columns != NULL && columns[0] != NULL ? g_strdupv ((char **)columns) : NULL;

  return self;
}

/**
 * kvar_export_job_new:
 * @query: which rows, in which order
 * @columns: (nullable): the names of the columns, in their order; %NULL for all
 * @target: the file to be; what is there stays until the new one is whole
 */
KvarExportJob *
kvar_export_job_new (KvarSession       *session,
                     KvarTable         *table,
                     KvarQuery         *query,
                     const char *const *columns,
                     KvarFileFormat     format,
                     GFile             *target)
{
  KvarExportJob *self;

  g_return_val_if_fail (KVAR_IS_SESSION (session), NULL);
  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);
  g_return_val_if_fail (query != NULL, NULL);
  g_return_val_if_fail (G_IS_FILE (target), NULL);

  self = job_new (session, table, query, columns, format);
  self->target = g_object_ref (target);
  self->title = g_file_get_basename (target);

  return self;
}

/**
 * kvar_export_job_new_for_fd:
 * @fd: where the file is streamed to, page by page; not closed
 */
KvarExportJob *
kvar_export_job_new_for_fd (KvarSession       *session,
                            KvarTable         *table,
                            KvarQuery         *query,
                            const char *const *columns,
                            KvarFileFormat     format,
                            int                fd)
{
  KvarExportJob *self;

  g_return_val_if_fail (KVAR_IS_SESSION (session), NULL);
  g_return_val_if_fail (KVAR_IS_TABLE (table), NULL);
  g_return_val_if_fail (query != NULL, NULL);
  g_return_val_if_fail (fd >= 0, NULL);

  self = job_new (session, table, query, columns, format);
  self->fd = fd;
  self->title = g_strdup (kvar_table_get_title (table));

  return self;
}

/**
 * kvar_export_job_new_again:
 * @job: one that is over, and became or was to become a file
 *
 * Returns: (transfer full): one that does the same, from the beginning or from where @job had
 *   to stop
 */
KvarExportJob *
kvar_export_job_new_again (KvarExportJob *job)
{
  KvarExportJob *self;

  g_return_val_if_fail (KVAR_IS_EXPORT_JOB (job), NULL);
  g_return_val_if_fail (job->target != NULL, NULL);

  self = kvar_export_job_new (job->session, job->table, job->query,
                              (const char *const *)job->columns, job->format, job->target);
  self->keys = g_strdupv (job->keys);
  self->titled = job->titled;
  self->resumes = TRUE;

  return self;
}

/**
 * kvar_export_job_set_origin:
 * @origin: which program it is; each goes on only with its own
 */
void
kvar_export_job_set_origin (KvarExportJob *self,
                            const char    *origin)
{
  g_return_if_fail (KVAR_IS_EXPORT_JOB (self));
  g_return_if_fail (self->state == KVAR_ERRAND_WAITING);

  g_free (self->origin);
  self->origin = g_strdup (origin);
}

/**
 * kvar_export_job_set_resumes:
 *
 * Lets the export begin where an earlier process, that was asked for the very same, had to stop.
 */
void
kvar_export_job_set_resumes (KvarExportJob *self,
                             gboolean       resumes)
{
  g_return_if_fail (KVAR_IS_EXPORT_JOB (self));
  g_return_if_fail (self->state == KVAR_ERRAND_WAITING);

  self->resumes = resumes;
}

/**
 * kvar_export_job_set_keys:
 * @keys: (nullable): of the only rows to export, as routes write them, in the order that the
 *   query gives them; %NULL for all that the query gives
 */
void
kvar_export_job_set_keys (KvarExportJob     *self,
                          const char *const *keys)
{
  g_return_if_fail (KVAR_IS_EXPORT_JOB (self));
  g_return_if_fail (self->state == KVAR_ERRAND_WAITING);

  g_strfreev (self->keys);
  self->keys = g_strdupv ((char **)keys);
}

/**
 * kvar_export_job_set_titled:
 * @titled: whether the columns are headed by their titles, where a format is for people; by
 *   their names otherwise
 */
void
kvar_export_job_set_titled (KvarExportJob *self,
                            gboolean       titled)
{
  g_return_if_fail (KVAR_IS_EXPORT_JOB (self));
  g_return_if_fail (self->state == KVAR_ERRAND_WAITING);

  self->titled = titled;
}

/**
 * kvar_export_job_set_commit_every:
 * @interval: µs after which the next page is the last that a crash could cost
 */
void
kvar_export_job_set_commit_every (KvarExportJob *self,
                                  gint64         interval)
{
  g_return_if_fail (KVAR_IS_EXPORT_JOB (self));
  g_return_if_fail (self->state == KVAR_ERRAND_WAITING);

  self->commit_every = interval;
}

KvarTable *
kvar_export_job_get_table (KvarExportJob *self)
{
  g_return_val_if_fail (KVAR_IS_EXPORT_JOB (self), NULL);

  return self->table;
}

/**
 * kvar_export_job_get_resumed:
 *
 * Returns: whether an earlier process has written the beginning
 */
gboolean
kvar_export_job_get_resumed (KvarExportJob *self)
{
  g_return_val_if_fail (KVAR_IS_EXPORT_JOB (self), FALSE);

  return self->rows_before > 0;
}

KvarErrandState
kvar_export_job_get_state (KvarExportJob *self)
{
  g_return_val_if_fail (KVAR_IS_EXPORT_JOB (self), KVAR_ERRAND_FAILED);

  return self->state;
}

/**
 * kvar_export_job_get_rows:
 *
 * Returns: how many rows have been written
 */
guint64
kvar_export_job_get_rows (KvarExportJob *self)
{
  g_return_val_if_fail (KVAR_IS_EXPORT_JOB (self), 0);

  return self->rows;
}

/**
 * kvar_export_job_get_total:
 *
 * Returns: how many rows there are on the server; -1 if that is not known
 */
gint64
kvar_export_job_get_total (KvarExportJob *self)
{
  g_return_val_if_fail (KVAR_IS_EXPORT_JOB (self), -1);

  return self->total;
}

/**
 * kvar_export_job_get_elapsed:
 *
 * Returns: µs since it was started; 0 before
 */
gint64
kvar_export_job_get_elapsed (KvarExportJob *self)
{
  g_return_val_if_fail (KVAR_IS_EXPORT_JOB (self), 0);

  if (self->state == KVAR_ERRAND_WAITING)
    return 0;

  return kvar_clock_get_boottime (kvar_session_get_clock (self->session)) - self->started_at;
}

/**
 * kvar_export_job_get_time_left:
 *
 * Returns: µs that the rest will take, if it goes on as it went; -1 if nobody can tell
 */
gint64
kvar_export_job_get_time_left (KvarExportJob *self)
{
  gint64 elapsed = kvar_export_job_get_elapsed (self);
  guint64 done;

  g_return_val_if_fail (KVAR_IS_EXPORT_JOB (self), -1);

  done = self->rows - self->rows_before;
  if (self->state != KVAR_ERRAND_RUNNING || elapsed < FORESIGHT || done == 0 ||
      self->total < (gint64)self->rows)
    return -1;

  return (gint64)((double)elapsed * (self->total - (gint64)self->rows) / done);
}

/**
 * kvar_export_job_get_title:
 *
 * Returns: what the file is called
 */
const char *
kvar_export_job_get_title (KvarExportJob *self)
{
  g_return_val_if_fail (KVAR_IS_EXPORT_JOB (self), NULL);

  return self->title;
}

/**
 * kvar_export_job_get_file:
 *
 * Returns: (transfer none) (nullable): the file that the export becomes
 */
GFile *
kvar_export_job_get_file (KvarExportJob *self)
{
  g_return_val_if_fail (KVAR_IS_EXPORT_JOB (self), NULL);

  return self->target;
}

/**
 * kvar_export_job_get_error:
 *
 * Returns: (nullable): why the export has failed
 */
const GError *
kvar_export_job_get_error (KvarExportJob *self)
{
  g_return_val_if_fail (KVAR_IS_EXPORT_JOB (self), NULL);

  if (g_error_matches (self->failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return NULL;

  return self->failure;
}

/**
 * kvar_export_job_get_note:
 *
 * Returns: (nullable): a sentence about how the file differs from what the server counts
 */
const char *
kvar_export_job_get_note (KvarExportJob *self)
{
  g_return_val_if_fail (KVAR_IS_EXPORT_JOB (self), NULL);

  return self->note;
}

void
kvar_export_job_set_state (KvarExportJob   *self,
                           KvarErrandState  state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify (G_OBJECT (self), "state");
}

/* Takes @note. */
void
kvar_export_job_set_note (KvarExportJob *self,
                          char          *note)
{
  g_free (self->note);
  self->note = note;
  notify (self, PROP_NOTE);
}
