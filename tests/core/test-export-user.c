/* test-export-user.c: An export holds one person's rows, whoever signs in while it waits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "export/kvar-export-job.h"
#include "kvar-session-fixture.h"
#include "kvar-test-table.h"

static KvarReply *
fail_cb (KvarRequest  *request,
         gpointer      n_requests,
         GError      **error)
{
  (*(guint *)n_requests)++;
  *error = kvar_error_new_full (KVAR_ERROR_OFFLINE, 0, NULL, "The cable is out");

  return NULL;
}

static void
change_user (Fixture *f)
{
  g_autoptr(GAsyncResult) left = NULL;

  kvar_session_sign_out_async (f->session, KVAR_SIGN_OUT_LOCAL, NULL, kvar_test_keep_result,
                               &left);
  kvar_test_wait_until (left != NULL);
  kvar_test_auth_script_reply (f->auth, kvar_test_reply_new (200,
                               "{\"access_token\":\"a\",\"refresh_token\":\"b\","
                               "\"expires_in\":3600,\"user\":{\"id\":\"eva\"}}"));
  kvar_test_session_sign_in (f->session);
  g_assert_cmpstr (kvar_session_get_user_id (f->session), ==, "eva");
}

/* The pause is over while somebody else is signed in. */
static void
test_pause_ends_for_another (Fixture       *f,
                             gconstpointer  unused)
{
  g_autoptr(KvarTable) table = kvar_test_table_new_jobs ();
  g_autoptr(KvarQuery) query = kvar_query_parse ("", NULL);
  g_autofree char *path = g_build_filename (f->state_dir, "jobs.csv", NULL);
  g_autoptr(GFile) target = g_file_new_for_path (path);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarExportJob) job = NULL;
  guint n_requests = 0;
  guint n_before;

  kvar_test_transport_on (f->transport, "GET", "/rest/v1/jobs", fail_cb, &n_requests);
  job = kvar_export_job_new (f->session, table, query, NULL, KVAR_FILE_CSV, target);
  kvar_export_job_run_async (job, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (kvar_export_job_get_state (job) == KVAR_ERRAND_PAUSED);

  change_user (f);
  n_before = n_requests;
  fixture_pass (f, 2 * KVAR_CLOCK_MINUTE);
  g_assert_cmpuint (n_requests, ==, n_before);
  g_assert_cmpint (kvar_export_job_get_state (job), ==, KVAR_ERRAND_HELD);

  kvar_export_job_cancel (job);
  kvar_test_wait_until (result != NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/export-job/user/pause-ends-for-another", Fixture, NULL,
              fixture_set_up_signed_in, test_pause_ends_for_another, fixture_tear_down);

  return g_test_run ();
}
