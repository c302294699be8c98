/* kvar-test-auth.h: an auth server in a few lines behind the scripted transport
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-test-transport.h"
#include "session/kvar-session.h"

G_BEGIN_DECLS

#define KVAR_TEST_EMAIL    "anna@example.org"
#define KVAR_TEST_PASSWORD "correct horse"
#define KVAR_TEST_USER_ID  "11111111-1111-4111-8111-111111111111"

typedef struct _KvarTestAuth KvarTestAuth;

/* Answers /auth/v1/… and, with an empty array, /rest/v1/… on @transport, as a project
 * would: tokens rotate, a parent is accepted, an old access token gets its 401. */
KvarTestAuth *kvar_test_auth_new           (KvarTestTransport *transport,
                                            KvarClock         *clock);
void          kvar_test_auth_free          (KvarTestAuth      *self);

void          kvar_test_auth_set_lifetime  (KvarTestAuth      *self,
                                            int                seconds);
void          kvar_test_auth_refuse_tokens (KvarTestAuth      *self);
void          kvar_test_auth_revoke        (KvarTestAuth      *self);

/* What the next call to /token (any grant) gets instead; the queue empties in order. With
 * @rotate the server has rotated nevertheless. */
void          kvar_test_auth_script_reply  (KvarTestAuth      *self,
                                            KvarReply         *reply);
void          kvar_test_auth_script_error  (KvarTestAuth      *self,
                                            GError            *error,
                                            gboolean           rotate);

void          kvar_test_auth_lose_changes  (KvarTestAuth      *self,
                                            guint              n);
guint         kvar_test_auth_get_most_changes (KvarTestAuth   *self);
void          kvar_test_auth_clear_script  (KvarTestAuth      *self);

guint         kvar_test_auth_get_n_tokens  (KvarTestAuth      *self);
guint         kvar_test_auth_get_n_anon    (KvarTestAuth      *self);
const char   *kvar_test_auth_get_access    (KvarTestAuth      *self);
const char   *kvar_test_auth_get_refresh   (KvarTestAuth      *self);

/* Another process of the same person does a renewal. */
char         *kvar_test_auth_rotate        (KvarTestAuth      *self);

/* The first keeps its whole trace, for kvar_test_trace_check(). */
KvarSession  *kvar_test_session_new        (KvarTestTransport *transport,
                                            KvarVault         *vault,
                                            KvarClock         *clock,
                                            const char        *state_dir);
KvarSession  *kvar_test_session_new_plain  (KvarTestTransport *transport,
                                            KvarVault         *vault,
                                            KvarClock         *clock,
                                            const char        *state_dir);
void          kvar_test_session_sign_in    (KvarSession       *session);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarTestAuth, kvar_test_auth_free)

G_END_DECLS
