/* test-demo-rest-write.c: the demo answers writes as the recorded PostgREST does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "rest-fixture.h"

#define JOB "00000000-0000-4000-8000-000000000001"
#define REPRESENTATION "Prefer: return=representation"
#define SINGLE "Accept: application/vnd.pgrst.object+json"

static void
test_write_inserts (RestFixture   *f,
                    gconstpointer  unused)
{
  g_assert_cmpstr (rest_fixture_ask (f, "POST jobs?select=ref,status,price,hours,total,tags,"
                                     "details,created_at,updated_at", REPRESENTATION,
                                     "{\"ref\": \"N-1\", \"title\": \"New\", \"price\": 12.5, "
                                     "\"hours\": 2, \"tags\": [\"a\", \"b c\"], "
                                     "\"details\": {\"k\": [1, null]}}"), ==,
                   "[{\"ref\":\"N-1\",\"status\":\"draft\",\"price\":12.50,\"hours\":2.00,"
                   "\"total\":25.00,\"tags\":[\"a\",\"b c\"],\"details\":{\"k\": [1, null]},"
                   "\"created_at\":\"2026-11-20T12:00:00+00:00\",\"updated_at\":null}]");
  rest_assert_status (f, 201);
  rest_assert_header (f, "Content-Range", "*/*");
  rest_assert_header (f, "Preference-Applied", "return=representation");

  g_assert_cmpstr (rest_fixture_ask (f, "POST jobs", "Prefer: return=headers-only",
                                     "{\"id\": \"aaaaaaaa-0000-4000-8000-000000000001\", "
                                     "\"ref\": \"N-2\", \"title\": \"New\"}"), ==, "");
  rest_assert_header (f, "Location", "/jobs?id=eq.aaaaaaaa-0000-4000-8000-000000000001");

  g_assert_cmpstr (rest_fixture_ask (f, "POST contacts?select=id", REPRESENTATION,
                                     "{\"id\": 9007199254740993, \"email\": \"big@x\", "
                                     "\"full_name\": \"Big\"}"), ==, "[{\"id\":9007199254740993}]");
}

static void
test_write_inserts_many (RestFixture   *f,
                         gconstpointer  unused)
{
  g_assert_cmpstr (rest_fixture_ask (f, "POST contacts?select=id,email,phone,vip&columns=email,"
                                     "full_name,phone,vip", REPRESENTATION ", missing=default",
                                     "[{\"email\": \"b1@x\", \"full_name\": \"B1\", \"phone\": "
                                     "\"1\"}, {\"email\": \"b2@x\", \"full_name\": \"B2\"}]"), ==,
                   "[{\"id\":21,\"email\":\"b1@x\",\"phone\":\"1\",\"vip\":false}, \n "
                   "{\"id\":22,\"email\":\"b2@x\",\"phone\":null,\"vip\":false}]");
  rest_assert_header (f, "Preference-Applied", "missing=default, return=representation");

  g_assert_nonnull (strstr (rest_fixture_ask (f, "POST contacts", NULL,
                                              "[{\"email\": \"c@x\", \"full_name\": \"C\", "
                                              "\"phone\": \"1\"}, {\"email\": \"d@x\", "
                                              "\"full_name\": \"D\"}]"),
                            "All object keys must match"));
  g_assert_cmpstr (rest_fixture_ask (f, "POST contacts", REPRESENTATION, "[]"), ==, "[]");
  rest_assert_status (f, 201);

  /* One bad row takes the good one with it. */
  rest_fixture_ask (f, "POST contacts", NULL, "[{\"email\": \"b5@x\", \"full_name\": \"B5\"}, "
                    "{\"email\": \"b1@x\", \"full_name\": \"again\"}]");
  rest_assert_status (f, 409);
  g_assert_cmpstr (rest_fixture_ask (f, "GET contacts?email=eq.b5@x&select=id", NULL, NULL), ==,
                   "[]");
}

