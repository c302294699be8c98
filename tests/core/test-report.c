/* test-report.c: a report that runs once, waits, is cancelled, and remembers what it was asked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "functions/kvar-report.h"
#include "kvar-session-fixture.h"

typedef struct
{
  Fixture       s;
  KvarFunction *function;
  KvarReport   *report;
  gboolean      lost;
} ReportFixture;

static KvarReply *
answer_cb (KvarRequest  *request,
           gpointer      user_data,
           GError      **error)
{
  ReportFixture *f = user_data;

  if (!f->lost)
    return kvar_test_reply_new (200, "7");

  *error = kvar_error_new_full (kvar_request_get_repeatable (request)
                                ? KVAR_ERROR_OFFLINE : KVAR_ERROR_UNKNOWN_OUTCOME,
                                0, NULL, "The answer was lost");

  return NULL;
}

static void
open_report (ReportFixture *f)
{
  f->report = kvar_report_new (f->s.session, NULL, f->function, f->s.state_dir);
}

static void
set_up (ReportFixture *f,
        gconstpointer  volatility)
{
  g_autoptr(KvarType) type = kvar_type_new ("integer", NULL);
  g_autoptr(KvarColumn) year = kvar_column_new ("year", type);

  fixture_set_up_signed_in (&f->s, NULL);
  kvar_test_transport_on (f->s.transport, "POST", "/rest/v1/rpc/", answer_cb, f);
  f->function = kvar_function_new ("count_jobs");
  kvar_function_set_volatility (f->function, GPOINTER_TO_INT (volatility));
  kvar_function_set_result_type (f->function, "integer", FALSE);
  kvar_function_add_argument (f->function, year);
  open_report (f);
}

static void
tear_down (ReportFixture *f,
           gconstpointer  unused)
{
  kvar_test_settle ();
  g_assert_finalize_object (f->report);
  g_assert_finalize_object (f->function);
  fixture_tear_down (&f->s, NULL);
}

static void
type_year (ReportFixture *f,
           const char    *year)
{
  KvarDraft *draft = kvar_report_get_parameters (f->report);

  kvar_draft_set_input (draft, kvar_table_get_column (kvar_draft_get_table (draft), 0), year);
}

static guint
count_calls (ReportFixture *f)
{
  return kvar_test_transport_count (f->s.transport, "POST", "/rest/v1/rpc/");
}

static void
test_report_runs (ReportFixture *f,
                  gconstpointer  unused)
{
  g_assert_false (kvar_report_run (f->report));
  g_assert_cmpint (kvar_report_get_state (f->report), ==, KVAR_REPORT_IDLE);

  type_year (f, "2026");
  kvar_test_transport_hold (f->s.transport);
  g_assert_true (kvar_report_run (f->report));
  g_assert_true (kvar_report_run (f->report));
  fixture_pass (&f->s, 5 * KVAR_CLOCK_SECOND);
  g_assert_cmpint (kvar_report_get_state (f->report), ==, KVAR_REPORT_RUNNING);
  g_assert_cmpint (kvar_report_get_elapsed (f->report), ==, 5 * KVAR_CLOCK_SECOND);

  kvar_test_transport_release (f->s.transport);
  kvar_test_wait_until (kvar_report_get_state (f->report) == KVAR_REPORT_DONE);
  g_assert_cmpint (kvar_function_result_get_kind (kvar_report_get_result (f->report)), ==,
                   KVAR_RESULT_VALUE);
  g_assert_cmpuint (count_calls (f), ==, 1);
}

static void
test_report_remembers (ReportFixture *f,
                       gconstpointer  unused)
{
  g_autofree char *input = NULL;
  g_autofree char *path = g_build_filename (f->s.state_dir, "reports.ini", NULL);
  GStatBuf status;
  KvarDraft *draft;

  type_year (f, "2026");
  kvar_report_run (f->report);
  kvar_test_wait_until (kvar_report_get_state (f->report) == KVAR_REPORT_DONE);
  g_assert_finalize_object (g_steal_pointer (&f->report));

  open_report (f);
  draft = kvar_report_get_parameters (f->report);
  input = kvar_draft_get_input (draft,
                                kvar_table_get_column (kvar_draft_get_table (draft), 0));
  g_assert_cmpstr (input, ==, "2026");
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

static void
test_report_is_cancelled (ReportFixture *f,
                          gconstpointer  volatility)
{
  gboolean changes = GPOINTER_TO_INT (volatility) == KVAR_VOLATILITY_VOLATILE;

  type_year (f, "2026");
  kvar_test_transport_hold (f->s.transport);
  kvar_report_run (f->report);
  kvar_test_settle ();
  kvar_report_cancel (f->report);
  kvar_test_transport_release (f->s.transport);
  kvar_test_wait_until (kvar_report_get_state (f->report) != KVAR_REPORT_RUNNING);

  if (changes)
    g_assert_error (kvar_report_get_error (f->report), KVAR_ERROR, KVAR_ERROR_UNKNOWN_OUTCOME);
  else
    g_assert_cmpint (kvar_report_get_state (f->report), ==, KVAR_REPORT_CANCELLED);
}

static void
test_report_is_not_repeated (ReportFixture *f,
                             gconstpointer  unused)
{
  type_year (f, "2026");
  f->lost = TRUE;
  kvar_report_run (f->report);
  kvar_test_wait_until (kvar_report_get_state (f->report) == KVAR_REPORT_FAILED);
  fixture_pass (&f->s, KVAR_CLOCK_MINUTE);
  g_assert_error (kvar_report_get_error (f->report), KVAR_ERROR, KVAR_ERROR_UNKNOWN_OUTCOME);
  g_assert_cmpuint (count_calls (f), ==, 1);
}

static void
test_report_waits_for_sign_in (ReportFixture *f,
                               gconstpointer  unused)
{
  type_year (f, "2026");
  kvar_test_auth_revoke (f->s.auth);
  fixture_pass (&f->s, KVAR_CLOCK_HOUR);
  kvar_test_wait_until (kvar_session_get_state (f->s.session) == KVAR_SESSION_EXPIRED);
  kvar_report_run (f->report);
  kvar_test_wait_until (kvar_report_get_state (f->report) == KVAR_REPORT_HELD);
  g_assert_cmpuint (count_calls (f), ==, 0);

  kvar_test_session_sign_in (f->s.session);
  kvar_test_wait_until (kvar_report_get_state (f->report) == KVAR_REPORT_DONE);
  g_assert_cmpuint (count_calls (f), ==, 1);
}

#define add(path, volatility, func) \
  g_test_add (path, ReportFixture, GINT_TO_POINTER (volatility), set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add ("/report/REP-3/runs", KVAR_VOLATILITY_STABLE, test_report_runs);
  add ("/report/REP-2/remembers", KVAR_VOLATILITY_STABLE, test_report_remembers);
  add ("/report/REP-3/cancelled", KVAR_VOLATILITY_STABLE, test_report_is_cancelled);
  add ("/report/REP-5/cancelled-while-it-changes", KVAR_VOLATILITY_VOLATILE,
       test_report_is_cancelled);
  add ("/report/REP-5/not-repeated", KVAR_VOLATILITY_VOLATILE, test_report_is_not_repeated);
  add ("/report/REP-1/waits-for-sign-in", KVAR_VOLATILITY_VOLATILE,
       test_report_waits_for_sign_in);

  return g_test_run ();
}
