/* test-reply-error.c: a table of what servers answer and what Kvar makes of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-error.h"
#include "kvar-test-transport.h"

#define AUTH    KVAR_SERVICE_AUTH
#define REST    KVAR_SERVICE_REST
#define STORAGE KVAR_SERVICE_STORAGE
#define OTHER   KVAR_SERVICE_OTHER

#define HTML "<html>"

typedef struct
{
  KvarService  service;
  int          status;
  const char  *body;     /* JSON; HTML for a page; NULL for nothing */
  KvarError    means;
  const char  *field;
} Case;

static const Case cases[] = {
  /* PostgREST and PostgreSQL */
  { REST, 401, "{\"code\":\"42501\",\"message\":\"permission denied for table jobs\"}",
    KVAR_ERROR_DENIED },
  { REST, 403, "{\"code\":\"42501\",\"message\":\"new row violates row-level security policy\"}",
    KVAR_ERROR_DENIED },
  { REST, 401, "{\"code\":\"PGRST301\",\"message\":\"JWT expired\"}", KVAR_ERROR_REFUSED },
  { REST, 401, "{\"message\":\"Invalid API key\"}", KVAR_ERROR_REFUSED },
  { REST, 401, NULL, KVAR_ERROR_REFUSED },
  { REST, 409, "{\"code\":\"23505\",\"message\":\"m\","
               "\"details\":\"Key (email)=(a@b.c) already exists.\"}",
    KVAR_ERROR_INVALID, "email" },
  { REST, 409, "{\"code\":\"23505\",\"message\":\"m\","
               "\"details\":\"Key (a, b)=(1, 2) already exists.\"}", KVAR_ERROR_INVALID },
  { REST, 409, "{\"code\":\"23505\",\"message\":\"m\",\"details\":null}", KVAR_ERROR_INVALID },
  { REST, 409, "{\"code\":\"23503\",\"message\":\"insert or update on table \\\"jobs\\\" violates"
               " foreign key constraint \\\"jobs_contact_id_fkey\\\"\","
               "\"details\":\"Key (contact_id)=(99) is not present in table \\\"contacts\\\".\"}",
    KVAR_ERROR_INVALID, "contact_id" },
  { REST, 409, "{\"code\":\"23503\",\"message\":\"update or delete on table \\\"contacts\\\""
               " violates foreign key constraint \\\"jobs_contact_id_fkey\\\" on table"
               " \\\"jobs\\\"\"}", KVAR_ERROR_REFUSED },
  { REST, 400, "{\"code\":\"23502\",\"message\":\"null value in column \\\"title\\\" of relation"
               " \\\"jobs\\\" violates not-null constraint\"}", KVAR_ERROR_INVALID, "title" },
  { REST, 400, "{\"code\":\"428C9\",\"message\":\"cannot insert a non-DEFAULT value into column"
               " \\\"total\\\"\"}", KVAR_ERROR_INVALID, "total" },
  { REST, 400, "{\"code\":\"22P02\",\"message\":\"invalid input syntax\"}", KVAR_ERROR_INVALID },
  { REST, 400, "{\"code\":\"22001\",\"message\":\"value too long\"}", KVAR_ERROR_INVALID },
  { REST, 401, "{\"code\":\"22023\",\"message\":\"role \\\"x\\\" does not exist\"}",
    KVAR_ERROR_REFUSED },
  { REST, 400, "{\"code\":\"PGRST204\",\"message\":\"m\"}", KVAR_ERROR_REFUSED },
  { REST, 404, "{\"code\":\"42883\",\"message\":\"m\"}", KVAR_ERROR_REFUSED },
  { REST, 404, "{\"code\":\"PGRST205\",\"message\":\"m\"}", KVAR_ERROR_REFUSED },
  { REST, 406, "{\"code\":\"PGRST116\",\"message\":\"m\"}", KVAR_ERROR_GONE },
  { REST, 405, "{\"code\":\"25006\",\"message\":\"m\"}", KVAR_ERROR_DENIED },
  { REST, 500, "{\"code\":\"57014\",\"message\":\"m\"}", KVAR_ERROR_REFUSED },
  { REST, 503, "{\"code\":\"PGRST002\",\"message\":\"m\"}", KVAR_ERROR_OFFLINE },
  { REST, 504, "{\"code\":\"PGRST003\",\"message\":\"m\"}", KVAR_ERROR_OFFLINE },
  { REST, 503, "{\"code\":\"57P01\",\"message\":\"m\"}", KVAR_ERROR_OFFLINE },
  { REST, 400, "{\"code\":\"P0001\",\"message\":\"m\"}", KVAR_ERROR_REFUSED },
  { REST, 402, "{\"code\":\"PT402\",\"message\":\"m\"}", KVAR_ERROR_REFUSED },
  { REST, 403, "{\"code\":\"PT403\",\"message\":\"m\"}", KVAR_ERROR_DENIED },
  { REST, 409, "{}", KVAR_ERROR_CONFLICT },
  { REST, 300, "{\"code\":\"PGRST201\",\"message\":\"m\",\"details\":[{}]}", KVAR_ERROR_REFUSED },

  /* what stands before them */
  { REST, 200, HTML, KVAR_ERROR_OFFLINE },
  { REST, 302, HTML, KVAR_ERROR_OFFLINE },
  { REST, 403, HTML, KVAR_ERROR_BAD_REPLY },
  { REST, 404, HTML, KVAR_ERROR_BAD_REPLY },
  { REST, 402, HTML, KVAR_ERROR_REFUSED },
  { REST, 429, HTML, KVAR_ERROR_OFFLINE },
  { REST, 500, HTML, KVAR_ERROR_OFFLINE },
  { REST, 502, HTML, KVAR_ERROR_OFFLINE },
  { REST, 521, HTML, KVAR_ERROR_OFFLINE },
  { REST, 540, HTML, KVAR_ERROR_OFFLINE },
  { REST, 544, NULL, KVAR_ERROR_OFFLINE },
  { REST, 511, HTML, KVAR_ERROR_OFFLINE },

  /* Auth */
  { AUTH, 200, HTML, KVAR_ERROR_OFFLINE },
  { AUTH, 400, "{\"code\":\"invalid_credentials\",\"message\":\"m\"}", KVAR_ERROR_REFUSED },
  { AUTH, 400, "{\"code\":400,\"error_code\":\"invalid_credentials\",\"msg\":\"m\"}",
    KVAR_ERROR_REFUSED },
  { AUTH, 400, "{\"code\":\"user_banned\",\"message\":\"m\"}", KVAR_ERROR_BLOCKED },
  { AUTH, 400, "{\"code\":\"session_expired\",\"message\":\"m\"}", KVAR_ERROR_SIGNED_OUT },
  { AUTH, 400, "{\"code\":\"refresh_token_not_found\",\"message\":\"m\"}", KVAR_ERROR_SIGNED_OUT },
  { AUTH, 403, "{\"code\":\"session_not_found\",\"message\":\"m\"}", KVAR_ERROR_SIGNED_OUT },
  { AUTH, 409, "{\"code\":\"conflict\",\"message\":\"m\"}", KVAR_ERROR_OFFLINE },
  { AUTH, 429, "{\"code\":\"over_request_rate_limit\",\"message\":\"m\"}", KVAR_ERROR_REFUSED },
  { AUTH, 429, HTML, KVAR_ERROR_OFFLINE },
  { AUTH, 500, "{\"code\":\"unexpected_failure\",\"message\":\"m\"}", KVAR_ERROR_OFFLINE },
  { AUTH, 504, "{\"code\":\"request_timeout\",\"message\":\"m\"}", KVAR_ERROR_OFFLINE },
  { AUTH, 401, "{\"message\":\"No API key found in request\"}", KVAR_ERROR_REFUSED },

  /* Storage wears a 400 */
  { STORAGE, 400, "{\"statusCode\":\"404\",\"code\":\"NoSuchKey\",\"message\":\"m\"}",
    KVAR_ERROR_GONE },
  { STORAGE, 400, "{\"statusCode\":\"403\",\"code\":\"AccessDenied\",\"message\":\"m\"}",
    KVAR_ERROR_DENIED },
  { STORAGE, 400, "{\"statusCode\":\"409\",\"error\":\"Duplicate\",\"message\":\"m\"}",
    KVAR_ERROR_CONFLICT },
  { STORAGE, 400, "{\"statusCode\":\"413\",\"code\":\"EntityTooLarge\",\"message\":\"m\"}",
    KVAR_ERROR_REFUSED },
  { STORAGE, 429, "{\"statusCode\":\"429\",\"code\":\"SlowDown\",\"message\":\"m\"}",
    KVAR_ERROR_OFFLINE },
};

