/* kvar-schema-fixture.h: a schema loader, and a project that answers as a test says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib/gstdio.h>
#include <string.h>

#include "kvar-error.h"
#include "kvar-test-auth.h"
#include "kvar-test-transport.h"
#include "kvar-test-vault.h"
#include "kvar-test.h"
#include "schema/kvar-schema-loader.h"

#define SCHEMA(table) \
  "{\"version\":1,\"relations\":[{\"name\":\"" table "\",\"kind\":\"table\"," \
  "\"columns\":[{\"name\":\"id\",\"type\":\"integer\"}]}],\"functions\":[]}"
#define TWO_TABLES(second) \
  "{\"version\":1,\"relations\":[{\"name\":\"jobs\",\"kind\":\"table\"," \
  "\"columns\":[{\"name\":\"id\",\"type\":\"integer\"}]}," \
  "{\"name\":\"contacts\",\"kind\":\"table\",\"columns\":[{\"name\":\"" second "\"," \
  "\"type\":\"text\"}]}],\"functions\":[]}"
#define OPENAPI \
  "{\"swagger\":\"2.0\",\"paths\":{},\"definitions\":{\"open\":{\"properties\":" \
  "{\"id\":{\"format\":\"integer\"}}}}}"
#define NO_FUNCTION "{\"code\":\"PGRST202\",\"message\":\"Could not find the function\"}"
#define CLOSED "{\"message\":\"Secret API key required\",\"hint\":\"Only secret API keys\"}"

typedef struct
{
  KvarTestTransport *transport;
  KvarTestVault     *vault;
  KvarClock         *clock;
  KvarTestAuth      *auth;
  KvarSession       *session;
  char              *dir;
  KvarSchemaLoader  *loader;

  /* What the project answers; status 0: not reachable. */
  int                function_status;
  const char        *function_body;
  int                root_status;
  const char        *root_body;
  const char        *row;
} Fixture;

static inline KvarReply *
reply_or_fail (int          status,
               const char  *body,
               GError     **error)
{
  if (status != 0)
    return kvar_test_reply_new (status, body);

  g_set_error_literal (error, KVAR_ERROR, KVAR_ERROR_OFFLINE, "no route");
  return NULL;
}

/* What a probe of the table "jobs" gets. */
static inline KvarReply *
answer_jobs (Fixture     *f,
             KvarRequest *request)
{
  const char *path = kvar_request_get_path (request);

  if (g_str_equal (kvar_request_get_method (request), "OPTIONS"))
    {
      KvarReply *reply = kvar_test_reply_new (200, "");

      kvar_reply_add_header (reply, "Allow", "OPTIONS,GET,HEAD,POST,PUT,PATCH");
      return reply;
    }
  if (strstr (path, "limit=1") != NULL)
    return kvar_test_reply_new (200, f->row);
  if (strstr (path, "%22id%22=") != NULL)
    return kvar_test_reply_new (400, "{\"code\":\"22P02\",\"message\":"
                                     "\"invalid input syntax for type bigint: \\\"¤{\\\"\"}");
  if (strstr (path, "%22doc%22=") != NULL)
    return kvar_test_reply_new (400, "{\"code\":\"22P02\",\"message\":\"\\\"¤\\\" is odd\"}");
  if (strstr (path, "%22file%22=ilike") != NULL)
    return kvar_test_reply_new (404, "{\"code\":\"42883\",\"message\":"
                                     "\"operator does not exist: bytea ~~* unknown\"}");
  if (strstr (path, "%22nope%22=") != NULL)
    return kvar_test_reply_new (400, "{\"code\":\"42703\",\"message\":\"does not exist\"}");

  return kvar_test_reply_new (200, "[]");
}

static inline KvarReply *
answer (KvarRequest *request,
        gpointer     user_data,
        GError     **error)
{
  Fixture *f = user_data;
  const char *path = kvar_request_get_path (request);

  if (g_str_equal (path, "/rest/v1/rpc/kvar_schema"))
    return reply_or_fail (f->function_status, f->function_body, error);
  if (g_str_equal (path, "/rest/v1/"))
    return reply_or_fail (f->root_status, f->root_body, error);
  if (g_str_has_prefix (path, "/rest/v1/jobs"))
    return answer_jobs (f, request);

  return kvar_test_reply_new (404, "{\"code\":\"PGRST205\",\"message\":\"no such table\"}");
}

static inline void
set_up (Fixture       *f,
        gconstpointer  unused)
{
  f->dir = g_dir_make_tmp ("kvar-schema-XXXXXX", NULL);
  f->transport = kvar_test_transport_new ();
  f->vault = kvar_test_vault_new ();
  f->clock = kvar_clock_new_simulated ();
  f->auth = kvar_test_auth_new (f->transport, f->clock);
  f->session = kvar_test_session_new (f->transport, KVAR_VAULT (f->vault), f->clock, f->dir);
  kvar_test_session_sign_in (f->session);

  kvar_test_transport_on (f->transport, "GET", "/rest/v1/", answer, f);
  kvar_test_transport_on (f->transport, "OPTIONS", "/rest/v1/", answer, f);
  f->function_status = 404;
  f->function_body = NO_FUNCTION;
  f->root_status = 401;
  f->root_body = CLOSED;
  f->row = "[{\"id\":1,\"title\":\"x\",\"doc\":{},\"file\":\"\\\\xdead\"}]";
  f->loader = kvar_schema_loader_new (f->session, f->dir);
}

static inline void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  g_autoptr(GDir) dir = g_dir_open (f->dir, 0, NULL);
  const char *name;

  kvar_test_settle ();
  g_assert_finalize_object (f->loader);
  g_assert_finalize_object (f->session);
  g_clear_pointer (&f->auth, kvar_test_auth_free);
  g_assert_finalize_object (f->transport);
  g_assert_finalize_object (f->vault);
  g_assert_finalize_object (f->clock);

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->dir, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_rmdir (f->dir);
  g_free (f->dir);
}

static inline KvarSchema *
load (Fixture  *f,
      GError  **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_schema_loader_load_async (f->loader, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  return kvar_schema_loader_load_finish (f->loader, result, error);
}

static inline KvarTable *
add_table (Fixture            *f,
           const char         *name,
           const char *const  *columns,
           GError            **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_schema_loader_add_table_async (f->loader, name, columns, NULL, kvar_test_keep_result,
                                      &result);
  kvar_test_wait_until (result != NULL);
  return kvar_schema_loader_add_table_finish (f->loader, result, error);
}

/* The next start of Kvar. */
static inline void
restart (Fixture *f)
{
  g_assert_finalize_object (f->loader);
  f->loader = kvar_schema_loader_new (f->session, f->dir);
}
