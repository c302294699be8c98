/* test-match.c: which names come first for what is typed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-match.h"

static const struct
{
  const char *typed;
  const char *name;
  KvarMatch   match;
} matches[] = {
  { "jobs", "jobs", KVAR_MATCH_WHOLE },
  { "jo", "jobs", KVAR_MATCH_BEGINNING },
  { "open jo", "open jobs", KVAR_MATCH_BEGINNING },
  { "jo", "open jobs", KVAR_MATCH_WORDS },
  { "jo op", "open jobs", KVAR_MATCH_WORDS },
  { "by", "report, by month", KVAR_MATCH_WORDS },
  { "åk", "berg åkeri", KVAR_MATCH_WORDS },
  { "ob", "jobs", KVAR_MATCH_INSIDE },
  { "q3", "report-q3", KVAR_MATCH_WORDS },
  { "open x", "open jobs", KVAR_MATCH_NONE },
  { "x", "jobs", KVAR_MATCH_NONE },
  { "jobs", "job", KVAR_MATCH_NONE },
  { "", "jobs", KVAR_MATCH_BEGINNING },
  { "  ", "jobs", KVAR_MATCH_WORDS },
  { "a", "", KVAR_MATCH_NONE },
};

static void
test_match_name (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (matches); i++)
    if (kvar_match_name (matches[i].typed, matches[i].name) != matches[i].match)
      g_error ("“%s” and “%s” match in another way", matches[i].typed, matches[i].name);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/match/KEY-7/name", test_match_name);

  return g_test_run ();
}