static KvarReply *
new_reply (int         status,
           const char *body)
{
  g_autoptr(GBytes) bytes = NULL;
  KvarReply *reply;

  if (g_strcmp0 (body, HTML) != 0)
    return kvar_test_reply_new (status, body);

  bytes = g_bytes_new_static (HTML, strlen (HTML));
  reply = kvar_reply_new (status, bytes);
  kvar_reply_add_header (reply, "Content-Type", "text/html; charset=utf-8");

  return reply;
}

static void
test_check_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      g_autoptr(KvarReply) reply = new_reply (c->status, c->body);
      g_autoptr(GError) error = NULL;

      g_test_message ("%d %d %s", c->service, c->status, c->body);
      g_assert_false (kvar_reply_check (reply, c->service, &error));
      g_assert_error (error, KVAR_ERROR, (int)c->means);
      g_assert_cmpint (kvar_error_get_status (error), ==, c->status);
      g_assert_cmpstr (kvar_error_get_provider_code (error), ==, kvar_reply_get_code (reply));
      g_assert_cmpstr (kvar_error_get_field (error), ==, c->field);
    }
}

static void
test_check_success (void)
{
  static const int statuses[] = { 200, 201, 204, 206 };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr(KvarReply) reply = kvar_test_reply_new (statuses[i], "[]");
      g_autoptr(GError) error = NULL;

      g_assert_true (kvar_reply_check (reply, REST, &error));
      g_assert_no_error (error);
    }
}

