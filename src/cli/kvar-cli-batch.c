/* kvar-cli-batch.c: The verb api with --batch: a request a line in, an answer a line out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-cli"

#include "config.h"

#include "kvar-cli-api.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "kvar-error-text.h"
#include "kvar-error.h"
#include "records/kvar-json-rows.h"
#include "records/kvar-json-text.h"

/* Reads a member of the line's object as JSON, with every digit as it stood in the line. */
static char *
member_json (KvarJsonRows *line,
             const char   *name)
{
  int cell = kvar_json_rows_find (line, name);
  const char *text = cell >= 0 ? kvar_json_rows_get_text (line, cell, NULL) : NULL;
  GString *quoted;

  if (text == NULL)
    return NULL;
  if (kvar_json_rows_get_is_raw (line, cell))
    return g_strdup (text);

  quoted = g_string_new (NULL);
  kvar_json_text_append_quoted (quoted, text);
  return g_string_free (quoted, FALSE);
}

static const char *
member_text (KvarJsonRows *line,
             const char   *name)
{
  int cell = kvar_json_rows_find (line, name);

  return cell >= 0 && !kvar_json_rows_get_is_raw (line, cell)
           ? kvar_json_rows_get_text (line, cell, NULL)
           : NULL;
}

static KvarRequest *
parse_line (const char  *line,
            GError     **error)
{
  g_autofree char *array = g_strdup_printf ("[%s]", line);
  g_autoptr(GBytes) bytes = g_bytes_new (array, strlen (array));
  g_autoptr(KvarJsonRows) rows = kvar_json_rows_new (bytes, NULL);
  g_autoptr(KvarRequest) request = NULL;
  g_autofree char *body = NULL;
  const char *method;

  if (rows == NULL || !kvar_json_rows_next (rows, NULL) || member_text (rows, "path") == NULL)
    {
      g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_INVALID,
                           _("The line is not an object with a path."));
      return NULL;
    }

  body = member_json (rows, "body");
  method = member_text (rows, "method");
  if (method == NULL)
    method = body != NULL ? "POST" : "GET";

  request = kvar_cli_api_request (method, member_text (rows, "path"), error);
  if (request != NULL && body != NULL)
    {
      g_autoptr(GBytes) sent = g_bytes_new (body, strlen (body));

      kvar_request_set_body (request, "application/json", sent);
    }

  return g_steal_pointer (&request);
}

/* A JSON text on one line: newlines stand only between its tokens, where a space does as well. */
static void
append_on_one_line (GString *out,
                    GBytes  *json)
{
  gsize size;
  const char *data = g_bytes_get_data (json, &size);
  gsize start = out->len;

  g_string_append_len (out, data, size);
  for (gsize i = start; i < out->len; i++)
    if (out->str[i] == '\n' || out->str[i] == '\r')
      out->str[i] = ' ';
}

static void
append_body (GString   *out,
             KvarReply *reply)
{
  GBytes *body = kvar_reply_get_body (reply);
  g_autofree char *text = NULL;

  if (body == NULL || g_bytes_get_size (body) == 0)
    {
      g_string_append (out, "null");
      return;
    }

  text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  if (kvar_json_text_check (text, NULL))
    {
      append_on_one_line (out, body);
    }
  else
    {
      g_autofree char *valid = g_utf8_make_valid (text, -1);

      kvar_json_text_append_quoted (out, valid);
    }
}

/* Answers one line. Returns the error that stands for the line, if any. */
static GError *
answer_line (KvarSession *session,
             const char  *line,
             GString     *out)
{
  g_autoptr(KvarRequest) request = NULL;
  g_autoptr(KvarReply) reply = NULL;
  GError *error = NULL;

  request = parse_line (line, &error);
  if (request != NULL)
    reply = kvar_cli_api_send (session, request, &error);

  if (reply == NULL)
    {
      g_autofree char *sentence = g_error_matches (error, KVAR_ERROR, KVAR_ERROR_INVALID)
                                    ? g_strdup (error->message)
                                    : kvar_error_text (error);

      g_string_append (out, "{\"error\":");
      kvar_json_text_append_quoted (out, sentence);
      g_string_append (out, "}\n");
      return error;
    }

  g_string_append_printf (out, "{\"status\":%d,\"body\":", kvar_reply_get_status (reply));
  append_body (out, reply);
  g_string_append (out, "}\n");
  kvar_reply_check (reply, kvar_request_get_service (request), &error);
  return error;
}

/**
 * kvar_cli_api_batch:
 *
 * Reads NDJSON requests from standard input until its end and answers each, in order. A line that
 * fails does not stop the rest; the end of the session does.
 *
 * Returns: how the program is to end
 */
KvarCliExit
kvar_cli_api_batch (KvarSession *session)
{
  char *line = NULL;
  size_t size = 0;
  KvarCliExit exit_code = KVAR_CLI_DONE;

  while (getline (&line, &size, stdin) >= 0)
    {
      g_autoptr(GString) out = g_string_new (NULL);
      g_autoptr(GError) error = NULL;

      if (*g_strstrip (line) == '\0')
        continue;

      error = answer_line (session, line, out);
      fwrite (out->str, 1, out->len, stdout);
      fflush (stdout);
      if (error != NULL)
        exit_code = KVAR_CLI_PARTLY;
      if (g_error_matches (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT))
        {
          exit_code = kvar_cli_report (error);
          break;
        }
    }

  free (line);
  return exit_code;
}
