/* test-reply.c: what a reply says, whoever wrote it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-test-transport.h"
#include "net/kvar-reply.h"

static KvarReply *
reply_with (const char *name,
            const char *value)
{
  KvarReply *reply = kvar_reply_new (200, NULL);

  kvar_reply_add_header (reply, name, value);

  return reply;
}

static void
test_code_in_every_dialect (void)
{
  static const struct { const char *body; const char *code; const char *message; } bodies[] = {
    { "{\"code\":\"bad_jwt\",\"message\":\"m\"}", "bad_jwt", "m" },
    { "{\"code\":403,\"error_code\":\"bad_jwt\",\"msg\":\"m\"}", "bad_jwt", "m" },
    { "{\"error\":\"invalid_client\",\"error_description\":\"m\"}", "invalid_client", "m" },
    { "{\"code\":\"PGRST303\",\"message\":\"JWT expired\",\"details\":null,\"hint\":null}",
      "PGRST303", "JWT expired" },
    { "{\"statusCode\":\"404\",\"error\":\"not_found\",\"message\":\"m\"}", "not_found", "m" },
    { "{\"message\":\"Invalid API key\",\"hint\":\"h\"}", NULL, "Invalid API key" },
    { "{\"code\":{},\"message\":[1]}", NULL, NULL },
    { "[]", NULL, NULL },
    { "{", NULL, NULL },
    { "", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr(KvarReply) reply = kvar_test_reply_new (400, bodies[i].body);

      g_assert_cmpstr (kvar_reply_get_code (reply), ==, bodies[i].code);
      g_assert_cmpstr (kvar_reply_get_message (reply), ==, bodies[i].message);
    }
}

static void
test_code_in_a_header (void)
{
  g_autoptr(KvarReply) reply = kvar_reply_new (403, NULL);

  kvar_reply_add_header (reply, "X-Sb-Error-Code", "user_banned");
  g_assert_cmpstr (kvar_reply_get_code (reply), ==, "user_banned");
}

/* A gateway may have rewritten the body or taken a header away: either is enough, and of two
 * that differ the auth server's own header counts. */
