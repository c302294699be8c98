/* kvar-session-restore.c: takes up the session that an earlier process left in the vault
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "kvar-core"

#include "config.h"

#include "session/kvar-session-private.h"

/* Restore: read the status → look up → (unlock → look up) → begin. */
static void restore_looked_up_cb (GObject *object, GAsyncResult *result, gpointer user_data);
static void restore_unlocked_cb  (GObject *object, GAsyncResult *result, gpointer user_data);
static void late_looked_up_cb    (GObject *object, GAsyncResult *result, gpointer user_data);
static void late_unlocked_cb     (GObject *object, GAsyncResult *result, gpointer user_data);

static void
return_signed_out (GTask *task)
{
  KvarSession *self = g_task_get_source_object (task);
  g_autoptr(GError) error = kvar_session_make_error (self);

  kvar_session_release_waiters (self, error);
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
look_up (KvarSession         *self,
         GCancellable        *cancellable,
         GAsyncReadyCallback  callback,
         gpointer             user_data)
{
  kvar_vault_lookup_async (self->vault, kvar_project_get_id (self->project), self->user_id,
                           cancellable, callback, user_data);
}

/**
 * kvar_session_restore_async:
 * @user: (nullable): a user's id or e-mail; the last one of the project otherwise
 *
 * Takes up a stored session. It needs no server: without one the session is offline, never
 * signed out. A locked keyring is asked for; if it stays locked, so does the session, and
 * goes on when it is unlocked.
 */
void
kvar_session_restore_async (KvarSession         *self,
                            const char          *user,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(KvarSessionStatus) status = NULL;

  g_return_if_fail (KVAR_IS_SESSION (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, kvar_session_restore_async);

  if (kvar_session_is_usable (self))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  status = kvar_session_status_find (self->state_dir, kvar_project_get_id (self->project), user);
  if (status == NULL)
    {
      kvar_session_handle (self, KVAR_SESSION_EVENT_NOTHING_STORED, KVAR_REASON_NONE);
      return_signed_out (task);
      return;
    }

  kvar_session_set_who (self, status->user_id, status->email);
  if (status->state == KVAR_SESSION_SIGNED_OUT || status->state == KVAR_SESSION_EXPIRED)
    {
      kvar_session_handle (self, status->state == KVAR_SESSION_EXPIRED
                                 ? KVAR_SESSION_EVENT_WAS_OVER : KVAR_SESSION_EVENT_NOTHING_STORED,
                           status->reason);
      return_signed_out (task);
      return;
    }

  kvar_session_handle (self, KVAR_SESSION_EVENT_RESTORE, KVAR_REASON_NONE);
  look_up (self, cancellable, restore_looked_up_cb, g_steal_pointer (&task));
}

/* Another way in was quicker: somebody signed in while the keyring was being asked. */
static gboolean
is_overtaken (KvarSession *self)
{
  return self->phase != KVAR_SESSION_RESTORING && self->phase != KVAR_SESSION_LOCKED;
}

/* Returns whether a session begins with @secret. A damaged one is left where it is. */
static gboolean
take_up (KvarSession *self,
         const char  *secret)
{
  g_autoptr(KvarToken) token = NULL;
  g_autoptr(GError) error = NULL;

  token = secret != NULL ? kvar_token_parse (secret, self->clock, &error) : NULL;
  if (token != NULL && g_strcmp0 (kvar_token_get_user_id (token), self->user_id) == 0)
    {
      kvar_session_begin (self, token);
      return TRUE;
    }

  if (error != NULL)
    g_message ("The stored session is damaged: %s", error->message);
  kvar_session_handle (self, KVAR_SESSION_EVENT_NOTHING_STORED, KVAR_REASON_NONE);

  return FALSE;
}

/* The keyring is locked, or does not answer. Nothing is known, so nobody is signed out. */
static void
stay_locked (KvarSession  *self,
             const GError *error)
{
  g_autoptr(GError) reason = NULL;

  kvar_session_note_vault_error (self, error);
  kvar_session_handle (self, KVAR_SESSION_EVENT_KEYRING_LOCKED, KVAR_REASON_NONE);
  if (!g_error_matches (error, KVAR_VAULT_ERROR, KVAR_VAULT_ERROR_LOCKED))
    kvar_session_back_off (self, -1);

  reason = kvar_session_make_error (self);
  kvar_session_release_waiters (self, reason);
}

static void
restore_looked_up_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  KvarSession *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autofree char *secret = NULL;
  g_autoptr(GError) error = NULL;

  secret = kvar_vault_lookup_finish (KVAR_VAULT (object), result, &error);
  if (is_overtaken (self))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (g_error_matches (error, KVAR_VAULT_ERROR, KVAR_VAULT_ERROR_LOCKED))
    {
      kvar_vault_unlock_async (self->vault, cancellable, restore_unlocked_cb,
                               g_steal_pointer (&task));
      return;
    }

  if (error != NULL && error->domain == KVAR_VAULT_ERROR &&
      error->code != KVAR_VAULT_ERROR_ABSENT)
    {
      stay_locked (self, error);
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (error != NULL && error->domain == KVAR_VAULT_ERROR)
    kvar_session_note_vault_error (self, error);

  if (take_up (self, secret))
    g_task_return_boolean (task, TRUE);
  else if (!g_task_return_error_if_cancelled (task))
    return_signed_out (task);
}

static void
restore_unlocked_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  KvarSession *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr(GError) error = NULL;

  kvar_vault_unlock_finish (KVAR_VAULT (object), result, &error);

  if (is_overtaken (self))
    g_task_return_boolean (task, TRUE);
  else if (error == NULL)
    look_up (self, cancellable, restore_looked_up_cb, g_steal_pointer (&task));
  else
    {
      stay_locked (self, error);
      g_task_return_boolean (task, TRUE);
    }
}

/**
 * kvar_session_vault_unlocked:
 *
 * The vault can be asked again: what it holds is taken up, or what memory holds goes there.
 */
void
kvar_session_vault_unlocked (KvarSession *self)
{
  self->vault_locked = FALSE;

  if (self->phase == KVAR_SESSION_LOCKED)
    look_up (self, NULL, late_looked_up_cb, g_object_ref (self));
  else
    kvar_session_store_now (self);
}

static void
late_looked_up_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(KvarSession) self = user_data;
  g_autofree char *secret = NULL;
  g_autoptr(GError) error = NULL;

  secret = kvar_vault_lookup_finish (KVAR_VAULT (object), result, &error);
  if (self->phase != KVAR_SESSION_LOCKED)
    return;

  if (error != NULL)
    stay_locked (self, error);
  else
    take_up (self, secret);
}

/**
 * kvar_session_unlock:
 *
 * Has the desktop ask the person to unlock the keyring.
 */
void
kvar_session_unlock (KvarSession *self)
{
  kvar_vault_unlock_async (self->vault, NULL, late_unlocked_cb, g_object_ref (self));
}

static void
late_unlocked_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(KvarSession) self = user_data;

  if (kvar_vault_unlock_finish (KVAR_VAULT (object), result, NULL))
    kvar_session_vault_unlocked (self);
}

/**
 * kvar_session_restore_finish:
 *
 * Returns: whether there is a session, or at least a locked keyring that may hold one;
 *   %KVAR_ERROR_SIGNED_OUT where there is none, with the session's reason and e-mail set
 *   if it had one before
 */
gboolean
kvar_session_restore_finish (KvarSession   *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
