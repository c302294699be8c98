/* kvar-reply.c: what a server answered, whatever it was
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include <stdio.h>

#include "kvar-json.h"
#include "net/kvar-reply.h"

/* An error document is small; nothing else is read for a code. */
#define ERROR_BODY_MAX (1024 * 1024)

#define RETRY_AFTER_MIN KVAR_CLOCK_SECOND
#define RETRY_AFTER_MAX (15 * KVAR_CLOCK_MINUTE)

typedef struct
{
  char *name;
  char *value;
} Header;

struct _KvarReply
{
  int       status;
  GBytes   *body;
  GArray   *headers;       /* of Header */
  gboolean  repeatable;    /* the request may be sent again */

  gboolean  parsed;        /* the rest is there, as far as the body tells it */
  char     *code;          /* (nullable) */
  char     *message;       /* (nullable) */
  char     *details;       /* (nullable) */
  char     *status_code;   /* (nullable): Storage's true status, a string */
};

G_DEFINE_BOXED_TYPE (KvarReply, kvar_reply, kvar_reply_ref, kvar_reply_unref)

static void
clear_header (gpointer data)
{
  Header *header = data;

  g_free (header->name);
  g_free (header->value);
}

static void
clear_reply (gpointer data)
{
  KvarReply *self = data;

  g_bytes_unref (self->body);
  g_array_unref (self->headers);
  g_free (self->code);
  g_free (self->message);
  g_free (self->details);
  g_free (self->status_code);
}

static gboolean
is_json_type (const char *content_type)
{
  g_autofree char *type = g_strndup (content_type, strcspn (content_type, "; "));

  return g_ascii_strcasecmp (type, "application/json") == 0 || g_str_has_suffix (type, "+json");
}

/* The first of @names that is a string with something in it. */
static char *
dup_first_string (JsonObject        *object,
                  const char *const *names)
{
  for (; *names != NULL; names++)
    {
      const char *value = kvar_json_get_string (object, *names, NULL);

      if (value != NULL && *value != '\0')
        return g_strdup (value);
    }

  return NULL;
}

/* The auth server says its code in a header too, which nobody else does; a gateway may take it
 * away, or rewrite the body. In Auth's older format "code" is a number and the code is called
 * "error_code"; the OAuth style and old Storage servers have only "error". */
static void
ensure_parsed (KvarReply *self)
{
  static const char *const code_names[] = { "error_code", "code", "error", NULL };
  static const char *const message_names[] =
    { "msg", "message", "error_description", "error", NULL };
  static const char *const details_names[] = { "details", NULL };
  static const char *const status_names[] = { "statusCode", NULL };
  g_autoptr(JsonObject) object = NULL;
  const char *header;

  if (self->parsed)
    return;

  self->parsed = TRUE;
  if (self->status >= 300 && kvar_reply_is_json (self) &&
      g_bytes_get_size (self->body) <= ERROR_BODY_MAX)
    object = kvar_json_parse_object (self->body, NULL);

  if (object != NULL)
    {
      self->code = dup_first_string (object, code_names);
      self->message = dup_first_string (object, message_names);
      self->details = dup_first_string (object, details_names);
      self->status_code = dup_first_string (object, status_names);
    }

  header = kvar_reply_get_header (self, "x-sb-error-code");
  if (header != NULL && *header != '\0')
    {
      g_free (self->code);
      self->code = g_strdup (header);
    }
}

/**
 * kvar_reply_new:
 * @body: (nullable): nothing is an empty body
 */
KvarReply *
kvar_reply_new (int     status,
                GBytes *body)
{
  KvarReply *self = g_atomic_rc_box_new0 (KvarReply);

  self->status = status;
  self->body = body != NULL ? g_bytes_ref (body) : g_bytes_new_static ("", 0);
  self->headers = g_array_new (FALSE, FALSE, sizeof (Header));
  g_array_set_clear_func (self->headers, clear_header);
  self->repeatable = TRUE;

  return self;
}

KvarReply *
kvar_reply_ref (KvarReply *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
kvar_reply_unref (KvarReply *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear_reply);
}

/**
 * kvar_reply_add_header:
 *
 * Adds a header; headers come before the first question that is asked of a reply.
 */
void
kvar_reply_add_header (KvarReply  *self,
                       const char *name,
                       const char *value)
{
  Header header;

  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL && value != NULL);

  header.name = g_strdup (name);
  header.value = g_strdup (value);
  g_array_append_val (self->headers, header);
}

/**
 * kvar_reply_set_repeatable:
 *
 * Says whether the request that this answers may be sent again, on which hangs what a
 * gateway's time-out means. The transport does that.
 */
void
kvar_reply_set_repeatable (KvarReply *self,
                           gboolean   repeatable)
{
  g_return_if_fail (self != NULL);

  self->repeatable = repeatable;
}

int
kvar_reply_get_status (KvarReply *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->status;
}

