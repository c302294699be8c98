/* kvar-demo-rpc.c: calling the sample's functions, by POST and by GET
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-body.h"
#include "kvar-demo-kvar-schema.h"
#include "kvar-demo-rest-private.h"
#include "kvar-demo-sequence.h"

/* How long a statement may run, as the hosted service sets it. */
#define TIMEOUT_ANON 3.0
#define TIMEOUT_USER 8.0

/* A call with its arguments read: null where the default is meant. */
typedef struct
{
  KvarDemoRequest        *request;
  const KvarDemoFunction *function;
  GArray                 *values;  /* of KvarDemoValue, one for each argument */
  GPtrArray              *given;   /* names, in the caller's order */
} Call;

typedef gboolean (*CallFunc) (Call              *call,
                              KvarDemoSqlError **error);

static const KvarDemoValue *
get_argument (Call  *call,
              guint  i)
{
  return &g_array_index (call->values, KvarDemoValue, i);
}

static const char *
get_text (Call       *call,
          guint       i,
          const char *otherwise)
{
  const KvarDemoValue *value = get_argument (call, i);

  return value->storage == SQLITE_TEXT ? value->text : otherwise;
}

static gboolean
reply_scalar (Call       *call,
              const char *body)
{
  KvarDemoExchange *exchange = call->request->exchange;

  kvar_demo_exchange_reply (exchange, 200, "application/json; charset=utf-8",
                            strcmp (exchange->method, "HEAD") == 0 ? NULL : body, -1);
  kvar_demo_exchange_add_header (exchange, "Content-Range", "0-0/*");

  return TRUE;
}

static gboolean
reply_void (Call *call)
{
  kvar_demo_exchange_reply (call->request->exchange, 204, NULL, NULL, 0);
  kvar_demo_exchange_add_header (call->request->exchange, "Content-Range", "0-0/*");

  return TRUE;
}

static gboolean
add_numbers (Call              *call,
             KvarDemoSqlError **error)
{
  const KvarDemoValue *b = get_argument (call, 1);
  gint64 sum = get_argument (call, 0)->integer + (b->storage == SQLITE_INTEGER ? b->integer : 1);
  g_autofree char *body = g_strdup_printf ("%" G_GINT64_FORMAT, sum);

  if (sum > G_MAXINT32 || sum < G_MININT32)
    {
      kvar_demo_sql_error_set (error, "22003", "integer out of range");
      return FALSE;
    }

  return reply_scalar (call, body);
}

static gboolean
fail_http (Call              *call,
           KvarDemoSqlError **error)
{
  kvar_demo_sql_error_set (error, "PT402", "%s", get_text (call, 1, ""));
  kvar_demo_sql_error_explain (error, get_text (call, 0, ""), "pay first");

  return FALSE;
}

static gboolean
fail_plain (Call              *call,
            KvarDemoSqlError **error)
{
  kvar_demo_sql_error_set (error, "P0001", "%s", get_text (call, 0, ""));
  kvar_demo_sql_error_explain (error, "the detail", "the hint");

  return FALSE;
}

static gboolean
job_stats (Call              *call,
           KvarDemoSqlError **error)
{
  KvarDemoSource source = {
    .table = call->function->rows,
    .from = "(SELECT status, count(*) AS jobs, kvar_unscaled(sum(kvar_scaled(total, 2)), 2) "
            "AS total FROM \"public.jobs\" GROUP BY status) t0",
    .order = "t0.status",
  };

  return kvar_demo_request_read (call->request, &source, FALSE, error);
}

static gboolean
search_jobs (Call              *call,
             KvarDemoSqlError **error)
{
  g_autoptr(GArray) values = kvar_demo_values_new ();
  KvarDemoSource source = {
    .table = call->function->rows,
    .where = "kvar_like(t0.title, ?, 1) AND t0.price >= ?",
    .order = "t0.ref",
    .values = values,
  };
  KvarDemoValue pattern = { .storage = SQLITE_TEXT };
  KvarDemoValue price = { .storage = SQLITE_TEXT };

  pattern.text = g_strdup_printf ("%%%s%%", get_text (call, 0, ""));
  price.text = g_strdup (get_text (call, 1, "0"));
  g_array_append_val (values, pattern);
  g_array_append_val (values, price);

  return kvar_demo_request_read (call->request, &source, FALSE, error);
}

static gboolean
slow (Call              *call,
      KvarDemoSqlError **error)
{
  double seconds = get_argument (call, 0)->real;
  double timeout = strcmp (call->request->scope.role, "anon") == 0 ? TIMEOUT_ANON : TIMEOUT_USER;

  call->request->exchange->delay_ms = CLAMP (seconds, 0, timeout) * 1000;
  if (seconds <= timeout)
    return reply_void (call);

  kvar_demo_sql_error_set (error, "57014", "canceling statement due to statement timeout");

  return FALSE;
}

