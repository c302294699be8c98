/* test-child-vault.c: kvar-vault as a vault, over libsecret's file backend
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "kvar-paths.h"
#include "kvar-test.h"
#include "session/kvar-child-vault.h"

#define PROJECT    "norr.example.org"
#define SLOT       "11111111-1111-4111-8111-111111111111"
#define N_PARALLEL 8

typedef struct
{
  KvarVault *vault;
  char      *folder;
  char      *keyring;
} Fixture;

static void
fixture_set_up (Fixture       *f,
                gconstpointer  unused)
{
  f->folder = g_dir_make_tmp ("kvar-vault-XXXXXX", NULL);
  f->keyring = g_build_filename (f->folder, "default.keyring", NULL);
  f->vault = kvar_child_vault_new ();
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", f->keyring, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "kvar", TRUE);
  g_setenv ("XDG_STATE_HOME", f->folder, TRUE);
}

static void
remove_folder (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if (g_file_test (file, G_FILE_TEST_IS_DIR))
        remove_folder (file);
      else
        g_unlink (file);
    }
  g_rmdir (path);
}

static void
fixture_tear_down (Fixture       *f,
                   gconstpointer  unused)
{
  g_assert_finalize_object (f->vault);
  remove_folder (f->folder);
  g_free (f->keyring);
  g_free (f->folder);
}

static void
store (Fixture     *f,
       const char  *slot,
       const char  *secret,
       GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_vault_store_async (f->vault, PROJECT, slot, secret, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  kvar_vault_store_finish (f->vault, result, error);
}

static char *
look_up (Fixture     *f,
         const char  *slot,
         GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_vault_lookup_async (f->vault, PROJECT, slot, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);

  return kvar_vault_lookup_finish (f->vault, result, error);
}

static void
clear (Fixture     *f,
       const char  *slot,
       GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  kvar_vault_clear_async (f->vault, PROJECT, slot, NULL, kvar_test_keep_result, &result);
  kvar_test_wait_until (result != NULL);
  kvar_vault_clear_finish (f->vault, result, error);
}

static void
assert_holds (Fixture    *f,
              const char *slot,
              const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *secret = look_up (f, slot, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (secret, ==, expected);
}

/* Runs kvar-vault itself with @input, and returns its exit code. */
static int
run_program (const char *verb,
             const char *input,
             gsize       length)
{
  g_autofree char *program = kvar_paths_find_program ("kvar-vault");
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GBytes) bytes = g_bytes_new (input, length);
  g_autoptr(GError) error = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE |
                              G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error,
                              program, verb, "--project", PROJECT, "--slot", SLOT, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate (process, bytes, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

  return g_subprocess_get_exit_status (process);
}

/* A kvar-vault of the test's own making. */
static void
replace_program (Fixture    *f,
                 const char *script)
{
  g_autofree char *path = g_build_filename (f->folder, "kvar-vault", NULL);
  g_autoptr(GError) error = NULL;

  g_file_set_contents_full (path, script, -1, G_FILE_SET_CONTENTS_NONE, 0700, &error);
  g_assert_no_error (error);
  g_setenv ("KVAR_LIBEXECDIR", f->folder, TRUE);
}

static void
test_round_trip (Fixture       *f,
                 gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (kvar_child_vault_is_needed ());
  g_assert_true (kvar_vault_is_persistent (f->vault));
  assert_holds (f, SLOT, NULL);

  store (f, SLOT, "{\"refresh_token\":\"å\"}", &error);
  store (f, "revoke:x", "another", &error);
  g_assert_no_error (error);
  assert_holds (f, SLOT, "{\"refresh_token\":\"å\"}");

  store (f, SLOT, "newer", &error);
  g_assert_no_error (error);
  assert_holds (f, SLOT, "newer");

  clear (f, SLOT, &error);
  clear (f, SLOT, &error);
  g_assert_no_error (error);
  assert_holds (f, SLOT, NULL);
  assert_holds (f, "revoke:x", "another");
}