/* A file may be a page of HTML. */
static void
test_check_html_file (void)
{
  g_autoptr(KvarReply) reply = new_reply (200, HTML);

  g_assert_true (kvar_reply_check (reply, STORAGE, NULL));
}

/* What must not be sent twice may have happened when a gateway gave up waiting. */
static void
test_check_lost_change (void)
{
  static const struct { int status; const char *body; KvarError means; } lost[] = {
    { 200, HTML, KVAR_ERROR_UNKNOWN_OUTCOME },
    { 302, HTML, KVAR_ERROR_OFFLINE },
    { 504, HTML, KVAR_ERROR_UNKNOWN_OUTCOME },
    { 502, HTML, KVAR_ERROR_UNKNOWN_OUTCOME },
    { 544, NULL, KVAR_ERROR_UNKNOWN_OUTCOME },
    { 503, "{\"code\":\"PGRST001\",\"message\":\"m\"}", KVAR_ERROR_UNKNOWN_OUTCOME },
    { 503, "{\"code\":\"PGRST002\",\"message\":\"m\"}", KVAR_ERROR_OFFLINE },
    { 521, HTML, KVAR_ERROR_OFFLINE },
    { 540, NULL, KVAR_ERROR_OFFLINE },
    { 429, NULL, KVAR_ERROR_OFFLINE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lost); i++)
    {
      g_autoptr(KvarReply) reply = new_reply (lost[i].status, lost[i].body);
      g_autoptr(GError) error = NULL;

      kvar_reply_set_repeatable (reply, FALSE);
      g_assert_false (kvar_reply_check (reply, REST, &error));
      g_assert_error (error, KVAR_ERROR, (int)lost[i].means);
    }
}

