/* kvar-demo-faults.c: what to break on purpose, and how POST /demo/fault asks for it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-auth-error.h"
#include "kvar-demo-faults.h"

#define HTML_PAGE \
  "<!DOCTYPE html>\n<html><head><title>Welcome</title></head>" \
  "<body><h1>Please accept our terms of use</h1></body></html>\n"

struct _KvarDemoFaults
{
  GQueue waiting;    /* KvarDemoFault, the oldest first */
};

static const struct {
  const char        *name;
  KvarDemoFaultKind  kind;
} kinds[] = {
  { "lost-answer", KVAR_DEMO_FAULT_LOST_ANSWER },
  { "drop", KVAR_DEMO_FAULT_DROP },
  { "cut-body", KVAR_DEMO_FAULT_CUT_BODY },
  { "stall", KVAR_DEMO_FAULT_STALL },
  { "delay", KVAR_DEMO_FAULT_DELAY },
  { "html", KVAR_DEMO_FAULT_HTML },
  { "redirect", KVAR_DEMO_FAULT_REDIRECT },
  { "reply", KVAR_DEMO_FAULT_REPLY },
  { "edit", KVAR_DEMO_FAULT_EDIT },
};

static const struct {
  guint       status;
  const char *code;
  const char *message;
} auth_errors[] = {
  { 409, "conflict",
    "Too many concurrent token refresh requests on the same session or refresh token" },
  { 429, "over_request_rate_limit", "Request rate limit reached" },
  { 500, "unexpected_failure",
    "Unexpected failure, please check server logs for more information" },
  { 504, "request_timeout",
    "Processing this request timed out, please retry after a moment." },
};

KvarDemoFaults *
kvar_demo_faults_new (void)
{
  return g_new0 (KvarDemoFaults, 1);
}

void
kvar_demo_faults_free (KvarDemoFaults *self)
{
  kvar_demo_faults_clear (self);
  g_free (self);
}

void
kvar_demo_fault_free (KvarDemoFault *self)
{
  g_free (self->name);
  g_free (self->match);
  g_free (self->method);
  g_free (self->code);
  g_free (self->message);
  g_free (self->content_type);
  g_free (self->body);
  g_clear_pointer (&self->set, json_object_unref);
  g_clear_pointer (&self->headers, json_object_unref);
  g_free (self);
}

static gboolean
read_kind (KvarDemoFault *fault)
{
  guint64 status;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].name, fault->name) == 0)
      {
        fault->kind = kinds[i].kind;
        return TRUE;
      }

  fault->kind = KVAR_DEMO_FAULT_STATUS;
  if (!g_ascii_string_to_unsigned (fault->name, 10, 400, 599, &status, NULL))
    return FALSE;

  fault->status = status;

  return TRUE;
}

/* "kind": "503" and "kind": 503 are the same. */
static char *
dup_kind (JsonObject *wish)
{
  JsonNode *node = json_object_get_member (wish, "kind");

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return g_strdup ("");

  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

  return g_strdup (json_node_get_string (node));
}

