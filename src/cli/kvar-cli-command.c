/* kvar-cli-command.c: The table of verbs, and how their options are read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-cli"

#include "config.h"

#include "kvar-cli-command.h"

#include <glib/gi18n-lib.h>

/* Translators: the end of what "kvar-cli export --help" says. The words in front and the examples
 * are typed as they are. */
static const char export_details[] = N_(
  "Formats:\n"
  "  csv      RFC 4180: what the database has, to the letter; nothing for null, \"\" for no text\n"
  "  ndjson   a JSON object a line; numbers of up to 15 digits, json columns as they are\n"
  "  json     the same as one array\n"
  "  xlsx     a workbook with numbers and dates; longer numbers are texts\n"
  "\n"
  "TABLE may also be a view, or a function that returns rows, with --arg for each argument. One "
  "that may change something is called once and can't be gone on with.\n"
  "\n"
  "With --preset excel the CSV has what Excel wants where the comma is a decimal one, and a text "
  "that looks like a formula begins with an apostrophe.\n"
  "\n"
  "A file comes whole or not at all; until then the earlier one stays. What was interrupted, but "
  "not by Ctrl+C, goes on with the same command and --resume. Progress goes to standard error.\n"
  "\n"
  "Ends with 0 when the file is there, 1 when it failed, 2 for words that make no sense, 3 when "
  "somebody has to sign in, 4 when rows had gone to standard output already, 5 when the server "
  "isn't reached.\n"
  "\n"
  "Examples:\n"
  "  kvar-cli export jobs -o jobs.xlsx\n"
  "  kvar-cli export jobs --where 'status=eq.open' --order due_on.desc --columns id,title,due_on\n"
  "  kvar-cli export contacts --format ndjson -o - | jq .full_name");

static const KvarCliCommand commands[] = {
  { "sign-in",
    /* Translators: how the command is called; only the words in capitals are translated. */
    N_("--project URL --key KEY --email E [--password-stdin]"),
    N_("Sign in and stay signed in"), kvar_cli_sign_in },
  { "sign-out", "[--everywhere]", N_("Sign out on this computer"), kvar_cli_sign_out },
  { "status", "[--json]", N_("Tell who is signed in, without asking the server"), kvar_cli_status },
  { "api",
    /* Translators: how the command is called; only the words in capitals are translated. */
    N_("[-X METHOD] [-H 'K: V'] [-d BODY|@FILE|-] PATH | --batch"),
    N_("Send a request to the project"), kvar_cli_api },
  { "tables", "[--json]", N_("List the tables that you may read"), kvar_cli_tables },
  { "schema",
    /* Translators: how the command is called; only the words in capitals are translated. */
    N_("TABLE [--json]"), N_("Describe a table's columns"), kvar_cli_schema },
  { "drafts", "[list [--json] | export]",
    N_("List what was typed and not saved, or write all of it out"), kvar_cli_drafts },
  { "export",
    /* Translators: how the command is called; only the words in capitals are translated. */
    N_("TABLE [--format csv|ndjson|json|xlsx] [--preset excel] [--columns a,b] "
       "[--where 'status=eq.open']… [--arg name=value]… [--order due_on.desc] [-o FILE|-] "
       "[--resume]"),
    N_("Write a table's rows to a file"), kvar_cli_export, export_details },
};

const KvarCliCommand *
kvar_cli_command_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_strcmp0 (commands[i].name, name) == 0)
      return &commands[i];

  return NULL;
}

/* Returns the verbs with their summaries, a line each, for the help. */
char *
kvar_cli_command_summaries (void)
{
  GString *text = g_string_new (_("Commands:"));

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "\n  %-10s  %s", commands[i].name, _(commands[i].summary));

  return g_string_free (text, FALSE);
}

/**
 * kvar_cli_command_parse:
 * @name: a verb
 * @entries: its options
 * @exit_code: (out): what to end with when it returns %FALSE
 *
 * Reads the options of a verb, and answers --help.
 *
 * Returns: whether the verb is to go on
 */
gboolean
kvar_cli_command_parse (const char           *name,
                        const GOptionEntry   *entries,
                        int                  *argc,
                        char               ***argv,
                        KvarCliExit          *exit_code)
{
  const KvarCliCommand *command = kvar_cli_command_find (name);
  g_autoptr(GOptionContext) options = NULL;
  g_autoptr(GError) error = NULL;
  gboolean help = FALSE;
  GOptionEntry help_entry[] = {
    { "help", 'h', G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &help, NULL, NULL },
    { NULL }
  };

  g_assert (command != NULL);

  options = g_option_context_new (NULL);
  g_option_context_set_help_enabled (options, FALSE);
  if (entries != NULL)
    g_option_context_add_main_entries (options, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (options, help_entry, NULL);

  if (!g_option_context_parse (options, argc, argv, &error))
    {
      *exit_code = kvar_cli_usage (name, error->message);
      return FALSE;
    }

  if (help)
    {
      g_autofree char *text = NULL;
      const char *rest;

      g_option_context_set_summary (options, _(command->summary));
      if (command->details != NULL)
        g_option_context_set_description (options, _(command->details));
      text = g_option_context_get_help (options, FALSE, NULL);
      /* GOptionContext's own two lines would say "kvar-cli [OPTION…]" once more. */
      rest = strstr (text, "\n\n");
      g_print ("kvar-cli %s %s%s", command->name, _(command->arguments),
               rest != NULL ? rest : "\n");
      *exit_code = KVAR_CLI_DONE;
      return FALSE;
    }

  return TRUE;
}
