/* kvar-demo-faults.h: what to break on purpose, and how POST /demo/fault asks for it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-demo-exchange.h"

G_BEGIN_DECLS

/*
 * The control of a demo that runs with --faults. All of it is JSON in, JSON out, and needs no key.
 *
 *   POST /demo/fault {"kind": KIND, "match": "/auth/v1/token", "method": "POST", "skip": 0,
 *                     "count": 1, "retry_after": 2, "delay_ms": 500,
 *                     "code": "…", "message": "…"}
 *
 * Only "kind" is needed. A fault meets the requests whose path begins with "match" (default: all)
 * and whose method is "method" (default: any). It lets the first "skip" (default 0) of them pass
 * and breaks the next "count" (default 1; -1: all that come). The oldest fault that fits is the
 * one that is used; /demo/… itself never breaks. The kinds:
 *
 *   lost-answer  the request is carried out (a token is rotated), then the connection drops
 *   drop         the connection drops and nothing was carried out
 *   cut-body     the request is carried out and the first half of its answer's body is sent
 *   stall        no answer until POST /demo/release; only then the request is carried out
 *   delay        carried out and answered "delay_ms" later
 *   html         200 with a web page of somebody else
 *   redirect     302 to a sign-in page of a hotel
 *   reply        "status" (default 200) with the text "body" of the type "content_type" (default
 *                application/json); nothing is carried out
 *   edit         carried out, then the members of "set" replace those of the JSON answer:
 *                {"kind": "edit", "match": "/auth/v1/token", "set": {"refresh_token": null}}
 *   400 … 599    this status; on /auth/v1 in the auth server's format with "code" and "message"
 *                (429, 504, 409 and 500 have the usual ones), else a gateway's JSON.
 *                540 says that the project is paused. "retry_after" (s) adds the header.
 *
 * Every fault may have "delay_ms", and "headers", {"Name": "value"}, added to the answer (a
 * "Date" replaces the server's own).
 *
 *   POST /demo/clear                       all faults go, stalled requests go on, the log empties
 *   POST /demo/release                     stalled requests go on
 *   POST /demo/clock   {"advance": 3600}   move the server's clock, seconds (also fractions)
 *   POST /demo/revoke  {"user": EMAIL} or {"session": ID} or {"all": true}
 *                                          end sessions; replies {"sessions": how many}
 *   POST /demo/ban     {"user": EMAIL, "seconds": 3600} or {"user": EMAIL, "off": true}
 *                                          without "seconds" until it is taken off; "until"
 *                                          takes a time (2026-12-24T15:00:00Z) instead
 *   POST /demo/delete  {"user": EMAIL}     delete the account
 *   POST /demo/options {"access_ttl", "reuse_interval", "jwt_leeway", "max_rows", "latency",
 *                       "rate_burst", "rate_per_second"}
 *                                          any of them; replies all as they are now
 *   GET  /demo/log                         the request log so far, NDJSON
 *   GET  /demo/clock                       {"now": seconds since 1970 by the server's clock}
 */

typedef struct _KvarDemoFaults KvarDemoFaults;

typedef enum
{
  KVAR_DEMO_FAULT_LOST_ANSWER,
  KVAR_DEMO_FAULT_DROP,
  KVAR_DEMO_FAULT_CUT_BODY,
  KVAR_DEMO_FAULT_STALL,
  KVAR_DEMO_FAULT_DELAY,
  KVAR_DEMO_FAULT_HTML,
  KVAR_DEMO_FAULT_REDIRECT,
  KVAR_DEMO_FAULT_REPLY,
  KVAR_DEMO_FAULT_EDIT,
  KVAR_DEMO_FAULT_STATUS,
} KvarDemoFaultKind;

typedef struct
{
  KvarDemoFaultKind  kind;
  char              *name;        /* the kind as it was asked for */
  char              *match;       /* (nullable): prefix of the path */
  char              *method;      /* (nullable) */
  int                skip;
  int                count;       /* -1: without end */
  guint              status;      /* of KVAR_DEMO_FAULT_STATUS and _REPLY */
  guint              retry_after; /* s; 0: no header */
  guint              delay_ms;
  char              *code;        /* (nullable) */
  char              *message;     /* (nullable) */
  char              *content_type; /* (nullable) */
  char              *body;        /* (nullable) */
  JsonObject        *set;         /* (nullable): new members of the answer */
  JsonObject        *headers;     /* (nullable): name → value */
} KvarDemoFault;

KvarDemoFaults      *kvar_demo_faults_new     (void);
void                 kvar_demo_faults_free    (KvarDemoFaults      *self);
gboolean             kvar_demo_faults_add     (KvarDemoFaults      *self,
                                               JsonObject          *wish);
void                 kvar_demo_faults_clear   (KvarDemoFaults      *self);
KvarDemoFault       *kvar_demo_faults_take    (KvarDemoFaults      *self,
                                               KvarDemoExchange    *exchange);
gboolean             kvar_demo_fault_reply    (const KvarDemoFault *fault,
                                               KvarDemoExchange    *exchange);
void                 kvar_demo_fault_finish   (const KvarDemoFault *fault,
                                               KvarDemoExchange    *exchange);
void                 kvar_demo_fault_free     (KvarDemoFault       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarDemoFault, kvar_demo_fault_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarDemoFaults, kvar_demo_faults_free)

G_END_DECLS
