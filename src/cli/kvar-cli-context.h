/* kvar-cli-context.h: what the verbs of kvar-cli share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "session/kvar-project-list.h"
#include "session/kvar-session.h"

G_BEGIN_DECLS

/* Exit codes; scripts rely on them. */
typedef enum {
  KVAR_CLI_DONE = 0,
  KVAR_CLI_FAILED = 1,
  KVAR_CLI_USAGE = 2,
  KVAR_CLI_SIGN_IN_NEEDED = 3,
  KVAR_CLI_PARTLY = 4,          /* lines of a batch failed, or an export to stdout broke off */
  KVAR_CLI_UNREACHABLE = 5,
} KvarCliExit;

typedef struct _KvarCliContext KvarCliContext;

KvarCliContext  *kvar_cli_context_new          (const char      *project,
                                                const char      *user,
                                                gboolean         demo);
void             kvar_cli_context_free         (KvarCliContext  *self);

KvarProjectList *kvar_cli_context_get_projects (KvarCliContext  *self);
KvarProject     *kvar_cli_context_find_project (KvarCliContext  *self,
                                                GError         **error);
char            *kvar_cli_context_dup_project_id
                                               (KvarCliContext  *self,
                                                GError         **error);
const char      *kvar_cli_context_get_user     (KvarCliContext  *self);
KvarSession     *kvar_cli_context_open_session (KvarCliContext  *self,
                                                GError         **error);
gboolean         kvar_cli_sign_in_session      (KvarSession     *session,
                                                const char      *email,
                                                const char      *password,
                                                GError         **error);

void             kvar_cli_keep_result          (GObject         *source,
                                                GAsyncResult    *result,
                                                gpointer         user_data);
void             kvar_cli_await                (GAsyncResult   **result);

KvarCliExit      kvar_cli_report               (const GError    *error);
KvarCliExit      kvar_cli_usage                (const char      *verb,
                                                const char      *sentence);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KvarCliContext, kvar_cli_context_free)

G_END_DECLS
