/* kvar-test-auth.c: an auth server in a few lines behind the scripted transport
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-error.h"
#include "kvar-json.h"
#include "kvar-test.h"
#include "kvar-test-auth.h"

typedef struct
{
  KvarReply *reply;     /* (nullable) */
  GError    *error;     /* (nullable) */
  gboolean   rotate;
} Scripted;

struct _KvarTestAuth
{
  KvarClock *clock;
  GQueue     script;
  int        lifetime;
  guint      n;              /* generation of the refresh token */
  guint      n_tokens;       /* calls to /token */
  guint      n_anon;         /* requests for data without a person */
  gboolean   revoked;
  guint      n_to_lose;      /* answers to changes that are made and never told */
  GHashTable *changes;       /* of what must happen once: what → how often it has */
  guint      most_changes;
  char      *access;         /* (nullable): the one that is accepted */
  char      *refresh;        /* (nullable) */
  char      *parent;         /* (nullable) */
};

static void
scripted_free (gpointer data)
{
  Scripted *scripted = data;

  g_clear_pointer (&scripted->reply, kvar_reply_unref);
  g_clear_error (&scripted->error);
  g_free (scripted);
}

static char *
make_jwt (KvarTestAuth *self)
{
  gint64 iat = kvar_clock_get_server_time (self->clock) / KVAR_CLOCK_SECOND;
  g_autofree char *payload = NULL;
  g_autofree char *encoded = NULL;

  payload = g_strdup_printf ("{\"sub\":\"" KVAR_TEST_USER_ID "\",\"role\":\"authenticated\","
                             "\"session_id\":\"e4c78f02-6d6a-45e3-bed2-d9c7c9c19cb3\","
                             "\"n\":%u,\"iat\":%" G_GINT64_FORMAT ",\"exp\":%" G_GINT64_FORMAT
                             "}", self->n, iat, iat + self->lifetime);
  encoded = g_base64_encode ((const guchar *)payload, strlen (payload));
  g_strdelimit (encoded, "+", '-');
  g_strdelimit (encoded, "/", '_');
  g_strdelimit (encoded, "=", '\0');

  return g_strconcat ("eyJhbGciOiJIUzI1NiJ9.", encoded, ".c2lnbmF0dXJl", NULL);
}

char *
kvar_test_auth_rotate (KvarTestAuth *self)
{
  self->n++;
  g_free (self->parent);
  self->parent = self->refresh;
  self->refresh = g_strdup_printf ("refresh%05u", self->n);
  g_free (self->access);
  self->access = make_jwt (self);

  return g_strdup_printf ("{\"access_token\":\"%s\",\"token_type\":\"bearer\",\"expires_in\":%d,"
                          "\"refresh_token\":\"%s\",\"user\":{\"id\":\"" KVAR_TEST_USER_ID
                          "\",\"email\":\"" KVAR_TEST_EMAIL "\"}}",
                          self->access, self->lifetime, self->refresh);
}

static char *
read_field (KvarRequest *request,
            const char  *name)
{
  g_autoptr(JsonObject) root = kvar_json_parse_object (kvar_request_get_body (request), NULL);

  g_assert_nonnull (root);

  return g_strdup (kvar_json_get_string (root, name, NULL));
}

/* Who asks with the parent again gets the present token; nothing is rotated for that. */
static gboolean
presents_parent (KvarTestAuth *self,
                 KvarRequest  *request)
{
  g_autofree char *token = read_field (request, "refresh_token");

  return token != NULL && g_strcmp0 (token, self->parent) == 0;
}

static KvarReply *
answer_refresh (KvarTestAuth *self,
                KvarRequest  *request)
{
  g_autofree char *token = read_field (request, "refresh_token");
  g_autofree char *json = NULL;

  if (self->revoked || self->refresh == NULL)
    return kvar_test_reply_new (400, "{\"code\":\"refresh_token_not_found\",\"message\":\"x\"}");
  if (g_strcmp0 (token, self->refresh) != 0 && g_strcmp0 (token, self->parent) != 0)
    return kvar_test_reply_new (400, "{\"code\":\"refresh_token_already_used\",\"message\":\"x\"}");

  /* A parent gets the present token once more; that is a rotation to whom it is new. */
  if (g_strcmp0 (token, self->parent) == 0)
    {
      g_clear_pointer (&self->refresh, g_free);
      self->refresh = g_steal_pointer (&self->parent);
      self->n--;
    }
  json = kvar_test_auth_rotate (self);

  return kvar_test_reply_new (200, json);
}

