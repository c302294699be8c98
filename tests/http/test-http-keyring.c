/* test-http-keyring.c: sessions over a real keyring that locks, dies, forgets and refuses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Run by build-aux/headless, which brings a session bus and a keyring unlocked with “kvar”.
 */

#include "config.h"

#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <signal.h>
#include <sys/resource.h>

#include "kvar-error.h"
#include "kvar-test-demo.h"
#include "kvar-test.h"
#include "net/kvar-http-transport.h"
#include "session/kvar-child-vault.h"
#include "session/kvar-secret-vault.h"
#include "session/kvar-session-private.h"

#define SERVICE  "org.freedesktop.secrets"
#define PATH     "/org/freedesktop/secrets"
#define PASSWORD "kvar\n"    /* the daemon takes all of its standard input */

typedef struct
{
  KvarTestDemo *demo;
  KvarProject  *project;
  KvarClock    *clock;
  KvarVault    *vault;
  KvarSession  *session;
  char         *state_dir;
} Fixture;

/* The keyring. */

static GVariant *
call (const char *name,
      const char *path,
      const char *interface,
      const char *method,
      GVariant   *parameters)
{
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr(GVariant) reply = NULL;
  g_autoptr(GError) error = NULL;

  reply = g_dbus_connection_call_sync (bus, name, path, interface, method, parameters, NULL,
                                       G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, &error);
  g_assert_no_error (error);

  return g_steal_pointer (&reply);
}

static GVariant *
ask_bus (const char *method)
{
  return call ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method,
               g_variant_new ("(s)", SERVICE));
}

static gboolean
keyring_runs (void)
{
  g_autoptr(GVariant) reply = ask_bus ("NameHasOwner");
  gboolean runs;

  g_variant_get (reply, "(b)", &runs);

  return runs;
}

static char *
find_collection (void)
{
  g_autoptr(GVariant) reply = call (SERVICE, PATH, "org.freedesktop.Secret.Service", "ReadAlias",
                                    g_variant_new ("(s)", "default"));
  char *path;

  g_variant_get (reply, "(o)", &path);

  return path;
}

static void
lock_keyring (void)
{
  g_autofree char *collection = find_collection ();
  const char *const paths[] = { collection, NULL };
  g_autoptr(GVariant) reply = NULL;

  reply = call (SERVICE, PATH, "org.freedesktop.Secret.Service", "Lock",
                g_variant_new ("(@ao)", g_variant_new_objv (paths, -1)));
}

/* As PAM does it at login, without a prompt. */
static void
unlock_keyring (void)
{
  g_autofree char *collection = find_collection ();
  g_autoptr(GVariant) opened = NULL;
  g_autoptr(GVariant) reply = NULL;
  g_autofree char *session = NULL;
  GVariant *none;
  GVariant *master;

  opened = call (SERVICE, PATH, "org.freedesktop.Secret.Service", "OpenSession",
                 g_variant_new ("(sv)", "plain", g_variant_new_string ("")));
  g_variant_get (opened, "(vo)", NULL, &session);
  none = g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, NULL, 0, 1);
  master = g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, PASSWORD, strlen (PASSWORD), 1);
  reply = call (SERVICE, PATH, "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface",
                "UnlockWithMasterPassword",
                g_variant_new ("(o(o@ay@ays))", collection, session, none, master,
                               "text/plain"));
}

static pid_t
find_keyring (void)
{
  g_autoptr(GVariant) reply = ask_bus ("GetConnectionUnixProcessID");
  guint32 pid;

  g_variant_get (reply, "(u)", &pid);

  return (pid_t)pid;
}

static void
kill_keyring (void)
{
  g_assert_cmpint (kill (find_keyring (), SIGKILL), ==, 0);
  kvar_test_wait_until (!keyring_runs ());
}

/* Lets the keyring open no further file, and so write none. Permissions would not do:
 * tests run as root too. */
static void
set_keyring_writes (gboolean works)
{
  pid_t pid = find_keyring ();
  struct rlimit limit;
  rlim_t free_fd = 0;

  for (;; free_fd++)
    {
      g_autofree char *path = g_strdup_printf ("/proc/%d/fd/%u", (int)pid, (guint)free_fd);

      if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        break;
    }

  g_assert_cmpint (prlimit (pid, RLIMIT_NOFILE, NULL, &limit), ==, 0);
  limit.rlim_cur = works ? MIN (limit.rlim_max, 1024) : free_fd;
  g_assert_cmpint (prlimit (pid, RLIMIT_NOFILE, &limit, NULL), ==, 0);
}

static GSubprocess *
start_keyring (void)
{
  g_autoptr(GSubprocess) keyring = NULL;
  GOutputStream *input;
  g_autoptr(GError) error = NULL;

  keyring = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                              G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "gnome-keyring-daemon",
                              "--foreground", "--unlock", "--components=secrets", NULL);
  g_assert_no_error (error);
  input = g_subprocess_get_stdin_pipe (keyring);
  g_output_stream_write_all (input, PASSWORD, strlen (PASSWORD), NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (input, NULL, NULL);
  kvar_test_wait_until (keyring_runs ());

  return g_steal_pointer (&keyring);
}

