/* kvar-opened-files.h: the copies of files that somebody has opened to look at
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "session/kvar-session.h"

#include <gio/gio.h>

G_BEGIN_DECLS

GFile *kvar_opened_files_get    (KvarSession *session,
                                 const char  *bucket,
                                 const char  *key);
void   kvar_opened_files_forget (KvarSession *session);

G_END_DECLS
