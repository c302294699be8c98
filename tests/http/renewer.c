/* renewer.c: renews a stored session as often as it is told; one of several processes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * renewer URL KEY TIMES: for test-http-two-processes.py.
 */

#include "config.h"

#include "kvar-test.h"
#include "session/kvar-session-private.h"

static gboolean
restore (KvarSession  *session,
         GError      **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_session_restore_async (session, NULL, NULL, kvar_test_keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return kvar_session_restore_finish (session, result, error);
}

static gboolean
renew (KvarSession  *session,
       GError      **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_session_renew_async (session, NULL, kvar_test_keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return kvar_session_renew_finish (session, result, error);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(KvarProject) project = NULL;
  g_autoptr(KvarSession) session = NULL;
  g_autoptr(GError) error = NULL;
  int times;

  g_assert (argc == 4);
  times = (int)g_ascii_strtoll (argv[3], NULL, 10);
  project = kvar_project_new (argv[1], argv[2], &error);
  g_assert_no_error (error);
  session = kvar_session_open (project);

  if (restore (session, &error))
    for (int i = 0; i < times && renew (session, &error); i++)
      g_usleep (g_random_int_range (0, 20000));    /* let the other one have the lock */

  if (error != NULL)
    g_printerr ("%s (%s)\n", error->message, kvar_session_state_to_string
                (kvar_session_get_state (session)));

  return error != NULL ? 1 : 0;
}
