/* kvar-demo-log.h: the request log: one line of JSON for every answer, without secrets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-demo-exchange.h"

G_BEGIN_DECLS

typedef struct _KvarDemoLog KvarDemoLog;

KvarDemoLog *kvar_demo_log_new      (const char        *path,
                                     GError           **error);
void         kvar_demo_log_free     (KvarDemoLog       *self);
void         kvar_demo_log_add      (KvarDemoLog       *self,
                                     KvarDemoExchange  *exchange,
                                     gint64             begin,
                                     const char        *fault);
const char  *kvar_demo_log_get_text (KvarDemoLog       *self);
void         kvar_demo_log_clear    (KvarDemoLog       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarDemoLog, kvar_demo_log_free)

G_END_DECLS
