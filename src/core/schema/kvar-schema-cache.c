/* kvar-schema-cache.c: documents about a project's schema, kept for each of its users
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-schema"

#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "schema/kvar-schema-cache.h"

/**
 * kvar_schema_cache_build_path:
 * @user_id: (nullable): whose it is: what people may see differs, and so does what they typed
 * @what: "schema", "file", "typed" or "names"
 *
 * Returns: (transfer full): a file of one user of the session's project
 */
char *
kvar_schema_cache_build_path (KvarSession *session,
                              const char  *user_id,
                              const char  *cache_dir,
                              const char  *what)
{
  KvarProject *project = kvar_session_get_project (session);
  g_autofree char *project_part = NULL;
  g_autofree char *user_part = NULL;
  g_autofree char *name = NULL;

  project_part = g_uri_escape_string (kvar_project_get_id (project), NULL, FALSE);
  user_part = g_uri_escape_string (user_id != NULL ? user_id : "nobody", NULL, FALSE);
  name = g_strdup_printf ("%s %s %s.json", what, project_part, user_part);
  return g_build_filename (cache_dir, name, NULL);
}

/**
 * kvar_schema_cache_read:
 * @what: "schema", "file" or "typed"
 * @as_of: (out): when it was kept, in microseconds since 1970
 *
 * Returns: (transfer full) (nullable): the document that was kept for the session's user
 */
GBytes *
kvar_schema_cache_read (KvarSession *session,
                        const char  *cache_dir,
                        const char  *what,
                        gint64      *as_of)
{
  g_autofree char *path = kvar_schema_cache_build_path (session, kvar_session_get_user_id (session),
                                                        cache_dir, what);
  g_autofree char *data = NULL;
  GStatBuf info;
  gsize length;

  if (!g_file_get_contents (path, &data, &length, NULL))
    return NULL;

  *as_of = g_stat (path, &info) == 0 ? (gint64) info.st_mtime * G_USEC_PER_SEC : 0;
  return g_bytes_new_take (g_steal_pointer (&data), length);
}

/**
 * kvar_schema_cache_write:
 * @what: "schema", "file" or "typed"
 *
 * Keeps @document for the session's user. What cannot be kept costs a request the next time,
 * and nothing else, so it is only logged.
 */
void
kvar_schema_cache_write (KvarSession *session,
                         const char  *cache_dir,
                         const char  *what,
                         GBytes      *document)
{
  g_autofree char *path = kvar_schema_cache_build_path (session, kvar_session_get_user_id (session),
                                                        cache_dir, what);
  g_autoptr(GError) error = NULL;
  gsize length;
  const char *data = g_bytes_get_data (document, &length);

  if (g_mkdir_with_parents (cache_dir, 0700) != 0)
    g_info ("Could not make %s: %s", cache_dir, g_strerror (errno));
  else if (!g_file_set_contents_full (path, data, (gssize) length,
                                      G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_info ("Could not keep the schema: %s", error->message);
}

/**
 * kvar_schema_cache_remove:
 * @user_id: whose, who may not be the session's user any more
 * @what: "schema", "file" or "typed"
 */
void
kvar_schema_cache_remove (KvarSession *session,
                          const char  *user_id,
                          const char  *cache_dir,
                          const char  *what)
{
  g_autofree char *path = kvar_schema_cache_build_path (session, user_id, cache_dir, what);

  if (g_unlink (path) != 0 && errno != ENOENT)
    g_info ("Could not remove %s: %s", path, g_strerror (errno));
}