static void
test_header_and_body (void)
{
  static const struct { const char *header; const char *body; const char *code; } replies[] = {
    { "user_banned", "{\"code\":\"user_banned\",\"message\":\"m\"}", "user_banned" },
    { "session_not_found", "{\"code\":\"bad_request\"}", "session_not_found" },
    { "session_not_found", "{\"message\":\"Bad Request\"}", "session_not_found" },
    { "", "{\"code\":\"session_expired\"}", "session_expired" },
    { NULL, "{\"code\":\"session_expired\"}", "session_expired" },
    { NULL, "{\"code\":400,\"error_code\":\"session_expired\",\"msg\":\"m\"}", "session_expired" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_autoptr(KvarReply) reply = kvar_test_reply_new (400, replies[i].body);

      if (replies[i].header != NULL)
        kvar_reply_add_header (reply, "x-sb-error-code", replies[i].header);
      g_assert_cmpstr (kvar_reply_get_code (reply), ==, replies[i].code);
    }
}

static void
test_code_not_from_html (void)
{
  g_autoptr(GBytes) body = g_bytes_new_static ("{\"code\":\"session_not_found\"}", 28);
  g_autoptr(KvarReply) reply = kvar_reply_new (400, body);

  kvar_reply_add_header (reply, "Content-Type", "text/html");
  g_assert_null (kvar_reply_get_code (reply));
}

static void
test_json_by_content_type (void)
{
  static const struct { const char *type; gboolean json; } types[] = {
    { "application/json", TRUE }, { "application/json; charset=utf-8", TRUE },
    { "Application/JSON", TRUE }, { "application/vnd.pgrst.object+json;nulls=stripped", TRUE },
    { "application/openapi+json; charset=utf-8", TRUE }, { "text/html", FALSE },
    { "text/html; x=application/json", FALSE }, { "application/jsonp", FALSE }, { "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr(KvarReply) reply = reply_with ("content-type", types[i].type);

      g_assert_cmpint (kvar_reply_is_json (reply), ==, types[i].json);
    }
}

static void
test_total_of_content_range (void)
{
  static const struct { const char *range; gint64 total; } ranges[] = {
    { "0-24/573", 573 }, { "*/0", 0 }, { "0-24/*", -1 }, { "*/*", -1 }, { "0-24", -1 },
    { "0-0/-5", -1 }, { "0-0/1x", -1 }, { "*/9223372036854775807", G_MAXINT64 },
    { "*/99999999999999999999", -1 }, { "", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      g_autoptr(KvarReply) reply = reply_with ("Content-Range", ranges[i].range);

      g_assert_cmpint (kvar_reply_get_total (reply), ==, ranges[i].total);
    }
}

static void
test_date (void)
{
  static const struct { const char *date; gint64 unix_time; } dates[] = {
    { "Sun, 06 Nov 1994 08:49:37 GMT", 784111777 },
    { "Thu, 01 Jan 1970 00:00:00 GMT", 0 },
    { "Sun, 31 Feb 1994 08:49:37 GMT", -1 },
    { "Sun, 06 ovD 1994 08:49:37 GMT", -1 },
    { "Sunday, 06-Nov-94 08:49:37 GMT", -1 },
    { "now", -1 }, { "", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autoptr(KvarReply) reply = reply_with ("Date", dates[i].date);
      g_autoptr(GDateTime) date = kvar_reply_get_date (reply);

      g_assert_cmpint (date != NULL ? g_date_time_to_unix (date) : -1, ==, dates[i].unix_time);
    }
}

static void
test_retry_after (void)
{
  g_autoptr(KvarClock) clock = kvar_clock_new_simulated ();
  g_autoptr(KvarReply) none = kvar_reply_new (429, NULL);
  g_autoptr(KvarReply) seconds = reply_with ("Retry-After", "7");
  g_autoptr(KvarReply) nonsense = reply_with ("Retry-After", "soon");
  g_autoptr(KvarReply) past = reply_with ("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT");
  g_autoptr(KvarReply) date = reply_with ("Retry-After", "Thu, 15 Jan 2026 12:01:30 GMT");

  g_assert_cmpint (kvar_reply_get_retry_after (none, clock), ==, -1);
  g_assert_cmpint (kvar_reply_get_retry_after (seconds, clock), ==, 7 * KVAR_CLOCK_SECOND);
  g_assert_cmpint (kvar_reply_get_retry_after (nonsense, clock), ==, -1);
  g_assert_cmpint (kvar_reply_get_retry_after (past, clock), ==, KVAR_CLOCK_SECOND);
  g_assert_cmpint (kvar_reply_get_retry_after (date, clock), ==, 90 * KVAR_CLOCK_SECOND);
}

/* A date is meant by the clock that wrote it, which the same answer shows; and nobody is
 * made to wait for next year, or not at all. */
static void
test_retry_after_date (void)
{
  static const struct { const char *retry_after; const char *date; gint64 seconds; } replies[] = {
    { "Sun, 06 Nov 1994 08:50:07 GMT", "Sun, 06 Nov 1994 08:49:37 GMT", 30 },
    { "Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT", 1 },
    { "Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:55:00 GMT", 1 },
    { "Mon, 06 Nov 1995 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT", 15 * 60 },
    { "Thu, 15 Jan 2026 12:01:30 GMT", "yesterday", 90 },
    { "0", "Sun, 06 Nov 1994 08:49:37 GMT", 1 },
    { "86400", "Sun, 06 Nov 1994 08:49:37 GMT", 15 * 60 },
  };
  g_autoptr(KvarClock) clock = kvar_clock_new_simulated ();

  for (gsize i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_autoptr(KvarReply) reply = reply_with ("Retry-After", replies[i].retry_after);

      kvar_reply_add_header (reply, "Date", replies[i].date);
      g_assert_cmpint (kvar_reply_get_retry_after (reply, clock), ==,
                       replies[i].seconds * KVAR_CLOCK_SECOND);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/reply/code/in-every-dialect", test_code_in_every_dialect);
  g_test_add_func ("/reply/code/in-a-header", test_code_in_a_header);
  g_test_add_func ("/reply/K05/header-and-body", test_header_and_body);
  g_test_add_func ("/reply/K12/date-to-wait-for", test_retry_after_date);
  g_test_add_func ("/reply/code/not-from-html", test_code_not_from_html);
  g_test_add_func ("/reply/json/by-content-type", test_json_by_content_type);
  g_test_add_func ("/reply/total/of-content-range", test_total_of_content_range);
  g_test_add_func ("/reply/date/one-form", test_date);
  g_test_add_func ("/reply/retry-after/seconds-or-date", test_retry_after);

  return g_test_run ();
}
