/* test-http-limits.c: what an answer may cost, and where requests go, over HTTP
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "kvar-error.h"
#include "kvar-test-server.h"
#include "kvar-test.h"
#include "net/kvar-http-transport.h"
#include "session/kvar-project.h"

typedef struct
{
  KvarTestServer    *server;
  KvarClock         *clock;
  KvarHttpTransport *transport;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->server = kvar_test_server_new ();
  f->clock = kvar_clock_new_simulated ();
  f->transport = kvar_http_transport_new (f->server->url, "sb_publishable_test", f->clock);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  kvar_test_settle ();
  g_assert_finalize_object (f->transport);
  kvar_test_server_free (f->server);
  kvar_test_settle ();
  g_assert_finalize_object (f->clock);
}

static KvarReply *
send (Fixture      *f,
      KvarRequest  *request,
      GError      **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_transport_send_async (KVAR_TRANSPORT (f->transport), request, NULL,
                             kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);

  return kvar_transport_send_finish (KVAR_TRANSPORT (f->transport), result, error);
}

static KvarReply *
get (Fixture     *f,
     const char  *path,
     GError     **error)
{
  g_autoptr(KvarRequest) request = kvar_request_new ("GET", path);

  return send (f, request, error);
}

/* A byte every five seconds. Returns how many seconds go by until there is a result, or
 * 1000. */
static guint
wait_for_dripping (Fixture       *f,
                   GAsyncResult **result)
{
  guint seconds = 0;

  kvar_test_wait_until (f->server->dripping != NULL);
  for (; *result == NULL && seconds < 1000; seconds += 5)
    {
      kvar_test_server_drip (f->server);
      for (guint i = 0; i < 5; i++)    /* it comes through the socket */
        {
          kvar_test_settle ();
          g_usleep (500);
        }
      kvar_clock_advance (f->clock, 5 * KVAR_CLOCK_SECOND);
      kvar_test_settle ();
    }

  return seconds;
}

typedef struct
{
  const char *method;
  const char *path;
  guint       seconds;    /* until it is given up; 1000 for never */
  int         error;
} Dripping;

static const Dripping auth_read = { "GET", "/auth/v1/drip", 30, KVAR_ERROR_OFFLINE };
static const Dripping auth_post = { "POST", "/auth/v1/drip", 30, KVAR_ERROR_UNKNOWN_OUTCOME };
static const Dripping long_data = { "GET", "/rest/v1/drip", 1000, -1 };

/* Signs of life are not enough: the auth server's answers are short. Data may take long. */
static void
test_drips (Fixture       *f,
            gconstpointer  data)
{
  const Dripping *dripping = data;
  g_autoptr(KvarRequest) request = kvar_request_new (dripping->method, dripping->path);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  kvar_transport_send_async (KVAR_TRANSPORT (f->transport), request, cancellable,
                             kvar_test_keep_result, &result);
  g_assert_cmpuint (wait_for_dripping (f, &result), ==, dripping->seconds);
  if (result == NULL)
    g_cancellable_cancel (cancellable);
  kvar_test_wait_until (result != NULL);

  g_assert_null (kvar_transport_send_finish (KVAR_TRANSPORT (f->transport), result, &error));
  if (dripping->error >= 0)
    g_assert_error (error, KVAR_ERROR, dripping->error);
  g_assert_cmpuint (f->server->n_dripping, ==, 1);
}

/* Misrouted: megabytes where a token is expected. Nothing of it is kept. */
static void
test_too_much_from_auth (Fixture       *f,
                         gconstpointer  unused)
{
  g_autoptr(KvarRequest) request = kvar_request_new ("POST", "/auth/v1/big");
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(KvarReply) written = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) unknown = NULL;

  reply = get (f, "/auth/v1/big", &error);
  g_assert_null (reply);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY);

  /* It may have been done all the same: the same refresh token again. */
  written = send (f, request, &unknown);
  g_assert_null (written);
  g_assert_error (unknown, KVAR_ERROR, KVAR_ERROR_UNKNOWN_OUTCOME);
}

static void
test_too_much_of_a_document (Fixture       *f,
                             gconstpointer  unused)
{
  g_autoptr(KvarRequest) request = kvar_request_new ("GET", "/rest/v1/big");
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(KvarReply) whole = NULL;
  g_autoptr(GError) error = NULL;

  kvar_request_set_answer_max (request, 3 * 1024 * 1024 + 16);
  reply = send (f, request, &error);
  g_assert_null (reply);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_BAD_REPLY);

  kvar_request_set_answer_max (request, 3 * 1024 * 1024 + 17);
  whole = send (f, request, NULL);
  g_assert_nonnull (whole);
}