/* A column that is named and has no key: no row at all, the default, and null without asking. */
static void
test_write_sets_defaults (RestFixture   *f,
                          gconstpointer  unused)
{
  g_assert_cmpstr (rest_fixture_ask (f, "PATCH jobs?id=is.null&id=not.is.null&columns=status",
                                     "Prefer: return=minimal, missing=default", "{}"), ==, "");
  rest_assert_status (f, 204);
  rest_assert_header (f, "Preference-Applied", "missing=default, return=minimal");
  rest_assert_header (f, "Content-Range", "*/*");

  rest_fixture_ask (f, "PATCH jobs?id=eq." JOB, NULL, "{\"status\": \"done\", \"hours\": 5}");
  rest_assert_status (f, 204);
  g_assert_cmpstr (rest_fixture_ask (f, "PATCH jobs?id=eq." JOB "&select=status,hours,title"
                                     "&columns=title,status",
                                     SINGLE "\n" REPRESENTATION ", missing=default",
                                     "{\"title\": \"Roof\"}"), ==,
                   "{\"status\":\"draft\",\"hours\":5.00,\"title\":\"Roof\"}");
  rest_assert_header (f, "Preference-Applied", "missing=default, return=representation");
}

static void
test_write_reads_csv (RestFixture   *f,
                      gconstpointer  unused)
{
  g_assert_cmpstr (rest_fixture_ask (f, "POST contacts?select=id,full_name,phone",
                                     REPRESENTATION "\nContent-Type: text/csv",
                                     "email,full_name,phone\ncsv1@x,\"Comma, Inc\",NULL\n"
                                     "csv2@x,\"Quote \"\"Q\"\"\",\n"), ==,
                   "[{\"id\":21,\"full_name\":\"Comma, Inc\",\"phone\":null}, \n "
                   "{\"id\":22,\"full_name\":\"Quote \\\"Q\\\"\",\"phone\":\"\"}]");
}

