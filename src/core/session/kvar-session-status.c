/* kvar-session-status.c: the file in which a session tells other processes how it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include <gio/gio.h>

#include "kvar-json.h"
#include "session/kvar-session-status.h"

#define PREFIX "status-"
#define SUFFIX ".json"

KvarSessionStatus *
kvar_session_status_new (const char *project_id,
                         const char *user_id)
{
  KvarSessionStatus *status = g_new0 (KvarSessionStatus, 1);

  status->project_id = g_strdup (project_id);
  status->user_id = g_strdup (user_id);

  return status;
}

void
kvar_session_status_free (KvarSessionStatus *status)
{
  g_return_if_fail (status != NULL);

  g_free (status->project_id);
  g_free (status->project_url);
  g_free (status->user_id);
  g_free (status->email);
  g_free (status->session_id);
  g_free (status->verdict);
  g_free (status);
}

/**
 * kvar_session_status_path:
 *
 * Returns: (transfer full): the file of one person's session in one project
 */
char *
kvar_session_status_path (const char *state_dir,
                          const char *project_id,
                          const char *user_id)
{
  g_autofree char *credential = g_strjoin ("\n", project_id, user_id, NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, credential, -1);
  g_autofree char *name = g_strdup_printf (PREFIX "%.16s" SUFFIX, hash);

  return g_build_filename (state_dir, name, NULL);
}

static void
set_string (JsonObject *root,
            const char *name,
            const char *value)
{
  if (value != NULL)
    json_object_set_string_member (root, name, value);
}

/* 0 says that there is no such time. */
static void
set_time (JsonObject *root,
          const char *name,
          gint64      time)
{
  if (time != 0)
    json_object_set_int_member (root, name, time);
}

/**
 * kvar_session_status_to_json:
 *
 * Returns: (transfer full): the file's text, without secrets
 */
char *
kvar_session_status_to_json (KvarSessionStatus *status)
{
  g_autoptr(JsonObject) root = json_object_new ();
  g_autoptr(JsonNode) node = NULL;

  g_return_val_if_fail (status != NULL, NULL);

  json_object_set_int_member (root, "version", 1);
  set_string (root, "project", status->project_id);
  set_string (root, "url", status->project_url);
  set_string (root, "user_id", status->user_id);
  set_string (root, "email", status->email);
  set_string (root, "session_id", status->session_id);
  set_string (root, "state", kvar_session_state_to_string (status->state));
  set_string (root, "reason", kvar_reason_to_string (status->reason));
  set_string (root, "verdict", status->verdict);
  set_time (root, "verdict_at", status->verdict_at);
  set_time (root, "expires", status->expires_at);
  set_time (root, "next_heartbeat", status->heartbeat_at);
  json_object_set_int_member (root, "clock_offset", status->clock_offset);
  json_object_set_int_member (root, "changed", status->changed_at);
  json_object_set_int_member (root, "used", status->used_at);

  node = json_node_init_object (json_node_alloc (), root);

  return json_to_string (node, TRUE);
}

static KvarSessionState
read_state (const char *string)
{
  g_autoptr(GEnumClass) states = g_type_class_ref (KVAR_TYPE_SESSION_STATE);
  GEnumValue *value = string != NULL ? g_enum_get_value_by_nick (states, string) : NULL;

  return value != NULL ? (KvarSessionState)value->value : KVAR_SESSION_SIGNED_OUT;
}

