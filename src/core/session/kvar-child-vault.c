/* kvar-child-vault.c: a vault that is asked by a short-lived process each time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For libsecret's file backend, which reads its file once per process: asked from a
 * process that lives on, it never sees what another one has stored. Each access is one run
 * of kvar-vault; its exit code is the answer, and the secret goes through a pipe.
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>

#include "kvar-fault.h"
#include "kvar-paths.h"
#include "session/kvar-child-vault.h"

#define LIMIT_S         10
#define PORTAL_LIMIT_MS 1000

/* kvar-vault's exit codes. */
enum
{
  EXIT_DONE,
  EXIT_FAILED,
  EXIT_USAGE,
  EXIT_NOT_FOUND,
  EXIT_LOCKED,
  EXIT_ABSENT,
};

struct _KvarChildVault
{
  GObject parent_instance;
};

typedef struct
{
  GSubprocess *process;
  guint        limit_id;
} Access;

static void kvar_child_vault_iface_init (KvarVaultInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KvarChildVault, kvar_child_vault, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KVAR_TYPE_VAULT,
                                                      kvar_child_vault_iface_init))

static void
access_free (gpointer data)
{
  Access *access = data;

  g_clear_handle_id (&access->limit_id, g_source_remove);
  g_clear_object (&access->process);
  g_free (access);
}

static gboolean
limit_reached_cb (gpointer user_data)
{
  Access *access = user_data;

  access->limit_id = 0;
  g_subprocess_force_exit (access->process);

  return G_SOURCE_REMOVE;
}

static void
free_secret (gpointer data)
{
  char *secret = data;

  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/* The zero byte at its end tells the other side that it has all of it. */
static GBytes *
make_input (const char *secret)
{
  char *copy = g_strdup (secret);

  return g_bytes_new_with_free_func (copy, strlen (copy) + 1, free_secret, copy);
}

/* Returns the secret that came, or NULL where its end is missing. */
static char *
take_output (GBytes *output)
{
  gsize length;
  const char *data = g_bytes_get_data (output, &length);

  if (length == 0 || memchr (data, '\0', length) != data + length - 1)
    return NULL;

  return g_strdup (data);
}

/* What came through the pipe is ours alone. */
static void
wipe (GBytes *output)
{
  gsize length = 0;
  gpointer data = output != NULL ? (gpointer)g_bytes_get_data (output, &length) : NULL;

  if (length > 0)
    explicit_bzero (data, length);
}

static void
return_failure (GTask  *task,
                int     exit_code,
                GBytes *errors)
{
  gsize length;
  const char *data = g_bytes_get_data (errors, &length);
  g_autofree char *text = g_strndup (length > 0 ? data : "", length);
  KvarVaultError code = KVAR_VAULT_ERROR_FAILED;

  if (exit_code == EXIT_LOCKED)
    code = KVAR_VAULT_ERROR_LOCKED;
  else if (exit_code == EXIT_ABSENT)
    code = KVAR_VAULT_ERROR_ABSENT;

  g_task_return_new_error (task, KVAR_VAULT_ERROR, code, "kvar-vault (%d): %s", exit_code,
                           g_strstrip (text));
}

static void kvar_child_vault_lookup_async (KvarVault           *vault,
                                           const char          *project_id,
                                           const char          *slot,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);

/* One access: run → over. Finding nothing is an answer too. */
static void over_cb (GObject *object, GAsyncResult *result, gpointer user_data);

static const char *const *
make_arguments (GPtrArray  *arguments,
                const char *verb,
                const char *project_id,
                const char *slot)
{
  g_ptr_array_add (arguments, kvar_paths_find_program ("kvar-vault"));
  g_ptr_array_add (arguments, g_strdup (verb));
  g_ptr_array_add (arguments, g_strconcat ("--project=", project_id, NULL));
  g_ptr_array_add (arguments, g_strconcat ("--slot=", slot, NULL));
  if (g_str_equal (verb, "store"))
    {
      /* Translators: what the keyring's own window calls the entry; the placeholder is a
       * project's address, such as norr.example.org. */
      g_autofree char *label = g_strdup_printf (_("Kvar session at %s"), project_id);

      g_ptr_array_add (arguments, g_strconcat ("--label=", label, NULL));
    }
  g_ptr_array_add (arguments, NULL);

  return (const char *const *)arguments->pdata;
}

/* @secret goes to the child's standard input; a lookup's comes from its standard output. */
static void
run (GTask      *task_to_take,
     const char *verb,
     const char *project_id,
     const char *slot,
     const char *secret,
     gboolean    is_limited)
{
  g_autoptr(GTask) task = task_to_take;
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr(GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GBytes) input = secret != NULL ? make_input (secret) : NULL;
  GSubprocessFlags flags = G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE;
  Access *access = g_new0 (Access, 1);
  g_autoptr(GError) error = NULL;

  g_task_set_task_data (task, access, access_free);
  if (g_task_return_error_if_cancelled (task))
    return;

  if (input != NULL)
    flags |= G_SUBPROCESS_FLAGS_STDIN_PIPE;
  access->process = g_subprocess_newv (make_arguments (arguments, verb, project_id, slot), flags,
                                       &error);
  if (access->process == NULL)
    {
      g_task_return_new_error (task, KVAR_VAULT_ERROR, KVAR_VAULT_ERROR_FAILED, "%s",
                               error->message);
      return;
    }

  if (secret != NULL)
    KVAR_FAULT_POINT ("vault-started");
  if (is_limited)
    access->limit_id = g_timeout_add_seconds (LIMIT_S, limit_reached_cb, access);
  g_subprocess_communicate_async (access->process, input, cancellable, over_cb,
                                  g_steal_pointer (&task));
}

static void
over_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GSubprocess *process = G_SUBPROCESS (object);
  Access *access = g_task_get_task_data (task);
  g_autoptr(GBytes) output = NULL;
  g_autoptr(GBytes) errors = NULL;
  g_autoptr(GError) error = NULL;
  gboolean answered;
  int exit_code;

  g_clear_handle_id (&access->limit_id, g_source_remove);
  answered = g_subprocess_communicate_finish (process, result, &output, &errors, &error);
  if (!answered)
    g_subprocess_force_exit (process);
  if (g_task_return_error_if_cancelled (task))
    return;

  exit_code = answered && g_subprocess_get_if_exited (process)
                ? g_subprocess_get_exit_status (process) : EXIT_FAILED;
  if (!answered)
    g_task_return_new_error (task, KVAR_VAULT_ERROR, KVAR_VAULT_ERROR_FAILED, "%s",
                             error->message);
  else if (exit_code != EXIT_DONE && exit_code != EXIT_NOT_FOUND)
    return_failure (task, exit_code, errors);
  else if (g_task_get_source_tag (task) == kvar_child_vault_lookup_async)
    g_task_return_pointer (task, take_output (output), free_secret);
  else
    g_task_return_boolean (task, TRUE);

  wipe (output);
}

