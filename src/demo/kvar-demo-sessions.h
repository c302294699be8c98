/* kvar-demo-sessions.h: signed-in sessions and their refresh tokens, as rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-demo-clock.h"
#include "kvar-demo-config.h"
#include "kvar-demo-database.h"
#include "kvar-demo-refresh.h"

G_BEGIN_DECLS

typedef struct _KvarDemoSessions KvarDemoSessions;

typedef enum
{
  KVAR_DEMO_PRESENTED_IMPOSSIBLE, /* no refresh token has this form */
  KVAR_DEMO_PRESENTED_UNKNOWN,
  KVAR_DEMO_PRESENTED_FOUND,
} KvarDemoPresentedState;

/* A refresh token that somebody brings, and the session it belongs to. */
typedef struct
{
  KvarDemoPresentedState  state;
  KvarDemoRefreshForm     form;
  char                   *token;
  char                   *session_id;
  char                   *user_id;
  KvarDemoRefreshVerdict  verdict;
  guint64                 counter;   /* the session's, not the token's */
  gboolean                recent;    /* the session was refreshed inside the interval */
  guint8                  key[KVAR_DEMO_REFRESH_KEY_LENGTH];
} KvarDemoPresented;

KvarDemoSessions  *kvar_demo_sessions_new          (const KvarDemoConfig *config,
                                                    KvarDemoDatabase     *database,
                                                    KvarDemoClock        *clock);
void               kvar_demo_sessions_free         (KvarDemoSessions     *self);
char              *kvar_demo_sessions_begin        (KvarDemoSessions     *self,
                                                    const char           *user_id,
                                                    char                **token);
gboolean           kvar_demo_sessions_exists       (KvarDemoSessions     *self,
                                                    const char           *session_id);
gint64             kvar_demo_sessions_get_created  (KvarDemoSessions     *self,
                                                    const char           *session_id);
int                kvar_demo_sessions_end          (KvarDemoSessions     *self,
                                                    const char           *session_id);
int                kvar_demo_sessions_end_user     (KvarDemoSessions     *self,
                                                    const char           *user_id,
                                                    const char           *except);
int                kvar_demo_sessions_end_all      (KvarDemoSessions     *self);
KvarDemoPresented *kvar_demo_sessions_present      (KvarDemoSessions     *self,
                                                    const char           *token);
char              *kvar_demo_sessions_exchange     (KvarDemoSessions     *self,
                                                    KvarDemoPresented    *presented);
void               kvar_demo_presented_free        (KvarDemoPresented    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarDemoSessions, kvar_demo_sessions_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarDemoPresented, kvar_demo_presented_free)

G_END_DECLS
