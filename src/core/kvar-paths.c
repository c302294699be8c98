/* kvar-paths.c: Kvar's own folders
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include <errno.h>

#include "kvar-paths.h"

/* Whoever writes there reports the failure in words; here it is only noted. */
static const char *
ensure_dir (char       **place,
            const char  *base)
{
  if (g_once_init_enter (place))
    {
      char *dir = g_build_filename (base, "kvar", NULL);

      if (g_mkdir_with_parents (dir, 0700) != 0)
        g_warning ("Cannot create the folder %s: %s", dir, g_strerror (errno));
      g_once_init_leave (place, dir);
    }

  return *place;
}

/**
 * kvar_paths_get_state_dir:
 *
 * Returns: the folder for what Kvar remembers, created when it is not there yet and
 *   readable by nobody else; so for the three below.
 */
const char *
kvar_paths_get_state_dir (void)
{
  static char *dir;

  return ensure_dir (&dir, g_get_user_state_dir ());
}

const char *
kvar_paths_get_config_dir (void)
{
  static char *dir;

  return ensure_dir (&dir, g_get_user_config_dir ());
}

const char *
kvar_paths_get_data_dir (void)
{
  static char *dir;

  return ensure_dir (&dir, g_get_user_data_dir ());
}

const char *
kvar_paths_get_cache_dir (void)
{
  static char *dir;

  return ensure_dir (&dir, g_get_user_cache_dir ());
}

/**
 * kvar_paths_find_program:
 * @name: of a program that Kvar brings for itself
 *
 * Returns: (transfer full): where it lies: in one of the folders of KVAR_LIBEXECDIR, for a
 *   Kvar that is not installed, else where it was installed
 */
char *
kvar_paths_find_program (const char *name)
{
  const char *variable = g_getenv ("KVAR_LIBEXECDIR");
  g_auto(GStrv) folders = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  folders = g_strsplit (variable != NULL ? variable : LIBEXECDIR, G_SEARCHPATH_SEPARATOR_S, -1);
  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folders[i], name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&path);
    }

  return g_build_filename (variable != NULL ? folders[0] : LIBEXECDIR, name, NULL);
}
