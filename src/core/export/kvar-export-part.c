/* kvar-export-part.c: The file that an export grows in Kvar's own folder, and what is left of one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Beside each part lies its journal, which tells what it is to become, and how much of it counts.
 * Who writes a part holds its lock: one that is free was left by a process that ended.
 */

#define G_LOG_DOMAIN "kvar-export-part"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "export/kvar-export-error.h"
#include "export/kvar-export-part.h"
#include "kvar-paths.h"

/* s: a new part has a moment to be locked, and one that nobody takes up again is not for ever. */
#define YOUTH 60
#define OLD_AGE (30 * 24 * 60 * 60)

struct _KvarExportPart
{
  int                fd;
  char              *path;
  char              *journal_path;
  KvarExportJournal *journal;
  GVariant          *progress;     /* (nullable): as committed */
  gboolean           discarded;
};

static gboolean
fail (int      saved_errno,
      GError **error)
{
  g_propagate_error (error, kvar_export_error_from_errno (saved_errno));

  return FALSE;
}

static char *
dup_folder (void)
{
  return g_build_filename (kvar_paths_get_data_dir (), "exports", NULL);
}

static char *
dup_journal_path (const char *path)
{
  return g_strdup_printf ("%.*s.journal", (int)strlen (path) - (int)strlen (".part"), path);
}

static void
delete_files (const char *path)
{
  static const char *const ends[] = { "", "-wal", "-shm" };
  g_autofree char *journal = dup_journal_path (path);
  g_autofree char *made = g_strconcat (path, "-made", NULL);

  g_unlink (path);
  g_unlink (made);
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *file = g_strconcat (journal, ends[i], NULL);

      g_unlink (file);
    }
}

/* (nullable): the part at @path, locked, if nobody else has it. */
static KvarExportPart *
take (const char *path)
{
  g_autoptr(KvarExportPart) self = g_new0 (KvarExportPart, 1);
  struct stat info;

  self->path = g_strdup (path);
  self->journal_path = dup_journal_path (path);
  self->fd = open (path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
  /* Until it is told otherwise, what it finds stays. */
  self->progress = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));

  if (self->fd < 0 || fstat (self->fd, &info) < 0 || !S_ISREG (info.st_mode) ||
      flock (self->fd, LOCK_EX | LOCK_NB) < 0)
    return NULL;

  return g_steal_pointer (&self);
}

/* Whether the journal has something to go on with; the file is cut to what counts. */
static gboolean
read_journal (KvarExportPart  *self,
              GVariant       **description)
{
  g_autoptr(GVariant) progress = NULL;
  struct stat info;
  guint64 size;

  if (self->journal == NULL && g_file_test (self->journal_path, G_FILE_TEST_EXISTS))
    self->journal = kvar_export_journal_open (self->journal_path, NULL);
  if (self->journal == NULL)
    return FALSE;

  *description = kvar_export_journal_get (self->journal, "description");
  progress = kvar_export_journal_get (self->journal, "progress");
  if (*description == NULL || progress == NULL ||
      !g_variant_lookup (progress, "size", "t", &size) || fstat (self->fd, &info) < 0 ||
      (guint64)info.st_size < size)
    return FALSE;

  g_variant_unref (self->progress);
  self->progress = g_steal_pointer (&progress);

  return TRUE;
}

static gboolean
cut (KvarExportPart *self)
{
  guint64 size;

  return g_variant_lookup (self->progress, "size", "t", &size) &&
         ftruncate (self->fd, size) == 0 && lseek (self->fd, size, SEEK_SET) == (off_t)size;
}

/* What can be gone on with is described in @descriptions. */
static void
look_at (const char  *path,
         GVariant    *replaced,
         GPtrArray   *descriptions)
{
  g_autoptr(KvarExportPart) part = take (path);
  g_autoptr(GVariant) description = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  struct stat info;
  gint64 age;

  if (part == NULL || fstat (part->fd, &info) < 0)
    return;

  age = now - info.st_mtime;
  if (age > YOUTH && (!read_journal (part, &description) || age > OLD_AGE))
    kvar_export_part_discard (part);
  else if (age <= YOUTH && !read_journal (part, &description))
    return;
  else if (replaced != NULL && g_variant_equal (description, replaced))
    kvar_export_part_discard (part);
  else if (descriptions != NULL)
    g_ptr_array_add (descriptions, g_steal_pointer (&description));
}

/* A journal whose part has become the file. */
static void
drop_orphan (const char *path)
{
  gsize length = g_strrstr (path, ".journal") - path;
  g_autofree char *part = g_strdup_printf ("%.*s.part", (int)length, path);

  if (!g_file_test (part, G_FILE_TEST_EXISTS))
    g_unlink (path);
}