static void
test_write_updates (RestFixture   *f,
                    gconstpointer  unused)
{
  static const struct
  {
    const char *request, *headers, *body;
    guint       status;
    const char *range, *reply;
  } cases[] = {
    { "PATCH jobs?id=eq." JOB "&select=ref,status", REPRESENTATION, "{\"status\": \"done\"}", 200,
      "0-0/*", "[{\"ref\":\"J-000001\",\"status\":\"done\"}]" },
    { "PATCH jobs?ref=eq.none&select=ref", REPRESENTATION, "{\"status\": \"done\"}", 200, "*/*",
      "[]" },
    { "PATCH jobs?id=eq." JOB, "Prefer: return=minimal, count=exact", "{\"status\": \"open\"}",
      204, "0-0/1", "" },
    { "PATCH jobs?ref=eq.none", "Prefer: return=minimal, count=exact", "{\"status\": \"open\"}",
      204, "*/0", "" },
    { "PATCH jobs?id=eq." JOB, NULL, "{\"status\": \"done\"}", 204, "0-0/*", "" },
    { "PATCH jobs?id=eq." JOB, REPRESENTATION, "{}", 200, "*/*", "[]" },
    { "DELETE jobs?ref=eq.J-000040&select=ref", REPRESENTATION ", count=exact", NULL, 200, "*/1",
      "[{\"ref\":\"J-000040\"}]" },
    { "DELETE jobs?ref=eq.J-000040", "Prefer: count=exact", NULL, 204, "*/0", "" },
    { "DELETE jobs?ref=eq.J-000039", NULL, NULL, 204, "*/*", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpstr (rest_fixture_ask (f, cases[i].request, cases[i].headers, cases[i].body), ==,
                       cases[i].reply);
      rest_assert_status (f, cases[i].status);
      rest_assert_header (f, "Content-Range", cases[i].range);
    }
}

static char *
read_version (RestFixture *f)
{
  const char *body = rest_fixture_ask (f, "GET jobs?id=eq." JOB "&select=xmin", NULL, NULL);
  g_auto(GStrv) pieces = g_strsplit (body, "\"", -1);

  g_assert_cmpuint (g_strv_length (pieces), ==, 5);

  return g_strdup (pieces[3]);
}

/* Design §8: the row's xmin in the filter, and exactly one row or nothing. */
static void
test_write_guards (RestFixture   *f,
                   gconstpointer  unused)
{
  g_autofree char *before = read_version (f);
  g_autofree char *guarded = g_strdup_printf ("PATCH jobs?id=eq." JOB "&xmin=eq.%s", before);
  g_autofree char *after = NULL;

  rest_fixture_ask (f, guarded, SINGLE, "{\"title\": \"mine\"}");
  rest_assert_status (f, 204);
  after = read_version (f);
  g_assert_cmpstr (before, !=, after);

  rest_fixture_ask (f, guarded, SINGLE, "{\"title\": \"theirs\"}");
  rest_assert_status (f, 406);
  rest_fixture_ask (f, "PATCH jobs?ref=in.(J-000001,J-000002)", SINGLE, "{\"title\": \"both\"}");
  rest_assert_status (f, 406);
  rest_fixture_ask (f, "DELETE jobs?ref=in.(J-000001,J-000002)", SINGLE, NULL);
  rest_assert_status (f, 406);

  /* Nothing of it was kept. */
  g_assert_cmpstr (rest_fixture_ask (f, "GET jobs?ref=in.(J-000001,J-000002)&title=in.(mine,both)"
                                     "&select=title", NULL, NULL), ==, "[{\"title\":\"mine\"}]");
}

static void
test_write_max_affected (RestFixture   *f,
                         gconstpointer  unused)
{
  static const char strict[] = "Prefer: handling=strict, max-affected=1";

  g_assert_cmpstr (rest_fixture_ask (f, "PATCH contacts?id=lte.2", strict,
                                     "{\"phone\": \"0\"}"), ==,
                   "{\"code\":\"PGRST124\",\"details\":\"The query affects 2 rows\",\"hint\":null,"
                   "\"message\":\"Query result exceeds max-affected preference constraint\"}");
  g_assert_cmpstr (rest_fixture_ask (f, "GET contacts?phone=eq.0&select=id", NULL, NULL), ==, "[]");
  rest_fixture_ask (f, "PATCH contacts?id=eq.2", strict, "{\"phone\": \"0\"}");
  rest_assert_status (f, 204);
  rest_assert_header (f, "Preference-Applied", "handling=strict, max-affected=1");
}

static void
test_write_upserts (RestFixture   *f,
                    gconstpointer  unused)
{
  static const char merge[] = REPRESENTATION ", resolution=merge-duplicates";
  static const char ignore[] = REPRESENTATION ", resolution=ignore-duplicates";

  rest_fixture_ask (f, "POST contacts", NULL,
                    "{\"email\": \"a@x\", \"full_name\": \"A\", \"tags\": [\"kept\"]}");
  g_assert_cmpstr (rest_fixture_ask (f, "POST contacts?on_conflict=email"
                                     "&select=email,full_name,tags",
                                     merge, "[{\"email\": \"a@x\", \"full_name\": \"Merged\"}, "
                                     "{\"email\": \"b@x\", \"full_name\": \"Fresh\"}]"), ==,
                   "[{\"email\":\"a@x\",\"full_name\":\"Merged\",\"tags\":[\"kept\"]}, \n "
                   "{\"email\":\"b@x\",\"full_name\":\"Fresh\",\"tags\":[]}]");
  rest_assert_status (f, 201);

  rest_fixture_ask (f, "POST contacts?on_conflict=email", merge,
                    "[{\"email\": \"a@x\", \"full_name\": \"Again\"}]");
  rest_assert_status (f, 200);

  g_assert_cmpstr (rest_fixture_ask (f, "POST contacts?on_conflict=email&select=email", ignore,
                                     "[{\"email\": \"a@x\", \"full_name\": \"Ignored\"}, "
                                     "{\"email\": \"c@x\", \"full_name\": \"Fresh\"}]"), ==,
                   "[{\"email\":\"c@x\"}]");
  rest_assert_status (f, 201);

  rest_fixture_ask (f, "POST contacts?on_conflict=full_name", merge,
                    "[{\"email\": \"d@x\", \"full_name\": \"D\"}]");
  rest_assert_status (f, 400);
  g_assert_nonnull (strstr (rest_fixture_ask (f, "POST contacts?on_conflict=email", merge,
                                              "[{\"email\": \"y@x\", \"full_name\": \"X\"}, "
                                              "{\"email\": \"y@x\", \"full_name\": \"Y\"}]"),
                            "ON CONFLICT DO UPDATE command cannot affect row a second time"));
  rest_assert_status (f, 500);
}

static void
test_write_puts (RestFixture   *f,
                 gconstpointer  unused)
{
  static const char body[] = "{\"id\": 9001, \"email\": \"put@x\", \"full_name\": \"Put\"}";

  g_assert_cmpstr (rest_fixture_ask (f, "PUT contacts?id=eq.9001&select=id", REPRESENTATION, body),
                   ==, "[{\"id\":9001}]");
  rest_assert_status (f, 201);
  rest_fixture_ask (f, "PUT contacts?id=eq.9001&select=id", REPRESENTATION, body);
  rest_assert_status (f, 200);
  rest_fixture_ask (f, "PUT contacts?id=eq.9002", NULL, body);
  rest_assert_status (f, 400);
  rest_fixture_ask (f, "PUT contacts?email=eq.put@x", NULL, body);
  rest_assert_status (f, 405);
}

/* Whole bodies, from the recorded answers. */
static const struct
{
  const char *request;
  const char *body;
  guint       status;
  const char *reply;
} refusals[] = {
  { "POST contacts", "{\"email\": \"nn@x\"}", 400,
    "{\"code\":\"23502\",\"details\":null,\"hint\":null,\"message\":\"null value in column "
    "\\\"full_name\\\" of relation \\\"contacts\\\" violates not-null constraint\"}" },
  { "PATCH contacts?id=eq.1", "{\"full_name\": null}", 400,
    "{\"code\":\"23502\",\"details\":null,\"hint\":null,\"message\":\"null value in column "
    "\\\"full_name\\\" of relation \\\"contacts\\\" violates not-null constraint\"}" },
  { "POST jobs", "{\"ref\": \"J-000001\", \"title\": \"T\"}", 409,
    "{\"code\":\"23505\",\"details\":null,\"hint\":null,\"message\":\"duplicate key value "
    "violates unique constraint \\\"jobs_ref_key\\\"\"}" },
  { "POST jobs", "{\"ref\": \"E\", \"title\": \"T\", \"price\": -1}", 400,
    "{\"code\":\"23514\",\"details\":null,\"hint\":null,\"message\":\"new row for relation "
    "\\\"jobs\\\" violates check constraint \\\"jobs_price_nonneg\\\"\"}" },
  { "POST jobs", "{\"ref\": \"E\", \"title\": \"T\", \"contact_id\": 999999}", 409,
    "{\"code\":\"23503\",\"details\":\"Key is not present in table \\\"contacts\\\".\","
    "\"hint\":null,\"message\":\"insert or update on table \\\"jobs\\\" violates foreign key "
    "constraint \\\"jobs_contact_id_fkey\\\"\"}" },
  { "POST jobs", "{\"ref\": \"E\", \"title\": \"T\", \"total\": 1}", 400,
    "{\"code\":\"428C9\",\"details\":\"Column \\\"total\\\" is a generated column.\","
    "\"hint\":null,\"message\":\"cannot insert a non-DEFAULT value into column "
    "\\\"total\\\"\"}" },
  { "POST reports", "{\"id\": 5, \"job_id\": \"" JOB "\", \"body\": \"x\"}", 400,
    "{\"code\":\"428C9\",\"details\":\"Column \\\"id\\\" is an identity column defined as "
    "GENERATED ALWAYS.\",\"hint\":\"Use OVERRIDING SYSTEM VALUE to override.\",\"message\":"
    "\"cannot insert a non-DEFAULT value into column \\\"id\\\"\"}" },
  { "POST jobs", "{\"ref\": \"E\", \"title\": \"T\", \"price\": 99999999999}", 400,
    "{\"code\":\"22003\",\"details\":\"A field with precision 12, scale 2 must round to an "
    "absolute value less than 10^10.\",\"hint\":null,\"message\":\"numeric field overflow\"}" },
  { "POST jobs", "{\"ref\": \"E\", \"title\": \"T\", \"starts_at\": \"yesterday-ish\"}", 400,
    "{\"code\":\"22007\",\"details\":null,\"hint\":null,\"message\":\"invalid input syntax for "
    "type timestamp with time zone: \\\"yesterday-ish\\\"\"}" },
  { "POST jobs", "{\"ref\": \"E\", \"title\": \"T\", \"nope\": 1}", 400,
    "{\"code\":\"PGRST204\",\"details\":null,\"hint\":null,\"message\":\"Could not find the "
    "'nope' column of 'jobs' in the schema cache\"}" },
  { "POST jobs", "{bad", 400,
    "{\"code\":\"PGRST102\",\"details\":null,\"hint\":null,\"message\":\"Empty or invalid "
    "json\"}" },
  { "POST job_contacts", "{\"job_id\": \"" JOB "\", \"contact_id\": 1}", 409,
    "{\"code\":\"23505\",\"details\":\"Key (job_id, contact_id)=(" JOB ", 1) already exists.\","
    "\"hint\":null,\"message\":\"duplicate key value violates unique constraint "
    "\\\"job_contacts_pkey\\\"\"}" },
  { "POST job_contacts", "{\"job_id\": \"" JOB "\"}", 400,
    "{\"code\":\"23502\",\"details\":\"Failing row contains (" JOB ", null, watcher).\","
    "\"hint\":null,\"message\":\"null value in column \\\"contact_id\\\" of relation "
    "\\\"job_contacts\\\" violates not-null constraint\"}" },
  { "POST job_contacts", "{\"job_id\": \"" JOB "\", \"contact_id\": 999}", 409,
    "{\"code\":\"23503\",\"details\":\"Key (contact_id)=(999) is not present in table "
    "\\\"contacts\\\".\",\"hint\":null,\"message\":\"insert or update on table "
    "\\\"job_contacts\\\" violates foreign key constraint \\\"job_contacts_contact_id_fkey\\\""
    "\"}" },
  { "POST open_jobs", "{\"ref\": \"V\"}", 403,
    "{\"code\":\"42501\",\"details\":null,\"hint\":null,\"message\":\"permission denied for view "
    "open_jobs\"}" },
  { "PATCH jobs", "{\"title\": \"all\"}", 400,
    "{\"code\":\"21000\",\"details\":null,\"hint\":null,\"message\":\"UPDATE requires a WHERE "
    "clause\"}" },
};

static void
test_write_refuses (RestFixture   *f,
                    gconstpointer  unused)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_assert_cmpstr (rest_fixture_ask (f, refusals[i].request, NULL, refusals[i].body), ==,
                       refusals[i].reply);
      rest_assert_status (f, refusals[i].status);
    }

  /* Whoever bypasses row security is told the values. */
  f->role = "service_role";
  g_assert_nonnull (strstr (rest_fixture_ask (f, "POST jobs", NULL,
                                              "{\"ref\": \"J-000001\", \"title\": \"T\"}"),
                            "\"details\":\"Key (ref)=(J-000001) already exists.\""));
}