static gboolean
kvar_child_vault_is_persistent (KvarVault *vault)
{
  return TRUE;
}

static void
kvar_child_vault_store_async (KvarVault           *vault,
                              const char          *project_id,
                              const char          *slot,
                              const char          *secret,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task = g_task_new (vault, cancellable, callback, user_data);

  g_task_set_source_tag (task, kvar_child_vault_store_async);
  run (task, "store", project_id, slot, secret, TRUE);
}

static void
kvar_child_vault_lookup_async (KvarVault           *vault,
                               const char          *project_id,
                               const char          *slot,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = g_task_new (vault, cancellable, callback, user_data);

  g_task_set_source_tag (task, kvar_child_vault_lookup_async);
  run (task, "lookup", project_id, slot, NULL, TRUE);
}

static void
kvar_child_vault_clear_async (KvarVault           *vault,
                              const char          *project_id,
                              const char          *slot,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task = g_task_new (vault, cancellable, callback, user_data);

  g_task_set_source_tag (task, kvar_child_vault_clear_async);
  run (task, "clear", project_id, slot, NULL, TRUE);
}

/* The sandbox's portal asks the person by itself whenever something is looked up; here
 * they have all the time they take. */
static void
kvar_child_vault_unlock_async (KvarVault           *vault,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = g_task_new (vault, cancellable, callback, user_data);

  g_task_set_source_tag (task, kvar_child_vault_unlock_async);
  run (task, "lookup", "kvar", "unlock", NULL, FALSE);
}

static void
kvar_child_vault_iface_init (KvarVaultInterface *iface)
{
  iface->is_persistent = kvar_child_vault_is_persistent;
  iface->store_async = kvar_child_vault_store_async;
  iface->lookup_async = kvar_child_vault_lookup_async;
  iface->clear_async = kvar_child_vault_clear_async;
  iface->unlock_async = kvar_child_vault_unlock_async;
}

static void
kvar_child_vault_class_init (KvarChildVaultClass *klass)
{
  /* A child that ended early must not take us with it. GSocket does the same. */
  signal (SIGPIPE, SIG_IGN);
}

static void
kvar_child_vault_init (KvarChildVault *self)
{
}

KvarVault *
kvar_child_vault_new (void)
{
  return g_object_new (KVAR_TYPE_CHILD_VAULT, NULL);
}

/* As libsecret asks before it chooses its backend: a portal that does not answer there is
 * none. */
static gboolean
has_secret_portal (void)
{
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr(GVariant) version = NULL;

  if (bus == NULL)
    return FALSE;

  version = g_dbus_connection_call_sync (bus, "org.freedesktop.portal.Desktop",
                                         "/org/freedesktop/portal/desktop",
                                         "org.freedesktop.DBus.Properties", "Get",
                                         g_variant_new ("(ss)", "org.freedesktop.portal.Secret",
                                                        "version"),
                                         G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NONE,
                                         PORTAL_LIMIT_MS, NULL, NULL);

  return version != NULL;
}

/**
 * kvar_child_vault_is_needed:
 *
 * Returns: whether libsecret would keep secrets in its file: because it is told so, or in
 *   a sandbox that has the portal for it
 */
gboolean
kvar_child_vault_is_needed (void)
{
  if (g_strcmp0 (g_getenv ("SECRET_BACKEND"), "file") == 0)
    return TRUE;

  return (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) || g_getenv ("SNAP_NAME") != NULL) &&
         has_secret_portal ();
}
