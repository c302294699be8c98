/* test-route.c: routes are read whole or refused, and written in one way
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "kvar-error.h"
#include "routes/kvar-route.h"

typedef struct
{
  const char *route;
  KvarPlace   place;
  const char *name;
  const char *key;
  const char *query;
  const char *written;    /* NULL: as it was read */
} Case;

static const Case cases[] = {
  { "/", KVAR_PLACE_HOME },
  { "/records", KVAR_PLACE_RECORDS },
  { "/records/", KVAR_PLACE_RECORDS, .written = "/records" },
  { "/records/jobs", KVAR_PLACE_TABLE, "jobs" },
  { "/records/jobs?order=due_on.desc&status=eq.open&q=roof", KVAR_PLACE_TABLE, "jobs",
    .query = "order=due_on.desc&status=eq.open&q=roof" },
  { "/records/jobs?", KVAR_PLACE_TABLE, "jobs", .written = "/records/jobs" },
  { "/records/jobs?q=å b\"|", KVAR_PLACE_TABLE, "jobs", .query = "q=%C3%A5%20b%22%7C",
    .written = "/records/jobs?q=%C3%A5%20b%22%7C" },
  { "/records/jobs?%22order%22=eq.5", KVAR_PLACE_TABLE, "jobs", .query = "%22order%22=eq.5" },
  { "/records/jobs/42", KVAR_PLACE_RECORD, "jobs", "42" },
  { "/records/jobs/a,b", KVAR_PLACE_RECORD, "jobs", "a,b" },
  { "/records/jobs/a%2cb", KVAR_PLACE_RECORD, "jobs", "a%2Cb",
    .written = "/records/jobs/a%2Cb" },
  { "/records/jobs/new", KVAR_PLACE_NEW_RECORD, "jobs" },
  { "/records/jobs/%6Eew", KVAR_PLACE_RECORD, "jobs", "%6Eew" },
  { "/records/jobs/ne%77", KVAR_PLACE_RECORD, "jobs", "%6Eew",
    .written = "/records/jobs/%6Eew" },
  { "/records/%C3%A5r", KVAR_PLACE_TABLE, "år" },
  { "/records/år", KVAR_PLACE_TABLE, "år", .written = "/records/%C3%A5r" },
  { "/read", KVAR_PLACE_READ },
  { "/read/articles/7", KVAR_PLACE_ARTICLE, "articles", "7" },
  { "/reports", KVAR_PLACE_REPORTS },
  { "/reports/open_jobs", KVAR_PLACE_REPORT, "open_jobs" },
  { "/exports", KVAR_PLACE_EXPORTS },
  { "/drafts", KVAR_PLACE_DRAFTS },
  { "/files", KVAR_PLACE_FILES },
  { "/files/pictures", KVAR_PLACE_FILE, "pictures" },
  { "/files/pictures/2026/roof%20top.jpg", KVAR_PLACE_FILE, "pictures", "2026/roof top.jpg" },
  { "/account", KVAR_PLACE_ACCOUNT },
  { "/account?a=b", KVAR_PLACE_ACCOUNT, .written = "/account" },
  { "/records/jobs/42?a=b", KVAR_PLACE_RECORD, "jobs", "42", .written = "/records/jobs/42" },
  { "/reports/open_jobs?a=b", KVAR_PLACE_REPORT, "open_jobs", .query = "a=b" },
  { "/login", KVAR_PLACE_LOGIN },
  { "/connect?url=https%3A%2F%2Fa.example", KVAR_PLACE_CONNECT,
    .query = "url=https%3A%2F%2Fa.example" },
  { "kvar:///records/jobs/42", KVAR_PLACE_RECORD, "jobs", "42", .written = "/records/jobs/42" },
  { "KVAR:///records", KVAR_PLACE_RECORDS, .written = "/records" },
  { "kvar:/records", KVAR_PLACE_RECORDS, .written = "/records" },
  { "kvar://connect?key=x", KVAR_PLACE_CONNECT, .query = "key=x", .written = "/connect?key=x" },
};

static const char *const refused[] = {
  "", "records", "//records", "//evil.example/records", "https://evil.example", "/nowhere",
  "/records//jobs", "/records/jobs//", "/records/jobs/1/2", "/records/.", "/records/..",
  "/records/%2e%2E/x", "/records/jobs/..", "/records/jobs/a,..", "/records/\\jobs",
  "/records/jobs#x", "/records/a\nb", "/records/a%0Ab", "/records/a%00b", "/records/%zz",
  "/records/%", "/records/jobs?q=%", "/records/jobs?q=%4", "/records/%FF",
  "/files/pictures/a/../b", "/files/pictures/a%2F..%2Fb", "/files/p/a//b", "/login/x",
  "kvar://ho st/records", "kvar:records", "kvar://a/b", "kvar:////records", "/rec\xff",
  "/account?a=%",
};

