/* test-idle.c: how often an idle session really wakes the machine's processor
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Real time and a real wire: two minutes between two heartbeats, in which every return from
 * poll() is counted.
 */

#include "config.h"

#include <string.h>

#include "kvar-test-demo.h"
#include "kvar-test-proxy.h"
#include "kvar-test.h"
#include "net/kvar-http-transport.h"
#include "session/kvar-memory-vault.h"
#include "session/kvar-session.h"

#define QUIET_AFTER 65    /* s: libsoup has let its wires go */
#define MEASURED    120   /* s: and no heartbeat before 240 */

static guint n_wakes;

static int
counting_poll (GPollFD *fds,
               guint    n_fds,
               int      timeout)
{
  int n = g_poll (fds, n_fds, timeout);

  n_wakes += timeout != 0 ? 1 : 0;

  return n;
}

static gboolean
over_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_REMOVE;
}

static void
stay_idle (guint seconds)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  g_timeout_add_seconds (seconds, over_cb, loop);
  g_main_loop_run (loop);
}

static void
test_wakes (void)
{
  g_autoptr(KvarTestDemo) demo = kvar_test_demo_new (NULL);
  g_autoptr(KvarTestProxy) proxy = kvar_test_proxy_new (kvar_test_demo_get_url (demo), NULL);
  g_autoptr(KvarClock) clock = kvar_clock_new ();
  g_autoptr(KvarVault) vault = kvar_memory_vault_new ();
  g_autofree char *state_dir = g_dir_make_tmp ("kvar-idle-XXXXXX", NULL);
  g_autoptr(KvarProject) project = NULL;
  g_autoptr(KvarHttpTransport) transport = NULL;
  g_autoptr(KvarSession) session = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  guint n_seen;

  project = kvar_project_new (kvar_test_proxy_get_url (proxy), kvar_test_demo_get_key (demo), NULL);
  transport = kvar_http_transport_new (kvar_project_get_url (project),
                                       kvar_project_get_key (project), clock);
  session = kvar_session_new (project, KVAR_TRANSPORT (transport), vault, clock, state_dir);
  kvar_session_sign_in_async (session, "demo@kvar.example", "demo", NULL, kvar_test_keep_result,
                              &result);
  kvar_test_wait_until (result != NULL);
  g_assert_true (kvar_session_sign_in_finish (session, result, NULL));

  stay_idle (QUIET_AFTER);
  n_seen = kvar_test_proxy_count_seen (proxy, "");
  n_wakes = 0;
  stay_idle (MEASURED);

  g_test_message ("%u wakes in %u s", n_wakes, MEASURED);
  g_assert_cmpuint (kvar_test_proxy_count_seen (proxy, ""), ==, n_seen);
  g_assert_cmpuint (n_wakes, <=, MEASURED / 60 + 1);    /* one is this test's own */
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_main_context_set_poll_func (NULL, counting_poll);

  g_test_add_func ("/session/idle/real-wakes", test_wakes);

  return g_test_run ();
}
