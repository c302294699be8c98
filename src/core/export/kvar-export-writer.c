/* kvar-export-writer.c: The thread's side of an export: pages in, a file out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One call at a time: while a thread works, nobody else touches the writer.
 */

#define G_LOG_DOMAIN "kvar-export-writer"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "export/kvar-export-error.h"
#include "export/kvar-export-page.h"
#include "export/kvar-export-target.h"
#include "export/kvar-export-writer.h"
#include "kvar-paths.h"

struct _KvarExportWriter
{
  GObject          parent_instance;

  GFile           *target;        /* (nullable) NULL when streaming */
  int              stream;        /* where it is streamed to, -1 with a target */
  int              fd;            /* the part file; the stream where there is none */
  char            *part;          /* (nullable) the part file's path */
  KvarExportFormat *format;
  char           **columns;
  char           **identity;      /* the columns that tell rows apart */
  gboolean         can_repeat;    /* the order may bring a row twice */
  KvarExportSeen  *seen;          /* (nullable) made with the first page, if needed */
  GString         *out;           /* one page of the file */
  gboolean         has_header;
  guint64          n_rows;
  guint64          n_altered;     /* what the format could not keep as it was */
};

G_DEFINE_FINAL_TYPE (KvarExportWriter, kvar_export_writer, G_TYPE_OBJECT)

/* The file is gone as long as it has not been put into its place. */
static void
close_part (KvarExportWriter *self)
{
  if (self->part == NULL)
    return;

  close (self->fd);
  self->fd = -1;
  g_unlink (self->part);
  g_clear_pointer (&self->part, g_free);
}

static void
kvar_export_writer_finalize (GObject *object)
{
  KvarExportWriter *self = KVAR_EXPORT_WRITER (object);

  close_part (self);
  g_clear_object (&self->target);
  g_clear_object (&self->format);
  g_clear_pointer (&self->columns, g_strfreev);
  g_clear_pointer (&self->identity, g_strfreev);
  g_clear_pointer (&self->seen, kvar_export_seen_free);
  g_string_free (self->out, TRUE);

  G_OBJECT_CLASS (kvar_export_writer_parent_class)->finalize (object);
}

static void
kvar_export_writer_class_init (KvarExportWriterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = kvar_export_writer_finalize;
}

static void
kvar_export_writer_init (KvarExportWriter *self)
{
  self->fd = -1;
  self->stream = -1;
  self->out = g_string_new (NULL);
}

static gboolean
flush (KvarExportWriter  *self,
       GError           **error)
{
  return kvar_export_target_write (self->fd, self->out->str, self->out->len, error);
}

/* A page is written whole or not at all, as it may be asked for again. */
static gboolean
write_page (KvarExportWriter  *self,
            GBytes            *page,
            guint             *n_written,
            GError           **error)
{
  guint64 n_altered = self->n_altered;

  *n_written = 0;
  g_string_truncate (self->out, 0);
  if (!self->has_header)
    n_altered += kvar_export_format_begin (self->format, self->out);

  if (page != NULL && self->can_repeat && self->seen == NULL)
    {
      self->seen = kvar_export_seen_new (error);
      if (self->seen == NULL)
        return FALSE;
    }

  if (page != NULL &&
      !kvar_export_page_write (page, (const char *const *)self->columns,
                               (const char *const *)self->identity, self->seen, self->format,
                               self->n_rows, self->out, n_written, &n_altered, error))
    return FALSE;

  if (!flush (self, error))
    return FALSE;

  self->has_header = TRUE;
  self->n_rows += *n_written;
  self->n_altered = n_altered;

  return TRUE;
}

/* A table without rows has its columns still. */
static gboolean
write_end (KvarExportWriter  *self,
           GError           **error)
{
  guint n_written;

  if (!self->has_header && !write_page (self, NULL, &n_written, error))
    return FALSE;

  g_string_truncate (self->out, 0);
  kvar_export_format_end (self->format, self->n_rows, self->out);

  return flush (self, error);
}

/* What has grown is replaced by what is made of it. */
static gboolean
convert (KvarExportWriter  *self,
         GError           **error)
{
  g_autofree char *made = NULL;
  int fd;

  if (!kvar_export_format_converts (self->format))
    return TRUE;

  made = g_strconcat (self->part, "-made", NULL);
  if (!kvar_export_format_convert (self->format, self->part, made, &self->n_altered, error))
    {
      g_unlink (made);
      return FALSE;
    }

  fd = open (made, O_RDWR | O_CLOEXEC);
  if (fd < 0 || g_rename (made, self->part) < 0)
    {
      g_propagate_error (error, kvar_export_error_from_errno (errno));
      g_unlink (made);
      if (fd >= 0)
        close (fd);
      return FALSE;
    }

  close (self->fd);
  self->fd = fd;

  return TRUE;
}

