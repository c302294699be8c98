/* test-verdict.c: what every answer to a renewal means, as one table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gio/gio.h>

#include "kvar-error.h"
#include "session/kvar-verdict.h"

#define USER    "f2da8607-d5fb-45ab-ac03-729fd587b385"
#define SESSION "{\"access_token\":\"a\",\"refresh_token\":\"b\",\"expires_in\":3600," \
                "\"user\":{\"id\":\"" USER "\"}}"
#define JSON    "application/json"
#define HTML    "text/html; charset=utf-8"

typedef struct
{
  const char  *name;
  int          status;
  const char  *type;       /* (nullable) */
  const char  *body;
  KvarVerdict  verdict;
} Case;

static const Case cases[] = {
  { "ok", 200, JSON, SESSION, KVAR_VERDICT_RENEWED },
  { "C10/half-a-body", 200, JSON, "{\"access_token\":\"a\",\"refr", KVAR_VERDICT_LOST },
  { "K01/no-refresh-token", 200, JSON,
    "{\"access_token\":\"a\",\"refresh_token\":null,\"user\":{\"id\":\"" USER "\"}}",
    KVAR_VERDICT_LOST },
  { "K01/empty-object", 200, JSON, "{}", KVAR_VERDICT_LOST },
  { "C15/another-user", 200, JSON,
    "{\"access_token\":\"a\",\"refresh_token\":\"b\",\"expires_in\":1,\"user\":{\"id\":\"eva\"}}",
    KVAR_VERDICT_LOST },
  { "D21/garbage", 200, "application/octet-stream", "\x1f\x8b\x08", KVAR_VERDICT_LOST },
  { "D03/portal", 200, HTML, "<html>", KVAR_VERDICT_NOT_NOW },
  { "D04/redirect", 302, HTML, "", KVAR_VERDICT_NOT_NOW },
  { "K08/other-region", 307, NULL, "", KVAR_VERDICT_NOT_NOW },

  { "not-found", 400, JSON, "{\"code\":\"refresh_token_not_found\",\"message\":\"x\"}",
    KVAR_VERDICT_DOUBTFUL },
  { "K04/numeric-code", 400, JSON,
    "{\"code\":400,\"error_code\":\"refresh_token_not_found\",\"msg\":\"x\"}",
    KVAR_VERDICT_DOUBTFUL },
  { "already-used", 400, JSON, "{\"code\":\"refresh_token_already_used\"}",
    KVAR_VERDICT_DOUBTFUL },
  { "damaged", 400, JSON, "{\"code\":\"validation_failed\"}", KVAR_VERDICT_DOUBTFUL },
  { "session-not-found", 400, JSON, "{\"code\":\"session_not_found\"}", KVAR_VERDICT_OVER },
  { "session-expired", 400, JSON, "{\"code\":\"session_expired\"}", KVAR_VERDICT_OVER },
  { "user-not-found", 403, JSON, "{\"code\":\"user_not_found\"}", KVAR_VERDICT_OVER },
  { "banned", 400, JSON, "{\"code\":\"user_banned\"}", KVAR_VERDICT_BLOCKED },

  { "untrusted/html-with-a-code", 400, HTML, "{\"code\":\"session_not_found\"}",
    KVAR_VERDICT_NOT_NOW },
  { "untrusted/code-in-5xx", 502, JSON, "{\"code\":\"session_not_found\"}",
    KVAR_VERDICT_NOT_NOW },
  { "K11/very-old-server", 400, JSON, "{\"error\":\"invalid_grant\"}", KVAR_VERDICT_NOT_NOW },
  { "K06/hook", 403, JSON, "{\"message\":\"not on Fridays\"}", KVAR_VERDICT_NOT_NOW },
  { "unknown-code", 400, JSON, "{\"code\":\"bad_json\"}", KVAR_VERDICT_NOT_NOW },
  { "B09/key", 401, JSON, "{\"message\":\"Invalid API key\"}", KVAR_VERDICT_NOT_NOW },
  { "B09/key-envoy", 401, "text/plain", "Unauthorized", KVAR_VERDICT_NOT_NOW },
  { "K07/firewall", 403, HTML, "<html>", KVAR_VERDICT_NOT_NOW },
  { "D05/proxy", 407, HTML, "<html>", KVAR_VERDICT_NOT_NOW },
  { "D05/portal", 511, HTML, "<html>", KVAR_VERDICT_NOT_NOW },
  { "C12/conflict", 409, JSON, "{\"code\":\"conflict\"}", KVAR_VERDICT_LOST },
  { "D14/rate-limit", 429, JSON, "{\"code\":\"over_request_rate_limit\"}",
    KVAR_VERDICT_NOT_NOW },
  { "D08/broken", 500, JSON, "{\"code\":\"unexpected_failure\"}", KVAR_VERDICT_NOT_NOW },
  { "D09/502", 502, HTML, "<html>", KVAR_VERDICT_NOT_NOW },
  { "D09/503", 503, NULL, "", KVAR_VERDICT_NOT_NOW },
  { "C09/504", 504, JSON, "{\"code\":\"request_timeout\"}", KVAR_VERDICT_LOST },
  { "D10/521", 521, HTML, "<html>", KVAR_VERDICT_NOT_NOW },
  { "D10/524", 524, HTML, "<html>", KVAR_VERDICT_LOST },
  { "D11/540", 540, HTML, "<html>", KVAR_VERDICT_NOT_NOW },
  { "D12/544", 544, HTML, "<html>", KVAR_VERDICT_LOST },
  { "D12/546", 546, HTML, "<html>", KVAR_VERDICT_NOT_NOW },
};