static KvarReply *
token_cb (KvarRequest  *request,
          gpointer      user_data,
          GError      **error)
{
  KvarTestAuth *self = user_data;
  Scripted *scripted = g_queue_pop_head (&self->script);
  gboolean refreshes = strstr (kvar_request_get_path (request), "grant_type=refresh") != NULL;
  g_autofree char *password = NULL;
  g_autofree char *json = NULL;
  KvarReply *reply;

  self->n_tokens++;
  g_assert_null (kvar_request_get_header (request, "Authorization"));

  if (scripted != NULL)
    {
      if (scripted->rotate && !presents_parent (self, request))
        g_free (kvar_test_auth_rotate (self));
      reply = g_steal_pointer (&scripted->reply);
      if (scripted->error != NULL)
        g_propagate_error (error, g_steal_pointer (&scripted->error));
      scripted_free (scripted);
      return reply;
    }

  if (refreshes)
    return answer_refresh (self, request);

  password = read_field (request, "password");
  if (g_strcmp0 (password, KVAR_TEST_PASSWORD) != 0)
    return kvar_test_reply_new (400, "{\"code\":\"invalid_credentials\",\"message\":\"x\"}");

  self->revoked = FALSE;
  g_clear_pointer (&self->refresh, g_free);
  json = kvar_test_auth_rotate (self);

  return kvar_test_reply_new (200, json);
}

static gboolean
is_accepted (KvarTestAuth *self,
             KvarRequest  *request)
{
  const char *header = kvar_request_get_header (request, "Authorization");
  g_autofree char *expected = g_strconcat ("Bearer ", self->access, NULL);

  if (header == NULL)
    self->n_anon++;

  return self->access != NULL && g_strcmp0 (header, expected) == 0;
}

static KvarReply *
user_cb (KvarRequest  *request,
         gpointer      user_data,
         GError      **error)
{
  KvarTestAuth *self = user_data;

  if (!is_accepted (self, request))
    return kvar_test_reply_new (403, "{\"code\":\"bad_jwt\",\"message\":\"x\"}");
  if (self->revoked)
    return kvar_test_reply_new (403, "{\"code\":\"session_not_found\",\"message\":\"x\"}");

  return kvar_test_reply_new (200, "{\"id\":\"" KVAR_TEST_USER_ID "\"}");
}

static KvarReply *
logout_cb (KvarRequest  *request,
           gpointer      user_data,
           GError      **error)
{
  KvarTestAuth *self = user_data;

  if (!is_accepted (self, request))
    return kvar_test_reply_new (403, "{\"code\":\"bad_jwt\",\"message\":\"x\"}");
  if (strstr (kvar_request_get_path (request), "scope=others") == NULL)
    self->revoked = TRUE;

  return kvar_reply_new (204, NULL);
}

/* Tests give every change a body or a path of its own. */
static void
make_change (KvarTestAuth *self,
             KvarRequest  *request)
{
  GBytes *body = kvar_request_get_body (request);
  g_autofree char *text = body != NULL ? g_strndup (g_bytes_get_data (body, NULL),
                                                    g_bytes_get_size (body)) : NULL;
  char *what = g_strdup_printf ("%s %s %s", kvar_request_get_method (request),
                                kvar_request_get_path (request), text != NULL ? text : "");
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->changes, what)) + 1;

  g_hash_table_insert (self->changes, what, GUINT_TO_POINTER (n));
  self->most_changes = MAX (self->most_changes, n);
}

static KvarReply *
rest_cb (KvarRequest  *request,
         gpointer      user_data,
         GError      **error)
{
  KvarTestAuth *self = user_data;
  gboolean reads = g_str_equal (kvar_request_get_method (request), "GET");

  if (!is_accepted (self, request))
    return kvar_test_reply_new (401, "{\"code\":\"PGRST303\",\"message\":\"JWT expired\"}");

  if (!reads && !kvar_request_get_repeatable (request))
    make_change (self, request);
  if (!reads && self->n_to_lose > 0)
    {
      self->n_to_lose--;
      g_propagate_error (error, kvar_error_new_full (KVAR_ERROR_UNKNOWN_OUTCOME, 0, NULL,
                                                     "the connection broke"));
      return NULL;
    }

  return kvar_test_reply_new (200, "[]");
}

