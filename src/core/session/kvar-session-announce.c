/* kvar-session-announce.c: tells other processes how the session is, and listens to them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "session/kvar-session-private.h"

/* A short renewal is nobody else's business, and would write the file all day long. */
static KvarSessionState
find_announced_state (KvarSession *self)
{
  if (self->phase != KVAR_SESSION_SIGNED_IN)
    return self->phase;

  return self->unreachable ? KVAR_SESSION_OFFLINE : KVAR_SESSION_SIGNED_IN;
}

static KvarSessionStatus *
make_status (KvarSession *self)
{
  KvarSessionStatus *status = kvar_session_status_new (kvar_project_get_id (self->project),
                                                       self->user_id);

  status->project_url = g_strdup (kvar_project_get_url (self->project));
  status->email = g_strdup (self->email);
  status->state = find_announced_state (self);
  status->reason = self->reason;
  status->verdict = g_strdup (self->verdict);
  status->used_at = self->used_at;
  status->session_id = g_strdup (self->session_id);

  return status;
}

/**
 * kvar_session_save_status:
 *
 * Writes the status file if it says something else than before. While nothing is known
 * about a session yet, what another process wrote stays.
 */
void
kvar_session_save_status (KvarSession *self)
{
  g_autoptr(KvarSessionStatus) status = NULL;
  g_autofree char *json = NULL;
  g_autoptr(GError) error = NULL;

  if (self->user_id == NULL || self->used_at == 0)
    return;

  status = make_status (self);
  json = kvar_session_status_to_json (status);
  if (g_strcmp0 (self->saved_status, json) == 0)
    return;

  g_free (self->saved_status);
  self->saved_status = g_steal_pointer (&json);
  status->changed_at = kvar_clock_get_wall (self->clock);
  if (!kvar_session_status_save (status, self->state_dir, &error))
    g_message ("Cannot write the session's status: %s", error->message);
}

/* Another process of this person has signed out of the very session we have: we leave
 * too, without asking the server. */
static void
status_changed_cb (KvarSession *self)
{
  g_autoptr(KvarSessionStatus) status = NULL;

  if (self->phase != KVAR_SESSION_SIGNED_IN && self->phase != KVAR_SESSION_BLOCKED)
    return;

  status = kvar_session_status_load (self->state_dir, kvar_project_get_id (self->project),
                                     self->user_id);
  if (status != NULL && status->state == KVAR_SESSION_SIGNED_OUT &&
      g_strcmp0 (status->session_id, self->session_id) == 0)
    kvar_session_end (self, KVAR_SESSION_EVENT_LEAVE, KVAR_REASON_SIGNED_OUT);
}

/**
 * kvar_session_watch_status:
 *
 * Watches what other processes write about the present person's session.
 */
void
kvar_session_watch_status (KvarSession *self)
{
  g_autofree char *path = NULL;
  g_autoptr(GFile) file = NULL;
  g_autoptr(GError) error = NULL;

  path = kvar_session_status_path (self->state_dir, kvar_project_get_id (self->project),
                                   self->user_id);
  file = g_file_new_for_path (path);

  g_clear_object (&self->monitor);
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, &error);
  if (self->monitor == NULL)
    g_message ("Cannot watch %s: %s", path, error->message);
  else
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (status_changed_cb), self,
                             G_CONNECT_SWAPPED);
}