/* The session. */

static KvarSession *
open_session (Fixture *f)
{
  g_autoptr(KvarHttpTransport) transport = NULL;

  transport = kvar_http_transport_new (kvar_project_get_url (f->project),
                                       kvar_project_get_key (f->project), f->clock);

  return kvar_session_new (f->project, KVAR_TRANSPORT (transport), f->vault, f->clock,
                           f->state_dir);
}

static void
sign_in (Fixture *f)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  kvar_session_sign_in_async (f->session, "demo@kvar.example", "demo", NULL,
                              kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  kvar_session_sign_in_finish (f->session, result, &error);
  g_assert_no_error (error);
}

/* As the next start of the program would. */
static gboolean
start_again (Fixture  *f,
             GError  **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  g_assert_finalize_object (g_steal_pointer (&f->session));
  f->session = open_session (f);
  kvar_session_restore_async (f->session, NULL, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);

  return kvar_session_restore_finish (f->session, result, error);
}

static void
assert_starts_again (Fixture *f)
{
  g_autoptr(GError) error = NULL;

  start_again (f, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
}

static void
renew (Fixture *f)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  kvar_session_renew_async (f->session, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  kvar_session_renew_finish (f->session, result, &error);
  g_assert_no_error (error);
}

static void
assert_works (Fixture *f)
{
  g_autoptr(KvarRequest) request = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(KvarReply) reply = NULL;
  g_autoptr(GError) error = NULL;

  request = kvar_test_demo_new_request ("GET", "/rest/v1/jobs?select=id&limit=1");
  kvar_session_send_async (f->session, request, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  reply = kvar_session_send_finish (f->session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kvar_reply_get_status (reply), ==, 200);
}

static char *
look_up_in (Fixture    *f,
            KvarVault  *vault,
            GError    **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_vault_lookup_async (vault, kvar_project_get_id (f->project),
                           kvar_session_get_user_id (f->session), NULL, kvar_test_keep_result,
                           &result);
  kvar_test_wait_until (result != NULL);

  return kvar_vault_lookup_finish (vault, result, error);
}

static char *
look_up (Fixture *f)
{
  g_autoptr(GError) error = NULL;
  char *secret = look_up_in (f, f->vault, &error);

  g_assert_no_error (error);

  return secret;
}

static void
delete_item (Fixture *f)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  kvar_vault_clear_async (f->vault, kvar_project_get_id (f->project),
                          kvar_session_get_user_id (f->session), NULL, kvar_test_keep_result,
                          &result);
  kvar_test_wait_until (result != NULL);
  kvar_vault_clear_finish (f->vault, result, &error);
  g_assert_no_error (error);
}

static void
fixture_set_up (Fixture       *f,
                gconstpointer  unused)
{
  const char *const options[] = { "--rows", "20", "--reuse-interval", "0", NULL };
  g_autoptr(GError) error = NULL;

  f->demo = kvar_test_demo_new (options);
  f->state_dir = g_dir_make_tmp ("kvar-keyring-XXXXXX", NULL);
  f->clock = kvar_clock_new ();
  f->vault = kvar_secret_vault_new ();
  f->project = kvar_project_new (kvar_test_demo_get_url (f->demo),
                                 kvar_test_demo_get_key (f->demo), &error);
  g_assert_no_error (error);
  f->session = open_session (f);
  sign_in (f);
}

static void
remove_dir (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

static void
fixture_tear_down (Fixture       *f,
                   gconstpointer  unused)
{
  kvar_test_demo_check_log (f->demo);
  g_assert_cmpuint (kvar_test_demo_count (f->demo, "\"reused\":true", NULL), ==, 0);

  g_assert_finalize_object (f->session);
  g_assert_finalize_object (f->vault);
  g_assert_finalize_object (f->clock);
  g_object_unref (f->project);
  kvar_test_demo_free (f->demo);
  remove_dir (f->state_dir);
  g_free (f->state_dir);
}

static void
test_locked_at_start (Fixture       *f,
                      gconstpointer  unused)
{
  g_autofree char *before = look_up (f);
  g_autofree char *after = NULL;
  g_autoptr(GError) error = NULL;

  lock_keyring ();
  g_assert_true (start_again (f, &error));
  g_assert_no_error (error);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_LOCKED);
  g_assert_cmpstr (kvar_session_get_email (f->session), ==, "demo@kvar.example");

  unlock_keyring ();
  kvar_test_wait_until (kvar_session_get_state (f->session) == KVAR_SESSION_SIGNED_IN);
  assert_works (f);
  after = look_up (f);
  g_assert_cmpstr (after, ==, before);
}

/* Locked while somebody works: memory is good enough, and what it holds goes to the
 * keyring by itself. */
static void
test_locked_meanwhile (Fixture       *f,
                       gconstpointer  unused)
{
  lock_keyring ();
  renew (f);
  assert_works (f);
  g_assert_false (kvar_session_get_stores_secrets (f->session));

  unlock_keyring ();
  kvar_test_wait_until (kvar_session_get_stores_secrets (f->session));
  assert_starts_again (f);
  assert_works (f);
}

static void
test_restarted (Fixture       *f,
                gconstpointer  unused)
{
  g_autoptr(GSubprocess) keyring = NULL;

  kill_keyring ();
  assert_works (f);
  keyring = start_keyring ();

  renew (f);
  kvar_test_wait_until (!f->session->unstored);
  assert_starts_again (f);
  renew (f);
  assert_works (f);
}

/* The bus starts a new one, which nobody has unlocked. */
static void
test_killed (Fixture       *f,
             gconstpointer  unused)
{
  kill_keyring ();
  renew (f);
  assert_works (f);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);

  kvar_test_wait_until (keyring_runs ());
  unlock_keyring ();
  kvar_test_wait_until (kvar_session_get_stores_secrets (f->session) && !f->session->unstored);
  assert_starts_again (f);
  assert_works (f);
}

