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

/* Whole seconds, since what differs by less is not worth a new file. */
static gint64
round_to_second (gint64 us)
{
  gint64 half = us < 0 ? -KVAR_CLOCK_SECOND / 2 : KVAR_CLOCK_SECOND / 2;

  return (us + half) / KVAR_CLOCK_SECOND * KVAR_CLOCK_SECOND;
}

/* @boottime as other processes and people read it; 0 stays 0. */
static gint64
find_wall (KvarSession *self,
           gint64       boottime)
{
  gint64 wall = kvar_clock_get_wall (self->clock);

  if (boottime == 0)
    return 0;

  return round_to_second (wall + boottime - kvar_clock_get_boottime (self->clock));
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
  status->verdict_at = find_wall (self, self->verdict_at);
  status->expires_at = find_wall (self, self->token != NULL ? kvar_token_get_end (self->token) : 0);
  status->heartbeat_at = find_wall (self, kvar_heartbeat_get_next (self->heartbeat));
  status->clock_offset = round_to_second (kvar_clock_get_server_time (self->clock) -
                                          kvar_clock_get_wall (self->clock));
  status->used_at = self->used_at;
  status->session_id = g_strdup (self->session_id);

  return status;
}

/**
 * kvar_session_have_others_left:
 *
 * Returns: whether another process of this person has signed out of the very session we have
 */
gboolean
kvar_session_have_others_left (KvarSession *self)
{
  g_autoptr(KvarSessionStatus) status = NULL;

  if (self->phase != KVAR_SESSION_SIGNED_IN && self->phase != KVAR_SESSION_BLOCKED)
    return FALSE;

  status = kvar_session_status_load (self->state_dir, kvar_project_get_id (self->project),
                                     self->user_id);

  return status != NULL && status->state == KVAR_SESSION_SIGNED_OUT &&
         g_strcmp0 (status->session_id, self->session_id) == 0;
}

/**
 * kvar_session_save_status:
 *
 * Writes the status file if it says something else than before. While nothing is known
 * about a session yet, what another process wrote stays; and so does its word that the
 * person has left, which we are about to hear.
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
  if (g_strcmp0 (self->saved_status, json) == 0 || kvar_session_have_others_left (self))
    return;

  g_free (self->saved_status);
  self->saved_status = g_steal_pointer (&json);
  status->changed_at = kvar_clock_get_wall (self->clock);
  if (!kvar_session_status_save (status, self->state_dir, &error))
    g_message ("Cannot write the session's status: %s", error->message);
}

/* We leave with them, without asking the server. */
static void
status_changed_cb (KvarSession *self)
{
  if (kvar_session_have_others_left (self))
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
