/* main.c: kvar-demo: a small Supabase project on loopback, for trying and testing Kvar
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kvar-demo-server.h"

#define EXIT_USAGE 2

typedef struct
{
  KvarDemoConfig  config;
  char           *database;
  char           *log_file;
  char           *state_file;
  char           *hold_file;
  char           *rest_upstream;
  char           *secret_file;
  char           *secret;
  char           *rate_limit;
  char           *openapi_mode;
  int             port;
  int             rows;
  int             max_rows;
  int             latency;
  gboolean        no_kvar_schema;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->database);
  g_free (options->log_file);
  g_free (options->state_file);
  g_free (options->hold_file);
  g_free (options->rest_upstream);
  g_free (options->secret_file);
  g_free (options->secret);
  g_free (options->rate_limit);
  g_free (options->openapi_mode);
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_CONTINUE;
}

/* Whoever started or uses the demo holds a shared lock on the file; the system drops it with the
 * last of its processes, however that ends. Then ours is granted, and it is time to go. */
static gpointer
wait_for_hold (gpointer data)
{
  g_autofree char *path = data;
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0)
    g_warning ("Cannot open “%s”: %s", path, g_strerror (errno));
  else
    while (fcntl (fd, F_OFD_SETLKW, &lock) < 0 && errno == EINTR)
      continue;

  /* The lock is kept until the process ends, so that nobody joins a demo that is leaving. */
  kill (getpid (), SIGTERM);

  return NULL;
}

static gboolean
parse_rate_limit (Options *options)
{
  g_auto(GStrv) parts = NULL;
  guint64 burst;
  char *end;

  if (options->rate_limit == NULL)
    return TRUE;

  parts = g_strsplit (options->rate_limit, "/", 2);
  if (g_strv_length (parts) != 2 ||
      !g_ascii_string_to_unsigned (parts[0], 10, 1, G_MAXINT, &burst, NULL))
    return FALSE;

  options->config.rate_burst = burst;
  options->config.rate_per_second = g_ascii_strtod (parts[1], &end);

  return end != parts[1] && *end == '\0' && options->config.rate_per_second >= 0;
}

static gboolean
parse_openapi_mode (Options *options)
{
  const char *const modes[] = { "hosted", "selfhosted", "open", "disabled" };

  if (options->openapi_mode == NULL)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    if (strcmp (modes[i], options->openapi_mode) == 0)
      {
        options->config.openapi_mode = (KvarDemoOpenapiMode)i;
        return TRUE;
      }

  return FALSE;
}

static gboolean
read_secret (Options  *options,
             GError  **error)
{
  if (options->secret_file == NULL)
    return TRUE;

  if (!g_file_get_contents (options->secret_file, &options->secret, NULL, error))
    return FALSE;

  options->config.jwt_secret = g_strchomp (options->secret);

  return TRUE;
}

static gboolean
check_options (Options  *options,
               GError  **error)
{
  const char *problem = NULL;

  if (!parse_rate_limit (options))
    problem = "--rate-limit takes a burst and a refill per second, as in 30/0.5";
  else if (!parse_openapi_mode (options))
    problem = "--openapi-mode is open, hosted, selfhosted or disabled";
  else if (options->config.refresh_algorithm != 1 && options->config.refresh_algorithm != 2)
    problem = "--refresh-algorithm is 1 or 2";
  else if (options->port < 0 || options->port > 65535)
    problem = "--port is a number from 0 to 65535";
  else if (options->rows < 0 || options->max_rows < 0 || options->latency < 0 ||
           options->config.access_ttl < 1)
    problem = "A count or a time is out of range";
  else if (options->rest_upstream != NULL && options->secret_file == NULL)
    problem = "--rest-upstream needs --jwt-secret: the secret that PostgREST checks tokens with";

  if (problem != NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, problem);
      return FALSE;
    }

  if (options->database != NULL)
    options->config.database = options->database;
  options->config.log_file = options->log_file;
  options->config.state_file = options->state_file;
  options->config.hold_file = options->hold_file;
  options->config.rest_upstream = options->rest_upstream;
  options->config.port = options->port;
  options->config.rows = options->rows;
  options->config.max_rows = options->max_rows;
  options->config.latency_ms = options->latency;
  options->config.kvar_schema = !options->no_kvar_schema;

  return read_secret (options, error);
}