static void
test_parse_reads (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      g_autoptr(GError) error = NULL;
      g_autoptr(KvarRoute) route = kvar_route_parse (c->route, &error);
      g_autofree char *written = NULL;

      g_test_message ("%s", c->route);
      g_assert_no_error (error);
      g_assert_cmpint (kvar_route_get_place (route), ==, c->place);
      g_assert_cmpstr (kvar_route_get_name (route), ==, c->name);
      g_assert_cmpstr (kvar_route_get_key (route), ==, c->key);
      g_assert_cmpstr (kvar_route_get_query (route), ==, c->query);
      g_assert_null (kvar_route_get_host (route));
      written = kvar_route_to_string (route);
      g_assert_cmpstr (written, ==, c->written != NULL ? c->written : c->route);
    }
}

static void
test_parse_refuses (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(KvarRoute) route = kvar_route_parse (refused[i], &error);

      g_test_message ("%s", refused[i]);
      g_assert_null (route);
      g_assert_error (error, KVAR_ERROR, KVAR_ERROR_INVALID);
    }
}

static void
test_parse_reads_host (void)
{
  g_autoptr(KvarRoute) route = kvar_route_parse ("kvar://Norr.Example.org:8443/records/jobs", NULL);
  g_autoptr(KvarRoute) root = kvar_route_parse ("kvar://norr.example.org", NULL);
  g_autofree char *written = kvar_route_to_string (route);

  g_assert_cmpstr (kvar_route_get_host (route), ==, "norr.example.org:8443");
  g_assert_cmpstr (written, ==, "kvar://norr.example.org:8443/records/jobs");
  g_assert_cmpint (kvar_route_get_place (root), ==, KVAR_PLACE_HOME);
}

static void
test_login_says_why_and_where (void)
{
  const char *text = "/login?reason=expired&from=%2Frecords%2Fjobs%2F42";
  g_autoptr(KvarRoute) route = kvar_route_parse (text, NULL);
  g_autoptr(KvarRoute) made = kvar_route_new_login ("expired", "/records/jobs/42");
  g_autofree char *written = kvar_route_to_string (made);

  g_assert_cmpstr (kvar_route_get_reason (route), ==, "expired");
  g_assert_cmpstr (kvar_route_get_from (route), ==, "/records/jobs/42");
  g_assert_cmpstr (written, ==, text);
  g_assert_true (kvar_route_equal (route, made));
}

static void
test_login_believes_nothing (void)
{
  g_autoptr(KvarRoute) route =
    kvar_route_parse ("/login?reason=%3Cb%3E&from=https%3A%2F%2Fevil.example", NULL);
  g_autoptr(KvarRoute) nested = kvar_route_parse ("/login?from=%2Flogin%3Ffrom%3D%252F", NULL);

  g_assert_null (kvar_route_get_reason (route));
  g_assert_cmpstr (kvar_route_get_from (route), ==, "/records");
  g_assert_cmpstr (kvar_route_get_from (nested), ==, "/records");
}

static void
test_login_shortens_a_long_route (void)
{
  g_autofree char *long_query = g_strnfill (3000, 'x');
  g_autofree char *from = g_strconcat ("/records/jobs?q=", long_query, NULL);
  g_autoptr(KvarRoute) route = kvar_route_new_login (NULL, from);

  g_assert_cmpstr (kvar_route_get_from (route), ==, "/records/jobs");
}

