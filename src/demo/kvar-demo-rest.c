/* kvar-demo-rest.c: PostgREST's half of the demo: one exchange in, one reply out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-data.h"
#include "kvar-demo-rest-private.h"
#include "kvar-demo-sql-functions.h"

struct _KvarDemoRest
{
  const KvarDemoConfig *config;
  KvarDemoDatabase     *database;
  KvarDemoClock        *clock;
};

/**
 * kvar_demo_rest_new:
 *
 * Makes the sample tables and fills them where they are missing. All three arguments outlive the
 * object.
 */
KvarDemoRest *
kvar_demo_rest_new (const KvarDemoConfig *config,
                    KvarDemoDatabase     *database,
                    KvarDemoClock        *clock)
{
  KvarDemoRest *self = g_new0 (KvarDemoRest, 1);

  self->config = config;
  self->database = database;
  self->clock = clock;

  kvar_demo_sql_functions_register (kvar_demo_database_get_handle (database));
  kvar_demo_data_ensure (database, config->rows);

  return self;
}

void
kvar_demo_rest_free (KvarDemoRest *self)
{
  g_free (self);
}

static gboolean
match_media (const char    *name,
             KvarDemoMedia *media)
{
  static const struct { const char *name; KvarDemoMedia media; } types[] = {
    { "*/*", KVAR_DEMO_MEDIA_JSON },
    { "application/*", KVAR_DEMO_MEDIA_JSON },
    { "application/json", KVAR_DEMO_MEDIA_JSON },
    { "application/vnd.pgrst.array+json", KVAR_DEMO_MEDIA_JSON },
    { "application/vnd.pgrst.object+json", KVAR_DEMO_MEDIA_OBJECT },
    { "application/vnd.pgrst.object", KVAR_DEMO_MEDIA_OBJECT },
    { "application/openapi+json", KVAR_DEMO_MEDIA_OPENAPI },
    { "text/csv", KVAR_DEMO_MEDIA_CSV },
    { "text/*", KVAR_DEMO_MEDIA_CSV },
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_ascii_strcasecmp (types[i].name, name) == 0)
      {
        *media = types[i].media;
        return TRUE;
      }

  return FALSE;
}

/* The first media type of Accept that there is. */
static gboolean
choose_media (KvarDemoRequest   *request,
              gboolean           root,
              KvarDemoSqlError **error)
{
  const char *accept = kvar_demo_exchange_get_header (request->exchange, "Accept");
  g_auto(GStrv) names = g_strsplit (accept != NULL ? accept : "*/*", ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      names[i][strcspn (names[i], ";")] = '\0';
      if (match_media (g_strstrip (names[i]), &request->media) &&
          (root ? request->media == KVAR_DEMO_MEDIA_JSON ||
                  request->media == KVAR_DEMO_MEDIA_OPENAPI
                : request->media != KVAR_DEMO_MEDIA_OPENAPI))
        return TRUE;
    }

  kvar_demo_sql_error_set (error, "PGRST107", "None of these media types are available: %s",
                           accept);

  return FALSE;
}

static gboolean
check_profile (KvarDemoRequest   *request,
               KvarDemoSqlError **error)
{
  gboolean reads = strcmp (request->exchange->method, "GET") == 0 ||
                   strcmp (request->exchange->method, "HEAD") == 0;
  const char *profile;

  profile = kvar_demo_exchange_get_header (request->exchange,
                                           reads ? "Accept-Profile" : "Content-Profile");
  if (profile == NULL || strcmp (profile, "public") == 0)
    return TRUE;

  kvar_demo_sql_error_set (error, "PGRST106", "Invalid schema: %s", profile);
  kvar_demo_sql_error_explain (error, NULL, "Only the following schemas are exposed: public");

  return FALSE;
}

/* What may be done with a relation, whoever asks; all views of the sample are updatable. */
static gboolean
reply_options (KvarDemoRequest     *request,
               const KvarDemoTable *table)
{
  gboolean keyed = table->primary_key.name != NULL || table->view_base != NULL;

  kvar_demo_exchange_reply (request->exchange, 200, NULL, NULL, 0);
  kvar_demo_exchange_add_header (request->exchange, "Allow",
                                 keyed ? "OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE"
                                       : "OPTIONS,GET,HEAD,POST,PATCH,DELETE");

  return TRUE;
}

static gboolean
handle_table (KvarDemoRequest   *request,
              const char        *name,
              KvarDemoSqlError **error)
{
  static const char * const writes[] = { "POST", "PATCH", "PUT", "DELETE", NULL };
  const KvarDemoTable *table = kvar_demo_schema_find_table (name);
  const char *method = request->exchange->method;
  KvarDemoSource source = { table };

  if (table == NULL)
    {
      g_autofree char *hint = kvar_demo_schema_suggest (name);

      kvar_demo_sql_error_set (error, "PGRST205", "Could not find the table 'public.%s' in the "
                               "schema cache", name);
      kvar_demo_sql_error_explain (error, NULL, hint);
      return FALSE;
    }

  if (strcmp (method, "OPTIONS") == 0)
    return reply_options (request, table);

  if (g_strv_contains (writes, method))
    return kvar_demo_request_write (request, table, error);

  return kvar_demo_request_read (request, &source, TRUE, error);
}

static gboolean
handle (KvarDemoRequest   *request,
        KvarDemoSqlError **error)
{
  static const char * const methods[] = {
    "GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS", NULL
  };
  char **segments = request->exchange->segments;
  guint n = g_strv_length (segments);
  gboolean call = n == 2 && strcmp (segments[0], "rpc") == 0;
  gboolean by_get = strcmp (request->exchange->method, "GET") == 0 ||
                    strcmp (request->exchange->method, "HEAD") == 0;

  if (!g_strv_contains (methods, request->exchange->method))
    {
      kvar_demo_sql_error_set (error, "PGRST117", "Unsupported HTTP method: %s",
                               request->exchange->method);
      return FALSE;
    }

  if (n > 1 && !call)
    {
      kvar_demo_sql_error_set (error, "PGRST125", "Invalid path specified in request URL");
      return FALSE;
    }

  if (!check_profile (request, error) || !choose_media (request, n == 0, error))
    return FALSE;

  if (n == 0)
    return kvar_demo_request_describe (request, error);

  request->prefer = kvar_demo_prefer_parse (kvar_demo_exchange_get_header (request->exchange,
                                                                           "Prefer"), error);
  if (request->prefer == NULL)
    return FALSE;
  request->scope.zone = request->prefer->zone;

  request->query = kvar_demo_query_parse (request->exchange->query, call && by_get, error);
  if (request->query == NULL)
    return FALSE;

  return call ? kvar_demo_request_call (request, segments[1], error)
              : handle_table (request, segments[0], error);
}

/**
 * kvar_demo_rest_handle:
 * @exchange: its token is already judged: the server answers PGRST301 and PGRST303 itself
 */
void
kvar_demo_rest_handle (KvarDemoRest     *self,
                       KvarDemoExchange *exchange)
{
  g_autoptr(KvarDemoSqlError) error = NULL;
  KvarDemoRequest request = {
    .rest = self,
    .config = self->config,
    .database = self->database,
    .handle = kvar_demo_database_get_handle (self->database),
    .exchange = exchange,
    .scope = {
      .role = exchange->role,
      .user_id = exchange->user_id,
      .now_usec = kvar_demo_clock_get_usec (self->clock),
      .max_rows = self->config->max_rows,
    },
  };

  if (!handle (&request, &error))
    kvar_demo_request_refuse (&request, error);

  kvar_demo_prefer_free (request.prefer);
  kvar_demo_query_free (request.query);
}