KvarTestAuth *
kvar_test_auth_new (KvarTestTransport *transport,
                    KvarClock         *clock)
{
  KvarTestAuth *self = g_new0 (KvarTestAuth, 1);

  self->clock = g_object_ref (clock);
  self->lifetime = 3600;
  self->changes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  kvar_test_transport_on (transport, "POST", "/auth/v1/token", token_cb, self);
  kvar_test_transport_on (transport, "GET", "/auth/v1/user", user_cb, self);
  kvar_test_transport_on (transport, "POST", "/auth/v1/logout", logout_cb, self);
  kvar_test_transport_on (transport, NULL, "/rest/v1/", rest_cb, self);

  return self;
}

void
kvar_test_auth_free (KvarTestAuth *self)
{
  g_queue_clear_full (&self->script, scripted_free);
  g_hash_table_unref (self->changes);
  g_object_unref (self->clock);
  g_free (self->access);
  g_free (self->refresh);
  g_free (self->parent);
  g_free (self);
}

void
kvar_test_auth_set_lifetime (KvarTestAuth *self,
                             int           seconds)
{
  self->lifetime = seconds;
}

/* As if the project's signing key had been changed: every token so far is refused. */
void
kvar_test_auth_refuse_tokens (KvarTestAuth *self)
{
  g_clear_pointer (&self->access, g_free);
}

void
kvar_test_auth_revoke (KvarTestAuth *self)
{
  self->revoked = TRUE;
}

void
kvar_test_auth_script_reply (KvarTestAuth *self,
                             KvarReply    *reply)
{
  Scripted *scripted = g_new0 (Scripted, 1);

  scripted->reply = reply;
  g_queue_push_tail (&self->script, scripted);
}

void
kvar_test_auth_script_error (KvarTestAuth *self,
                             GError       *error,
                             gboolean      rotate)
{
  Scripted *scripted = g_new0 (Scripted, 1);

  scripted->error = error;
  scripted->rotate = rotate;
  g_queue_push_tail (&self->script, scripted);
}

void
kvar_test_auth_clear_script (KvarTestAuth *self)
{
  g_queue_clear_full (&self->script, scripted_free);
}

/* The next @n changes are made, but nobody hears of it. */
void
kvar_test_auth_lose_changes (KvarTestAuth *self,
                             guint         n)
{
  self->n_to_lose = n;
}

/* How often the change was made that was made most often, of those that must not be repeated. */
guint
kvar_test_auth_get_most_changes (KvarTestAuth *self)
{
  return self->most_changes;
}

guint
kvar_test_auth_get_n_tokens (KvarTestAuth *self)
{
  return self->n_tokens;
}

guint
kvar_test_auth_get_n_anon (KvarTestAuth *self)
{
  return self->n_anon;
}

const char *
kvar_test_auth_get_access (KvarTestAuth *self)
{
  return self->access;
}

const char *
kvar_test_auth_get_refresh (KvarTestAuth *self)
{
  return self->refresh;
}

static KvarProject *
new_project (void)
{
  g_autoptr(GError) error = NULL;
  KvarProject *project = kvar_project_new ("https://norr.example.org", "sb_publishable_test",
                                           &error);

  g_assert_no_error (error);

  return project;
}

KvarSession *
kvar_test_session_new_plain (KvarTestTransport *transport,
                             KvarVault         *vault,
                             KvarClock         *clock,
                             const char        *state_dir)
{
  g_autoptr(KvarProject) project = new_project ();

  return kvar_session_new (project, KVAR_TRANSPORT (transport), vault, clock, state_dir);
}

KvarSession *
kvar_test_session_new (KvarTestTransport *transport,
                       KvarVault         *vault,
                       KvarClock         *clock,
                       const char        *state_dir)
{
  KvarSession *session = kvar_test_session_new_plain (transport, vault, clock, state_dir);

  kvar_session_trace_keep_all (kvar_session_get_trace (session));

  return session;
}

void
kvar_test_session_sign_in (KvarSession *session)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  kvar_session_sign_in_async (session, KVAR_TEST_EMAIL, KVAR_TEST_PASSWORD, NULL,
                              kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  kvar_session_sign_in_finish (session, result, &error);
  g_assert_no_error (error);
}
