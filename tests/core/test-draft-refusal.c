/* test-draft-refusal.c: what the server refuses, at the field that it is about
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>

#include "kvar-error.h"
#include "kvar-test-transport.h"
#include "net/kvar-reply.h"
#include "records/kvar-draft-others.h"
#include "records/kvar-draft-refusal.h"
#include "schema/kvar-schema-parser.h"

#define COLUMN(name, type) \
  "{\"name\":\"" name "\",\"type\":\"" type "\",\"insert\":true,\"update\":true}"

static const char jobs[] =
  "{\"version\":1,\"relations\":[{\"schema\":\"public\",\"name\":\"jobs\",\"kind\":\"table\","
  "\"insertable\":true,\"primary_key\":[\"id\"],\"columns\":["
  COLUMN ("id", "uuid") "," COLUMN ("ref", "text") ","
  COLUMN ("title", "character varying(120)") "," COLUMN ("code", "character varying(8)") ","
  COLUMN ("contact_id", "bigint") "," COLUMN ("price", "numeric(12,2)") ","
  COLUMN ("price_list", "text") "," COLUMN ("floor", "smallint") "," COLUMN ("due_on", "date") ","
  COLUMN ("year", "integer") "," COLUMN ("week", "integer") ","
  "{\"name\":\"status\",\"type\":\"job_status\",\"enum\":[\"open\"],\"update\":true}],"
  "\"foreign_keys\":[{\"name\":\"belongs_to\",\"columns\":[\"contact_id\"],"
  "\"foreign_schema\":\"public\",\"foreign_table\":\"contacts\",\"foreign_columns\":[\"id\"]}]},"
  "{\"schema\":\"public\",\"name\":\"contacts\",\"kind\":\"table\",\"primary_key\":[\"id\"],"
  "\"columns\":[" COLUMN ("id", "bigint") "],\"foreign_keys\":[]}],"
  "\"functions\":[]}";

typedef struct
{
  KvarSchema *schema;
  KvarTable *table;
  KvarDraft *draft;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  unused)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static (jobs, strlen (jobs));
  g_autoptr(GError) error = NULL;

  f->schema = kvar_schema_parse (bytes, &error);
  g_assert_no_error (error);
  f->table = g_object_ref (kvar_schema_find_table (f->schema, "jobs"));
  f->draft = kvar_draft_new (f->table, NULL);
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  g_clear_object (&f->draft);
  g_clear_object (&f->table);
  g_clear_object (&f->schema);
}

static void
type (Fixture    *f,
      const char *column,
      const char *typed)
{
  kvar_draft_set_input (f->draft, kvar_table_find_column (f->table, column), typed);
}

/* The server's refusal, as it is read from its reply. */
static KvarColumn *
refuse (Fixture    *f,
        int         status,
        const char *code,
        const char *message,
        const char *details)
{
  const char *quote = details != NULL ? "\"" : "";
  g_autofree char *body =
    g_strdup_printf ("{\"code\":\"%s\",\"message\":\"%s\",\"details\":%s%s%s}", code, message,
                     quote, details != NULL ? details : "null", quote);
  g_autoptr(KvarReply) reply = kvar_test_reply_new (status, body);
  g_autoptr(GError) error = NULL;

  g_assert_false (kvar_reply_check (reply, KVAR_SERVICE_REST, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_INVALID);
  kvar_draft_park (f->draft, error);

  return kvar_draft_take_refusal (f->draft, error);
}

static void
assert_problem (Fixture    *f,
                const char *column,
                const char *sentence)
{
  g_assert_cmpstr (kvar_draft_get_problem (f->draft, kvar_table_find_column (f->table, column)),
                   ==, sentence);
}

static void
test_unique (Fixture       *f,
             gconstpointer  unused)
{
  KvarColumn *first;

  type (f, "ref", "J-1");
  first = refuse (f, 409, "23505", "duplicate key value violates unique constraint "
                                   "\\\"own_name\\\"", "Key (ref)=(J-1) already exists.");
  g_assert_cmpstr (kvar_column_get_name (first), ==, "ref");
  assert_problem (f, "ref", "Another record already has this Ref.");
}

/* Under row-level security there are no details. */
static void
test_unique_without_details (Fixture       *f,
                             gconstpointer  unused)
{
  refuse (f, 409, "23505", "duplicate key value violates unique constraint \\\"jobs_ref_key\\\"",
          NULL);
  assert_problem (f, "ref", "Another record already has this Ref.");
}

static void
test_unique_together (Fixture       *f,
                      gconstpointer  unused)
{
  refuse (f, 409, "23505", "duplicate key value violates unique constraint \\\"once_a_week\\\"",
          "Key (year, week)=(2026, 48) already exists.");
  assert_problem (f, "year", "Another record already has this combination of values.");
  assert_problem (f, "week", "Another record already has this combination of values.");
  assert_problem (f, "ref", NULL);
}

static void
assert_others (Fixture    *f,
               const char *expected)
{
  g_autoptr(KvarRoute) route = kvar_draft_new_route_to_others (f->draft, f->schema);
  g_autofree char *text = route != NULL ? kvar_route_to_string (route) : NULL;

  g_assert_cmpstr (text, ==, expected);
}

/* Where the other one is, until one of the values is typed anew. */
static void
test_unique_leads_to_the_other (Fixture       *f,
                                gconstpointer  unused)
{
  type (f, "year", "2026");
  type (f, "week", "48");
  assert_others (f, NULL);
  refuse (f, 409, "23505", "duplicate key value violates unique constraint \\\"once_a_week\\\"",
          "Key (year, week)=(2026, 48) already exists.");
  assert_others (f, "/records/jobs?year=eq.2026&week=eq.48");
  type (f, "title", "Roof");
  assert_others (f, "/records/jobs?year=eq.2026&week=eq.48");
  type (f, "week", "49");
  assert_others (f, NULL);

  refuse (f, 409, "23505", "duplicate key value violates unique constraint \\\"odd\\\"",
          "Key (lower(ref))=(a) already exists.");
  assert_others (f, NULL);
}

static void
refuse_delete (KvarDraft  *draft,
               const char *constraint,
               const char *table)
{
  g_autofree char *body =
    g_strdup_printf ("{\"code\":\"23503\",\"message\":\"update or delete on table "
                     "\\\"contacts\\\" violates foreign key constraint \\\"%s\\\" on table "
                     "\\\"%s\\\"\",\"details\":null}", constraint, table);
  g_autoptr(KvarReply) reply = kvar_test_reply_new (409, body);
  g_autoptr(GError) error = NULL;

  g_assert_false (kvar_reply_check (reply, KVAR_SERVICE_REST, &error));
  kvar_draft_park (draft, error);
}

static void
test_still_pointed_to (Fixture       *f,
                       gconstpointer  unused)
{
  KvarTable *contacts = kvar_schema_find_table (f->schema, "contacts");
  g_autoptr(KvarRecord) base = kvar_record_new (contacts);

  kvar_record_set_text (base, 0, "7");
  g_clear_object (&f->draft);
  f->draft = kvar_draft_new (contacts, base);
  kvar_draft_set_deletes (f->draft, TRUE);

  refuse_delete (f->draft, "belongs_to", "jobs");
  g_assert_true (kvar_draft_find_referring_table (f->draft, f->schema) == f->table);
  assert_others (f, "/records/jobs?contact_id=eq.7");

  refuse_delete (f->draft, "belongs_to", "not_for_us");
  g_assert_null (kvar_draft_find_referring_table (f->draft, f->schema));
  assert_others (f, NULL);
  refuse_delete (f->draft, "another", "jobs");
  assert_others (f, NULL);
}

static void
test_points_nowhere (Fixture       *f,
                     gconstpointer  unused)
{
  refuse (f, 409, "23503", "insert or update on table \\\"jobs\\\" violates foreign key constraint "
                           "\\\"belongs_to\\\"", NULL);
  assert_problem (f, "contact_id", "The record chosen in Contact doesn't exist.");
}

static void
test_needs_a_value (Fixture       *f,
                    gconstpointer  unused)
{
  refuse (f, 400, "23502", "null value in column \\\"title\\\" of relation \\\"jobs\\\" violates "
                           "not-null constraint", "Failing row contains (secret).");
  assert_problem (f, "title", "Title needs a value.");
}

static void
test_check_of_a_column (Fixture       *f,
                        gconstpointer  unused)
{
  static const struct { const char *constraint; const char *column; } cases[] = {
    { "jobs_price_nonneg", "price" }, { "jobs_price_list_check", "price_list" },
    { "floor_positive", "floor" }, { "jobs_due_on", "due_on" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message =
        g_strdup_printf ("new row for relation \\\"jobs\\\" violates check constraint \\\"%s\\\"",
                         cases[i].constraint);
      KvarColumn *column = refuse (f, 400, "23514", message, NULL);

      g_assert_cmpstr (kvar_column_get_name (column), ==, cases[i].column);
    }

  g_assert_null (refuse (f, 400, "23514", "new row violates check constraint \\\"sane\\\"", NULL));
}

/* No column is named: those that were changed and are of the type. */
static void
test_values_by_their_type (Fixture       *f,
                           gconstpointer  unused)
{
  type (f, "title", "a title");
  type (f, "code", "ABC");
  type (f, "price", "12");
  type (f, "floor", "3");
  type (f, "year", "2026");
  type (f, "due_on", "2026-11-20");

  refuse (f, 400, "22001", "value too long for type character varying(8)", NULL);
  assert_problem (f, "code", "At most 8 characters fit here.");
  assert_problem (f, "title", NULL);

  refuse (f, 400, "22003", "numeric field overflow",
          "A field with precision 12, scale 2 must round to an absolute value less than 10^10.");
  assert_problem (f, "price", "A number is larger than its field allows.");

  refuse (f, 400, "22003", "value \\\"99 for type integer\\\" is out of range for type smallint",
          NULL);
  assert_problem (f, "floor", "A number is larger than its field allows.");
  assert_problem (f, "year", NULL);
  assert_problem (f, "week", NULL);

  refuse (f, 400, "22P02", "invalid input syntax for type integer: \\\"x\\\"", NULL);
  assert_problem (f, "year", "A value doesn't fit its field.");

  refuse (f, 400, "22008", "date/time field value out of range: \\\"20/11\\\"", NULL);
  assert_problem (f, "due_on", "A date or time isn't valid.");
}

static void
test_says_nothing_of_the_server (Fixture       *f,
                                 gconstpointer  unused)
{
  g_assert_null (refuse (f, 400, "22P02", "malformed secret literal", "secret"));
  g_assert_null (refuse (f, 400, "23514", "", NULL));
  g_assert_cmpuint (kvar_draft_get_n_problems (f->draft), ==, 0);
}

#define ADD(path, func) g_test_add ("/draft-refusal/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("REST-61/unique", test_unique);
  ADD ("REST-61/without-details", test_unique_without_details);
  ADD ("REST-61/together", test_unique_together);
  ADD ("REST-61/leads-to-the-other", test_unique_leads_to_the_other);
  ADD ("REST-63/still-pointed-to", test_still_pointed_to);
  ADD ("REST-62/points-nowhere", test_points_nowhere);
  ADD ("REST-64/needs-a-value", test_needs_a_value);
  ADD ("REST-65/check-of-a-column", test_check_of_a_column);
  ADD ("REST-66/values-by-their-type", test_values_by_their_type);
  ADD ("says-nothing-of-the-server", test_says_nothing_of_the_server);

  return g_test_run ();
}
