/* kvar-demo-reply.c: rows and errors as PostgREST answers them: status, ranges, media types
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-rest-private.h"

static gboolean
is_head (const KvarDemoRequest *self)
{
  return strcmp (self->exchange->method, "HEAD") == 0;
}

/**
 * kvar_demo_request_refuse:
 *
 * Replies with @error.
 */
void
kvar_demo_request_refuse (KvarDemoRequest  *self,
                          KvarDemoSqlError *error)
{
  gboolean anonymous = strcmp (self->exchange->role, "anon") == 0;
  guint status = kvar_demo_sql_error_get_status (error, anonymous);
  g_autofree char *body = kvar_demo_sql_error_to_json (error);
  g_autofree char *proxy = g_strdup_printf ("PostgREST; error=%s", error->code);

  kvar_demo_exchange_reply (self->exchange, status, "application/json; charset=utf-8",
                            is_head (self) ? NULL : body, -1);
  kvar_demo_exchange_add_header (self->exchange, "Proxy-Status", proxy);
  if (status == 401)
    kvar_demo_exchange_add_header (self->exchange, "WWW-Authenticate", "Bearer");
}

void
kvar_demo_request_add_applied (KvarDemoRequest *self,
                               gboolean         write)
{
  g_autofree char *applied = kvar_demo_prefer_get_applied (self->prefer, write);

  if (applied != NULL)
    kvar_demo_exchange_add_header (self->exchange, "Preference-Applied", applied);
}

/**
 * kvar_demo_request_append_rows:
 *
 * Reads all rows in the media type that was asked for.
 *
 * Returns: how many there were
 */
guint
kvar_demo_request_append_rows (KvarDemoRequest *self,
                               KvarDemoReader  *reader,
                               GString         *rows)
{
  if (self->media == KVAR_DEMO_MEDIA_CSV)
    return kvar_demo_reader_append_csv (reader, rows);

  return kvar_demo_reader_append_json (reader, rows);
}

/**
 * kvar_demo_request_reply_rows:
 * @rows: (transfer full): rows as kvar_demo_request_append_rows() wrote them
 *
 * Replies with the rows, or fails when a single one was asked for and there is another number.
 */
gboolean
kvar_demo_request_reply_rows (KvarDemoRequest   *self,
                              guint              status,
                              GString           *rows,
                              guint              n_rows,
                              KvarDemoSqlError **error)
{
  const char *type = "application/json; charset=utf-8";
  g_autofree char *details = NULL;

  if (self->media == KVAR_DEMO_MEDIA_OBJECT && n_rows != 1)
    {
      details = g_strdup_printf ("The result contains %u rows", n_rows);
      kvar_demo_sql_error_set (error, "PGRST116", "Cannot coerce the result to a single JSON "
                               "object");
      kvar_demo_sql_error_explain (error, details, NULL);
      g_string_free (rows, TRUE);
      return FALSE;
    }

  if (self->media == KVAR_DEMO_MEDIA_OBJECT)
    type = "application/vnd.pgrst.object+json; charset=utf-8";
  else if (self->media == KVAR_DEMO_MEDIA_CSV)
    type = "text/csv; charset=utf-8";
  else
    {
      g_string_prepend_c (rows, '[');
      g_string_append_c (rows, ']');
    }

  kvar_demo_exchange_reply (self->exchange, status, type, NULL, 0);
  if (!is_head (self))
    {
      gsize length = rows->len;

      self->exchange->reply_body = g_bytes_new_take (g_string_free (rows, FALSE), length);
    }
  else
    g_string_free (rows, TRUE);

  return TRUE;
}

