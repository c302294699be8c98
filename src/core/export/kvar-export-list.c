/* kvar-export-list.c: The exports of this process, the newest first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-export-list"

#include "config.h"

#include "export/kvar-export-list.h"
#include "export/kvar-export-part.h"

struct _KvarExportList
{
  GObject    parent_instance;

  GPtrArray *jobs;        /* (element-type KvarExportJob) the newest first */
  guint      n_running;
};

enum {
  PROP_N_RUNNING = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum {
  ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KvarExportList, kvar_export_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* What the journal calls the window's exports. */
#define ORIGIN "window"

/* The list shows how it ended; there is nothing else to do about it. */
static void
job_ended_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!kvar_export_job_run_finish (KVAR_EXPORT_JOB (object), result, &error))
    g_debug ("Export ended: %s", error->message);
}

static gboolean
is_running (KvarExportJob *job)
{
  switch (kvar_export_job_get_state (job))
    {
    case KVAR_EXPORT_RUNNING:
    case KVAR_EXPORT_HELD:
    case KVAR_EXPORT_PAUSED:
      return TRUE;

    case KVAR_EXPORT_WAITING:
    case KVAR_EXPORT_DONE:
    case KVAR_EXPORT_FAILED:
    case KVAR_EXPORT_CANCELLED:
    case KVAR_EXPORT_SUSPENDED:
    default:
      return FALSE;
    }
}

static void
count_running (KvarExportList *self)
{
  guint n_running = 0;

  for (guint i = 0; i < self->jobs->len; i++)
    if (is_running (g_ptr_array_index (self->jobs, i)))
      n_running++;

  if (self->n_running == n_running)
    return;

  self->n_running = n_running;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_RUNNING]);
}

static void
job_state_cb (KvarExportList *self,
              GParamSpec     *pspec,
              KvarExportJob  *job)
{
  KvarExportState state = kvar_export_job_get_state (job);

  if (state == KVAR_EXPORT_DONE || state == KVAR_EXPORT_FAILED)
    g_signal_emit (self, signals[ENDED], 0, job);
  count_running (self);
}

static GType
kvar_export_list_get_item_type (GListModel *model)
{
  return KVAR_TYPE_EXPORT_JOB;
}

static guint
kvar_export_list_get_n_items (GListModel *model)
{
  return KVAR_EXPORT_LIST (model)->jobs->len;
}

static gpointer
kvar_export_list_get_item (GListModel *model,
                           guint       position)
{
  KvarExportList *self = KVAR_EXPORT_LIST (model);

  if (position >= self->jobs->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->jobs, position));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = kvar_export_list_get_item_type;
  iface->get_n_items = kvar_export_list_get_n_items;
  iface->get_item = kvar_export_list_get_item;
}