static char *
dup_text (JsonObject *wish,
          const char *name)
{
  JsonNode *node = json_object_get_member (wish, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_dup_string (node) : NULL;
}

static JsonObject *
dup_object (JsonObject *wish,
            const char *name)
{
  JsonNode *node = json_object_get_member (wish, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : NULL;
}

/**
 * kvar_demo_faults_add:
 * @wish: the body of POST /demo/fault
 *
 * Returns: %FALSE when there is no such kind
 */
gboolean
kvar_demo_faults_add (KvarDemoFaults *self,
                      JsonObject     *wish)
{
  g_autoptr(KvarDemoFault) fault = g_new0 (KvarDemoFault, 1);

  fault->name = dup_kind (wish);
  if (fault->name == NULL || !read_kind (fault))
    return FALSE;

  fault->match = dup_text (wish, "match");
  fault->method = dup_text (wish, "method");
  fault->code = dup_text (wish, "code");
  fault->message = dup_text (wish, "message");
  fault->content_type = dup_text (wish, "content_type");
  fault->body = dup_text (wish, "body");
  fault->set = dup_object (wish, "set");
  fault->headers = dup_object (wish, "headers");
  if (fault->kind == KVAR_DEMO_FAULT_REPLY)
    fault->status = json_object_get_int_member_with_default (wish, "status", 200);
  fault->skip = json_object_get_int_member_with_default (wish, "skip", 0);
  fault->count = json_object_get_int_member_with_default (wish, "count", 1);
  fault->retry_after = json_object_get_int_member_with_default (wish, "retry_after", 0);
  fault->delay_ms = json_object_get_int_member_with_default (wish, "delay_ms", 0);
  g_queue_push_tail (&self->waiting, g_steal_pointer (&fault));

  return TRUE;
}

void
kvar_demo_faults_clear (KvarDemoFaults *self)
{
  g_queue_clear_full (&self->waiting, (GDestroyNotify)kvar_demo_fault_free);
}

static KvarDemoFault *
copy_fault (const KvarDemoFault *fault)
{
  KvarDemoFault *copy = g_memdup2 (fault, sizeof *fault);

  copy->name = g_strdup (fault->name);
  copy->match = g_strdup (fault->match);
  copy->method = g_strdup (fault->method);
  copy->code = g_strdup (fault->code);
  copy->message = g_strdup (fault->message);
  copy->content_type = g_strdup (fault->content_type);
  copy->body = g_strdup (fault->body);
  copy->set = fault->set != NULL ? json_object_ref (fault->set) : NULL;
  copy->headers = fault->headers != NULL ? json_object_ref (fault->headers) : NULL;

  return copy;
}

/**
 * kvar_demo_faults_take:
 *
 * Counts @exchange against the faults that wait.
 *
 * Returns: (transfer full) (nullable): the fault that it meets
 */
KvarDemoFault *
kvar_demo_faults_take (KvarDemoFaults   *self,
                       KvarDemoExchange *exchange)
{
  for (GList *link = self->waiting.head; link != NULL; link = link->next)
    {
      KvarDemoFault *fault = link->data;
      KvarDemoFault *copy;

      if ((fault->match != NULL && !g_str_has_prefix (exchange->path, fault->match)) ||
          (fault->method != NULL && strcmp (exchange->method, fault->method) != 0))
        continue;

      if (fault->skip > 0)
        {
          fault->skip--;
          continue;
        }

      copy = copy_fault (fault);
      if (fault->count > 0 && --fault->count == 0)
        {
          g_queue_delete_link (&self->waiting, link);
          kvar_demo_fault_free (fault);
        }

      return copy;
    }

  return NULL;
}

static void
reply_status (const KvarDemoFault *fault,
              KvarDemoExchange    *exchange)
{
  const char *code = fault->code;
  const char *message = fault->message;
  JsonObject *error;

  for (guint i = 0; i < G_N_ELEMENTS (auth_errors); i++)
    if (code == NULL && auth_errors[i].status == fault->status)
      {
        code = auth_errors[i].code;
        message = message != NULL ? message : auth_errors[i].message;
      }

  if (code != NULL && g_str_has_prefix (exchange->path, "/auth/v1"))
    {
      kvar_demo_auth_error (exchange, fault->status, code, message != NULL ? message : code);
      return;
    }

  error = json_object_new ();
  if (fault->code != NULL)
    json_object_set_string_member (error, "code", fault->code);
  json_object_set_string_member (error, "message",
                                 fault->message != NULL ? fault->message
                                 : fault->status == 540 ? "Project paused"
                                 : fault->status == 429 ? "Too many requests"
                                 : "The server is temporarily not available");
  kvar_demo_exchange_reply_json (exchange, fault->status, error);
}

/**
 * kvar_demo_fault_reply:
 *
 * Returns: %TRUE when the fault itself is the answer and nothing is carried out
 */
gboolean
kvar_demo_fault_reply (const KvarDemoFault *fault,
                       KvarDemoExchange    *exchange)
{
  exchange->delay_ms += fault->delay_ms;

  if (fault->retry_after > 0)
    {
      g_autofree char *seconds = g_strdup_printf ("%u", fault->retry_after);

      kvar_demo_exchange_add_header (exchange, "Retry-After", seconds);
    }

  switch (fault->kind)
    {
    case KVAR_DEMO_FAULT_HTML:
      kvar_demo_exchange_reply (exchange, 200, "text/html; charset=utf-8", HTML_PAGE, -1);
      return TRUE;

    case KVAR_DEMO_FAULT_REDIRECT:
      kvar_demo_exchange_add_header (exchange, "Location", "http://portal.invalid/welcome");
      kvar_demo_exchange_reply (exchange, 302, "text/html; charset=utf-8", HTML_PAGE, -1);
      return TRUE;

    case KVAR_DEMO_FAULT_STATUS:
      reply_status (fault, exchange);
      return TRUE;

    case KVAR_DEMO_FAULT_REPLY:
      kvar_demo_exchange_reply (exchange, fault->status,
                                fault->content_type != NULL ? fault->content_type
                                                            : "application/json",
                                fault->body != NULL ? fault->body : "", -1);
      return TRUE;

    case KVAR_DEMO_FAULT_LOST_ANSWER:
    case KVAR_DEMO_FAULT_DROP:
    case KVAR_DEMO_FAULT_CUT_BODY:
    case KVAR_DEMO_FAULT_STALL:
    case KVAR_DEMO_FAULT_DELAY:
    case KVAR_DEMO_FAULT_EDIT:
    default:
      return FALSE;
    }
}

static void
edit_body (const KvarDemoFault *fault,
           KvarDemoExchange    *exchange)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autofree char *text = NULL;
  JsonNode *root;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (exchange->reply_body == NULL ||
      !json_parser_load_from_data (parser, g_bytes_get_data (exchange->reply_body, NULL),
                                   g_bytes_get_size (exchange->reply_body), NULL))
    return;

  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return;

  json_object_iter_init (&iter, fault->set);
  while (json_object_iter_next (&iter, &name, &value))
    json_object_set_member (json_node_get_object (root), name, json_node_copy (value));

  text = json_to_string (root, FALSE);
  kvar_demo_exchange_reply (exchange, exchange->status, NULL, text, -1);
}

/**
 * kvar_demo_fault_finish:
 *
 * Changes an answer that is complete: adds the fault's headers, and for an edit the members.
 */
void
kvar_demo_fault_finish (const KvarDemoFault *fault,
                        KvarDemoExchange    *exchange)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (fault->kind == KVAR_DEMO_FAULT_EDIT && fault->set != NULL)
    edit_body (fault, exchange);

  if (fault->headers == NULL)
    return;

  json_object_iter_init (&iter, fault->headers);
  while (json_object_iter_next (&iter, &name, &value))
    if (json_node_get_value_type (value) == G_TYPE_STRING)
      kvar_demo_exchange_add_header (exchange, name, json_node_get_string (value));
}
