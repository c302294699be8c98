/* test-demo-rest-read.c: the demo answers reads as the recorded PostgREST does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "rest-fixture.h"

#define AWKWARD \
  "{\"email\": \"awk@example.com\", \"full_name\": \"C:\\\\dir (x) 'q' \\\"d\\\"\", " \
  "\"phone\": \"\", \"vip\": true, \"tags\": [\"a\\\\b\", \"c\\nd\"], " \
  "\"meta\": {\"p\": \"a\\\\b\"}}"

static void
test_read_pages (RestFixture   *f,
                 gconstpointer  unused)
{
  const char *body;

  body = rest_fixture_ask (f, "GET contacts?select=id&order=id.asc&limit=2&offset=4",
                           "Prefer: count=exact", NULL);
  g_assert_cmpstr (body, ==, "[{\"id\":5}, \n {\"id\":6}]");
  rest_assert_status (f, 206);
  rest_assert_header (f, "Content-Range", "4-5/20");
  rest_assert_header (f, "Content-Location", "/contacts?limit=2&offset=4&order=id.asc&select=id");
  rest_assert_header (f, "Content-Type", "application/json; charset=utf-8");
  rest_assert_header (f, "Preference-Applied", "count=exact");

  rest_fixture_ask (f, "GET contacts?select=id&order=id&limit=2&offset=4", NULL, NULL);
  rest_assert_status (f, 200);
  rest_assert_header (f, "Content-Range", "4-5/*");
  rest_assert_header (f, "Preference-Applied", NULL);
}

/* Status and range of a page, with and without a total. */
static void
test_read_ranges (RestFixture   *f,
                  gconstpointer  unused)
{
  static const struct
  {
    const char *request, *headers;
    guint       status;
    const char *range, *body;
  } cases[] = {
    { "GET contacts?select=id&id=lte.2&order=id", "Prefer: count=exact", 200, "0-1/2",
      "[{\"id\":1}, \n {\"id\":2}]" },
    { "GET contacts?select=id&order=id", "Range: 10-11\nPrefer: count=exact", 206, "10-11/20",
      "[{\"id\":11}, \n {\"id\":12}]" },
    { "GET contacts?id=eq.0", "Prefer: count=exact", 200, "*/0", "[]" },
    { "GET contacts?select=id&offset=20&limit=10", "Prefer: count=exact", 206, "*/20", "[]" },
    { "GET contacts?select=id&limit=0", "Prefer: count=exact", 206, "*/20", "[]" },
    { "GET contacts?select=id&offset=9999", NULL, 200, "*/*", "[]" },
    { "GET contacts?select=id&id=gt.5&order=id&limit=2", "Prefer: count=exact", 206, "0-1/15",
      "[{\"id\":6}, \n {\"id\":7}]" },
    { "GET contacts?select=id&order=id&limit=10&offset=9999", "Prefer: count=exact", 416, "*/20",
      "{\"code\":\"PGRST103\",\"details\":\"An offset of 9999 was requested, but there are only "
      "20 rows.\",\"hint\":null,\"message\":\"Requested range not satisfiable\"}" },
    { "GET contacts?select=id", "Range: 10-5", 416, NULL,
      "{\"code\":\"PGRST103\",\"details\":\"The lower boundary must be lower than or equal to the "
      "upper boundary in the Range header.\",\"hint\":null,\"message\":\"Requested range not "
      "satisfiable\"}" },
    { "HEAD contacts?select=id", "Prefer: count=exact", 200, "0-19/20", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpstr (rest_fixture_ask (f, cases[i].request, cases[i].headers, NULL), ==,
                       cases[i].body);
      rest_assert_status (f, cases[i].status);
      rest_assert_header (f, "Content-Range", cases[i].range);
    }
}

static void
test_read_cuts_silently (RestFixture   *f,
                         gconstpointer  unused)
{
  f->config.max_rows = 7;
  rest_fixture_ask (f, "GET jobs?select=id&limit=5000", NULL, NULL);
  rest_assert_status (f, 200);
  rest_assert_header (f, "Content-Range", "0-6/*");
  rest_fixture_ask (f, "GET jobs?select=id", "Prefer: count=exact", NULL);
  rest_assert_status (f, 206);
  rest_assert_header (f, "Content-Range", "0-6/40");
}

static void
test_read_keeps_awkward_values (RestFixture   *f,
                                gconstpointer  unused)
{
  static const char request[] =
    "GET contacts?select=full_name,phone,birthday,vip,tags,meta&email=eq.awk@example.com";

  rest_fixture_ask (f, "POST contacts", NULL, AWKWARD);
  rest_assert_status (f, 201);
  g_assert_cmpstr (rest_fixture_ask (f, request, NULL, NULL), ==,
                   "[{\"full_name\":\"C:\\\\dir (x) 'q' \\\"d\\\"\",\"phone\":\"\","
                   "\"birthday\":null,\"vip\":true,\"tags\":[\"a\\\\b\",\"c\\nd\"],"
                   "\"meta\":{\"p\": \"a\\\\b\"}}]");
  g_assert_cmpstr (rest_fixture_ask (f, request, "Accept: text/csv", NULL), ==,
                   "full_name,phone,birthday,vip,tags,meta\n"
                   "\"C:\\\\dir (x) 'q' \"\"d\"\"\",\"\",,t,\"{\"\"a\\\\\\\\b\"\",\"\"c\nd\"\"}\","
                   "\"{\"\"p\"\": \"\"a\\\\\\\\b\"\"}\"");
  g_assert_cmpstr (rest_fixture_ask (f, "GET contacts?id=eq.0", "Accept: text/csv", NULL), ==,
                   "\n");
}

static void
test_read_casts_to_text (RestFixture   *f,
                         gconstpointer  unused)
{
  rest_fixture_ask (f, "POST jobs", NULL,
                    "{\"id\": \"aaaaaaaa-0000-4000-8000-000000000001\", \"ref\": \"T\", "
                    "\"title\": \"T\", \"price\": \"12.5\", \"hours\": 2, \"tags\": [\"a b\"], "
                    "\"details\": {\"k\":[1,null]}, \"starts_at\": \"2026-03-29T01:30:00+01:00\"}");
  rest_assert_status (f, 201);
  g_assert_cmpstr (rest_fixture_ask (f, "GET jobs?ref=eq.T&select=id::text,price::text,total,"
                                     "hours::text,tags::text,details::text,urgent::text,"
                                     "status::text,notes::text,starts_at,due_on", NULL, NULL), ==,
                   "[{\"id\":\"aaaaaaaa-0000-4000-8000-000000000001\",\"price\":\"12.50\","
                   "\"total\":25.00,\"hours\":\"2.00\",\"tags\":\"{\\\"a b\\\"}\","
                   "\"details\":\"{\\\"k\\\": [1, null]}\",\"urgent\":\"false\","
                   "\"status\":\"draft\",\"notes\":null,"
                   "\"starts_at\":\"2026-03-29T00:30:00+00:00\",\"due_on\":null}]");
  g_assert_cmpstr (rest_fixture_ask (f, "GET jobs?ref=eq.T&select=starts_at",
                                     "Prefer: timezone=America/Los_Angeles", NULL), ==,
                   "[{\"starts_at\":\"2026-03-28T17:30:00-07:00\"}]");
  rest_assert_header (f, "Preference-Applied", "timezone=America/Los_Angeles");
}

/* How many of the sample's 40 jobs each filter finds, counted by another filter or by hand. */
static void
test_read_filters (RestFixture   *f,
                   gconstpointer  unused)
{
  static const char * const same[][2] = {
    { "id=in.(1,2,3)", "id=lte.3" },
    { "id=in.()", "id=eq.0" },
    { "vip=is.true", "vip=eq.t" },
    { "vip=not.is.true", "vip=is.false" },
    { "birthday=not.is.null", "birthday=is.not_null" },
    { "or=(id.lt.3,and(id.gt.10,id.lte.12))", "id=in.(1,2,11,12)" },
    { "not.or=(id.lt.19,id.is.null)", "id=gte.19" },
    { "full_name=ilike.*SON*", "full_name=imatch.son" },
    { "full_name=like(any).%7BA*,B*%7D", "full_name=match.%5E%5BAB%5D" },
    { "tags=cs.%7Bvip%7D", "vip=eq.true" },
    { "tags=cd.%7Bvip,by+phone,newsletter%7D", "id=gt.0" },
    { "tags=ov.%7Bvip,newsletter%7D", "tags=neq.%7B%7D" },
    { "meta=cs.%7B%22nested%22:%7B%22ok%22:true%7D%7D", "meta->nested->>ok=eq.true" },
    { "meta->n=gt.17", "id=gt.17" },
    { "meta->>n=eq.7", "id=eq.7" },
    { "phone=isdistinct.", "id=gt.0" },
    { "ctid=eq.(0,4)", "id=eq.3" },
    { "tableoid=eq.16410&xmin=eq.742", "id=gt.0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autofree char *a = g_strdup_printf ("GET contacts?select=id&order=id&%s", same[i][0]);
      g_autofree char *b = g_strdup_printf ("GET contacts?select=id&order=id&%s", same[i][1]);
      g_autofree char *expected = g_strdup (rest_fixture_ask (f, b, NULL, NULL));

      g_assert_cmpstr (rest_fixture_ask (f, a, NULL, NULL), ==, expected);
      rest_assert_status (f, 200);
    }
}

static void
test_read_orders_nulls (RestFixture   *f,
                        gconstpointer  unused)
{
  static const char * const cases[][2] = {
    { "due_on", "P1,P3,P2" }, { "due_on.desc", "P2,P3,P1" },
    { "due_on.nullsfirst", "P2,P1,P3" }, { "due_on.desc.nullslast", "P3,P1,P2" },
    { "price", "P2,P1,P3" }, { "hours.desc", "P1,P2,P3" }, { "status.desc,ref", "P2,P1,P3" },
  };

  rest_fixture_ask (f, "POST jobs?columns=ref,title,due_on,price,hours,status", NULL,
                    "[{\"ref\": \"P1\", \"title\": \"n\", \"due_on\": \"2026-01-01\", "
                    "\"price\": 9, \"status\": \"open\"}, "
                    "{\"ref\": \"P2\", \"title\": \"n\", \"price\": 2.5, \"hours\": 10, "
                    "\"status\": \"in_progress\"}, "
                    "{\"ref\": \"P3\", \"title\": \"n\", \"due_on\": \"2026-01-02\", "
                    "\"price\": 10, \"hours\": 9, \"status\": \"open\"}]");
  rest_assert_status (f, 201);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *request = g_strdup_printf ("GET jobs?title=eq.n&select=ref&order=%s",
                                                  cases[i][0]);
      g_auto(GStrv) refs = g_strsplit (cases[i][1], ",", 3);
      g_autofree char *expected = NULL;

      expected = g_strdup_printf ("[{\"ref\":\"%s\"}, \n {\"ref\":\"%s\"}, \n {\"ref\":\"%s\"}]",
                                  refs[0], refs[1], refs[2]);
      g_assert_cmpstr (rest_fixture_ask (f, request, NULL, NULL), ==, expected);
    }
}

/* Pages by every kind of keyset must yield each row once, in the order of one big page. */
static void
test_read_keysets (RestFixture   *f,
                   gconstpointer  unused)
{
  static const struct { const char *order, *first, *next_null, *next; } cases[] = {
    { "due_on,id", "or=(due_on.gt.%s,and(due_on.eq.%s,id.gt.%s),due_on.is.null)",
      "and=(due_on.is.null,id.gt.%s)", NULL },
    { "due_on.desc,id.desc", "or=(due_on.lt.%s,and(due_on.eq.%s,id.lt.%s))",
      "or=(and(due_on.is.null,id.lt.%s),due_on.not.is.null)", NULL },
    { "due_on.desc.nullslast,id", "or=(due_on.lt.%s,and(due_on.eq.%s,id.gt.%s),due_on.is.null)",
      "and=(due_on.is.null,id.gt.%s)", NULL },
  };

  f->config.max_rows = 0;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *all = g_strdup_printf ("GET jobs?select=due_on,id&order=%s", cases[i].order);
      g_autofree char *expected = g_strdup (rest_fixture_ask (f, all, NULL, NULL));
      g_autofree char *condition = g_strdup ("id=not.is.null");
      g_autoptr(GString) seen = g_string_new (NULL);

      for (;;)
        {
          g_autofree char *request = NULL;
          const char *body, *id, *due;
          g_autofree char *last_id = NULL;
          g_autofree char *last_due = NULL;

          request = g_strdup_printf ("GET jobs?select=due_on,id&order=%s&limit=3&%s",
                                     cases[i].order, condition);
          body = rest_fixture_ask (f, request, NULL, NULL);
          rest_assert_status (f, 200);
          if (strcmp (body, "[]") == 0)
            break;

          g_string_append_printf (seen, "%s%.*s", seen->len > 0 ? ", \n " : "",
                                  (int)strlen (body) - 2, body + 1);
          id = g_strrstr (body, "\"id\":\"") + strlen ("\"id\":\"");
          due = g_strrstr (body, "\"due_on\":") + strlen ("\"due_on\":");
          last_id = g_strndup (id, 36);
          last_due = *due == '"' ? g_strndup (due + 1, 10) : NULL;

          g_free (condition);
          if (last_due == NULL)
            condition = g_strdup_printf (cases[i].next_null, last_id);
          else
            condition = g_strdup_printf (cases[i].first, last_due, last_due, last_id);
        }

      g_assert_cmpint (strncmp (seen->str, expected + 1, seen->len), ==, 0);
      g_assert_cmpuint (seen->len, ==, strlen (expected) - 2);
    }
}

