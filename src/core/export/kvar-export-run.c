/* kvar-export-run.c: Runs an export: pages come in and go out while nobody waits for either.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * While a page is read and written in a thread, the next one is under way. Where the next one
 * begins is found in the last row of the page before, so a page is asked for again, and no
 * row lost or doubled, whatever happened to its reply.
 */

#define G_LOG_DOMAIN "kvar-export-run"

#include "config.h"

#include "export/kvar-export-job-private.h"
#include "kvar-backoff.h"
#include "kvar-error.h"
#include "records/kvar-rest-api.h"

/* Larger pages are searched for their last row in a thread. */
#define MAX_INLINE_BYTES (64 * 1024)

/* After so many pages that were smaller than they may be, they are made larger again. */
#define GROW_AFTER 16

/* A reply that makes no sense may be a portal's or a proxy's; but not for ever. */
#define MAX_BAD_REPLIES 5

/* Run: ask for a page → reply → find its last row → write it, and ask for the next → an empty
 * page → close, in kvar-export-end.c. */
static void page_replied_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void page_scanned_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void written_cb      (GObject *object, GAsyncResult *result, gpointer user_data);

typedef struct
{
  GBytes     *body;
  char      **terms;
  GPtrArray  *last;      /* (nullable) */
  guint       n_rows;
} Scan;

static void
scan_free (Scan *scan)
{
  g_bytes_unref (scan->body);
  g_strfreev (scan->terms);
  g_clear_pointer (&scan->last, g_ptr_array_unref);
  g_free (scan);
}

gboolean
kvar_export_job_is_busy (KvarExportJob *self)
{
  return self->fetching || self->writing || self->closing;
}

static void
drop_timers (KvarExportJob *self)
{
  if (self->retry_timer != 0)
    kvar_clock_remove_timer (kvar_session_get_clock (self->session), self->retry_timer);
  self->retry_timer = 0;

  g_clear_handle_id (&self->write_source, g_source_remove);
  if (self->cancel_source != NULL)
    g_source_destroy (self->cancel_source);
  g_clear_pointer (&self->cancel_source, g_source_unref);
}

/* Hands the end over once nothing is under way any more: only then is the part file's fate
 * settled. */
