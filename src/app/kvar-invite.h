/* kvar-invite.h: asks before a project is used that a link or a file tells of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-window.h"

G_BEGIN_DECLS

void kvar_invite_open_text (KvarWindow *window,
                            const char *text,
                            gssize      length);
void kvar_invite_open_file (KvarWindow *window,
                            GFile      *file);

G_END_DECLS
