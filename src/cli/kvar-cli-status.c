/* kvar-cli-status.c: The verb status: what the session's own file says, without a request.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-cli"

#include "config.h"

#include "kvar-cli-command.h"

#include <glib/gi18n-lib.h>

#include "kvar-paths.h"
#include "session/kvar-session-status.h"

/* Says a status in a person's words. */
static char *
describe (KvarSessionStatus *status,
          KvarProject       *project)
{
  const char *name = kvar_project_get_name (project);

  switch (status->state)
    {
    case KVAR_SESSION_RESTORING:
    case KVAR_SESSION_SIGNED_IN:
    case KVAR_SESSION_RENEWING:
      /* Translators: an e-mail address and the name of a project. */
      return g_strdup_printf (_("Signed in as %s at %s."), status->email, name);

    case KVAR_SESSION_OFFLINE:
      /* Translators: an e-mail address and the name of a project. */
      return g_strdup_printf (_("Signed in as %s at %s. The server can't be reached right now."),
                              status->email, name);

    case KVAR_SESSION_LOCKED:
      return g_strdup (_("Unlock your keyring to stay signed in."));

    case KVAR_SESSION_BLOCKED:
    case KVAR_SESSION_EXPIRED:
      return g_strdup (kvar_reason_to_sentence (status->reason));

    case KVAR_SESSION_SIGNED_OUT:
    default:
      /* Translators: %s is the name of a project. */
      return g_strdup_printf (_("Nobody is signed in at %s."), name);
    }
}

static gboolean
is_signed_in (KvarSessionStatus *status)
{
  switch (status->state)
    {
    case KVAR_SESSION_RESTORING:
    case KVAR_SESSION_SIGNED_IN:
    case KVAR_SESSION_RENEWING:
    case KVAR_SESSION_OFFLINE:
    case KVAR_SESSION_LOCKED:
      return TRUE;

    case KVAR_SESSION_SIGNED_OUT:
    case KVAR_SESSION_BLOCKED:
    case KVAR_SESSION_EXPIRED:
    default:
      return FALSE;
    }
}

KvarCliExit
kvar_cli_status (KvarCliContext  *context,
                 int              argc,
                 char           **argv)
{
  gboolean as_json = FALSE;
  g_autoptr(KvarProject) project = NULL;
  g_autoptr(KvarSessionStatus) status = NULL;
  g_autoptr(GError) error = NULL;
  KvarCliExit exit_code;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Answer in JSON"), NULL },
    { NULL }
  };

  if (!kvar_cli_command_parse ("status", entries, &argc, &argv, &exit_code))
    return exit_code;
  if (argc > 1)
    return kvar_cli_usage ("status", _("It takes no other words."));

  project = kvar_cli_context_find_project (context, &error);
  if (project != NULL)
    status = kvar_session_status_find (kvar_paths_get_state_dir (),
                                       kvar_project_get_id (project),
                                       kvar_cli_context_get_user (context));
  if (status == NULL)
    {
      if (as_json)
        g_print ("{\"state\":\"signed-out\"}\n");
      else
        g_printerr ("%s\n", _("Nobody is signed in. “kvar-cli sign-in” signs in."));
      return KVAR_CLI_SIGN_IN_NEEDED;
    }

  if (as_json)
    {
      g_autofree char *json = kvar_session_status_to_json (status);

      g_print ("%s\n", json);
    }
  else
    {
      g_autofree char *sentence = describe (status, project);

      g_print ("%s\n", sentence);
    }

  return is_signed_in (status) ? KVAR_CLI_DONE : KVAR_CLI_SIGN_IN_NEEDED;
}
