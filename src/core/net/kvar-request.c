/* kvar-request.c: one request to the project, without credentials until it is sent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "kvar-clock.h"
#include "net/kvar-request.h"

#define TIMEOUT          (60 * KVAR_CLOCK_SECOND)
#define FUNCTION_TIMEOUT (10 * KVAR_CLOCK_MINUTE)

/* The auth server answers with a token, a user or a word, and gives up itself after 10 s. */
#define AUTH_PATIENCE    (30 * KVAR_CLOCK_SECOND)
#define AUTH_ANSWER_MAX  (1024 * 1024)
#define ANSWER_MAX       (256 * 1024 * 1024)

typedef struct
{
  char *name;
  char *value;
} Header;

struct _KvarRequest
{
  char     *method;
  GString  *path;            /* with the query, encoded, from the project's root */
  GArray   *headers;         /* of Header */
  char     *content_type;    /* (nullable) */
  GBytes   *body;            /* (nullable) */
  gboolean  repeatable;
  KvarLane  lane;
  gint64    timeout;         /* µs; 0 = by method and path */
  gsize     answer_max;      /* 0 = by path */
};

G_DEFINE_BOXED_TYPE (KvarRequest, kvar_request, kvar_request_ref, kvar_request_unref)

static void
clear_header (gpointer data)
{
  Header *header = data;

  g_free (header->name);
  g_free (header->value);
}

static GArray *
new_headers (void)
{
  GArray *headers = g_array_new (FALSE, FALSE, sizeof (Header));

  g_array_set_clear_func (headers, clear_header);

  return headers;
}

static void
clear_request (gpointer data)
{
  KvarRequest *self = data;

  g_free (self->method);
  g_string_free (self->path, TRUE);
  g_array_unref (self->headers);
  g_free (self->content_type);
  g_clear_pointer (&self->body, g_bytes_unref);
}

static gboolean
is_function_call (KvarRequest *self)
{
  return g_str_has_prefix (self->path->str, "/rest/v1/rpc/") ||
         g_str_has_prefix (self->path->str, "/functions/v1/");
}

/**
 * kvar_request_new:
 * @method: such as "GET"
 * @path: from the project's root, with its query, encoded: "/rest/v1/jobs?select=id"
 */
KvarRequest *
kvar_request_new (const char *method,
                  const char *path)
{
  KvarRequest *self;

  g_return_val_if_fail (method != NULL, NULL);
  g_return_val_if_fail (path != NULL && *path == '/', NULL);

  self = g_atomic_rc_box_new0 (KvarRequest);
  self->method = g_strdup (method);
  self->path = g_string_new (path);
  self->headers = new_headers ();
  self->repeatable = g_str_equal (method, "GET") || g_str_equal (method, "HEAD") ||
                     g_str_equal (method, "OPTIONS");
  self->lane = KVAR_LANE_USER;

  return self;
}

KvarRequest *
kvar_request_ref (KvarRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
kvar_request_unref (KvarRequest *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear_request);
}

/**
 * kvar_request_with_bearer:
 *
 * Returns: (transfer full): a copy of @self that is sent as the bearer of @token
 */
KvarRequest *
kvar_request_with_bearer (KvarRequest *self,
                          const char  *token)
{
  g_autofree char *authorization = NULL;
  KvarRequest *copy;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (token != NULL, NULL);

  copy = kvar_request_new (self->method, self->path->str);
  for (guint i = 0; i < self->headers->len; i++)
    {
      Header *header = &g_array_index (self->headers, Header, i);

      kvar_request_set_header (copy, header->name, header->value);
    }
  if (self->body != NULL)
    kvar_request_set_body (copy, self->content_type, self->body);
  copy->repeatable = self->repeatable;
  copy->lane = self->lane;
  copy->timeout = self->timeout;
  copy->answer_max = self->answer_max;

  authorization = g_strconcat ("Bearer ", token, NULL);
  kvar_request_set_header (copy, "Authorization", authorization);

  return copy;
}

/**
 * kvar_request_add_query:
 * @name: the parameter, plain
 * @value: its value, plain
 *
 * Adds a parameter, both sides encoded. Nothing but the unreserved signs stays as it is:
 * a bare '+' would arrive as a space.
 */
void
kvar_request_add_query (KvarRequest *self,
                        const char  *name,
                        const char  *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL && value != NULL);

  g_string_append_c (self->path, strchr (self->path->str, '?') == NULL ? '?' : '&');
  g_string_append_uri_escaped (self->path, name, NULL, FALSE);
  g_string_append_c (self->path, '=');
  g_string_append_uri_escaped (self->path, value, NULL, FALSE);
}

/**
 * kvar_request_set_header:
 * @value: (nullable): the value, or %NULL to take the header out
 *
 * Sets a header, in place of an earlier one of that name.
 */
