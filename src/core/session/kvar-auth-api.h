/* kvar-auth-api.h: writes requests to the auth server and reads its answers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/kvar-reply.h"
#include "net/kvar-request.h"

G_BEGIN_DECLS

KvarRequest *kvar_auth_api_new_sign_in       (const char *email,
                                              const char *password);
KvarRequest *kvar_auth_api_new_refresh       (const char *refresh_token);
KvarRequest *kvar_auth_api_new_sign_out      (const char *scope);
KvarRequest *kvar_auth_api_new_user          (void);
KvarRequest *kvar_auth_api_new_settings      (void);
gboolean     kvar_auth_api_reads_as_settings (KvarReply  *reply);

G_END_DECLS
