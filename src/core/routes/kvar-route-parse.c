/* kvar-route-parse.c: reads routes and kvar: URIs, wherever they come from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Links, D-Bus and the state file bring routes that nobody has checked, so that everything
 * is either understood whole or refused. Only a query where there is nothing to choose is
 * let go: a link from an e-mail may carry tokens in it, which no history may keep.
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "kvar-error.h"
#include "routes/kvar-route-private.h"

#define SCHEME    "kvar:"
#define FALLBACK  "/records"
#define ROUTE_MAX (64 * 1024)

/* What a segment after the first means. */
typedef enum
{
  TAKES_NOTHING,
  TAKES_NAME,
  TAKES_KEY,
  TAKES_PATH,
} Takes;

/* One kind of route, by its first segment and how many follow. */
typedef struct
{
  const char *first;
  guint       n_more;
  Takes       last;
  KvarPlace   place;
} Form;

static const Form forms[] = {
  { "", 0, TAKES_NOTHING, KVAR_PLACE_HOME },
  { "records", 0, TAKES_NOTHING, KVAR_PLACE_RECORDS },
  { "records", 1, TAKES_NAME, KVAR_PLACE_TABLE },
  { "records", 2, TAKES_KEY, KVAR_PLACE_RECORD },
  { "read", 0, TAKES_NOTHING, KVAR_PLACE_READ },
  { "read", 1, TAKES_NAME, KVAR_PLACE_READ },
  { "read", 2, TAKES_KEY, KVAR_PLACE_ARTICLE },
  { "reports", 0, TAKES_NOTHING, KVAR_PLACE_REPORTS },
  { "reports", 1, TAKES_NAME, KVAR_PLACE_REPORT },
  { "exports", 0, TAKES_NOTHING, KVAR_PLACE_EXPORTS },
  { "drafts", 0, TAKES_NOTHING, KVAR_PLACE_DRAFTS },
  { "files", 0, TAKES_NOTHING, KVAR_PLACE_FILES },
  { "files", 1, TAKES_NAME, KVAR_PLACE_FILE },
  { "files", 2, TAKES_PATH, KVAR_PLACE_FILE },
  { "account", 0, TAKES_NOTHING, KVAR_PLACE_ACCOUNT },
  { "login", 0, TAKES_NOTHING, KVAR_PLACE_LOGIN },
  { "connect", 0, TAKES_NOTHING, KVAR_PLACE_CONNECT },
};

static void
set_invalid (GError **error)
{
  g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_INVALID,
                       _("This link leads nowhere in Kvar."));
}

static gboolean
is_host (const char *host)
{
  return *host != '\0' && strlen (host) <= 255 &&
         strspn (host, "abcdefghijklmnopqrstuvwxyz0123456789.-:[]") == strlen (host);
}

/* kvar:///path, kvar://host/path, kvar://connect?…; gives back the path and what follows. */
static char *
split_uri (const char  *uri,
           char       **host,
           GError     **error)
{
  const char *rest = uri + strlen (SCHEME);
  g_autofree char *authority = NULL;
  gsize length;

  if (!g_str_has_prefix (rest, "//"))
    return g_strdup (rest);

  rest += 2;
  length = strcspn (rest, "/?#");
  authority = g_ascii_strdown (rest, length);
  rest += length;
  if (g_str_equal (authority, "connect") && (*rest == '?' || *rest == '\0'))
    return g_strconcat ("/connect", rest, NULL);

  if (*authority != '\0')
    {
      if (!is_host (authority))
        {
          set_invalid (error);
          return NULL;
        }
      *host = g_steal_pointer (&authority);
    }

  return g_strdup (*rest == '/' ? rest : "/");
}

static gboolean
check_spelling (const char  *text,
                GError     **error)
{
  if (strlen (text) <= ROUTE_MAX && g_utf8_validate (text, -1, NULL) &&
      !kvar_route_has_control (text) && strpbrk (text, "\\#") == NULL)
    return TRUE;

  set_invalid (error);

  return FALSE;
}

