/* kvar-token.c: what the auth server hands out: an access token, its heir, and whose they are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "kvar-error.h"
#include "kvar-json.h"
#include "session/kvar-jwt.h"
#include "session/kvar-token.h"

#define SECRET_VERSION   1
#define ACCESS_MAX       8192                         /* longer ones are not kept */
#define LIFETIME_UNKNOWN (5 * KVAR_CLOCK_MINUTE)      /* then the server's 401 decides */
#define LIFETIME_MAX     (366 * 24 * KVAR_CLOCK_HOUR)
#define AHEAD_MAX        (90 * KVAR_CLOCK_SECOND)
#define LAST_MOMENT      (KVAR_CLOCK_SECOND)          /* too late to set out with */

struct _KvarToken
{
  gatomicrefcount  ref_count;

  char            *access;         /* (nullable): a stored one may be without */
  char            *refresh;
  char            *user_id;
  char            *email;
  char            *session_id;     /* (nullable): an opaque token does not tell */
  gint64           lifetime;       /* µs */
  gint64           issued_at;      /* boottime, µs */
  gint64           issued_server;  /* server's clock, µs since 1970 */
  guint            serial;         /* rotations since the sign-in */
};

G_DEFINE_BOXED_TYPE (KvarToken, kvar_token, kvar_token_ref, kvar_token_unref)

static KvarToken *
token_new (void)
{
  KvarToken *self = g_new0 (KvarToken, 1);

  g_atomic_ref_count_init (&self->ref_count);

  return self;
}

KvarToken *
kvar_token_ref (KvarToken *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/* A freed secret is not left lying about in the heap. */
static void
wipe (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

void
kvar_token_unref (KvarToken *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  wipe (self->access);
  wipe (self->refresh);
  g_free (self->user_id);
  g_free (self->email);
  g_free (self->session_id);
  g_free (self);
}

/* Servers have sent it as a string, as zero, and not at all. */
static gint64
read_expires_in (JsonObject *root)
{
  JsonNode *node = json_object_get_member (root, "expires_in");
  double seconds = 0;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node))
    seconds = json_node_get_value_type (node) == G_TYPE_STRING
              ? g_ascii_strtod (json_node_get_string (node), NULL)
              : json_node_get_double (node);

  return seconds > 0 && seconds < 1e10 ? (gint64)(seconds * KVAR_CLOCK_SECOND) : 0;
}

/* A hook may have changed the token's own end, so the shorter of the two counts. */
static gint64
find_lifetime (JsonObject *root,
               const char *access)
{
  gint64 lifetime = read_expires_in (root);
  gint64 exp, iat;

  if (kvar_jwt_get_time (access, "exp", &exp) && kvar_jwt_get_time (access, "iat", &iat) &&
      exp > iat)
    {
      gint64 own = (exp - iat) * KVAR_CLOCK_SECOND;

      lifetime = lifetime > 0 ? MIN (lifetime, own) : own;
    }

  return lifetime > 0 ? MIN (lifetime, LIFETIME_MAX) : LIFETIME_UNKNOWN;
}

static const char *
get_filled (JsonObject *object,
            const char *name)
{
  const char *value = kvar_json_get_string (object, name, NULL);

  return value != NULL && *value != '\0' ? value : NULL;
}

/**
 * kvar_token_new_from_reply:
 * @issued_at: when it was issued, as this computer's boottime
 * @server_time: the same by the server's clock; the token's own word is preferred
 *
 * Reads what /token answers. Anything that lacks a part of it is no session, whatever its
 * status: a portal's page, half a body, another service.
 *
 * Returns: (transfer full): the token
 */