/* The keyring is there and answers nothing, as when its package is being replaced: whoever has
 * a token goes on at once, the renewal goes on without the keyring, and catches up. */
static void
test_hangs (Fixture       *f,
            gconstpointer  unused)
{
  pid_t pid = find_keyring ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  kvar_secret_vault_set_limit (KVAR_SECRET_VAULT (f->vault), 500);
  g_assert_cmpint (kill (pid, SIGSTOP), ==, 0);
  kvar_session_renew_async (f->session, NULL, kvar_test_keep_result, &result);
  kvar_test_settle ();
  g_assert_null (result);
  assert_works (f);

  kvar_test_wait_until (result != NULL);
  kvar_session_renew_finish (f->session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_IN);
  g_assert_true (f->session->unstored);
  g_clear_object (&result);

  g_assert_cmpint (kill (pid, SIGCONT), ==, 0);
  kvar_test_wait_until (!f->session->unstored);
  assert_starts_again (f);
}

static void
test_item_deleted (Fixture       *f,
                   gconstpointer  unused)
{
  g_autofree char *secret = NULL;

  delete_item (f);
  assert_works (f);
  renew (f);
  secret = look_up (f);
  g_assert_nonnull (secret);
  assert_starts_again (f);
}

/* Nothing was written since: what is gone is gone. */
static void
test_item_deleted_and_left (Fixture       *f,
                            gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  delete_item (f);
  assert_works (f);
  g_assert_false (start_again (f, &error));
  g_assert_error (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT);
  g_assert_cmpint (kvar_session_get_state (f->session), ==, KVAR_SESSION_SIGNED_OUT);
}

static void
test_write_refused (Fixture       *f,
                    gconstpointer  unused)
{
  set_keyring_writes (FALSE);
  renew (f);
  assert_works (f);
  g_assert_true (f->session->unstored);

  set_keyring_writes (TRUE);
  kvar_test_wait_until (!f->session->unstored);
  assert_starts_again (f);
}

/* kvar-vault finds what the session has stored, and says “locked” as a real keyring does. */
static void
test_child (Fixture       *f,
            gconstpointer  unused)
{
  g_autoptr(KvarVault) child = kvar_child_vault_new ();
  g_autofree char *ours = look_up (f);
  g_autofree char *theirs = NULL;
  g_autofree char *locked = NULL;
  g_autofree char *unlocked = NULL;
  g_autoptr(GError) error = NULL;

  theirs = look_up_in (f, child, NULL);
  g_assert_cmpstr (theirs, ==, ours);

  lock_keyring ();
  locked = look_up_in (f, child, &error);
  g_assert_error (error, KVAR_VAULT_ERROR, KVAR_VAULT_ERROR_LOCKED);
  g_assert_null (locked);

  unlock_keyring ();
  unlocked = look_up_in (f, child, NULL);
  g_assert_cmpstr (unlocked, ==, ours);
}

static void
test_none (void)
{
  if (g_test_subprocess ())
    {
      Fixture f = { NULL };
      g_autoptr(GError) error = NULL;

      fixture_set_up (&f, NULL);
      g_assert_false (kvar_session_get_stores_secrets (f.session));
      renew (&f);
      assert_works (&f);

      g_assert_false (start_again (&f, &error));
      g_assert_error (error, KVAR_ERROR, KVAR_ERROR_SIGNED_OUT);
      fixture_tear_down (&f, NULL);
      return;
    }

  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add ("/keyring/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

  ADD ("I01/locked-at-start", test_locked_at_start);
  ADD ("I01/locked-meanwhile", test_locked_meanwhile);
  ADD ("I01/child", test_child);
  ADD ("I10/item-deleted", test_item_deleted);
  ADD ("I10/item-deleted-and-left", test_item_deleted_and_left);
  ADD ("I04/write-refused", test_write_refused);
  ADD ("I03/hangs", test_hangs);
  ADD ("I03/killed", test_killed);
  ADD ("I03/restarted", test_restarted);
  g_test_add_func ("/keyring/I02/none", test_none);

  return g_test_run ();
}