static const Form *
find_form (const char *const *segments,
           guint              n_segments)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      const Form *form = &forms[i];
      guint n_more = n_segments - 1;

      if (g_str_equal (form->first, segments[0]) &&
          (form->n_more == n_more || (form->last == TAKES_PATH && n_more > form->n_more)))
        return form;
    }

  return NULL;
}

/* The segments from the third on, plain; any of them may hold an encoded slash. */
static char *
dup_file_path (const char *const *segments)
{
  g_autofree char *joined = g_strjoinv ("/", (char **)segments);
  g_autofree char *path = g_uri_unescape_string (joined, NULL);
  g_auto(GStrv) parts = NULL;

  if (path == NULL || !g_utf8_validate (path, -1, NULL) || kvar_route_has_control (path))
    return NULL;

  parts = g_strsplit (path, "/", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] == '\0' || kvar_route_is_dots (parts[i]))
      return NULL;

  return g_steal_pointer (&path);
}

static gboolean
read_segments (KvarRoute          *self,
               const Form         *form,
               const char *const  *segments)
{
  if (form->n_more == 0)
    return TRUE;

  self->name = kvar_route_dup_value (segments[1]);
  if (self->name == NULL || kvar_route_has_control (self->name))
    return FALSE;

  if (form->last == TAKES_PATH)
    {
      self->key = dup_file_path (segments + 2);
      return self->key != NULL;
    }

  if (form->last != TAKES_KEY)
    return TRUE;

  if (self->place == KVAR_PLACE_RECORD && g_str_equal (segments[2], "new"))
    {
      self->place = KVAR_PLACE_NEW_RECORD;
      return TRUE;
    }

  self->key = kvar_route_dup_canonical_key (segments[2]);

  return self->key != NULL;
}

static gboolean
takes_query (KvarRoute *self)
{
  switch (self->place)
    {
    case KVAR_PLACE_TABLE:
    case KVAR_PLACE_NEW_RECORD:
    case KVAR_PLACE_REPORT:
    case KVAR_PLACE_CONNECT:
      return TRUE;

    case KVAR_PLACE_READ:
      return self->name != NULL;

    default:
      return FALSE;
    }
}

static void
read_login (KvarRoute  *self,
            const char *query)
{
  g_autofree char *reason = kvar_route_dup_parameter (query, "reason");
  g_autofree char *from = kvar_route_dup_parameter (query, "from");

  if (reason != NULL && kvar_route_is_reason (reason))
    self->reason = g_steal_pointer (&reason);
  if (from != NULL)
    self->from = kvar_route_safe_from (from);
}

/* Anything else than an id is no draft, but may be something to a later Kvar. */
static void
read_draft (KvarRoute *self)
{
  g_autofree char *draft = NULL;

  if (self->place != KVAR_PLACE_NEW_RECORD)
    return;

  draft = kvar_route_dup_parameter (self->query, "draft");
  if (draft != NULL && g_uuid_string_is_valid (draft))
    self->draft = g_steal_pointer (&draft);
}

static gboolean
read_query (KvarRoute  *self,
            const char *query)
{
  g_autofree char *canonical = kvar_route_dup_query (query);

  if (canonical == NULL)
    return FALSE;

  if (takes_query (self))
    self->query = g_steal_pointer (&canonical);
  read_draft (self);

  return TRUE;
}

/* A slash at the end says nothing; any other empty segment is a mistake. */
static char **
split_path (const char *path)
{
  g_auto(GStrv) segments = g_strsplit (path, "/", -1);
  guint n_segments = g_strv_length (segments);

  if (n_segments > 2 && *segments[n_segments - 1] == '\0')
    g_clear_pointer (&segments[--n_segments], g_free);
  for (guint i = 2; i < n_segments; i++)
    if (*segments[i] == '\0')
      return NULL;

  return g_steal_pointer (&segments);
}

