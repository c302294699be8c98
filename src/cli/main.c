/* main.c: Reads the words that stand before the verb of kvar-cli, and runs the verb.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-cli"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "kvar-cli-command.h"
#include "kvar-log.h"
#include "kvar-paths.h"

static void
print_help (GOptionContext *options)
{
  g_autofree char *summaries = kvar_cli_command_summaries ();
  g_autofree char *help = NULL;

  g_option_context_set_summary (options, summaries);
  help = g_option_context_get_help (options, TRUE, NULL);
  g_print ("%s", help);
}

static KvarCliExit
run (int    argc,
     char **argv)
{
  g_autoptr(GOptionContext) options = g_option_context_new (_("VERB …"));
  g_autoptr(KvarCliContext) context = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *project = NULL;
  g_autofree char *user = NULL;
  gboolean demo = FALSE;
  gboolean help = FALSE;
  gboolean version = FALSE;
  const KvarCliCommand *command;
  const GOptionEntry entries[] = {
    { "demo", 0, 0, G_OPTION_ARG_NONE, &demo, N_("Work on the demo project"), NULL },
    { "project", 0, 0, G_OPTION_ARG_STRING, &project,
      N_("The project, by its name or address; the one last signed in if left out"),
      N_("PROJECT") },
    { "user", 0, 0, G_OPTION_ARG_STRING, &user, N_("Whose session to use"), N_("E-MAIL") },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, N_("Show this help"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, N_("Show the version"), NULL },
    { NULL }
  };

  g_option_context_set_help_enabled (options, FALSE);
  g_option_context_set_strict_posix (options, TRUE);    /* what follows the verb is the verb's */
  g_option_context_add_main_entries (options, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (options, &argc, &argv, &error))
    return kvar_cli_usage (NULL, error->message);

  if (version)
    {
      g_print ("Kvar %s\n", KVAR_VERSION);
      return KVAR_CLI_DONE;
    }
  if (help || (argc == 2 && g_str_equal (argv[1], "help")))
    {
      print_help (options);
      return KVAR_CLI_DONE;
    }
  if (argc < 2)
    return kvar_cli_usage (NULL, _("Which command?"));
  if (demo && project != NULL)
    return kvar_cli_usage (NULL, _("Give either --demo or --project."));

  command = kvar_cli_command_find (argv[1]);
  if (command == NULL)
    {
      /* Translators: %s is a word that the person typed as a command. */
      g_autofree char *sentence = g_strdup_printf (_("There is no command “%s”."), argv[1]);

      return kvar_cli_usage (NULL, sentence);
    }

  context = kvar_cli_context_new (project, user, demo);
  return command->run (context, argc - 1, argv + 1);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("kvar-cli");
  kvar_log_open (kvar_paths_get_state_dir ());

  return run (argc, argv);
}
