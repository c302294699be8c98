/* kvar-cli-sign-in.c: The verbs sign-in and sign-out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-cli"

#include "config.h"

#include "kvar-cli-command.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>

#include "journal/kvar-cache.h"
#include "kvar-paths.h"
#include "schema/kvar-schema-cache.h"

#define MOST_PASSWORD_BYTES 4096

/* Reads one line without its newline; NULL at the end of the input. */
static char *
read_line (void)
{
  char buffer[MOST_PASSWORD_BYTES];
  char *line;

  if (fgets (buffer, sizeof buffer, stdin) == NULL)
    return NULL;

  buffer[strcspn (buffer, "\r\n")] = '\0';
  line = g_strdup (buffer);
  explicit_bzero (buffer, sizeof buffer);
  return line;
}

/* Asks on the terminal, without showing what is typed. */
static char *
ask_password (const char *email)
{
  struct termios shown, hidden;
  char *password;

  if (tcgetattr (STDIN_FILENO, &shown) != 0)
    return NULL;

  /* Translators: %s is an e-mail address. */
  g_printerr (_("Password for %s: "), email);
  hidden = shown;
  hidden.c_lflag &= ~(tcflag_t)ECHO;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden);
  password = read_line ();
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &shown);
  g_printerr ("\n");

  return password;
}

static void
clear_password (char *password)
{
  if (password != NULL)
    explicit_bzero (password, strlen (password));
  g_free (password);
}

static gboolean
check_project (KvarSession  *session,
               GError      **error)
{
  KvarProject *project = kvar_session_get_project (session);
  g_autoptr(GAsyncResult) result = NULL;

  kvar_project_check_async (project, kvar_session_get_transport (session), NULL,
                            kvar_cli_keep_result, &result);
  kvar_cli_await (&result);

  return kvar_project_check_finish (project, result, error);
}

/* A session that only this process knows would be gone with it: nothing of it is kept. */
static KvarCliExit
refuse_without_vault (KvarSession *session)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_session_sign_out_async (session, KVAR_SIGN_OUT_LOCAL, NULL, kvar_cli_keep_result, &result);
  kvar_cli_await (&result);
  kvar_session_sign_out_finish (session, result, NULL);

  g_printerr ("%s\n", _("This computer can't store your sign-in safely, so kvar-cli can't stay "
                        "signed in. Unlock or set up your keyring, then try again."));
  return KVAR_CLI_FAILED;
}

static KvarCliExit
sign_in (KvarCliContext *context,
         KvarProject    *project,
         const char     *email,
         const char     *password)
{
  KvarProjectList *projects = kvar_cli_context_get_projects (context);
  g_autoptr(KvarSession) session = kvar_session_open (project);
  g_autoptr(GError) error = NULL;

  if (!check_project (session, &error)
      || !kvar_cli_sign_in_session (session, email, password, &error))
    return kvar_cli_report (error);
  if (!kvar_session_get_stores_secrets (session))
    return refuse_without_vault (session);

  kvar_project_list_add (projects, project);
  kvar_project_list_set_last (projects, project, email);
  if (!kvar_project_list_save (projects, &error))
    return kvar_cli_report (error);

  /* Translators: an e-mail address and the name of a project. */
  g_printerr (_("Signed in as %s at %s."), email, kvar_project_get_name (project));
  g_printerr ("\n");
  return KVAR_CLI_DONE;
}

KvarCliExit
kvar_cli_sign_in (KvarCliContext  *context,
                  int              argc,
                  char           **argv)
{
  g_autofree char *url = NULL;
  g_autofree char *key = NULL;
  g_autofree char *email = NULL;
  gboolean from_stdin = FALSE;
  char *password;
  g_autoptr(KvarProject) project = NULL;
  g_autoptr(GError) error = NULL;
  KvarCliExit exit_code;
  const GOptionEntry entries[] = {
    { "project", 0, 0, G_OPTION_ARG_STRING, &url, N_("The project's address"), "URL" },
    { "key", 0, 0, G_OPTION_ARG_STRING, &key, N_("The project's public key"), N_("KEY") },
    { "email", 0, 0, G_OPTION_ARG_STRING, &email, N_("Your e-mail address"), N_("E-MAIL") },
    { "password-stdin", 0, 0, G_OPTION_ARG_NONE, &from_stdin,
      N_("Read the password from standard input"), NULL },
    { NULL }
  };

  if (!kvar_cli_command_parse ("sign-in", entries, &argc, &argv, &exit_code))
    return exit_code;
  if (argc > 1 || url == NULL || key == NULL || email == NULL)
    return kvar_cli_usage ("sign-in", _("It takes --project, --key and --email."));

  if (g_strcmp0 (g_getenv ("KVAR_VAULT"), "memory") == 0)
    {
      g_printerr ("%s\n", _("Secrets are kept in memory only (KVAR_VAULT=memory), so the sign-in "
                            "would be gone at once."));
      return KVAR_CLI_FAILED;
    }

  project = kvar_project_new (url, key, &error);
  if (project == NULL)
    return kvar_cli_report (error);

  password = from_stdin ? read_line () : ask_password (email);
  if (password == NULL || *password == '\0')
    {
      clear_password (password);
      return kvar_cli_usage ("sign-in", _("No password was given: type it, or pipe it in with "
                                          "--password-stdin."));
    }
  exit_code = sign_in (context, project, email, password);
  clear_password (password);

  return exit_code;
}

/* What this person has seen in the window goes with them, as when they sign out there. */
static void
clear_seen (KvarSession *session,
            const char  *user_id)
{
  const char *folder = kvar_paths_get_cache_dir ();
  g_autoptr(KvarDatabase) database = kvar_cache_open_database (folder);
  g_autoptr(KvarCache) cache = NULL;

  cache = kvar_cache_new (database, kvar_project_get_id (kvar_session_get_project (session)),
                          user_id);
  kvar_cache_close_and_forget (cache);
  kvar_schema_cache_remove (session, user_id, folder, "schema");

  kvar_database_close (database);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

KvarCliExit
kvar_cli_sign_out (KvarCliContext  *context,
                   int              argc,
                   char           **argv)
{
  gboolean everywhere = FALSE;
  g_autoptr(KvarSession) session = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *user_id = NULL;
  KvarCliExit exit_code;
  const GOptionEntry entries[] = {
    { "everywhere", 0, 0, G_OPTION_ARG_NONE, &everywhere,
      N_("End the sessions on all other devices too"), NULL },
    { NULL }
  };

  if (!kvar_cli_command_parse ("sign-out", entries, &argc, &argv, &exit_code))
    return exit_code;
  if (argc > 1)
    return kvar_cli_usage ("sign-out", _("It takes no other words."));

  session = kvar_cli_context_open_session (context, &error);
  if (session == NULL)
    return kvar_cli_report (error);

  user_id = g_strdup (kvar_session_get_user_id (session));
  kvar_session_sign_out_async (session,
                               everywhere ? KVAR_SIGN_OUT_GLOBAL : KVAR_SIGN_OUT_LOCAL,
                               NULL, kvar_cli_keep_result, &result);
  kvar_cli_await (&result);
  if (!kvar_session_sign_out_finish (session, result, &error))
    return kvar_cli_report (error);

  if (user_id != NULL)
    clear_seen (session, user_id);

  g_printerr ("%s\n", _("Signed out."));
  return KVAR_CLI_DONE;
}