static void
kvar_export_list_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  KvarExportList *self = KVAR_EXPORT_LIST (object);

  switch (prop_id)
    {
    case PROP_N_RUNNING:
      g_value_set_uint (value, self->n_running);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kvar_export_list_finalize (GObject *object)
{
  KvarExportList *self = KVAR_EXPORT_LIST (object);

  g_clear_pointer (&self->jobs, g_ptr_array_unref);

  G_OBJECT_CLASS (kvar_export_list_parent_class)->finalize (object);
}

static void
kvar_export_list_class_init (KvarExportListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = kvar_export_list_finalize;
  object_class->get_property = kvar_export_list_get_property;

  properties[PROP_N_RUNNING] =
    g_param_spec_uint ("n-running", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* A file is there, or will not be: whoever started it. */
  signals[ENDED] =
    g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, KVAR_TYPE_EXPORT_JOB);
}

static void
kvar_export_list_init (KvarExportList *self)
{
  self->jobs = g_ptr_array_new_with_free_func (g_object_unref);
}

KvarExportList *
kvar_export_list_new (void)
{
  return g_object_new (KVAR_TYPE_EXPORT_LIST, NULL);
}

static const char *
look_up (GVariant   *description,
         const char *name)
{
  const char *value = "";

  g_variant_lookup (description, name, "&s", &value);

  return value;
}

/* (nullable): the export that @description tells of, if it is one of this user's. */
static KvarExportJob *
create_job (GVariant    *description,
            KvarSession *session,
            KvarSchema  *schema)
{
  KvarProject *project = kvar_session_get_project (session);
  KvarTable *table = kvar_schema_find_table (schema, look_up (description, "table"));
  g_autofree const char **columns = NULL;
  g_autofree const char **keys = NULL;
  gboolean titled = FALSE;
  g_autoptr(KvarQuery) query = NULL;
  g_autoptr(GFile) target = NULL;
  KvarFileFormat format;
  KvarExportJob *job;

  if (table == NULL || !g_str_equal (look_up (description, "origin"), ORIGIN) ||
      !g_str_equal (look_up (description, "project"), kvar_project_get_url (project)) ||
      g_strcmp0 (look_up (description, "user"), kvar_session_get_user_id (session)) != 0 ||
      !kvar_file_format_find (look_up (description, "format"), &format))
    return NULL;

  query = kvar_query_parse (look_up (description, "query"), NULL);
  if (query == NULL)
    return NULL;

  g_variant_lookup (description, "columns", "^a&s", &columns);
  g_variant_lookup (description, "keys", "^a&s", &keys);
  g_variant_lookup (description, "titled", "b", &titled);
  target = g_file_new_for_uri (look_up (description, "target"));
  job = kvar_export_job_new (session, table, query, columns, format, target);
  kvar_export_job_set_resumes (job, TRUE);
  kvar_export_job_set_titled (job, titled);
  if (keys != NULL && keys[0] != NULL)
    kvar_export_job_set_keys (job, (const char *const *)keys);

  return job;
}

/* Each comes back as a new one. */
static void
drop_suspended (KvarExportList *self)
{
  for (guint i = self->jobs->len; i > 0; i--)
    {
      KvarExportJob *job = g_ptr_array_index (self->jobs, i - 1);

      if (kvar_export_job_get_state (job) == KVAR_EXPORT_SUSPENDED)
        kvar_export_list_remove (self, job);
    }
}

/**
 * kvar_export_list_restore:
 * @schema: of the project that @session belongs to
 *
 * Goes on with the exports that were running when Kvar ended.
 */
void
kvar_export_list_restore (KvarExportList *self,
                          KvarSession    *session,
                          KvarSchema     *schema)
{
  g_autoptr(GPtrArray) descriptions = NULL;

  g_return_if_fail (KVAR_IS_EXPORT_LIST (self));
  g_return_if_fail (KVAR_IS_SESSION (session));
  g_return_if_fail (KVAR_IS_SCHEMA (schema));

  drop_suspended (self);
  descriptions = kvar_export_part_list ();
  for (guint i = 0; i < descriptions->len; i++)
    {
      g_autoptr(KvarExportJob) job = create_job (g_ptr_array_index (descriptions, i), session,
                                                 schema);

      if (job != NULL)
        kvar_export_list_start (self, job);
    }
}

/**
 * kvar_export_list_start:
 *
 * Runs @job and lists it.
 */
void
kvar_export_list_start (KvarExportList *self,
                        KvarExportJob  *job)
{
  g_return_if_fail (KVAR_IS_EXPORT_LIST (self));
  g_return_if_fail (KVAR_IS_EXPORT_JOB (job));

  kvar_export_job_set_origin (job, ORIGIN);
  g_ptr_array_insert (self->jobs, 0, g_object_ref (job));
  g_signal_connect_object (job, "notify::state", G_CALLBACK (job_state_cb), self,
                           G_CONNECT_SWAPPED);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, 1);
  kvar_export_job_run_async (job, NULL, job_ended_cb, NULL);
}

/**
 * kvar_export_list_remove:
 *
 * Takes an export off the list; one that is not over is cancelled.
 */
void
kvar_export_list_remove (KvarExportList *self,
                         KvarExportJob  *job)
{
  g_autoptr(KvarExportJob) keep = NULL;
  guint position;

  g_return_if_fail (KVAR_IS_EXPORT_LIST (self));
  g_return_if_fail (KVAR_IS_EXPORT_JOB (job));

  if (!g_ptr_array_find (self->jobs, job, &position))
    return;

  keep = g_object_ref (job);
  kvar_export_job_cancel (job);
  g_ptr_array_remove_index (self->jobs, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  count_running (self);
}

/**
 * kvar_export_list_run_again:
 * @job: one of the list that is over
 *
 * Puts another one in its place that does the same.
 */
void
kvar_export_list_run_again (KvarExportList *self,
                            KvarExportJob  *job)
{
  g_autoptr(KvarExportJob) again = NULL;

  g_return_if_fail (KVAR_IS_EXPORT_LIST (self));
  g_return_if_fail (KVAR_IS_EXPORT_JOB (job));

  again = kvar_export_job_new_again (job);
  kvar_export_list_remove (self, job);
  kvar_export_list_start (self, again);
}

guint
kvar_export_list_get_n_running (KvarExportList *self)
{
  g_return_val_if_fail (KVAR_IS_EXPORT_LIST (self), 0);

  return self->n_running;
}
