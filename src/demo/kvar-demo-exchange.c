/* kvar-demo-exchange.c: one request and its reply as plain data, without HTTP around it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo"

#include "config.h"

#include <string.h>

#include "kvar-demo-exchange.h"

/* "/rest/v1/rpc/add_numbers" → { "rpc", "add_numbers" }; an empty piece at the end counts not. */
static char **
split_path (const char *path)
{
  g_auto(GStrv) raw = g_strsplit (path, "/", -1);
  g_autoptr(GStrvBuilder) pieces = g_strv_builder_new ();
  guint n = g_strv_length (raw);
  guint first = n > 2 && strcmp (raw[2], "v1") == 0 ? 3 : 2;

  for (guint i = first; i < n; i++)
    {
      g_autofree char *decoded = g_uri_unescape_string (raw[i], NULL);

      if (i + 1 == n && raw[i][0] == '\0')
        break;

      g_strv_builder_add (pieces, decoded != NULL ? decoded : raw[i]);
    }

  return g_strv_builder_end (pieces);
}

/**
 * kvar_demo_exchange_new:
 * @target: path and query as the request line has them: "/auth/v1/token?grant_type=password"
 *
 * Returns: (transfer full): an exchange of an anonymous caller with an empty body
 */
KvarDemoExchange *
kvar_demo_exchange_new (const char *method,
                        const char *target)
{
  KvarDemoExchange *self = g_new0 (KvarDemoExchange, 1);
  const char *mark = strchr (target, '?');

  self->method = g_strdup (method);
  self->path = mark != NULL ? g_strndup (target, mark - target) : g_strdup (target);
  self->query = mark != NULL ? g_strdup (mark + 1) : NULL;
  self->segments = split_path (self->path);
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->body = g_bytes_new_static ("", 0);
  self->role = "anon";
  self->reply_headers = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
kvar_demo_exchange_free (KvarDemoExchange *self)
{
  if (self == NULL)
    return;

  g_free (self->method);
  g_free (self->path);
  g_free (self->query);
  g_strfreev (self->segments);
  g_hash_table_unref (self->headers);
  g_bytes_unref (self->body);
  g_free (self->user_id);
  g_free (self->session_id);
  g_clear_pointer (&self->claims, json_object_unref);
  g_ptr_array_unref (self->reply_headers);
  g_clear_pointer (&self->reply_body, g_bytes_unref);
  g_free (self);
}

/**
 * kvar_demo_exchange_get_header:
 * @name: in any case
 *
 * Returns: (transfer none) (nullable): the request header's value
 */
const char *
kvar_demo_exchange_get_header (KvarDemoExchange *self,
                               const char       *name)
{
  g_autofree char *key = g_ascii_strdown (name, -1);

  return g_hash_table_lookup (self->headers, key);
}

/**
 * kvar_demo_exchange_set_header:
 *
 * Sets a header of the request; one that is there already is joined with ", ".
 */
void
kvar_demo_exchange_set_header (KvarDemoExchange *self,
                               const char       *name,
                               const char       *value)
{
  g_autofree char *key = g_ascii_strdown (name, -1);
  const char *old = g_hash_table_lookup (self->headers, key);
  char *joined = old != NULL ? g_strconcat (old, ", ", value, NULL) : g_strdup (value);

  g_hash_table_replace (self->headers, g_steal_pointer (&key), joined);
}

/**
 * kvar_demo_exchange_set_body:
 *
 * Sets the body of the request.
 */
void
kvar_demo_exchange_set_body (KvarDemoExchange *self,
                             const char       *text)
{
  g_bytes_unref (self->body);
  self->body = g_bytes_new (text, strlen (text));
}

/**
 * kvar_demo_exchange_get_param:
 *
 * Returns: (transfer full) (nullable): the decoded value of the first parameter @name in the
 *   query. REST reads the raw query itself.
 */
char *
kvar_demo_exchange_get_param (KvarDemoExchange *self,
                              const char       *name)
{
  GUriParamsIter iter;
  char *attribute, *value;

  if (self->query == NULL)
    return NULL;

  g_uri_params_iter_init (&iter, self->query, -1, "&", G_URI_PARAMS_WWW_FORM);
  while (g_uri_params_iter_next (&iter, &attribute, &value, NULL))
    {
      gboolean found = strcmp (attribute, name) == 0;

      g_free (attribute);
      if (found)
        return value;

      g_free (value);
    }

  return NULL;
}

/**
 * kvar_demo_exchange_reply:
 * @content_type: (nullable)
 * @body: (nullable)
 * @length: bytes of @body, or -1 when it ends with a zero
 *
 * Sets status and body of the reply, and its Content-Type.
 */
void
kvar_demo_exchange_reply (KvarDemoExchange *self,
                          guint             status,
                          const char       *content_type,
                          const char       *body,
                          gssize            length)
{
  self->status = status;

  g_clear_pointer (&self->reply_body, g_bytes_unref);
  if (body != NULL)
    self->reply_body = g_bytes_new (body, length < 0 ? strlen (body) : (gsize)length);

  if (content_type != NULL)
    kvar_demo_exchange_add_header (self, "Content-Type", content_type);
}

/**
 * kvar_demo_exchange_reply_json:
 * @object: (transfer full)
 *
 * Replies with @object as application/json.
 */
void
kvar_demo_exchange_reply_json (KvarDemoExchange *self,
                               guint             status,
                               JsonObject       *object)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_take_object (node, object);
  text = json_to_string (node, FALSE);
  kvar_demo_exchange_reply (self, status, "application/json", text, -1);
}

/**
 * kvar_demo_exchange_add_header:
 *
 * Adds a header to the reply; Content-Type replaces an earlier one.
 */
void
kvar_demo_exchange_add_header (KvarDemoExchange *self,
                               const char       *name,
                               const char       *value)
{
  for (guint i = 0; i < self->reply_headers->len; i += 2)
    if (g_ascii_strcasecmp (name, "Content-Type") == 0 &&
        g_ascii_strcasecmp (name, self->reply_headers->pdata[i]) == 0)
      {
        g_free (self->reply_headers->pdata[i + 1]);
        self->reply_headers->pdata[i + 1] = g_strdup (value);
        return;
      }

  g_ptr_array_add (self->reply_headers, g_strdup (name));
  g_ptr_array_add (self->reply_headers, g_strdup (value));
}

/**
 * kvar_demo_exchange_reply_header:
 *
 * Returns: (transfer none) (nullable): the value of a header of the reply
 */
const char *
kvar_demo_exchange_reply_header (KvarDemoExchange *self,
                                 const char       *name)
{
  for (guint i = 0; i < self->reply_headers->len; i += 2)
    if (g_ascii_strcasecmp (name, self->reply_headers->pdata[i]) == 0)
      return self->reply_headers->pdata[i + 1];

  return NULL;
}
