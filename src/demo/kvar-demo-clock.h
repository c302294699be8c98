/* kvar-demo-clock.h: the demo's wall clock, which tests can move forward
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _KvarDemoClock KvarDemoClock;

KvarDemoClock *kvar_demo_clock_new            (void);
void           kvar_demo_clock_free           (KvarDemoClock *self);
gint64         kvar_demo_clock_get_seconds    (KvarDemoClock *self);
gint64         kvar_demo_clock_get_usec       (KvarDemoClock *self);
void           kvar_demo_clock_advance        (KvarDemoClock *self,
                                               double         seconds);
void           kvar_demo_clock_freeze         (KvarDemoClock *self,
                                               gint64         usec);
char          *kvar_demo_clock_format_iso     (gint64         usec);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarDemoClock, kvar_demo_clock_free)

G_END_DECLS