/* Cuts the query's window down to the Range header's; for GET only. */
static gboolean
heed_range (KvarDemoRequest   *self,
            KvarDemoSqlError **error)
{
  const char *header = kvar_demo_exchange_get_header (self->exchange, "Range");
  gint64 first, last, end;
  char *rest;

  if (header == NULL || strcmp (self->exchange->method, "GET") != 0)
    return TRUE;

  if (g_str_has_prefix (header, "items="))
    header += strlen ("items=");
  if (!g_ascii_isdigit (*header))
    return TRUE;

  first = g_ascii_strtoll (header, &rest, 10);
  if (*rest != '-' || (rest[1] != '\0' && !g_ascii_isdigit (rest[1])))
    return TRUE;

  end = self->query->limit >= 0 ? self->query->offset + self->query->limit : G_MAXINT64;
  if (rest[1] != '\0')
    {
      last = g_ascii_strtoll (rest + 1, NULL, 10);
      if (last < first)
        {
          kvar_demo_sql_error_set (error, "PGRST103", "Requested range not satisfiable");
          kvar_demo_sql_error_explain (error, "The lower boundary must be lower than or equal to "
                                       "the upper boundary in the Range header.", NULL);
          return FALSE;
        }
      end = MIN (end, last + 1);
    }

  self->query->offset = MAX (self->query->offset, first);
  if (end < G_MAXINT64)
    self->query->limit = MAX (end - self->query->offset, 0);

  return TRUE;
}

static void
add_location (KvarDemoRequest *self)
{
  g_autofree char *parameters = kvar_demo_query_normalise (self->exchange->query);
  g_autofree char *path = g_strjoinv ("/", self->exchange->segments);
  g_autofree char *location = NULL;

  location = g_strdup_printf ("/%s%s%s", path, *parameters != '\0' ? "?" : "", parameters);
  kvar_demo_exchange_add_header (self->exchange, "Content-Location", location);
}

static void
add_range (KvarDemoRequest *self,
           guint            n_rows,
           gint64           total)
{
  g_autofree char *count = NULL;
  g_autofree char *range = NULL;
  gint64 offset = self->query->offset;

  count = total >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, total) : g_strdup ("*");
  if (n_rows > 0)
    range = g_strdup_printf ("%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/%s", offset,
                             offset + n_rows - 1, count);
  else
    range = g_strdup_printf ("*/%s", count);

  kvar_demo_exchange_add_header (self->exchange, "Content-Range", range);
}

/* Behind the last row, with a known total: an error that still tells the total */
static void
refuse_range (KvarDemoRequest *self,
              gint64           total)
{
  g_autoptr(KvarDemoSqlError) error = NULL;
  g_autofree char *details = NULL;

  details = g_strdup_printf ("An offset of %" G_GINT64_FORMAT " was requested, but there are only "
                             "%" G_GINT64_FORMAT " rows.", self->query->offset, total);
  kvar_demo_sql_error_set (&error, "PGRST103", "Requested range not satisfiable");
  kvar_demo_sql_error_explain (&error, details, NULL);
  kvar_demo_request_refuse (self, error);
}

/**
 * kvar_demo_request_read:
 * @locate: whether the reply gets a Content-Location
 *
 * Replies with what the query finds in @source.
 */
gboolean
kvar_demo_request_read (KvarDemoRequest       *self,
                        const KvarDemoSource  *source,
                        gboolean               locate,
                        KvarDemoSqlError     **error)
{
  g_autoptr(KvarDemoReader) reader = NULL;
  gint64 total = -1;
  GString *rows;
  guint n_rows, status;

  if (!heed_range (self, error))
    return FALSE;

  reader = kvar_demo_reader_new (self->handle, source, self->query, &self->scope, error);
  if (reader == NULL)
    return FALSE;

  if (self->prefer->count != NULL)
    {
      total = kvar_demo_read_count (self->handle, source, self->query, &self->scope, error);
      if (total < 0)
        return FALSE;
    }

  if (total >= 0 && self->query->offset > total)
    {
      refuse_range (self, total);
      n_rows = 0;
    }
  else
    {
      rows = g_string_sized_new (4096);
      n_rows = kvar_demo_request_append_rows (self, reader, rows);
      status = total >= 0 && n_rows < total ? 206 : 200;
      if (!kvar_demo_request_reply_rows (self, status, rows, n_rows, error))
        return FALSE;
    }

  add_range (self, n_rows, total);
  if (locate)
    add_location (self);
  kvar_demo_request_add_applied (self, FALSE);

  return TRUE;
}