void
kvar_export_job_conclude (KvarExportJob *self)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(KvarExportJob) keep = NULL;

  if (self->task == NULL || kvar_export_job_is_busy (self))
    return;

  keep = g_object_ref (self);
  task = g_steal_pointer (&self->task);
  drop_timers (self);
  g_clear_signal_handler (&self->state_handler, self->session);
  g_clear_pointer (&self->pending, g_bytes_unref);
  if (self->writer != NULL && self->suspended)
    kvar_export_writer_suspend (self->writer);
  else if (self->writer != NULL)
    kvar_export_writer_discard (self->writer);
  g_clear_object (&self->writer);

  if (self->failure == NULL)
    {
      kvar_export_job_set_state (self, KVAR_ERRAND_DONE);
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (g_error_matches (self->failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      kvar_export_job_set_state (self, self->suspended ? KVAR_ERRAND_SUSPENDED
                                                       : KVAR_ERRAND_CANCELLED);
    }
  else
    {
      g_object_notify (G_OBJECT (self), "error");
      kvar_export_job_set_state (self, KVAR_ERRAND_FAILED);
    }

  g_task_return_error (task, g_error_copy (self->failure));
}

/* Takes @error. The first one counts. */
void
kvar_export_job_stop (KvarExportJob *self,
                      GError        *error)
{
  if (self->failure != NULL || self->task == NULL)
    {
      g_error_free (error);
      return;
    }

  self->failure = error;
  g_cancellable_cancel (self->cancellable);
  kvar_export_job_conclude (self);
}

gboolean
kvar_export_job_has_stopped (KvarExportJob *self)
{
  if (self->failure == NULL)
    return FALSE;

  kvar_export_job_conclude (self);

  return TRUE;
}

/* Rows of one person must not go into another's file. */
static gboolean
is_same_user (KvarExportJob *self)
{
  return self->user_id == NULL ||
         g_strcmp0 (self->user_id, kvar_session_get_user_id (self->session)) == 0;
}

static void
go_on (KvarExportJob *self)
{
  if (self->retry_timer != 0)
    kvar_clock_remove_timer (kvar_session_get_clock (self->session), self->retry_timer);
  self->retry_timer = 0;

  kvar_export_job_fetch (self);
}

static void
retry_cb (gpointer user_data)
{
  KvarExportJob *self = user_data;

  self->retry_timer = 0;
  kvar_export_job_fetch (self);
}

static void
pause_job (KvarExportJob *self,
           gint64         retry_after)
{
  gint64 delay = kvar_backoff_delay (self->n_failures++, retry_after, NULL);

  kvar_export_job_set_state (self, KVAR_ERRAND_PAUSED);
  self->retry_timer = kvar_clock_add_timer (kvar_session_get_clock (self->session), delay,
                                            retry_cb, self);
}

static void
session_state_cb (KvarSession   *session,
                  GParamSpec    *pspec,
                  KvarExportJob *self)
{
  if (self->state != KVAR_ERRAND_HELD && self->state != KVAR_ERRAND_PAUSED)
    return;
  if (kvar_session_get_state (session) != KVAR_SESSION_SIGNED_IN || !is_same_user (self))
    return;

  if (self->user_id == NULL)
    self->user_id = g_strdup (kvar_session_get_user_id (session));
  go_on (self);
}

/* What takes the server too long is asked for in smaller pieces; that all its connections are
 * busy is no matter of size. */
static gboolean
shrink_page (KvarExportJob *self,
             const GError  *error)
{
  const char *code = kvar_error_get_provider_code (error);
  int status = kvar_error_get_status (error);

  if (self->page_size == 1 || g_strcmp0 (code, "PGRST003") == 0 ||
      !(g_strcmp0 (code, "57014") == 0 || status == 504 || status == 524 || status == 544))
    return FALSE;

  self->page_size = MAX (self->page_size / 2, 1);
  self->n_good_pages = 0;

  return TRUE;
}

static void
grow_page (KvarExportJob *self)
{
  if (self->page_size == KVAR_EXPORT_PAGE_SIZE || ++self->n_good_pages < GROW_AFTER)
    return;

  self->page_size = MIN (self->page_size * 2, KVAR_EXPORT_PAGE_SIZE);
  self->n_good_pages = 0;
}

static gboolean
refuses_place (KvarExportJob *self,
               const GError  *error)
{
  const char *code = kvar_error_get_provider_code (error);

  return kvar_keyset_get_mode (self->keyset) == KVAR_KEYSET_CTID && self->after == NULL &&
         code != NULL && (g_str_equal (code, "42703") || g_str_equal (code, "42501") ||
                          g_str_equal (code, "0A000") || g_str_equal (code, "42883"));
}

/* A reply that makes no sense, or a token that was renewed and yet refused: its life may be
 * shorter than the way to the server. */
static gboolean
is_odd (const GError *error)
{
  return error->code == KVAR_ERROR_BAD_REPLY || kvar_error_get_status (error) == 401;
}

/* What may have had its effect is not called again. */
static gboolean
has_run (KvarExportJob *self,
         const GError  *error)
{
  return kvar_table_get_calls_once (self->table) && error->code != KVAR_ERROR_OFFLINE &&
         error->code != KVAR_ERROR_SIGNED_OUT && error->code != KVAR_ERROR_BLOCKED;
}

/* Takes @error. */
void
kvar_export_job_fetch_failed (KvarExportJob *self,
                              GError        *error)
{
  g_autoptr(GError) own = error;

  if (error->domain != KVAR_ERROR || has_run (self, error))
    {
      kvar_export_job_stop (self, g_steal_pointer (&own));
    }
  else if (refuses_place (self, error))
    {
      GError *plan_error = NULL;

      if (kvar_export_job_plan (self, KVAR_KEYSET_OFFSET, &plan_error))
        kvar_export_job_fetch (self);
      else
        kvar_export_job_stop (self, plan_error);
    }
  else if (shrink_page (self, error))
    {
      kvar_export_job_fetch (self);
    }
  else if (error->code == KVAR_ERROR_SIGNED_OUT || error->code == KVAR_ERROR_BLOCKED)
    {
      if (kvar_session_get_state (self->session) == KVAR_SESSION_SIGNED_IN)
        pause_job (self, -1);
      else
        kvar_export_job_set_state (self, KVAR_ERRAND_HELD);
    }
  else if (error->code == KVAR_ERROR_OFFLINE || error->code == KVAR_ERROR_UNKNOWN_OUTCOME ||
           (is_odd (error) && ++self->n_bad_replies < MAX_BAD_REPLIES))
    {
      pause_job (self, kvar_error_get_retry_after (error));
    }
  else
    {
      kvar_export_job_stop (self, g_steal_pointer (&own));
    }
}

/* Takes the waiting page to the thread. */
static void
write_pending (KvarExportJob *self)
{
  g_autoptr(GBytes) page = NULL;

  if (self->writing || self->pending == NULL)
    return;

  page = g_steal_pointer (&self->pending);
  self->writing = TRUE;
  kvar_export_writer_write_async (self->writer, page, self->position, written_cb,
                                  g_object_ref (self));
  g_clear_pointer (&self->position, g_variant_unref);
}

static gboolean
write_soon_cb (gpointer user_data)
{
  KvarExportJob *self = user_data;

  self->write_source = 0;
  write_pending (self);

  return G_SOURCE_REMOVE;
}

void
kvar_export_job_fetch (KvarExportJob *self)
{
  g_autoptr(KvarRequest) request = NULL;
  g_autoptr(KvarQuery) query = NULL;
  const char *const *after = NULL;

  /* One page may be in the thread's hands, one on its way there and one under way. */
  if (self->fetching || self->at_end || (self->pending != NULL && self->writing) ||
      self->task == NULL)
    return;

  if (!is_same_user (self))
    {
      kvar_export_job_set_state (self, KVAR_ERRAND_HELD);
      return;
    }

  if (self->digest != NULL)
    {
      kvar_export_job_look_again (self);
      return;
    }

  if (self->after != NULL)
    after = (const char *const *)self->after->pdata;
  query = kvar_export_job_dup_page_query (self);
  request = kvar_rest_api_select_page (self->selection, query, self->keyset, after,
                                       kvar_export_job_get_offset (self), self->page_size);
  kvar_request_set_lane (request, KVAR_LANE_BULK);

  self->fetching = TRUE;
  kvar_session_send_async (self->session, request, self->cancellable, page_replied_cb,
                           g_object_ref (self));
}

static void
scan_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Scan *scan = task_data;
  GError *error = NULL;

  if (kvar_export_page_find_last (scan->body, (const char *const *)scan->terms, &scan->last,
                                  &scan->n_rows, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Takes @last, the values that the page after this one begins after. */
static void
go_past_page (KvarExportJob *self,
              GPtrArray     *last,
              guint          n_rows)
{
  if (self->keys != NULL)
    {
      kvar_export_job_pass_keys (self, last, n_rows);
      return;
    }

  if (last == NULL)
    {
      self->at_end = TRUE;
      return;
    }

  g_clear_pointer (&self->after, g_ptr_array_unref);
  self->after = last;
  self->n_fetched += n_rows;
  self->at_end = kvar_table_get_calls_once (self->table);
}

/* Takes @last, the values that the next page begins after; NULL after an empty page. */
static void
page_arrived (KvarExportJob *self,
              GBytes        *body,
              GPtrArray     *last,
              guint          n_rows)
{
  gboolean is_empty = last == NULL;

  self->n_failures = 0;
  self->n_bad_replies = 0;
  grow_page (self);
  kvar_export_job_set_state (self, KVAR_ERRAND_RUNNING);

  go_past_page (self, last, n_rows);
  if (is_empty)
    {
      kvar_export_job_fetch (self);
      kvar_export_job_close_if_complete (self);
      return;
    }

  /* The page before may still wait for a quiet moment. */
  write_pending (self);
  g_assert (self->pending == NULL);
  self->pending = g_bytes_ref (body);
  self->position = kvar_export_job_get_position (self);
  kvar_export_job_fetch (self);

  /* Once the request has left: a thread that is woken before may well take its place. */
  if (!self->writing && self->write_source == 0)
    self->write_source = g_idle_add (write_soon_cb, self);
}

static void
scan_page (KvarExportJob *self,
           GBytes        *body)
{
  g_autoptr(GTask) scanning = NULL;
  GPtrArray *last;
  Scan *scan;

  /* Of chosen rows it counts how many there are. */
  if (self->keys == NULL &&
      kvar_export_page_peek_last (body, (const char *const *)self->terms, &last))
    {
      page_arrived (self, body, last, 0);
      return;
    }

  scan = g_new0 (Scan, 1);
  scan->body = g_bytes_ref (body);
  scan->terms = g_strdupv (self->terms);
  self->fetching = TRUE;
  scanning = g_task_new (self, NULL, page_scanned_cb, NULL);
  g_task_set_task_data (scanning, scan, (GDestroyNotify)scan_free);

  if (g_bytes_get_size (body) > MAX_INLINE_BYTES)
    g_task_run_in_thread (scanning, scan_in_thread);
  else
    scan_in_thread (scanning, self, scan, NULL);
}

static void
page_replied_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(KvarExportJob) self = user_data;
  g_autoptr(KvarReply) reply = NULL;
  GError *error = NULL;

  self->fetching = FALSE;
  reply = kvar_session_send_finish (KVAR_SESSION (object), result, &error);
  if (kvar_export_job_has_stopped (self))
    {
      g_clear_error (&error);
    }
  else if (reply == NULL || !kvar_reply_check (reply, KVAR_SERVICE_REST, &error))
    {
      kvar_export_job_fetch_failed (self, error);
    }
  else
    {
      if (kvar_table_get_calls_once (self->table))
        self->total = kvar_reply_get_total (reply);
      scan_page (self, kvar_reply_get_body (reply));
    }
}

static void
page_scanned_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  KvarExportJob *self = KVAR_EXPORT_JOB (object);
  Scan *scan = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;
  gboolean scanned;

  self->fetching = FALSE;
  scanned = g_task_propagate_boolean (G_TASK (result), &error);
  if (kvar_export_job_has_stopped (self))
    g_clear_error (&error);
  else if (!scanned)
    kvar_export_job_fetch_failed (self, error);
  else
    page_arrived (self, scan->body, g_steal_pointer (&scan->last), scan->n_rows);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(KvarExportJob) self = user_data;
  GError *error = NULL;
  gssize n_written;

  self->writing = FALSE;
  n_written = kvar_export_writer_write_finish (KVAR_EXPORT_WRITER (object), result, &error);
  if (n_written > 0)
    {
      self->rows += n_written;
      g_object_notify (G_OBJECT (self), "rows");
    }

  if (n_written < 0)
    kvar_export_job_stop (self, error);
  if (kvar_export_job_has_stopped (self))
    return;

  write_pending (self);
  if (self->state == KVAR_ERRAND_RUNNING)
    kvar_export_job_fetch (self);
  kvar_export_job_close_if_complete (self);
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  kvar_export_job_cancel (user_data);

  return G_SOURCE_REMOVE;
}

/**
 * kvar_export_job_run_async:
 * @cancellable: (nullable): as kvar_export_job_cancel() does
 *
 * Runs the export, once. It waits by itself for the server, and for somebody to sign in.
 */
void
kvar_export_job_run_async (KvarExportJob       *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GError *error = NULL;

  g_return_if_fail (KVAR_IS_EXPORT_JOB (self));
  g_return_if_fail (self->state == KVAR_ERRAND_WAITING);

  self->task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->task, kvar_export_job_run_async);
  if (cancellable != NULL)
    {
      self->cancel_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->cancel_source, G_SOURCE_FUNC (cancelled_cb), self, NULL);
      g_source_attach (self->cancel_source, g_task_get_context (self->task));
    }

  self->state_handler = g_signal_connect (self->session, "notify::state",
                                          G_CALLBACK (session_state_cb), self);
  self->started_at = kvar_clock_get_boottime (kvar_session_get_clock (self->session));
  kvar_export_job_set_state (self, KVAR_ERRAND_RUNNING);
  self->user_id = g_strdup (kvar_session_get_user_id (self->session));
  if (!kvar_export_job_take_up (self, &error) ||
      (self->writer == NULL && !kvar_export_job_plan (self, -1, &error)))
    {
      kvar_export_job_stop (self, error);
      return;
    }

  if (!kvar_session_is_usable (self->session))
    {
      kvar_export_job_set_state (self, KVAR_ERRAND_HELD);
      return;
    }

  kvar_export_job_count (self);
  kvar_export_job_fetch (self);
}

/**
 * kvar_export_job_run_finish:
 *
 * Returns: whether the file is there
 */
gboolean
kvar_export_job_run_finish (KvarExportJob  *self,
                            GAsyncResult   *result,
                            GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * kvar_export_job_cancel:
 *
 * Stops the export and leaves nothing behind. Does nothing once it is over.
 */
void
kvar_export_job_cancel (KvarExportJob *self)
{
  g_return_if_fail (KVAR_IS_EXPORT_JOB (self));

  if (self->task != NULL)
    kvar_export_job_stop (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                                     "Export cancelled"));
}

/**
 * kvar_export_job_suspend:
 *
 * Stops the export and keeps what there is, for kvar_export_job_set_resumes(). A stream just
 * ends.
 */
void
kvar_export_job_suspend (KvarExportJob *self)
{
  g_return_if_fail (KVAR_IS_EXPORT_JOB (self));

  self->suspended = self->task != NULL && self->target != NULL;
  kvar_export_job_cancel (self);
}
