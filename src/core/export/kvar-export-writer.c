/* kvar-export-writer.c: The thread's side of an export: pages in, a file out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One call at a time: while a thread works, nobody else touches the writer.
 */

#define G_LOG_DOMAIN "kvar-export-writer"

#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "export/kvar-csv.h"
#include "export/kvar-export-error.h"
#include "export/kvar-export-page.h"
#include "export/kvar-export-target.h"
#include "export/kvar-export-writer.h"
#include "kvar-paths.h"

struct _KvarExportWriter
{
  GObject          parent_instance;

  GFile           *target;        /* (nullable) NULL when streaming */
  int              fd;            /* the part file, or where it is streamed to */
  char            *part;          /* (nullable) the part file's path */
  char           **columns;
  char           **identity;      /* the columns that tell rows apart */
  gboolean         can_repeat;    /* the order may bring a row twice */
  KvarExportSeen  *seen;          /* (nullable) made with the first page, if needed */
  GString         *csv;           /* one page of it */
  gboolean         has_header;
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
  g_clear_pointer (&self->columns, g_strfreev);
  g_clear_pointer (&self->identity, g_strfreev);
  g_clear_pointer (&self->seen, kvar_export_seen_free);
  g_string_free (self->csv, TRUE);

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
  self->csv = g_string_new (NULL);
}

static void
append_header (KvarExportWriter *self)
{
  for (gsize i = 0; self->columns[i] != NULL; i++)
    kvar_csv_append_field (self->csv, i == 0, self->columns[i], strlen (self->columns[i]));
  kvar_csv_end_row (self->csv);
}

static gboolean
flush (KvarExportWriter  *self,
       GError           **error)
{
  const char *data = self->csv->str;
  gsize size = self->csv->len;

  while (size > 0)
    {
      gssize n = write (self->fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          g_propagate_error (error, kvar_export_error_from_errno (n < 0 ? errno : ENOSPC));
          return FALSE;
        }

      data += n;
      size -= n;
    }

  return TRUE;
}

/* A page is written whole or not at all, as it may be asked for again. */
static gboolean
write_page (KvarExportWriter  *self,
            GBytes            *page,
            guint             *n_written,
            GError           **error)
{
  guint n_rows = 0;

  *n_written = 0;
  g_string_truncate (self->csv, 0);
  if (!self->has_header)
    append_header (self);

  if (page != NULL && self->can_repeat && self->seen == NULL)
    {
      self->seen = kvar_export_seen_new (error);
      if (self->seen == NULL)
        return FALSE;
    }

  if (page != NULL &&
      !kvar_export_page_to_csv (page, (const char *const *)self->columns,
                                (const char *const *)self->identity, self->seen, self->csv,
                                &n_rows, n_written, error))
    return FALSE;

  if (!flush (self, error))
    return FALSE;

  self->has_header = TRUE;

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
  guint n_written;
  gboolean put;

  /* A table without rows has its columns still. */
  put = (self->has_header || write_page (self, NULL, &n_written, &error)) &&
        (self->target == NULL ||
         kvar_export_target_put (self->target, self->fd, self->part, cancellable, &error));

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
 * @columns: the columns to write, in their order
 * @identity: the columns that tell rows apart
 * @can_repeat: whether the pages may bring a row twice
 */
KvarExportWriter *
kvar_export_writer_new (GFile             *target,
                        int                fd,
                        const char *const *columns,
                        const char *const *identity,
                        gboolean           can_repeat)
{
  KvarExportWriter *self;

  g_return_val_if_fail ((target == NULL) != (fd < 0), NULL);

  self = g_object_new (KVAR_TYPE_EXPORT_WRITER, NULL);
  g_set_object (&self->target, target);
  self->fd = fd;
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

  if (self->target == NULL)
    return TRUE;
  if (!kvar_export_target_check (self->target, error))
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
