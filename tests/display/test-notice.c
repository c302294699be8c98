/* test-notice.c: one sentence at a time, the weightiest first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kvar-notice.h"

#define ALL \
  { .blocked = TRUE, .session_over = TRUE, .keyring_locked = TRUE, .no_keyring = TRUE, \
    .offline_for = KVAR_NOTICE_OFFLINE_AFTER }

static void
test_notice_falls_through_in_order (void)
{
  KvarNoticeFacts facts = ALL;

  g_assert_cmpint (kvar_notice_choose (&facts), ==, KVAR_NOTICE_BLOCKED);
  facts.blocked = FALSE;
  g_assert_cmpint (kvar_notice_choose (&facts), ==, KVAR_NOTICE_SESSION_OVER);
  facts.session_over = FALSE;
  g_assert_cmpint (kvar_notice_choose (&facts), ==, KVAR_NOTICE_KEYRING_LOCKED);
  facts.keyring_locked = FALSE;
  g_assert_cmpint (kvar_notice_choose (&facts), ==, KVAR_NOTICE_NO_KEYRING);
  facts.no_keyring = FALSE;
  g_assert_cmpint (kvar_notice_choose (&facts), ==, KVAR_NOTICE_OFFLINE);
  facts.offline_for = -1;
  g_assert_cmpint (kvar_notice_choose (&facts), ==, KVAR_NOTICE_NONE);
}

static void
test_notice_keeps_quiet_about_short_outages (void)
{
  KvarNoticeFacts facts = { .offline_for = KVAR_NOTICE_OFFLINE_AFTER - 1 };

  g_assert_cmpint (kvar_notice_choose (&facts), ==, KVAR_NOTICE_NONE);
  facts.offline_for++;
  g_assert_cmpint (kvar_notice_choose (&facts), ==, KVAR_NOTICE_OFFLINE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/notice/choose/falls-through-in-order", test_notice_falls_through_in_order);
  g_test_add_func ("/notice/choose/keeps-quiet-about-short-outages",
                   test_notice_keeps_quiet_about_short_outages);

  return g_test_run ();
}
