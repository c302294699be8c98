/* kvar-diagnostics.c: what somebody needs who is to find out what went wrong, without secrets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Written for an administrator, so in English like the log. It is handed to strangers: nothing
 * of it may tell a password, a token, who somebody is, or what stands in a record.
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include <string.h>

#include "kvar-diagnostics.h"
#include "kvar-log.h"

#define TRACE_LINES 80
#define LOG_LINES   200

typedef struct
{
  const char *pattern;
  const char *replacement;
} Rule;

/* What the server said may quote a row, and so may anything between quotation marks; a query
 * has values in it. */
static const Rule rules[] = {
  { "\\b([1-5]\\d\\d (?:[A-Z0-9]{5,}|[a-z]+(?:_[a-z0-9]+)+|without a code)):.*$",
    "\\1: [the server's words]" },
  { "“[^”]*”|\"(?:[^\"\\\\]|\\\\.)*\"?|(?<![A-Za-z])'[^']*'", "[quoted]" },
  { "\\?[^\\s]+", "?[query]" },
};

static const char *
step_name (KvarSessionStep step)
{
  switch (step)
    {
    case KVAR_SESSION_STEP_STATE:      return "state";
    case KVAR_SESSION_STEP_GENERATION: return "generation";
    case KVAR_SESSION_STEP_ASKED:      return "asked";
    case KVAR_SESSION_STEP_VERDICT:    return "verdict";
    case KVAR_SESSION_STEP_ADOPTED:    return "adopted";
    case KVAR_SESSION_STEP_STORING:    return "storing";
    case KVAR_SESSION_STEP_STORED:     return "stored";
    case KVAR_SESSION_STEP_NOT_STORED: return "not stored";
    case KVAR_SESSION_STEP_WAITING:    return "waiting";
    case KVAR_SESSION_STEP_SERVED:     return "served";
    case KVAR_SESSION_STEP_SENT:       return "sent";
    case KVAR_SESSION_STEP_RESUMED:    return "resumed";
    default:                           return "unknown";
    }
}

static const char *
origin_name (KvarSchema *schema)
{
  if (schema == NULL)
    return "none yet";

  switch (kvar_schema_get_origin (schema))
    {
    case KVAR_SCHEMA_FUNCTION: return "kvar_schema()";
    case KVAR_SCHEMA_OPENAPI:  return "OpenAPI root";
    case KVAR_SCHEMA_FILE:     return "file";
    case KVAR_SCHEMA_TYPED:    return "typed table names";
    default:                   return "unknown";
    }
}

/**
 * kvar_diagnostics_add_program:
 *
 * Which Kvar this is, and where it runs.
 */
void
kvar_diagnostics_add_program (GString *text)
{
  g_autofree char *os = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  const char *const *languages = g_get_language_names ();
  gboolean flatpak = g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);

  g_return_if_fail (text != NULL);

  g_string_append_printf (text, "Kvar %s%s\n", KVAR_VERSION, flatpak ? " (Flatpak)" : "");
  g_string_append_printf (text, "System: %s\n", os != NULL ? os : "unknown");
  g_string_append_printf (text, "GLib: %u.%u.%u\n", glib_major_version, glib_minor_version,
                          glib_micro_version);
  g_string_append_printf (text, "Language: %s\n", languages[0]);
}

/**
 * kvar_diagnostics_add_session:
 * @session: (nullable): none where there is no project yet
 * @schema: (nullable):
 *
 * How @session is, and where what is known of the project comes from. Not who is signed in.
 */
