/* kvar-session-machine.h: which state follows a session's state when something happens
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every arrow there is; what has none changes nothing, so that whatever comes too late finds
 * nobody to harm. "any" is every state, "with-token" is signed-in, renewing and offline, a
 * bar separates alternatives. A test compares this with the table.
 *
 *   A session is taken up:
 *
 *     signed-out|expired|locked|blocked --restore--> restoring
 *     signed-out|restoring|locked|expired --nothing-stored--> signed-out
 *     signed-out|restoring|locked --was-over--> expired
 *     restoring --keyring-locked--> locked
 *
 *   There is a token, good or spent, from the keyring, a sign-in or a renewal:
 *
 *     any --token--> signed-in
 *     any --spent-token--> renewing
 *
 *   It goes on:
 *
 *     signed-in --renew--> renewing --cut-off--> offline --token--> signed-in --cut-off--> offline
 *
 *   It ends, for a while or for good:
 *
 *     with-token --ban--> blocked
 *     with-token|blocked --over--> expired
 *     any --leave--> signed-out
 */

#pragma once

#include "session/kvar-session.h"

G_BEGIN_DECLS

#define KVAR_SESSION_N_STATES (KVAR_SESSION_EXPIRED + 1)

/**
 * KvarSessionEvent:
 * @KVAR_SESSION_EVENT_RESTORE: what an earlier process left is being looked for
 * @KVAR_SESSION_EVENT_NOTHING_STORED: it left nothing that can be used
 * @KVAR_SESSION_EVENT_WAS_OVER: it left word that its session was over
 * @KVAR_SESSION_EVENT_KEYRING_LOCKED: it may have left something, but the keyring is locked
 * @KVAR_SESSION_EVENT_TOKEN: there is a token that can be sent
 * @KVAR_SESSION_EVENT_SPENT_TOKEN: there is a token that must be renewed before it can be sent
 * @KVAR_SESSION_EVENT_RENEW: the token can no longer be sent, and a renewal is under way
 * @KVAR_SESSION_EVENT_CUT_OFF: the wire failed, or the token cannot be sent and no renewal
 *   brought another one
 * @KVAR_SESSION_EVENT_BAN: the auth server said that the account is paused
 * @KVAR_SESSION_EVENT_OVER: the auth server said that the session is over
 * @KVAR_SESSION_EVENT_LEAVE: the person signed out, here or in another process
 */
typedef enum
{
  KVAR_SESSION_EVENT_RESTORE,
  KVAR_SESSION_EVENT_NOTHING_STORED,
  KVAR_SESSION_EVENT_WAS_OVER,
  KVAR_SESSION_EVENT_KEYRING_LOCKED,
  KVAR_SESSION_EVENT_TOKEN,
  KVAR_SESSION_EVENT_SPENT_TOKEN,
  KVAR_SESSION_EVENT_RENEW,
  KVAR_SESSION_EVENT_CUT_OFF,
  KVAR_SESSION_EVENT_BAN,
  KVAR_SESSION_EVENT_OVER,
  KVAR_SESSION_EVENT_LEAVE,
} KvarSessionEvent;

#define KVAR_SESSION_N_EVENTS (KVAR_SESSION_EVENT_LEAVE + 1)

KvarSessionState  kvar_session_machine_next      (KvarSessionState state,
                                                  KvarSessionEvent event);
gboolean          kvar_session_machine_has_token (KvarSessionState state);
const char       *kvar_session_event_to_string   (KvarSessionEvent event);

G_END_DECLS
