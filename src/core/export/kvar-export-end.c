/* kvar-export-end.c: How many rows there are, and the file put into its place.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-export-end"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "export/kvar-export-job-private.h"
#include "records/kvar-rest-api.h"

/* Close: count → compare → put the file into its place. */
static void counted_cb   (GObject *object, GAsyncResult *result, gpointer user_data);
static void recounted_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void closed_cb    (GObject *object, GAsyncResult *result, gpointer user_data);

static void
ask_how_many (KvarExportJob       *self,
              GAsyncReadyCallback  callback)
{
  g_autoptr(KvarRequest) request = kvar_rest_api_count (self->table, self->query, TRUE);

  kvar_request_set_lane (request, KVAR_LANE_BULK);
  kvar_session_send_async (self->session, request, self->cancellable, callback,
                           g_object_ref (self));
}

static void
close_writer (KvarExportJob *self)
{
  self->closing = TRUE;
  kvar_export_writer_close_async (self->writer, self->cancellable, closed_cb,
                                  g_object_ref (self));
}

static void
counted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(KvarExportJob) self = user_data;
  g_autoptr(KvarReply) reply = NULL;

  reply = kvar_session_send_finish (KVAR_SESSION (object), result, NULL);
  if (reply == NULL || !kvar_reply_check (reply, KVAR_SERVICE_REST, NULL) || self->task == NULL)
    return;

  self->total = kvar_reply_get_total (reply);
  g_object_notify (G_OBJECT (self), "total");
}

/* Takes @sentence. */
static void
add_note (KvarExportJob *self,
          char          *sentence)
{
  g_autofree char *own = sentence;
  const char *note = kvar_export_job_get_note (self);

  if (own != NULL)
    kvar_export_job_set_note (self, note != NULL ? g_strconcat (note, " ", own, NULL)
                                                 : g_strdup (own));
}

/* A file of rows that came and went while it grew is whole, but the person should know. */
static void
compare_count (KvarExportJob *self,
               gint64         total)
{
  g_autofree char *rows = g_strdup_printf ("%'" G_GUINT64_FORMAT, self->rows);

  if (total < 0)
    /* Translators: %s is a number of rows */
    add_note (self, g_strdup_printf (_("The server couldn't count the records afterwards. "
                                       "Rows: %s."), rows));
  else if ((guint64)total != self->rows || self->changed)
    /* Translators: %s is a number of rows */
    add_note (self, g_strdup_printf (_("Some records changed during the export. Rows: %s."),
                                     rows));

  if (total >= 0 && self->total != total)
    {
      self->total = total;
      g_object_notify (G_OBJECT (self), "total");
    }
}

/* What is called once comes in one reply, which the server may have cut. */
static void
compare_once (KvarExportJob *self)
{
  g_autofree char *rows = g_strdup_printf ("%'" G_GUINT64_FORMAT, self->rows);
  g_autofree char *all = g_strdup_printf ("%'" G_GINT64_FORMAT, self->total);

  if (self->total > (gint64)self->rows)
    /* Translators: how many rows of a function's result came, and how many there were. */
    add_note (self, g_strdup_printf (_("The server gave only %1$s of %2$s rows."), rows, all));
  else if (self->total < 0 && self->rows > 0 && self->rows % self->page_size == 0)
    /* Translators: %s is a number of rows */
    add_note (self, g_strdup_printf (_("The server may have left out rows after the first %s."),
                                     rows));
}

static void
recounted_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(KvarExportJob) self = user_data;
  g_autoptr(KvarReply) reply = NULL;
  gint64 total = -1;

  self->closing = FALSE;
  reply = kvar_session_send_finish (KVAR_SESSION (object), result, NULL);
  if (kvar_export_job_has_stopped (self))
    return;

  if (reply != NULL && kvar_reply_check (reply, KVAR_SERVICE_REST, NULL))
    total = kvar_reply_get_total (reply);
  compare_count (self, total);

  close_writer (self);
}

static void
closed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(KvarExportJob) self = user_data;
  GError *error = NULL;

  self->closing = FALSE;
  if (kvar_export_writer_close_finish (KVAR_EXPORT_WRITER (object), result, &error))
    {
      /* The file is there: cancelling came too late. */
      add_note (self, kvar_export_writer_describe (self->writer));
      g_clear_error (&self->failure);
      kvar_export_job_conclude (self);
    }
  else if (self->failure != NULL)
    {
      g_error_free (error);
      kvar_export_job_conclude (self);
    }
  else
    {
      kvar_export_job_stop (self, error);
    }
}

/**
 * kvar_export_job_count:
 *
 * Asks how many rows there will be, for the progress.
 */
void
kvar_export_job_count (KvarExportJob *self)
{
  if (self->keys != NULL)
    {
      self->total = g_strv_length (self->keys);
      g_object_notify (G_OBJECT (self), "total");
    }
  else if (!kvar_table_get_calls_once (self->table))
    {
      ask_how_many (self, counted_cb);
    }
}

/**
 * kvar_export_job_close_if_complete:
 *
 * Counts once more and puts the file into its place, if all has been written. The end is an empty
 * page: a short one may have been cut by the server.
 */
void
kvar_export_job_close_if_complete (KvarExportJob *self)
{
  if (!self->at_end || kvar_export_job_is_busy (self) || self->pending != NULL)
    return;

  if (kvar_table_get_calls_once (self->table))
    {
      compare_once (self);
      close_writer (self);
      return;
    }

  if (self->keys != NULL)
    {
      compare_count (self, g_strv_length (self->keys));
      close_writer (self);
      return;
    }

  self->closing = TRUE;
  ask_how_many (self, recounted_cb);
}
