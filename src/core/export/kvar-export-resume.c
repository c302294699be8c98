/* kvar-export-resume.c: Goes on with an export where an earlier process had to stop.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The last row is looked at again first. If it is as it was, so is what lies before it, as far as
 * anybody can tell. If not, a walk by the key goes on and says so; any other begins anew, as
 * nothing tells it where it was.
 */

#define G_LOG_DOMAIN "kvar-export-resume"

#include "config.h"

#include "export/kvar-export-job-private.h"
#include "export/kvar-export-name.h"
#include "export/kvar-export-part.h"
#include "records/kvar-rest-api.h"

#define POSITION "(@(iss)tuams)"

/* Look again: ask for the last row → compare it → go on, or begin anew. */
static void looked_cb (GObject *object, GAsyncResult *result, gpointer user_data);

/**
 * kvar_export_job_describe:
 *
 * Returns: (transfer full): what the file is to hold, and whose it is, as a vardict
 */
GVariant *
kvar_export_job_describe (KvarExportJob *self)
{
  static const char *const all[] = { NULL };
  const char *const *columns = self->columns != NULL ? (const char *const *)self->columns : all;
  const char *const *keys = self->keys != NULL ? (const char *const *)self->keys : all;
  const char *user = self->user_id != NULL ? self->user_id
                                           : kvar_session_get_user_id (self->session);
  const char *call = kvar_table_get_call (self->table);
  g_autofree char *query = kvar_query_to_string (self->query);
  g_autofree char *target = self->target != NULL ? g_file_get_uri (self->target) : NULL;
  GVariantDict description;

  g_variant_dict_init (&description, NULL);
  g_variant_dict_insert (&description, "origin", "s", self->origin != NULL ? self->origin : "");
  g_variant_dict_insert (&description, "project", "s",
                         kvar_project_get_url (kvar_session_get_project (self->session)));
  g_variant_dict_insert (&description, "user", "s", user != NULL ? user : "");
  g_variant_dict_insert (&description, "table", "s", kvar_table_get_name (self->table));
  g_variant_dict_insert (&description, "arguments", "s", call != NULL ? call : "");
  g_variant_dict_insert (&description, "query", "s", query);
  g_variant_dict_insert (&description, "columns", "^as", columns);
  g_variant_dict_insert (&description, "keys", "^as", keys);
  g_variant_dict_insert (&description, "titled", "b", self->titled);
  g_variant_dict_insert (&description, "format", "s", kvar_file_format_get_name (self->format));
  g_variant_dict_insert (&description, "target", "s", target != NULL ? target : "");

  return g_variant_ref_sink (g_variant_dict_end (&description));
}

/**
 * kvar_export_job_get_position:
 *
 * Returns: (transfer full): where the next page begins, with all that depends on
 */
GVariant *
kvar_export_job_get_position (KvarExportJob *self)
{
  GVariantBuilder after;

  g_variant_builder_init (&after, G_VARIANT_TYPE ("ams"));
  for (guint i = 0; self->after != NULL && i + 1 < self->after->len; i++)
    g_variant_builder_add (&after, "ms", g_ptr_array_index (self->after, i));

  return g_variant_ref_sink (g_variant_new (POSITION, self->route, self->n_fetched,
                                            self->n_of_chunk, &after));
}

static GPtrArray *
read_after (GVariant *values)
{
  GPtrArray *after = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < g_variant_n_children (values); i++)
    {
      char *value;

      g_variant_get_child (values, i, "ms", &value);
      g_ptr_array_add (after, value);
    }
  g_ptr_array_add (after, NULL);

  return after;
}

/**
 * kvar_export_job_take_up:
 *
 * Plans to go on with what was left, if that is wished and there is something; else leaves the
 * job as it is.
 */
gboolean
kvar_export_job_take_up (KvarExportJob  *self,
                         GError        **error)
{
  g_autoptr(GVariant) description = NULL;
  g_autoptr(GVariant) position = NULL;
  g_autoptr(GVariant) route = NULL;
  g_autoptr(GVariant) after = NULL;
  g_autoptr(KvarExportPart) part = NULL;
  GVariant *progress;
  int mode;

  if (!self->resumes || kvar_table_get_calls_once (self->table) || self->target == NULL ||
      self->user_id == NULL)
    return TRUE;

  description = kvar_export_job_describe (self);
  part = kvar_export_part_find (description);
  if (part == NULL)
    return TRUE;

  progress = kvar_export_part_get_progress (part);
  position = g_variant_lookup_value (progress, "position", G_VARIANT_TYPE ("((iss)tuams)"));
  if (position == NULL)
    return TRUE;

  g_variant_get (position, "(@(iss)tu@ams)", &route, &self->n_fetched, &self->n_of_chunk,
                 &after);
  g_variant_get_child (route, 0, "i", &mode);
  kvar_export_job_plan_route (self, mode);
  if (!g_variant_equal (route, self->route))
    {
      g_message ("The columns or the key have changed: the export begins anew");
      g_clear_object (&self->writer);
      self->n_fetched = 0;
      self->n_of_chunk = 0;
      return TRUE;
    }

  g_variant_lookup (progress, "rows", "t", &self->rows);
  self->rows_before = self->rows;
  g_variant_lookup (progress, "digest", "s", &self->digest);
  if (mode != KVAR_KEYSET_OFFSET && g_variant_n_children (after) > 0)
    self->after = read_after (after);
  g_object_notify (G_OBJECT (self), "rows");

  /* Should the folder not be there now, it may be later. */
  self->suspended = !kvar_export_writer_take_up (self->writer, g_steal_pointer (&part), error);

  return !self->suspended;
}

