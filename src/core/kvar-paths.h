/* kvar-paths.h: Kvar's own folders
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *kvar_paths_get_state_dir  (void);
const char *kvar_paths_get_config_dir (void);
const char *kvar_paths_get_data_dir   (void);
const char *kvar_paths_get_cache_dir  (void);
char       *kvar_paths_find_program   (const char *name);

G_END_DECLS
