/* kvar-session-bar.h: the one line at the bottom that says what is wrong with the session
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kvar-notice.h"
#include "session/kvar-session.h"

G_BEGIN_DECLS

#define KVAR_TYPE_SESSION_BAR (kvar_session_bar_get_type ())

G_DECLARE_FINAL_TYPE (KvarSessionBar, kvar_session_bar, KVAR, SESSION_BAR, AdwBin)

KvarSessionBar *kvar_session_bar_new          (void);
void            kvar_session_bar_set_session  (KvarSessionBar *self,
                                               KvarSession    *session);
void            kvar_session_bar_set_hushed   (KvarSessionBar *self,
                                               gboolean        hushed);
KvarNotice      kvar_session_bar_get_notice   (KvarSessionBar *self);
const char     *kvar_session_bar_get_text     (KvarSessionBar *self);

gboolean        kvar_session_bar_tells        (const GError   *error);

G_END_DECLS