static KvarRoute *
parse_path (const char  *path,
            const char  *query,
            GError     **error)
{
  g_auto(GStrv) split = split_path (path);
  g_autoptr(KvarRoute) self = NULL;
  const char *const *segments;
  const Form *form;

  if (split == NULL)
    {
      set_invalid (error);
      return NULL;
    }

  /* Before the first slash there is nothing. */
  segments = (const char *const *)split + 1;
  form = find_form (segments, g_strv_length ((char **)segments));
  self = form != NULL ? kvar_route_new_blank (form->place) : NULL;
  if (self == NULL || !read_segments (self, form, segments))
    {
      set_invalid (error);
      return NULL;
    }

  if (self->place == KVAR_PLACE_LOGIN && query != NULL)
    read_login (self, query);
  else if (query != NULL && *query != '\0' && !read_query (self, query))
    {
      set_invalid (error);
      return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * kvar_route_parse:
 * @route: a local route or a kvar: URI
 *
 * Returns: (transfer full) (nullable): what it means, or %NULL with @error set to
 *   %KVAR_ERROR_INVALID. Whatever it is given, one of the two.
 */
KvarRoute *
kvar_route_parse (const char  *route,
                  GError     **error)
{
  g_autofree char *text = NULL;
  g_autofree char *host = NULL;
  g_autoptr(KvarRoute) self = NULL;
  char *mark;

  g_return_val_if_fail (route != NULL, NULL);

  if (!check_spelling (route, error))
    return NULL;

  if (g_ascii_strncasecmp (route, SCHEME, strlen (SCHEME)) == 0)
    text = split_uri (route, &host, error);
  else
    text = g_strdup (route);
  if (text == NULL)
    return NULL;

  if (text[0] != '/' || text[1] == '/')
    {
      set_invalid (error);
      return NULL;
    }

  mark = strchr (text, '?');
  if (mark != NULL)
    *mark = '\0';
  self = parse_path (text, mark != NULL ? mark + 1 : NULL, error);
  if (self == NULL)
    return NULL;

  self->host = g_steal_pointer (&host);

  return g_steal_pointer (&self);
}

const char *
kvar_route_first_segment (KvarPlace place)
{
  if (place == KVAR_PLACE_NEW_RECORD)
    place = KVAR_PLACE_RECORD;

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (forms[i].place == place)
      return forms[i].first;

  g_assert_not_reached ();
}

/* No segment that could be taken for another place by somebody less careful. */
static gboolean
has_safe_path (const char *route)
{
  g_autofree char *path = g_strndup (route, strcspn (route, "?"));
  g_autofree char *plain = g_uri_unescape_string (path, NULL);
  g_auto(GStrv) segments = NULL;

  if (plain == NULL || !g_utf8_validate (plain, -1, NULL) || kvar_route_has_control (plain) ||
      strchr (plain, '\\') != NULL)
    return FALSE;

  segments = g_strsplit (plain, "/", -1);
  for (guint i = 0; segments[i] != NULL; i++)
    if (kvar_route_is_dots (segments[i]))
      return FALSE;

  return TRUE;
}

/**
 * kvar_route_safe_from:
 * @from: (nullable): where somebody says to go after signing in
 *
 * Returns: (transfer full): @from in its one spelling if it is a route of this window and
 *   nothing else, otherwise "/records"
 */
char *
kvar_route_safe_from (const char *from)
{
  g_autoptr(KvarRoute) route = NULL;
  g_autofree char *safe = NULL;

  if (from == NULL || *from != '/' || strlen (from) > KVAR_ROUTE_FROM_MAX ||
      !check_spelling (from, NULL) || !has_safe_path (from))
    return g_strdup (FALLBACK);

  route = kvar_route_parse (from, NULL);
  if (route == NULL || route->place == KVAR_PLACE_LOGIN || route->place == KVAR_PLACE_CONNECT)
    return g_strdup (FALLBACK);

  safe = kvar_route_to_string (route);

  return strlen (safe) <= KVAR_ROUTE_FROM_MAX ? g_steal_pointer (&safe) : g_strdup (FALLBACK);
}