/* What libsecret in one process cannot do: its copy of the file would be older. */
static void
test_sees_other_processes (Fixture       *f,
                           gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  store (f, SLOT, "ours", &error);
  g_assert_no_error (error);
  g_assert_cmpint (run_program ("store", "theirs", sizeof "theirs"), ==, 0);
  assert_holds (f, SLOT, "theirs");

  g_assert_cmpint (run_program ("clear", "", 0), ==, 0);
  g_assert_cmpint (run_program ("clear", "", 0), ==, 3);
  assert_holds (f, SLOT, NULL);
}

/* The file is replaced whole by every store: none may undo another. */
static void
test_parallel_stores (Fixture       *f,
                      gconstpointer  unused)
{
  GAsyncResult *results[N_PARALLEL] = { NULL };

  for (guint i = 0; i < N_PARALLEL; i++)
    {
      g_autofree char *slot = g_strdup_printf ("slot-%u", i);

      kvar_vault_store_async (f->vault, PROJECT, slot, slot, NULL, kvar_test_keep_result,
                              &results[i]);
    }

  for (guint i = 0; i < N_PARALLEL; i++)
    {
      g_autoptr(GError) error = NULL;

      kvar_test_wait_until (results[i] != NULL);
      kvar_vault_store_finish (f->vault, results[i], &error);
      g_assert_no_error (error);
      g_clear_object (&results[i]);
    }

  for (guint i = 0; i < N_PARALLEL; i++)
    {
      g_autofree char *slot = g_strdup_printf ("slot-%u", i);

      assert_holds (f, slot, slot);
    }
}

/* Whoever sent it died in the middle. */
static void
test_refuses_half_a_secret (Fixture       *f,
                            gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  store (f, SLOT, "whole", &error);
  g_assert_no_error (error);

  g_assert_cmpint (run_program ("store", "hal", strlen ("hal")), ==, 1);
  g_assert_cmpint (run_program ("store", "", 0), ==, 1);
  g_assert_cmpint (run_program ("store", "two\0secrets", sizeof "two\0secrets"), ==, 1);
  g_assert_cmpint (run_program ("dance", "", 0), ==, 2);
  assert_holds (f, SLOT, "whole");
}

