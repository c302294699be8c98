/* kvar-sleep-watch.h: hears from logind when the machine goes to sleep and when it is back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "session/kvar-session.h"

G_BEGIN_DECLS

#define KVAR_TYPE_SLEEP_WATCH (kvar_sleep_watch_get_type ())

G_DECLARE_FINAL_TYPE (KvarSleepWatch, kvar_sleep_watch, KVAR, SLEEP_WATCH, GObject)

KvarSleepWatch *kvar_sleep_watch_new (void);

void            kvar_sleep_watch_add (KvarSleepWatch *self,
                                      KvarSession    *session);

G_END_DECLS
