/* test-demo-runner.c: the demo is found or started, and goes when nobody needs it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>

#include "kvar-demo-runner.h"
#include "kvar-error.h"
#include "kvar-paths.h"
#include "kvar-test.h"

static const char *program;
static char *folder;    /* for everything this test leaves on the disk */

static KvarProject *
start (GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_demo_runner_start_async (NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);

  return kvar_demo_runner_start_finish (result, error);
}

static void
write_state (const char *line)
{
  g_autofree char *path = g_build_filename (kvar_paths_get_state_dir (), "demo", NULL);

  g_assert_true (g_file_set_contents (path, line, -1, NULL));
}

static gboolean
answers (const char *url)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnection) connection = NULL;

  connection = g_socket_client_connect_to_uri (client, url, 80, NULL, NULL);

  return connection != NULL;
}

static void
test_demo_runner_does_not_believe_a_stale_file (void)
{
  g_autoptr(KvarProject) project = NULL;
  g_autoptr(GError) error = NULL;

  write_state ("http://127.0.0.1:1 sb_publishable_demo\n");
  project = start (&error);

  g_assert_no_error (error);
  g_assert_true (kvar_project_get_is_demo (project));
  g_assert_cmpstr (kvar_project_get_url (project), !=, "http://127.0.0.1:1");
  g_assert_cmpstr (kvar_project_get_key (project), ==, "sb_publishable_demo");
  g_assert_true (answers (kvar_project_get_url (project)));
}

static void
test_demo_runner_finds_the_running_one (void)
{
  g_autoptr(KvarProject) first = NULL;
  g_autoptr(KvarProject) second = NULL;
  g_autoptr(GError) error = NULL;

  first = start (&error);
  g_assert_no_error (error);
  second = start (&error);
  g_assert_no_error (error);

  g_assert_cmpstr (kvar_project_get_url (first), ==, kvar_project_get_url (second));
  g_assert_true (kvar_project_get_is_demo (second));
}

static void
test_demo_runner_says_when_there_is_none (void)
{
  g_autofree char *before = g_strdup (g_getenv ("KVAR_LIBEXECDIR"));
  g_autoptr(KvarProject) project = NULL;
  g_autoptr(GError) error = NULL;

  write_state ("nothing of use\n");
  g_setenv ("KVAR_LIBEXECDIR", "/nonexistent", TRUE);
  project = start (&error);
  g_setenv ("KVAR_LIBEXECDIR", before, TRUE);

  g_assert_null (project);
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_INVALID);
}

static void
test_demo_runner_lets_it_go_with_the_last_starter (void)
{
  g_autofree char *other = g_build_filename (folder, "other", NULL);
  g_autoptr(GSubprocess) starter = NULL;
  g_autofree char *output = NULL;
  g_autoptr(GError) error = NULL;

  starter = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                              program, "--start-and-kill", other, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (starter, NULL, NULL, &output, NULL, &error));
  g_assert_true (g_subprocess_get_if_signaled (starter));

  g_strstrip (output);
  g_assert_true (g_str_has_prefix (output, "http://127.0.0.1:"));
  kvar_test_wait_until (!answers (output));
}

/* Starts a demo of its own, says where, and dies in the hardest way. */
static void
start_and_kill (void)
{
  g_autoptr(KvarProject) project = start (NULL);

  g_print ("%s\n", kvar_project_get_url (project));
  fflush (stdout);
  raise (SIGKILL);
}

static void
remove_dir (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if (g_file_test (file, G_FILE_TEST_IS_DIR))
        remove_dir (file);
      else
        g_unlink (file);
    }
  g_rmdir (path);
}

static void
live_in (const char *path)
{
  const char *const names[] = { "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME",
                                "XDG_CACHE_HOME" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_setenv (names[i], path, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  if (argc == 3 && g_str_equal (argv[1], "--start-and-kill"))
    {
      live_in (argv[2]);
      start_and_kill ();
      return 1;
    }

  folder = g_dir_make_tmp ("kvar-runner-XXXXXX", NULL);
  live_in (folder);
  program = argv[0];
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/demo-runner/does-not-believe-a-stale-file",
                   test_demo_runner_does_not_believe_a_stale_file);
  g_test_add_func ("/demo-runner/finds-the-running-one", test_demo_runner_finds_the_running_one);
  g_test_add_func ("/demo-runner/says-when-there-is-none",
                   test_demo_runner_says_when_there_is_none);
  g_test_add_func ("/demo-runner/lets-it-go-with-the-last-starter",
                   test_demo_runner_lets_it_go_with_the_last_starter);

  status = g_test_run ();
  remove_dir (folder);
  g_free (folder);

  return status;
}