/* Whether all but the file's name is the same. */
static gboolean
is_same_but_name (GVariant *a,
                  GVariant *b)
{
  const char *name;
  GVariant *value;
  GVariantIter iter;

  g_variant_iter_init (&iter, a);
  while (g_variant_iter_next (&iter, "{&sv}", &name, &value))
    {
      g_autoptr(GVariant) own = value;
      g_autoptr(GVariant) other = g_variant_lookup_value (b, name, NULL);

      if (!g_str_equal (name, "target") && (other == NULL || !g_variant_equal (own, other)))
        return FALSE;
    }

  return g_variant_n_children (a) == g_variant_n_children (b);
}

/* (nullable): the file that @found tells of, if it lies where @self's would and was named by
 * the day. */
static GFile *
dup_earlier_target (KvarExportJob *self,
                    GVariant      *found)
{
  const char *uri = "";
  g_autoptr(GFile) file = NULL;
  g_autofree char *name = NULL;
  g_autoptr(GFile) folder = g_file_get_parent (self->target);

  g_variant_lookup (found, "target", "&s", &uri);
  file = g_file_new_for_uri (uri);
  name = g_file_get_basename (file);
  if (name == NULL || !g_file_has_parent (file, folder) ||
      !kvar_export_name_is_suggested (self->table, self->format, name))
    return NULL;

  return g_steal_pointer (&file);
}

/**
 * kvar_export_job_resume_by_name:
 *
 * Lets an export whose file is named by the day begin where an earlier process had to stop, also
 * if that was on another day: the file has that day's name then.
 */
void
kvar_export_job_resume_by_name (KvarExportJob *self)
{
  g_autoptr(GVariant) description = NULL;
  g_autoptr(GPtrArray) left = NULL;

  g_return_if_fail (KVAR_IS_EXPORT_JOB (self));
  g_return_if_fail (self->state == KVAR_ERRAND_WAITING && self->target != NULL);

  self->resumes = TRUE;
  description = kvar_export_job_describe (self);
  left = kvar_export_part_list ();
  for (guint i = 0; i < left->len; i++)
    {
      GVariant *found = g_ptr_array_index (left, i);
      g_autoptr(GFile) file = NULL;

      if (is_same_but_name (description, found))
        file = dup_earlier_target (self, found);
      if (file == NULL)
        continue;

      g_set_object (&self->target, file);
      g_free (self->title);
      self->title = g_file_get_basename (file);
    }
}

/* The last row that was written, and nothing else. */
static KvarRequest *
request_last (KvarExportJob *self)
{
  g_autoptr(KvarQuery) query = kvar_export_job_dup_last_query (self);
  guint64 offset = kvar_export_job_get_offset (self);
  g_autoptr(GPtrArray) filters = NULL;

  if (self->after != NULL)
    filters = kvar_keyset_at (self->keyset, (const char *const *)self->after->pdata);
  for (guint i = 0; filters != NULL && i < filters->len; i++)
    {
      KvarQuery *narrower = kvar_query_with_condition (query, g_ptr_array_index (filters, i));

      kvar_query_unref (query);
      query = narrower;
    }

  return kvar_rest_api_select_page (self->selection, query, self->keyset, NULL,
                                    self->after != NULL || offset == 0 ? 0 : offset - 1, 1);
}

/**
 * kvar_export_job_look_again:
 *
 * Asks for the last row that was written, and then for the next page.
 */
void
kvar_export_job_look_again (KvarExportJob *self)
{
  g_autoptr(KvarRequest) request = request_last (self);

  kvar_request_set_lane (request, KVAR_LANE_BULK);
  self->fetching = TRUE;
  kvar_session_send_async (self->session, request, self->cancellable, looked_cb,
                           g_object_ref (self));
}

static void
begin_anew (KvarExportJob *self)
{
  KvarKeysetMode mode = kvar_keyset_get_mode (self->keyset);
  GError *error = NULL;

  g_message ("The last row is not where it was: the export begins anew");
  kvar_export_writer_discard (self->writer);
  g_clear_pointer (&self->after, g_ptr_array_unref);
  self->n_fetched = 0;
  self->n_of_chunk = 0;
  self->rows = 0;
  self->rows_before = 0;
  g_object_notify (G_OBJECT (self), "rows");

  if (kvar_export_job_plan (self, mode, &error))
    kvar_export_job_fetch (self);
  else
    kvar_export_job_stop (self, error);
}

static void
looked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(KvarExportJob) self = user_data;
  g_autoptr(KvarReply) reply = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *digest = NULL;
  GError *error = NULL;

  self->fetching = FALSE;
  reply = kvar_session_send_finish (KVAR_SESSION (object), result, &error);
  if (kvar_export_job_has_stopped (self))
    {
      g_clear_error (&error);
      return;
    }
  if (reply == NULL || !kvar_reply_check (reply, KVAR_SERVICE_REST, &error))
    {
      kvar_export_job_fetch_failed (self, error);
      return;
    }

  self->n_failures = 0;
  expected = g_steal_pointer (&self->digest);
  digest = kvar_export_page_digest_last (kvar_reply_get_body (reply));
  kvar_export_job_set_state (self, KVAR_ERRAND_RUNNING);
  if (g_strcmp0 (digest, expected) != 0 &&
      kvar_keyset_get_mode (self->keyset) != KVAR_KEYSET_KEY)
    {
      begin_anew (self);
      return;
    }

  self->changed = g_strcmp0 (digest, expected) != 0;
  self->at_end = self->keys != NULL && self->keys[self->n_fetched] == NULL;
  kvar_export_job_fetch (self);
  kvar_export_job_close_if_complete (self);
}