static KvarSessionStatus *
load_file (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(JsonObject) root = NULL;
  KvarSessionStatus *status;
  gsize size;

  if (!g_file_get_contents (path, &text, &size, NULL))
    return NULL;

  bytes = g_bytes_new_take (g_steal_pointer (&text), size);
  root = kvar_json_parse_object (bytes, NULL);
  if (root == NULL || kvar_json_get_string (root, "project", NULL) == NULL ||
      kvar_json_get_string (root, "user_id", NULL) == NULL)
    {
      g_message ("%s is not readable as a session's status", path);
      return NULL;
    }

  status = kvar_session_status_new (kvar_json_get_string (root, "project", NULL),
                                    kvar_json_get_string (root, "user_id", NULL));
  status->project_url = g_strdup (kvar_json_get_string (root, "url", NULL));
  status->email = g_strdup (kvar_json_get_string (root, "email", NULL));
  status->session_id = g_strdup (kvar_json_get_string (root, "session_id", NULL));
  status->verdict = g_strdup (kvar_json_get_string (root, "verdict", NULL));
  status->state = read_state (kvar_json_get_string (root, "state", NULL));
  status->reason = kvar_reason_from_string (kvar_json_get_string (root, "reason", NULL));
  kvar_json_get_int (root, "verdict_at", &status->verdict_at, NULL);
  kvar_json_get_int (root, "expires", &status->expires_at, NULL);
  kvar_json_get_int (root, "next_heartbeat", &status->heartbeat_at, NULL);
  kvar_json_get_int (root, "clock_offset", &status->clock_offset, NULL);
  kvar_json_get_int (root, "changed", &status->changed_at, NULL);
  kvar_json_get_int (root, "used", &status->used_at, NULL);

  return status;
}

/**
 * kvar_session_status_save:
 *
 * Replaces the file whole, so that nobody reads half of it.
 */
gboolean
kvar_session_status_save (KvarSessionStatus  *status,
                          const char         *state_dir,
                          GError            **error)
{
  g_autofree char *path = NULL;
  g_autofree char *json = NULL;

  g_return_val_if_fail (status != NULL, FALSE);
  g_return_val_if_fail (state_dir != NULL, FALSE);

  path = kvar_session_status_path (state_dir, status->project_id, status->user_id);
  json = kvar_session_status_to_json (status);

  return g_file_set_contents_full (path, json, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

/**
 * kvar_session_status_load:
 *
 * Returns: (transfer full) (nullable): what that session said last; makes no request
 */
KvarSessionStatus *
kvar_session_status_load (const char *state_dir,
                          const char *project_id,
                          const char *user_id)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (state_dir != NULL && project_id != NULL && user_id != NULL, NULL);

  path = kvar_session_status_path (state_dir, project_id, user_id);

  return load_file (path);
}

static int
compare_used (gconstpointer a,
              gconstpointer b)
{
  const KvarSessionStatus *const *first = a;
  const KvarSessionStatus *const *second = b;

  if ((*first)->used_at == (*second)->used_at)
    return 0;

  return (*first)->used_at > (*second)->used_at ? -1 : 1;
}

/* What all sessions said last, of one project or of all (%NULL), the last used first. */
static GPtrArray *
list_statuses (const char *state_dir,
               const char *project_id)
{
  g_autoptr(GPtrArray) list = NULL;
  g_autoptr(GDir) dir = NULL;
  const char *name;

  g_return_val_if_fail (state_dir != NULL, NULL);

  list = g_ptr_array_new_with_free_func ((GDestroyNotify)kvar_session_status_free);
  dir = g_dir_open (state_dir, 0, NULL);

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (state_dir, name, NULL);
      g_autoptr(KvarSessionStatus) status = NULL;

      if (!g_str_has_prefix (name, PREFIX) || !g_str_has_suffix (name, SUFFIX))
        continue;

      status = load_file (path);
      if (status != NULL &&
          (project_id == NULL || g_str_equal (status->project_id, project_id)))
        g_ptr_array_add (list, g_steal_pointer (&status));
    }

  g_ptr_array_sort (list, compare_used);

  return g_steal_pointer (&list);
}

/**
 * kvar_session_status_find:
 * @user: (nullable): a user's id or e-mail; the last one of the project otherwise
 *
 * Returns: (transfer full) (nullable): what is known about that person's session
 */
KvarSessionStatus *
kvar_session_status_find (const char *state_dir,
                          const char *project_id,
                          const char *user)
{
  g_autoptr(GPtrArray) list = list_statuses (state_dir, project_id);

  for (guint i = 0; i < list->len; i++)
    {
      KvarSessionStatus *status = g_ptr_array_index (list, i);

      if (user == NULL || g_str_equal (status->user_id, user) ||
          (status->email != NULL && g_ascii_strcasecmp (status->email, user) == 0))
        return kvar_session_status_load (state_dir, status->project_id, status->user_id);
    }

  return NULL;
}
