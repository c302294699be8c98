/* kvar-test-log.c: the promises of every session, checked on what kvar-demo has noted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "kvar-json.h"
#include "kvar-test-log.h"

#define MOST_REFUSED 2
#define MOST_UNDUE   10
#define UNDUE_WINDOW (5 * 60 * 1000.0)

/* When a token may be renewed ahead of time, as a part of its life. */
#define DUE 0.75

/* One line; times are in ms by the system's clock. */
typedef struct
{
  char    *line;
  double   begin;
  double   end;
  char    *method;
  char    *path;
  char    *session;    /* (nullable) */
  char    *token;
  char    *request;    /* (nullable) */
  char    *grant;      /* (nullable) */
  gint64   status;     /* 0: given up before the server looked at it */
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->line);
  g_free (entry->method);
  g_free (entry->path);
  g_free (entry->session);
  g_free (entry->token);
  g_free (entry->request);
  g_free (entry->grant);
  g_free (entry);
}

static Entry *
entry_new (const char *line)
{
  g_autoptr(GBytes) bytes = g_bytes_new (line, strlen (line));
  g_autoptr(JsonObject) object = kvar_json_parse_object (bytes, NULL);
  Entry *entry = g_new0 (Entry, 1);

  g_assert_nonnull (object);
  entry->line = g_strdup (line);
  entry->begin = json_object_get_double_member (object, "begin");
  entry->end = json_object_get_double_member (object, "end");
  entry->method = g_strdup (kvar_json_get_string (object, "method", NULL));
  entry->path = g_strdup (kvar_json_get_string (object, "path", NULL));
  entry->session = g_strdup (kvar_json_get_string (object, "session", NULL));
  entry->token = g_strdup (kvar_json_get_string (object, "token", NULL));
  entry->request = g_strdup (kvar_json_get_string (object, "request", NULL));
  entry->grant = g_strdup (kvar_json_get_string (object, "grant", NULL));
  kvar_json_get_int (object, "status", &entry->status, NULL);

  return entry;
}

static int
compare_begin (gconstpointer a,
               gconstpointer b)
{
  const Entry *one = *(Entry *const *)a;
  const Entry *other = *(Entry *const *)b;

  return (one->begin > other->begin) - (one->begin < other->begin);
}

static GPtrArray *
read_entries (const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  GPtrArray *entries = g_ptr_array_new_with_free_func (entry_free);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      g_ptr_array_add (entries, entry_new (lines[i]));
  g_ptr_array_sort (entries, compare_begin);

  return entries;
}

static gboolean
is_renewal (const Entry *entry)
{
  return g_strcmp0 (entry->grant, "refresh_token") == 0;
}

static gboolean
overlaps_renewal (GPtrArray *entries,
                  guint      position)
{
  const Entry *entry = g_ptr_array_index (entries, position);

  for (guint i = 0; is_renewal (entry) && i < position; i++)
    {
      const Entry *before = g_ptr_array_index (entries, i);

      if (is_renewal (before) && before->end > entry->begin &&
          g_strcmp0 (before->session, entry->session) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_as_nobody (const Entry *entry)
{
  static const char *const doors[] = { "/auth/v1/token", "/auth/v1/health", "/auth/v1/settings" };

  for (guint i = 0; i < G_N_ELEMENTS (doors); i++)
    if (g_str_equal (entry->path, doors[i]))
      return FALSE;

  return entry->status != 0 && g_str_equal (entry->token, "none");
}

static gboolean
is_made_again (GPtrArray *entries,
               guint      position)
{
  const Entry *entry = g_ptr_array_index (entries, position);
  gboolean reads = g_str_equal (entry->method, "GET") || g_str_equal (entry->method, "HEAD");

  if (reads || entry->request == NULL || entry->status < 200 || entry->status >= 300)
    return FALSE;

  for (guint i = 0; i < position; i++)
    {
      const Entry *before = g_ptr_array_index (entries, i);

      if (g_strcmp0 (before->request, entry->request) == 0 &&
          before->status >= 200 && before->status < 300)
        return TRUE;
    }

  return FALSE;
}

/* PostgREST's 401 is about the token, whatever this server thinks of it. */
static gboolean
is_refused (const Entry *entry)
{
  return entry->status == 401 || (entry->status >= 400 && !g_str_equal (entry->token, "none") &&
                                  !g_str_equal (entry->token, "good"));
}

static gboolean
is_refused_again (GPtrArray *entries,
                  guint      position)
{
  const Entry *entry = g_ptr_array_index (entries, position);
  guint n = 1;

  if (entry->request == NULL || !is_refused (entry))
    return FALSE;

  for (guint i = 0; i < position; i++)
    {
      const Entry *before = g_ptr_array_index (entries, i);

      n += is_refused (before) && g_strcmp0 (before->request, entry->request) == 0;
    }

  return n > MOST_REFUSED;
}

/* Measured from the last token that was handed out; a try again after that counts too. */
static gboolean
is_undue (GPtrArray *entries,
          guint      position,
          guint      access_ttl)
{
  const Entry *entry = g_ptr_array_index (entries, position);

  if (!is_renewal (entry))
    return FALSE;

  for (guint i = position; i > 0; i--)
    {
      const Entry *before = g_ptr_array_index (entries, i - 1);

      if (before->grant != NULL && before->status == 200 &&
          g_strcmp0 (before->session, entry->session) == 0)
        return entry->begin - before->end < DUE * access_ttl * 1000.0;
    }

  return FALSE;
}

static gboolean
is_one_too_many (GPtrArray *entries,
                 guint      position,
                 guint      access_ttl)
{
  const Entry *last = g_ptr_array_index (entries, position);
  guint n = 0;

  if (!is_undue (entries, position, access_ttl))
    return FALSE;

  for (guint i = position + 1; i > 0; i--)
    {
      const Entry *entry = g_ptr_array_index (entries, i - 1);

      if (entry->begin < last->begin - UNDUE_WINDOW)
        break;
      n += is_undue (entries, i - 1, access_ttl);
    }

  return n > MOST_UNDUE;
}

char *
kvar_test_log_find_breach (const char *text,
                           guint       access_ttl)
{
  g_autoptr(GPtrArray) entries = read_entries (text);

  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (entries, i);
      const char *breach = NULL;

      if (overlaps_renewal (entries, i))
        breach = "I1, renewed twice at once";
      else if (is_as_nobody (entry))
        breach = "I3, asked as nobody";
      else if (is_made_again (entries, i))
        breach = "I4, changed twice";
      else if (is_refused_again (entries, i))
        breach = "I7, sent again and again";
      else if (is_one_too_many (entries, i, access_ttl))
        breach = "I7, renewed too often";

      if (breach != NULL)
        return g_strdup_printf ("%s: %s", breach, entry->line);
    }

  return NULL;
}
