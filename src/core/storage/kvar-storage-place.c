/* kvar-storage-place.c: where a file lies: what the value of a column says of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-storage"

#include "config.h"

#include <string.h>

#include "storage/kvar-storage-place.h"

/* What stands between /storage/v1 and the bucket in an address; the longest first. */
static const char *const kinds[] = {
  "/object/info/authenticated/", "/object/info/public/", "/object/authenticated/",
  "/object/public/", "/object/sign/", "/render/image/authenticated/", "/render/image/public/",
  "/render/image/sign/", "/object/",
};

/**
 * kvar_storage_place_is_sound:
 *
 * Returns: whether @key names one file below its bucket: without steps up, empty pieces and
 *   control signs
 */
gboolean
kvar_storage_place_is_sound (const char *key)
{
  g_auto(GStrv) pieces = NULL;

  g_return_val_if_fail (key != NULL, FALSE);

  if (*key == '\0' || strlen (key) > 1024 || !g_utf8_validate (key, -1, NULL))
    return FALSE;

  for (const char *at = key; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at) || *at == '\\')
      return FALSE;

  pieces = g_strsplit (key, "/", -1);
  for (guint i = 0; pieces[i] != NULL; i++)
    if (*pieces[i] == '\0' || strcmp (pieces[i], ".") == 0 || strcmp (pieces[i], "..") == 0)
      return FALSE;

  return TRUE;
}

/* "https://ref.supabase.co" and "https://ref.storage.supabase.co" are the same project. */
static gboolean
is_host_of (const char *host,
            const char *project_host)
{
  const char *dot = strchr (project_host, '.');
  g_autofree char *files_host = NULL;

  if (g_ascii_strcasecmp (host, project_host) == 0)
    return TRUE;

  files_host = dot != NULL ? g_strdup_printf ("%.*s.storage%s", (int)(dot - project_host),
                                              project_host, dot) : NULL;

  return files_host != NULL && g_ascii_strcasecmp (host, files_host) == 0;
}

/* The encoded path of an address that belongs to the project, below /storage/v1, or NULL. */
static char *
dup_storage_path (const char *address,
                  const char *project_url)
{
  g_autoptr(GUri) uri = g_uri_parse (address, G_URI_FLAGS_ENCODED, NULL);
  g_autoptr(GUri) project = g_uri_parse (project_url, G_URI_FLAGS_ENCODED, NULL);
  g_autofree char *root = NULL;

  if (uri == NULL || project == NULL || g_uri_get_host (uri) == NULL ||
      g_uri_get_host (project) == NULL ||
      !is_host_of (g_uri_get_host (uri), g_uri_get_host (project)) ||
      g_uri_get_port (uri) != g_uri_get_port (project))
    return NULL;

  root = g_strdup_printf ("%s/storage/v1", g_uri_get_path (project));
  if (g_str_has_prefix (root, "//"))
    memmove (root, root + 1, strlen (root));
  if (!g_str_has_prefix (g_uri_get_path (uri), root))
    return NULL;

  return g_strdup (g_uri_get_path (uri) + strlen (root));
}

/* "drawings/a.pdf" → both halves. */
static gboolean
split (const char  *text,
       char       **bucket,
       char       **key)
{
  const char *slash = strchr (text, '/');

  if (slash == NULL || slash == text || !kvar_storage_place_is_sound (slash + 1))
    return FALSE;

  *bucket = g_strndup (text, slash - text);
  *key = g_strdup (slash + 1);

  return TRUE;
}

static gboolean
read_address (const char  *address,
              const char  *project_url,
              char       **bucket,
              char       **key)
{
  g_autofree char *path = dup_storage_path (address, project_url);

  for (gsize i = 0; path != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (path, kinds[i]))
      {
        g_autofree char *plain = g_uri_unescape_string (path + strlen (kinds[i]), NULL);

        return plain != NULL && split (plain, bucket, key);
      }

  return FALSE;
}

/**
 * kvar_storage_place_read:
 * @text: what a column holds: a key, "bucket/key", or an address of the project's Storage,
 *   signed ones too: what they are signed with is not needed and may be too old
 * @usual_bucket: (nullable): where this column's files are; without it only addresses count
 * @bucket: (out): set when it names a file
 * @key: (out): set when it names a file
 *
 * Returns: whether @text names a file of this project
 */
gboolean
kvar_storage_place_read (const char  *text,
                         const char  *project_url,
                         const char  *usual_bucket,
                         char       **bucket,
                         char       **key)
{
  gsize length;

  g_return_val_if_fail (text != NULL && project_url != NULL, FALSE);
  g_return_val_if_fail (bucket != NULL && key != NULL, FALSE);

  if (g_ascii_strncasecmp (text, "https://", 8) == 0 ||
      g_ascii_strncasecmp (text, "http://", 7) == 0)
    return read_address (text, project_url, bucket, key);

  if (usual_bucket == NULL)
    return FALSE;

  if (*text == '/')
    text++;

  length = strlen (usual_bucket);
  if (strncmp (text, usual_bucket, length) == 0 && text[length] == '/')
    return split (text, bucket, key);

  if (!kvar_storage_place_is_sound (text))
    return FALSE;

  *bucket = g_strdup (usual_bucket);
  *key = g_strdup (text);

  return TRUE;
}

/**
 * kvar_storage_place_dup_name:
 * @text: what a column holds, or a key
 *
 * Returns: (transfer full): what the file is called, without where it lies
 */
char *
kvar_storage_place_dup_name (const char *text)
{
  g_autoptr(GUri) uri = NULL;
  const char *path = text;
  const char *slash;
  char *plain;

  g_return_val_if_fail (text != NULL, NULL);

  if (strstr (text, "://") != NULL)
    uri = g_uri_parse (text, G_URI_FLAGS_ENCODED, NULL);
  if (uri != NULL)
    path = g_uri_get_path (uri);

  slash = strrchr (path, '/');
  if (slash != NULL && slash[1] != '\0')
    path = slash + 1;
  plain = uri != NULL ? g_uri_unescape_string (path, NULL) : NULL;

  return plain != NULL ? plain : g_strdup (path);
}
