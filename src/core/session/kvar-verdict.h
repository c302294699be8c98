/* kvar-verdict.h: what an answer to a renewal means for the session
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "net/kvar-reply.h"
#include "session/kvar-reason.h"
#include "session/kvar-token.h"

G_BEGIN_DECLS

/**
 * KvarVerdict:
 * @KVAR_VERDICT_RENEWED: here is the new token
 * @KVAR_VERDICT_LOST: it may have been done; ask again soon, with the same token
 * @KVAR_VERDICT_NOT_NOW: keep everything, ask again later
 * @KVAR_VERDICT_DOUBTFUL: over, unless the vault holds a newer token
 * @KVAR_VERDICT_OVER: the session is over
 * @KVAR_VERDICT_BLOCKED: the account is paused, the credentials stay good
 */
typedef enum
{
  KVAR_VERDICT_RENEWED,
  KVAR_VERDICT_LOST,
  KVAR_VERDICT_NOT_NOW,
  KVAR_VERDICT_DOUBTFUL,
  KVAR_VERDICT_OVER,
  KVAR_VERDICT_BLOCKED,
} KvarVerdict;

KvarVerdict kvar_verdict_judge     (KvarReply    *reply,
                                    const GError *error,
                                    KvarToken    *token,
                                    const char   *user_id);
KvarReason  kvar_verdict_reason    (const char   *code);
gboolean    kvar_verdict_suspicion (KvarReply    *reply);

G_END_DECLS
