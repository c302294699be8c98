/* kvar-cli-api.h: what the verb api and its batches share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-cli-context.h"
#include "net/kvar-reply.h"
#include "net/kvar-request.h"

G_BEGIN_DECLS

KvarRequest *kvar_cli_api_request (const char   *method,
                                   const char   *path,
                                   GError      **error);
KvarReply   *kvar_cli_api_send    (KvarSession  *session,
                                   KvarRequest  *request,
                                   GError      **error);
KvarCliExit  kvar_cli_api_batch   (KvarSession  *session);

G_END_DECLS