/**
 * kvar_reply_get_body:
 *
 * Returns: (transfer none): the body, possibly empty
 */
GBytes *
kvar_reply_get_body (KvarReply *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->body;
}

/**
 * kvar_reply_get_header:
 *
 * Returns: (nullable): the first header called @name, in whatever case
 */
const char *
kvar_reply_get_header (KvarReply  *self,
                       const char *name)
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

gboolean
kvar_reply_get_repeatable (KvarReply *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->repeatable;
}

/**
 * kvar_reply_is_json:
 *
 * Returns: whether the server says that the body is JSON
 */
gboolean
kvar_reply_is_json (KvarReply *self)
{
  const char *type;

  g_return_val_if_fail (self != NULL, FALSE);

  type = kvar_reply_get_header (self, "Content-Type");

  return type != NULL && is_json_type (type);
}

/**
 * kvar_reply_get_code:
 *
 * Returns: (nullable): what the service calls its error: SQLSTATE, PGRST, Auth or Storage code
 */
const char *
kvar_reply_get_code (KvarReply *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  ensure_parsed (self);

  return self->code;
}

/**
 * kvar_reply_get_message:
 *
 * Returns: (nullable): the service's own words, for the log
 */
const char *
kvar_reply_get_message (KvarReply *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  ensure_parsed (self);

  return self->message;
}

const char *
kvar_reply_get_details (KvarReply *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  ensure_parsed (self);

  return self->details;
}

/**
 * kvar_reply_get_status_code:
 *
 * Returns: (nullable): the status that Storage means, which it hides in the body of a 400
 */
const char *
kvar_reply_get_status_code (KvarReply *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  ensure_parsed (self);

  return self->status_code;
}

/**
 * kvar_reply_get_total:
 *
 * Returns: how many rows there are in all, from Content-Range, or -1
 */
gint64
kvar_reply_get_total (KvarReply *self)
{
  const char *range;
  const char *slash;
  guint64 total;

  g_return_val_if_fail (self != NULL, -1);

  range = kvar_reply_get_header (self, "Content-Range");
  slash = range != NULL ? strrchr (range, '/') : NULL;
  if (slash == NULL || !g_ascii_string_to_unsigned (slash + 1, 10, 0, G_MAXINT64, &total, NULL))
    return -1;

  return (gint64)total;
}

/* "Sun, 06 Nov 1994 08:49:37 GMT", the one form that servers write today. */
static GDateTime *
parse_http_date (const char *text)
{
  static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  char month_name[4] = { 0 };
  const char *found;
  int day, year, hour, minute, second;

  if (strlen (text) < 26 || text[3] != ',' ||
      sscanf (text + 4, " %2d %3s %4d %2d:%2d:%2d GMT",
              &day, month_name, &year, &hour, &minute, &second) != 6)
    return NULL;

  found = strstr (months, month_name);
  if (found == NULL || (found - months) % 3 != 0 || strlen (month_name) != 3)
    return NULL;

  return g_date_time_new_utc (year, (int)(found - months) / 3 + 1, day, hour, minute, second);
}

/**
 * kvar_reply_get_date:
 *
 * Returns: (transfer full) (nullable): the server's Date
 */
GDateTime *
kvar_reply_get_date (KvarReply *self)
{
  const char *date;

  g_return_val_if_fail (self != NULL, NULL);

  date = kvar_reply_get_header (self, "Date");

  return date != NULL ? parse_http_date (date) : NULL;
}

/**
 * kvar_reply_get_retry_after:
 * @clock: (nullable): tells what an absolute date means where the reply itself has no Date
 *
 * Returns: how long the server asks to wait, in µs: a second at least, a quarter of an hour
 *   at most; or -1
 */
gint64
kvar_reply_get_retry_after (KvarReply *self,
                            KvarClock *clock)
{
  g_autoptr(GDateTime) until = NULL;
  g_autoptr(GDateTime) date = NULL;
  const char *value;
  guint64 seconds;
  gint64 now;

  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (clock == NULL || KVAR_IS_CLOCK (clock), -1);

  value = kvar_reply_get_header (self, "Retry-After");
  if (value == NULL)
    return -1;

  if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT32, &seconds, NULL))
    return CLAMP ((gint64)seconds * KVAR_CLOCK_SECOND, RETRY_AFTER_MIN, RETRY_AFTER_MAX);

  until = parse_http_date (value);
  date = kvar_reply_get_date (self);
  if (until == NULL || (date == NULL && clock == NULL))
    return -1;

  now = date != NULL ? g_date_time_to_unix (date) * KVAR_CLOCK_SECOND
                     : kvar_clock_get_server_time (clock);

  return CLAMP (g_date_time_to_unix (until) * KVAR_CLOCK_SECOND - now, RETRY_AFTER_MIN,
                RETRY_AFTER_MAX);
}
