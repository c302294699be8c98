/* kvar-demo-control.c: the demo's control: /demo/… as tests and the tour ask for it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-control.h"

/* A ban that is taken off by hand; GoTrue itself bans for a hundred years. */
#define LONG_BAN (876000 * G_TIME_SPAN_HOUR)

typedef void (*Handler) (KvarDemoControl  *self,
                         KvarDemoExchange *exchange,
                         JsonObject       *body);

static void
reply_ok (KvarDemoExchange *exchange)
{
  kvar_demo_exchange_reply_json (exchange, 200, json_object_new ());
}

static void
reply_wrong (KvarDemoExchange *exchange,
             guint             status,
             const char       *message)
{
  JsonObject *error = json_object_new ();

  json_object_set_string_member (error, "message", message);
  kvar_demo_exchange_reply_json (exchange, status, error);
}

static const char *
get_text (JsonObject *object,
          const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

static void
post_fault (KvarDemoControl  *self,
            KvarDemoExchange *exchange,
            JsonObject       *body)
{
  if (kvar_demo_faults_add (self->faults, body))
    reply_ok (exchange);
  else
    reply_wrong (exchange, 400, "There is no fault of this kind.");
}

static void
post_clear (KvarDemoControl  *self,
            KvarDemoExchange *exchange,
            JsonObject       *body)
{
  kvar_demo_faults_clear (self->faults);
  kvar_demo_log_clear (self->log);
  self->release (self->release_data);
  reply_ok (exchange);
}

static void
post_release (KvarDemoControl  *self,
              KvarDemoExchange *exchange,
              JsonObject       *body)
{
  self->release (self->release_data);
  reply_ok (exchange);
}

static void
get_clock (KvarDemoControl  *self,
           KvarDemoExchange *exchange,
           JsonObject       *body)
{
  JsonObject *reply = json_object_new ();

  json_object_set_int_member (reply, "now", kvar_demo_clock_get_seconds (self->clock));
  kvar_demo_exchange_reply_json (exchange, 200, reply);
}

static void
post_clock (KvarDemoControl  *self,
            KvarDemoExchange *exchange,
            JsonObject       *body)
{
  kvar_demo_clock_advance (self->clock,
                           json_object_get_double_member_with_default (body, "advance", 0));
  get_clock (self, exchange, body);
}

static void
post_revoke (KvarDemoControl  *self,
             KvarDemoExchange *exchange,
             JsonObject       *body)
{
  const char *email = get_text (body, "user");
  const char *session_id = get_text (body, "session");
  JsonObject *reply;

  if (email == NULL && session_id == NULL &&
      !json_object_get_boolean_member_with_default (body, "all", FALSE))
    {
      reply_wrong (exchange, 400, "Whose sessions? Give a user, a session, or all.");
      return;
    }

  reply = json_object_new ();
  json_object_set_int_member (reply, "sessions",
                              kvar_demo_auth_revoke (self->auth, email, session_id));
  kvar_demo_exchange_reply_json (exchange, 200, reply);
}

static gint64
get_end_of_ban (KvarDemoControl *self,
                JsonObject      *body)
{
  const char *until = get_text (body, "until");
  gint64 seconds = json_object_get_int_member_with_default (body, "seconds", 0);
  gint64 now = kvar_demo_clock_get_usec (self->clock);
  g_autoptr(GDateTime) end = until != NULL ? g_date_time_new_from_iso8601 (until, NULL) : NULL;

  if (json_object_get_boolean_member_with_default (body, "off", FALSE))
    return 0;

  if (end != NULL)
    return g_date_time_to_unix (end) * G_USEC_PER_SEC;

  return seconds > 0 ? now + seconds * G_USEC_PER_SEC : now + LONG_BAN;
}

static void
post_ban (KvarDemoControl  *self,
          KvarDemoExchange *exchange,
          JsonObject       *body)
{
  const char *email = get_text (body, "user");

  if (email != NULL && kvar_demo_auth_ban (self->auth, email, get_end_of_ban (self, body)))
    reply_ok (exchange);
  else
    reply_wrong (exchange, 404, "There is no such user.");
}

static void
post_delete (KvarDemoControl  *self,
             KvarDemoExchange *exchange,
             JsonObject       *body)
{
  const char *email = get_text (body, "user");

  if (email != NULL && kvar_demo_auth_remove (self->auth, email))
    reply_ok (exchange);
  else
    reply_wrong (exchange, 404, "There is no such user.");
}

static void
post_options (KvarDemoControl  *self,
              KvarDemoExchange *exchange,
              JsonObject       *body)
{
  KvarDemoConfig *config = self->config;
  JsonObject *reply = json_object_new ();

#define NUMBER(name, field) \
  config->field = json_object_get_int_member_with_default (body, name, config->field); \
  json_object_set_int_member (reply, name, config->field)

  NUMBER ("access_ttl", access_ttl);
  NUMBER ("reuse_interval", reuse_interval);
  NUMBER ("jwt_leeway", jwt_leeway);
  NUMBER ("max_rows", max_rows);
  NUMBER ("latency", latency_ms);
  NUMBER ("rate_burst", rate_burst);

#undef NUMBER

  config->rate_per_second = json_object_get_double_member_with_default (body, "rate_per_second",
                                                                        config->rate_per_second);
  json_object_set_double_member (reply, "rate_per_second", config->rate_per_second);
  kvar_demo_exchange_reply_json (exchange, 200, reply);
}

static void
get_log (KvarDemoControl  *self,
         KvarDemoExchange *exchange,
         JsonObject       *body)
{
  kvar_demo_exchange_reply (exchange, 200, "application/x-ndjson",
                            kvar_demo_log_get_text (self->log), -1);
}

static const struct {
  const char *method;
  const char *name;
  Handler     handler;
} routes[] = {
  { "POST", "fault", post_fault },
  { "POST", "clear", post_clear },
  { "POST", "release", post_release },
  { "GET", "clock", get_clock },
  { "POST", "clock", post_clock },
  { "POST", "revoke", post_revoke },
  { "POST", "ban", post_ban },
  { "POST", "delete", post_delete },
  { "POST", "options", post_options },
  { "GET", "log", get_log },
};

/* The request's JSON object; an empty body is an empty one. */
static JsonObject *
parse_body (KvarDemoExchange *exchange)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  gsize length;
  const char *text = g_bytes_get_data (exchange->body, &length);

  if (length == 0)
    return json_object_new ();

  if (!json_parser_load_from_data (parser, text, length, NULL) ||
      json_parser_get_root (parser) == NULL ||
      !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return NULL;

  return json_node_dup_object (json_parser_get_root (parser));
}

/**
 * kvar_demo_control_handle:
 *
 * Carries out one /demo/… request; kvar-demo-faults.h lists them.
 */
void
kvar_demo_control_handle (KvarDemoControl  *self,
                          KvarDemoExchange *exchange)
{
  g_autoptr(JsonObject) body = parse_body (exchange);
  const char *name = exchange->segments[0];

  if (body == NULL)
    {
      reply_wrong (exchange, 400, "The body is not a JSON object.");
      return;
    }

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (routes); i++)
    if (strcmp (routes[i].name, name) == 0 && strcmp (routes[i].method, exchange->method) == 0)
      {
        routes[i].handler (self, exchange, body);
        return;
      }

  reply_wrong (exchange, 404, "There is no such control.");
}
