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
  GObject            parent_instance;

  GFile             *target;        /* (nullable) NULL when streaming */
  int                stream;        /* where it is streamed to, -1 with a target */
  int                fd;            /* the part's; the stream where there is none */
  KvarExportPart    *part;          /* (nullable) */
  KvarExportFormat  *format;
  char             **columns;
  char             **identity;      /* the columns that tell rows apart */
  gboolean           can_repeat;    /* the order may bring a row twice */
  KvarExportJournal *passing;       /* (nullable) where rows are remembered without a part */
  GString           *out;           /* one page of the file */
  gboolean           has_header;
  guint64            n_rows;
  guint64            n_altered;     /* what the format could not keep as it was */
  guint64            size;          /* of the part */
  gint64             commit_every;  /* µs */
  gint64             committed_at;  /* on the monotonic clock */
  GVariant          *position;      /* (nullable) of the last page written */
  GBytes            *last_page;     /* (nullable) written, not committed */
};

G_DEFINE_FINAL_TYPE (KvarExportWriter, kvar_export_writer, G_TYPE_OBJECT)

/* The part stays where it is; what it holds, and nobody else has, goes on from its journal. */
static void
close_part (KvarExportWriter *self)
{
  g_clear_pointer (&self->last_page, g_bytes_unref);
  g_clear_pointer (&self->part, kvar_export_part_free);
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
  g_clear_pointer (&self->passing, kvar_export_journal_free);
  g_clear_pointer (&self->position, g_variant_unref);
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
  self->commit_every = G_USEC_PER_SEC;
  self->out = g_string_new (NULL);
}

static gboolean
flush (KvarExportWriter  *self,
       GError           **error)
{
  if (!kvar_export_target_write (self->fd, self->out->str, self->out->len, error))
    return FALSE;

  self->size += self->out->len;

  return TRUE;
}

/* Where the rows that were met are remembered; NULL if none can come twice. */
static KvarExportJournal *
get_seen (KvarExportWriter  *self,
          GError           **error)
{
  if (self->part != NULL)
    return kvar_export_part_get_journal (self->part);

  if (self->passing == NULL)
    self->passing = kvar_export_journal_open (NULL, error);

  return self->passing;
}

static GVariant *
describe_progress (KvarExportWriter *self)
{
  g_autofree char *digest = kvar_export_page_digest_last (self->last_page);
  GVariantDict progress;

  g_variant_dict_init (&progress, NULL);
  g_variant_dict_insert (&progress, "size", "t", self->size);
  g_variant_dict_insert (&progress, "rows", "t", self->n_rows);
  g_variant_dict_insert (&progress, "altered", "t", self->n_altered);
  g_variant_dict_insert (&progress, "digest", "s", digest != NULL ? digest : "");
  g_variant_dict_insert_value (&progress, "position", self->position);

  return g_variant_dict_end (&progress);
}

/* From here on the export can be gone on with by another process. A stream cannot. */
static gboolean
commit (KvarExportWriter  *self,
        GError           **error)
{
  if (self->target == NULL || self->last_page == NULL)
    return TRUE;
  if (!kvar_export_part_commit (self->part, describe_progress (self), error))
    return FALSE;

  self->committed_at = g_get_monotonic_time ();
  g_clear_pointer (&self->last_page, g_bytes_unref);

  return TRUE;
}

static gboolean
commit_if_due (KvarExportWriter  *self,
               GError           **error)
{
  if (g_get_monotonic_time () - self->committed_at < self->commit_every)
    return TRUE;

  return commit (self, error);
}

