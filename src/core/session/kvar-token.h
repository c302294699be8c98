/* kvar-token.h: what the auth server hands out: an access token, its heir, and whose they are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to the session: nothing else holds a token.
 */

#pragma once

#include "kvar-clock.h"
#include "net/kvar-reply.h"

G_BEGIN_DECLS

#define KVAR_TYPE_TOKEN (kvar_token_get_type ())

typedef struct _KvarToken KvarToken;

GType       kvar_token_get_type       (void) G_GNUC_CONST;

KvarToken  *kvar_token_new_from_reply (KvarReply   *reply,
                                       gint64       issued_at,
                                       gint64       server_time,
                                       GError     **error);
KvarToken  *kvar_token_parse          (const char  *secret,
                                       KvarClock   *clock,
                                       GError     **error);
char       *kvar_token_to_secret      (KvarToken   *self);
KvarToken  *kvar_token_ref            (KvarToken   *self);
void        kvar_token_unref          (KvarToken   *self);
KvarToken  *kvar_token_follow         (KvarToken   *self,
                                       KvarToken   *previous);

const char *kvar_token_get_access     (KvarToken   *self);
const char *kvar_token_get_refresh    (KvarToken   *self);
const char *kvar_token_get_user_id    (KvarToken   *self);
const char *kvar_token_get_email      (KvarToken   *self);
const char *kvar_token_get_session_id (KvarToken   *self);
guint       kvar_token_get_serial     (KvarToken   *self);
gint64      kvar_token_get_lifetime   (KvarToken   *self);
gint64      kvar_token_get_due        (KvarToken   *self);
gint64      kvar_token_get_end        (KvarToken   *self);
gboolean    kvar_token_is_usable      (KvarToken   *self,
                                       gint64       boottime);
gboolean    kvar_token_is_due         (KvarToken   *self,
                                       gint64       boottime);
gboolean    kvar_token_is_newer       (KvarToken   *self,
                                       KvarToken   *other);
gboolean    kvar_token_secret_is_newer (const char *secret,
                                       const char  *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarToken, kvar_token_unref)

G_END_DECLS