static void
test_write_keeps_references (RestFixture   *f,
                             gconstpointer  unused)
{
  rest_fixture_ask (f, "POST objects", NULL,
                    "{\"id\": 700, \"name\": \"Shed\", \"address\": \"Yard\"}");
  rest_fixture_ask (f, "POST jobs", NULL, "{\"id\": \"aaaaaaaa-0000-4000-8000-000000000009\", "
                    "\"ref\": \"R\", \"title\": \"T\", \"object_id\": 700}");
  rest_fixture_ask (f, "POST reports", NULL,
                    "{\"job_id\": \"aaaaaaaa-0000-4000-8000-000000000009\", \"body\": \"gone\"}");
  rest_assert_status (f, 201);

  g_assert_cmpstr (rest_fixture_ask (f, "DELETE objects?id=eq.700", NULL, NULL), ==,
                   "{\"code\":\"23503\",\"details\":\"Key (id)=(700) is still referenced from "
                   "table \\\"jobs\\\".\",\"hint\":null,\"message\":\"update or delete on table "
                   "\\\"objects\\\" violates foreign key constraint \\\"jobs_object_id_fkey\\\" on "
                   "table \\\"jobs\\\"\"}");

  /* Its reports go with the job. */
  rest_fixture_ask (f, "DELETE jobs?ref=eq.R", NULL, NULL);
  rest_assert_status (f, 204);
  g_assert_cmpstr (rest_fixture_ask (f, "GET reports?body=eq.gone", NULL, NULL), ==, "[]");
}