static void
test_read_embeds (RestFixture   *f,
                  gconstpointer  unused)
{
  rest_fixture_ask (f, "POST contacts", NULL,
                    "{\"id\": 900, \"email\": \"e@x\", \"full_name\": \"Emma\"}");
  rest_fixture_ask (f, "POST jobs", NULL,
                    "[{\"ref\": \"X1\", \"title\": \"t\", \"contact_id\": 900, "
                    "\"price\": 1}, {\"ref\": \"X2\", \"title\": \"t\", \"contact_id\": null, "
                    "\"price\": 2}]");
  rest_assert_status (f, 201);

  g_assert_cmpstr (rest_fixture_ask (f, "GET jobs?title=eq.t&order=ref&select=ref,contact:"
                                     "contacts!jobs_contact_id_fkey(full_name,id)", NULL, NULL), ==,
                   "[{\"ref\":\"X1\",\"contact\":{\"id\": 900, \"full_name\": \"Emma\"}}, \n "
                   "{\"ref\":\"X2\",\"contact\":null}]");
  g_assert_cmpstr (rest_fixture_ask (f, "GET jobs?title=eq.t&select=ref,contact_id(id)&contact_id"
                                     ".id=eq.1&order=ref&limit=1", NULL, NULL), ==,
                   "[{\"ref\":\"X1\",\"contact_id\":null}]");
  g_assert_cmpstr (rest_fixture_ask (f, "GET jobs?title=eq.t&select=ref,contacts!contact_id!inner"
                                     "(id)&contacts.id=eq.900", NULL, NULL), ==,
                   "[{\"ref\":\"X1\",\"contacts\":{\"id\": 900}}]");
  g_assert_cmpstr (rest_fixture_ask (f, "GET contacts?id=eq.900&select=id,jobs!jobs_contact_id_fkey"
                                     "(ref,price)", NULL, NULL), ==,
                   "[{\"id\":900,\"jobs\":[{\"ref\": \"X1\", \"price\": 1.00}]}]");

  g_assert_nonnull (strstr (rest_fixture_ask (f, "GET jobs?select=ref,contacts(id)", NULL, NULL),
                            "'contacts!jobs_contact_id_fkey', 'contacts!job_contacts'"));
  rest_assert_status (f, 300);
  g_assert_cmpstr (rest_fixture_ask (f, "GET contacts?select=id,secrets(name)", NULL, NULL), ==,
                   "{\"code\":\"PGRST200\",\"details\":\"Searched for a foreign key relationship "
                   "between 'contacts' and 'secrets' in the schema 'public', but no matches were "
                   "found.\",\"hint\":null,\"message\":\"Could not find a relationship between "
                   "'contacts' and 'secrets' in the schema cache\"}");
}

