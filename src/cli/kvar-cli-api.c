/* kvar-cli-api.c: The verb api: one request to the project, its body to standard output.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-cli"

#include "config.h"

#include "kvar-cli-api.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "kvar-cli-command.h"
#include "kvar-error.h"

/**
 * kvar_cli_api_request:
 * @path: from the project's root, with or without the first slash
 *
 * Makes a request out of what a person or a script wrote.
 *
 * Returns: (transfer full) (nullable): the request, or %NULL with %KVAR_ERROR_INVALID
 */
KvarRequest *
kvar_cli_api_request (const char  *method,
                      const char  *path,
                      GError     **error)
{
  g_autofree char *rooted = NULL;

  if (strstr (path, "://") != NULL || g_str_has_prefix (path, "//"))
    {
      g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_INVALID,
                           _("Give the path only, such as /rest/v1/jobs; Kvar adds the "
                             "project's address."));
      return NULL;
    }
  for (const char *p = path; *p != '\0'; p++)
    if ((guchar)*p <= ' ' || *p == 0x7f)
      {
        g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_INVALID,
                             _("The path holds a space or a control character; write a space "
                               "as %20."));
        return NULL;
      }

  rooted = *path == '/' ? g_strdup (path) : g_strconcat ("/", path, NULL);
  return kvar_request_new (method, rooted);
}

/**
 * kvar_cli_api_send:
 *
 * Sends a request through the session and waits.
 *
 * Returns: (transfer full) (nullable): any answer of the server, or %NULL when there was none
 */
KvarReply *
kvar_cli_api_send (KvarSession  *session,
                   KvarRequest  *request,
                   GError      **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_session_send_async (session, request, NULL, kvar_cli_keep_result, &result);
  kvar_cli_await (&result);

  return kvar_session_send_finish (session, result, error);
}

static gboolean
add_headers (KvarRequest        *request,
             const char *const  *headers,
             GError            **error)
{
  for (guint i = 0; headers != NULL && headers[i] != NULL; i++)
    {
      g_auto(GStrv) parts = g_strsplit (headers[i], ":", 2);
      const char *name = parts[0] != NULL ? g_strstrip (parts[0]) : "";

      if (parts[0] == NULL || parts[1] == NULL || *name == '\0')
        {
          g_set_error (error, KVAR_ERROR, KVAR_ERROR_INVALID,
                       /* Translators: %s is what the person wrote after -H. */
                       _("“%s” is not a header; write “Name: value”."), headers[i]);
          return FALSE;
        }
      if (g_ascii_strcasecmp (name, "authorization") == 0
          || g_ascii_strcasecmp (name, "apikey") == 0)
        {
          g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_INVALID,
                               _("Kvar itself adds the key and the sign-in to each request."));
          return FALSE;
        }
      kvar_request_set_header (request, name, g_strstrip (parts[1]));
    }

  return TRUE;
}

static GBytes *
read_stdin (void)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  guint8 buffer[65536];
  gsize n;

  while ((n = fread (buffer, 1, sizeof buffer, stdin)) > 0)
    g_byte_array_append (bytes, buffer, n);

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static GBytes *
read_body (const char  *data,
           GError     **error)
{
  char *contents = NULL;
  gsize length;

  if (g_str_equal (data, "-"))
    return read_stdin ();
  if (*data != '@')
    return g_bytes_new (data, strlen (data));
  if (!g_file_get_contents (data + 1, &contents, &length, NULL))
    {
      g_set_error (error, KVAR_ERROR, KVAR_ERROR_INVALID,
                   /* Translators: %s is the name of a file. */
                   _("The file %s can't be read."), data + 1);
      return NULL;
    }

  return g_bytes_new_take (contents, length);
}

static KvarRequest *
build_request (const char         *method,
               const char         *path,
               const char         *data,
               const char *const  *headers,
               GError            **error)
{
  const char *verb = method != NULL ? method : data != NULL ? "POST" : "GET";
  g_autoptr(KvarRequest) request = kvar_cli_api_request (verb, path, error);

  if (request == NULL)
    return NULL;
  if (data != NULL)
    {
      g_autoptr(GBytes) body = read_body (data, error);

      if (body == NULL)
        return NULL;
      kvar_request_set_body (request, "application/json", body);
    }
  if (!add_headers (request, headers, error))
    return NULL;

  return g_steal_pointer (&request);
}

static KvarCliExit
send_one (KvarSession *session,
          KvarRequest *request)
{
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;
  GBytes *body;

  reply = kvar_cli_api_send (session, request, &error);
  if (reply == NULL)
    return kvar_cli_report (error);

  body = kvar_reply_get_body (reply);
  if (body != NULL && g_bytes_get_size (body) > 0)
    {
      gsize size;
      const char *data = g_bytes_get_data (body, &size);

      fwrite (data, 1, size, stdout);
      if (data[size - 1] != '\n')
        fputc ('\n', stdout);
      fflush (stdout);
    }

  if (!kvar_reply_check (reply, kvar_request_get_service (request), &error))
    return kvar_cli_report (error);
  return KVAR_CLI_DONE;
}

KvarCliExit
kvar_cli_api (KvarCliContext  *context,
              int              argc,
              char           **argv)
{
  g_autofree char *method = NULL;
  g_autofree char *data = NULL;
  g_auto(GStrv) headers = NULL;
  gboolean batch = FALSE;
  g_autoptr(KvarSession) session = NULL;
  g_autoptr(KvarRequest) request = NULL;
  g_autoptr(GError) error = NULL;
  KvarCliExit exit_code;
  const GOptionEntry entries[] = {
    { "method", 'X', 0, G_OPTION_ARG_STRING, &method, N_("The method; GET, or POST with a body"),
      N_("METHOD") },
    { "header", 'H', 0, G_OPTION_ARG_STRING_ARRAY, &headers, N_("A header"), "'K: V'" },
    { "data", 'd', 0, G_OPTION_ARG_STRING, &data,
      N_("The body: itself, @ and a file, or - for standard input"), N_("BODY") },
    { "batch", 0, 0, G_OPTION_ARG_NONE, &batch,
      N_("Read requests from standard input, one JSON object a line, and answer likewise"), NULL },
    { NULL }
  };

  if (!kvar_cli_command_parse ("api", entries, &argc, &argv, &exit_code))
    return exit_code;
  if (batch ? (argc > 1 || method != NULL || data != NULL || headers != NULL) : argc != 2)
    return kvar_cli_usage ("api", _("It takes one path, or --batch alone."));

  if (!batch)
    {
      request = build_request (method, argv[1], data, (const char *const *)headers, &error);
      if (request == NULL)
        return kvar_cli_usage ("api", error->message);
    }

  session = kvar_cli_context_open_session (context, &error);
  if (session == NULL)
    return kvar_cli_report (error);

  return batch ? kvar_cli_api_batch (session) : send_one (session, request);
}
