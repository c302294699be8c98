/* kvar-heartbeat.h: asks the auth server every few minutes whether the session still stands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "session/kvar-session.h"

G_BEGIN_DECLS

typedef struct _KvarHeartbeat KvarHeartbeat;

KvarHeartbeat *kvar_heartbeat_new      (KvarSession   *session);
void           kvar_heartbeat_free     (KvarHeartbeat *self);
void           kvar_heartbeat_start    (KvarHeartbeat *self);
void           kvar_heartbeat_stop     (KvarHeartbeat *self);
void           kvar_heartbeat_beat     (KvarHeartbeat *self);
gint64         kvar_heartbeat_get_next (KvarHeartbeat *self);

G_END_DECLS
