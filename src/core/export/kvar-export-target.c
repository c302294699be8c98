/* kvar-export-target.c: Puts a finished file in its place: whole, or not at all.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-export-target"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "export/kvar-export-error.h"
#include "export/kvar-export-target.h"

#define COPY_BYTES (256 * 1024)
#define COPY_RANGE_BYTES (16 * 1024 * 1024)

static gboolean
fail (int      saved_errno,
      GError **error)
{
  g_propagate_error (error, kvar_export_error_from_errno (saved_errno));

  return FALSE;
}

/* A link is followed: the file that it points to is what somebody wants replaced. */
static char *
dup_real_path (GFile *target)
{
  const char *path = g_file_peek_path (target);
  g_autofree char *real = NULL;

  if (path == NULL)
    return NULL;

  real = realpath (path, NULL);

  return g_strdup (real != NULL ? real : path);
}

/* The portal's files are not where their paths say: only GIO knows how to replace them. */
static gboolean
is_plain_file (const char *path)
{
  g_autofree char *documents = g_build_filename (g_get_user_runtime_dir (), "doc", "", NULL);

  return path != NULL && !g_str_has_prefix (path, documents);
}

static char *
dup_temporary_name (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *id = g_uuid_string_random ();

  /* Names end at 255 bytes. */
  if (strlen (name) > 150)
    name[150] = '\0';
  id[8] = '\0';

  return g_strdup_printf ("%s/.%s.%s.part", folder, name, id);
}

/**
 * kvar_export_target_write:
 *
 * Writes all of @data to @fd. Blocks.
 */
gboolean
kvar_export_target_write (int          fd,
                          const char  *data,
                          gsize        size,
                          GError     **error)
{
  while (size > 0)
    {
      gssize n = write (fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return fail (n < 0 ? errno : ENOSPC, error);

      data += n;
      size -= n;
    }

  return TRUE;
}

static gboolean
copy_through_memory (int            from,
                     int            to,
                     off_t          offset,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autofree char *buffer = g_malloc (COPY_BYTES);

  while (TRUE)
    {
      gssize n = pread (from, buffer, COPY_BYTES, offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail (errno, error);
      if (n == 0)
        return TRUE;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !kvar_export_target_write (to, buffer, n, error))
        return FALSE;
      offset += n;
    }
}

/* The kernel copies within and mostly between file systems without the bytes coming here;
 * some share them. Where it cannot, it says so before it begins. */
static gboolean
copy (int            from,
      int            to,
      GCancellable  *cancellable,
      GError       **error)
{
  off_t offset = 0;

  while (TRUE)
    {
      gssize n = copy_file_range (from, &offset, to, NULL, COPY_RANGE_BYTES, 0);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0 && (errno == ENOSPC || errno == EDQUOT || errno == EFBIG || errno == EIO))
        return fail (errno, error);
      if (n < 0 || (n == 0 && offset == 0))
        return copy_through_memory (from, to, offset, cancellable, error);
      if (n == 0)
        return TRUE;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
}

static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;

  fsync (fd);
  close (fd);
}

/* A file that is made in a folder takes its group and its access list from there. */
static gboolean
has_access_list (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return getxattr (folder, "system.posix_acl_default", NULL, 0) > 0;
}

/* On the target's own file system the part need not be copied: it takes the temporary file's
 * place, and its mode and group. */
static gboolean
move_beside (const char *path,
             const char *temporary,
             int         temporary_fd,
             int         part_fd,
             const char *part)
{
  struct stat there;
  struct stat here;

  return fstat (temporary_fd, &there) == 0 && fstat (part_fd, &here) == 0 &&
         there.st_dev == here.st_dev && there.st_uid == here.st_uid &&
         !has_access_list (path) &&
         (there.st_gid == here.st_gid || fchown (part_fd, -1, there.st_gid) == 0) &&
         fchmod (part_fd, there.st_mode & 07777) == 0 && g_rename (part, temporary) == 0;
}