void
kvar_request_set_header (KvarRequest *self,
                         const char  *name,
                         const char  *value)
{
  Header added;

  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);

  for (guint i = 0; i < self->headers->len; i++)
    if (g_ascii_strcasecmp (g_array_index (self->headers, Header, i).name, name) == 0)
      {
        g_array_remove_index (self->headers, i);
        break;
      }

  if (value == NULL)
    return;

  added.name = g_strdup (name);
  added.value = g_strdup (value);
  g_array_append_val (self->headers, added);
}

void
kvar_request_set_body (KvarRequest *self,
                       const char  *content_type,
                       GBytes      *body)
{
  g_autofree char *copy = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (content_type != NULL && body != NULL);

  copy = g_strdup (content_type);
  g_free (self->content_type);
  self->content_type = g_steal_pointer (&copy);
  g_bytes_ref (body);
  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = body;
}

/**
 * kvar_request_set_repeatable:
 *
 * Says whether the request may be sent again when its answer was lost. Unless told, only
 * GET, HEAD and OPTIONS may.
 */
void
kvar_request_set_repeatable (KvarRequest *self,
                             gboolean     repeatable)
{
  g_return_if_fail (self != NULL);

  self->repeatable = repeatable;
}

void
kvar_request_set_lane (KvarRequest *self,
                       KvarLane     lane)
{
  g_return_if_fail (self != NULL);

  self->lane = lane;
}

/**
 * kvar_request_set_timeout:
 * @us: how long the server may be silent; unless told, 60 s, for a function call 10 minutes
 */
void
kvar_request_set_timeout (KvarRequest *self,
                          gint64       us)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (us >= 0);

  self->timeout = us;
}

/**
 * kvar_request_set_answer_max:
 * @bytes: how long a body can be that is still an answer to this; unless told, 1 MiB from
 *   the auth server, else 256 MiB
 */
void
kvar_request_set_answer_max (KvarRequest *self,
                             gsize        bytes)
{
  g_return_if_fail (self != NULL);

  self->answer_max = bytes;
}

const char *
kvar_request_get_method (KvarRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->method;
}

/**
 * kvar_request_get_path:
 *
 * Returns: the path with its query, encoded, from the project's root
 */
const char *
kvar_request_get_path (KvarRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path->str;
}

const char *
kvar_request_get_header (KvarRequest *self,
                         const char  *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < self->headers->len; i++)
    {
      Header *header = &g_array_index (self->headers, Header, i);

      if (g_ascii_strcasecmp (header->name, name) == 0)
        return header->value;
    }

  return NULL;
}

void
kvar_request_foreach_header (KvarRequest    *self,
                             KvarHeaderFunc  func,
                             gpointer        user_data)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (func != NULL);

  for (guint i = 0; i < self->headers->len; i++)
    {
      Header *header = &g_array_index (self->headers, Header, i);

      func (header->name, header->value, user_data);
    }
}

const char *
kvar_request_get_content_type (KvarRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->content_type;
}

/**
 * kvar_request_get_body:
 *
 * Returns: (transfer none) (nullable): what is sent along
 */
GBytes *
kvar_request_get_body (KvarRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->body;
}

gboolean
kvar_request_get_repeatable (KvarRequest *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->repeatable;
}

KvarService
kvar_request_get_service (KvarRequest *self)
{
  g_return_val_if_fail (self != NULL, KVAR_SERVICE_OTHER);

  if (g_str_has_prefix (self->path->str, "/auth/v1/"))
    return KVAR_SERVICE_AUTH;
  if (g_str_has_prefix (self->path->str, "/rest/v1/"))
    return KVAR_SERVICE_REST;
  if (g_str_has_prefix (self->path->str, "/storage/v1/"))
    return KVAR_SERVICE_STORAGE;

  return KVAR_SERVICE_OTHER;
}

KvarLane
kvar_request_get_lane (KvarRequest *self)
{
  g_return_val_if_fail (self != NULL, KVAR_LANE_USER);

  return self->lane;
}

gint64
kvar_request_get_timeout (KvarRequest *self)
{
  g_return_val_if_fail (self != NULL, TIMEOUT);

  if (self->timeout > 0)
    return self->timeout;

  return is_function_call (self) ? FUNCTION_TIMEOUT : TIMEOUT;
}

/**
 * kvar_request_get_patience:
 *
 * Returns: how long the whole answer may take, however lively the server is; 0 for data,
 *   which may be long
 */
gint64
kvar_request_get_patience (KvarRequest *self)
{
  return kvar_request_get_service (self) == KVAR_SERVICE_AUTH ? AUTH_PATIENCE : 0;
}

gsize
kvar_request_get_answer_max (KvarRequest *self)
{
  g_return_val_if_fail (self != NULL, ANSWER_MAX);

  if (self->answer_max > 0)
    return self->answer_max;

  return kvar_request_get_service (self) == KVAR_SERVICE_AUTH ? AUTH_ANSWER_MAX : ANSWER_MAX;
}
