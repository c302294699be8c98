/* test-test-log.c: the reader of kvar-demo's log sees what it is there to see
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-test-log.h"

#define LINE(begin, end, method, path, session, token, request, status, grant) \
  "{\"begin\":" #begin ",\"end\":" #end ",\"method\":\"" method "\",\"path\":\"" path "\"," \
  "\"session\":" session ",\"token\":\"" token "\",\"request\":" request "," \
  "\"status\":" #status ",\"grant\":" grant "}\n"

#define SIGN_IN(begin, end) \
  LINE (begin, end, "POST", "/auth/v1/token", "\"s\"", "none", "null", 200, "\"password\"")
#define RENEWAL(begin, end, session) \
  LINE (begin, end, "POST", "/auth/v1/token", session, "none", "null", 200, "\"refresh_token\"")
#define READ(begin, token, request, status) \
  LINE (begin, begin, "GET", "/rest/v1/jobs", "\"s\"", token, request, status, "null")
#define CHANGE(begin, token, request, status) \
  LINE (begin, begin, "POST", "/rest/v1/jobs", "\"s\"", token, request, status, "null")

typedef struct
{
  const char *path;
  const char *text;
  guint       access_ttl;
  const char *breach;    /* (nullable): how it begins */
} Case;

static const Case cases[] = {
  { "I1/one-after-the-other", RENEWAL (0, 5.5, "\"s\"") RENEWAL (5.5, 9, "\"s\""), 1, NULL },
  { "I1/together", RENEWAL (3.5, 9, "\"s\"") RENEWAL (0, 4, "\"s\""), 1, "I1" },
  { "I1/two-sessions", RENEWAL (0, 5, "\"s\"") RENEWAL (4, 9, "\"t\""), 1, NULL },
  { "I1/sign-in-meanwhile", RENEWAL (0, 5, "\"s\"") SIGN_IN (4, 9), 1, NULL },
  { "I3/as-nobody", READ (1, "none", "\"1\"", 200), 1, "I3" },
  { "I3/refused-as-nobody", READ (1, "none", "\"1\"", 401), 1, "I3" },
  { "I3/old-token", READ (1, "expired", "\"1\"", 401), 1, NULL },
  { "I3/open-door", LINE (1, 2, "GET", "/auth/v1/health", "null", "none", "null", 200, "null"),
    1, NULL },
  { "I3/never-looked-at", READ (1, "none", "\"1\"", 0), 1, NULL },
  { "I4/once", CHANGE (1, "expired", "\"1\"", 401) CHANGE (2, "good", "\"1\"", 201), 1, NULL },
  { "I4/twice", CHANGE (1, "good", "\"1\"", 201) CHANGE (2, "good", "\"1\"", 204), 1, "I4" },
  { "I4/two-alike", CHANGE (1, "good", "\"1\"", 201) CHANGE (2, "good", "\"2\"", 201), 1, NULL },
  { "I4/reading", READ (1, "good", "\"1\"", 200) READ (2, "good", "\"1\"", 200), 1, NULL },
  { "I7/sent-again", READ (1, "expired", "\"1\"", 401) READ (2, "good", "\"1\"", 401), 1, NULL },
  { "I7/and-again", READ (1, "expired", "\"1\"", 401) READ (2, "good", "\"1\"", 401)
                    READ (3, "good", "\"1\"", 401), 1, "I7" },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *breach = kvar_test_log_find_breach (c->text, c->access_ttl);

  if (c->breach == NULL)
    g_assert_cmpstr (breach, ==, NULL);
  else
    g_assert_true (breach != NULL && g_str_has_prefix (breach, c->breach));
}

/* @n renewals of a session that began at 0, one every @every ms. */
static char *
find_in_renewals (guint n,
                  guint every)
{
  g_autoptr(GString) text = g_string_new (SIGN_IN (0, 0));

  for (guint i = 1; i <= n; i++)
    g_string_append_printf (text, "{\"begin\":%u,\"end\":%u,\"method\":\"POST\","
                            "\"path\":\"/auth/v1/token\",\"session\":\"s\",\"token\":\"none\","
                            "\"request\":null,\"status\":200,\"grant\":\"refresh_token\"}\n",
                            i * every, i * every);

  return kvar_test_log_find_breach (text->str, 10);
}

static void
test_renewals (void)
{
  g_autofree char *due = find_in_renewals (100, 7600);
  g_autofree char *undue = find_in_renewals (10, 7400);
  g_autofree char *too_many = find_in_renewals (11, 7400);
  g_autofree char *spread = find_in_renewals (200, 30100);

  g_assert_cmpstr (due, ==, NULL);
  g_assert_cmpstr (undue, ==, NULL);
  g_assert_true (too_many != NULL && g_str_has_prefix (too_many, "I7"));
  g_assert_cmpstr (spread, ==, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/test-log/", cases[i].path, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/test-log/I7/renewals", test_renewals);

  return g_test_run ();
}
