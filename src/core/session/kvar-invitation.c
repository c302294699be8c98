/* kvar-invitation.c: a link or a file that tells of a project
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * kvar://connect?url=https://norr.example.org&key=sb_publishable_…, or a file .kvar that holds
 * either such a link or
 *
 *   [Kvar]
 *   url=https://norr.example.org
 *   key=sb_publishable_…
 *
 * Anybody may have written it: nothing of it is used before a person has said so.
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "kvar-error.h"
#include "session/kvar-invitation.h"

#define LINK  "kvar://connect?"
#define GROUP "Kvar"

static KvarProject *
refuse (GError **error)
{
  g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_INVALID,
                       _("This doesn't tell of a project. Ask for the link or the file once "
                         "more."));

  return NULL;
}

static KvarProject *
read_link (const char  *link,
           GError     **error)
{
  g_autoptr(GHashTable) values = NULL;
  const char *url;
  const char *key;

  values = g_uri_parse_params (link + strlen (LINK), -1, "&", G_URI_PARAMS_NONE, NULL);
  url = values != NULL ? g_hash_table_lookup (values, "url") : NULL;
  key = values != NULL ? g_hash_table_lookup (values, "key") : NULL;
  if (url == NULL || key == NULL)
    return refuse (error);

  return kvar_project_new (url, key, error);
}

static KvarProject *
read_key_file (const char  *text,
               GError     **error)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autofree char *url = NULL;
  g_autofree char *key = NULL;

  if (!g_key_file_load_from_data (file, text, -1, G_KEY_FILE_NONE, NULL))
    return refuse (error);

  url = g_key_file_get_string (file, GROUP, "url", NULL);
  key = g_key_file_get_string (file, GROUP, "key", NULL);
  if (url == NULL || key == NULL)
    return refuse (error);

  return kvar_project_new (url, key, error);
}

/**
 * kvar_invitation_is_link:
 *
 * Returns: whether @text is a link that is to tell of a project; it may do so badly
 */
gboolean
kvar_invitation_is_link (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  return g_ascii_strncasecmp (text, LINK, strlen (LINK)) == 0;
}

/**
 * kvar_invitation_read:
 * @text: a link, or what stands in a file
 * @length: of @text, or -1
 *
 * Returns: (transfer full) (nullable): the project that @text tells of; an error has the field
 *   and the sentence that kvar_project_new() gives it
 */
KvarProject *
kvar_invitation_read (const char  *text,
                      gssize       length,
                      GError     **error)
{
  g_autofree char *copy = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (length < 0)
    length = strlen (text);
  if (length > KVAR_INVITATION_MAX || !g_utf8_validate (text, length, NULL))
    return refuse (error);

  copy = g_strstrip (g_strndup (text, length));
  if (kvar_invitation_is_link (copy))
    return read_link (copy, error);

  return read_key_file (copy, error);
}
