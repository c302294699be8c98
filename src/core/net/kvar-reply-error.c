/* kvar-reply-error.c: what an error reply means, service by service
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "kvar-error.h"
#include "net/kvar-reply.h"

KvarTokenProblem
kvar_reply_token_problem (KvarReply   *self,
                          KvarService  service)
{
  return KVAR_TOKEN_PROBLEM_NONE;
}

gboolean
kvar_reply_check (KvarReply    *self,
                  KvarService   service,
                  GError      **error)
{
  return TRUE;
}
