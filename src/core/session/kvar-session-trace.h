/* kvar-session-trace.h: what a session has done lately, step by step and without secrets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KvarSessionStep:
 * @KVAR_SESSION_STEP_STATE: @number was the state before, @detail is the one after, @word the event
 * @KVAR_SESSION_STEP_GENERATION: a session began or ended; @number is the new generation
 * @KVAR_SESSION_STEP_ASKED: the token with serial @number was traded in, @detail are
 *   #KvarSessionAskFlags
 * @KVAR_SESSION_STEP_VERDICT: the auth server's answer, @detail a #KvarVerdict, @word its code,
 *   "no answer", or "not reached" where it has never heard the question
 * @KVAR_SESSION_STEP_ADOPTED: the token with serial @number was taken, asked for in
 *   generation @detail
 * @KVAR_SESSION_STEP_STORING: the token with serial @number is being written
 * @KVAR_SESSION_STEP_STORED: it was; or nobody means it to be, with a @detail of 1
 * @KVAR_SESSION_STEP_NOT_STORED: it could not be
 * @KVAR_SESSION_STEP_WAITING: @number waits for a token
 * @KVAR_SESSION_STEP_SERVED: @number waits no longer
 * @KVAR_SESSION_STEP_SENT: request @number went out
 * @KVAR_SESSION_STEP_RESUMED: the machine has slept
 */
typedef enum
{
  KVAR_SESSION_STEP_STATE,
  KVAR_SESSION_STEP_GENERATION,
  KVAR_SESSION_STEP_ASKED,
  KVAR_SESSION_STEP_VERDICT,
  KVAR_SESSION_STEP_ADOPTED,
  KVAR_SESSION_STEP_STORING,
  KVAR_SESSION_STEP_STORED,
  KVAR_SESSION_STEP_NOT_STORED,
  KVAR_SESSION_STEP_WAITING,
  KVAR_SESSION_STEP_SERVED,
  KVAR_SESSION_STEP_SENT,
  KVAR_SESSION_STEP_RESUMED,
} KvarSessionStep;

/**
 * KvarSessionAskFlags:
 * @KVAR_SESSION_ASK_UNDUE: no token's life called for it; only on the first of a renewal
 * @KVAR_SESSION_ASK_AT_RISK: the last rotation is not stored
 */
typedef enum
{
  KVAR_SESSION_ASK_UNDUE = 1 << 0,
  KVAR_SESSION_ASK_AT_RISK = 1 << 1,
} KvarSessionAskFlags;

typedef struct
{
  KvarSessionStep  step;
  gint64           at;            /* boottime, µs */
  guint            generation;
  guint            number;
  guint            detail;
  const char      *word;          /* (nullable), interned */
} KvarSessionTraceEntry;

typedef struct _KvarSessionTrace KvarSessionTrace;

KvarSessionTrace            *kvar_session_trace_new       (void);
void                         kvar_session_trace_free      (KvarSessionTrace *self);
void                         kvar_session_trace_keep_all  (KvarSessionTrace *self);
void                         kvar_session_trace_add       (KvarSessionTrace *self,
                                                           KvarSessionStep   step,
                                                           gint64            at,
                                                           guint             generation,
                                                           guint             number,
                                                           guint             detail,
                                                           const char       *word);
guint                        kvar_session_trace_get_n     (KvarSessionTrace *self);
const KvarSessionTraceEntry *kvar_session_trace_get       (KvarSessionTrace *self,
                                                           guint             position);

G_END_DECLS