static void
test_safe_from (void)
{
  static const char *const unsafe[] = {
    "", "records", "//host", "//host/records", "/\\host", "/records\\..", "https://host/",
    "kvar:///records", "javascript:alert(1)", "/login", "/login?from=%2F", "/connect",
    "/records/../login", "/records/%2e%2e/login", "/records/%2E./x", "/records/a%5Cb",
    "/records/jobs/a%0Ab", "/records/jobs\n", "/records/jobs/a%2F..%2Fb", "/nowhere", "/%2Fhost",
  };
  static const char *const safe[] = {
    "/", "/records", "/records/jobs?order=due_on.desc", "/records/jobs/42", "/records/jobs/new",
    "/read/articles/7", "/exports", "/drafts", "/files/pictures/a/b.jpg", "/account",
  };
  g_autofree char *nothing = kvar_route_safe_from (NULL);
  g_autofree char *filler = g_strnfill (2048 - strlen ("/records/"), 'x');
  g_autofree char *longest = g_strconcat ("/records/", filler, NULL);
  g_autofree char *too_long = g_strconcat (longest, "x", NULL);
  g_autofree char *kept = kvar_route_safe_from (longest);
  g_autofree char *dropped = kvar_route_safe_from (too_long);

  g_assert_cmpstr (nothing, ==, "/records");
  g_assert_cmpstr (kept, ==, longest);
  g_assert_cmpstr (dropped, ==, "/records");

  for (gsize i = 0; i < G_N_ELEMENTS (unsafe); i++)
    {
      g_autofree char *from = kvar_route_safe_from (unsafe[i]);

      g_test_message ("%s", unsafe[i]);
      g_assert_cmpstr (from, ==, "/records");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (safe); i++)
    {
      g_autofree char *from = kvar_route_safe_from (safe[i]);

      g_assert_cmpstr (from, ==, safe[i]);
    }
}

static void
test_kept_record (void)
{
  static const char id[] = "11111111-1111-4111-8111-111111111111";
  g_autoptr(KvarRoute) made = kvar_route_new_kept_record ("jobs", id);
  g_autoptr(KvarRoute) plain = kvar_route_new_new_record ("jobs");
  g_autofree char *text = kvar_route_to_string (made);
  g_autoptr(KvarRoute) read = kvar_route_parse (text, NULL);
  g_autoptr(KvarRoute) wrong = kvar_route_parse ("/records/jobs/new?draft=7", NULL);
  g_autoptr(KvarRoute) elsewhere = kvar_route_parse (
    "/records/jobs/7?draft=11111111-1111-4111-8111-111111111111", NULL);

  g_assert_cmpstr (text, ==, "/records/jobs/new?draft=11111111-1111-4111-8111-111111111111");
  g_assert_cmpint (kvar_route_get_place (read), ==, KVAR_PLACE_NEW_RECORD);
  g_assert_cmpstr (kvar_route_get_draft (read), ==, id);
  g_assert_true (kvar_route_equal (made, read));
  g_assert_false (kvar_route_equal (made, plain));
  g_assert_null (kvar_route_get_draft (plain));
  g_assert_null (kvar_route_get_draft (wrong));
  g_assert_null (kvar_route_get_draft (elsewhere));
}

