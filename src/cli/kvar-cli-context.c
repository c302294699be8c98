/* kvar-cli-context.c: Which project and session a verb works on, how it waits, and how it ends.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-cli"

#include "config.h"

#include "kvar-cli-context.h"

#include <glib/gi18n-lib.h>

#include "kvar-demo-runner.h"
#include "kvar-error-text.h"
#include "kvar-error.h"
#include "kvar-paths.h"

#define DEMO_EMAIL "demo@kvar.example"
#define DEMO_PASSWORD "demo"

struct _KvarCliContext
{
  char            *project;   /* name, id or address; (nullable) */
  char            *user;      /* e-mail; (nullable) */
  gboolean         demo;
  KvarProjectList *projects;
};

KvarCliContext *
kvar_cli_context_new (const char *project,
                      const char *user,
                      gboolean    demo)
{
  KvarCliContext *self = g_new0 (KvarCliContext, 1);
  g_autofree char *path = g_build_filename (kvar_paths_get_config_dir (), "projects.conf", NULL);

  self->project = g_strdup (project);
  self->user = g_strdup (user);
  self->demo = demo;
  self->projects = kvar_project_list_new (path);

  return self;
}

void
kvar_cli_context_free (KvarCliContext *self)
{
  g_free (self->project);
  g_free (self->user);
  g_clear_object (&self->projects);
  g_free (self);
}

KvarProjectList *
kvar_cli_context_get_projects (KvarCliContext *self)
{
  return self->projects;
}

const char *
kvar_cli_context_get_user (KvarCliContext *self)
{
  return self->user;
}

/* Nobody has signed in here, or somebody has signed out: that is no expired session. */
typedef enum {
  NOBODY_SIGNED_IN,
} CliError;

#define CLI_ERROR (cli_error_quark ())

static G_DEFINE_QUARK (kvar-cli-error-quark, cli_error)

static void
set_nobody (GError **error)
{
  g_set_error_literal (error, CLI_ERROR, NOBODY_SIGNED_IN,
                       _("Nobody is signed in. “kvar-cli sign-in” signs in."));
}

static gboolean
project_is_named (KvarProject *project,
                  const char  *name)
{
  return g_strcmp0 (kvar_project_get_id (project), name) == 0
         || g_strcmp0 (kvar_project_get_name (project), name) == 0
         || g_strcmp0 (kvar_project_get_url (project), name) == 0;
}

/**
 * kvar_cli_context_find_project:
 *
 * Finds the project that --project names, or the one last signed in to.
 *
 * Returns: (transfer full) (nullable): the project, or %NULL with a sentence
 */
KvarProject *
kvar_cli_context_find_project (KvarCliContext  *self,
                               GError         **error)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->projects));
  KvarProject *last = kvar_project_list_get_last (self->projects);

  if (self->project == NULL && last != NULL)
    return g_object_ref (last);

  for (guint i = 0; self->project != NULL && i < n; i++)
    {
      g_autoptr(KvarProject) project = g_list_model_get_item (G_LIST_MODEL (self->projects), i);

      if (project_is_named (project, self->project))
        return g_steal_pointer (&project);
    }

  set_nobody (error);
  return NULL;
}

/**
 * kvar_cli_context_dup_project_id:
 *
 * Finds the project without asking anybody: for what works on this computer's files.
 *
 * Returns: (transfer full) (nullable): the project's id; %NULL if no project is named and none
 *   was signed in to; %NULL with a sentence if the named one is not known
 */
char *
kvar_cli_context_dup_project_id (KvarCliContext  *self,
                                 GError         **error)
{
  g_autoptr(KvarProject) project = NULL;

  if (self->demo)
    return g_strdup (KVAR_PROJECT_DEMO_ID);

  project = kvar_cli_context_find_project (self, self->project != NULL ? error : NULL);

  return project != NULL ? g_strdup (kvar_project_get_id (project)) : NULL;
}

