/* kvar-cli-export.c: The verb export: a table's rows to a file or to standard output.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-cli"

#include "config.h"

#include "kvar-cli-export-options.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "export/kvar-export-job.h"
#include "export/kvar-export-name.h"
#include "kvar-cli-schema.h"
#include "kvar-error.h"

#define BAR_WIDTH 30
/* A terminal's bar moves at most this often, in microseconds; a log gets a line ten times rarer. */
#define SHOW_EVERY (G_USEC_PER_SEC / 5)

typedef struct
{
  gboolean is_terminal;
  gint64   shown_at;
  gboolean shown;
} Progress;

static void
show_bar (guint64 rows,
          gint64  total)
{
  guint filled = total > 0 ? MIN (BAR_WIDTH, rows * BAR_WIDTH / total) : 0;
  g_autofree char *bar = g_strnfill (BAR_WIDTH, '-');

  for (guint i = 0; i < filled; i++)
    bar[i] = '#';
  g_printerr ("\r[%s] ", bar);
}

static void
say_rows (guint64 rows,
          gint64  total)
{
  g_autofree char *done = g_strdup_printf ("%'" G_GUINT64_FORMAT, rows);
  g_autofree char *all = g_strdup_printf ("%'" G_GINT64_FORMAT, total);

  if (total >= 0)
    /* Translators: how many rows are done, and how many there are. */
    g_printerr (ngettext ("%1$s of %2$s row", "%1$s of %2$s rows", (gulong)total), done, all);
  else
    /* Translators: %s is how many rows are done. */
    g_printerr (ngettext ("%s row", "%s rows", (gulong)rows), done);
}

static void
show_progress (KvarExportJob *job,
               GParamSpec    *pspec,
               Progress      *progress)
{
  gint64 now = g_get_monotonic_time ();
  gint64 total = kvar_export_job_get_total (job);
  guint64 rows = kvar_export_job_get_rows (job);

  if (rows == 0 || now - progress->shown_at < SHOW_EVERY * (progress->is_terminal ? 1 : 10))
    return;

  progress->shown_at = now;
  progress->shown = TRUE;
  if (progress->is_terminal)
    show_bar (rows, total);
  say_rows (rows, total);
  g_printerr (progress->is_terminal ? "\033[K" : "\n");
}

static void
say_state (KvarExportJob *job,
           GParamSpec    *pspec,
           gpointer       user_data)
{
  switch (kvar_export_job_get_state (job))
    {
    case KVAR_ERRAND_PAUSED:
      g_printerr ("\n%s\n", _("Paused. Continues when you're online."));
      break;

    case KVAR_ERRAND_HELD:
      /* Nobody can sign in to this process; another one may go on. */
      kvar_export_job_suspend (job);
      break;

    default:
      break;
    }
}

static gboolean
interrupted_cb (gpointer user_data)
{
  kvar_export_job_cancel (user_data);
  return G_SOURCE_CONTINUE;
}

