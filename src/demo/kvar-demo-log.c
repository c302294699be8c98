/* kvar-demo-log.c: the request log: one line of JSON for every answer, without secrets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <errno.h>
#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

#include "kvar-demo-log.h"

/* What GET /demo/log gives; a demo that runs for days must not grow without end. */
#define MAX_TEXT (16 * 1024 * 1024)

struct _KvarDemoLog
{
  FILE    *file;    /* (nullable) */
  GString *text;
  gint64   n;
};

/**
 * kvar_demo_log_new:
 * @path: (nullable): the file to append to; without one only the text is kept
 *
 * Returns: (transfer full): the log, or %NULL with @error set
 */
KvarDemoLog *
kvar_demo_log_new (const char  *path,
                   GError     **error)
{
  g_autoptr(KvarDemoLog) self = g_new0 (KvarDemoLog, 1);

  self->text = g_string_new (NULL);

  if (path == NULL)
    return g_steal_pointer (&self);

  self->file = fopen (path, "ae");
  if (self->file == NULL)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
                   "Cannot write the log “%s”: %s", path, g_strerror (code));
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
kvar_demo_log_free (KvarDemoLog *self)
{
  if (self->file != NULL)
    fclose (self->file);
  g_string_free (self->text, TRUE);
  g_free (self);
}

static const char *
get_role (KvarDemoExchange *exchange)
{
  if (strcmp (exchange->role, "service_role") == 0)
    return "service";

  return strcmp (exchange->role, "authenticated") == 0 ? "user" : "anon";
}

static const char *
get_token (KvarDemoExchange *exchange)
{
  static const char *const states[] = {
    [KVAR_DEMO_TOKEN_NONE] = "none",           [KVAR_DEMO_TOKEN_GOOD] = "good",
    [KVAR_DEMO_TOKEN_MALFORMED] = "malformed", [KVAR_DEMO_TOKEN_BAD] = "bad",
    [KVAR_DEMO_TOKEN_EXPIRED] = "expired",     [KVAR_DEMO_TOKEN_FUTURE] = "future",
  };

  return states[exchange->token_state];
}

static void
set_text (JsonObject *entry,
          const char *name,
          const char *value)
{
  if (value != NULL)
    json_object_set_string_member (entry, name, value);
  else
    json_object_set_null_member (entry, name);
}

/* The query of REST is what tests ask for; Auth's may carry secrets. */
static char *
get_shown_path (KvarDemoExchange *exchange)
{
  if (exchange->query != NULL && g_str_has_prefix (exchange->path, "/rest/v1"))
    return g_strconcat (exchange->path, "?", exchange->query, NULL);

  return g_strdup (exchange->path);
}

/**
 * kvar_demo_log_add:
 * @begin: µs since 1970 by the system's clock, which no fault moves
 * @fault: (nullable): its kind
 *
 * Notes an answered exchange. A dropped answer has the status that it would have had. What a
 * client calls its request in X-Request-Id tells one that was sent twice from two that are alike.
 */
void
kvar_demo_log_add (KvarDemoLog      *self,
                   KvarDemoExchange *exchange,
                   gint64            begin,
                   const char       *fault)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *path = get_shown_path (exchange);
  g_autofree char *line = NULL;
  JsonObject *entry = json_object_new ();

  json_object_set_double_member (entry, "begin", begin / 1000.0);
  json_object_set_double_member (entry, "end", g_get_real_time () / 1000.0);
  json_object_set_int_member (entry, "n", ++self->n);
  json_object_set_string_member (entry, "method", exchange->method);
  json_object_set_string_member (entry, "path", path);
  set_text (entry, "session", exchange->session_id);
  json_object_set_string_member (entry, "role", get_role (exchange));
  json_object_set_string_member (entry, "token", get_token (exchange));
  set_text (entry, "request", kvar_demo_exchange_get_header (exchange, "X-Request-Id"));
  json_object_set_int_member (entry, "status", exchange->status);
  set_text (entry, "grant", exchange->grant);
  json_object_set_boolean_member (entry, "rotated", exchange->rotated);
  json_object_set_boolean_member (entry, "parent", exchange->parent);
  json_object_set_boolean_member (entry, "reused", exchange->reused);
  set_text (entry, "fault", fault);

  json_node_take_object (node, entry);
  line = json_to_string (node, FALSE);

  if (self->text->len > MAX_TEXT)
    g_string_erase (self->text, 0, strchr (self->text->str + MAX_TEXT / 2, '\n') + 1
                                   - self->text->str);
  g_string_append_printf (self->text, "%s\n", line);

  if (self->file != NULL)
    {
      fprintf (self->file, "%s\n", line);
      fflush (self->file);
    }
}

/**
 * kvar_demo_log_get_text:
 *
 * Returns: (transfer none): all lines, NDJSON
 */
const char *
kvar_demo_log_get_text (KvarDemoLog *self)
{
  return self->text->str;
}

/**
 * kvar_demo_log_clear:
 *
 * Forgets the lines that kvar_demo_log_get_text() would give; the file keeps them.
 */
void
kvar_demo_log_clear (KvarDemoLog *self)
{
  g_string_truncate (self->text, 0);
}
