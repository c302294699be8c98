/* kvar-cli-drafts.c: The verb drafts: what was typed and not saved, without a session or a network.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-cli"

#include "config.h"

#include "kvar-cli-command.h"

#include <glib/gi18n-lib.h>

#include "journal/kvar-journal.h"
#include "kvar-error.h"
#include "kvar-paths.h"
#include "records/kvar-value-words.h"
#include "session/kvar-session-status.h"

#define MAX_TEXT 60

/* Whose drafts: those of who is signed in, else all that lie here, which is what somebody
 * wants who has lost their session. */
static GPtrArray *
read_drafts (KvarCliContext  *context,
             GError         **error)
{
  g_autofree char *path = kvar_journal_dup_path (kvar_paths_get_data_dir ());
  g_autofree char *project = kvar_cli_context_dup_project_id (context, error);
  g_autoptr(KvarSessionStatus) status = NULL;

  if (error != NULL && *error != NULL)
    return NULL;

  if (project != NULL)
    status = kvar_session_status_find (kvar_paths_get_state_dir (), project,
                                       kvar_cli_context_get_user (context));
  if (status == NULL && kvar_cli_context_get_user (context) != NULL)
    {
      g_set_error (error, KVAR_ERROR, KVAR_ERROR_INVALID,
                   /* Translators: %s is an e-mail address. */
                   _("%s has not been signed in on this computer."),
                   kvar_cli_context_get_user (context));
      return NULL;
    }

  return kvar_journal_read_file (path, project, status != NULL ? status->user_id : NULL, error);
}

static const char *
describe_state (const KvarKeptDraft *draft)
{
  switch (draft->state)
    {
    case KVAR_DRAFT_QUEUED:
      return draft->deletes ? _("delete waits to be sent") : _("waits to be sent");

    case KVAR_DRAFT_PARKED:
      return _("needs attention");

    case KVAR_DRAFT_OPEN:
    default:
      return _("draft");
    }
}

static char *
shorten (const char *text)
{
  g_autofree char *line = g_strdup (text);
  g_autofree char *start = NULL;

  g_strdelimit (line, "\t\r\n", ' ');
  if (g_utf8_strlen (line, -1) <= MAX_TEXT)
    return g_steal_pointer (&line);

  start = g_utf8_substring (line, 0, MAX_TEXT - 1);

  return g_strconcat (start, "…", NULL);
}

/* The columns and what was typed into them, on one line. */
static char *
describe_typed (const KvarKeptDraft *draft)
{
  g_autoptr(GString) words = g_string_new (NULL);
  GVariantIter iter;
  const char *name;
  const char *input;
  const char *value;

  g_variant_iter_init (&iter, draft->typed);
  while (g_variant_iter_loop (&iter, "{&s(m&sm&s)}", &name, &input, &value))
    {
      gboolean is_default = g_str_equal (name, KVAR_KEPT_DEFAULT) && value != NULL;
      const char *text = input != NULL ? input : value;
      g_autofree char *shown = NULL;

      shown = shorten (is_default ? kvar_default_in_words () : text != NULL ? text : "");
      g_string_append_printf (words, "%s%s: %s", words->len > 0 ? "; " : "",
                              is_default ? value : name, shown);
    }

  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
print_draft (const KvarKeptDraft *draft)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (draft->changed_at /
                                                            G_TIME_SPAN_SECOND);
  g_autoptr(GDateTime) local = g_date_time_to_local (utc);
  g_autofree char *time = g_date_time_format (local, "%Y-%m-%d %H:%M");
  g_autofree char *typed = describe_typed (draft);

  g_print ("%s\t%s/%s\t%s\t%s\n", time, draft->relation,
           draft->key != NULL ? draft->key : "new", describe_state (draft), typed);
}

/* What was discarded is only exported. */
static void
print_list (GPtrArray *drafts)
{
  guint n_printed = 0;

  for (guint i = 0; i < drafts->len; i++)
    {
      const KvarKeptDraft *draft = g_ptr_array_index (drafts, i);

      if (draft->discarded_at == 0)
        {
          print_draft (draft);
          n_printed++;
        }
    }

  if (n_printed == 0)
    g_printerr ("%s\n", _("There are no drafts."));
}

KvarCliExit
kvar_cli_drafts (KvarCliContext  *context,
                 int              argc,
                 char           **argv)
{
  gboolean as_json = FALSE;
  g_autoptr(GPtrArray) drafts = NULL;
  g_autoptr(GError) error = NULL;
  KvarCliExit exit_code;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Answer in JSON"), NULL },
    { NULL }
  };

  if (!kvar_cli_command_parse ("drafts", entries, &argc, &argv, &exit_code))
    return exit_code;
  if (argc > 2 || (argc == 2 && !g_str_equal (argv[1], "list") &&
                   !g_str_equal (argv[1], "export")))
    return kvar_cli_usage ("drafts", _("Say “list” or “export”."));
  if (argc == 2 && g_str_equal (argv[1], "export"))
    as_json = TRUE;

  drafts = read_drafts (context, &error);
  if (drafts == NULL)
    return kvar_cli_report (error);

  if (as_json)
    {
      g_autofree char *json = kvar_kept_drafts_to_json (drafts);

      g_print ("%s\n", json);
    }
  else
    {
      print_list (drafts);
    }

  return KVAR_CLI_DONE;
}
