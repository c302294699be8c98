/* kvar-reply.h: what a server answered, whatever it was
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-clock.h"
#include "net/kvar-request.h"

G_BEGIN_DECLS

typedef enum
{
  KVAR_TOKEN_PROBLEM_NONE,
  KVAR_TOKEN_PROBLEM_EXPIRED,    /* renew once and replay once */
  KVAR_TOKEN_PROBLEM_FUTURE,     /* the server's clock is behind: wait, then the same token */
} KvarTokenProblem;

#define KVAR_TYPE_REPLY (kvar_reply_get_type ())

typedef struct _KvarReply KvarReply;

GType            kvar_reply_get_type        (void) G_GNUC_CONST;

KvarReply       *kvar_reply_new             (int          status,
                                             GBytes      *body);
KvarReply       *kvar_reply_ref             (KvarReply   *self);
void             kvar_reply_unref           (KvarReply   *self);

void             kvar_reply_add_header      (KvarReply   *self,
                                             const char  *name,
                                             const char  *value);
void             kvar_reply_set_repeatable  (KvarReply   *self,
                                             gboolean     repeatable);

int              kvar_reply_get_status      (KvarReply   *self);
GBytes          *kvar_reply_get_body        (KvarReply   *self);
const char      *kvar_reply_get_header      (KvarReply   *self,
                                             const char  *name);
gboolean         kvar_reply_get_repeatable  (KvarReply   *self);
gboolean         kvar_reply_is_json         (KvarReply   *self);
const char      *kvar_reply_get_code        (KvarReply   *self);
const char      *kvar_reply_get_message     (KvarReply   *self);
const char      *kvar_reply_get_details     (KvarReply   *self);
const char      *kvar_reply_get_status_code (KvarReply   *self);
gint64           kvar_reply_get_total       (KvarReply   *self);
GDateTime       *kvar_reply_get_date        (KvarReply   *self);
gint64           kvar_reply_get_retry_after (KvarReply   *self,
                                             KvarClock   *clock);

KvarTokenProblem kvar_reply_token_problem   (KvarReply   *self,
                                             KvarService  service);
gboolean         kvar_reply_check           (KvarReply   *self,
                                             KvarService  service,
                                             GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarReply, kvar_reply_unref)

G_END_DECLS