void
kvar_diagnostics_add_session (GString     *text,
                              KvarSession *session,
                              KvarSchema  *schema)
{
  g_autoptr(GPtrArray) tables = NULL;
  KvarProject *project;

  g_return_if_fail (text != NULL);

  if (session == NULL)
    {
      g_string_append (text, "Project: none\n");
      return;
    }

  project = kvar_session_get_project (session);
  tables = schema != NULL ? kvar_schema_list_tables (schema) : NULL;
  g_string_append_printf (text, "Project: %s\n", kvar_project_get_is_demo (project)
                                                   ? "demo"
                                                   : kvar_project_get_url (project));
  g_string_append_printf (text, "Session: %s\n",
                          kvar_session_state_to_string (kvar_session_get_state (session)));
  g_string_append_printf (text, "Keeps secrets: %s\n",
                          kvar_session_get_stores_secrets (session) ? "yes" : "no");
  g_string_append_printf (text, "Schema from: %s\n", origin_name (schema));
  g_string_append_printf (text, "Tables: %u\n", tables != NULL ? tables->len : 0);
}

/**
 * kvar_diagnostics_add_trace:
 *
 * What @session has done lately, the last step last, in seconds before now.
 */
void
kvar_diagnostics_add_trace (GString     *text,
                            KvarSession *session)
{
  KvarSessionTrace *trace;
  gint64 now;
  guint n;

  g_return_if_fail (text != NULL);
  g_return_if_fail (KVAR_IS_SESSION (session));

  trace = kvar_session_get_trace (session);
  now = kvar_clock_get_boottime (kvar_session_get_clock (session));
  n = kvar_session_trace_get_n (trace);
  g_string_append (text, "\nThe session, step by step (seconds ago: step, number, detail):\n");
  for (guint i = n > TRACE_LINES ? n - TRACE_LINES : 0; i < n; i++)
    {
      const KvarSessionTraceEntry *entry = kvar_session_trace_get (trace, i);

      g_string_append_printf (text, "%8.1f: %s %u %u%s%s\n",
                              (double)(now - entry->at) / KVAR_CLOCK_SECOND,
                              step_name (entry->step), entry->number, entry->detail,
                              entry->word != NULL ? " " : "",
                              entry->word != NULL ? entry->word : "");
    }
}

/**
 * kvar_diagnostics_clean_line:
 * @line: of the log
 *
 * Returns: (transfer full): @line without secrets, without what a server said and without
 *   anything that is quoted in it
 */
char *
kvar_diagnostics_clean_line (const char *line)
{
  g_autofree char *clean = NULL;
  const char *home = g_get_home_dir ();

  g_return_val_if_fail (line != NULL, NULL);

  clean = kvar_log_redact (line);
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr(GRegex) regex = g_regex_new (rules[i].pattern, 0, 0, NULL);
      char *next = g_regex_replace (regex, clean, -1, 0, rules[i].replacement, 0, NULL);

      g_free (clean);
      clean = next != NULL ? next : g_strdup ("[left out]");
    }

  if (strlen (home) > 1)
    {
      g_autoptr(GString) text = g_string_new (clean);

      g_string_replace (text, home, "~", 0);
      return g_string_free (g_steal_pointer (&text), FALSE);
    }

  return g_steal_pointer (&clean);
}

static guint
find_first_of_last (char  **lines,
                    guint   n_wanted)
{
  guint n = g_strv_length (lines);

  return n > n_wanted ? n - n_wanted : 0;
}

/**
 * kvar_diagnostics_add_log:
 * @state_dir: where kvar.log lies
 *
 * The last lines of the log, each of them cleaned.
 */
void
kvar_diagnostics_add_log (GString    *text,
                          const char *state_dir)
{
  g_autofree char *path = g_build_filename (state_dir, "kvar.log", NULL);
  g_autofree char *log = NULL;
  g_auto(GStrv) lines = NULL;

  g_return_if_fail (text != NULL);

  g_string_append (text, "\nThe log:\n");
  if (!g_file_get_contents (path, &log, NULL, NULL))
    {
      g_string_append (text, "There is none.\n");
      return;
    }

  lines = g_strsplit (g_strchomp (log), "\n", -1);
  for (guint i = find_first_of_last (lines, LOG_LINES); lines[i] != NULL; i++)
    {
      g_autofree char *clean = kvar_diagnostics_clean_line (lines[i]);

      g_string_append_printf (text, "%s\n", clean);
    }
}