KvarToken *
kvar_token_new_from_reply (KvarReply  *reply,
                           gint64      issued_at,
                           gint64      server_time,
                           GError    **error)
{
  g_autoptr(JsonObject) root = NULL;
  g_autoptr(KvarToken) self = NULL;
  const char *access, *refresh, *user_id;
  JsonObject *user;
  gint64 iat;

  g_return_val_if_fail (reply != NULL, NULL);

  root = kvar_json_parse_object (kvar_reply_get_body (reply), error);
  if (root == NULL)
    return NULL;

  user = kvar_json_get_object (root, "user", NULL);
  access = get_filled (root, "access_token");
  refresh = get_filled (root, "refresh_token");
  user_id = user != NULL ? get_filled (user, "id") : NULL;
  if (access == NULL || refresh == NULL || user_id == NULL)
    {
      g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY,
                           "the auth server's answer is no session");
      return NULL;
    }

  self = token_new ();
  self->access = g_strdup (access);
  self->refresh = g_strdup (refresh);
  self->user_id = g_strdup (user_id);
  self->email = g_strdup (get_filled (user, "email"));
  self->session_id = kvar_jwt_get_string (access, "session_id");
  self->lifetime = find_lifetime (root, access);
  self->issued_at = issued_at;
  self->issued_server = kvar_jwt_get_time (access, "iat", &iat) ? iat * KVAR_CLOCK_SECOND
                                                                : server_time;

  return g_steal_pointer (&self);
}

/* How long ago it was issued is only a hint after a restart, since the wall clock may be
 * wrong: never more life than it was given, and never an age below none. */
static void
place_in_time (KvarToken *self,
               KvarClock *clock)
{
  gint64 age = kvar_clock_get_server_time (clock) - self->issued_server;

  self->issued_at = kvar_clock_get_boottime (clock) - CLAMP (age, 0, self->lifetime);
}

static KvarToken *
parse (const char  *secret,
       GError     **error)
{
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(JsonObject) root = NULL;
  g_autoptr(KvarToken) self = NULL;
  gint64 serial = 0;

  bytes = g_bytes_new_static (secret, strlen (secret));
  root = kvar_json_parse_object (bytes, error);
  if (root == NULL)
    return NULL;

  if (get_filled (root, "refresh_token") == NULL || get_filled (root, "user_id") == NULL)
    {
      g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY,
                           "the stored secret is no session");
      return NULL;
    }

  self = token_new ();
  self->access = g_strdup (get_filled (root, "access_token"));
  self->refresh = g_strdup (get_filled (root, "refresh_token"));
  self->user_id = g_strdup (get_filled (root, "user_id"));
  self->email = g_strdup (get_filled (root, "email"));
  self->session_id = g_strdup (get_filled (root, "session_id"));
  kvar_json_get_int (root, "lifetime", &self->lifetime, NULL);
  kvar_json_get_int (root, "issued", &self->issued_server, NULL);
  kvar_json_get_int (root, "serial", &serial, NULL);
  self->serial = (guint)CLAMP (serial, 0, G_MAXINT32);
  self->lifetime = CLAMP (self->lifetime, 0, LIFETIME_MAX);

  return g_steal_pointer (&self);
}

/**
 * kvar_token_parse:
 * @secret: what kvar_token_to_secret() wrote, perhaps damaged, perhaps by a newer Kvar
 *
 * Returns: (transfer full): the token
 */
KvarToken *
kvar_token_parse (const char  *secret,
                  KvarClock   *clock,
                  GError     **error)
{
  KvarToken *self;

  g_return_val_if_fail (secret != NULL, NULL);
  g_return_val_if_fail (KVAR_IS_CLOCK (clock), NULL);

  self = parse (secret, error);
  if (self != NULL)
    place_in_time (self, clock);

  return self;
}

/**
 * kvar_token_to_secret:
 *
 * Returns: (transfer full): everything a later process needs, for a vault only
 */
char *
kvar_token_to_secret (KvarToken *self)
{
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(JsonObject) root = json_object_new ();

  g_return_val_if_fail (self != NULL, NULL);

  json_object_set_int_member (root, "version", SECRET_VERSION);
  json_object_set_string_member (root, "refresh_token", self->refresh);
  json_object_set_string_member (root, "user_id", self->user_id);
  if (self->email != NULL)
    json_object_set_string_member (root, "email", self->email);
  if (self->session_id != NULL)
    json_object_set_string_member (root, "session_id", self->session_id);
  if (self->access != NULL && strlen (self->access) <= ACCESS_MAX)
    json_object_set_string_member (root, "access_token", self->access);
  json_object_set_int_member (root, "lifetime", self->lifetime);
  json_object_set_int_member (root, "issued", self->issued_server);
  json_object_set_int_member (root, "serial", self->serial);

  node = json_node_init_object (json_node_alloc (), root);

  return json_to_string (node, FALSE);
}