/* The machine shuts down, the terminal goes: not what somebody wanted. */
static gboolean
ended_cb (gpointer user_data)
{
  kvar_export_job_suspend (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
check_columns (KvarTable          *table,
               const char *const  *columns,
               GError            **error)
{
  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    if (kvar_table_find_column (table, columns[i]) == NULL)
      {
        g_set_error (error, KVAR_ERROR, KVAR_ERROR_INVALID,
                     /* Translators: the names of a table and a column. */
                     _("The table %s has no column “%s”."),
                     kvar_table_get_name (table), columns[i]);
        return FALSE;
      }

  return TRUE;
}

static KvarCliExit
say_why (KvarExportJob *job,
         KvarSession   *session,
         GError        *error)
{
  gboolean suspended = kvar_export_job_get_state (job) == KVAR_ERRAND_SUSPENDED;
  KvarCliExit exit_code = KVAR_CLI_FAILED;

  if (kvar_session_get_state (session) == KVAR_SESSION_EXPIRED)
    {
      g_autoptr(GError) ended = g_error_new_literal (KVAR_ERROR, KVAR_ERROR_SIGNED_OUT,
                                                     "ended while exporting");

      exit_code = kvar_cli_report (ended);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      exit_code = kvar_cli_report (error);
    }
  else if (!suspended)
    {
      g_printerr ("%s\n", _("Export cancelled. No file was written."));
    }

  if (suspended && kvar_export_job_get_rows (job) > 0)
    g_printerr ("%s\n", _("The same command with --resume goes on from here."));

  return exit_code;
}

static KvarCliExit
finish (KvarExportJob *job,
        GAsyncResult  *result,
        Progress      *progress,
        gboolean       to_stdout,
        KvarSession   *session)
{
  g_autoptr(GError) error = NULL;
  gboolean done = kvar_export_job_run_finish (job, result, &error);
  guint64 rows = kvar_export_job_get_rows (job);

  if (progress->shown && progress->is_terminal)
    g_printerr ("\r\033[K");

  if (!done)
    {
      KvarCliExit exit_code = say_why (job, session, error);

      return to_stdout && rows > 0 && exit_code != KVAR_CLI_SIGN_IN_NEEDED ? KVAR_CLI_PARTLY
                                                                          : exit_code;
    }

  if (!to_stdout)
    {
      g_autofree char *path = g_file_get_path (kvar_export_job_get_file (job));
      g_autofree char *count = g_strdup_printf ("%'" G_GUINT64_FORMAT, rows);

      /* Translators: a file's path, and how many rows it holds. */
      g_printerr (ngettext ("%s is ready. %s row.", "%s is ready. %s rows.", (gulong)rows),
                  path, count);
      g_printerr ("\n");
    }
  if (kvar_export_job_get_note (job) != NULL)
    g_printerr ("%s\n", kvar_export_job_get_note (job));
  return KVAR_CLI_DONE;
}

static KvarCliExit
run_job (KvarExportJob *job,
         KvarSession   *session,
         gboolean       to_stdout)
{
  Progress progress = {
    .is_terminal = isatty (STDERR_FILENO),
    .shown_at = g_get_monotonic_time (),
  };
  g_autoptr(GAsyncResult) result = NULL;
  guint interrupt = g_unix_signal_add (SIGINT, interrupted_cb, job);
  guint terminate = g_unix_signal_add (SIGTERM, ended_cb, job);
  guint hang_up = g_unix_signal_add (SIGHUP, ended_cb, job);
  KvarCliExit exit_code;

  g_signal_connect (job, "notify::rows", G_CALLBACK (show_progress), &progress);
  g_signal_connect (job, "notify::state", G_CALLBACK (say_state), NULL);
  kvar_export_job_run_async (job, NULL, kvar_cli_keep_result, &result);
  kvar_cli_await (&result);
  exit_code = finish (job, result, &progress, to_stdout, session);

  g_signal_handlers_disconnect_by_func (job, show_progress, &progress);
  g_source_remove (interrupt);
  g_source_remove (terminate);
  g_source_remove (hang_up);
  return exit_code;
}

static KvarExportJob *
create_job (KvarSession          *session,
            KvarTable            *table,
            KvarCliExportOptions *options)
{
  const char *const *columns = (const char *const *)options->columns;
  g_autofree char *name = NULL;
  g_autoptr(GFile) file = NULL;
  gint64 now;

  if (options->to_stdout)
    return kvar_export_job_new_for_fd (session, table, options->query, columns,
                                       options->format, STDOUT_FILENO);

  now = kvar_clock_get_wall (kvar_session_get_clock (session));
  name = options->output != NULL ? g_strdup (options->output)
                                 : kvar_export_name_suggest (table, options->format, now);
  file = g_file_new_for_commandline_arg (name);

  return kvar_export_job_new (session, table, options->query, columns, options->format, file);
}

KvarCliExit
kvar_cli_export (KvarCliContext  *context,
                 int              argc,
                 char           **argv)
{
  g_auto(KvarCliExportOptions) options = { NULL, };
  g_autoptr(KvarSession) session = NULL;
  g_autoptr(KvarTable) table = NULL;
  g_autoptr(KvarExportJob) job = NULL;
  g_autoptr(GError) error = NULL;
  KvarCliExit exit_code;

  if (!kvar_cli_export_options_read (&options, &argc, &argv, &exit_code))
    return exit_code;

  session = kvar_cli_context_open_session (context, &error);
  if (session != NULL)
    table = kvar_cli_load_rows (session, argv[1], (const char *const *)options.arguments, &error);
  if (g_error_matches (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE))
    return kvar_cli_usage ("export", error->message);
  if (table == NULL)
    return kvar_cli_report (error);
  if (!kvar_cli_export_options_apply_preset (&options, session, kvar_table_get_name (table)) ||
      !kvar_cli_export_options_apply_view (&options, session, kvar_table_get_name (table)))
    return KVAR_CLI_USAGE;
  if (!check_columns (table, (const char *const *)options.columns, &error))
    return kvar_cli_usage ("export", error->message);

  job = create_job (session, table, &options);
  kvar_export_job_set_origin (job, "cli");
  kvar_export_job_set_titled (job, options.titled);
  if (options.resume && options.output == NULL)
    kvar_export_job_resume_by_name (job);
  else
    kvar_export_job_set_resumes (job, options.resume);

  return run_job (job, session, options.to_stdout);
}