static void
test_read_single (RestFixture   *f,
                  gconstpointer  unused)
{
  static const char accept[] = "Accept: application/vnd.pgrst.object+json";

  g_assert_cmpstr (rest_fixture_ask (f, "GET contacts?select=id&id=eq.1", accept, NULL), ==,
                   "{\"id\":1}");
  rest_assert_header (f, "Content-Type", "application/vnd.pgrst.object+json; charset=utf-8");

  g_assert_cmpstr (rest_fixture_ask (f, "GET contacts?select=id&id=lte.3", accept, NULL), ==,
                   "{\"code\":\"PGRST116\",\"details\":\"The result contains 3 rows\","
                   "\"hint\":null,\"message\":\"Cannot coerce the result to a single JSON "
                   "object\"}");
  rest_assert_status (f, 406);
}

static void
test_read_refuses (RestFixture   *f,
                   gconstpointer  unused)
{
  static const struct
  {
    const char *request, *headers;
    guint       status;
    const char *message;
  } cases[] = {
    { "GET jobs?select=nope", NULL, 400, "column jobs.nope does not exist" },
    { "GET jobs?nope=eq.1", NULL, 400, "column jobs.nope does not exist" },
    { "GET nope", NULL, 404, "Could not find the table 'public.nope' in the schema cache" },
    { "GET secrets", NULL, 403, "permission denied for table secrets" },
    { "GET jobs?id=eq.123", NULL, 400, "invalid input syntax for type uuid: \\\"123\\\"" },
    { "GET jobs?status=eq.nope", NULL, 400,
      "invalid input value for enum job_status: \\\"nope\\\"" },
    { "GET jobs?price=ilike.1*", NULL, 404, "operator does not exist: numeric ~~* unknown" },
    { "GET objects?survey=eq.1", NULL, 404, "operator does not exist: json = unknown" },
    { "GET objects?order=survey", NULL, 404,
      "could not identify an ordering operator for type json" },
    { "GET jobs?price=is.true", NULL, 400,
      "argument of IS TRUE must be type boolean, not type numeric" },
    { "GET open_jobs?select=ctid", NULL, 400, "column open_jobs.ctid does not exist" },
    { "GET jobs", "Accept: application/xml", 406,
      "None of these media types are available: application/xml" },
    { "GET jobs", "Accept-Profile: auth", 406, "Invalid schema: auth" },
    { "GET jobs", "Prefer: handling=strict, foo=bar", 400,
      "Invalid preferences given with handling=strict" },
    { "TRACE jobs", NULL, 405, "Unsupported HTTP method: TRACE" },
    { "GET a/b/c", NULL, 404, "Invalid path specified in request URL" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = g_strdup_printf ("\"message\":\"%s\"}", cases[i].message);
      const char *body = rest_fixture_ask (f, cases[i].request, cases[i].headers, NULL);

      g_assert_true (g_str_has_suffix (body, message));
      rest_assert_status (f, cases[i].status);
    }
}

static void
test_read_row_ownership (RestFixture   *f,
                         gconstpointer  unused)
{
  rest_fixture_ask (f, "GET reports?select=id", "Prefer: count=exact", NULL);
  rest_assert_header (f, "Content-Range", "0-26/27");
  g_assert_cmpstr (rest_fixture_ask (f, "GET reports?id=eq.3&select=id", NULL, NULL), ==, "[]");

  f->role = "service_role";
  rest_fixture_ask (f, "GET reports?select=id", "Prefer: count=exact", NULL);
  rest_assert_header (f, "Content-Range", "0-39/40");

  f->role = "anon";
  rest_fixture_ask (f, "GET reports", NULL, NULL);
  rest_assert_status (f, 401);
  rest_assert_header (f, "WWW-Authenticate", "Bearer");
  rest_fixture_ask (f, "GET jobs?limit=1", NULL, NULL);
  rest_assert_status (f, 200);
}

/* Too much of anything is an error, and the next request is answered as ever. */
static void
test_read_survives_size (RestFixture   *f,
                         gconstpointer  unused)
{
  static const struct { const char *begin, *middle, *end; } cases[] = {
    { "GET jobs?or=(", "id.is.null,", "id.is.null)" },
    { "GET jobs?ref=like(any).{", "a,", "b}" },
    { "GET jobs?select=", "id,", "ref" },
    { "GET jobs?or=(", "and(", "" },
    { "GET jobs?select=", "contacts!jobs_contact_id_fkey(jobs!jobs_contact_id_fkey(", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GString) request = g_string_new (cases[i].begin);

      for (int j = 0; j < 4000; j++)
        g_string_append (request, cases[i].middle);
      g_string_append (request, cases[i].end);

      rest_fixture_ask (f, request->str, NULL, NULL);
      g_assert_cmpuint (f->exchange->status, >=, 400);
    }

  rest_fixture_ask (f, "GET jobs?limit=1", NULL, NULL);
  rest_assert_status (f, 200);
}

/* Whatever stands in the URL, there is an answer. */
static void
test_read_answers_nonsense (RestFixture   *f,
                            gconstpointer  unused)
{
  static const char * const pieces[] = {
    "jobs", "contacts", "id", "due_on", "details", "tags", "price", "status", "eq", "in", "or",
    "and", "not", "is", "cs", "null", "select", "order", "limit", "offset", "(", ")", ".", ",",
    "=", "&", "?", "->", "->>", "%22", "%7B", "%7D", "*", ":", "::", "!", "text", "1", "-",
    "%C2%A4", "%", "xmin", "ctid", "any", "{", "}", "desc", "nullslast", "+", "\\",
    "count()", "%00", "rpc/",
  };
  g_autoptr(GRand) random = g_rand_new_with_seed (20261120);

  for (int i = 0; i < 5000; i++)
    {
      g_autoptr(GString) request = g_string_new (g_rand_boolean (random) ? "GET jobs?" : "GET ");
      int n = g_rand_int_range (random, 1, 14);

      for (int j = 0; j < n; j++)
        g_string_append (request, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);

      rest_fixture_ask (f, request->str, NULL, NULL);
      g_assert_cmpuint (f->exchange->status, >=, 200);
    }
}

static void
test_read_options (RestFixture   *f,
                   gconstpointer  unused)
{
  rest_fixture_ask (f, "OPTIONS contacts", NULL, NULL);
  rest_assert_status (f, 200);
  rest_assert_header (f, "Allow", "OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE");
  rest_fixture_ask (f, "OPTIONS rpc/job_stats", NULL, NULL);
  rest_assert_header (f, "Allow", "OPTIONS,GET,HEAD,POST");
  rest_fixture_ask (f, "OPTIONS nope", NULL, NULL);
  rest_assert_status (f, 404);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, function) \
  g_test_add ("/demo/rest/read/" path, RestFixture, NULL, rest_fixture_set_up, function, \
              rest_fixture_tear_down)

  ADD ("pages", test_read_pages);
  ADD ("ranges", test_read_ranges);
  ADD ("max-rows-cuts-silently", test_read_cuts_silently);
  ADD ("awkward-values", test_read_keeps_awkward_values);
  ADD ("casts-to-text", test_read_casts_to_text);
  ADD ("filters", test_read_filters);
  ADD ("orders-nulls", test_read_orders_nulls);
  ADD ("keysets-meet-every-row-once", test_read_keysets);
  ADD ("embeds", test_read_embeds);
  ADD ("single-object", test_read_single);
  ADD ("refuses-as-postgrest", test_read_refuses);
  ADD ("row-ownership", test_read_row_ownership);
  ADD ("survives-size", test_read_survives_size);
  ADD ("answers-nonsense", test_read_answers_nonsense);
  ADD ("options", test_read_options);

  return g_test_run ();
}