/* A damaged file is not an empty one: nobody is signed out over it. */
static void
test_damaged_file (Fixture       *f,
                   gconstpointer  unused)
{
  g_autofree char *secret = NULL;
  g_autofree char *contents = NULL;
  g_autoptr(GError) lookup_error = NULL;
  g_autoptr(GError) store_error = NULL;

  g_assert_true (g_file_set_contents (f->keyring, "no keyring", -1, NULL));

  secret = look_up (f, SLOT, &lookup_error);
  g_assert_null (secret);
  g_assert_error (lookup_error, KVAR_VAULT_ERROR, KVAR_VAULT_ERROR_FAILED);

  store (f, SLOT, "new", &store_error);
  g_assert_error (store_error, KVAR_VAULT_ERROR, KVAR_VAULT_ERROR_FAILED);
  g_assert_true (g_file_get_contents (f->keyring, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "no keyring");
}

static void
test_write_refused (Fixture       *f,
                    gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  g_setenv ("SECRET_FILE_TEST_PATH", "/proc/kvar/default.keyring", TRUE);
  store (f, SLOT, "secret", &error);

  g_assert_error (error, KVAR_VAULT_ERROR, KVAR_VAULT_ERROR_FAILED);
}

/* Not in the sandbox, and nobody there to ask. */
static void
test_absent (Fixture       *f,
             gconstpointer  unused)
{
  g_autofree char *bus = g_strdup (g_getenv ("DBUS_SESSION_BUS_ADDRESS"));
  g_autofree char *secret = NULL;
  g_autoptr(GError) error = NULL;

  g_setenv ("SECRET_BACKEND", "service", TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_assert_false (kvar_child_vault_is_needed ());
  g_setenv ("SNAP_NAME", "kvar", TRUE);    /* a sandbox, without its portal */
  g_assert_false (kvar_child_vault_is_needed ());
  g_unsetenv ("SNAP_NAME");
  secret = look_up (f, SLOT, &error);
  if (bus != NULL)
    g_setenv ("DBUS_SESSION_BUS_ADDRESS", bus, TRUE);
  else
    g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");

  g_assert_null (secret);
  g_assert_error (error, KVAR_VAULT_ERROR, KVAR_VAULT_ERROR_ABSENT);
}

/* The portal answers from a thread of its own: it is asked synchronously. */
typedef struct
{
  GMainLoop *loop;
  gboolean   serves;
} Portal;

static GVariant *
get_portal_property (GDBusConnection  *bus,
                     const char       *sender,
                     const char       *path,
                     const char       *interface,
                     const char       *property,
                     GError          **error,
                     gpointer          user_data)
{
  return g_variant_new_uint32 (1);
}

static void
portal_named_cb (GDBusConnection *bus,
                 const char      *name,
                 gpointer         user_data)
{
  Portal *portal = user_data;

  g_atomic_int_set (&portal->serves, TRUE);
}

static gpointer
serve_portal (gpointer user_data)
{
  Portal *portal = user_data;
  const GDBusInterfaceVTable vtable = { .get_property = get_portal_property };
  g_autoptr(GDBusConnection) bus = NULL;
  g_autoptr(GDBusNodeInfo) node = NULL;
  guint name_id;

  g_main_context_push_thread_default (g_main_loop_get_context (portal->loop));
  bus = g_dbus_connection_new_for_address_sync (g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
                                                G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                NULL, NULL, NULL);
  node = g_dbus_node_info_new_for_xml ("<node><interface name='org.freedesktop.portal.Secret'>"
                                       "<property name='version' type='u' access='read'/>"
                                       "</interface></node>", NULL);
  g_dbus_connection_register_object (bus, "/org/freedesktop/portal/desktop", node->interfaces[0],
                                     &vtable, NULL, NULL, NULL);
  name_id = g_bus_own_name_on_connection (bus, "org.freedesktop.portal.Desktop",
                                          G_BUS_NAME_OWNER_FLAGS_NONE, portal_named_cb, NULL,
                                          portal, NULL);
  g_main_loop_run (portal->loop);
  g_bus_unown_name (name_id);
  g_main_context_pop_thread_default (g_main_loop_get_context (portal->loop));

  return NULL;
}

static void
test_sandbox (Fixture       *f,
              gconstpointer  unused)
{
  g_autoptr(GTestDBus) dbus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autoptr(GMainLoop) loop = g_main_loop_new (context, FALSE);
  g_autoptr(KvarVault) vault = NULL;
  Portal portal = { .loop = loop };
  GThread *thread;

  g_unsetenv ("SECRET_BACKEND");
  g_test_dbus_up (dbus);
  g_setenv ("SNAP_NAME", "kvar", TRUE);
  thread = g_thread_new ("portal", serve_portal, &portal);
  kvar_test_wait_until (g_atomic_int_get (&portal.serves));

  g_assert_true (kvar_child_vault_is_needed ());
  g_unsetenv ("KVAR_VAULT");
  vault = kvar_vault_new_default ();
  g_assert_true (KVAR_IS_CHILD_VAULT (vault));
  g_unsetenv ("SNAP_NAME");
  g_assert_false (kvar_child_vault_is_needed ());

  g_main_loop_quit (loop);
  g_thread_join (thread);
  g_test_dbus_down (dbus);
}

static void
test_secret_stays_in_the_pipe (Fixture       *f,
                               gconstpointer  unused)
{
  g_autofree char *before = g_strdup (g_getenv ("KVAR_LIBEXECDIR"));
  g_autofree char *seen = g_build_filename (f->folder, "seen", NULL);
  g_autofree char *read = g_build_filename (f->folder, "read", NULL);
  g_autofree char *contents = NULL;
  g_autofree char *input = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;

  replace_program (f, "#!/bin/sh\n"
                      "{ echo \"$0 $*\"; env; } > \"${0%/*}/seen\"\n"
                      "cat > \"${0%/*}/read\"\n");
  store (f, SLOT, "sesame-open", &error);
  g_setenv ("KVAR_LIBEXECDIR", before, TRUE);

  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (seen, &contents, NULL, NULL));
  g_assert_nonnull (strstr (contents, "--slot=" SLOT));
  g_assert_null (strstr (contents, "sesame"));
  g_assert_true (g_file_get_contents (read, &input, &length, NULL));
  g_assert_cmpmem (input, length, "sesame-open", sizeof "sesame-open");
}

static void
test_exit_codes (Fixture       *f,
                 gconstpointer  unused)
{
  const struct
  {
    const char     *script;
    KvarVaultError  error;
  } cases[] = {
    { "#!/bin/sh\ncat >/dev/null; exit 1\n", KVAR_VAULT_ERROR_FAILED },
    { "#!/bin/sh\ncat >/dev/null; exit 2\n", KVAR_VAULT_ERROR_FAILED },
    { "#!/bin/sh\ncat >/dev/null; exit 4\n", KVAR_VAULT_ERROR_LOCKED },
    { "#!/bin/sh\ncat >/dev/null; exit 5\n", KVAR_VAULT_ERROR_ABSENT },
    { "#!/bin/sh\ncat >/dev/null; printf half; kill -9 $$\n", KVAR_VAULT_ERROR_FAILED },
    { "#!/nonexistent\n", KVAR_VAULT_ERROR_FAILED },
  };
  g_autofree char *before = g_strdup (g_getenv ("KVAR_LIBEXECDIR"));

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *secret = NULL;
      g_autoptr(GError) lookup_error = NULL;
      g_autoptr(GError) store_error = NULL;

      replace_program (f, cases[i].script);
      secret = look_up (f, SLOT, &lookup_error);
      g_assert_null (secret);
      g_assert_error (lookup_error, KVAR_VAULT_ERROR, (int)cases[i].error);
      store (f, SLOT, "secret", &store_error);
      g_assert_error (store_error, KVAR_VAULT_ERROR, (int)cases[i].error);
    }

  g_setenv ("KVAR_LIBEXECDIR", before, TRUE);
}