static gboolean
parse_options (Options   *options,
               int       *argc,
               char    ***argv,
               GError   **error)
{
  KvarDemoConfig *config = &options->config;
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &options->port,
      "Port on 127.0.0.1 (any free one)", "N" },
    { "database", 0, 0, G_OPTION_ARG_FILENAME, &options->database,
      "SQLite file (:memory:)", "FILE" },
    { "rows", 0, 0, G_OPTION_ARG_INT, &options->rows, "Sample jobs (1000)", "N" },
    { "access-ttl", 0, 0, G_OPTION_ARG_INT64, &config->access_ttl,
      "Life of access tokens in seconds (3600)", "S" },
    { "reuse-interval", 0, 0, G_OPTION_ARG_INT64, &config->reuse_interval,
      "Time in which an old refresh token is tolerated (10)", "S" },
    { "jwt-leeway", 0, 0, G_OPTION_ARG_INT64, &config->jwt_leeway,
      "Clock skew that REST allows (0)", "S" },
    { "max-rows", 0, 0, G_OPTION_ARG_INT, &options->max_rows,
      "Rows of one page at most (1000)", "N" },
    { "rate-limit", 0, 0, G_OPTION_ARG_STRING, &options->rate_limit,
      "Burst of /token and refill per second (none)", "N/S" },
    { "latency", 0, 0, G_OPTION_ARG_INT, &options->latency,
      "Wait before each reply (0)", "MS" },
    { "faults", 0, 0, G_OPTION_ARG_NONE, &config->faults,
      "Serve /demo/…, the control of faults", NULL },
    { "log", 0, 0, G_OPTION_ARG_FILENAME, &options->log_file,
      "Append a line for each request", "FILE" },
    { "rest-upstream", 0, 0, G_OPTION_ARG_STRING, &options->rest_upstream,
      "Pass /rest/v1 on to this PostgREST", "URL" },
    { "jwt-secret", 0, 0, G_OPTION_ARG_FILENAME, &options->secret_file,
      "File with the secret to sign tokens with", "FILE" },
    { "openapi-mode", 0, 0, G_OPTION_ARG_STRING, &options->openapi_mode,
      "open, hosted, selfhosted or disabled (hosted)", "MODE" },
    { "refresh-algorithm", 0, 0, G_OPTION_ARG_INT, &config->refresh_algorithm,
      "1: opaque tokens, 2: signed counters (1)", "N" },
    { "no-kvar-schema", 0, 0, G_OPTION_ARG_NONE, &options->no_kvar_schema,
      "A project without the function kvar_schema()", NULL },
    { "hold", 0, 0, G_OPTION_ARG_FILENAME, &options->hold_file,
      "End when nobody else holds a lock on this file", "FILE" },
    { "state", 0, 0, G_OPTION_ARG_FILENAME, &options->state_file,
      "Where to write address and key", "FILE" },
    { NULL }
  };

  g_option_context_set_summary (context, "A small Supabase project on loopback with sample data.\n"
                                "Users: demo@kvar.example and eva@kvar.example, password demo.");
  g_option_context_add_main_entries (context, entries, NULL);

  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;

  if (*argc > 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "Unexpected argument “%s”", (*argv)[1]);
      return FALSE;
    }

  return check_options (options, error);
}

static gboolean
announce (const KvarDemoConfig  *config,
          char                 **line,
          GError               **error)
{
  *line = g_strdup_printf ("http://127.0.0.1:%u " KVAR_DEMO_PUBLISHABLE_KEY "\n", config->port);

  if (config->state_file != NULL &&
      !g_file_set_contents_full (config->state_file, *line, -1, G_FILE_SET_CONTENTS_CONSISTENT,
                                 0600, error))
    return FALSE;

  if (fputs (*line, stdout) < 0 || fflush (stdout) != 0)
    g_debug ("Nobody reads the address on stdout");

  return TRUE;
}

/* A demo that was started after this one may have put its own line there. */
static void
remove_state (const KvarDemoConfig *config,
              const char           *line)
{
  g_autofree char *now = NULL;

  if (config->state_file != NULL &&
      g_file_get_contents (config->state_file, &now, NULL, NULL) && strcmp (now, line) == 0)
    unlink (config->state_file);
}

static int
serve (KvarDemoConfig *config)
{
  g_autoptr(KvarDemoServer) server = NULL;
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GError) error = NULL;
  g_autofree char *line = NULL;

  /* Before anybody can know that we are there and want us to end. */
  g_unix_signal_add (SIGINT, quit_cb, loop);
  g_unix_signal_add (SIGTERM, quit_cb, loop);

  server = kvar_demo_server_new (config, &error);
  if (server == NULL || !announce (config, &line, &error))
    {
      g_printerr ("kvar-demo: %s\n", error->message);
      return EXIT_FAILURE;
    }

  if (config->hold_file != NULL)
    g_thread_unref (g_thread_new ("hold", wait_for_hold, g_strdup (config->hold_file)));

  g_main_loop_run (loop);
  remove_state (config, line);

  return EXIT_SUCCESS;
}

int
main (int    argc,
      char **argv)
{
  Options options = { .config = KVAR_DEMO_CONFIG_INIT, .rows = 1000, .max_rows = 1000 };
  g_autoptr(GError) error = NULL;
  int status;

  setlocale (LC_CTYPE, "");
  signal (SIGPIPE, SIG_IGN);

  if (parse_options (&options, &argc, &argv, &error))
    status = serve (&options.config);
  else
    {
      g_printerr ("kvar-demo: %s\n", error->message);
      status = EXIT_USAGE;
    }

  options_clear (&options);

  return status;
}