static void
test_write_row_ownership (RestFixture   *f,
                          gconstpointer  unused)
{
  static const char refusal[] =
    "{\"code\":\"42501\",\"details\":null,\"hint\":null,\"message\":\"new row violates row-level "
    "security policy for table \\\"reports\\\"\"}";

  g_assert_cmpstr (rest_fixture_ask (f, "POST reports?select=owner_id,body,score,payload",
                                     REPRESENTATION,
                                     "{\"job_id\": \"" JOB "\", \"body\": \"mine\"}"), ==,
                   "[{\"owner_id\":\"" KVAR_DEMO_USER_DEMO "\",\"body\":\"mine\","
                   "\"score\":null,\"payload\":{}}]");
  g_assert_cmpstr (rest_fixture_ask (f, "POST reports", NULL,
                                     "{\"job_id\": \"" JOB "\", \"owner_id\": "
                                     "\"" KVAR_DEMO_USER_EVA "\", \"body\": \"x\"}"), ==, refusal);
  rest_assert_status (f, 403);
  g_assert_cmpstr (rest_fixture_ask (f, "PATCH reports?id=eq.3&select=id", REPRESENTATION,
                                     "{\"body\": \"hacked\"}"), ==, "[]");
  g_assert_cmpstr (rest_fixture_ask (f, "PATCH reports?id=eq.1", NULL,
                                     "{\"owner_id\": \"" KVAR_DEMO_USER_EVA "\"}"), ==, refusal);

  f->role = "anon";
  g_assert_cmpstr (rest_fixture_ask (f, "POST reports", NULL, "{\"job_id\": \"" JOB "\", "
                                     "\"body\": \"x\"}"), ==, refusal);
  rest_assert_status (f, 401);
  rest_fixture_ask (f, "POST jobs", NULL, "{\"ref\": \"A\", \"title\": \"T\"}");
  rest_assert_status (f, 401);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, function) \
  g_test_add ("/demo/rest/write/" path, RestFixture, NULL, rest_fixture_set_up, function, \
              rest_fixture_tear_down)

  ADD ("inserts", test_write_inserts);
  ADD ("inserts-many-or-none", test_write_inserts_many);
  ADD ("sets-defaults-or-none", test_write_sets_defaults);
  ADD ("reads-csv", test_write_reads_csv);
  ADD ("updates-and-deletes", test_write_updates);
  ADD ("guards-one-row", test_write_guards);
  ADD ("max-affected", test_write_max_affected);
  ADD ("upserts", test_write_upserts);
  ADD ("puts", test_write_puts);
  ADD ("refuses-as-postgresql", test_write_refuses);
  ADD ("keeps-references", test_write_keeps_references);
  ADD ("row-ownership", test_write_row_ownership);

  return g_test_run ();
}
