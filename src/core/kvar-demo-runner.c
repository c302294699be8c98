/* kvar-demo-runner.c: finds the running demo back end, or starts one
 *
 * The demo lives as long as somebody holds a shared lock on the first byte of its lock file,
 * which the system drops with the process however that ends. The second byte is held only
 * while a demo is looked for and started, so that two starters do not start two.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-demo-runner"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>

#include "kvar-clock.h"
#include "kvar-demo-runner.h"
#include "kvar-error.h"
#include "kvar-paths.h"
#include "net/kvar-http-transport.h"

#define HOLD_BYTE  0
#define START_BYTE 1

/* A starter that takes longer than this is stuck; then two demos are better than none. */
#define LOCK_RETRY    (100 * KVAR_CLOCK_MILLISECOND)
#define LOCK_ATTEMPTS 100

typedef struct
{
  KvarClock   *clock;
  guint        attempts;
  guint        timer;
  GSubprocess *process;    /* (nullable) */
} Start;

/* One for the whole process, never closed: this is what keeps the demo alive. */
static int hold_fd = -1;

static void start_lock       (GTask        *task);
static void start_look       (GTask        *task);
static void start_checked_cb (GObject      *object,
                              GAsyncResult *result,
                              gpointer      user_data);
static void start_spawn      (GTask        *task);
static void start_line_cb    (GObject      *object,
                              GAsyncResult *result,
                              gpointer      user_data);

static void
start_free (Start *start)
{
  if (start->timer != 0)
    kvar_clock_remove_timer (start->clock, start->timer);
  g_clear_object (&start->clock);
  g_clear_object (&start->process);
  g_free (start);
}

static char *
state_path (void)
{
  return g_build_filename (kvar_paths_get_state_dir (), "demo", NULL);
}

static char *
lock_path (void)
{
  return g_build_filename (kvar_paths_get_state_dir (), "demo.lock", NULL);
}

static gboolean
set_lock (short type,
          off_t byte)
{
  struct flock lock = { .l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1 };
  int result;

  do
    result = fcntl (hold_fd, F_OFD_SETLK, &lock);
  while (result < 0 && errno == EINTR);

  return result == 0;
}

static gboolean
open_lock (GError **error)
{
  g_autofree char *path = lock_path ();

  if (hold_fd < 0)
    hold_fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (hold_fd >= 0)
    return TRUE;

  g_set_error (error, KVAR_ERROR, KVAR_ERROR_INVALID,
               /* Translators: %s is the name of a file. */
               _("The demo can't be started: %s can't be written."), path);

  return FALSE;
}

/* "URL KEY", as the demo prints it and keeps it in its state file. */
static KvarProject *
project_from_line (const char *line)
{
  g_auto(GStrv) words = NULL;
  g_autofree char *stripped = g_strstrip (g_strdup (line));
  KvarProject *project = NULL;

  words = g_strsplit (stripped, " ", 3);
  if (g_strv_length (words) != 2)
    return NULL;

  project = kvar_project_new (words[0], words[1], NULL);
  if (project != NULL)
    kvar_project_set_is_demo (project, TRUE);

  return project;
}

static void
finish (GTask       *task,
        KvarProject *project,
        GError      *error)
{
  set_lock (F_UNLCK, START_BYTE);

  if (project != NULL)
    g_task_return_pointer (task, project, g_object_unref);
  else
    g_task_return_error (task, error);
}

static GError *
no_demo_error (const char *details)
{
  GError *error = kvar_error_new_full (KVAR_ERROR_INVALID, 0, NULL,
                                       _("The demo could not be started."));

  if (details != NULL)
    kvar_error_set_details (error, details);
  g_message ("The demo did not start: %s", details != NULL ? details : "it said nothing");

  return error;
}

static void
lock_again_cb (gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  Start *start = g_task_get_task_data (task);

  start->timer = 0;
  if (!g_task_return_error_if_cancelled (task))
    start_lock (g_steal_pointer (&task));
}

static void
start_lock (GTask *task)
{
  Start *start = g_task_get_task_data (task);

  if ((set_lock (F_RDLCK, HOLD_BYTE) && set_lock (F_WRLCK, START_BYTE)) ||
      ++start->attempts > LOCK_ATTEMPTS)
    start_look (task);
  else
    start->timer = kvar_clock_add_timer (start->clock, LOCK_RETRY, lock_again_cb, task);
}

static void
start_look (GTask *task)
{
  Start *start = g_task_get_task_data (task);
  g_autofree char *path = state_path ();
  g_autofree char *line = NULL;
  g_autoptr(KvarProject) project = NULL;
  g_autoptr(KvarTransport) transport = NULL;

  if (g_file_get_contents (path, &line, NULL, NULL))
    project = project_from_line (line);
  if (project == NULL)
    {
      start_spawn (task);
      return;
    }

  transport = KVAR_TRANSPORT (kvar_http_transport_new (kvar_project_get_url (project),
                                                       kvar_project_get_key (project),
                                                       start->clock));
  kvar_project_check_async (project, transport, g_task_get_cancellable (task),
                            start_checked_cb, task);
}

static void
start_checked_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  KvarProject *project = KVAR_PROJECT (object);
  g_autoptr(GError) error = NULL;

  if (kvar_project_check_finish (project, result, &error))
    finish (task, g_object_ref (project), NULL);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    finish (task, NULL, g_steal_pointer (&error));
  else
    start_spawn (g_steal_pointer (&task));
}

static void
start_spawn (GTask *task_to_take)
{
  g_autoptr(GTask) task = task_to_take;
  Start *start = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autofree char *program = kvar_paths_find_program ("kvar-demo");
  g_autofree char *database = g_build_filename (kvar_paths_get_data_dir (), "demo.sqlite", NULL);
  g_autofree char *state = state_path ();
  g_autofree char *lock = lock_path ();
  g_autoptr(GDataInputStream) lines = NULL;
  g_autoptr(GError) error = NULL;

  start->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                     program, "--database", database, "--state", state,
                                     "--hold", lock, NULL);
  if (start->process == NULL)
    {
      finish (task, NULL, no_demo_error (error->message));
      return;
    }

  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (start->process));
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, cancellable,
                                       start_line_cb, g_steal_pointer (&task));
}

static void
start_line_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autofree char *line = NULL;
  g_autoptr(KvarProject) project = NULL;
  g_autoptr(GError) error = NULL;

  line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (object), result, NULL, &error);
  if (line != NULL)
    project = project_from_line (line);

  if (project != NULL)
    finish (task, g_steal_pointer (&project), NULL);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    finish (task, NULL, g_steal_pointer (&error));
  else
    finish (task, NULL, no_demo_error (error != NULL ? error->message : line));
}

/**
 * kvar_demo_runner_start_async:
 *
 * Finds the demo that the file `demo` in Kvar's state folder names, or starts one on a free
 * port with its data in Kvar's data folder. It lives at least as long as this process.
 */
void
kvar_demo_runner_start_async (GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GError) error = NULL;
  Start *start = NULL;

  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_demo_runner_start_async);

  start = g_new0 (Start, 1);
  start->clock = kvar_clock_new ();
  g_task_set_task_data (task, start, (GDestroyNotify)start_free);

  if (open_lock (&error))
    start_lock (g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * kvar_demo_runner_start_finish:
 *
 * Returns: (transfer full): the demo's project, not yet signed in to
 */
KvarProject *
kvar_demo_runner_start_finish (GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