/* Looks at all that lies about; takes away what is of no use, and what is @replaced. */
static void
sweep (GVariant  *replaced,
       GPtrArray *descriptions)
{
  g_autofree char *folder = dup_folder ();
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, ".part"))
        look_at (path, replaced, descriptions);
      else if (strstr (name, ".journal") != NULL)
        drop_orphan (path);
    }
}

/**
 * kvar_export_part_new:
 * @description: a vardict that tells what the file is to become
 *
 * Begins a file, and takes away an earlier one of the same @description, and what others have
 * left behind.
 */
KvarExportPart *
kvar_export_part_new (GVariant  *description,
                      GError   **error)
{
  g_autofree char *folder = dup_folder ();
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr(KvarExportPart) self = NULL;

  if (g_mkdir_with_parents (folder, 0700) < 0)
    {
      fail (errno, error);
      return NULL;
    }
  sweep (description, NULL);

  self = g_new0 (KvarExportPart, 1);
  self->path = g_strdup_printf ("%s/%s.part", folder, id);
  self->journal_path = dup_journal_path (self->path);
  self->fd = open (self->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (self->fd < 0)
    {
      fail (errno, error);
      return NULL;
    }
  flock (self->fd, LOCK_EX);

  self->journal = kvar_export_journal_open (self->journal_path, error);
  if (self->journal == NULL ||
      !kvar_export_journal_put (self->journal, "description", description, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * kvar_export_part_find:
 *
 * Returns: (transfer full) (nullable): what a process that ended has left of the file that
 *   @description tells of, ready to be gone on with
 */
KvarExportPart *
kvar_export_part_find (GVariant *description)
{
  g_autofree char *folder = dup_folder ();
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr(KvarExportPart) part = NULL;
      g_autoptr(GVariant) found = NULL;

      if (!g_str_has_suffix (name, ".part"))
        continue;

      part = take (path);
      if (part != NULL && read_journal (part, &found) && g_variant_equal (found, description) &&
          cut (part))
        return g_steal_pointer (&part);
    }

  return NULL;
}

/**
 * kvar_export_part_list:
 *
 * Returns: (transfer full) (element-type GVariant): the descriptions of what can be gone on with
 */
GPtrArray *
kvar_export_part_list (void)
{
  GPtrArray *descriptions = g_ptr_array_new_with_free_func ((GDestroyNotify)g_variant_unref);

  sweep (NULL, descriptions);

  return descriptions;
}

/* Lets go of the file; it stays if something of it was committed. */
void
kvar_export_part_free (KvarExportPart *self)
{
  if (self->progress == NULL)
    kvar_export_part_discard (self);

  g_clear_pointer (&self->journal, kvar_export_journal_free);
  if (self->fd >= 0)
    close (self->fd);
  g_clear_pointer (&self->progress, g_variant_unref);
  g_free (self->path);
  g_free (self->journal_path);
  g_free (self);
}

int
kvar_export_part_get_fd (KvarExportPart *self)
{
  return self->fd;
}

const char *
kvar_export_part_get_path (KvarExportPart *self)
{
  return self->path;
}

KvarExportJournal *
kvar_export_part_get_journal (KvarExportPart *self)
{
  return self->journal;
}

/**
 * kvar_export_part_get_progress:
 *
 * Returns: (nullable): what was committed last
 */
GVariant *
kvar_export_part_get_progress (KvarExportPart *self)
{
  return self->progress;
}

/**
 * kvar_export_part_commit:
 * @progress: a vardict; its "size" says how much of the file counts
 *
 * Sees to it that the file is on the disk, then that the journal says so. Blocks.
 */
gboolean
kvar_export_part_commit (KvarExportPart  *self,
                         GVariant        *progress,
                         GError         **error)
{
  g_autoptr(GVariant) own = g_variant_ref_sink (progress);

  if (fdatasync (self->fd) < 0)
    return fail (errno, error);
  if (!kvar_export_journal_put (self->journal, "progress", own, error) ||
      !kvar_export_journal_commit (self->journal, error))
    return FALSE;

  g_clear_pointer (&self->progress, g_variant_unref);
  self->progress = g_steal_pointer (&own);

  return TRUE;
}

/**
 * kvar_export_part_discard:
 *
 * Takes the files away.
 */
void
kvar_export_part_discard (KvarExportPart *self)
{
  if (self->discarded)
    return;

  self->discarded = TRUE;
  g_clear_pointer (&self->journal, kvar_export_journal_free);
  delete_files (self->path);
}