static KvarSession *
open_demo (KvarCliContext  *self,
           GError         **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarProject) project = NULL;
  g_autoptr(KvarSession) session = NULL;

  kvar_demo_runner_start_async (NULL, kvar_cli_keep_result, &result);
  kvar_cli_await (&result);
  project = kvar_demo_runner_start_finish (result, error);
  if (project == NULL)
    return NULL;

  session = kvar_session_open (project);
  if (!kvar_cli_sign_in_session (session, self->user != NULL ? self->user : DEMO_EMAIL,
                                 DEMO_PASSWORD, error))
    return NULL;
  return g_steal_pointer (&session);
}

/**
 * kvar_cli_context_open_session:
 *
 * Opens the session of the chosen project and user, from the vault or, for the demo, by
 * signing in. Returns with a usable session or not at all.
 *
 * Returns: (transfer full) (nullable): the session, or %NULL with %KVAR_ERROR_SIGNED_OUT and others
 */
KvarSession *
kvar_cli_context_open_session (KvarCliContext  *self,
                               GError         **error)
{
  g_autoptr(KvarProject) project = NULL;
  g_autoptr(KvarSession) session = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) restore_error = NULL;
  const char *user = self->user;

  if (self->demo)
    return open_demo (self, error);

  project = kvar_cli_context_find_project (self, error);
  if (project == NULL)
    return NULL;

  if (user == NULL && project == kvar_project_list_get_last (self->projects))
    user = kvar_project_list_get_last_email (self->projects);

  session = kvar_session_open (project);
  kvar_session_restore_async (session, user, NULL, kvar_cli_keep_result, &result);
  kvar_cli_await (&result);
  if (!kvar_session_restore_finish (session, result, &restore_error))
    {
      if (g_error_matches (restore_error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT) &&
          (kvar_session_get_reason (session) == KVAR_REASON_NONE ||
           kvar_session_get_reason (session) == KVAR_REASON_SIGNED_OUT))
        set_nobody (error);
      else
        g_propagate_error (error, g_steal_pointer (&restore_error));
      return NULL;
    }

  return g_steal_pointer (&session);
}

/**
 * kvar_cli_sign_in_session:
 *
 * Signs in with a password and waits.
 */
gboolean
kvar_cli_sign_in_session (KvarSession  *session,
                          const char   *email,
                          const char   *password,
                          GError      **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_session_sign_in_async (session, email, password, NULL, kvar_cli_keep_result, &result);
  kvar_cli_await (&result);

  return kvar_session_sign_in_finish (session, result, error);
}

/* A GAsyncReadyCallback: puts a reference to the result where user_data points. */
void
kvar_cli_keep_result (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  g_assert (*kept == NULL);
  *kept = g_object_ref (result);
}

/* A command line does one thing: it runs the main context until that thing is done. */
void
kvar_cli_await (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* Says what went wrong on stderr; returns the exit code that tells scripts the same. */
KvarCliExit
kvar_cli_report (const GError *error)
{
  g_autofree char *sentence = NULL;

  if (error->domain == CLI_ERROR)
    {
      g_printerr ("%s\n", error->message);
      return KVAR_CLI_SIGN_IN_NEEDED;
    }

  sentence = kvar_error_text (error);
  g_printerr ("%s\n", sentence);

  if (g_error_matches (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT)
      || g_error_matches (error, KVAR_ERROR, KVAR_ERROR_BLOCKED))
    return KVAR_CLI_SIGN_IN_NEEDED;
  if (g_error_matches (error, KVAR_ERROR, KVAR_ERROR_OFFLINE))
    return KVAR_CLI_UNREACHABLE;
  return KVAR_CLI_FAILED;
}

/* Says what is wrong with the words of the call. @verb is NULL before a verb is known. */
KvarCliExit
kvar_cli_usage (const char *verb,
                const char *sentence)
{
  g_printerr ("kvar-cli: %s\n", sentence);
  if (verb != NULL)
    /* Translators: %s is the name of a command; the line tells where its help is. */
    g_printerr (_("“kvar-cli %s --help” shows how it is called."), verb);
  else
    g_printerr ("%s", _("“kvar-cli --help” shows how it is called."));
  g_printerr ("\n");

  return KVAR_CLI_USAGE;
}