static void
test_check_owner_words (void)
{
  static const struct { int status; const char *body; const char *words; } raised[] = {
    { 400, "{\"code\":\"P0001\",\"message\":\"The month is closed.\"}", "The month is closed." },
    { 402, "{\"code\":\"PT402\",\"message\":\"Pay first\"}", "Pay first" },
    { 500, "{\"code\":\"PT500\",\"message\":\"Oops\"}", NULL },
    { 400, "{\"code\":\"22P02\",\"message\":\"invalid input\"}", NULL },
    { 400, "{\"code\":\"P0001\",\"message\":\"{\\\"provider\\\":\\\"x\\\"}\"}", NULL },
    { 400, "{\"code\":\"P0001\",\"message\":\"two\\nlines\"}", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (raised); i++)
    {
      g_autoptr(KvarReply) reply = kvar_test_reply_new (raised[i].status, raised[i].body);
      g_autoptr(GError) error = NULL;

      kvar_reply_check (reply, REST, &error);
      g_assert_cmpstr (kvar_error_get_owner_words (error), ==, raised[i].words);
    }
}

/* Nobody but PostgREST quotes an owner. */
static void
test_check_owner_words_of_rest_only (void)
{
  g_autoptr(KvarReply) reply =
    kvar_test_reply_new (400, "{\"code\":\"P0001\",\"message\":\"words\"}");
  g_autoptr(GError) error = NULL;

  kvar_reply_check (reply, AUTH, &error);
  g_assert_null (kvar_error_get_owner_words (error));
}

static void
test_check_keeps_retry_after (void)
{
  g_autoptr(KvarReply) reply = kvar_test_reply_new (503, "{\"code\":\"PGRST002\"}");
  g_autoptr(GError) error = NULL;

  kvar_reply_add_header (reply, "Retry-After", "32");
  kvar_reply_check (reply, REST, &error);
  g_assert_cmpint (kvar_error_get_retry_after (error), ==, 32 * KVAR_CLOCK_SECOND);
}

static const struct
{
  KvarService       service;
  int               status;
  const char       *body;
  KvarTokenProblem  problem;
} tokens[] = {
  { REST, 401, "{\"code\":\"PGRST301\",\"message\":\"JWT expired\"}", KVAR_TOKEN_PROBLEM_EXPIRED },
  { REST, 401, "{\"code\":\"PGRST303\",\"message\":\"JWT expired\"}", KVAR_TOKEN_PROBLEM_EXPIRED },
  { REST, 401, "{\"code\":\"PGRST301\",\"message\":\"JWSError JWSInvalidSignature\"}",
    KVAR_TOKEN_PROBLEM_EXPIRED },
  { REST, 401, "{\"code\":\"PGRST303\",\"message\":\"JWT issued at future\"}",
    KVAR_TOKEN_PROBLEM_FUTURE },
  { REST, 401, "{\"code\":\"PGRST303\",\"message\":\"JWT not yet valid\"}",
    KVAR_TOKEN_PROBLEM_FUTURE },
  { REST, 401, "{\"code\":\"42501\",\"message\":\"permission denied\"}", KVAR_TOKEN_PROBLEM_NONE },
  { REST, 401, "{\"code\":\"PGRST302\",\"message\":\"Anonymous access is disabled\"}",
    KVAR_TOKEN_PROBLEM_NONE },
  { REST, 401, "{\"code\":\"22023\",\"message\":\"role does not exist\"}",
    KVAR_TOKEN_PROBLEM_NONE },
  { REST, 401, "{\"message\":\"Invalid API key\"}", KVAR_TOKEN_PROBLEM_NONE },
  { REST, 403, "{\"code\":\"42501\",\"message\":\"JWT\"}", KVAR_TOKEN_PROBLEM_NONE },
  { REST, 200, "{\"code\":\"PGRST301\"}", KVAR_TOKEN_PROBLEM_NONE },
  { REST, 401, HTML, KVAR_TOKEN_PROBLEM_NONE },
  { AUTH, 403, "{\"code\":\"bad_jwt\",\"message\":\"m\"}", KVAR_TOKEN_PROBLEM_EXPIRED },
  { AUTH, 403, "{\"code\":403,\"error_code\":\"bad_jwt\",\"msg\":\"m\"}",
    KVAR_TOKEN_PROBLEM_EXPIRED },
  { AUTH, 401, "{\"code\":\"no_authorization\",\"message\":\"m\"}", KVAR_TOKEN_PROBLEM_NONE },
  { AUTH, 401, "{\"code\":\"insufficient_aal\",\"message\":\"m\"}", KVAR_TOKEN_PROBLEM_NONE },
  { AUTH, 403, "{\"code\":\"session_not_found\",\"message\":\"m\"}", KVAR_TOKEN_PROBLEM_NONE },
  { AUTH, 403, HTML, KVAR_TOKEN_PROBLEM_NONE },
  { STORAGE, 400, "{\"statusCode\":\"403\",\"code\":\"AccessDenied\",\"error\":\"Unauthorized\","
                  "\"message\":\"\\\"exp\\\" claim timestamp check failed\"}",
    KVAR_TOKEN_PROBLEM_EXPIRED },
  { STORAGE, 400, "{\"statusCode\":\"400\",\"error\":\"jwt expired\",\"message\":\"jwt expired\"}",
    KVAR_TOKEN_PROBLEM_EXPIRED },
  { STORAGE, 400, "{\"statusCode\":\"403\",\"code\":\"AccessDenied\","
                  "\"message\":\"new row violates row-level security policy\"}",
    KVAR_TOKEN_PROBLEM_NONE },
  { STORAGE, 400, "{\"statusCode\":\"404\",\"code\":\"NoSuchKey\",\"message\":\"jwt.txt\"}",
    KVAR_TOKEN_PROBLEM_NONE },
  { STORAGE, 400, HTML, KVAR_TOKEN_PROBLEM_NONE },
};

static void
test_token_problem_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      g_autoptr(KvarReply) reply = new_reply (tokens[i].status, tokens[i].body);

      g_test_message ("%d %d %s", tokens[i].service, tokens[i].status, tokens[i].body);
      g_assert_cmpint (kvar_reply_token_problem (reply, tokens[i].service), ==,
                       tokens[i].problem);
    }
}

