/* kvar-history.h: back and forward over routes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "routes/kvar-route.h"

G_BEGIN_DECLS

#define KVAR_TYPE_HISTORY (kvar_history_get_type ())

G_DECLARE_FINAL_TYPE (KvarHistory, kvar_history, KVAR, HISTORY, GObject)

KvarHistory *kvar_history_new             (void);

void         kvar_history_visit           (KvarHistory *self,
                                           KvarRoute   *route);
void         kvar_history_replace         (KvarHistory *self,
                                           KvarRoute   *route);
KvarRoute   *kvar_history_back            (KvarHistory *self);
KvarRoute   *kvar_history_forward         (KvarHistory *self);

KvarRoute   *kvar_history_get_current     (KvarHistory *self);
gboolean     kvar_history_get_can_back    (KvarHistory *self);
gboolean     kvar_history_get_can_forward (KvarHistory *self);

GVariant    *kvar_history_to_variant      (KvarHistory *self);
void         kvar_history_load_variant    (KvarHistory *self,
                                           GVariant    *variant);

G_END_DECLS
