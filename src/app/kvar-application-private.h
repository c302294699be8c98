/* kvar-application-private.h: what the application and its other halves share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kvar-application.h"
#include "kvar-window.h"
#include "routes/kvar-state-file.h"
#include "session/kvar-project-list.h"
#include "session/kvar-sleep-watch.h"

G_BEGIN_DECLS

struct _KvarApplication
{
  AdwApplication   parent_instance;

  KvarClock       *clock;
  KvarSleepWatch  *sleep_watch;
  KvarProjectList *projects;
  KvarStateFile   *state_file;
  KvarDatabase    *cache;         /* what users have seen, of all of them */
  GHashTable      *sessions;      /* project id → KvarSession */
  KvarDatabase    *journals;      /* the drafts of all users, on disk */
  GHashTable      *workspaces;    /* "project id/user id" → KvarWorkspace */
  guint            inhibitor;     /* 0: the desktop knows no such thing */
  const char      *inhibit_reason;    /* (nullable) why nobody should log out now */
  guint            signals[2];    /* SIGINT and SIGTERM */
  gboolean         moving;        /* an export or a file is on its way */
  guint            end_timer;     /* 0: the program is not to end */
  guint            n_closing;     /* sessions whose renewal is waited for */
  gboolean         quitting;      /* with all windows, and what is still running */
};

void       kvar_application_open_in         (KvarApplication *self,
                                             KvarWindow      *window,
                                             KvarProject     *project);
void       kvar_application_quit_when_settled
                                            (KvarApplication *self);

void       kvar_application_close_sessions  (KvarApplication *self);
void       kvar_application_begin_to_end    (KvarApplication *self);

/* kvar-application-attention.c */
void       kvar_application_follow_session  (KvarApplication *self,
                                             KvarSession     *session);
void       kvar_application_withdraw_call   (KvarApplication *self);

/* kvar-application-work.c */
gboolean   kvar_application_is_saving       (KvarApplication *self);
void       kvar_application_follow_work     (KvarApplication *self,
                                             KvarWorkspace   *workspace);

/* kvar-application-actions.c */
void       kvar_application_install_actions (KvarApplication *self);

/* kvar-application-windows.c */
GPtrArray *kvar_application_list_windows    (KvarApplication *self);
void       kvar_application_raise           (KvarApplication *self,
                                             gboolean         demo,
                                             const char      *route);
void       kvar_application_new_window      (KvarApplication *self);
gboolean   kvar_application_has_windows     (KvarApplication *self);
gboolean   kvar_application_forget_window   (KvarApplication *self,
                                             KvarWindow      *window);

G_END_DECLS
