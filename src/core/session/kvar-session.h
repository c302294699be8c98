/* kvar-session.h: one person signed in to one project; every request goes through it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-clock.h"
#include "net/kvar-reply.h"
#include "net/kvar-request.h"
#include "net/kvar-transport.h"
#include "session/kvar-project.h"
#include "session/kvar-reason.h"
#include "session/kvar-session-trace.h"
#include "session/kvar-vault.h"

G_BEGIN_DECLS

/**
 * KvarSessionState:
 * @KVAR_SESSION_SIGNED_OUT: nobody is signed in
 * @KVAR_SESSION_RESTORING: the stored credentials are being read
 * @KVAR_SESSION_SIGNED_IN: signed in, and the server knows it
 * @KVAR_SESSION_RENEWING: signed in; no usable token right now, a new one is under way
 * @KVAR_SESSION_OFFLINE: signed in, but the server is not reachable
 * @KVAR_SESSION_LOCKED: the keyring is locked, so nothing is known yet
 * @KVAR_SESSION_BLOCKED: the account is paused; the credentials are kept
 * @KVAR_SESSION_EXPIRED: definitively over, see the reason
 */
typedef enum
{
  KVAR_SESSION_SIGNED_OUT,
  KVAR_SESSION_RESTORING,
  KVAR_SESSION_SIGNED_IN,
  KVAR_SESSION_RENEWING,
  KVAR_SESSION_OFFLINE,
  KVAR_SESSION_LOCKED,
  KVAR_SESSION_BLOCKED,
  KVAR_SESSION_EXPIRED,
} KvarSessionState;

/**
 * KvarSignOutScope:
 * @KVAR_SIGN_OUT_LOCAL: only this computer's session
 * @KVAR_SIGN_OUT_GLOBAL: all sessions of this person
 * @KVAR_SIGN_OUT_OTHERS: all but this computer's session, which goes on
 */
typedef enum
{
  KVAR_SIGN_OUT_LOCAL,
  KVAR_SIGN_OUT_GLOBAL,
  KVAR_SIGN_OUT_OTHERS,
} KvarSignOutScope;

#define KVAR_TYPE_SESSION_STATE (kvar_session_state_get_type ())
#define KVAR_TYPE_SESSION (kvar_session_get_type ())

GType       kvar_session_state_get_type  (void);
const char *kvar_session_state_to_string (KvarSessionState state);

G_DECLARE_FINAL_TYPE (KvarSession, kvar_session, KVAR, SESSION, GObject)

KvarSession      *kvar_session_new                (KvarProject          *project,
                                                   KvarTransport        *transport,
                                                   KvarVault            *vault,
                                                   KvarClock            *clock,
                                                   const char           *state_dir);
KvarSession      *kvar_session_open               (KvarProject          *project);
KvarProject      *kvar_session_get_project        (KvarSession          *self);
KvarClock        *kvar_session_get_clock          (KvarSession          *self);
KvarTransport    *kvar_session_get_transport      (KvarSession          *self);
KvarSessionTrace *kvar_session_get_trace          (KvarSession          *self);
KvarSessionState  kvar_session_get_state          (KvarSession          *self);
KvarReason        kvar_session_get_reason         (KvarSession          *self);
const char       *kvar_session_get_user_id        (KvarSession          *self);
const char       *kvar_session_get_email          (KvarSession          *self);
guint             kvar_session_get_generation     (KvarSession          *self);
gboolean          kvar_session_get_signing_out    (KvarSession          *self);
gboolean          kvar_session_get_stores_secrets (KvarSession          *self);
gboolean          kvar_session_is_usable          (KvarSession          *self);
void              kvar_session_poke               (KvarSession          *self);
void              kvar_session_restore_async      (KvarSession          *self,
                                                   const char           *user,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
gboolean          kvar_session_restore_finish     (KvarSession          *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);
void              kvar_session_sign_in_async      (KvarSession          *self,
                                                   const char           *email,
                                                   const char           *password,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
gboolean          kvar_session_sign_in_finish     (KvarSession          *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);
void              kvar_session_sign_out_async     (KvarSession          *self,
                                                   KvarSignOutScope      scope,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
gboolean          kvar_session_sign_out_finish    (KvarSession          *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);
void              kvar_session_send_async         (KvarSession          *self,
                                                   KvarRequest          *request,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
KvarReply        *kvar_session_send_finish        (KvarSession          *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);
void              kvar_session_step_up_async      (KvarSession          *self,
                                                   KvarRequest          *request,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
gboolean          kvar_session_step_up_finish     (KvarSession          *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);
void              kvar_session_close_async        (KvarSession          *self,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
gboolean          kvar_session_close_finish       (KvarSession          *self,
                                                   GAsyncResult         *result,
                                                   GError              **error);

G_END_DECLS
