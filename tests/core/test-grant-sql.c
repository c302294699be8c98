/* test-grant-sql.c: the privilege that is missing, and the statement that gives it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The number is that of tests/rest-cases.txt.
 */

#include "kvar-error.h"
#include "schema/kvar-grant-sql.h"

static const struct
{
  const char *schema;
  const char *table;
  const char *sql;
} statements[] = {
  { "public", "jobs", "GRANT SELECT ON \"public\".\"jobs\" TO \"authenticated\";\n" },
  { "public", "order", "GRANT SELECT ON \"public\".\"order\" TO \"authenticated\";\n" },
  { "public", "Odd Jobs", "GRANT SELECT ON \"public\".\"Odd Jobs\" TO \"authenticated\";\n" },
  { "my.api", "a.b", "GRANT SELECT ON \"my.api\".\"a.b\" TO \"authenticated\";\n" },
  { "public", "Größe", "GRANT SELECT ON \"public\".\"Größe\" TO \"authenticated\";\n" },
  { "public", "a\"b\"", "GRANT SELECT ON \"public\".\"a\"\"b\"\"\" TO \"authenticated\";\n" },
  { "public", "x\" TO anon; --",
    "GRANT SELECT ON \"public\".\"x\"\" TO anon; --\" TO \"authenticated\";\n" },
};

static const struct
{
  int         error;
  const char *code;
  const char *message;
  gboolean    helps;
} refusals[] = {
  { KVAR_ERROR_DENIED, "42501", "403 42501: permission denied for table jobs", TRUE },
  { KVAR_ERROR_DENIED, "42501", "401 42501: permission denied for table jobs", TRUE },
  { KVAR_ERROR_DENIED, "42501", "403 42501: permission denied for view jobs", TRUE },
  { KVAR_ERROR_DENIED, "42501", "403 42501: keine Berechtigung für Tabelle jobs", TRUE },
  { KVAR_ERROR_DENIED, "42501", "403 42501: permission denied for table old_jobs", FALSE },
  { KVAR_ERROR_DENIED, "42501", "403 42501: permission denied for table people", FALSE },
  { KVAR_ERROR_DENIED, "42501", "403 42501: permission denied for schema jobs", FALSE },
  { KVAR_ERROR_DENIED, "42501", "403 42501: without a message", FALSE },
  { KVAR_ERROR_DENIED, NULL, "403 without a code: jobs", FALSE },
  { KVAR_ERROR_REFUSED, "42P01", "404 42P01: relation does not exist: jobs", FALSE },
};

static void
test_grant_sql_quotes_names (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autofree char *sql = kvar_grant_sql_new (statements[i].schema, statements[i].table,
                                                 "authenticated");

      g_assert_cmpstr (sql, ==, statements[i].sql);
    }
}

static void
test_grant_sql_only_where_it_helps (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr(GError) error = kvar_error_new_full (refusals[i].error, 403, refusals[i].code,
                                                     refusals[i].message);

      g_test_message ("%s", refusals[i].message);
      g_assert_cmpint (kvar_grant_sql_helps (error, "jobs"), ==, refusals[i].helps);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/grant-sql/REST-9/quotes-names", test_grant_sql_quotes_names);
  g_test_add_func ("/grant-sql/REST-9/only-where-it-helps", test_grant_sql_only_where_it_helps);

  return g_test_run ();
}