/**
 * kvar_token_follow:
 * @previous: the token that was traded in for @self
 *
 * Counts the rotations, so that of two tokens of one session the newer one is known.
 *
 * Returns: (transfer none): @self
 */
KvarToken *
kvar_token_follow (KvarToken *self,
                   KvarToken *previous)
{
  g_return_val_if_fail (self != NULL && previous != NULL, self);

  self->serial = previous->serial + 1;
  if (self->email == NULL)
    self->email = g_strdup (previous->email);

  return self;
}

/* The access token; may be %NULL for one that was stored without. */
const char *
kvar_token_get_access (KvarToken *self)
{
  return self->access;
}

const char *
kvar_token_get_refresh (KvarToken *self)
{
  return self->refresh;
}

const char *
kvar_token_get_user_id (KvarToken *self)
{
  return self->user_id;
}

const char *
kvar_token_get_email (KvarToken *self)
{
  return self->email;
}

const char *
kvar_token_get_session_id (KvarToken *self)
{
  return self->session_id;
}

/**
 * kvar_token_get_serial:
 *
 * Returns: how many rotations it is away from the sign-in
 */
guint
kvar_token_get_serial (KvarToken *self)
{
  return self->serial;
}

gint64
kvar_token_get_lifetime (KvarToken *self)
{
  return self->lifetime;
}

/**
 * kvar_token_get_due:
 *
 * Returns: from which boottime on the token's life calls for a new one
 */
gint64
kvar_token_get_due (KvarToken *self)
{
  return self->issued_at + self->lifetime - MIN (AHEAD_MAX, self->lifetime / 5);
}

gint64
kvar_token_get_end (KvarToken *self)
{
  return self->issued_at + self->lifetime;
}

/**
 * kvar_token_is_usable:
 *
 * Returns: whether it is worth sending; the last moment is not, since the server reads
 *   the token later than we send it
 */
gboolean
kvar_token_is_usable (KvarToken *self,
                      gint64     boottime)
{
  return self->access != NULL &&
         boottime < kvar_token_get_end (self) - MIN (LAST_MOMENT, self->lifetime / 20);
}

/**
 * kvar_token_is_due:
 *
 * Returns: whether a renewal is one that the token's life calls for. The server counts in
 *   whole seconds, so a token may die up to a second before its time.
 */
gboolean
kvar_token_is_due (KvarToken *self,
                   gint64     boottime)
{
  return self->access == NULL ||
         boottime >= MIN (kvar_token_get_due (self),
                          kvar_token_get_end (self) - KVAR_CLOCK_SECOND);
}

/**
 * kvar_token_is_newer:
 *
 * Returns: whether @self was handed out after @other
 */
gboolean
kvar_token_is_newer (KvarToken *self,
                     KvarToken *other)
{
  if (g_strcmp0 (self->session_id, other->session_id) == 0 && self->serial != other->serial)
    return self->serial > other->serial;

  return self->issued_server > other->issued_server;
}

/**
 * kvar_token_secret_is_newer:
 * @secret: what a vault keeps, perhaps damaged
 * @other: another secret of the same slot
 *
 * Returns: whether @secret is the one to go on with; a damaged one never is
 */
gboolean
kvar_token_secret_is_newer (const char *secret,
                            const char *other)
{
  g_autoptr(KvarToken) token = NULL;
  g_autoptr(KvarToken) other_token = NULL;

  g_return_val_if_fail (secret != NULL && other != NULL, FALSE);

  token = parse (secret, NULL);
  other_token = parse (other, NULL);

  return token != NULL && (other_token == NULL || kvar_token_is_newer (token, other_token));
}
