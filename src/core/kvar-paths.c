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
