/* kvar-invitation.h: a link or a file that tells of a project
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "session/kvar-project.h"

G_BEGIN_DECLS

/* A file that is longer is none. */
#define KVAR_INVITATION_MAX (16 * 1024)

gboolean     kvar_invitation_is_link (const char  *text);
KvarProject *kvar_invitation_read    (const char  *text,
                                      gssize       length,
                                      GError     **error);

G_END_DECLS