/* The whole file under a name beside the target, on the disk. */
static gboolean
place_beside (const char    *path,
              const char    *temporary,
              int            part_fd,
              const char    *part,
              GCancellable  *cancellable,
              GError       **error)
{
  struct stat old;
  gboolean placed = TRUE;
  int fd;

  fd = open (temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (fd < 0)
    return fail (errno, error);

  if (stat (path, &old) == 0)
    fchmod (fd, old.st_mode & 07777);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    placed = FALSE;
  else if (move_beside (path, temporary, fd, part_fd, part))
    placed = fsync (part_fd) == 0 || fail (errno, error);
  else
    placed = copy (part_fd, fd, cancellable, error);

  /* Some file systems find out only now that there is no room. */
  if (placed && fsync (fd) < 0)
    placed = fail (errno, error);
  if (close (fd) < 0 && placed)
    placed = fail (errno, error);

  return placed;
}

static gboolean
put_plain_file (const char    *path,
                int            part_fd,
                const char    *part,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autofree char *temporary = dup_temporary_name (path);

  if (!place_beside (path, temporary, part_fd, part, cancellable, error))
    {
      g_unlink (temporary);
      return FALSE;
    }

  if (g_rename (temporary, path) < 0)
    {
      int saved_errno = errno;

      g_unlink (temporary);
      return fail (saved_errno, error);
    }

  sync_folder (path);

  return TRUE;
}

/* A stream that is closed takes the old file's place, half written or not, unless closing it is
 * cancelled. */
static void
abandon (GFileOutputStream *output)
{
  g_autoptr(GCancellable) cancelled = g_cancellable_new ();

  g_cancellable_cancel (cancelled);
  g_output_stream_close (G_OUTPUT_STREAM (output), cancelled, NULL);
}

static gboolean
put_other_file (GFile         *target,
                const char    *part,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr(GFile) source = g_file_new_for_path (part);
  g_autoptr(GFileInputStream) input = NULL;
  g_autoptr(GFileOutputStream) output = NULL;
  g_autoptr(GError) local_error = NULL;

  input = g_file_read (source, cancellable, &local_error);
  if (input != NULL)
    output = g_file_replace (target, NULL, FALSE, G_FILE_CREATE_NONE, cancellable, &local_error);
  if (output != NULL &&
      g_output_stream_splice (G_OUTPUT_STREAM (output), G_INPUT_STREAM (input),
                              G_OUTPUT_STREAM_SPLICE_NONE, cancellable, &local_error) >= 0 &&
      g_output_stream_close (G_OUTPUT_STREAM (output), cancellable, &local_error))
    return TRUE;

  if (output != NULL)
    abandon (output);
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_propagate_error (error, kvar_export_error_from_gio (local_error));

  return FALSE;
}

/**
 * kvar_export_target_check:
 *
 * Returns: %FALSE if it is plain already that @target will not be written, so that nobody
 *   waits for a file that cannot come
 */
gboolean
kvar_export_target_check (GFile   *target,
                          GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;

  g_return_val_if_fail (G_IS_FILE (target), FALSE);

  path = dup_real_path (target);
  if (!is_plain_file (path))
    return TRUE;

  /* Nor is a device or a pipe a file that another one could take the place of. */
  if (g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return fail (EISDIR, error);

  folder = g_path_get_dirname (path);
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    return fail (ENOENT, error);
  if (faccessat (AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) < 0)
    return fail (errno, error);

  return TRUE;
}

/**
 * kvar_export_target_put:
 * @part_fd: the finished file, to be read
 * @part: its path
 *
 * Copies or moves the file beside @target, sees to it that it is on the disk, and lets it take
 * @target's place in one step. Until then the earlier file is there as it was. Blocks.
 */
gboolean
kvar_export_target_put (GFile         *target,
                        int            part_fd,
                        const char    *part,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (G_IS_FILE (target), FALSE);
  g_return_val_if_fail (part_fd >= 0, FALSE);

  path = dup_real_path (target);
  if (is_plain_file (path))
    return put_plain_file (path, part_fd, part, cancellable, error);

  return put_other_file (target, part, cancellable, error);
}

/**
 * kvar_export_target_stream:
 * @part_fd: the finished file, to be read
 * @fd: where it is written to
 *
 * Writes the whole file to where it cannot be put, a pipe say. Blocks.
 */
gboolean
kvar_export_target_stream (int            part_fd,
                           int            fd,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_return_val_if_fail (part_fd >= 0 && fd >= 0, FALSE);

  return copy_through_memory (part_fd, fd, 0, cancellable, error);
}