static void
test_key_spellings (void)
{
  static const struct { const char *values[4]; const char *key; } keys[] = {
    { { "42" }, "42" },
    { { "new" }, "%6Eew" },
    { { "new", "new" }, "new,new" },
    { { "a,b", "c" }, "a%2Cb,c" },
    { { "" }, "%22" },
    { { "", "" }, "%22,%22" },
    { { "." }, "%22." },
    { { "..", "x" }, "%22..,x" },
    { { "\"" }, "%22%22" },
    { { "a/b?c#d\\" }, "a%2Fb%3Fc%23d%5C" },
    { { "år 1" }, "%C3%A5r%201" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *key = kvar_route_join_key (keys[i].values);
      g_auto(GStrv) values = kvar_route_split_key (key);

      g_assert_cmpstr (key, ==, keys[i].key);
      g_assert_cmpstrv (values, keys[i].values);
    }
}

static void
test_key_refuses (void)
{
  g_assert_null (kvar_route_split_key (""));
  g_assert_null (kvar_route_split_key ("%zz"));
  g_assert_null (kvar_route_split_key ("a%00"));
  g_assert_null (kvar_route_split_key ("a,.."));
  g_assert_null (kvar_route_split_key ("%FF"));
}

static char *
random_text (void)
{
  static const char *const bits[] = {
    "a", "new", ".", "..", "/", "%", "%2e", "%00", "\\", ",", "\"", "?", "#", "&", "=", "+", " ",
    "å", "→", "\n", "\x7f", "records", "login", "kvar:", "//", "from=", "\xff",
  };
  GString *text = g_string_new (NULL);
  int n = g_test_rand_int_range (0, 8);

  for (int i = 0; i < n; i++)
    g_string_append (text, bits[g_test_rand_int_range (0, G_N_ELEMENTS (bits))]);

  return g_string_free (text, FALSE);
}

static char *
random_utf8 (void)
{
  g_autofree char *text = random_text ();

  return g_utf8_make_valid (text, -1);
}

/* Any key of any values comes back through a route. */
static void
test_key_round_trip (void)
{
  for (int n = 0; n < 2000; n++)
    {
      g_autofree char *first = random_utf8 ();
      g_autofree char *second = random_utf8 ();
      const char *values[] = { first, n % 2 == 0 ? second : NULL, NULL };
      g_autofree char *key = kvar_route_join_key (values);
      g_autoptr(KvarRoute) route = kvar_route_new_record ("jobs", key);
      g_autofree char *text = kvar_route_to_string (route);
      g_autoptr(KvarRoute) again = kvar_route_parse (text, NULL);
      g_auto(GStrv) back = NULL;

      g_assert_nonnull (again);
      g_assert_true (kvar_route_equal (route, again));
      back = kvar_route_split_key (kvar_route_get_key (again));
      g_assert_cmpstrv (back, values);
    }
}

/* Whatever comes in, it is a route with one spelling or an error; and a safe one is safe. */
static void
test_parse_is_total (void)
{
  static const char *const starts[] = { "", "/", "/records/", "/records/jobs/", "/login?from=",
                                        "/files/", "kvar://", "kvar:///records/", "/read/" };

  int n_texts = g_test_slow () ? 1000000 : 5000;

  for (int n = 0; n < n_texts; n++)
    {
      g_autofree char *tail = random_text ();
      g_autofree char *text =
        g_strconcat (starts[g_test_rand_int_range (0, G_N_ELEMENTS (starts))], tail, NULL);
      g_autoptr(GError) error = NULL;
      g_autoptr(KvarRoute) route = kvar_route_parse (text, &error);
      g_autofree char *safe = kvar_route_safe_from (text);
      g_autoptr(KvarRoute) safe_route = kvar_route_parse (safe, NULL);

      if (route != NULL)
        {
          g_autofree char *once = kvar_route_to_string (route);
          g_autoptr(KvarRoute) again = kvar_route_parse (once, NULL);
          g_autofree char *twice = NULL;

          g_assert_nonnull (again);
          g_assert_true (kvar_route_equal (route, again));
          twice = kvar_route_to_string (again);
          g_assert_cmpstr (twice, ==, once);
        }
      else
        g_assert_error (error, KVAR_ERROR, KVAR_ERROR_INVALID);

      g_assert_nonnull (safe_route);
      g_assert_true (safe[0] == '/' && safe[1] != '/');
      g_assert_null (strchr (safe, '\\'));
      g_assert_false (g_str_has_prefix (safe, "/login"));
      g_assert_cmpuint (strlen (safe), <=, 2048);
      for (const char *c = safe; *c != '\0'; c++)
        g_assert_true (g_ascii_isgraph (*c));
    }
}

/* A link that brings tokens signs nobody in: it is refused, or the tokens are not in what it
 * becomes and so in no history and no state file. */
static void
test_no_tokens_from_links (void)
{
  static const char *const links[] = {
    "kvar:///login#access_token=tok&refresh_token=tok",
    "kvar:///#access_token=tok&refresh_token=tok&type=magiclink",
    "kvar://connect#access_token=tok",
    "kvar:///login?access_token=tok&refresh_token=tok",
    "kvar:///account?access_token=tok&refresh_token=tok",
    "kvar:///?access_token=tok",
    "kvar:///records?code=tok",
    "kvar:///records/jobs/42?access_token=tok",
    "/exports?access_token=tok",
    "kvar:///callback?code=tok",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autoptr(KvarRoute) route = kvar_route_parse (links[i], NULL);
      g_autofree char *written = route != NULL ? kvar_route_to_string (route) : NULL;

      g_assert_true (written == NULL || strstr (written, "tok") == NULL);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/route/kept-record/round-trip", test_kept_record);
  g_test_add_func ("/route/parse/reads", test_parse_reads);
  g_test_add_func ("/route/parse/refuses", test_parse_refuses);
  g_test_add_func ("/route/parse/reads-host", test_parse_reads_host);
  g_test_add_func ("/route/parse/is-total", test_parse_is_total);
  g_test_add_func ("/route/login/says-why-and-where", test_login_says_why_and_where);
  g_test_add_func ("/route/login/believes-nothing", test_login_believes_nothing);
  g_test_add_func ("/route/login/shortens-a-long-route", test_login_shortens_a_long_route);
  g_test_add_func ("/route/safe-from/table", test_safe_from);
  g_test_add_func ("/route/key/spellings", test_key_spellings);
  g_test_add_func ("/route/key/refuses", test_key_refuses);
  g_test_add_func ("/route/key/round-trip", test_key_round_trip);
  g_test_add_func ("/route/J15/no-tokens-from-links", test_no_tokens_from_links);

  return g_test_run ();
}