/* As a session makes it, for an address as a person types it. */
static void
use_address (Fixture    *f,
             const char *typed)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(KvarProject) project = kvar_project_new (typed, "sb_publishable_test", &error);

  g_assert_no_error (error);
  g_assert_finalize_object (f->transport);
  f->transport = kvar_http_transport_new (kvar_project_get_url (project),
                                          kvar_project_get_key (project), f->clock);
}

/* A loopback that has only the newer kind of address, as a browser may find it too. */
static void
test_ipv6_loopback (Fixture       *f,
                    gconstpointer  unused)
{
  g_autoslist(GUri) uris = NULL;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *typed = NULL;

  if (!soup_server_listen_local (f->server->server, 0, SOUP_SERVER_LISTEN_IPV6_ONLY, NULL))
    {
      g_test_skip ("There is no IPv6 here");
      return;
    }

  uris = soup_server_get_uris (f->server->server);
  for (GSList *l = uris; l != NULL && typed == NULL; l = l->next)
    if (strchr (g_uri_get_host (l->data), ':') != NULL)
      typed = g_uri_to_string (l->data);

  g_assert_nonnull (typed);
  use_address (f, typed);
  reply = get (f, "/rest/v1/echo", &error);
  g_assert_no_error (error);
  g_assert_cmpint (kvar_reply_get_status (reply), ==, 200);
}

static void
note_target_cb (SoupServer        *server,
                SoupServerMessage *message,
                const char        *path,
                GHashTable        *query,
                gpointer           user_data)
{
  GUri *uri = soup_server_message_get_uri (message);

  g_ptr_array_add (user_data, g_uri_to_string_partial (uri, G_URI_HIDE_USERINFO));
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, "{}", 2);
}

/* A company's gateway has the project in a folder, on a port of its own; nothing is asked
 * beside it. */
static void
test_below_a_path (Fixture       *f,
                   gconstpointer  unused)
{
  static const char *const paths[] = {
    "/auth/v1/token?grant_type=refresh_token", "/rest/v1/jobs?select=id", "/storage/v1/object/x",
  };
  g_autoptr(GPtrArray) targets = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *typed = g_strconcat (f->server->url, "company/supabase/", NULL);

  soup_server_add_handler (f->server->server, NULL, note_target_cb, targets, NULL);
  use_address (f, typed);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr(KvarReply) reply = get (f, paths[i], NULL);
      g_autofree char *expected = g_strconcat (f->server->url, "company/supabase", paths[i],
                                               NULL);

      g_assert_cmpint (kvar_reply_get_status (reply), ==, 200);
      g_assert_cmpuint (targets->len, ==, i + 1);
      g_assert_cmpstr (targets->pdata[i], ==, expected);
    }
}

/* Wherever a redirect points, above all away from encryption: the token is not carried there. */
static void
test_follows_nobody (Fixture       *f,
                     gconstpointer  unused)
{
  g_autoptr(GPtrArray) targets = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(KvarRequest) plain = kvar_request_new ("POST", "/rest/v1/redirect");
  g_autoptr(KvarRequest) request = kvar_request_with_bearer (plain, "token");
  g_autoptr(KvarReply) reply = NULL;

  soup_server_add_handler (f->server->server, NULL, note_target_cb, targets, NULL);
  reply = send (f, request, NULL);
  g_assert_cmpint (kvar_reply_get_status (reply), ==, 302);
  g_assert_true (g_str_has_prefix (kvar_reply_get_header (reply, "Location"), "http://"));
  kvar_test_settle ();
  g_assert_cmpuint (targets->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, data, function) \
  g_test_add ("/http-limits/" path, Fixture, data, set_up, function, tear_down)
  ADD ("D19/auth-read", &auth_read, test_drips);
  ADD ("D19/auth-post", &auth_post, test_drips);
  ADD ("D19/long-data", &long_data, test_drips);
  ADD ("D20/too-much-from-auth", NULL, test_too_much_from_auth);
  ADD ("D20/too-much-of-a-document", NULL, test_too_much_of_a_document);
  ADD ("J13/ipv6-loopback", NULL, test_ipv6_loopback);
  ADD ("K09/follows-nobody", NULL, test_follows_nobody);
  ADD ("K10/below-a-path", NULL, test_below_a_path);

  return g_test_run ();
}
