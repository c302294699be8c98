/* kvar-credential-lock.c: lets one process at a time renew a credential
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An open-file-description lock on a file in the state folder: it goes away with its
 * process, however that ends, and two sessions in one process exclude each other too.
 * Waiting is asking again every now and then, so that nothing blocks the main thread.
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "session/kvar-credential-lock.h"

#define ASK_AGAIN (100 * KVAR_CLOCK_MILLISECOND)

struct _KvarCredentialLock
{
  GObject    parent_instance;

  char      *path;
  KvarClock *clock;
  int        fd;
  guint      timer_id;
  GTask     *waiting;     /* (nullable) */
  gint64     give_up_at;
};

G_DEFINE_FINAL_TYPE (KvarCredentialLock, kvar_credential_lock, G_TYPE_OBJECT)

static void ask (KvarCredentialLock *self);

static void
kvar_credential_lock_dispose (GObject *object)
{
  KvarCredentialLock *self = KVAR_CREDENTIAL_LOCK (object);

  kvar_credential_lock_release (self);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (kvar_credential_lock_parent_class)->dispose (object);
}

static void
kvar_credential_lock_finalize (GObject *object)
{
  KvarCredentialLock *self = KVAR_CREDENTIAL_LOCK (object);

  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (kvar_credential_lock_parent_class)->finalize (object);
}

static void
kvar_credential_lock_class_init (KvarCredentialLockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kvar_credential_lock_dispose;
  object_class->finalize = kvar_credential_lock_finalize;
}

static void
kvar_credential_lock_init (KvarCredentialLock *self)
{
  self->fd = -1;
}

/**
 * kvar_credential_lock_new:
 *
 * Returns: (transfer full): a lock that is not taken yet; its scope is the credential's,
 *   one person in one project
 */
KvarCredentialLock *
kvar_credential_lock_new (const char *state_dir,
                          const char *project_id,
                          const char *user_id,
                          KvarClock  *clock)
{
  KvarCredentialLock *self = g_object_new (KVAR_TYPE_CREDENTIAL_LOCK, NULL);
  g_autofree char *credential = g_strjoin ("\n", project_id, user_id, NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, credential, -1);
  g_autofree char *name = g_strdup_printf ("session-%.16s.lock", hash);

  self->path = g_build_filename (state_dir, name, NULL);
  self->clock = g_object_ref (clock);

  return self;
}

/* TRUE with the lock, or without it where it cannot work here at all: a read-only or
 * strange file system must not keep anybody from working. */
static gboolean
try (KvarCredentialLock *self)
{
  struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

  if (self->fd < 0)
    self->fd = open (self->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->fd < 0)
    {
      g_message ("Cannot open %s: %s", self->path, g_strerror (errno));
      return TRUE;
    }

  if (fcntl (self->fd, F_OFD_SETLK, &whole) == 0)
    return TRUE;
  if (errno == EAGAIN || errno == EACCES)
    return FALSE;

  g_message ("Cannot lock %s: %s", self->path, g_strerror (errno));

  return TRUE;
}

static void
ask_again_cb (gpointer user_data)
{
  KvarCredentialLock *self = user_data;

  self->timer_id = 0;
  ask (self);
}

static void
ask (KvarCredentialLock *self)
{
  gboolean taken = try (self);
  g_autoptr(GTask) task = NULL;

  if (!taken && kvar_clock_get_boottime (self->clock) < self->give_up_at &&
      !g_cancellable_is_cancelled (g_task_get_cancellable (self->waiting)))
    {
      self->timer_id = kvar_clock_add_timer (self->clock, ASK_AGAIN, ask_again_cb, self);
      return;
    }

  if (!taken)
    g_message ("Somebody holds %s for long; going on without it", self->path);

  task = g_steal_pointer (&self->waiting);
  g_task_return_boolean (task, TRUE);
}

/**
 * kvar_credential_lock_take_async:
 *
 * Waits for the lock, at most %KVAR_CREDENTIAL_LOCK_LIMIT: a process that hangs while
 * holding it must not freeze all others. Whoever comes out of it has to read the vault
 * anew; the server forgives one overlap.
 */
void
kvar_credential_lock_take_async (KvarCredentialLock  *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (KVAR_IS_CREDENTIAL_LOCK (self));
  g_return_if_fail (self->waiting == NULL);

  self->waiting = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->waiting, kvar_credential_lock_take_async);
  self->give_up_at = kvar_clock_get_boottime (self->clock) + KVAR_CREDENTIAL_LOCK_LIMIT;

  ask (self);
}

gboolean
kvar_credential_lock_take_finish (KvarCredentialLock  *self,
                                  GAsyncResult        *result,
                                  GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * kvar_credential_lock_release:
 *
 * Lets the next one in; does nothing where it is not taken.
 */
void
kvar_credential_lock_release (KvarCredentialLock *self)
{
  g_return_if_fail (KVAR_IS_CREDENTIAL_LOCK (self));

  if (self->timer_id != 0)
    kvar_clock_remove_timer (self->clock, self->timer_id);
  self->timer_id = 0;

  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}