/* A page is written whole or not at all, as it may be asked for again. */
static gboolean
write_page (KvarExportWriter  *self,
            GBytes            *page,
            guint             *n_written,
            GError           **error)
{
  guint64 n_altered = self->n_altered;
  KvarExportJournal *seen = NULL;

  *n_written = 0;
  g_string_truncate (self->out, 0);
  if (!self->has_header)
    n_altered += kvar_export_format_begin (self->format, self->out);

  if (page != NULL && self->can_repeat)
    {
      seen = get_seen (self, error);
      if (seen == NULL)
        return FALSE;
    }

  if (page != NULL &&
      !kvar_export_page_write (page, (const char *const *)self->columns,
                               (const char *const *)self->identity, seen, self->format,
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

static gboolean
deliver (KvarExportWriter  *self,
         int                fd,
         const char        *path,
         GCancellable      *cancellable,
         GError           **error)
{
  if (self->target != NULL)
    return kvar_export_target_put (self->target, fd, path, cancellable, error);
  if (fd != self->stream)
    return kvar_export_target_stream (fd, self->stream, cancellable, error);

  return TRUE;
}

/* The part stays meanwhile: if this process ends here, another one makes the file of it. */
static gboolean
convert_and_deliver (KvarExportWriter  *self,
                     GCancellable      *cancellable,
                     GError           **error)
{
  const char *part = kvar_export_part_get_path (self->part);
  g_autofree char *made = g_strconcat (part, "-made", NULL);
  gboolean delivered = FALSE;
  int fd = -1;

  if (kvar_export_format_convert (self->format, part, made, &self->n_altered, error))
    {
      fd = open (made, O_RDWR | O_CLOEXEC);
      if (fd >= 0)
        delivered = deliver (self, fd, made, cancellable, error);
      else
        g_propagate_error (error, kvar_export_error_from_errno (errno));
    }

  if (fd >= 0)
    close (fd);
  g_unlink (made);

  return delivered;
}

static void
write_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  KvarExportWriter *self = source;
  GError *error = NULL;
  guint n_written;

  if (write_page (self, task_data, &n_written, &error))
    {
      g_clear_pointer (&self->last_page, g_bytes_unref);
      self->last_page = g_bytes_ref (task_data);
    }
  if (error == NULL && commit_if_due (self, &error))
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

  put = write_end (self, &error);
  if (put && kvar_export_format_converts (self->format))
    put = convert_and_deliver (self, cancellable, &error);
  else if (put)
    put = deliver (self, self->fd,
                   self->part != NULL ? kvar_export_part_get_path (self->part) : NULL,
                   cancellable, &error);

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
 * @description: a vardict that tells what the file is to become
 *
 * Sees whether the file can be written at all, and begins it in Kvar's own folder.
 */
gboolean
kvar_export_writer_open (KvarExportWriter  *self,
                         GVariant          *description,
                         GError           **error)
{
  g_return_val_if_fail (KVAR_IS_EXPORT_WRITER (self), FALSE);

  if (self->target == NULL && !kvar_export_format_converts (self->format))
    {
      self->fd = self->stream;
      return TRUE;
    }
  if (self->target != NULL && !kvar_export_target_check (self->target, error))
    return FALSE;

  self->part = kvar_export_part_new (description, error);
  if (self->part == NULL)
    return FALSE;

  self->fd = kvar_export_part_get_fd (self->part);

  return TRUE;
}

/**
 * kvar_export_writer_take_up:
 * @part: (transfer full): what an earlier process has left of the file
 *
 * Goes on where @part ends, instead of kvar_export_writer_open().
 */
gboolean
kvar_export_writer_take_up (KvarExportWriter  *self,
                            KvarExportPart    *part,
                            GError           **error)
{
  GVariant *progress = kvar_export_part_get_progress (part);

  g_return_val_if_fail (KVAR_IS_EXPORT_WRITER (self), FALSE);

  self->part = part;
  self->fd = kvar_export_part_get_fd (part);
  self->has_header = TRUE;
  g_variant_lookup (progress, "size", "t", &self->size);
  g_variant_lookup (progress, "rows", "t", &self->n_rows);
  g_variant_lookup (progress, "altered", "t", &self->n_altered);

  return kvar_export_target_check (self->target, error);
}

/**
 * kvar_export_writer_set_commit_every:
 * @interval: µs after which a page is synced and the journal follows; 0 for each page
 */
void
kvar_export_writer_set_commit_every (KvarExportWriter *self,
                                     gint64            interval)
{
  g_return_if_fail (KVAR_IS_EXPORT_WRITER (self));

  self->commit_every = interval;
}

/**
 * kvar_export_writer_write_async:
 * @page: PostgREST's array of rows
 * @position: where the next page begins, as whoever goes on with the file needs it
 *
 * Reads @page and writes its rows, in a thread.
 */
void
kvar_export_writer_write_async (KvarExportWriter    *self,
                                GBytes              *page,
                                GVariant            *position,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (KVAR_IS_EXPORT_WRITER (self));
  g_return_if_fail (page != NULL);

  g_clear_pointer (&self->position, g_variant_unref);
  self->position = g_variant_ref_sink (position);
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
 * Takes away what was begun in Kvar's own folder; nothing may be under way.
 */
void
kvar_export_writer_discard (KvarExportWriter *self)
{
  g_return_if_fail (KVAR_IS_EXPORT_WRITER (self));

  if (self->part != NULL)
    kvar_export_part_discard (self->part);
  close_part (self);
}

/**
 * kvar_export_writer_suspend:
 *
 * Leaves what was written for another process to go on with; nothing may be under way. Blocks
 * for a moment.
 */
void
kvar_export_writer_suspend (KvarExportWriter *self)
{
  g_autoptr(GError) error = NULL;

  g_return_if_fail (KVAR_IS_EXPORT_WRITER (self));

  if (self->part != NULL && !commit (self, &error))
    g_warning ("The export is set back a little: %s", error->message);
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
