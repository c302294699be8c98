/* kvar-demo-prefer.c: the Prefer header: what was asked, and what was heeded
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-prefer.h"

/* By KvarDemoReturn and by KvarDemoResolution. */
static const char * const answers[] = { "", "minimal", "headers-only", "representation", NULL };
static const char * const resolutions[] = { "", "merge-duplicates", "ignore-duplicates", NULL };

static const char * const counts[] = { "exact", "planned", "estimated", NULL };
static const char * const missings[] = { "default", "null", NULL };
static const char * const handlings[] = { "strict", "lenient", NULL };
static const char * const transactions[] = { "commit", "rollback", NULL };

static gboolean
take_index (const char * const *words,
            const char         *value,
            int                *index)
{
  for (int i = 1; words[i] != NULL; i++)
    if (strcmp (words[i], value) == 0)
      {
        *index = i;
        return TRUE;
      }

  return FALSE;
}

static gboolean
take_word (const char * const  *words,
           const char          *value,
           char               **field)
{
  if (!g_strv_contains (words, value))
    return FALSE;

  if (field != NULL && *field == NULL)
    *field = g_strdup (value);

  return TRUE;
}

static gboolean
take_timezone (KvarDemoPrefer *self,
               const char     *value)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier (value);

  if (zone == NULL)
    return FALSE;

  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self->timezone);
  self->zone = g_steal_pointer (&zone);
  self->timezone = g_strdup (value);

  return TRUE;
}

static gboolean
take_max_affected (KvarDemoPrefer *self,
                   const char     *value)
{
  char *end;
  gint64 number = g_ascii_strtoll (value, &end, 10);

  if (*value == '\0' || *end != '\0' || number < 0)
    return FALSE;

  self->max_affected = number;

  return TRUE;
}

/* Whether the preference is a known one. The server is not set to roll back, so tx is heard but
 * not heeded. */
static gboolean
take_preference (KvarDemoPrefer *self,
                 const char     *name,
                 const char     *value)
{
  int index;

  if (strcmp (name, "return") == 0 && take_index (answers, value, &index))
    self->answer = index;
  else if (strcmp (name, "resolution") == 0 && take_index (resolutions, value, &index))
    self->resolution = index;
  else if (strcmp (name, "count") == 0)
    return take_word (counts, value, &self->count);
  else if (strcmp (name, "missing") == 0)
    return take_word (missings, value, &self->missing);
  else if (strcmp (name, "handling") == 0)
    return take_word (handlings, value, &self->handling);
  else if (strcmp (name, "tx") == 0)
    return take_word (transactions, value, NULL);
  else if (strcmp (name, "timezone") == 0)
    return take_timezone (self, value);
  else if (strcmp (name, "max-affected") == 0)
    return take_max_affected (self, value);
  else
    return FALSE;

  return TRUE;
}

/**
 * kvar_demo_prefer_parse:
 * @header: (nullable)
 *
 * Returns: (transfer full) (nullable): the preferences; %NULL when handling=strict was asked and
 *   one of them is unknown
 */
KvarDemoPrefer *
kvar_demo_prefer_parse (const char        *header,
                        KvarDemoSqlError **error)
{
  g_autoptr(KvarDemoPrefer) self = g_new0 (KvarDemoPrefer, 1);
  g_auto(GStrv) pieces = g_strsplit (header != NULL ? header : "", ",", -1);
  g_autoptr(GString) unknown = g_string_new (NULL);

  self->max_affected = -1;

  for (guint i = 0; pieces[i] != NULL; i++)
    {
      g_auto(GStrv) pair = g_strsplit (g_strstrip (pieces[i]), "=", 2);

      if (*pieces[i] == '\0')
        continue;

      if (g_strv_length (pair) < 2 || !take_preference (self, pair[0], pair[1]))
        g_string_append_printf (unknown, "%s%s", unknown->len > 0 ? ", " : "", pieces[i]);
    }

  if (unknown->len > 0 && g_strcmp0 (self->handling, "strict") == 0)
    {
      g_autofree char *details = g_strdup_printf ("Invalid preferences: %s", unknown->str);

      kvar_demo_sql_error_set (error, "PGRST122", "Invalid preferences given with "
                               "handling=strict");
      kvar_demo_sql_error_explain (error, details, NULL);
      return NULL;
    }

  if (g_strcmp0 (self->handling, "strict") != 0)
    self->max_affected = -1;

  return g_steal_pointer (&self);
}

void
kvar_demo_prefer_free (KvarDemoPrefer *self)
{
  if (self == NULL)
    return;

  g_free (self->count);
  g_free (self->missing);
  g_free (self->handling);
  g_free (self->timezone);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self);
}

static void
append (GString    *out,
        const char *name,
        const char *value)
{
  if (value != NULL && *value != '\0')
    g_string_append_printf (out, "%s%s=%s", out->len > 0 ? ", " : "", name, value);
}

/**
 * kvar_demo_prefer_get_applied:
 * @write: whether the request wrote
 *
 * Returns: (transfer full) (nullable): the value of Preference-Applied
 */
char *
kvar_demo_prefer_get_applied (const KvarDemoPrefer *self,
                              gboolean              write)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_autofree char *most = NULL;

  if (write)
    {
      append (out, "resolution", resolutions[self->resolution]);
      append (out, "missing", self->missing);
      append (out, "return", answers[self->answer]);
    }
  append (out, "count", self->count);
  append (out, "handling", self->handling);
  append (out, "timezone", self->timezone);
  if (write && self->max_affected >= 0)
    {
      most = g_strdup_printf ("%" G_GINT64_FORMAT, self->max_affected);
      append (out, "max-affected", most);
    }

  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}
