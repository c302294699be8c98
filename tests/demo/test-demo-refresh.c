/* test-demo-refresh.c: what the demo decides about a presented refresh token
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "kvar-demo-refresh.h"

#define SECOND G_USEC_PER_SEC
#define SESSION "582d810a-9062-43da-a865-6232517bc738"

/* A real token of GoTrue 2.196.0, of session SESSION with the counter 0, and its successors. */
#define REAL_0 "AFgtgQqQYkPaqGViMlF7xzgAfBm5tRgmK4SYxTfIYjYP1TNDY9A"
#define REAL_2 "AFgtgQqQYkPaqGViMlF7xzgC32q2_rcfFmGdpq3gHhuGLDcGD54"

static void
test_refresh_opaque (void)
{
  const struct {
    gboolean               revoked, parent;
    gint64                 age, interval;
    KvarDemoRefreshVerdict verdict;
  } cases[] = {
    /* Never exchanged: however old it is. */
    { FALSE, FALSE, 0, 10, KVAR_DEMO_REFRESH_ROTATE },
    { FALSE, FALSE, 86400 * 365, 10, KVAR_DEMO_REFRESH_ROTATE },
    { FALSE, FALSE, 5, 0, KVAR_DEMO_REFRESH_ROTATE },
    /* The parent of the active one: any age, any interval. */
    { TRUE, TRUE, 1, 10, KVAR_DEMO_REFRESH_PARENT },
    { TRUE, TRUE, 86400 * 365, 10, KVAR_DEMO_REFRESH_PARENT },
    { TRUE, TRUE, 0, 0, KVAR_DEMO_REFRESH_PARENT },
    /* Older ones: only inside the interval. */
    { TRUE, FALSE, 0, 10, KVAR_DEMO_REFRESH_FORK },
    { TRUE, FALSE, 10, 10, KVAR_DEMO_REFRESH_FORK },
    { TRUE, FALSE, 11, 10, KVAR_DEMO_REFRESH_USED },
    { TRUE, FALSE, 0, 0, KVAR_DEMO_REFRESH_USED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (kvar_demo_refresh_decide_opaque (cases[i].revoked, cases[i].parent,
                                                      cases[i].age * SECOND,
                                                      cases[i].interval * SECOND),
                     ==, cases[i].verdict);
}

static void
test_refresh_counter (void)
{
  const struct {
    gint64                 behind, age, interval;
    KvarDemoRefreshVerdict verdict;
  } cases[] = {
    { -1, 0, 10, KVAR_DEMO_REFRESH_AHEAD },
    { 0, 0, 10, KVAR_DEMO_REFRESH_ROTATE },
    { 0, 86400, 0, KVAR_DEMO_REFRESH_ROTATE },
    { 1, 0, 10, KVAR_DEMO_REFRESH_PARENT },
    { 1, 86400, 0, KVAR_DEMO_REFRESH_PARENT },
    { 2, 9, 10, KVAR_DEMO_REFRESH_CURRENT },
    { 2, 10, 10, KVAR_DEMO_REFRESH_USED },
    { 2, 0, 0, KVAR_DEMO_REFRESH_USED },
    { 7, 3, 10, KVAR_DEMO_REFRESH_CURRENT },
    { 2, -3, 10, KVAR_DEMO_REFRESH_CURRENT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (kvar_demo_refresh_decide_counter (cases[i].behind, cases[i].age * SECOND,
                                                       cases[i].interval * SECOND),
                     ==, cases[i].verdict);
}

static void
test_refresh_parse_form (void)
{
  const struct {
    const char          *token;
    KvarDemoRefreshForm  form;
  } cases[] = {
    { NULL, KVAR_DEMO_REFRESH_FORM_IMPOSSIBLE },
    { "", KVAR_DEMO_REFRESH_FORM_IMPOSSIBLE },
    { "short", KVAR_DEMO_REFRESH_FORM_IMPOSSIBLE },
    { "abcdefghijkl", KVAR_DEMO_REFRESH_FORM_OPAQUE },
    { "63vsza3cey7q", KVAR_DEMO_REFRESH_FORM_OPAQUE },
    { "ABCDEFGHIJKL", KVAR_DEMO_REFRESH_FORM_IMPOSSIBLE },
    { "abcdefghijklm", KVAR_DEMO_REFRESH_FORM_IMPOSSIBLE },
    { "this-is-not-a-refresh-token-at-all-but-long-enough-xxxxxxxxxxxxxx",
      KVAR_DEMO_REFRESH_FORM_IMPOSSIBLE },
    { REAL_0, KVAR_DEMO_REFRESH_FORM_COUNTER },
    /* One bit flipped, so that the checksum is wrong; right checksum, wrong signature. */
    { "AP9Ii8iajkv0qncLcS7XuYoAjfoyn1kcAhCE2fqHp__mUyVGO0Y",
      KVAR_DEMO_REFRESH_FORM_IMPOSSIBLE },
    { "AP9Ii8iajkv0qncLcS7XuYoAjfoyn1kcAhCE2fqHp__mUzHC3WY",
      KVAR_DEMO_REFRESH_FORM_COUNTER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KvarDemoRefreshCounter counter;

      g_assert_cmpint (kvar_demo_refresh_parse (cases[i].token, &counter), ==, cases[i].form);
    }
}

static void
test_refresh_parse_reads_real_token (void)
{
  KvarDemoRefreshCounter counter;

  g_assert_cmpint (kvar_demo_refresh_parse (REAL_2, &counter), ==,
                   KVAR_DEMO_REFRESH_FORM_COUNTER);
  g_assert_cmpstr (counter.session_id, ==, SESSION);
  g_assert_cmpuint (counter.counter, ==, 2);
}

static void
test_refresh_counter_round_trips (void)
{
  const guint64 counters[] = { 0, 1, 127, 128, 300, 16384, G_GUINT64_CONSTANT (1) << 40 };
  guint8 key[KVAR_DEMO_REFRESH_KEY_LENGTH] = { 1, 2, 3 };
  guint8 other[KVAR_DEMO_REFRESH_KEY_LENGTH] = { 1, 2, 4 };

  for (guint i = 0; i < G_N_ELEMENTS (counters); i++)
    {
      g_autofree char *token = kvar_demo_refresh_make_counter (SESSION, counters[i], key);
      KvarDemoRefreshCounter back;

      g_assert_cmpint (kvar_demo_refresh_parse (token, &back), ==,
                       KVAR_DEMO_REFRESH_FORM_COUNTER);
      g_assert_cmpstr (back.session_id, ==, SESSION);
      g_assert_cmpuint (back.counter, ==, counters[i]);
      g_assert_true (kvar_demo_refresh_verify (&back, key));
      g_assert_false (kvar_demo_refresh_verify (&back, other));
    }
}

static void
test_refresh_opaque_has_right_form (void)
{
  g_autofree char *one = kvar_demo_refresh_make_opaque ();
  g_autofree char *two = kvar_demo_refresh_make_opaque ();

  g_assert_cmpint (kvar_demo_refresh_parse (one, NULL), ==, KVAR_DEMO_REFRESH_FORM_OPAQUE);
  g_assert_cmpstr (one, !=, two);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/demo/refresh/decide-opaque/table", test_refresh_opaque);
  g_test_add_func ("/demo/refresh/decide-counter/table", test_refresh_counter);
  g_test_add_func ("/demo/refresh/parse/form", test_refresh_parse_form);
  g_test_add_func ("/demo/refresh/parse/reads-real-token", test_refresh_parse_reads_real_token);
  g_test_add_func ("/demo/refresh/make-counter/round-trips", test_refresh_counter_round_trips);
  g_test_add_func ("/demo/refresh/make-opaque/has-right-form",
                   test_refresh_opaque_has_right_form);

  return g_test_run ();
}
