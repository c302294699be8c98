/* kvar-opened-files.c: the copies of files that somebody has opened to look at
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A copy lies in Kvar's cache, below its user's folder, until the user signs out by hand.
 */

#define G_LOG_DOMAIN "kvar-storage"

#include "config.h"

#include <glib/gstdio.h>

#include "kvar-paths.h"
#include "storage/kvar-file-name.h"
#include "storage/kvar-opened-files.h"

static char *
dup_digest (const char *a,
            const char *b)
{
  g_autofree char *text = g_strjoin ("\n", a, b, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static char *
dup_user_folder (KvarSession *session)
{
  const char *user_id = kvar_session_get_user_id (session);
  g_autofree char *user = NULL;

  user = dup_digest (kvar_project_get_url (kvar_session_get_project (session)),
                     user_id != NULL ? user_id : "");

  return g_build_filename (kvar_paths_get_cache_dir (), "files", user, NULL);
}

/**
 * kvar_opened_files_get:
 *
 * Returns: (transfer full): where the copy of this file belongs; its folder is there
 */
GFile *
kvar_opened_files_get (KvarSession *session,
                       const char  *bucket,
                       const char  *key)
{
  g_autofree char *user_folder = NULL;
  g_autofree char *place = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (KVAR_IS_SESSION (session), NULL);
  g_return_val_if_fail (bucket != NULL && key != NULL, NULL);

  user_folder = dup_user_folder (session);
  place = dup_digest (bucket, key);
  folder = g_build_filename (user_folder, place, NULL);
  g_mkdir_with_parents (folder, 0700);
  name = kvar_file_name_for_disk (key);

  return g_file_new_build_filename (folder, name, NULL);
}

static void
delete_folder (const char *path,
               guint       depth)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (depth > 0 && g_file_test (child, G_FILE_TEST_IS_DIR) &&
          !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        delete_folder (child, depth - 1);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

/**
 * kvar_opened_files_forget:
 *
 * Deletes what the user of @session has opened.
 */
void
kvar_opened_files_forget (KvarSession *session)
{
  g_autofree char *folder = NULL;

  g_return_if_fail (KVAR_IS_SESSION (session));

  folder = dup_user_folder (session);
  delete_folder (folder, 1);
}