static gboolean
touch_job (Call              *call,
           KvarDemoSqlError **error)
{
  KvarDemoRequest *request = call->request;
  g_autoptr(sqlite3_stmt) statement = NULL;

  if (strcmp (request->exchange->method, "POST") != 0)
    {
      kvar_demo_sql_error_set (error, "25006", "cannot execute UPDATE in a read-only transaction");
      return FALSE;
    }

  if (!kvar_demo_scope_check (&request->scope, kvar_demo_schema_find_table ("jobs"),
                              KVAR_DEMO_MAY_UPDATE, error))
    return FALSE;

  kvar_demo_database_exec (request->database, "BEGIN IMMEDIATE");
  statement = kvar_demo_database_prepare (request->database, "UPDATE \"public.jobs\" SET "
                                          "updated_at = ?, tags = ?, details = ifnull(?, details), "
                                          "_xmin = ? WHERE id = ?", "issis",
                                          request->scope.now_usec, get_text (call, 1, "{}"),
                                          get_text (call, 2, NULL),
                                          kvar_demo_sequence_next (request->database,
                                                                   KVAR_DEMO_SEQUENCE_XID),
                                          get_text (call, 0, ""));
  sqlite3_step (statement);
  kvar_demo_database_exec (request->database, "COMMIT");

  return reply_void (call);
}

static gboolean
whoami (Call              *call,
        KvarDemoSqlError **error)
{
  KvarDemoExchange *exchange = call->request->exchange;
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr(KvarDemoJson) claims = NULL;
  g_autoptr(GString) body = g_string_new ("{\"uid\": ");
  g_autofree char *text = NULL;

  if (exchange->user_id != NULL)
    kvar_demo_json_append_string (body, exchange->user_id, -1);
  else
    g_string_append (body, "null");
  g_string_append_printf (body, ", \"role\": \"%s\", \"claims\": ", exchange->role);

  if (exchange->claims != NULL)
    {
      json_node_set_object (node, exchange->claims);
      text = json_to_string (node, FALSE);
      claims = kvar_demo_json_parse (text, -1, NULL);
    }
  if (claims != NULL)
    kvar_demo_json_append_jsonb (body, claims);
  else
    g_string_append_printf (body, "{\"role\": \"%s\"}", exchange->role);
  g_string_append_c (body, '}');

  return reply_scalar (call, body->str);
}

static gboolean
kvar_schema (Call              *call,
             KvarDemoSqlError **error)
{
  g_autofree char *body = kvar_demo_kvar_schema_write (call->request->scope.role);

  return reply_scalar (call, body);
}

static const struct
{
  const char *name;
  CallFunc    run;
} calls[] = {
  { "add_numbers", add_numbers },
  { "fail_http", fail_http },
  { "fail_plain", fail_plain },
  { "job_stats", job_stats },
  { "kvar_schema", kvar_schema },
  { "search_jobs", search_jobs },
  { "slow", slow },
  { "touch_job", touch_job },
  { "whoami", whoami },
};

