/* kvar-verdict.c: what an answer to a renewal means for the session
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The only place that may find a session to be over, and only by the auth server's own
 * word: JSON with a code that says so, in answer to /token. No status alone, no timeout,
 * no HTML, no clock and no other endpoint ends a session.
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "kvar-error.h"
#include "session/kvar-verdict.h"

static const struct
{
  const char  *code;
  KvarVerdict  verdict;
  KvarReason   reason;
} codes[] = {
  { "refresh_token_not_found", KVAR_VERDICT_DOUBTFUL, KVAR_REASON_EXPIRED },
  { "refresh_token_already_used", KVAR_VERDICT_DOUBTFUL, KVAR_REASON_EXPIRED },
  { "validation_failed", KVAR_VERDICT_DOUBTFUL, KVAR_REASON_EXPIRED },
  { "session_not_found", KVAR_VERDICT_OVER, KVAR_REASON_EXPIRED },
  { "user_not_found", KVAR_VERDICT_OVER, KVAR_REASON_EXPIRED },
  { "session_expired", KVAR_VERDICT_OVER, KVAR_REASON_POLICY },
  { "user_banned", KVAR_VERDICT_BLOCKED, KVAR_REASON_BLOCKED },
};

static gboolean
is_html (KvarReply *reply)
{
  const char *type = kvar_reply_get_header (reply, "Content-Type");

  return type != NULL && g_ascii_strncasecmp (type, "text/html", strlen ("text/html")) == 0;
}

/* A success that carries no token for this person: half a body, a cache's answer for
 * somebody else, an empty object. The rotation may have happened. A page of HTML is a
 * portal's, which has never spoken to the auth server. */
static KvarVerdict
judge_success (KvarReply  *reply,
               KvarToken  *token,
               const char *user_id)
{
  if (token != NULL && g_strcmp0 (kvar_token_get_user_id (token), user_id) == 0)
    return KVAR_VERDICT_RENEWED;

  return is_html (reply) ? KVAR_VERDICT_NOT_NOW : KVAR_VERDICT_LOST;
}

static KvarVerdict
judge_refusal (KvarReply *reply)
{
  const char *code = kvar_reply_is_json (reply) ? kvar_reply_get_code (reply) : NULL;

  for (gsize i = 0; code != NULL && i < G_N_ELEMENTS (codes); i++)
    {
      if (g_str_equal (codes[i].code, code))
        return codes[i].verdict;
    }

  /* Another renewal of the same session stood in the way for 5 s. */
  return kvar_reply_get_status (reply) == 409 ? KVAR_VERDICT_LOST : KVAR_VERDICT_NOT_NOW;
}

/**
 * kvar_verdict_judge:
 * @reply: (nullable): the answer to /token
 * @error: (nullable): what the wire said where there is no answer
 * @token: (nullable): @reply read as a session, where it reads as one
 * @user_id: whose session it was
 *
 * Returns: what to do
 */
KvarVerdict
kvar_verdict_judge (KvarReply    *reply,
                    const GError *error,
                    KvarToken    *token,
                    const char   *user_id)
{
  int status;

  if (reply == NULL)
    return g_error_matches (error, KVAR_ERROR, KVAR_ERROR_UNKNOWN_OUTCOME)
           ? KVAR_VERDICT_LOST : KVAR_VERDICT_NOT_NOW;

  status = kvar_reply_get_status (reply);

  if (status >= 200 && status < 300)
    return judge_success (reply, token, user_id);
  if (status >= 400 && status < 500)
    return judge_refusal (reply);

  /* Gateways that gave up waiting; the auth server may have committed. */
  if (status == 504 || status == 520 || status == 524 || status == 544)
    return KVAR_VERDICT_LOST;

  return KVAR_VERDICT_NOT_NOW;
}

/**
 * kvar_verdict_reason:
 * @code: (nullable): the auth server's word for it
 *
 * Returns: what to tell the person
 */
KvarReason
kvar_verdict_reason (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      if (g_strcmp0 (codes[i].code, code) == 0)
        return codes[i].reason;
    }

  return KVAR_REASON_EXPIRED;
}

/**
 * kvar_verdict_suspicion:
 * @reply: an answer of the auth server to anything but /token
 *
 * Returns: whether it hints that the session is over or blocked; such answers have been
 *   wrong before, so a renewal has to confirm them
 */
gboolean
kvar_verdict_suspicion (KvarReply *reply)
{
  const char *code;
  int status;

  g_return_val_if_fail (reply != NULL, FALSE);

  status = kvar_reply_get_status (reply);
  code = kvar_reply_get_code (reply);

  return (status == 401 || status == 403 || status == 404) && code != NULL &&
         (g_str_equal (code, "session_not_found") || g_str_equal (code, "session_expired") ||
          g_str_equal (code, "user_not_found") || g_str_equal (code, "user_banned"));
}
