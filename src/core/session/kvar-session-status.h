/* kvar-session-status.h: the file in which a session tells other processes how it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "session/kvar-reason.h"
#include "session/kvar-session.h"

G_BEGIN_DECLS

/**
 * KvarSessionStatus:
 *
 * What is known about one person's session in one project, without secrets. All strings
 * but @project_id and @user_id may be %NULL.
 */
typedef struct
{
  char             *project_id;
  char             *project_url;
  char             *user_id;
  char             *email;
  char             *session_id;    /* the auth server's, to tell an old session from a new one */
  KvarSessionState  state;
  KvarReason        reason;
  char             *verdict;       /* what the auth server last said, as a code */
  gint64            verdict_at;    /* µs since 1970, whole seconds, as the three below */
  gint64            expires_at;    /* the end of the access token */
  gint64            heartbeat_at;  /* when the auth server is asked next */
  gint64            clock_offset;  /* the server's clock minus this computer's, µs */
  gint64            changed_at;    /* µs since 1970 */
  gint64            used_at;       /* µs since 1970: the newest is the person's last */
} KvarSessionStatus;

KvarSessionStatus *kvar_session_status_new     (const char         *project_id,
                                                const char         *user_id);
void               kvar_session_status_free    (KvarSessionStatus  *status);
char              *kvar_session_status_to_json (KvarSessionStatus  *status);
gboolean           kvar_session_status_save    (KvarSessionStatus  *status,
                                                const char         *state_dir,
                                                GError            **error);
KvarSessionStatus *kvar_session_status_load    (const char         *state_dir,
                                                const char         *project_id,
                                                const char         *user_id);
KvarSessionStatus *kvar_session_status_find    (const char         *state_dir,
                                                const char         *project_id,
                                                const char         *user);
char              *kvar_session_status_path    (const char         *state_dir,
                                                const char         *project_id,
                                                const char         *user_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarSessionStatus, kvar_session_status_free)

G_END_DECLS
