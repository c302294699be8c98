/* kvar-report-memory.c: what each person last asked of each report
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-functions"

#include "config.h"

#include <glib/gstdio.h>

#include "functions/kvar-report-memory.h"

#define FILE_NAME "reports.ini"

/* Names of projects, people and functions are free; names of groups and keys are not. */
static char *
dup_digest (const char *a,
            const char *b)
{
  g_autofree char *text = g_strconcat (a, "\n", b, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static char *
dup_group (KvarSession *session)
{
  const char *user_id = kvar_session_get_user_id (session);

  if (user_id == NULL)
    return NULL;

  return dup_digest (kvar_project_get_url (kvar_session_get_project (session)), user_id);
}

static GKeyFile *
load_file (const char *path)
{
  GKeyFile *file = g_key_file_new ();
  g_autoptr(GError) error = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error) &&
      !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_debug ("The reports' values are not read: %s", error->message);

  return file;
}

/**
 * kvar_report_memory_read:
 * @report: a function's name
 *
 * Returns: (transfer full) (nullable): what kvar_report_memory_write() was given last for this
 *   person, for kvar_draft_restore_changes()
 */
GVariant *
kvar_report_memory_read (KvarSession *session,
                         const char  *state_dir,
                         const char  *report)
{
  g_autofree char *path = NULL;
  g_autofree char *group = NULL;
  g_autofree char *key = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GKeyFile) file = NULL;

  g_return_val_if_fail (KVAR_IS_SESSION (session), NULL);
  g_return_val_if_fail (state_dir != NULL && report != NULL, NULL);

  path = g_build_filename (state_dir, FILE_NAME, NULL);
  group = dup_group (session);
  if (group == NULL)
    return NULL;

  file = load_file (path);
  key = dup_digest (report, "");
  text = g_key_file_get_string (file, group, key, NULL);

  return text != NULL ? g_variant_parse (G_VARIANT_TYPE ("a{s(msms)}"), text, NULL, NULL, NULL)
                      : NULL;
}

/**
 * kvar_report_memory_write:
 * @values: what kvar_draft_save_changes() gave; it is sunk
 *
 * Remembers what this person has asked of @report, in a file that only they can read.
 */
gboolean
kvar_report_memory_write (KvarSession  *session,
                          const char   *state_dir,
                          const char   *report,
                          GVariant     *values,
                          GError      **error)
{
  g_autoptr(GVariant) sunk = g_variant_ref_sink (values);
  g_autofree char *path = NULL;
  g_autofree char *group = NULL;
  g_autofree char *key = NULL;
  g_autofree char *text = NULL;
  g_autofree char *data = NULL;
  g_autoptr(GKeyFile) file = NULL;
  gsize length;

  g_return_val_if_fail (KVAR_IS_SESSION (session), FALSE);
  g_return_val_if_fail (state_dir != NULL && report != NULL, FALSE);

  group = dup_group (session);
  if (group == NULL)
    return TRUE;

  g_mkdir_with_parents (state_dir, 0700);
  path = g_build_filename (state_dir, FILE_NAME, NULL);
  file = load_file (path);
  key = dup_digest (report, "");
  text = g_variant_print (sunk, TRUE);
  g_key_file_set_string (file, group, key, text);
  data = g_key_file_to_data (file, &length, NULL);

  return g_file_set_contents_full (path, data, (gssize)length, G_FILE_SET_CONTENTS_CONSISTENT,
                                   0600, error);
}
