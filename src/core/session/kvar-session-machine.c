/* kvar-session-machine.c: which state follows a session's state when something happens
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A pure table; the header draws it. The session changes its state in no other way.
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "session/kvar-session-machine.h"

#define OUT       KVAR_SESSION_SIGNED_OUT
#define RESTORING KVAR_SESSION_RESTORING
#define IN        KVAR_SESSION_SIGNED_IN
#define RENEWING  KVAR_SESSION_RENEWING
#define OFFLINE   KVAR_SESSION_OFFLINE
#define LOCKED    KVAR_SESSION_LOCKED
#define BLOCKED   KVAR_SESSION_BLOCKED
#define EXPIRED   KVAR_SESSION_EXPIRED

/* One line for each event, one column for each state in the order of the enumeration:
 *
 * signed-out restoring  signed-in renewing  offline  locked     blocked    expired */
static const KvarSessionState table[KVAR_SESSION_N_EVENTS][KVAR_SESSION_N_STATES] = {
  [KVAR_SESSION_EVENT_RESTORE] =
  { RESTORING, RESTORING, IN,       RENEWING, OFFLINE, RESTORING, RESTORING, RESTORING },
  [KVAR_SESSION_EVENT_NOTHING_STORED] =
  { OUT,       OUT,       IN,       RENEWING, OFFLINE, OUT,       BLOCKED,   OUT },
  [KVAR_SESSION_EVENT_WAS_OVER] =
  { EXPIRED,   EXPIRED,   IN,       RENEWING, OFFLINE, EXPIRED,   BLOCKED,   EXPIRED },
  [KVAR_SESSION_EVENT_KEYRING_LOCKED] =
  { OUT,       LOCKED,    IN,       RENEWING, OFFLINE, LOCKED,    BLOCKED,   EXPIRED },
  [KVAR_SESSION_EVENT_TOKEN] =
  { IN,        IN,        IN,       IN,       IN,      IN,        IN,        IN },
  [KVAR_SESSION_EVENT_SPENT_TOKEN] =
  { RENEWING,  RENEWING,  RENEWING, RENEWING, RENEWING, RENEWING, RENEWING,  RENEWING },
  [KVAR_SESSION_EVENT_RENEW] =
  { OUT,       RESTORING, RENEWING, RENEWING, OFFLINE, LOCKED,    BLOCKED,   EXPIRED },
  [KVAR_SESSION_EVENT_CUT_OFF] =
  { OUT,       RESTORING, OFFLINE,  OFFLINE,  OFFLINE, LOCKED,    BLOCKED,   EXPIRED },
  [KVAR_SESSION_EVENT_BAN] =
  { OUT,       RESTORING, BLOCKED,  BLOCKED,  BLOCKED, LOCKED,    BLOCKED,   EXPIRED },
  [KVAR_SESSION_EVENT_OVER] =
  { OUT,       RESTORING, EXPIRED,  EXPIRED,  EXPIRED, LOCKED,    EXPIRED,   EXPIRED },
  [KVAR_SESSION_EVENT_LEAVE] =
  { OUT,       OUT,       OUT,      OUT,      OUT,     OUT,       OUT,       OUT },
};

static const char *const event_names[KVAR_SESSION_N_EVENTS] = {
  [KVAR_SESSION_EVENT_RESTORE] = "restore",
  [KVAR_SESSION_EVENT_NOTHING_STORED] = "nothing-stored",
  [KVAR_SESSION_EVENT_WAS_OVER] = "was-over",
  [KVAR_SESSION_EVENT_KEYRING_LOCKED] = "keyring-locked",
  [KVAR_SESSION_EVENT_TOKEN] = "token",
  [KVAR_SESSION_EVENT_SPENT_TOKEN] = "spent-token",
  [KVAR_SESSION_EVENT_RENEW] = "renew",
  [KVAR_SESSION_EVENT_CUT_OFF] = "cut-off",
  [KVAR_SESSION_EVENT_BAN] = "ban",
  [KVAR_SESSION_EVENT_OVER] = "over",
  [KVAR_SESSION_EVENT_LEAVE] = "leave",
};

/**
 * kvar_session_machine_next:
 *
 * Returns: the state after @event in @state; @state itself where @event means nothing
 */
KvarSessionState
kvar_session_machine_next (KvarSessionState state,
                           KvarSessionEvent event)
{
  g_return_val_if_fail (state < KVAR_SESSION_N_STATES, KVAR_SESSION_SIGNED_OUT);
  g_return_val_if_fail (event < KVAR_SESSION_N_EVENTS, state);

  return table[event][state];
}

/**
 * kvar_session_machine_has_token:
 *
 * Returns: whether somebody is signed in as far as anybody knows
 */
gboolean
kvar_session_machine_has_token (KvarSessionState state)
{
  return state == KVAR_SESSION_SIGNED_IN || state == KVAR_SESSION_RENEWING ||
         state == KVAR_SESSION_OFFLINE;
}

/**
 * kvar_session_event_to_string:
 *
 * Returns: the word that the log and the header's drawing use
 */
const char *
kvar_session_event_to_string (KvarSessionEvent event)
{
  g_return_val_if_fail (event < KVAR_SESSION_N_EVENTS, "none");

  return event_names[event];
}