static void
test_cancelled (Fixture       *f,
                gconstpointer  unused)
{
  g_autofree char *before = g_strdup (g_getenv ("KVAR_LIBEXECDIR"));
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autofree char *secret = NULL;
  g_autoptr(GError) error = NULL;

  replace_program (f, "#!/bin/sh\nexec sleep 60\n");
  kvar_vault_lookup_async (f->vault, PROJECT, SLOT, cancellable, kvar_test_keep_result, &result);
  g_cancellable_cancel (cancellable);
  kvar_test_wait_until (result != NULL);
  g_setenv ("KVAR_LIBEXECDIR", before, TRUE);

  secret = kvar_vault_lookup_finish (f->vault, result, &error);
  g_assert_null (secret);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, function) \
  g_test_add ("/child-vault/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

  ADD ("round-trip", test_round_trip);
  ADD ("H02/sees-other-processes", test_sees_other_processes);
  ADD ("H02/parallel-stores", test_parallel_stores);
  ADD ("I05/refuses-half-a-secret", test_refuses_half_a_secret);
  ADD ("I06/damaged-file", test_damaged_file);
  ADD ("I04/write-refused", test_write_refused);
  ADD ("I02/absent", test_absent);
  ADD ("sandbox", test_sandbox);
  ADD ("I11/secret-stays-in-the-pipe", test_secret_stays_in_the_pipe);
  ADD ("exit-codes", test_exit_codes);
  ADD ("cancelled", test_cancelled);

  return g_test_run ();
}