/* No function has this name with these parameters. */
static void
refuse_unknown (const char              *name,
                GPtrArray               *given,
                const KvarDemoFunction  *near,
                KvarDemoSqlError       **error)
{
  g_autoptr(GString) list = g_string_new (NULL);
  g_autoptr(GString) hint = g_string_new (NULL);
  g_autofree char *details = NULL;

  for (guint i = 0; i < given->len; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", (char *)given->pdata[i]);

  if (given->len == 0)
    details = g_strdup_printf ("Searched for the function public.%s without parameters, but no "
                               "matches were found in the schema cache.", name);
  else
    details = g_strdup_printf ("Searched for the function public.%s with parameter%s %s or with a "
                               "single unnamed json/jsonb parameter, but no matches were found in "
                               "the schema cache.", name, given->len > 1 ? "s" : "", list->str);

  if (near != NULL)
    {
      g_string_printf (hint, "Perhaps you meant to call the function public.%s(", name);
      for (guint i = 0; i < near->n_arguments; i++)
        g_string_append_printf (hint, "%s%s", i > 0 ? ", " : "", near->arguments[i].name);
      g_string_append_c (hint, ')');
    }

  if (given->len > 0)
    kvar_demo_sql_error_set (error, "PGRST202", "Could not find the function public.%s(%s) in the "
                             "schema cache", name, list->str);
  else
    kvar_demo_sql_error_set (error, "PGRST202", "Could not find the function public.%s without "
                             "parameters in the schema cache", name);
  kvar_demo_sql_error_explain (error, details, near != NULL ? hint->str : NULL);
}

static int
find_argument (const KvarDemoFunction *function,
               const char             *name)
{
  for (guint i = 0; i < function->n_arguments; i++)
    if (strcmp (function->arguments[i].name, name) == 0)
      return i;

  return -1;
}

static gboolean
fits (const KvarDemoFunction *function,
      GPtrArray              *given)
{
  for (guint i = 0; i < given->len; i++)
    if (find_argument (function, given->pdata[i]) < 0)
      return FALSE;

  for (guint i = 0; i < function->n_arguments; i++)
    if (!function->arguments[i].has_default &&
        !g_ptr_array_find_with_equal_func (given, function->arguments[i].name, g_str_equal, NULL))
      return FALSE;

  return TRUE;
}

static gboolean
set_argument (Call              *call,
              const char        *name,
              const char        *text,
              KvarDemoSqlError **error)
{
  int i = find_argument (call->function, name);
  KvarDemoValue *value = &g_array_index (call->values, KvarDemoValue, i);

  return text == NULL || kvar_demo_type_parse (&call->function->arguments[i].type, text,
                                               call->request->scope.now_usec, value, error);
}

/* The body of a POST; none at all is an empty object. */
static KvarDemoBody *
read_body (KvarDemoRequest   *request,
           KvarDemoSqlError **error)
{
  g_autoptr(GBytes) empty = g_bytes_new_static ("{}", 2);
  GBytes *body = request->exchange->body;

  return kvar_demo_body_parse (g_bytes_get_size (body) > 0 ? body : empty,
                               kvar_demo_exchange_get_header (request->exchange, "Content-Type"),
                               NULL, error);
}

/* Names and values, from the body or from the query; then the function runs. */
static gboolean
run (Call              *call,
     const char        *name,
     KvarDemoBody      *body,
     CallFunc           function,
     KvarDemoSqlError **error)
{
  GPtrArray *arguments = call->request->query->arguments;

  if (call->function == NULL || !fits (call->function, call->given))
    {
      refuse_unknown (name, call->given, call->function, error);
      return FALSE;
    }

  if (!call->function->anonymous && strcmp (call->request->scope.role, "anon") == 0)
    {
      kvar_demo_sql_error_set (error, "42501", "permission denied for function %s", name);
      return FALSE;
    }

  g_array_set_size (call->values, call->function->n_arguments);
  for (guint i = 0; i < call->values->len; i++)
    g_array_index (call->values, KvarDemoValue, i).storage = SQLITE_NULL;

  for (guint i = 0; body == NULL && i < arguments->len; i += 2)
    if (!set_argument (call, arguments->pdata[i], arguments->pdata[i + 1], error))
      return FALSE;

  for (guint i = 0; body != NULL && body->rows->len > 0 && i < body->names->len; i++)
    {
      const char *argument = body->names->pdata[i];
      int at = find_argument (call->function, argument);
      GPtrArray *cells = body->rows->pdata[0];
      g_autofree char *text = NULL;

      text = kvar_demo_body_to_text (cells->pdata[i], &call->function->arguments[at].type);
      if (!set_argument (call, argument, text, error))
        return FALSE;
    }

  return function (call, error);
}

/**
 * kvar_demo_request_call:
 * @name: of the function
 *
 * Replies with what the function gives.
 */
gboolean
kvar_demo_request_call (KvarDemoRequest   *self,
                        const char        *name,
                        KvarDemoSqlError **error)
{
  g_autoptr(GArray) values = kvar_demo_values_new ();
  g_autoptr(GPtrArray) given = g_ptr_array_new ();
  g_autoptr(KvarDemoBody) body = NULL;
  Call call = { self, kvar_demo_schema_find_function (name), values, given };
  const char *method = self->exchange->method;
  CallFunc function = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    if (strcmp (calls[i].name, name) == 0)
      function = calls[i].run;

  if (strcmp (name, "kvar_schema") == 0 && !self->config->kvar_schema)
    call.function = NULL;

  if (strcmp (method, "OPTIONS") == 0 && call.function != NULL)
    {
      kvar_demo_exchange_reply (self->exchange, 200, NULL, NULL, 0);
      kvar_demo_exchange_add_header (self->exchange, "Allow",
                                     strcmp (call.function->volatility, "volatile") == 0
                                     ? "OPTIONS,POST" : "OPTIONS,GET,HEAD,POST");
      return TRUE;
    }

  if (strcmp (method, "POST") != 0 && strcmp (method, "GET") != 0 &&
      strcmp (method, "HEAD") != 0 && strcmp (method, "OPTIONS") != 0)
    {
      kvar_demo_sql_error_set (error, "PGRST101", "Cannot use the %s method on RPC", method);
      return FALSE;
    }

  if (strcmp (method, "POST") == 0)
    {
      body = read_body (self, error);
      if (body == NULL)
        return FALSE;
    }

  for (guint i = 0; body == NULL && i < self->query->arguments->len; i += 2)
    g_ptr_array_add (given, self->query->arguments->pdata[i]);
  for (guint i = 0; body != NULL && i < body->names->len; i++)
    g_ptr_array_add (given, body->names->pdata[i]);

  return run (&call, name, body, function, error);
}