static void
write_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  GError *error = NULL;
  guint n_written;

  if (write_page (source, task_data, &n_written, &error))
    g_task_return_int (task, n_written);
  else
    g_task_return_error (task, error);
}

static void
close_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  KvarExportWriter *self = source;
  GError *error = NULL;
  gboolean put;

  put = write_end (self, &error) && convert (self, &error);
  if (put && self->target != NULL)
    put = kvar_export_target_put (self->target, self->fd, self->part, cancellable, &error);
  else if (put && self->part != NULL)
    put = kvar_export_target_stream (self->fd, self->stream, cancellable, &error);

  close_part (self);
  if (put)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * kvar_export_writer_new:
 * @target: (nullable): the file to be; %NULL to stream to @fd
 * @fd: where to stream to, not closed; -1 with a @target
 * @format: what makes bytes of rows
 * @columns: the columns to write, in their order
 * @identity: the columns that tell rows apart
 * @can_repeat: whether the pages may bring a row twice
 */
KvarExportWriter *
kvar_export_writer_new (GFile             *target,
                        int                fd,
                        KvarExportFormat  *format,
                        const char *const *columns,
                        const char *const *identity,
                        gboolean           can_repeat)
{
  KvarExportWriter *self;

  g_return_val_if_fail ((target == NULL) != (fd < 0), NULL);

  self = g_object_new (KVAR_TYPE_EXPORT_WRITER, NULL);
  g_set_object (&self->target, target);
  self->stream = fd;
  self->format = g_object_ref (format);
  self->columns = g_strdupv ((char **)columns);
  self->identity = g_strdupv ((char **)identity);
  self->can_repeat = can_repeat && identity[0] != NULL;

  return self;
}

/**
 * kvar_export_writer_open:
 *
 * Sees whether the file can be written at all, and begins it in Kvar's own folder.
 */
gboolean
kvar_export_writer_open (KvarExportWriter  *self,
                         GError           **error)
{
  g_autofree char *folder = NULL;

  g_return_val_if_fail (KVAR_IS_EXPORT_WRITER (self), FALSE);

  if (self->target == NULL && !kvar_export_format_converts (self->format))
    {
      self->fd = self->stream;
      return TRUE;
    }
  if (self->target != NULL && !kvar_export_target_check (self->target, error))
    return FALSE;

  folder = g_build_filename (kvar_paths_get_data_dir (), "exports", NULL);
  self->fd = kvar_export_target_open_part (folder, &self->part, error);

  return self->fd >= 0;
}

/**
 * kvar_export_writer_write_async:
 * @page: PostgREST's array of rows
 *
 * Reads @page and writes its rows, in a thread.
 */
void
kvar_export_writer_write_async (KvarExportWriter    *self,
                                GBytes              *page,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (KVAR_IS_EXPORT_WRITER (self));
  g_return_if_fail (page != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, kvar_export_writer_write_async);
  g_task_set_task_data (task, g_bytes_ref (page), (GDestroyNotify)g_bytes_unref);
  g_task_run_in_thread (task, write_in_thread);
}

/**
 * kvar_export_writer_write_finish:
 *
 * Returns: how many rows were written, -1 on failure
 */
gssize
kvar_export_writer_write_finish (KvarExportWriter  *self,
                                 GAsyncResult      *result,
                                 GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_int (G_TASK (result), error);
}

/**
 * kvar_export_writer_close_async:
 *
 * Puts the file into its place.
 */
void
kvar_export_writer_close_async (KvarExportWriter    *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (KVAR_IS_EXPORT_WRITER (self));

  /* Once the file is in its place, it is too late to cancel: what happened counts. */
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_source_tag (task, kvar_export_writer_close_async);
  g_task_run_in_thread (task, close_in_thread);
}

gboolean
kvar_export_writer_close_finish (KvarExportWriter  *self,
                                 GAsyncResult      *result,
                                 GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * kvar_export_writer_discard:
 *
 * Takes away what was begun in Kvar's own folder; nothing may be under way. Dropping the writer
 * does it too, but a thread that has just answered may hold it a moment longer.
 */
void
kvar_export_writer_discard (KvarExportWriter *self)
{
  g_return_if_fail (KVAR_IS_EXPORT_WRITER (self));

  close_part (self);
}

/**
 * kvar_export_writer_describe:
 *
 * Returns: (transfer full) (nullable): a sentence on how the finished file differs from the rows
 */
char *
kvar_export_writer_describe (KvarExportWriter *self)
{
  g_return_val_if_fail (KVAR_IS_EXPORT_WRITER (self), NULL);

  return kvar_export_format_describe (self->format, self->n_rows, self->n_altered);
}