static KvarReply *
make_reply (const Case *c)
{
  g_autoptr(GBytes) body = g_bytes_new_static (c->body, strlen (c->body));
  KvarReply *reply = kvar_reply_new (c->status, body);

  if (c->type != NULL)
    kvar_reply_add_header (reply, "Content-Type", c->type);

  return reply;
}

static void
test_reply (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(KvarReply) reply = make_reply (c);
  g_autoptr(KvarToken) token = kvar_token_new_from_reply (reply, 0, 0, NULL);

  g_assert_cmpint (kvar_verdict_judge (reply, NULL, token, USER), ==, c->verdict);
}

/* A gateway rewrote the body and left the auth server's header; but a page of HTML is not the
 * auth server's, whatever header it bears. */
static void
test_header_only (void)
{
  const Case json = { "", 400, JSON, "{\"message\":\"Bad Request\"}", 0 };
  const Case html = { "", 400, HTML, "<html>", 0 };
  g_autoptr(KvarReply) first = make_reply (&json);
  g_autoptr(KvarReply) second = make_reply (&html);

  kvar_reply_add_header (first, "X-Sb-Error-Code", "session_not_found");
  kvar_reply_add_header (second, "X-Sb-Error-Code", "session_not_found");

  g_assert_cmpint (kvar_verdict_judge (first, NULL, NULL, USER), ==, KVAR_VERDICT_OVER);
  g_assert_cmpint (kvar_verdict_judge (second, NULL, NULL, USER), ==, KVAR_VERDICT_NOT_NOW);
}

static void
test_wire (void)
{
  g_autoptr(GError) offline = kvar_error_new_full (KVAR_ERROR_OFFLINE, 0, NULL, "x");
  g_autoptr(GError) lost = kvar_error_new_full (KVAR_ERROR_UNKNOWN_OUTCOME, 0, NULL, "x");
  g_autoptr(GError) strange = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");

  g_assert_cmpint (kvar_verdict_judge (NULL, offline, NULL, USER), ==, KVAR_VERDICT_NOT_NOW);
  g_assert_cmpint (kvar_verdict_judge (NULL, lost, NULL, USER), ==, KVAR_VERDICT_LOST);
  g_assert_cmpint (kvar_verdict_judge (NULL, strange, NULL, USER), ==, KVAR_VERDICT_NOT_NOW);
}

/* No status alone, with whatever body, is ever the end. */
static void
test_no_status_is_the_end (void)
{
  for (int status = 100; status < 600; status++)
    {
      const Case plain = { "", status, NULL, "", 0 };
      const Case json = { "", status, JSON, "{\"message\":\"go away\"}", 0 };
      g_autoptr(KvarReply) first = make_reply (&plain);
      g_autoptr(KvarReply) second = make_reply (&json);

      g_assert_cmpint (kvar_verdict_judge (first, NULL, NULL, USER), >, KVAR_VERDICT_RENEWED);
      g_assert_cmpint (kvar_verdict_judge (first, NULL, NULL, USER), <=, KVAR_VERDICT_NOT_NOW);
      g_assert_cmpint (kvar_verdict_judge (second, NULL, NULL, USER), <=, KVAR_VERDICT_NOT_NOW);
    }
}

static void
test_reasons (void)
{
  g_assert_cmpint (kvar_verdict_reason ("session_expired"), ==, KVAR_REASON_POLICY);
  g_assert_cmpint (kvar_verdict_reason ("session_not_found"), ==, KVAR_REASON_EXPIRED);
  g_assert_cmpint (kvar_verdict_reason ("user_banned"), ==, KVAR_REASON_BLOCKED);
  g_assert_cmpint (kvar_verdict_reason (NULL), ==, KVAR_REASON_EXPIRED);
}

static void
test_suspicion (void)
{
  const Case gone = { "", 403, JSON, "{\"code\":\"session_not_found\"}", 0 };
  const Case aal = { "", 401, JSON, "{\"code\":\"insufficient_aal\"}", 0 };
  g_autoptr(KvarReply) first = make_reply (&gone);
  g_autoptr(KvarReply) second = make_reply (&aal);

  g_assert_true (kvar_verdict_suspicion (first));
  g_assert_false (kvar_verdict_suspicion (second));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/verdict/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_reply);
    }
  g_test_add_func ("/verdict/K05/header-only", test_header_only);
  g_test_add_func ("/verdict/wire", test_wire);
  g_test_add_func ("/verdict/no-status-is-the-end", test_no_status_is_the_end);
  g_test_add_func ("/verdict/reasons", test_reasons);
  g_test_add_func ("/verdict/suspicion", test_suspicion);

  return g_test_run ();
}
