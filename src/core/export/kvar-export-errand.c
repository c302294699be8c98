/* kvar-export-errand.c: An export as an errand, and those that an earlier process left.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-export-job"

#include "config.h"

#include "export/kvar-export-errand.h"
#include "export/kvar-export-job-private.h"
#include "export/kvar-export-part.h"

/* What the journal calls the window's exports; no other program lists any. */
#define ORIGIN "window"

static KvarErrandState
get_state (KvarErrand *errand)
{
  return kvar_export_job_get_state (KVAR_EXPORT_JOB (errand));
}

static const char *
get_title (KvarErrand *errand)
{
  return kvar_export_job_get_title (KVAR_EXPORT_JOB (errand));
}

static GFile *
get_file (KvarErrand *errand)
{
  return kvar_export_job_get_file (KVAR_EXPORT_JOB (errand));
}

static double
get_fraction (KvarErrand *errand)
{
  KvarExportJob *self = KVAR_EXPORT_JOB (errand);

  return self->total > 0 ? MIN (1.0, (double)self->rows / self->total) : -1;
}

static const GError *
get_error (KvarErrand *errand)
{
  return kvar_export_job_get_error (KVAR_EXPORT_JOB (errand));
}

/* The list shows how it ended; there is nothing else to do about it. */
static void
ended_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!kvar_export_job_run_finish (KVAR_EXPORT_JOB (object), result, &error))
    g_debug ("Export ended: %s", error->message);
}

static void
start (KvarErrand *errand)
{
  KvarExportJob *self = KVAR_EXPORT_JOB (errand);

  kvar_export_job_set_origin (self, ORIGIN);
  kvar_export_job_run_async (self, NULL, ended_cb, NULL);
}

static void
cancel (KvarErrand *errand)
{
  kvar_export_job_cancel (KVAR_EXPORT_JOB (errand));
}

static void
suspend (KvarErrand *errand)
{
  kvar_export_job_suspend (KVAR_EXPORT_JOB (errand));
}

static KvarErrand *
dup_again (KvarErrand *errand)
{
  return KVAR_ERRAND (kvar_export_job_new_again (KVAR_EXPORT_JOB (errand)));
}

void
kvar_export_job_init_errand (KvarErrandInterface *iface)
{
  iface->get_state = get_state;
  iface->get_title = get_title;
  iface->get_file = get_file;
  iface->get_fraction = get_fraction;
  iface->get_error = get_error;
  iface->start = start;
  iface->cancel = cancel;
  iface->suspend = suspend;
  iface->dup_again = dup_again;
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

/**
 * kvar_export_restore:
 * @schema: of the project that @session belongs to
 *
 * Goes on in @list with the exports that were running when Kvar ended.
 */
void
kvar_export_restore (KvarErrandList *list,
                     KvarSession    *session,
                     KvarSchema     *schema)
{
  g_autoptr(GPtrArray) descriptions = NULL;

  g_return_if_fail (KVAR_IS_ERRAND_LIST (list));
  g_return_if_fail (KVAR_IS_SESSION (session));
  g_return_if_fail (KVAR_IS_SCHEMA (schema));

  kvar_errand_list_drop_suspended (list);
  descriptions = kvar_export_part_list ();
  for (guint i = 0; i < descriptions->len; i++)
    {
      g_autoptr(KvarExportJob) job = create_job (g_ptr_array_index (descriptions, i), session,
                                                 schema);

      if (job != NULL)
        kvar_errand_list_start (list, KVAR_ERRAND (job));
    }
}
