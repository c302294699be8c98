/* kvar-log.c: where messages go: the journal and a small file, with secrets taken out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kvar-log.h"

/* The file and the one before it: 2 × 1 MiB at most. */
#define FILE_MAX (1024 * 1024)

typedef struct
{
  const char *pattern;
  const char *replacement;
} Secret;

/* Better too much than too little: a log is read by strangers. */
static const Secret secrets[] = {
  /* JSON Web Tokens, whole or cut off */
  { "eyJ[A-Za-z0-9_-]{4,}(?:\\.[A-Za-z0-9_-]*){0,2}", "[token]" },
  { "(?i)\\b(bearer|basic)\\s+[^\\s\"',]+", "\\1 [token]" },
  { "\\bsb_[a-z]+_[A-Za-z0-9_-]+", "[key]" },
  /* members, parameters and headers whose name says it */
  { "(?i)((?:refresh_token|access_token|provider_token|provider_refresh_token|id_token|"
    "token_hash|token|apikey|api_key|password|current_password|secret|code_verifier|auth_code|"
    "nonce|email|phone)[\"']?\\s*[:=]\\s*)(?:\"(?:[^\"\\\\]|\\\\.)*\"?|[^\\s\"'&,;}]+)",
    "\\1[hidden]" },
  { "[^\\s\"'<>(),;:=&/?]+(?:@|%40)[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+", "[e-mail]" },
};

/* The process has one log; the lock is for the threads that write into it. */
static struct
{
  GMutex  mutex;
  char   *path;    /* (nullable): not opened, or no file to be had */
  int     fd;
} log_file = { .fd = -1 };

static GRegex *
get_regex (gsize index)
{
  static GRegex *regexes[G_N_ELEMENTS (secrets)];

  if (g_once_init_enter (&regexes[index]))
    g_once_init_leave (&regexes[index],
                       g_regex_new (secrets[index].pattern, G_REGEX_OPTIMIZE, 0, NULL));

  return regexes[index];
}

static const char *
level_name (GLogLevelFlags level)
{
  if (level & G_LOG_LEVEL_ERROR)
    return "error";
  if (level & G_LOG_LEVEL_CRITICAL)
    return "critical";
  if (level & G_LOG_LEVEL_WARNING)
    return "warning";
  if (level & G_LOG_LEVEL_MESSAGE)
    return "message";

  return "info";
}

static gboolean
is_same_file (int         fd,
              const char *path)
{
  struct stat open_file, named_file;

  return fstat (fd, &open_file) == 0 && stat (path, &named_file) == 0 &&
         open_file.st_dev == named_file.st_dev && open_file.st_ino == named_file.st_ino;
}

static void
reopen (void)
{
  if (log_file.fd >= 0)
    close (log_file.fd);
  log_file.fd = open (log_file.path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW,
                      0600);
}

/* Another process may have moved the file away under us. */
static void
ensure_room (gsize length)
{
  struct stat info;

  if (log_file.fd < 0 || !is_same_file (log_file.fd, log_file.path))
    reopen ();

  if (log_file.fd >= 0 && fstat (log_file.fd, &info) == 0 &&
      info.st_size > 0 && info.st_size + length > FILE_MAX)
    {
      g_autofree char *earlier = g_strconcat (log_file.path, ".1", NULL);

      if (g_rename (log_file.path, earlier) == 0)
        reopen ();
    }
}

/* One line in one write, so that processes do not mix theirs. */
static void
write_line (GLogLevelFlags  level,
            const char     *domain,
            const char     *message)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S");
  g_autofree char *line = NULL;
  gsize length;

  line = g_strdup_printf ("%s.%03dZ %s %s[%d]: %s", time,
                          g_date_time_get_microsecond (now) / 1000, level_name (level),
                          domain != NULL ? domain : "-", (int)getpid (), message);
  for (char *c = line; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';

  length = strlen (line);
  line[length] = '\n';

  g_mutex_lock (&log_file.mutex);
  ensure_room (length + 1);
  if (log_file.fd >= 0 && write (log_file.fd, line, length + 1) < 0)
    errno = 0;    /* a full disk costs the line, nothing else */
  g_mutex_unlock (&log_file.mutex);
}

static char *
dup_field (const GLogField *fields,
           gsize            n_fields,
           const char      *key)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, key))
      return fields[i].length < 0 ? g_strdup (fields[i].value)
                                  : g_strndup (fields[i].value, fields[i].length);

  return NULL;
}

/* What libraries whisper stays out of the file; what we note there is nothing for a
 * terminal. */
static gboolean
is_for_file (GLogLevelFlags  level,
             const char     *domain)
{
  if (level & G_LOG_LEVEL_DEBUG)
    return FALSE;

  return (level & G_LOG_LEVEL_INFO) == 0 ||
         (domain != NULL && g_str_has_prefix (domain, "kvar"));
}

static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         user_data)
{
  g_autofree char *domain = dup_field (fields, n_fields, "GLIB_DOMAIN");
  gboolean for_file = is_for_file (level, domain);
  g_autofree GLogField *clean = NULL;
  g_autofree char *message = NULL;
  g_autofree char *redacted = NULL;

  if (!for_file && g_log_writer_default_would_drop (level, domain))
    return G_LOG_WRITER_HANDLED;

  message = dup_field (fields, n_fields, "MESSAGE");
  redacted = kvar_log_redact (message != NULL ? message : "");
  clean = g_memdup2 (fields, n_fields * sizeof *fields);
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (clean[i].key, "MESSAGE"))
      {
        clean[i].value = redacted;
        clean[i].length = -1;
      }

  if (for_file)
    write_line (level, domain, redacted);
  if (for_file && (level & G_LOG_LEVEL_INFO) != 0 && g_log_writer_is_journald (STDERR_FILENO))
    return g_log_writer_journald (level, clean, n_fields, user_data);

  return g_log_writer_default (level, clean, n_fields, user_data);
}

/**
 * kvar_log_open:
 * @state_dir: where kvar.log lies
 *
 * Sends everything that is logged from here on through the redaction, to where GLib sends
 * it (the journal, or the terminal) and to the file. Once per process, before threads.
 */
void
kvar_log_open (const char *state_dir)
{
  g_return_if_fail (state_dir != NULL);
  g_return_if_fail (log_file.path == NULL);

  log_file.path = g_build_filename (state_dir, "kvar.log", NULL);
  g_log_writer_default_set_use_stderr (TRUE);    /* kvar-cli's data goes to the other one */
  g_log_set_writer_func (write_log, NULL, NULL);
}

/**
 * kvar_log_redact:
 *
 * Returns: (transfer full): @text without tokens, keys, passwords and e-mail addresses
 */
char *
kvar_log_redact (const char *text)
{
  g_autofree char *clean = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  clean = g_utf8_make_valid (text, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      char *next = g_regex_replace (get_regex (i), clean, -1, 0, secrets[i].replacement, 0,
                                    NULL);

      /* A text that the expressions choke on is not logged at all. */
      g_free (clean);
      clean = next != NULL ? next : g_strdup ("[not logged]");
    }

  return g_steal_pointer (&clean);
}