static void
test_token_problem_of_functions (void)
{
  g_autoptr(KvarReply) refused = kvar_reply_new (401, NULL);
  g_autoptr(KvarReply) other = kvar_reply_new (401, NULL);

  kvar_reply_add_header (refused, "WWW-Authenticate", "Bearer error=\"invalid_token\"");
  kvar_reply_add_header (other, "WWW-Authenticate", "Bearer");
  g_assert_cmpint (kvar_reply_token_problem (refused, OTHER), ==, KVAR_TOKEN_PROBLEM_EXPIRED);
  g_assert_cmpint (kvar_reply_token_problem (other, OTHER), ==, KVAR_TOKEN_PROBLEM_NONE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/reply-error/check/table", test_check_table);
  g_test_add_func ("/reply-error/check/success", test_check_success);
  g_test_add_func ("/reply-error/check/html-file", test_check_html_file);
  g_test_add_func ("/reply-error/check/lost-change", test_check_lost_change);
  g_test_add_func ("/reply-error/check/owner-words", test_check_owner_words);
  g_test_add_func ("/reply-error/check/owner-words-of-rest-only",
                   test_check_owner_words_of_rest_only);
  g_test_add_func ("/reply-error/check/keeps-retry-after", test_check_keeps_retry_after);
  g_test_add_func ("/reply-error/token-problem/table", test_token_problem_table);
  g_test_add_func ("/reply-error/token-problem/of-functions", test_token_problem_of_functions);

  return g_test_run ();
}
